"""Sites at once: never worse than greedy, never better than proven, and the groups get theirs."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.core.errors import InvalidInput
from schakel.core.siting import effect_of, quick_sites


def cost_of(prices: np.ndarray, today: np.ndarray, sites: tuple[int, ...], furthest: bool) -> float:
    paid = np.minimum(today, prices[:, list(sites)].min(axis=1))
    return float(paid.max() if furthest else paid.sum())


def test_the_best_pair_by_hand() -> None:
    """Two villages on each side of a river: one site on each side, at the larger village."""
    prices = np.array([[0, 1, 9, 9], [5, 0, 9, 9], [9, 9, 0, 4], [9, 9, 1, 0]], dtype=float)
    assert quick_sites(prices, 2, today=np.full(4, 99.0)) == (1, 2)


@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.booleans())
@settings(deadline=None, max_examples=60)
def test_close_to_the_best_of_all_choices(seed: int, p: int, furthest: bool) -> None:
    rng = np.random.default_rng(seed)
    prices, today = rng.uniform(0, 10, (9, 7)), rng.uniform(0, 12, 9)
    sites = quick_sites(prices, p, today=today, furthest=furthest)
    assert len(set(sites)) == p
    best = min(cost_of(prices, today, some, furthest) for some in itertools.combinations(range(7), p))
    found = cost_of(prices, today, sites, furthest)
    assert found >= best - 1e-9
    assert found <= min(cost_of(prices, today, (j,), furthest) for j in range(7)) + 1e-9
    for out, new in itertools.product(sites, range(7)):  # no single swap helps
        if new not in sites:
            other = tuple(sorted({*sites, new} - {out}))
            assert cost_of(prices, today, other, furthest) >= found - 1e-6


def test_every_group_gets_a_site() -> None:
    rng = np.random.default_rng(8)
    prices = rng.uniform(0, 10, (20, 12))
    prices[:, 0:4] += 50  # nobody would choose these
    sites = quick_sites(prices, 3, today=np.full(20, 99.0), groups=((0, 1), (2, 3)))
    assert {0, 1} & set(sites)
    assert {2, 3} & set(sites)


@pytest.mark.parametrize("p", [0, 4])
def test_too_few_or_too_many_sites_are_refused(p: int) -> None:
    with pytest.raises(InvalidInput, match="candidates"):
        quick_sites(np.ones((2, 3)), p, today=np.ones(2))


def test_effect_by_hand() -> None:
    minutes = np.array([[5.0, 20.0], [12.0, np.inf], [np.inf, np.inf], [1.0, 1.0]])
    people = np.array([100.0, 300.0, 50.0, 0.0])
    found = effect_of(minutes, people, [0], 10)
    assert found.people == 100
    assert found.mean == pytest.approx((100 * 5 + 300 * 12) / 400)
    assert found.furthest is None  # fifty people reach nothing
    assert effect_of(minutes[:2], people[:2], [0, 1], 10).furthest == 12
    nothing = effect_of(minutes, people, [], 10)
    assert (nothing.people, nothing.mean, nothing.furthest) == (0, None, None)
