"""Maximal covering: by hand, against every choice, and on bad input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from schakel.core.errors import InvalidInput
from schakel.core.siting import max_coverage, within
from tests.core.siting.twins import cheapest, table

COVER = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1]], dtype=bool)

pytestmark = pytest.mark.slow  # the first call compiles


def test_one_site_covers_the_most_people() -> None:
    answer = max_coverage(COVER, 1, demand=[5, 20, 10, 29])
    assert (answer.sites, answer.objective, answer.bound, answer.gap, answer.optimal) == ((1,), 30.0, 30.0, 0.0, True)


def test_what_exists_already_covers() -> None:
    answer = max_coverage(COVER, 1, demand=[5, 20, 10, 29], existing=[1])
    assert (answer.sites, answer.objective) == ((2,), 59.0)
    assert max_coverage(COVER, 0, demand=[5, 20, 10, 29], existing=[1]).objective == 30.0


def test_group_and_candidates_are_respected() -> None:
    assert max_coverage(COVER, 1, at_least_one_of=[[2]]).sites == (2,)
    assert max_coverage(COVER, 1, candidates=[0, 2]).sites == (0,)


def test_nothing_to_cover_is_an_answer() -> None:
    for cover, demand in ((COVER, [0, 0, 0, 0]), (COVER * False, None)):
        answer = max_coverage(cover, 2, demand=demand)
        assert (len(answer.sites), answer.objective, answer.bound, answer.gap, answer.optimal) == (
            2,
            0.0,
            0.0,
            0.0,
            True,
        )


def test_within_counts_the_limit_and_stored_zeros() -> None:
    cost = sparse.csr_matrix((np.array([0.0, 30.0, 31.0]), np.array([0, 1, 2]), np.array([0, 3])), shape=(1, 4))
    assert within(cost, 30).tolist() == [[True, True, False, False]]
    with pytest.raises(InvalidInput, match="limit is -1"):
        within(cost, -1)


def test_sparse_cover_equals_dense() -> None:
    assert max_coverage(sparse.csr_matrix(COVER), 2).sites == max_coverage(COVER, 2).sites


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10_000), st.integers(1, 4), st.booleans())
def test_equals_the_best_of_all_choices(seed: int, p: int, there: bool) -> None:
    rng = np.random.default_rng(seed)
    cover, demand = table(seed, 14, 7) < 7, rng.integers(0, 9, 14) * (1.0 if seed % 2 else 0.37)
    existing = [1] if there else []
    answer = max_coverage(cover, p, demand=demand, existing=existing)
    best = -cheapest(7, p, lambda s: -float(demand[cover[:, s].any(axis=1)].sum()), existing=existing)
    assert answer.optimal
    assert answer.objective == pytest.approx(best)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_bound_without_time_is_above_the_optimum_and_more_sites_cover_more(seed: int) -> None:
    cover = np.random.default_rng(seed).random((80, 30)) < 0.1
    hasty, proven = max_coverage(cover, 5, time_limit=0), max_coverage(cover, 5)
    assert hasty.bound is not None
    assert hasty.objective <= proven.objective <= hasty.bound
    assert proven.objective <= max_coverage(cover, 6).objective


@pytest.mark.parametrize(
    ("cover", "p", "words"),
    [(COVER, 4, "only 3 candidates"), (COVER, 0, "is 0"), (COVER * 5.0, 1, "only yes and no"), (COVER[:0], 1, "shape")],
)
def test_bad_input_is_refused_in_words(cover: object, p: int, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        max_coverage(cover, p)
