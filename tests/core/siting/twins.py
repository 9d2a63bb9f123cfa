"""Slow, obvious twins: every choice of sites, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]


def table(seed: int, rows: int, columns: int, *, lost: float = 0.0) -> Table:
    """Random whole costs, a share of them unreachable."""
    rng = np.random.default_rng(seed)
    costs = rng.integers(0, 30, (rows, columns)).astype(float)
    costs[rng.random((rows, columns)) < lost] = np.inf
    return costs


def cheapest(
    columns: int, p: int, price: Callable[[list[int]], float], *,
    existing: Sequence[int] = (), groups: Sequence[Sequence[int]] = (),
) -> float:  # fmt: skip
    """The least price over all allowed choices; infinite when there is none."""
    free = [j for j in range(columns) if j not in existing]
    allowed = [
        [*existing, *choice]
        for choice in combinations(free, p)
        if all(set(group) & {*existing, *choice} for group in groups)
    ]
    return min((price(choice) for choice in allowed), default=np.inf)


def median_price(costs: Table, demand: Table, chosen: list[int], limit: float = np.inf) -> float:
    """Total demand x cost to the nearest chosen site; a point without demand does not count."""
    near = np.minimum(costs[:, chosen].min(axis=1, initial=np.inf), limit)
    return float((near[demand > 0] * demand[demand > 0]).sum())


def centre_price(costs: Table, chosen: list[int]) -> float:
    """Cost of the furthest point."""
    return float(costs[:, chosen].min(axis=1, initial=np.inf).max())
