"""Floating catchments against PySAL's `access`, and small-area rates.

    python -m bench access

20,000 origins, 2,000 sites and some 4.24 million pairs, all synthetic (printed seed). Seconds are processor time of one
thread, so that other work on the machine matters less. The limit is reading the weighted matrix once.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable

import numpy as np
from scipy import sparse

from bench import Row
from schakel.core.access import Reach, floating_catchment, shrink_rates

SEED = 20_091
ZONES = {10.0: 1.0, 20.0: 0.68, 30.0: 0.22}


def seconds(work: Callable[[], object], *, times: int = 1) -> float:
    """Least processor time of a few runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def make_cost(rng: np.random.Generator, origins: int, sites: int, each: int) -> sparse.csr_matrix:
    """Each origin reaches `each` random sites in 0 to 40 minutes."""
    columns = np.sort(rng.permuted(np.tile(np.arange(sites), (origins, 1)), axis=1)[:, :each], axis=1)
    minutes = rng.uniform(0, 40, origins * each)
    pointer = np.arange(0, origins * each + 1, each)
    return sparse.csr_matrix((minutes, columns.ravel(), pointer), shape=(origins, sites))


def run() -> list[Row]:
    """Cold E2SFCA, a what-if, and rates of 2,500 areas."""
    rng = np.random.default_rng(SEED)
    cost = make_cost(rng, 20_000, 2_000, 212)
    demand, supply = rng.integers(1, 900, 20_000).astype(float), rng.random(2_000)
    ours = floating_catchment(cost, demand, supply, catchment=30, weights=ZONES)
    cold = seconds(lambda: floating_catchment(cost, demand, supply, catchment=30, weights=ZONES), times=5)
    kept = Reach.catchment(cost, catchment=30, weights=ZONES)
    load = kept.load(demand)
    again = seconds(lambda: kept.floating_catchment(demand, supply, load=load), times=20)
    one_read = seconds(lambda: (kept.matrix.data.sum(), kept.matrix.indices.sum()), times=20)
    peer, theirs = _pysal(cost, demand, supply)
    exposure = rng.lognormal(6, 1, 2_500)
    events = rng.poisson(rng.gamma(6, 3e-3 / 6, 2_500) * exposure)
    rates = seconds(lambda: shrink_rates(events, exposure), times=10)
    off = float(np.abs(ours - theirs).max())
    pairs = f"{cost.nnz / 1e6:.2f}M pairs, seed {SEED}; largest difference {off:.1e}"
    return [
        Row("access", "E2SFCA cold, s", cold, peer, one_read, peer / cold, ">= 20x PySAL access", pairs),
        Row("access", "after a change in supply, s", again, peer, one_read, peer / again, "<= 0.010 s, >= 100x"),
        Row("access", "rates of 2,500 areas, s", rates, None, None, None, "<= 0.020 s"),
    ]


def _pysal(
    cost: sparse.csr_matrix, demand: np.ndarray[tuple[int], np.dtype[np.float64]],
    supply: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> tuple[float, np.ndarray[tuple[int], np.dtype[np.float64]]]:  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas as pd
        from access.fca import two_stage_fca
        from access.weights import step_fn

        table = cost.tocoo()
        pairs = pd.DataFrame({"origin": table.row, "dest": table.col, "cost": table.data})
        people = pd.DataFrame({"demand": demand}, index=pd.RangeIndex(demand.size, name="geoid"))
        offers = pd.DataFrame({"supply": supply}, index=pd.RangeIndex(supply.size, name="geoid"))
        start = time.process_time()
        found = two_stage_fca(
            people, offers, pairs, max_cost=30, weight_fn=step_fn(ZONES), demand_index=True, supply_index=True
        )
        took = time.process_time() - start
    return took, found.reindex(range(demand.size), fill_value=0.0).to_numpy()
