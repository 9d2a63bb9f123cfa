"""From GeoJSON to one area per municipality, valid, in WGS84 and with few points."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from schakel.core.errors import InvalidInput
from schakel.core.geography.shapes import (
    Crs,
    distance_degrees,
    read_area,
    recognise_crs,
    simplify_together,
    to_wgs84,
)
from schakel.core.model import Municipality

TOLERANCE = 0.0006  # degrees: about 50 m, less than a line on the map is wide
FAR = 0.1  # degrees: a municipality's own point lies in its area, or surely within some 10 km of it


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The areas by NIS code, in WGS84; in which system they came; how many were repaired, and left out as not ours."""

    areas: Mapping[str, BaseGeometry]
    crs: Crs
    repaired: int
    others: int


def parse_boundaries(pages: Sequence[bytes], wanted: Sequence[Municipality], where: str = "het bestand") -> Boundaries:
    """The areas of the wanted municipalities out of pages of GeoJSON.

    The NIS code may stand in any property, as text or number; several areas of one municipality (sectors,
    sub-municipalities) become one. Raises InvalidInput, in plain Dutch and with `where`, when it is no GeoJSON, holds
    none or not all of the wanted municipalities, or lies elsewhere.
    """
    features, named = _features(pages, where)
    codes = {place.nis_code: place for place in wanted}
    key = _property_of_codes(features, codes.keys())
    if key is None:
        raise InvalidInput(
            f"In {where} vinden we geen enkele gemeente van de streek. Is het van een andere streek, of staat er geen "
            "NIS-code bij? Er is niets gewijzigd."
        )
    shapes: dict[str, list[BaseGeometry]] = defaultdict(list)
    repaired = others = 0
    for feature in features:
        code = _code(feature["properties"].get(key)) if isinstance(feature.get("properties"), dict) else ""
        if code not in codes:
            others += 1
            continue
        shape, mended = read_area(feature.get("geometry") or {}, f"{codes[code].name} ({code})")
        shapes[code].append(shape)
        repaired += mended
    missing = sorted(place.name for code, place in codes.items() if code not in shapes)
    if missing:
        raise InvalidInput(
            f"In {where} ontbreken gemeenten van de streek: {', '.join(missing)}. Er is niets gewijzigd."
        )
    areas, crs = _in_degrees(shapes, named)
    _check_places(areas, codes)
    simpler = simplify_together(list(areas.values()), TOLERANCE)
    return Boundaries(dict(zip(areas, simpler, strict=True)), crs, repaired, others)


def _features(pages: Sequence[bytes], where: str) -> tuple[list[dict[str, Any]], str | None]:
    """All features, and the name of the system of coordinates of the first page that says one."""
    features: list[dict[str, Any]] = []
    named: str | None = None
    for page in pages:
        try:
            content = json.loads(page)
        except (ValueError, RecursionError) as error:
            raise InvalidInput(f"{where} is geen geldige GeoJSON. Er is niets gewijzigd.") from error
        found = content.get("features") if isinstance(content, dict) else None
        if not isinstance(found, list):
            raise InvalidInput(f"{where} is geen GeoJSON met gebieden (FeatureCollection). Er is niets gewijzigd.")
        features += [feature for feature in found if isinstance(feature, dict)]
        named = named or _crs_name(content.get("crs"))
    if not features:
        raise InvalidInput(f"{where} is leeg: er staat geen enkel gebied in. Er is niets gewijzigd.")
    return features, named


def _crs_name(member: Any) -> str | None:
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name", properties.get("code")) if isinstance(properties, dict) else None
    return str(name) if isinstance(name, str | int) else None


def _code(value: Any) -> str:
    """A value as a NIS code would be written; empty for what cannot be one."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:05d}"
    return value.strip() if isinstance(value, str) else ""


def _property_of_codes(features: Sequence[Mapping[str, Any]], codes: Any) -> str | None:
    """The property that names most of the wanted municipalities; the first by name when several do."""
    seen: dict[str, set[str]] = defaultdict(set)
    for name, value in _all_properties(features):
        if (code := _code(value)) in codes:
            seen[name].add(code)
    return min(seen, key=lambda name: (-len(seen[name]), name)) if seen else None


def _all_properties(features: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    for feature in features:
        properties = feature.get("properties")
        yield from properties.items() if isinstance(properties, dict) else ()


def _in_degrees(shapes: Mapping[str, list[BaseGeometry]], named: str | None) -> tuple[dict[str, BaseGeometry], Crs]:
    whole = {code: shapely.union_all(parts) if len(parts) > 1 else parts[0] for code, parts in shapes.items()}
    least_x, least_y, most_x, most_y = shapely.total_bounds(list(whole.values())).tolist()
    crs, turned = recognise_crs(named, (least_x, least_y, most_x, most_y))
    return {code: to_wgs84(shape, crs, turned=turned) for code, shape in whole.items()}, crs


def _check_places(areas: Mapping[str, BaseGeometry], codes: Mapping[str, Municipality]) -> None:
    """Codes and areas belong together: the point that the region gives lies about there."""
    wrong = sorted(
        place.name
        for code, place in codes.items()
        if place.point is not None and distance_degrees(areas[code], place.point) > FAR
    )
    if wrong:
        raise InvalidInput(
            f"Deze gemeenten liggen in het bestand ergens anders dan in de streek: {', '.join(wrong)}. Kloppen de "
            "NIS-codes en de coördinaten? Er is niets gewijzigd."
        )
