"""Who could do it together, when nobody can do all of it: the smallest sets that cover services x places x amount."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from schakel.core.matching.prepared import Floats, Ints, Prepared
from schakel.core.matching.scoring import Candidates, comparable, find_cells
from schakel.core.matching.supply import Condition, Consortium, Need, Role

LARGEST = 4
"""Members; with more, making agreements costs more than it brings."""

MOST_CANDIDATES = 24
"""All sets of at most four of so many are tried (10,902). Beyond that the widest are kept and nothing is proven."""

MOST_COMPARED = 200
"""So many different coverages are compared with each other; of more only the widest, and nothing is proven."""

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Members:
    """Who can take part, the widest first, then by slug: rows of suppliers, and what each can bring per group of
    services: the places as bits, its widest offer (-1: none) and the capacity of that one (infinite: not stated)."""

    owners: Ints
    cells: NDArray[np.uint64]  # members x groups
    offers: Ints  # members x groups
    capacity: Floats  # members x groups


def find_consortia(supply: Prepared, need: Need, found: Candidates) -> tuple[Consortium, ...]:
    """The smallest sets of organisations that together cover every asked service in every asked place.

    With an amount, the capacities of those who do a service must add up to it; a capacity that nobody states counts as
    enough, since it may be. A member that cannot do the whole amount alone is welcome; every other hard condition still
    holds for each member's own offer. Empty when no set of at most LARGEST covers everything, or when one member would
    be enough. Exact for at most MOST_CANDIDATES organisations (after leaving out those that another one replaces
    everywhere); beyond that `smallest` is False. Method: sets by growing size, the first size that covers is the
    smallest. Order: the fewest members, then the widest coverage, then the slugs.
    """
    if not need.groups or not need.places:
        return ()
    rows = np.flatnonzero((found.broken & ~np.uint8(Condition.CAPACITY)) == 0)
    owners, cells = find_cells(supply, need, found, rows)
    if need.amount is None:
        first = _distinct(cells)
        owners, cells = owners[first], cells[first]
    widest = np.lexsort((owners, -np.bitwise_count(cells).sum(axis=1, dtype=np.int64)))
    compared = widest[:MOST_COMPARED]
    kept = compared if need.amount is not None else compared[_undominated(cells[compared])]
    proven = len(widest) <= MOST_COMPARED and len(kept) <= MOST_CANDIDATES
    kept = kept[:MOST_CANDIDATES]
    offers = _widest_offers(supply, found, rows, owners[kept], len(need.groups))
    members = Members(owners[kept], cells[kept], offers, _capacities(supply, need, offers))
    for size in range(2, LARGEST + 1):
        sets = _covering(members, size, need)
        if len(sets):
            return tuple(_consortium(supply, need, members, chosen, proven) for chosen in sets[:MOST_SHOWN])
    return ()


def _distinct(cells: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Of those who cover exactly the same, the first: in a set they replace each other."""
    order = np.lexsort((np.arange(len(cells)), *cells.T))
    new = np.ones(len(cells), np.bool_)
    new[1:] = (cells[order][1:] != cells[order][:-1]).any(axis=1)
    return np.sort(order[new])


def _undominated(cells: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which are not covered whole by a wider one. The rows differ, the widest first."""
    inside = np.ones((len(cells), len(cells)), np.bool_)
    for own in cells.T:
        inside &= own[:, None] & ~own == 0
    kept: NDArray[np.bool_] = inside.sum(axis=1) == 1  # only itself
    return kept


def _widest_offers(supply: Prepared, found: Candidates, rows: NDArray[np.intp], owners: Ints, groups: int) -> Ints:
    """Per member and group its offer that reaches most places, of equals the first; -1: none."""
    members = np.full(len(supply.suppliers), -1)
    members[owners] = np.arange(len(owners))
    own = rows[members[supply.organisation[found.docs[rows]]] >= 0]
    own = own[np.lexsort((-own, np.bitwise_count(found.cover[own])))]  # the best last, so that it stays
    offers = np.full((len(owners), groups), -1, np.int32)
    offers[members[supply.organisation[found.docs[own]]], found.group[own]] = found.docs[own]
    return offers


def _capacities(supply: Prepared, need: Need, offers: Ints) -> Floats:
    """What each member can do of each group: nothing without an offer, infinite when it is not stated."""
    stated: Floats = np.where(comparable(supply, need, offers), supply.capacity[offers], np.inf)
    return np.where(offers < 0, 0.0, stated)


def _covering(members: Members, size: int, need: Need) -> NDArray[np.intp]:
    """The sets of so many members that cover every group in every place (and amount), the widest first."""
    wide = np.bitwise_count(members.cells).sum(axis=1, dtype=np.int64)
    if wide[:size].sum() < len(need.groups) * len(need.places):  # not even the widest ones together
        return np.zeros((0, size), np.intp)
    sets = _sets(len(members.owners), size)
    everything = np.uint64(2 ** len(need.places) - 1)
    for group in range(len(need.groups)):
        sets = sets[np.bitwise_or.reduce(members.cells[:, group][sets], axis=1) == everything]
        if need.amount is not None:
            sets = sets[members.capacity[:, group][sets].sum(axis=1) >= need.amount]
    return sets[np.lexsort((*members.owners[sets].T[::-1], -wide[sets].sum(axis=1)))]


@cache
def _sets(count: int, size: int) -> NDArray[np.intp]:
    """Every choice of so many out of `count`, as rows."""
    return np.array(list(combinations(range(count), size)), np.intp).reshape(-1, size)


def _consortium(supply: Prepared, need: Need, members: Members, chosen: NDArray[np.intp], proven: bool) -> Consortium:
    """Who does what: each cell goes to its widest member, or to all who cover it when the amount has to be shared."""
    roles = []
    taken = [0] * len(need.groups)
    slugs = [supply.suppliers[owner].slug for owner in members.owners[chosen]]
    for member, slug in zip(chosen, slugs, strict=True):  # the widest first
        for group, cells in enumerate(members.cells[member].tolist()):
            own = cells if need.amount is not None else cells & ~taken[group]
            taken[group] |= own
            places = tuple(place.nis_code for column, place in enumerate(need.places) if own >> column & 1)
            if places:
                roles.append(Role(slug, supply.offers[members.offers[member, group]].service, places))
    return Consortium(tuple(slugs), tuple(roles), proven)
