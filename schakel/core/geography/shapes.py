"""Boundaries as plain GeoJSON: which coordinates they are in, made valid, brought to WGS84, simplified together.

Lambert 72 is EPSG:31370, Lambert 2008 is EPSG:3812; the shift of datum by pyproj is good to about a metre.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import cache
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from schakel.core.errors import InvalidInput
from schakel.core.model import Json, Point

Bounds = tuple[float, float, float, float]
DECIMALS = 5  # about a metre


class Crs(IntEnum):
    """The systems of coordinates that Belgian boundaries come in, by their EPSG number."""

    WGS84 = 4326
    LAMBERT_72 = 31370
    LAMBERT_2008 = 3812


WORDS = {Crs.WGS84: "WGS84 (lengte- en breedtegraden)", Crs.LAMBERT_72: "Lambert 72", Crs.LAMBERT_2008: "Lambert 2008"}
# Belgium with room around it. The three never overlap, so coordinates tell which system they are in.
_RANGES: Mapping[Crs, Bounds] = {
    Crs.WGS84: (2.3, 49.3, 6.6, 51.7),
    Crs.LAMBERT_72: (10_000, 10_000, 320_000, 280_000),
    Crs.LAMBERT_2008: (500_000, 500_000, 820_000, 780_000),
}
_SAME_AS_WGS84 = (4258, 84)  # ETRS89 is within a metre of it; CRS84 is WGS84 with longitude first


def recognise_crs(named: str | None, bounds: Bounds) -> tuple[Crs, bool]:
    """The system of coordinates, and whether latitude comes first.

    `named`: what a file says (`urn:ogc:def:crs:EPSG::31370`, `EPSG:3812`, ...), None when it says nothing: then the
    range of the coordinates tells. `bounds`: least x, least y, most x, most y. Raises InvalidInput for a system we do
    not know, for coordinates that do not fit what the file says, and for coordinates outside Belgium.
    """
    fitting = [crs for crs, box in _RANGES.items() if _within(bounds, box)]
    turned = _within((bounds[1], bounds[0], bounds[3], bounds[2]), _RANGES[Crs.WGS84])
    said = _said(named)
    if not fitting and not turned:
        raise InvalidInput(
            f"De coördinaten liggen niet in België (van {bounds[0]:g} {bounds[1]:g} tot {bounds[2]:g} {bounds[3]:g}). "
            "Geef een bestand in WGS84, Lambert 72 of Lambert 2008."
        )
    found = fitting[0] if fitting else Crs.WGS84
    if said is not None and said != found:
        raise InvalidInput(
            f"Het bestand zegt {WORDS[said]}, maar de coördinaten zijn die van {WORDS[found]}. "
            "Vraag de bron welke van de twee klopt."
        )
    return found, not fitting


def _within(bounds: Bounds, box: Bounds) -> bool:
    return box[0] <= bounds[0] and box[1] <= bounds[1] and bounds[2] <= box[2] and bounds[3] <= box[3]


def _said(named: str | None) -> Crs | None:
    numbers = re.findall(r"[0-9]+", named or "")
    if not numbers:
        return None
    number = int(numbers[-1][:9])
    if number in _SAME_AS_WGS84:
        return Crs.WGS84
    if number not in list(Crs):
        raise InvalidInput(
            f"Het bestand staat in {(named or '')[:80]}. We kennen WGS84 (EPSG:4326), Lambert 72 (EPSG:31370) en "
            "Lambert 2008 (EPSG:3812). Zet het eerst om."
        )
    return Crs(number)


def read_area(geometry: Mapping[str, Any], where: str) -> tuple[BaseGeometry, bool]:
    """A valid area from a GeoJSON Polygon or MultiPolygon, and whether it had to be repaired.

    Heights are left out; holes stay holes; lines that cross themselves are repaired, keeping the areas. `where` begins
    the message of InvalidInput: for another kind of geometry, coordinates that are no numbers, or nothing left.
    """
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise InvalidInput(f"{where}: verwacht een vlak (Polygon of MultiPolygon), kreeg {str(kind)[:40]!r}.")
    try:
        shape = shapely.force_2d(shapely.geometry.shape(dict(geometry)))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.GEOSException) as error:
        raise InvalidInput(f"{where}: de lijnen zijn niet te lezen (te weinig punten, of geen getallen).") from error
    sound = shapely.is_valid(shape)
    if not sound:
        shape = areas_of(shapely.make_valid(shape))
    if shape.is_empty or not all(map(_finite, shape.bounds)):
        raise InvalidInput(f"{where}: er blijft geen vlak over.")
    return shape, not sound


def _finite(value: float) -> bool:
    return abs(value) < 1e9  # also false for NaN


def areas_of(shape: BaseGeometry) -> BaseGeometry:
    """Only the areas of a geometry: repairing and simplifying can leave lines and points beside them."""
    parts = [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == 2]
    flat = [inner for part in parts for inner in shapely.get_parts(part)]
    return shapely.union_all([part for part in flat if shapely.get_dimensions(part) == 2])


@cache
def _transformer(crs: Crs) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(crs.value, Crs.WGS84.value, always_xy=True)


def to_wgs84(shape: BaseGeometry, crs: Crs, *, turned: bool = False) -> BaseGeometry:
    """The shape in degrees, longitude first. `turned`: its x is the latitude."""
    if crs is not Crs.WGS84:
        convert = _transformer(crs).transform
        return shapely.transform(shape, lambda xy: np.column_stack(convert(xy[:, 0], xy[:, 1])))
    return shapely.transform(shape, lambda xy: xy[:, ::-1]) if turned else shape


def simplify_together(shapes: Sequence[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    """Fewer points, where neighbours keep sharing the same line.

    `tolerance` in the unit of the shapes: about the root of the area of what is cut off. Shapes that overlap are
    simplified too, each as far as it can be. An area is never simplified away.
    """
    simpler = shapely.coverage_simplify(list(shapes), tolerance)
    return [areas_of(new) if not new.is_empty else old for new, old in zip(simpler, shapes, strict=True)]


def to_geojson(shape: BaseGeometry) -> dict[str, Json]:
    """The geometry as GeoJSON in WGS84, rounded to about a metre, outlines counter-clockwise (RFC 7946)."""
    content: dict[str, Json] = shapely.geometry.mapping(shapely.orient_polygons(shape))
    return {"type": content["type"], "coordinates": _rounded(content["coordinates"])}


def _rounded(value: Any) -> Json:
    if isinstance(value, float | int):
        return round(float(value), DECIMALS)
    return [_rounded(part) for part in value]


def label_spot(shape: BaseGeometry) -> Point:
    """A point that is surely inside, for a name."""
    spot = shapely.point_on_surface(shape)
    return Point(round(spot.y, DECIMALS), round(spot.x, DECIMALS))


def distance_degrees(shape: BaseGeometry, point: Point) -> float:
    """How far a point lies from an area, in degrees; 0 inside."""
    return float(shapely.distance(shape, shapely.Point(point.lon, point.lat)))
