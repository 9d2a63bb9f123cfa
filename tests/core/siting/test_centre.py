"""The p-centre: by hand, against every choice, and on bad input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.core.errors import InvalidInput
from schakel.core.siting import p_centre
from tests.core.siting.twins import centre_price, cheapest, table

LINE = np.abs(np.subtract.outer([0.0, 1.0, 5.0, 6.0], [0.0, 1.0, 5.0, 6.0]))

pytestmark = pytest.mark.slow  # the first call compiles


def test_one_site_in_the_middle() -> None:
    answer = p_centre(LINE, 1)
    assert (answer.objective, answer.bound, answer.gap, answer.optimal) == (5.0, 5.0, 0.0, True)


def test_existing_site_and_none_new() -> None:
    assert p_centre(LINE, 1, existing=[0]).objective == 1.0
    assert p_centre(LINE, 0, existing=[0]).objective == 6.0


def test_as_many_sites_as_points_leave_no_distance() -> None:
    answer = p_centre(LINE, 4)
    assert (answer.sites, answer.objective, answer.gap) == ((0, 1, 2, 3), 0.0, 0.0)


def test_without_time_there_is_still_an_answer() -> None:
    cost = np.random.default_rng(2).random((40, 40))
    hasty, proven = p_centre(cost, 4, time_limit=0), p_centre(cost, 4)
    assert proven.optimal
    assert hasty.bound is not None
    assert hasty.bound <= proven.objective <= hasty.objective


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 4), st.booleans(), st.booleans())
def test_equals_the_best_of_all_choices(seed: int, p: int, there: bool, grouped: bool) -> None:
    costs = table(seed, 10, 7, lost=0.2 if seed % 3 == 0 else 0.0)
    existing, groups = ([2] if there else []), ([[0, 1], [3, 4]] if grouped and p >= 2 else [])
    best = cheapest(7, p, lambda s: centre_price(costs, s), existing=existing, groups=groups)
    if np.isfinite(best):
        answer = p_centre(costs, p, existing=existing, at_least_one_of=groups)
        assert (answer.objective, answer.optimal) == (best, True)
        assert len(answer.sites) == p
    else:
        with pytest.raises(InvalidInput, match="reach"):
            p_centre(costs, p, existing=existing, at_least_one_of=groups)


@pytest.mark.parametrize(
    ("cost", "p", "words"),
    [
        (LINE, 5, "only 4 candidates"),
        (LINE, 0, "is 0"),
        (-LINE, 1, "is -1.0"),
        (LINE[:0], 1, "shape"),
        (np.array([[1.0], [np.inf]]), 1, "demand point 1"),
        (np.array([[1.0, np.inf], [np.inf, 1.0]]), 1, "No choice of 1 new sites"),
    ],
)
def test_bad_input_is_refused_in_words(cost: object, p: int, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        p_centre(cost, p)
