"""How far people walk to public transport: minutes to the nearest stop, and the share of people who live near one.

An estimate as the crow flies with the usual detour and pace on foot, so that a page can tell it at once. It says
nothing about what stops there, or how often.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from schakel.core.geography.distance import distances_km
from schakel.core.geography.travel.model import Mode, Numbers, Places
from schakel.core.geography.travel.modes import PACES
from schakel.core.model import Origin

NEAR = 10.0  # minutes on foot that count as near a stop; our choice: what planners take for a station, long for a bus
KM_PER_DEGREE = 111.0  # of latitude, a little less than the least there is: too many are looked at, never too few


def walk_to_stop(places: Places, stops: Places, limit: float = NEAR) -> Numbers:
    """Minutes on foot from each place to its nearest stop; infinite when none lies within `limit` minutes."""
    order = np.argsort(stops.lats, kind="stable")
    lats, lons = stops.lats[order], stops.lons[order]
    pace = PACES[Mode.WALK].minutes_per_km
    reach = limit / pace / KM_PER_DEGREE
    found = np.full(len(places), np.inf)
    for number, (lat, lon) in enumerate(zip(places.lats, places.lons, strict=True)):
        band: NDArray[np.int64] = np.searchsorted(lats, [lat - reach, lat + reach])
        near = slice(int(band[0]), int(band[1]))
        minutes = distances_km(lat, lon, lats[near], lons[near]).min(initial=math.inf) * pace
        found[number] = minutes if minutes <= limit else np.inf
    return found


def share_near_stop(origins: Sequence[Origin], stops: Places) -> Mapping[str, float]:
    """Per NIS code the share (0 to 1) of its inhabitants who live within `NEAR` minutes on foot of a stop.

    A municipality of which an origin has an unknown number of people, or that has none, is left out.
    """
    minutes = walk_to_stop(Places.of(origin.point for origin in origins), stops)
    unknown = {origin.nis_code for origin in origins if origin.population is None}
    people: dict[str, float] = {}
    near: dict[str, float] = {}
    for origin, walk in zip(origins, minutes, strict=True):
        if origin.nis_code not in unknown:
            count = float(origin.population or 0.0)
            people[origin.nis_code] = people.get(origin.nis_code, 0.0) + count
            near[origin.nis_code] = near.get(origin.nis_code, 0.0) + count * bool(walk <= NEAR)
    return {code: near[code] / total for code, total in people.items() if total > 0}
