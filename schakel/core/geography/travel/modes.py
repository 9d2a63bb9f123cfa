"""The parameters of travel time: each a number with where it comes from, or marked as our choice.

Detour: the way over the road as a multiple of the way as the crow flies. Studies find 1.2 between random places in a
town (Newell 1980) and 1.21 to 1.23 around stations (O'Sullivan & Morrall 1996), and more on foot or in open country;
1.3 is our choice for a region of villages, on the careful side. Speeds: on foot 5 and by bicycle 15 km/h, as the
profiles of the route planner OSRM take; by car 40 km/h from door to door is our choice, since its speeds per class
of road (25 to 65 km/h outside motorways) mix to about that between villages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schakel.core.geography.travel.model import Mode


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a mode goes: `detour` over the crow's flight, and kilometres per hour."""

    detour: float
    speed_kmh: float

    @property
    def minutes_per_km(self) -> float:
        """Minutes for one kilometre as the crow flies."""
        return 60 * self.detour / self.speed_kmh


PACES: Mapping[Mode, Pace] = MappingProxyType(
    {Mode.WALK: Pace(1.3, 5.0), Mode.CYCLE: Pace(1.3, 15.0), Mode.CAR: Pace(1.3, 40.0)}
)
