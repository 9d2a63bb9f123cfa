"""The p-median: by hand, against every choice, and on bad input."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from schakel.core.errors import InvalidInput
from schakel.core.siting import Solution, p_median
from tests.core.siting.twins import cheapest, median_price, table

# four villages on a line at 0, 1, 5 and 6 km; a site may open in each
LINE = np.abs(np.subtract.outer([0.0, 1.0, 5.0, 6.0], [0.0, 1.0, 5.0, 6.0]))

pytestmark = pytest.mark.slow  # the first call compiles


def sound(answer: Solution) -> None:
    """What holds for every answer: finite, a bound on the right side, a gap that follows."""
    assert math.isfinite(answer.objective)
    assert answer.seconds >= 0
    assert answer.bound is not None
    assert answer.bound <= answer.objective
    assert answer.gap is not None
    assert 0 <= answer.gap <= 1
    assert answer.optimal == (answer.gap == 0)


def test_two_sites_serve_two_pairs_of_villages() -> None:
    answer = p_median(LINE, 2, demand=[10, 1, 1, 10])
    assert (answer.sites, answer.objective, answer.bound, answer.gap, answer.optimal) == ((0, 3), 2.0, 2.0, 0.0, True)


def test_existing_site_is_counted_but_not_listed() -> None:
    answer = p_median(LINE, 1, existing=[0])
    assert answer.sites in {(2,), (3,)}
    assert answer.objective == 2.0


def test_no_new_site_beside_existing_ones_gives_today() -> None:
    answer = p_median(LINE, 0, existing=[1])
    assert (answer.sites, answer.objective, answer.optimal) == ((), 10.0, True)


def test_only_candidates_are_opened() -> None:
    assert p_median(LINE, 1, candidates=[0, 3]).objective == 12.0


def test_every_group_gets_a_site() -> None:
    assert p_median(LINE, 2, demand=[100, 100, 1, 1]).sites == (0, 1)
    assert p_median(LINE, 2, demand=[100, 100, 1, 1], at_least_one_of=[[2, 3]]).objective == 101.0


def test_two_sites_at_one_point_are_a_tie_not_an_error() -> None:
    answer = p_median(np.array([[0.0, 0.0], [3.0, 3.0]]), 1)
    assert (answer.objective, answer.optimal) == (3.0, True)


def test_sparse_zero_is_zero_minutes_and_absent_is_unreachable() -> None:
    cost = sparse.csr_matrix((np.array([0.0, 7.0, 0.0]), np.array([0, 0, 1]), np.array([0, 1, 3])), shape=(2, 2))
    assert p_median(cost, 1).objective == 7.0
    assert p_median(cost, 1).sites == (0,)


def test_unreached_point_costs_what_is_said() -> None:
    cost = np.array([[1.0, np.inf], [np.inf, 2.0], [np.inf, np.inf]])
    answer = p_median(cost, 1, unreached_cost=60)
    assert (answer.sites, answer.objective) == ((0,), 121.0)


def test_without_time_there_is_still_an_answer() -> None:
    cost = table(1, 40, 15)
    answer = p_median(cost, 4, time_limit=0)
    sound(answer)
    assert len(answer.sites) == 4


def test_without_demand_nothing_is_to_be_paid() -> None:
    answer = p_median(LINE, 2, demand=[0, 0, 0, 0])
    assert (len(answer.sites), answer.objective, answer.optimal) == (2, 0.0, True)


def test_same_input_gives_the_same_answer() -> None:
    cost = np.random.default_rng(5).random((60, 30))
    first, again = p_median(cost, 6), p_median(cost, 6)
    assert (first.sites, first.objective, first.bound) == (again.sites, again.objective, again.bound)


def test_capacity_moves_demand_to_the_next_site() -> None:
    # one site would stand at 1; with room for 3 of the 4 villages one must go elsewhere
    answer = p_median(LINE, 2, capacity=[0, 3, 0, 3])
    assert (answer.sites, answer.objective, answer.optimal) == ((1, 3), 2.0, True)
    tight = p_median(LINE, 2, demand=[2, 2, 1, 1], capacity=[4, 3, 4, 3])
    assert tight.optimal
    # sites 0 and 2: village 0 at 0, two from village 1 at 1 each, village 3 at 1
    assert tight.objective == pytest.approx(3.0)


def test_capacity_too_small_is_refused_unless_people_may_stay_unserved() -> None:
    with pytest.raises(InvalidInput, match="cannot hold all demand"):
        p_median(LINE, 1, capacity=[1, 1, 1, 1])
    answer = p_median(LINE, 1, capacity=[1, 1, 1, 1], unreached_cost=10)
    assert answer.objective == pytest.approx(30.0)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 4), st.booleans(), st.booleans())
def test_equals_the_best_of_all_choices(seed: int, p: int, there: bool, grouped: bool) -> None:
    rng = np.random.default_rng(seed)
    costs, demand = table(seed, 9, 7), rng.integers(0, 5, 9).astype(float)
    if seed % 2:
        costs, demand = costs + rng.random(costs.shape), demand * rng.random(9)
    existing, groups = ([2] if there else []), ([[0, 1], [3, 4]] if grouped and p >= 2 else [])
    answer = p_median(costs, p, demand=demand, existing=existing, at_least_one_of=groups)
    sound(answer)
    best = cheapest(7, p, lambda s: median_price(costs, demand, s), existing=existing, groups=groups)
    assert answer.optimal
    assert answer.objective == pytest.approx(best, rel=1e-6)
    assert median_price(costs, demand, [*answer.sites, *existing]) == pytest.approx(answer.objective)
    assert all(set(group) & {*answer.sites, *existing} for group in groups)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_unreachable_pairs_are_never_used(seed: int, p: int) -> None:
    costs, demand = table(seed, 6, 7, lost=0.5), np.ones(6)
    best = cheapest(7, p, lambda s: median_price(costs, demand, s))
    if np.isfinite(best):
        assert p_median(costs, p).objective == pytest.approx(best)
    else:
        with pytest.raises(InvalidInput, match="reach"):
            p_median(costs, p)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_a_further_site_never_makes_it_worse(seed: int) -> None:
    costs = table(seed, 25, 12)
    totals = [p_median(costs, p).objective for p in (1, 2, 3, 4)]
    assert totals == sorted(totals, reverse=True)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_without_time_the_bound_holds_for_the_optimum(seed: int) -> None:
    costs = np.random.default_rng(seed).random((40, 30))
    hasty, proven = p_median(costs, 5, time_limit=0), p_median(costs, 5)
    sound(hasty)
    assert hasty.bound is not None
    assert hasty.bound <= proven.objective * (1 + 1e-6)
    assert proven.objective <= hasty.objective * (1 + 1e-6)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000))
def test_ample_capacity_changes_nothing(seed: int) -> None:
    costs = table(seed, 8, 6)
    assert p_median(costs, 2, capacity=[99] * 6).objective == pytest.approx(p_median(costs, 2).objective)


@pytest.mark.parametrize(
    ("cost", "p", "more", "words"),
    [
        (LINE, 5, {}, "5 sites to open, but only 4 candidates"),
        (LINE, 0, {}, "number of sites to open is 0"),
        (LINE, -1, {}, "number of sites to open is -1"),
        (LINE, 1.5, {}, "whole number"),
        (-LINE, 1, {}, "demand point 0 to site 1 is -1.0"),
        (LINE * np.nan, 1, {}, "is nan"),
        (np.zeros((0, 3)), 1, {}, "at least|needs one demand point"),
        (np.zeros((3, 0)), 1, {}, "one site"),
        (LINE, 1, {"demand": [1, 2]}, "asks for 4 values"),
        (LINE, 1, {"demand": [1, 2, 3, math.nan]}, "demand at point 3 is nan"),
        (LINE, 1, {"time_limit": -1}, "time limit is -1"),
        (LINE, 1, {"time_limit": math.nan}, "time limit is nan"),
        (LINE, 1, {"existing": [9]}, "no column 9"),
        (LINE, 1, {"at_least_one_of": [[0], [3]]}, "it takes at least 2"),
        (LINE, 1, {"at_least_one_of": [[]]}, "Group 0 has no candidate"),
        (LINE, 1, {"capacity": [1, 2]}, "each of the 4 sites"),
        (LINE, 1, {"unreached_cost": math.inf}, "not being reached is inf"),
        (np.array([[1.0], [np.inf]]), 1, {}, "demand point 1"),
        (np.array([[1.0, np.inf], [np.inf, 1.0]]), 1, {}, "No choice of 1 new sites reaches every"),
    ],
)
def test_bad_input_is_refused_in_words(cost: object, p: int, more: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        p_median(cost, p, **more)  # type: ignore[arg-type]
