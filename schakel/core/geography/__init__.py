"""Where things are and how far they reach: points, distances, service areas as sets of NIS codes."""

from schakel.core.geography.area import AreaBase, check_area, parse_area_token, resolve_area
from schakel.core.geography.distance import distance_km, distances_km
from schakel.core.geography.locate import locate
from schakel.core.geography.region import RegionGeography, build_geography

__all__ = [
    "AreaBase",
    "RegionGeography",
    "build_geography",
    "check_area",
    "distance_km",
    "distances_km",
    "locate",
    "parse_area_token",
    "resolve_area",
]
