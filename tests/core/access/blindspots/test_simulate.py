"""Against known truth: intervals cover it, and what is called thin nearly always is."""

from __future__ import annotations

import pytest

from schakel.core.access.blindspots import Rules
from schakel.core.access.blindspots.simulate import simulate_thin
from schakel.core.errors import NotEnoughData
from tests.core.access.test_rates import REGION

# synthetic: some twenty municipalities in a line, each a neighbour of the next
PEOPLE = {f"{number:05d}": int(size) for number, size in enumerate(REGION)}
LINE = {
    code: frozenset(f"{other:05d}" for other in (number - 1, number + 1) if 0 <= other < len(PEOPLE))
    for number, code in enumerate(PEOPLE)
}
ALONE = {code: frozenset[str]() for code in PEOPLE}


@pytest.mark.slow
@pytest.mark.parametrize("neighbours", [LINE, ALONE], ids=["overlapping", "alone"])
def test_intervals_cover_the_truth_and_a_thin_flag_can_be_trusted(neighbours: dict[str, frozenset[str]]) -> None:
    few, many = simulate_thin(PEOPLE, neighbours, (30, 100), Rules(), runs=60, seed=11)
    for power in (few, many):
        assert 0.925 <= power.covered <= 0.985  # 60 made-up regions: half a percent of chance around 93 to 97
        assert power.wrong <= 0.02 * power.enough
    assert many.found / many.thin > few.found / few.thin


def test_the_same_seed_gives_the_same_answer() -> None:
    one = simulate_thin(PEOPLE, LINE, (10,), Rules(), runs=3, seed=1)
    assert one == simulate_thin(PEOPLE, LINE, (10,), Rules(), runs=3, seed=1)
    assert one != simulate_thin(PEOPLE, LINE, (10,), Rules(), runs=3, seed=2)


def test_two_municipalities_are_too_few() -> None:
    with pytest.raises(NotEnoughData, match="three municipalities"):
        simulate_thin({"1": 10, "2": 20}, ALONE, (10,), Rules(), runs=1, seed=1)
