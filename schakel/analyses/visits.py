"""How much of each municipality reaches each offer to visit within the usual minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from schakel.core.access.blindspots import Rules, Travel
from schakel.core.geography.travel import Basis, Mode, Places, TravelTime
from schakel.core.model import Delivered, Origin, SupplyOffer
from schakel.core.taxonomy import Service

LOOKED_AT = 2.0  # times the usual minutes: beyond that nobody asks how long it takes
AT_ONCE = 10_000  # offers: minutes to every origin are held in memory for so many


def visit_travel(
    travel_time: TravelTime,
    origins: Sequence[Origin],
    services: Sequence[Service],
    offers: Sequence[SupplyOffer],
    rules: Rules,
) -> tuple[Mapping[str, Mapping[str, Travel]], bool]:
    """Per offer to visit with a known place, a `Travel` per NIS code; and whether the minutes are an estimate.

    The nearest point of an offer counts. The share is over the inhabitants of the origins; where nobody knows how many
    live there, every origin counts alike. The minutes are the mean over those who get there in twice the usual
    minutes; a municipality of which nobody does is left out, and so is an origin that no road was found for.
    """
    usual = {
        service.code: (Mode(service.mode), float(rules.minutes.get(service.code, service.minutes)))
        for service in services
        if service.delivered is Delivered.VISIT and service.mode and service.minutes
    }
    found: dict[str, Mapping[str, Travel]] = {}
    for kind in sorted(set(usual.values())):
        here = [offer for offer in offers if usual.get(offer.service) == kind and offer.points]
        for first in range(0, len(here) if origins else 0, AT_ONCE):
            found.update(_within(travel_time, origins, here[first : first + AT_ONCE], *kind))
    return found, travel_time.basis is Basis.ESTIMATE


def _within(
    travel_time: TravelTime, origins: Sequence[Origin], offers: Sequence[SupplyOffer], mode: Mode, minutes: float
) -> Mapping[str, Mapping[str, Travel]]:
    owners = [number for number, offer in enumerate(offers) for _ in offer.points]
    sites = Places.of(point for offer in offers for point in offer.points)
    places = Places.of(origin.point for origin in origins)
    table = travel_time.between(places, sites, mode=mode, limit=minutes * LOOKED_AT)
    nearest = np.full((len(origins), len(offers)), np.inf)
    pairs = table.cost.tocoo()
    np.minimum.at(nearest, (pairs.row, np.asarray(owners)[pairs.col]), pairs.data)
    known = np.ones(len(origins), dtype=np.bool_)
    known[table.off_network] = False
    people = _people(origins)
    codes = np.array([origin.nis_code for origin in origins])
    found: dict[str, dict[str, Travel]] = {offer.key: {} for offer in offers}
    for code in sorted(set(codes.tolist())):
        rows = np.flatnonzero((codes == code) & known)
        total = float(people[rows].sum())
        if total <= 0:
            continue
        times = nearest[rows]
        near = np.isfinite(times)
        weight = people[rows] @ near
        share = np.minimum(people[rows] @ (times <= minutes) / total, 1.0)
        spent = people[rows] @ np.where(near, times, 0.0)
        for number in np.flatnonzero(weight > 0).tolist():
            found[offers[number].key][code] = Travel(float(share[number]), float(spent[number] / weight[number]))
    return found


def _people(origins: Sequence[Origin]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Inhabitants per origin; 1 each in a municipality where they are not known."""
    unknown = {origin.nis_code for origin in origins if origin.population is None}
    return np.array([1.0 if one.nis_code in unknown else float(one.population or 0.0) for one in origins])
