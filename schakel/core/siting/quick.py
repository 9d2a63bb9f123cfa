"""Good sites at once, in plain NumPy: greedy, then the best swap until none helps. For a web page, without a proof.

Meant for some hundreds of points and candidates; the compiled search finds better sites on large tables, and only the
solvers prove anything.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schakel.core.errors import InvalidInput

Numbers = NDArray[np.float64]
MOST_SWAPS = 200  # it ends by itself long before; the limit guards against rounding


def quick_sites(
    prices: Numbers, p: int, *, today: Numbers, groups: tuple[tuple[int, ...], ...] = (), furthest: bool = False
) -> tuple[int, ...]:
    """`p` columns of `prices` (points x candidates) that together make it cheap for all points, sorted.

    A point pays the least of `today` and its prices to the chosen columns. What counts is the sum over all points, or
    with `furthest` the largest. Each group of `groups` gets a chosen column when that can be. All numbers must be
    finite. Raises InvalidInput when p is under 1 or over the number of candidates.
    """
    if not 1 <= p <= prices.shape[1]:
        raise InvalidInput(f"{p} sites out of {prices.shape[1]} candidates; ask for 1 or more, not more than that")
    chosen: list[int] = []
    for _ in range(p):
        paid = np.minimum(today, prices[:, chosen].min(axis=1, initial=np.inf))
        totals = _totals(np.minimum(paid[:, None], prices), furthest)
        totals[chosen] = np.inf
        waiting = [group for group in groups if not set(group) & set(chosen)]
        if len(waiting) >= p - len(chosen) and waiting:  # the last places are for groups that have none yet
            totals[np.setdiff1d(np.arange(totals.size), waiting[0])] = np.inf
        chosen.append(int(np.argmin(totals)))
    for _ in range(MOST_SWAPS):
        better = _best_swap(prices, chosen, today, groups, furthest)
        if better is None:
            break
        chosen = better
    return tuple(sorted(chosen))


def _totals(paid: Numbers, furthest: bool) -> Numbers:
    total: Numbers = paid.max(axis=0) + 1e-9 * paid.sum(axis=0) if furthest else paid.sum(axis=0)
    return total


def _best_swap(
    prices: Numbers, chosen: list[int], today: Numbers, groups: tuple[tuple[int, ...], ...], furthest: bool
) -> list[int] | None:
    """The chosen columns with one of them replaced so that it helps most; None when no swap helps."""
    paid = np.minimum(today, prices[:, chosen].min(axis=1))
    best = float(_totals(paid[:, None], furthest)[0]) * (1 - 1e-12) - 1e-9
    found = None
    for place in range(len(chosen)):
        others = chosen[:place] + chosen[place + 1 :]
        rest = np.minimum(today, prices[:, others].min(axis=1, initial=np.inf))
        totals = _totals(np.minimum(rest[:, None], prices), furthest)
        totals[others] = np.inf
        for group in groups:
            if not set(group) & set(others) and chosen[place] in group:
                totals[np.setdiff1d(np.arange(totals.size), group)] = np.inf
        new = int(np.argmin(totals))
        if totals[new] < best:
            best, found = float(totals[new]), sorted([*others, new])
    return found
