"""Invented boundaries: a square around the point of each of three municipalities, in any system of coordinates."""

from __future__ import annotations

import json
from typing import Any

import pyproj

from schakel.core.model import FactSource, Municipality, Point

SIDE = 0.04  # degrees to each side of the point
SPOTS = {
    "45041": ("Ronse", 50.7518, 3.6021), "45064": ("Maarkedal", 50.7864, 3.5993),
    "45060": ("Kluisbergen", 50.7756, 3.4968), "45059": ("Brakel", 50.7688, 3.7851),
}  # fmt: skip
WANTED = tuple(
    Municipality(code, name.lower(), name, "", None, Point(lat, lon), frozenset(), {}, FactSource("x", "", None))
    for code, (name, lat, lon) in SPOTS.items()
)


def ring(lat: float, lon: float, side: float = SIDE) -> list[list[float]]:
    """A square with 8 points, counter-clockwise."""
    corners = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1)]
    return [[lon + x * side, lat + y * side] for x, y in corners]


def features(key: str = "nis_code", number: bool = False) -> list[dict[str, Any]]:
    """The three squares in degrees."""
    return [
        {
            "type": "Feature",
            "properties": {"naam": name, key: int(code) if number else code},
            "geometry": {"type": "Polygon", "coordinates": [ring(lat, lon)]},
        }
        for code, (name, lat, lon) in SPOTS.items()
    ]


def in_system(found: list[dict[str, Any]], epsg: int) -> list[dict[str, Any]]:
    """The same squares in another system of coordinates."""
    convert = pyproj.Transformer.from_crs(4326, epsg, always_xy=True).transform
    for feature in found:
        geometry = feature["geometry"]
        geometry["coordinates"] = [[list(convert(*spot)) for spot in part] for part in geometry["coordinates"]]
    return found


def collection(found: list[dict[str, Any]], **more: Any) -> bytes:
    """A feature collection as bytes."""
    return json.dumps({"type": "FeatureCollection", **more, "features": found}).encode()
