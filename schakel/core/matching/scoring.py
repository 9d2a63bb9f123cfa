"""Hard conditions and the score, over all offers of the asked services at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from schakel.core.matching.prepared import (
    CUSTOMERS,
    KNOWLEDGE,
    NEVER,
    STATUSES,
    Floats,
    Ints,
    Prepared,
    fold_unit,
    unit_vector,
)
from schakel.core.matching.supply import Condition, Need
from schakel.core.model import AreaKnowledge, LifeStatus

EARTH_RADIUS_KM = 6371.0088

WEIGHTS: Mapping[str, float] = {
    "fit": 0.40,  # the service asked for, the words of the text, how much of the need is covered
    "area": 0.10,  # a source says that they work there; an assumed area counts half
    "proximity": 0.20,  # from the nearest establishment
    "capacity": 0.10,  # known to be enough
    "freshness": 0.10,  # how young the newest source is
    "turn": 0.10,  # those who were not chosen recently
}
"""What each part weighs. A part that cannot be asked (no amount, no place, turn off) is left out and the others
share its weight. What is not known counts half in its part: it is neither good nor bad news."""

SERVICE_SHARE = 0.75  # of the fit; the words of the text make the rest
HALF_WAY_KM = 10.0  # proximity is a half at this distance
FRESH_DAYS, STALE_DAYS = 183, 1096
UNKNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Candidates:
    """The offers of the asked services: which, what they break, and which part of the need they can do."""

    docs: Ints  # ascending, so that those of one organisation stand together
    broken: NDArray[np.uint8]  # bits of Condition
    weight: Floats  # of the service
    group: Ints  # of `Need.groups`
    cover: NDArray[np.uint64]  # bits of the asked places that the offer reaches


def find_candidates(supply: Prepared, need: Need, on: date) -> Candidates:
    """Test every offer of the asked services against every condition."""
    weights = dict(need.services)
    groups = {code: number for number, codes in enumerate(need.groups) for code in codes}
    lists = [supply.by_service[code] for code in weights]
    counts = [len(own) for own in lists]
    docs = np.concatenate([*lists, np.zeros(0, np.int32)])
    order = np.argsort(docs, kind="stable")
    docs = docs[order]
    cover = _reach(supply, need)[supply.area[docs]]
    return Candidates(
        docs=docs,
        broken=_broken(supply, need, docs, cover, on),
        weight=np.repeat(np.array(list(weights.values()), np.float64), counts)[order],
        group=np.repeat(np.array([groups[code] for code in weights], np.int32), counts)[order],
        cover=cover,
    )


def _reach(supply: Prepared, need: Need) -> NDArray[np.uint64]:
    """Per different area which of the asked places it holds, the first place as the lowest of 64 bits."""
    reach = np.zeros(len(supply.areas), np.uint64)
    for bit, place in enumerate(need.places):
        reach |= supply.areas[:, supply.columns[place.nis_code]].astype(np.uint64) << np.uint64(bit)
    return reach


def first_of_each(owners: Ints) -> NDArray[np.intp]:
    """Where each organisation begins in a list in which the offers of one stand together."""
    return np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1]))) if len(owners) else np.zeros(0, np.intp)


def find_cells(
    supply: Prepared, need: Need, found: Candidates, rows: NDArray[np.intp]
) -> tuple[Ints, NDArray[np.uint64]]:
    """The organisations of these candidates, ascending, and per one and group of services the places they can do it
    in, as bits."""
    owners = supply.organisation[found.docs[rows]]
    first = first_of_each(owners)
    member = np.repeat(np.arange(len(first)), np.diff(first, append=len(owners)))
    cells = np.zeros((len(first), len(need.groups)), np.uint64)
    np.bitwise_or.at(cells.reshape(-1), member * len(need.groups) + found.group[rows], found.cover[rows])
    return owners[first], cells


def _broken(supply: Prepared, need: Need, docs: Ints, cover: NDArray[np.uint64], on: date) -> NDArray[np.uint8]:
    def unless(holds: NDArray[np.bool_], condition: Condition) -> NDArray[np.uint8]:
        return np.where(holds, np.uint8(0), np.uint8(condition))

    customer = np.uint8(1 << CUSTOMERS.index(need.customer))
    broken = unless(supply.status[docs] == STATUSES.index(LifeStatus.LIVE), Condition.LIVE)
    broken |= unless((supply.customers[docs] & customer) != 0, Condition.CUSTOMER)
    broken |= unless(cover != 0, Condition.AREA)
    if need.needed_from is not None:
        broken |= unless(supply.free_from[docs] <= need.needed_from.toordinal(), Condition.DATE)
    if need.amount is not None:
        short = comparable(supply, need, docs) & (supply.capacity[docs] < need.amount)
        broken |= unless(~short, Condition.CAPACITY)
    if need.reserved:
        day = on.toordinal()
        holds = (supply.recognised_from[docs] <= day) & (day <= supply.recognised_until[docs])
        broken |= unless(holds, Condition.RECOGNITION)
    return broken


def comparable(supply: Prepared, need: Need, docs: Ints) -> NDArray[np.bool_]:
    """Whose capacity can be compared with the asked amount: it is known, and in the unit that is asked (if any)."""
    known: NDArray[np.bool_] = ~np.isnan(supply.capacity[docs])
    unit = fold_unit(need.unit)
    return known if not unit else known & (supply.unit[docs] == supply.units.get(unit, -2))


def find_kilometres(supply: Prepared, need: Need, docs: Ints) -> Floats:
    """From the nearest asked place to the nearest point of each offer; NaN where either is not known."""
    nearest = np.full(len(docs), np.nan)
    places = [unit_vector(place.point.lat, place.point.lon) for place in need.places if place.point is not None]
    count = supply.first_point[docs + 1] - supply.first_point[docs]
    owner = np.repeat(np.arange(len(docs)), count)
    if not places or not len(owner):
        return nearest
    start = np.cumsum(count) - count
    points = supply.points[
        :, np.arange(len(owner)) - np.repeat(start, count) + np.repeat(supply.first_point[docs], count)
    ]
    asked = np.array(places)
    closest = asked[(asked @ points).argmax(axis=0)]  # the largest cosine; its distance is measured by the chord, as
    chord = ((points - closest.T) ** 2).sum(axis=0)  # a cosine near one has few digits left
    has = count > 0
    least = np.minimum.reduceat(chord, start[has])
    nearest[has] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(least) / 2))
    return nearest


def _words(supply: Prepared, need: Need, docs: Ints) -> Floats:
    """The share of the telling words that stands in each offer, rare words counting more; NaN when none is known."""
    known = [stem for stem in dict.fromkeys(need.stems) if stem in supply.postings]
    if not known:
        return np.full(len(docs), np.nan)
    found = np.zeros(len(supply.offers))
    for stem in known:
        found[supply.postings[stem]] += supply.rarity[stem]
    share: Floats = found[docs] / sum(supply.rarity[stem] for stem in known)
    return share


def score_parts(
    supply: Prepared, need: Need, found: Candidates, rows: NDArray[np.intp], *,
    km: Floats, covered: Floats, turns: Floats, on: date,
) -> Mapping[str, Floats]:  # fmt: skip
    """The parts of the score of some candidates, each from 0 to 1. `km`: how far they are (NaN: not known); `covered`:
    share of the need their organisation covers; `turns`: how often it was chosen lately."""
    docs = found.docs[rows]
    words = _words(supply, need, docs)
    fit = np.where(
        np.isnan(words), found.weight[rows], SERVICE_SHARE * found.weight[rows] + (1 - SERVICE_SHARE) * words
    )
    parts = {
        "fit": fit * covered,
        "area": np.where(supply.knowledge[docs] == KNOWLEDGE.index(AreaKnowledge.STATED), 1.0, UNKNOWN),
        "freshness": _freshness(supply.newest[supply.organisation[docs]], on),
    }
    if any(place.point is not None for place in need.places):
        parts["proximity"] = np.where(np.isnan(km), UNKNOWN, 1 / (1 + km / HALF_WAY_KM))
    if need.amount is not None:
        parts["capacity"] = np.where(comparable(supply, need, docs), 1.0, UNKNOWN)
    if need.turn:
        parts["turn"] = 1 / (1 + turns)
    return {name: parts[name] for name in WEIGHTS if name in parts}


def _freshness(newest: Ints, on: date) -> Floats:
    age = np.clip((on.toordinal() - newest - FRESH_DAYS) / (STALE_DAYS - FRESH_DAYS), 0.0, 1.0)
    return np.where(newest == NEVER, UNKNOWN, 1 - age)


def total(parts: Mapping[str, Floats]) -> Floats:
    """The weighted mean of the parts, to six decimals: no order hangs on the last bits of a number."""
    weight = sum(WEIGHTS[name] for name in parts)
    added = sum((WEIGHTS[name] * values for name, values in parts.items()), np.zeros(len(parts["fit"])))
    return np.round(added / weight, 6)
