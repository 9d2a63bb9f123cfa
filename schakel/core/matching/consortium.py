"""Who could do it together, when nobody can do all of it: the smallest sets that cover services x places x amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from schakel.core.matching.prepared import Prepared
from schakel.core.matching.scoring import Candidates, comparable
from schakel.core.matching.supply import Condition, Consortium, Need, Role

LARGEST = 4
"""Members; with more, making agreements costs more than it brings."""

MOST_CANDIDATES = 24
"""All sets of at most four of so many are tried (10,902). Beyond that the widest are kept and nothing is proven."""

MOST_COMPARED = 200
"""So many different coverages are compared with each other; of more only the widest, and nothing is proven."""

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Member:
    """What one organisation can bring: `cells` are bits (group x place), `capacity` per group (infinite: not stated,
    or no amount is asked), `offers` its widest offer per group (-1: none)."""

    slug: str
    cells: int
    capacity: tuple[float, ...]
    offers: tuple[int, ...]


def find_consortia(supply: Prepared, need: Need, found: Candidates) -> tuple[Consortium, ...]:
    """The smallest sets of organisations that together cover every asked service in every asked place.

    With an amount, the capacities of those who do a service must add up to it; a capacity that nobody states counts as
    enough, since it may be. A member that cannot do the whole amount alone is welcome; every other hard condition still
    holds for each member's own offer. Empty when no set of at most LARGEST covers everything, or when one member would
    be enough. Exact for at most MOST_CANDIDATES organisations (after leaving out those that another one replaces
    everywhere); beyond that `smallest` is False. Method: sets by growing size, the first size that covers is the
    smallest. Order: the fewest members, then the widest coverage, then the slugs.
    """
    everything = (1 << len(need.groups) * len(need.places)) - 1
    if everything == 0:
        return ()
    members = _members(supply, need, found)
    if need.amount is None:
        members = _distinct(members)
    members.sort(key=_widest_first)
    kept = members[:MOST_COMPARED] if need.amount is not None else _undominated(members[:MOST_COMPARED])
    proven = len(members) <= MOST_COMPARED and len(kept) <= MOST_CANDIDATES
    kept = kept[:MOST_CANDIDATES]
    for size in range(2, LARGEST + 1):
        if sum(member.cells.bit_count() for member in kept[:size]) < everything.bit_count():
            continue  # not even the widest ones together
        sets = [chosen for chosen in combinations(kept, size) if _covers(chosen, everything, need)]
        if sets:
            sets.sort(key=lambda chosen: (-sum(one.cells.bit_count() for one in chosen), [one.slug for one in chosen]))
            return tuple(_consortium(supply, need, chosen, proven) for chosen in sets[:MOST_SHOWN])
    return ()


def _widest_first(member: Member) -> tuple[int, str]:
    return -member.cells.bit_count(), member.slug


def _members(supply: Prepared, need: Need, found: Candidates) -> list[Member]:
    """One per organisation with an offer that breaks nothing, or only cannot do the whole amount alone."""
    able = np.flatnonzero((found.broken & ~np.uint8(Condition.CAPACITY)) == 0)
    measured = comparable(supply, need, found.docs)
    group_of = {code: place for place, codes in enumerate(need.groups) for code in codes}
    brought: dict[int, dict[int, list[int]]] = {}
    for row in able.tolist():
        doc = int(found.docs[row])
        group = group_of[supply.offers[doc].service]
        brought.setdefault(int(supply.organisation[doc]), {}).setdefault(group, []).append(row)
    members = []
    for owner, groups in sorted(brought.items()):
        cells, capacity, offers = 0, [0.0] * len(need.groups), [-1] * len(need.groups)
        for group, rows in groups.items():
            for row in rows:
                cells |= int(found.cover[row]) << group * len(need.places)
            widest = max(rows, key=lambda row: (int(found.cover[row]).bit_count(), -row))
            doc = offers[group] = int(found.docs[widest])
            stated = need.amount is not None and bool(measured[widest])
            capacity[group] = float(supply.capacity[doc]) if stated else float("inf")
        members.append(Member(supply.suppliers[owner].slug, cells, tuple(capacity), tuple(offers)))
    return members


def _distinct(members: Sequence[Member]) -> list[Member]:
    """Of those who cover exactly the same, the first by slug: in a set they replace each other."""
    first: dict[int, Member] = {}
    for one in members:
        if one.cells not in first or one.slug < first[one.cells].slug:
            first[one.cells] = one
    return list(first.values())


def _undominated(members: Sequence[Member]) -> list[Member]:
    """Without those whose cells a wider one covers too. `members` differ, the widest first."""
    kept: list[Member] = []
    for one in members:
        if not any(one.cells | wider.cells == wider.cells for wider in kept):
            kept.append(one)
    return kept


def _covers(chosen: Sequence[Member], everything: int, need: Need) -> bool:
    cells = 0
    for one in chosen:
        cells |= one.cells
    if cells != everything:
        return False
    if need.amount is None:
        return True
    return all(sum(one.capacity[group] for one in chosen) >= need.amount for group in range(len(need.groups)))


def _consortium(supply: Prepared, need: Need, chosen: Sequence[Member], proven: bool) -> Consortium:
    """Who does what: each cell goes to its widest member, or to all who cover it when the amount has to be shared."""
    roles = []
    taken = 0
    for one in sorted(chosen, key=_widest_first):
        own = one.cells if need.amount is not None else one.cells & ~taken
        taken |= own
        for group in range(len(need.groups)):
            places = tuple(
                place.nis_code
                for column, place in enumerate(need.places)
                if own >> group * len(need.places) + column & 1
            )
            if places:
                roles.append(Role(one.slug, supply.offers[one.offers[group]].service, places))
    return Consortium(tuple(one.slug for one in chosen), tuple(roles), proven)
