"""Where to open sites: ours against spopt with HiGHS, on p-median, maximal covering and p-centre.

    python -m bench siting

The forty p-median instances are those of OR-Library when `build/pmed/` holds all forty files, else synthetic ones of
the same kind and sizes (`bench/pmed.py`). Seconds are processor time of one thread, after the kernels have been
compiled; both sides solve in HiGHS on one thread. The limit is the proven optimum, so gaps are against that.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from bench import Row
from bench.pmed import list_instances
from schakel.core.siting import max_coverage, p_centre, p_median

SEED = 1964
REAL = Path("build/pmed")
CERTIFICATE_SECONDS = 60.0
PEER_SECONDS = 120.0
T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result and its processor time."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def run() -> list[Row]:
    """All rows; some ten minutes, nearly all of it the peer and the certificates."""
    warm = np.random.default_rng(SEED).random((30, 20))
    p_median(warm, 4)
    max_coverage(warm < 0.2, 4)
    p_centre(warm, 4)
    return [*run_centre(), *run_coverage(), *run_median()]


def run_median(certificates: bool = True) -> list[Row]:
    """The forty instances: search together, certificate each; spopt on one of 400 vertices."""
    instances = list_instances(REAL)
    gaps, searching, longest, proven = [], 0.0, 0.0, 0
    row = None
    for number, instance in enumerate(instances, start=1):
        cost = instance.cost()
        quick, took = timed(lambda cost=cost, p=instance.p: p_median(cost, p, time_limit=0))
        searching += took
        exact, took = quick, 0.0
        if certificates:
            exact, took = timed(lambda cost=cost, p=instance.p: p_median(cost, p, time_limit=CERTIFICATE_SECONDS))
        longest, proven = max(longest, took), proven + exact.optimal
        assert exact.bound is not None
        gaps.append((quick.objective - exact.bound) / exact.bound)
        print(f"  {instance.name} p={instance.p}: {quick.objective:g} -> {exact}", flush=True)
        if number == 20:
            peer, note = _spopt("PMedian", cost, instance.p, weights=np.ones(len(cost)))
            row = Row("siting", f"p-median {instance.name}, proven, s", took, peer, None, peer / took, ">= 100x", note)
    kind = "real" if "synthetic" not in instances[0].name else "synthetic, same sizes"
    found = f"{proven} of 40 proven; {kind}"
    return [
        Row("siting", "40 p-medians, search, s together", searching, None, None, None, "<= 20 s", kind),
        Row("siting", "40 p-medians, mean gap of the search, %", 100 * float(np.mean(gaps)), None, 0.0, None,
            "<= 0.01%", "against the proven bound"),
        Row("siting", "40 p-medians, longest certificate, s", longest, None, None, None, "<= 60 s", found),
        *([row] if row else []),
    ]  # fmt: skip


def run_coverage() -> list[Row]:
    """2,000 x 300 to proof against spopt; 5,000 x 500 in the time of a click."""
    rng = np.random.default_rng(SEED)
    distance, weights = _squares(rng, 2000, 300), rng.integers(1, 500, 2000).astype(float)
    _, took = timed(lambda: max_coverage(distance <= 8, 10, demand=weights))
    peer, note = _spopt("MCLP", distance, 10, weights=weights, service_radius=8)
    rows = [Row("siting", "covering 2,000 x 300, proven, s", took, peer, None, peer / took, ">= 10x", note)]
    distance, weights = _squares(rng, 5000, 500), rng.integers(1, 500, 5000).astype(float)
    for p in (10, 25):
        best = max_coverage(distance <= 5, p, demand=weights, time_limit=CERTIFICATE_SECONDS)
        quick, took = timed(lambda p=p: max_coverage(distance <= 5, p, demand=weights, time_limit=0))
        assert best.bound is not None
        gap = f"gap {100 * (best.bound - quick.objective) / best.bound:.3f}%, told as {100 * (quick.gap or 0):.3f}%"
        rows.append(
            Row("siting", f"covering 5,000 x 500, p={p}, s", took, None, None, None, "<= 0.2 s, gap <= 0.3%", gap)
        )
    return rows


def run_centre() -> list[Row]:
    """100 points against spopt, and 500 points."""
    rng = np.random.default_rng(SEED)
    points = rng.random((100, 2)) * 100
    small = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    _, took = timed(lambda: p_centre(small, 10))
    peer, note = _spopt("PCenter", small, 10)
    points = rng.random((500, 2)) * 100
    large = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    big, longer = timed(lambda: p_centre(large, 10, time_limit=CERTIFICATE_SECONDS))
    return [
        Row("siting", "p-centre n=100, p=10, proven, s", took, peer, None, peer / took, ">= 45x", note),
        Row("siting", "p-centre n=500, p=10, s", longer, None, None, None, "<= 3 s", f"gap {big.gap}"),
    ]


def _squares(rng: np.random.Generator, rows: int, columns: int) -> NDArray[np.float64]:
    one, other = rng.random((rows, 2)) * 100, rng.random((columns, 2)) * 100
    return np.hypot(*(one[:, None] - other[None]).transpose(2, 0, 1))


def _spopt(model: str, cost: NDArray[np.float64], p: int, **more: Any) -> tuple[float, str]:
    """Processor time of spopt, building and solving, and what it found; stopped after two minutes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pulp
        from spopt import locate

        start = time.process_time()
        problem = getattr(locate, model).from_cost_matrix(cost, p_facilities=p, **more)
        problem.problem.solve(pulp.HiGHS(msg=False, threads=1, timeLimit=PEER_SECONDS))
        took = time.process_time() - start
    told = pulp.LpStatus[problem.problem.status].lower()
    return took, f"spopt: {told}, {pulp.value(problem.problem.objective):.6g}"
