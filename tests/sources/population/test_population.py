"""Inhabitants from files: every known spelling, every way to find the municipality, every fault with its row."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.sources.population import Areas, PopulationFaults, place_population, read_areas, read_table

KNOWN = {"41002": 1000.0, "45041": 500.0}
STATBEL_2022 = (
    "\ufeffCD_REFNIS|CD_SECTOR|TOTAL|DT_STRT_SECTOR|DT_STOP_SECTOR|OPPERVLAKKTE IN HM²|TX_DESCR_SECTOR_NL\n"
    "41002|41002A00-|120|01/01/2001|31/12/9999|12.5|CENTRUM\n"
    "41002|41002ZZZZ|3|01/01/2001|31/12/9999||NIET TE LOKALISEREN\n"
    "11001|11001A00-|77|01/01/2001|31/12/9999|1|ELDERS\n"
).encode()
STATBEL_2025 = (
    "CD_REFNIS|CD_SECTOR|TOTAL|DT_STRT_SECTOR|DT_STOP_SECTOR|OPPERVLAKTE IN HM²|TX_DESCR_SECTOR_NL\r\n"
    "45041|45041A00-|80,0|01/01/2001|31/12/9999|12,5|SINT-HERMES, CAFÉ\r\n"
).encode("cp1252")


def feature(
    code: str, nis: str | None, lon: float, lat: float, km2: float | None = None, **more: object
) -> dict[str, object]:
    square = [[lon, lat], [lon + 0.01, lat], [lon + 0.01, lat + 0.01], [lon, lat + 0.01], [lon, lat]]
    said = {"code": code, "name_nl": code.lower(), "nis_code": nis, "area_km2": km2, **more}
    return {"type": "Feature", "properties": said, "geometry": {"type": "Polygon", "coordinates": [square]}}


def geojson(*features: dict[str, object]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def areas_of(*files: bytes) -> Areas:
    areas, faults = read_areas([(f"f{number}", data) for number, data in enumerate(files)])
    assert faults == ()
    return areas


def test_statbel_of_2022_and_of_2025_are_read_alike() -> None:
    early, faults = read_table("s.txt", STATBEL_2022)
    assert faults == ()
    assert [(row.code, row.nis_code, row.people) for row in early] == [
        ("41002A00-", "41002", 120), ("41002ZZZZ", "41002", 3), ("11001A00-", "11001", 77),
    ]  # fmt: skip
    late, faults = read_table("s.txt", STATBEL_2025)
    assert faults == ()
    assert [(row.code, row.people, row.name) for row in late] == [("45041A00-", 80, "SINT-HERMES, CAFÉ")]


def test_sectors_take_their_place_and_the_unplaced_live_where_others_do() -> None:
    areas = areas_of(geojson(feature("41002A00-", "41002", 4.0, 50.9), feature("11001A00-", "11001", 4.4, 51.1)))
    placed = place_population("s", read_table("s", STATBEL_2022)[0], areas, KNOWN)
    assert [(o.key, o.nis_code) for o in placed.origins] == [("41002A00-", "41002")]
    assert placed.origins[0].population == pytest.approx(123.0)
    assert (placed.counted, placed.outside, placed.unplaced) == (True, 1, 3.0)
    assert placed.origins[0].point.lat == pytest.approx(50.905, abs=0.005)


def test_too_many_without_a_place_is_a_fault_with_what_to_do() -> None:
    with pytest.raises(PopulationFaults, match="--areas") as refused:
        place_population("s", read_table("s", STATBEL_2022)[0], Areas({}, {}), KNOWN)
    assert refused.value.faults[0].row == 2


def test_a_prefix_never_decides_the_municipality() -> None:
    """A sector keeps the code of the municipality it lay in before a merger."""
    rows, _ = read_table("t", b"code,population\n44012A00-,10\n")
    areas = areas_of(geojson(feature("44012A00-", "45041", 3.6, 50.75)))
    assert place_population("t", rows, areas, KNOWN).origins[0].nis_code == "45041"
    with pytest.raises(PopulationFaults, match="gemeente bekend"):
        place_population("t", read_table("t", b"code,population\n41002A01-,10\n")[0], Areas({}, {}), KNOWN)


def test_the_municipality_comes_from_a_lookup_or_from_the_outline_around_the_point() -> None:
    lookup = b"sector_code,name_nl,nis_code,neighbourhood_code\nS1,een,41002,W1\nS2,twee,41002,W1\n"
    areas = areas_of(geojson(feature("W1", None, 4.0, 50.9)), lookup + b"W1,wijk,41002,\n")
    rows, _ = read_table("t", b"code,population\nS1,10\nS2,30\n")
    placed = place_population("t", rows, areas, KNOWN)
    assert [(o.key, o.nis_code, o.population) for o in placed.origins] == [("W1", "41002", 40.0)]
    rows, _ = read_table("t", b"code;population;lat;lon\nX;12;50,905;4,005\n")
    around = areas_of(geojson(feature("G", "45041", 4.0, 50.9)))
    found = place_population("t", rows, around, KNOWN).origins
    assert [(o.key, o.nis_code, o.population) for o in found] == [("X", "45041", 12.0)]


def test_municipal_totals_are_shared_out_by_area_of_the_last_year() -> None:
    rows, faults = read_table("p.csv", b"nis_code,name_nl,year,population\n41002,A,2020,900\n41002,A,2025,1200\n")
    assert faults == ()
    areas = areas_of(geojson(feature("A", "41002", 4.0, 50.9, 1.0), feature("B", "41002", 4.1, 50.9, 2.0)))
    placed = place_population("p.csv", rows, areas, KNOWN)
    assert {o.key: o.population for o in placed.origins} == {"A": 400.0, "B": 800.0}
    assert (placed.counted, placed.year) == (False, 2025)


def test_areas_alone_share_out_the_population_of_the_register() -> None:
    areas = areas_of(geojson(feature("A", "41002", 4.0, 50.9, 1.0), feature("B", "41002", 4.1, 50.9, 3.0),
                             feature("C", "45041", 3.6, 50.7)))  # fmt: skip
    placed = place_population("wijken", (), areas, {"41002": 1000.0, "45041": None})
    assert {o.key: o.population for o in placed.origins} == {"A": 250.0, "B": 750.0, "C": None}
    assert placed.counted is False
    counted = areas_of(geojson(feature("A", "41002", 4.0, 50.9, population=7)))
    assert place_population("wijken", (), counted, KNOWN).counted is True


def test_lambert_coordinates_become_degrees() -> None:
    collection = {
        "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::31370"}},
        "features": [{"properties": {"cd_sector": "S", "cd_munty_refnis": "41002"},
                      "geometry": {"type": "Point", "coordinates": [127000.0, 181000.0]}}],
    }  # fmt: skip
    area = areas_of(json.dumps(collection).encode()).by_code["S"]
    assert (area.lat, area.lon) == pytest.approx((50.94, 4.04), abs=0.02)


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("naam,aantal\nx,1\n", 1, "een kolom CD_SECTOR"),
        ("code,population,nis_code\nA,-3,41002\n", 2, "0 of meer"),
        ("code,population,nis_code\nA,1.234.567,41002\n", 2, "zonder punten"),
        ("code,population,nis_code\nA,,41002\n", 2, "0 of meer"),
        ("code,population,nis_code\nA,5,Aalst\n", 2, "vijf cijfers"),
        ("code,population,nis_code\nA,5\n", 2, "3 vakken"),
        ("code,population,nis_code\nA,5,41002\nA,6,41002\n", 3, "elke code één keer"),
        ("code,population,lat,lon\nA,5,181000,127000\n", 2, "graden"),
        ("code,population,year\nA,5,vorig jaar\n", 2, "jaartal"),
        ("code,population\n", None, "minstens één rij"),
        ("", 1, "een kolom"),
    ],
)
def test_a_fault_says_where_and_what_is_expected(text: str, row: int | None, words: str) -> None:
    _, faults = read_table("t.csv", text.encode())
    assert faults[0].row == row
    assert words in faults[0].expected


@pytest.mark.parametrize("data", [b"{", b"{}", b'{"features": [{}]}', b'{"features": [{"properties": {"code": "A"}}]}'])
def test_areas_that_are_no_good_are_faults(data: bytes) -> None:
    _, faults = read_areas([("a.geojson", data)])
    assert len(faults) == 1


def test_a_lambert_file_that_does_not_say_so_is_a_fault() -> None:
    _, faults = read_areas([("a", geojson(feature("A", "41002", 127000, 181000)))])
    assert "geen graden" in faults[0].found


def test_nothing_of_the_region_is_a_fault() -> None:
    rows, _ = read_table("t", b"nis_code,population\n11001,5\n")
    with pytest.raises(PopulationFaults, match="minstens één gebied"):
        place_population("t", rows, areas_of(geojson(feature("A", "41002", 4, 50.9))), KNOWN)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(["41002", "45041"])), min_size=1, max_size=20))
def test_nobody_is_lost_or_doubled(people: list[tuple[int, str]]) -> None:
    lines = [f"S{number},{count},{nis},50.9,4.0" for number, (count, nis) in enumerate(people)]
    rows, faults = read_table("t", "\n".join(["code,population,nis_code,lat,lon", *lines]).encode())
    assert faults == ()
    placed = place_population("t", rows, Areas({}, {}), KNOWN)
    assert sum(o.population or 0 for o in placed.origins) == pytest.approx(sum(count for count, _ in people))
