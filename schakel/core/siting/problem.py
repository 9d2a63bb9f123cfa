"""The one problem behind p-median and maximal covering, in the form that search, bound and certificate share.

Choose `p` of the candidate sites. Each row (a demand point, or several alike) pays its cheapest chosen site, and never
more than its `cap`: what it pays when none of the chosen sites is cheaper (an existing site, or staying unserved).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


class Lists(NamedTuple):
    """Per row the candidates cheaper than its cap, cheapest first (`pointer`, `site`, `price`); per candidate its rows.

    Prices are weighted by demand. `member[g, j]`: candidate j is in group g, and each group needs a chosen site.
    """

    pointer: Places
    site: Places
    price: Numbers
    site_pointer: Places
    site_row: Places
    site_price: Numbers
    cap: Numbers
    member: Flags


@dataclass(frozen=True)
class Problem:
    """Choose p candidates so that the rows pay least; `whole`: every price is a whole number, and so every total."""

    p: int
    lists: Lists
    whole: bool

    @property
    def candidates(self) -> int:
        """How many sites there are to choose from."""
        return self.lists.site_pointer.size - 1

    def objective(self, sites: Places) -> float:
        """What all rows pay together when exactly these sites are chosen."""
        lists = self.lists
        paid = lists.cap.copy()
        for j in sites:
            part = slice(lists.site_pointer[j], lists.site_pointer[j + 1])
            rows = lists.site_row[part]
            paid[rows] = np.minimum(paid[rows], lists.site_price[part])
        return float(paid.sum())


@dataclass(frozen=True)
class Verdict:
    """Best sites known (None: no better ones than the caller had), their cost, a proven lower bound.

    `proven`: nothing costs less than `objective` by more than rounding.
    """

    sites: Places | None
    objective: float
    bound: float
    proven: bool


def make_problem(prices: Numbers, cap: Numbers, p: int, member: Flags) -> Problem:
    """The problem for a dense table rows x candidates of weighted prices (infinite: cannot be served)."""
    candidates = prices.shape[1]
    cheaper = prices < cap[:, None]
    count = cheaper.sum(axis=1)
    order = np.argsort(np.where(cheaper, prices, np.inf), axis=1, kind="stable")
    listed = np.arange(candidates) < count[:, None]
    price = np.take_along_axis(prices, order, axis=1)[listed]
    site_column, site_row = np.nonzero(cheaper.T)
    lists = Lists(
        pointer=np.concatenate([[0], np.cumsum(count)]).astype(np.int64),
        site=order[listed].astype(np.int64),
        price=price,
        site_pointer=np.searchsorted(site_column, np.arange(candidates + 1)).astype(np.int64),
        site_row=site_row.astype(np.int64),
        site_price=prices[site_row, site_column],
        cap=np.ascontiguousarray(cap, dtype=np.float64),
        member=np.ascontiguousarray(member),
    )
    whole = bool((price == np.floor(price)).all() and (cap == np.floor(cap)).all())
    return Problem(p=p, lists=lists, whole=whole)


def reduce_problem(problem: Problem, kept: Places, fixed: Places) -> Problem:
    """What is left to choose once the sites `fixed` are chosen and only `kept` may be added; same objective.

    Rows that none of the kept sites can serve any cheaper are put together into one.
    """
    lists = problem.lists
    cap = lists.cap.copy()
    for j in fixed:
        part = slice(lists.site_pointer[j], lists.site_pointer[j + 1])
        np.minimum.at(cap, lists.site_row[part], lists.site_price[part])
    number = np.full(problem.candidates, -1, dtype=np.int64)
    number[kept] = np.arange(kept.size)
    row = np.repeat(np.arange(cap.size), np.diff(lists.pointer))
    useful = (number[lists.site] >= 0) & (lists.price < cap[row])
    row, site, price = row[useful], number[lists.site[useful]], lists.price[useful]
    live, place = np.unique(row, return_inverse=True)
    idle = float(np.delete(cap, live).sum())
    by_site = np.argsort(site, kind="stable")
    member = lists.member[~lists.member[:, fixed].any(axis=1)][:, kept]
    smaller = Lists(
        pointer=np.searchsorted(place, np.arange(live.size + 2)).astype(np.int64),
        site=site,
        price=price,
        site_pointer=np.searchsorted(site[by_site], np.arange(kept.size + 1)).astype(np.int64),
        site_row=place[by_site].astype(np.int64),
        site_price=price[by_site],
        cap=np.append(cap[live], idle),
        member=np.ascontiguousarray(member),
    )
    return Problem(p=problem.p - fixed.size, lists=smaller, whole=problem.whole)
