"""Why an offer matches, and what is missing when it does not, as reasons with their values."""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from schakel.core.matching.prepared import ALWAYS, NEVER, Floats, Ints, Prepared, spoken, unit_vector
from schakel.core.matching.scoring import EARTH_RADIUS_KM, comparable
from schakel.core.matching.supply import Condition, Need, Reason
from schakel.core.model import AreaKnowledge, LifeStatus, Point, PointPrecision

MOST_WORDS = 4


def list_reasons(
    supply: Prepared, need: Need, doc: int, *, km: float | None, covered: float, turns: int, on: date
) -> tuple[Reason, ...]:
    """Every reason why this offer matches, the most telling first; what is not known is said as such."""
    offer, owner = supply.offers[doc], supply.suppliers[int(supply.organisation[doc])]
    reasons = [Reason("service", (("service", offer.service),))]
    if said := _said(need, offer.words, owner.name, owner.description):
        reasons.append(Reason("words", (("words", ", ".join(said)),)))
    reached = [place.nis_code for place in need.places if place.nis_code in offer.area.nis_codes]
    stated = offer.area.knowledge is AreaKnowledge.STATED
    reasons.append(
        Reason("area_stated" if stated else "area_assumed", (("places", list(reached)), ("asked", len(need.places))))
    )
    if covered < 1:
        reasons.append(Reason("part", (("percent", round(100 * covered)),)))
    if km is not None:
        reasons.append(Reason("distance", (("km", round(km, 1)), ("precision", _precision(offer.points)))))
    elif any(place.point is not None for place in need.places):
        reasons.append(Reason("place_unknown"))
    reasons += _capacity(supply, need, doc)
    if need.reserved:
        until = int(supply.recognised_until[doc])
        last = None if until >= ALWAYS else date.fromordinal(until).isoformat()
        reasons.append(Reason("recognised", (("until", last),)))
    reasons.append(Reason("newest", (("on", owner.newest_on),)))
    if need.turn and turns:
        reasons.append(Reason("turn", (("count", turns),)))
    return tuple(reasons)


def _said(need: Need, *texts: str) -> list[str]:
    """The words of these texts that are also in the need, in any form, in order and each once."""
    stems = frozenset(need.stems)
    return list(dict.fromkeys(word for text in texts for word, stem in spoken(text).items() if stem in stems))[
        :MOST_WORDS
    ]


def _precision(points: tuple[Point, ...]) -> str:
    exact = all(point.precision is PointPrecision.ADDRESS for point in points)
    return "address" if exact else "middle"


def _capacity(supply: Prepared, need: Need, doc: int) -> list[Reason]:
    offer = supply.offers[doc]
    said = []
    if offer.capacity is not None:
        said.append(Reason("capacity", (("amount", offer.capacity), ("unit", offer.unit))))
    if need.amount is not None and not comparable(supply, need, np.array([doc], np.int32))[0]:
        said.append(Reason("capacity_unknown"))
    if offer.free_from:
        said.append(Reason("free_from", (("on", offer.free_from),)))
    return said


def list_missing(supply: Prepared, need: Need, doc: int | None, broken: Condition) -> tuple[Reason, ...]:
    """What would have to be different, one reason per broken condition. `doc` None: no offer of this service at all."""
    if doc is None:
        return (Reason("service", (("services", [code for code, _ in need.services]),)),)
    offer = supply.offers[doc]
    found = []
    if Condition.LIVE in broken:
        found.append(Reason(_STATUS.get(offer.status, "uncertain")))
    if Condition.CUSTOMER in broken:
        found.append(Reason("customer", (("customer", need.customer.value), ("now", list(offer.customers)))))
    if Condition.AREA in broken:
        found.append(_area(supply, need, doc))
    if Condition.DATE in broken:
        found.append(Reason("from", (("on", offer.free_from),)))
    if Condition.CAPACITY in broken:
        found.append(Reason("capacity", (("amount", offer.capacity), ("unit", offer.unit), ("asked", need.amount))))
    if Condition.RECOGNITION in broken:
        until = int(supply.recognised_until[doc])
        ended = None if until in (NEVER, ALWAYS) else date.fromordinal(until).isoformat()
        found.append(Reason("recognition", (("ended", ended),)))
    return tuple(found)


_STATUS = {  # of the others nobody is sure
    LifeStatus.ANNOUNCED: "announced",
    LifeStatus.CLOSED: "ended",
    LifeStatus.HISTORICAL: "ended",
}


def _area(supply: Prepared, need: Need, doc: int) -> Reason:
    area = supply.offers[doc].area
    if area.knowledge is AreaKnowledge.UNKNOWN:
        return Reason("area_unknown")
    gaps = np.where(supply.areas[int(supply.area[doc])], _gap_km(supply, need), np.inf)
    nearest = int(np.argmin(gaps)) if len(gaps) else 0
    if not len(gaps) or not math.isfinite(gaps[nearest]):
        return Reason("area_elsewhere")
    km = max(1, math.ceil(float(gaps[nearest])))
    code = next(code for code, column in supply.columns.items() if column == nearest)
    return Reason("area", (("km", km), ("nearest", code)))


def _gap_km(supply: Prepared, need: Need) -> Floats:
    """Per municipality the kilometres from its middle to the nearest asked place; infinite where one is not known."""
    asked = np.array([_middle(supply, place.nis_code, place.point) for place in need.places])
    chord = np.sqrt(((supply.places[:, None] - asked) ** 2).sum(axis=2))
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, chord / 2))
    nearest: Floats = np.fmin.reduce(km, axis=1, initial=np.inf)
    return nearest


def _middle(supply: Prepared, nis_code: str, point: Point | None) -> tuple[float, float, float]:
    if point is not None:
        return unit_vector(point.lat, point.lon)
    x, y, z = supply.places[supply.columns[nis_code]]
    return float(x), float(y), float(z)


def area_gap_km(supply: Prepared, need: Need, areas: Ints) -> Floats:
    """How far the nearest municipality of each of these areas is from the nearest asked place; infinite: not known."""
    gaps = _gap_km(supply, need)
    nearest_first = np.argsort(gaps, kind="stable")
    held = supply.areas[areas][:, nearest_first]
    first = held.argmax(axis=1)
    found: Floats = np.where(held[np.arange(len(held)), first], gaps[nearest_first][first], np.inf)
    return found
