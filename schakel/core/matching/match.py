"""From a need to who can do it, who nearly can, why, and who could do it together. Same input, same order."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schakel.core.errors import InvalidInput
from schakel.core.matching.consortium import find_consortia
from schakel.core.matching.prepared import STATUSES, Floats, Prepared
from schakel.core.matching.scoring import (
    Candidates,
    find_candidates,
    find_cells,
    find_kilometres,
    first_of_each,
    score_parts,
    total,
)
from schakel.core.matching.supply import Condition, Match, Matching, NearMiss, Need
from schakel.core.matching.why import area_gap_km, list_missing, list_reasons
from schakel.core.model import LifeStatus
from schakel.core.taxonomy import service

MOST_PLACES = 64
MOST_SERVICES = 10
MOST_MISSING = 2  # who breaks more conditions is no near miss
_ENDED = tuple(STATUSES.index(status) for status in (LifeStatus.CLOSED, LifeStatus.HISTORICAL))
_NEAREST_FIRST = (
    Condition.DATE, Condition.CAPACITY, Condition.AREA, Condition.RECOGNITION, Condition.CUSTOMER, Condition.LIVE,
)  # fmt: skip
"""What is easiest to change comes first among near misses."""


def check_need(supply: Prepared, need: Need) -> None:
    """Raise InvalidInput for a need that cannot be matched: an unknown service or municipality, or far too many."""
    for code, _ in need.services:
        service(code)
    if len(need.services) > MOST_SERVICES:
        raise InvalidInput(f"Kies hoogstens {MOST_SERVICES} diensten; het waren er {len(need.services)}.")
    if not 1 <= len(need.places) <= MOST_PLACES:
        raise InvalidInput(f"Kies 1 tot {MOST_PLACES} gemeenten; het waren er {len(need.places)}.")
    for place in need.places:
        if place.nis_code not in supply.columns:
            raise InvalidInput(
                f"Gemeente {place.nis_code} hoort niet bij deze regio. Geef de NIS-code van een gemeente."
            )


def match(
    supply: Prepared,
    need: Need,
    *,
    on: date,
    turns: Mapping[str, int] | None = None,
    most: int = 50,
    most_near: int = 10,
) -> Matching:
    """Who can do this, best first; who nearly can; how many break which condition; who could do it together.

    `on` is today (for recognitions and the age of sources); `turns` says per slug how often it was chosen lately and
    is only used when `need.turn`. All conditions hold within one offer; an organisation stands once, with its best
    offer. Equal scores are ordered by slug. Without services nothing is found. Raises InvalidInput, see `check_need`.
    """
    check_need(supply, need)
    found = find_candidates(supply, need, on)
    ranked = _rank(supply, need, found, on, turns or {})
    misses = _near_misses(supply, need, found, ranked, most_near)
    matches = _matches(supply, need, found, ranked.first(most), on, turns or {})
    complete = bool((ranked.covered >= 1).any())
    return Matching(
        matches=matches,
        found=len(ranked.rows),
        near_misses=misses,
        refused=_refused(supply, found),
        consortia=() if complete else find_consortia(supply, need, found),
    )


def why_not(supply: Prepared, need: Need, slug: str, *, on: date) -> NearMiss | None:
    """What keeps one organisation from matching: every broken condition of its nearest offer; None when it matches.
    The nearest is the one that stands among the near misses.

    Raises InvalidInput when the register does not know it.
    """
    check_need(supply, need)
    if slug not in supply.rows:
        raise InvalidInput(f"{slug!r} staat niet in het register.")
    found = find_candidates(supply, need, on)
    own = np.flatnonzero(supply.organisation[found.docs] == supply.rows[slug])
    if not len(own):
        return NearMiss(slug, "", "", list_missing(supply, need, None, Condition.SERVICE))
    nearest = own[_nearest_first(supply, need, found, own)[0]]
    broken = Condition(int(found.broken[nearest]))
    if not broken:
        return None
    doc = int(found.docs[nearest])
    return NearMiss(slug, supply.offers[doc].key, supply.offers[doc].service, list_missing(supply, need, doc, broken))


class _Ranked(NamedTuple):
    """The best matching candidate of each organisation, best first, with its score, parts, kilometres (NaN: not known)
    and the share of what is asked (groups of services x places) that its organisation covers."""

    rows: NDArray[np.intp]
    score: Floats
    parts: Mapping[str, Floats]
    km: Floats
    covered: Floats

    def first(self, most: int) -> _Ranked:
        """The best so many."""
        parts = {name: values[:most] for name, values in self.parts.items()}
        return _Ranked(self.rows[:most], self.score[:most], parts, self.km[:most], self.covered[:most])


def _rank(supply: Prepared, need: Need, found: Candidates, on: date, turns: Mapping[str, int]) -> _Ranked:
    rows = np.flatnonzero(found.broken == 0)
    docs = found.docs[rows]
    owners = supply.organisation[docs]
    able, cells = find_cells(supply, need, found, rows)
    cover = np.zeros(len(supply.suppliers))
    cover[able] = np.bitwise_count(cells).sum(axis=1) / (cells.shape[1] * len(need.places) or 1)
    km = find_kilometres(supply, need, docs)
    lately = np.zeros(len(supply.suppliers))
    for slug, count in turns.items():
        if slug in supply.rows:
            lately[supply.rows[slug]] = count
    parts = score_parts(supply, need, found, rows, km=km, covered=cover[owners], turns=lately[owners], on=on)
    score = total(parts)
    order = np.lexsort((rows, -score, owners))  # per organisation its best offer first
    best = order[first_of_each(owners[order])]
    best = best[np.lexsort((owners[best], -score[best]))]
    picked = {name: values[best] for name, values in parts.items()}
    return _Ranked(rows[best], score[best], picked, km[best], cover[owners[best]])


def _matches(
    supply: Prepared, need: Need, found: Candidates, ranked: _Ranked, on: date, turns: Mapping[str, int]
) -> tuple[Match, ...]:
    """What is shown of these, with the reasons: the columns become rows here, and nowhere before."""
    parts = [tuple(zip(ranked.parts, row, strict=True)) for row in np.round([*ranked.parts.values()], 6).T.tolist()]
    columns = (found.docs[ranked.rows], ranked.score, ranked.km, ranked.covered)
    matches = []
    for doc, score, km, covered, own in zip(*(column.tolist() for column in columns), parts, strict=True):
        offer, owner = supply.offers[doc], supply.suppliers[supply.organisation[doc]]
        known = None if math.isnan(km) else km
        why = list_reasons(supply, need, doc, km=known, covered=covered, turns=turns.get(owner.slug, 0), on=on)
        matches.append(Match(owner.slug, offer.key, offer.service, score, own, covered >= 1, why))
    return tuple(matches)


def _near_misses(supply: Prepared, need: Need, found: Candidates, ranked: _Ranked, most: int) -> tuple[NearMiss, ...]:
    """Those who break the fewest conditions, the easiest to change first, then by how far they are off, then slug."""
    matched = np.zeros(len(supply.suppliers), np.bool_)
    matched[supply.organisation[found.docs[ranked.rows]]] = True
    count = np.bitwise_count(found.broken)
    ended = np.isin(supply.status[found.docs], _ENDED)
    others = ~matched[supply.organisation[found.docs]]
    rows = np.flatnonzero((count > 0) & (count <= MOST_MISSING) & ~ended & others)
    if not len(rows):
        return ()
    owners = supply.organisation[found.docs[rows]]
    chosen: dict[int, int] = {}
    for place in _nearest_first(supply, need, found, rows):
        owner = int(owners[place])
        if owner not in chosen:
            chosen[owner] = int(rows[place])
            if len(chosen) == most:
                break
    return tuple(_near_miss(supply, need, found, owner, row) for owner, row in chosen.items())


def _nearest_first(supply: Prepared, need: Need, found: Candidates, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """The order of these candidates: what breaks fewest first, then easiest to change, then least off, then by slug."""
    hard = np.zeros(len(rows), np.int64)
    for place, condition in enumerate(_NEAREST_FIRST):
        hard += np.where(found.broken[rows] & np.uint8(condition), place, 0)
    docs = found.docs[rows]  # in the order of the slugs
    return np.lexsort((docs, _gap(supply, need, found, rows), hard, np.bitwise_count(found.broken[rows])))


def _near_miss(supply: Prepared, need: Need, found: Candidates, owner: int, row: int) -> NearMiss:
    doc = int(found.docs[row])
    missing = list_missing(supply, need, doc, Condition(int(found.broken[row])))
    return NearMiss(supply.suppliers[owner].slug, supply.offers[doc].key, supply.offers[doc].service, missing)


def _gap(supply: Prepared, need: Need, found: Candidates, rows: NDArray[np.intp]) -> Floats:
    """How far off: kilometres for the area, days for the date, per cent for the capacity. Only compared among offers
    that break the same conditions."""
    docs = found.docs[rows]
    gap = np.zeros(len(rows))
    elsewhere = (found.broken[rows] & np.uint8(Condition.AREA)) != 0
    gap[elsewhere] = np.minimum(area_gap_km(supply, need, supply.area[docs[elsewhere]]), 1000.0)
    if need.needed_from is not None:
        late = np.maximum(supply.free_from[docs] - need.needed_from.toordinal(), 0)
        gap += np.where(found.broken[rows] & np.uint8(Condition.DATE), late, 0.0)
    if need.amount is not None:
        short = 100 * (1 - np.nan_to_num(supply.capacity[docs]) / need.amount)
        gap += np.where(found.broken[rows] & np.uint8(Condition.CAPACITY), short, 0.0)
    rounded: Floats = np.round(gap, 6)
    return rounded


def _refused(supply: Prepared, found: Candidates) -> tuple[tuple[Condition, int], ...]:
    """Of the organisations that do not match: how many break each condition with their nearest offer."""
    owners = supply.organisation[found.docs]
    order = np.lexsort((found.docs, np.bitwise_count(found.broken), owners))
    nearest = found.broken[order[first_of_each(owners[order])]]
    counts = [(Condition.SERVICE, len(supply.suppliers) - len(nearest))]
    counts += [
        (condition, int(np.count_nonzero(nearest & np.uint8(condition))))
        for condition in Condition
        if condition is not Condition.SERVICE
    ]
    return tuple((condition, count) for condition, count in counts if count)
