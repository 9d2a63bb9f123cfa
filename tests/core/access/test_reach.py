"""Floating catchments, opportunities and gravity: by hand, by a slow twin and against PySAL's `access`."""

from __future__ import annotations

import math
import subprocess
import sys
import warnings
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse

from schakel.core.access import Reach, cumulative_opportunities, floating_catchment, gravity
from schakel.core.errors import InvalidInput

ZONES = {10.0: 1.0, 20.0: 0.68, 30.0: 0.22}


def times(rows: list[list[float | None]]) -> sparse.csr_matrix:
    """Travel times from a table in which None is unreachable and 0 is zero minutes."""
    cells = [(i, j, value) for i, row in enumerate(rows) for j, value in enumerate(row) if value is not None]
    i, j, values = zip(*cells, strict=True) if cells else ((), (), ())
    return sparse.csr_matrix((np.array(values, dtype=float), (i, j)), shape=(len(rows), len(rows[0])))


def random_times(seed: int, origins: int, sites: int) -> sparse.csr_matrix:
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 40, (origins, sites)).astype(float)
    return times([[float(v) if v < 35 else None for v in row] for row in table])


def slow_twin(
    cost: sparse.csr_matrix, demand: NDArray[np.float64], supply: NDArray[np.float64],
    catchment: float, weights: Mapping[float, float] | None,
) -> list[float]:  # fmt: skip
    pairs = {(int(i), int(j)): float(v) for i, j, v in zip(*sparse.find(cost + _ones(cost)), strict=True)}

    def weight(minutes: float) -> float:
        if minutes > catchment:
            return 0.0
        return 1.0 if weights is None else next((w for edge, w in sorted(weights.items()) if minutes <= edge), 0.0)

    ratios = []
    for j in range(cost.shape[1]):
        near = sum(weight(v - 1) * demand[i] for (i, site), v in pairs.items() if site == j)
        ratios.append(supply[j] / near if near else 0.0)
    return [
        sum(weight(v - 1) * ratios[j] for (origin, j), v in pairs.items() if origin == i) for i in range(cost.shape[0])
    ]


def _ones(cost: sparse.csr_matrix) -> sparse.csr_matrix:
    """A 1 at every stored pair: added to the times so that zero minutes survives sparse.find."""
    return sparse.csr_matrix((np.ones(cost.nnz), cost.indices, cost.indptr), shape=cost.shape)


def test_floating_catchment_by_hand() -> None:
    # site 0 has 2 FTE for 100 + 300 people, site 1 has 3 FTE for 300 people; the third village reaches nothing
    cost = times([[0, None], [10, 5], [None, 45]])
    found = floating_catchment(cost, [100, 300, 50], [2, 3], catchment=30)
    assert found.tolist() == [2 / 400, 2 / 400 + 3 / 300, 0.0]


def test_enhanced_floating_catchment_by_hand() -> None:
    # site 0: 100 x 1 + 300 x 0.68 = 304 weighted people
    cost = times([[0, None], [20, 5]])
    found = floating_catchment(cost, [100, 300], [2, 3], catchment=30, weights=ZONES)
    assert found == pytest.approx([2 / 304, 0.68 * 2 / 304 + 3 / 300], abs=1e-15)


def test_catchment_limit_is_inclusive_and_cuts_the_zones() -> None:
    cost = times([[30.0, 30.0001, 10.0]])
    assert floating_catchment(cost, [1], [1, 1, 1], catchment=30).tolist() == [2.0]
    assert floating_catchment(cost, [1], [1, 1, 1], catchment=20, weights=ZONES).tolist() == [1.0]


def test_cumulative_opportunities_counts_zero_minutes_and_not_the_unreachable() -> None:
    cost = times([[0, None, 20], [31, 12, 30]])
    assert cumulative_opportunities(cost, [1, 10, 100], threshold=30).tolist() == [101.0, 110.0]


def test_gravity_halves_with_distance() -> None:
    cost = times([[0, None], [10 * math.log(2), 20 * math.log(2)]])
    assert gravity(cost, [4, 8], scale=10) == pytest.approx([4.0, 2.0 + 2.0])


def test_site_with_nobody_near_adds_nothing() -> None:
    cost = times([[5, None], [None, 5]])
    assert floating_catchment(cost, [10, 0], [1, 7], catchment=30).tolist() == [0.1, 0.0]


def test_no_pair_in_reach_gives_zero_for_every_origin() -> None:
    cost = times([[None, None], [None, None]])
    assert floating_catchment(cost, [1, 2], [1, 1], catchment=30).tolist() == [0.0, 0.0]


def test_kept_reach_gives_the_same_after_a_change_in_supply() -> None:
    cost = random_times(3, 30, 12)
    rng = np.random.default_rng(3)
    demand, supply = rng.integers(1, 100, 30).astype(float), rng.random(12)
    kept = Reach.catchment(cost, catchment=30, weights=ZONES)
    load = kept.load(demand)
    supply[4] += 3
    whole = floating_catchment(cost, demand, supply, catchment=30, weights=ZONES)
    assert kept.floating_catchment(demand, supply, load=load) == pytest.approx(whole, abs=1e-15)


@pytest.mark.slow
@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.booleans())
def test_floating_catchment_equals_its_slow_twin(seed: int, enhanced: bool) -> None:
    rng = np.random.default_rng(seed)
    cost = random_times(seed, 7, 5)
    demand, supply = rng.integers(0, 9, 7).astype(float), rng.random(5)
    weights = ZONES if enhanced else None
    fast = floating_catchment(cost, demand, supply, catchment=25, weights=weights)
    assert fast == pytest.approx(slow_twin(cost, demand, supply, 25, weights), abs=1e-12)


@pytest.mark.slow
@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_supply_in_reach_is_handed_out_exactly_once(seed: int) -> None:
    """Access times demand, summed, is the supply of all sites that have anybody near (Luo & Wang 2003)."""
    rng = np.random.default_rng(seed)
    cost = random_times(seed, 9, 6)
    demand, supply = rng.integers(0, 9, 9).astype(float), rng.random(6)
    reach = Reach.catchment(cost, catchment=25, weights=ZONES)
    used = supply[reach.load(demand) > 0].sum()
    assert (reach.floating_catchment(demand, supply) * demand).sum() == pytest.approx(used)


@pytest.mark.slow
@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.integers(0, 5))
def test_more_supply_never_lowers_access(seed: int, site: int) -> None:
    rng = np.random.default_rng(seed)
    cost = random_times(seed, 9, 6)
    demand, supply = rng.integers(0, 9, 9).astype(float), rng.random(6)
    more = supply.copy()
    more[site] += 1
    for measure in (
        lambda s: floating_catchment(cost, demand, s, catchment=25),
        lambda s: cumulative_opportunities(cost, s, threshold=20),
        lambda s: gravity(cost, s, scale=15),
    ):
        assert (measure(more) >= measure(supply) - 1e-15).all()


@pytest.mark.slow
def test_equal_to_pysal_access() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pandas = pytest.importorskip("pandas")
        fca = pytest.importorskip("access.fca")
        zones = pytest.importorskip("access.weights").step_fn(ZONES)
    rng = np.random.default_rng(11)
    cost = random_times(11, 200, 40)
    demand, supply = rng.integers(1, 900, 200).astype(float), rng.random(40)
    table = cost.tocoo()
    pairs = pandas.DataFrame({"origin": table.row, "dest": table.col, "cost": table.data})
    people = pandas.DataFrame({"demand": demand}, index=pandas.RangeIndex(200, name="geoid"))
    offers = pandas.DataFrame({"supply": supply}, index=pandas.RangeIndex(40, name="geoid"))
    for weights, weight_fn in ((None, None), (ZONES, zones)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = fca.two_stage_fca(
                people, offers, pairs, max_cost=25, weight_fn=weight_fn,
                demand_index=True, supply_index=True,
            ).reindex(range(200), fill_value=0.0)  # fmt: skip
        ours = floating_catchment(cost, demand, supply, catchment=25, weights=weights)
        assert ours == pytest.approx(theirs.to_numpy(), rel=1e-12, abs=1e-18)
    for ours, limit, weight_fn in (
        (cumulative_opportunities(cost, supply, threshold=20), 20, None),
        (gravity(cost, supply, scale=12), None, lambda minutes: math.exp(-minutes / 12)),
    ):
        theirs = fca.weighted_catchment(
            offers, pairs, max_cost=limit, cost_source="dest", cost_dest="origin",
            loc_index=True, loc_value="supply", weight_fn=weight_fn,
        ).reindex(range(200), fill_value=0.0)  # fmt: skip
        assert ours == pytest.approx(theirs.to_numpy(), rel=1e-12, abs=1e-18)


@pytest.mark.parametrize(
    ("demand", "supply", "catchment", "weights", "words"),
    [
        ([1, 2, 3], [1], 30, None, "ask for 2 values"),
        ([1, 2], [math.nan], 30, None, "supply at position 0 is nan"),
        ([1, -2], [1], 30, None, "demand at position 1 is -2.0"),
        ([1, 2], [1], -1, None, "catchment is -1"),
        ([1, 2], [1], math.inf, None, "catchment is inf"),
        ([1, 2], [1], 30, {}, "weights are empty"),
        ([1, 2], [1], 30, {10: -1}, "weight is -1"),
    ],
)
def test_bad_numbers_are_refused_in_words(
    demand: list[float], supply: list[float], catchment: float, weights: dict[float, float] | None, words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        floating_catchment(times([[1], [2]]), demand, supply, catchment=catchment, weights=weights)


@pytest.mark.parametrize("bad", [-1.0, math.nan, math.inf])
def test_impossible_travel_time_is_refused_with_its_place(bad: float) -> None:
    with pytest.raises(InvalidInput, match="from origin 1 to site 0"):
        cumulative_opportunities(times([[1], [bad]]), [1], threshold=30)


def test_pair_stated_twice_is_refused() -> None:
    twice = sparse.csr_matrix((np.array([5.0, 6.0]), np.array([0, 0]), np.array([0, 2])), shape=(1, 1))
    with pytest.raises(InvalidInput, match="same origin and site twice"):
        cumulative_opportunities(twice, [1], threshold=30)


def test_empty_or_dense_travel_times_are_refused() -> None:
    with pytest.raises(InvalidInput, match="need 1 of each"):
        cumulative_opportunities(sparse.csr_matrix((0, 3)), [1, 1, 1], threshold=30)
    with pytest.raises(InvalidInput, match="sparse matrix"):
        cumulative_opportunities(np.zeros((2, 1)), [1], threshold=30)
    with pytest.raises(InvalidInput, match="scale is 0"):
        gravity(times([[1]]), [1], scale=0)


@pytest.mark.slow
def test_importing_access_stays_light() -> None:
    code = "import sys, schakel.core.access, schakel.core.siting, schakel.core.optimise; print('scipy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
