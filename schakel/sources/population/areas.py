"""Where sectors and neighbourhoods lie: GeoJSON with their points or outlines, or a table of which belongs where.

A code never tells the municipality: after a merger sectors keep the old prefix. It is read from a column or a property,
else from the outline that holds the point.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schakel.core.model import Fault
from schakel.sources.population.table import CODE, NAME, NIS, PEOPLE, find, on_earth, read_cells

PROJECTED = {"31370", "3812", "11219"}  # Belgian Lambert 72 and 2008


@dataclass(frozen=True, slots=True)
class Area:
    """One sector or neighbourhood: its point inside, its municipality and size as far as told, its people if told."""

    code: str
    name: str
    nis_code: str | None
    lat: float
    lon: float
    km2: float | None
    people: float | None
    outline: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Areas:
    """Areas by code, and for other codes the codes of what they belong to (`lookup`)."""

    by_code: Mapping[str, Area]
    lookup: Mapping[str, tuple[str, ...]]

    def find(self, code: str) -> Area | None:
        """The area with this code, else the one that the code belongs to by the lookup."""
        for known in (code, *self.lookup.get(code, ())):
            if known in self.by_code:
                return self.by_code[known]
        return None

    def municipality(self, lat: float, lon: float) -> str | None:
        """The municipality of the outline that holds this point; None when none does."""
        from shapely import Point

        spot = Point(lon, lat)
        holds = (area for area in self.by_code.values() if area.outline is not None and area.outline.covers(spot))
        return next((area.nis_code for area in holds if area.nis_code is not None), None)


def read_areas(files: Iterable[tuple[str, bytes]]) -> tuple[Areas, tuple[Fault, ...]]:
    """Everything these files tell, and what is wrong with them; the first file that has a code wins."""
    by_code: dict[str, Area] = {}
    lookup: dict[str, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for name, data in files:
        if data.lstrip()[:1] == b"{" or data.lstrip()[:4] == b"\xef\xbb\xbf{":
            for area in _features(name, data, faults):
                by_code.setdefault(area.code, area)
        else:
            for code, above in _lookup(name, data, faults):
                lookup.setdefault(code, above)
    return Areas(by_code, lookup), tuple(faults)


def _lookup(name: str, data: bytes, faults: list[Fault]) -> Iterable[tuple[str, tuple[str, ...]]]:
    header, rows = read_cells(data)
    own = find(header, CODE)
    above = [place for place, title in enumerate(header) if title.endswith(("_CODE", "REFNIS")) and place != own]
    if own is None or not above:
        expected = "GeoJSON, of een tabel met een kolom sector_code en kolommen neighbourhood_code of nis_code"
        faults.append(Fault(name, 1, None, ", ".join(header)[:200], expected))
        return
    for number, cells in rows:
        if len(cells) != len(header):
            faults.append(Fault(name, number, None, f"{len(cells)} vakken", f"{len(header)} vakken"))
            continue
        yield cells[own], tuple(cells[place] for place in reversed(above) if cells[place])


def _features(name: str, data: bytes, faults: list[Fault]) -> Iterable[Area]:
    try:
        collection = json.loads(data.decode("utf-8-sig"))
        features = collection["features"]
    except (ValueError, KeyError, TypeError) as error:
        faults.append(Fault(name, None, None, str(error), "een GeoJSON-bestand met een lijst features"))
        return
    project = _projection(collection)
    for number, feature in enumerate(features, start=1):
        try:
            yield _area(feature, project)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            found = f"{type(error).__name__}: {error}"[:200]
            faults.append(Fault(name, number, None, found, "een gebied met een code en een punt of grens in graden"))


def _area(feature: Mapping[str, Any], project: Any) -> Area:
    from shapely import transform
    from shapely.geometry import shape

    said = {str(key).upper(): value for key, value in feature["properties"].items()}
    code = _text(said, CODE)
    if not code:
        raise ValueError("geen code")
    outline = shape(feature["geometry"]) if feature.get("geometry") else None
    if outline is not None and project is not None:
        outline = transform(outline, project, interleaved=False)
    lat, lon = said.get("LAT"), said.get("LON")
    if lat is None or lon is None:
        inside = outline.representative_point()  # type: ignore[union-attr]
        lat, lon = inside.y, inside.x
    if not on_earth(float(lat), float(lon)):
        raise ValueError(f"{lat}, {lon} zijn geen graden in of bij België")
    hectares, km2, people = (
        said.get("MS_AREA_HA"),
        said.get("AREA_KM2"),
        next((said[k] for k in PEOPLE if k in said), None),
    )
    size = float(km2) if km2 is not None else float(hectares) / 100 if hectares is not None else None
    closed = outline if outline is not None and outline.geom_type in ("Polygon", "MultiPolygon") else None
    nis = _text(said, NIS) or None
    count = None if people is None else float(people)
    if count is not None and not count >= 0:
        raise ValueError(f"{people} inwoners")
    return Area(code, _text(said, NAME) or code, nis, float(lat), float(lon), size, count, closed)


def _text(said: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((str(said[name]).strip() for name in names if said.get(name) not in (None, "")), "")


def _projection(collection: Mapping[str, Any]) -> Any:
    """How to turn the file's coordinates into degrees; None when they are degrees already."""
    named = str(((collection.get("crs") or {}).get("properties") or {}).get("name", ""))
    code = named.rpartition(":")[2]
    if code not in PROJECTED:
        return None
    from pyproj import Transformer

    return Transformer.from_crs(f"EPSG:{code}", "EPSG:4326", always_xy=True).transform
