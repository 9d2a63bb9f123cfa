"""Boundaries of any of the three Belgian systems come out in degrees; what is wrong is refused in plain words."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from schakel.core.errors import InvalidInput
from schakel.core.geography.shapes import Crs, to_geojson
from schakel.sources.boundaries import Boundaries, parse_boundaries
from tests.sources.boundaries.squares import WANTED, collection, features, in_system, ring


def parsed(content: bytes) -> Boundaries:
    return parse_boundaries([content], WANTED, "grenzen.geojson")


def crs(name: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


@pytest.mark.parametrize(
    ("epsg", "named", "expected"),
    [
        (4326, None, Crs.WGS84),
        (4326, "urn:ogc:def:crs:OGC:1.3:CRS84", Crs.WGS84),
        (4258, "EPSG:4258", Crs.WGS84),
        (31370, "urn:ogc:def:crs:EPSG::31370", Crs.LAMBERT_72),
        (31370, None, Crs.LAMBERT_72),
        (3812, "http://www.opengis.net/def/crs/EPSG/0/3812", Crs.LAMBERT_2008),
        (3812, None, Crs.LAMBERT_2008),
    ],
)
def test_three_systems_are_recognised_and_come_out_in_the_same_place(
    epsg: int, named: str | None, expected: Crs
) -> None:
    more = {"crs": crs(named)} if named else {}
    found = parsed(collection(in_system(features(), epsg), **more))
    assert found.crs is expected
    assert found.areas["45041"].bounds == pytest.approx((3.5621, 50.7118, 3.6421, 50.7918), abs=2e-5)  # 2 m


def test_latitude_first_is_turned_around() -> None:
    turned = features()
    for feature in turned:
        feature["geometry"]["coordinates"] = [[[y, x] for x, y in ring(*_spot(feature))]]
    assert parsed(collection(turned)).areas["45041"].bounds == pytest.approx((3.5621, 50.7118, 3.6421, 50.7918))


def _spot(feature: dict[str, Any]) -> tuple[float, float]:
    place = next(one for one in WANTED if one.nis_code == feature["properties"]["nis_code"])
    assert place.point is not None
    return place.point.lat, place.point.lon


@pytest.mark.parametrize(("key", "number"), [("NISCODE", False), ("cd_munty_refnis", True)])
def test_code_may_stand_anywhere_as_text_or_number(key: str, number: bool) -> None:
    assert set(parsed(collection(features(key, number))).areas) == {"45041", "45060", "45064", "45059"}


def test_parts_of_one_municipality_become_one_area() -> None:
    ronse, *others = features()
    parts = [
        {**ronse, "geometry": {"type": "Polygon", "coordinates": [[[x, 50.75], [x + 0.02, 50.75], [x + 0.02, 50.77],
                                                                   [x, 50.77], [x, 50.75]]]}}
        for x in (3.60, 3.62)
    ]  # fmt: skip
    area = parsed(collection([*parts, *others])).areas["45041"]
    assert area.geom_type == "Polygon"
    assert area.bounds == pytest.approx((3.60, 50.75, 3.64, 50.77))


def test_lines_that_cross_are_repaired_and_holes_stay_holes() -> None:
    bow, holed, *others = features()
    bow["geometry"]["coordinates"] = [[[3.56, 50.71], [3.64, 50.79], [3.64, 50.71], [3.56, 50.79], [3.56, 50.71]]]
    lat, lon = _spot(holed)
    holed["geometry"]["coordinates"].append(ring(lat, lon, 0.01)[::-1])
    found = parsed(collection([bow, holed, *others]))
    assert found.repaired == 1
    assert found.areas["45041"].geom_type == "MultiPolygon"  # the two halves of the bow
    assert len(found.areas[holed["properties"]["nis_code"]].interiors) == 1
    assert all(area.is_valid for area in found.areas.values())


def test_heights_are_left_out_and_areas_come_out_rounded_and_counter_clockwise() -> None:
    found = features()
    for feature in found:
        feature["geometry"]["coordinates"] = [[[*spot, 12.5] for spot in part[::-1]]
                                              for part in feature["geometry"]["coordinates"]]  # fmt: skip
    written = to_geojson(parsed(collection(found)).areas["45041"])
    outline: Any = written["coordinates"][0]  # type: ignore[index,call-overload]
    assert {len(spot) for spot in outline} == {2}
    assert sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(outline)) < 0


def test_others_than_ours_are_left_out_and_counted() -> None:
    stranger = features()[0]
    stranger["properties"]["nis_code"] = "11002"
    assert parsed(collection([*features(), stranger])).others == 1


def _shifted() -> bytes:
    moved = features()
    codes = [feature["properties"]["nis_code"] for feature in moved]
    for feature, code in zip(moved, [*codes[2:], *codes[:2]], strict=True):
        feature["properties"]["nis_code"] = code
    return collection(moved)


def _with(index: int, **geometry: Any) -> bytes:
    found = features()
    found[index]["geometry"] = geometry or None
    return collection(found)


WRONG = {
    "empty": (collection([]), "is leeg"),
    "no GeoJSON": (b"<html>", "geen geldige GeoJSON"),
    "half": (collection(features())[:-40], "geen geldige GeoJSON"),
    "deep": (b"[" * 100_000, "geen geldige GeoJSON"),
    "other JSON": (b'{"features": 3}', "geen GeoJSON met gebieden"),
    "other region": (
        collection([{**one, "properties": {"nis_code": "11002"}} for one in features()]), "geen enkele gemeente",
    ),
    "no properties": (collection([{**one, "properties": None} for one in features()]), "geen enkele gemeente"),
    "missing": (collection(features()[1:]), "ontbreken gemeenten van de streek: Ronse"),
    "codes shifted": (_shifted(), "liggen in het bestand ergens anders"),
    "unknown system": (collection(features(), crs=crs("EPSG:3857")), "We kennen WGS84"),
    "says another system": (collection(features(), crs=crs("EPSG:31370")), "maar de coördinaten zijn die van WGS84"),
    "not in Belgium": (collection(in_system(features(), 3857)), "liggen niet in België"),
    "point": (_with(0, type="Point", coordinates=[3.6, 50.7]), "Ronse .45041.: verwacht een vlak"),
    "nothing": (_with(0), "Ronse .45041.: verwacht een vlak"),
    "too few points": (_with(0, type="Polygon", coordinates=[[[3.6, 50.7]]]), "niet te lezen"),
    "no numbers": (_with(0, type="Polygon", coordinates=[[["a", "b"], ["c", "d"], ["a", "b"], ["a", "b"]]]), "Ronse"),
    "empty area": (_with(0, type="Polygon", coordinates=[]), "er blijft geen vlak over"),
    "only a line": (
        _with(0, type="Polygon", coordinates=[[[3.6, 50.7], [3.7, 50.7], [3.6, 50.7], [3.6, 50.7]]]), "geen vlak",
    ),
    "not a number": (collection(features()).replace(b"3.5621", b"NaN", 1), "Ronse"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_in_plain_words(name: str) -> None:
    content, words = WRONG[name]
    with pytest.raises(InvalidInput, match=words):
        parsed(content)


def test_neighbours_keep_the_same_line_after_simplifying() -> None:
    """Two areas with a wavy line between them: after simplifying no gap and no overlap."""
    wave = [[3.60 + (0.0002 if n % 2 else 0), 50.70 + n / 1000] for n in range(0, 101)]
    west = [[3.5, 50.70], *wave, [3.5, 50.80], [3.5, 50.70]]
    east = [[3.7, 50.70], [3.7, 50.80], *wave[::-1], [3.7, 50.70]]
    found = [
        {**one, "geometry": {"type": "Polygon", "coordinates": [line]}}
        for one, line in zip(features(), (west, east), strict=False)
    ]
    pair = parse_boundaries([collection(found)], WANTED[:2], "x").areas
    one, other = pair.values()
    assert len(json.dumps(to_geojson(one))) < len(json.dumps(west)) / 3
    assert one.intersection(other).area == 0
    assert one.union(other).area == pytest.approx(0.02)
