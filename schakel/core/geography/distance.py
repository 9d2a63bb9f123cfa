"""Great-circle distance on a sphere (haversine); within 0.6% of the ellipsoid, so 60 m in 10 km."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from schakel.core.model import Point

EARTH_RADIUS_KM = 6371.0088  # mean radius of the IUGG

Degrees: TypeAlias = NDArray[np.float64]


def distance_km(one: Point, other: Point) -> float:
    """Kilometres between two points, as the crow flies."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half_lat = math.sin((lat2 - lat1) / 2)
    half_lon = math.sin(math.radians(other.lon - one.lon) / 2)
    chord = half_lat * half_lat + math.cos(lat1) * math.cos(lat2) * half_lon * half_lon
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))  # rounding may pass 1 between antipodes


def distances_km(lat: float, lon: float, lats: Degrees, lons: Degrees) -> Degrees:
    """Kilometres from one place to many; NaN in the arrays (place not known) gives NaN, never 0."""
    half_lat = np.sin(np.radians(lats - lat) / 2)
    half_lon = np.sin(np.radians(lons - lon) / 2)
    chord = half_lat**2 + math.cos(math.radians(lat)) * np.cos(np.radians(lats)) * half_lon**2
    result: Degrees = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(chord)))
    return result
