"""The real boundaries beside the project can be loaded as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakel.core.model import FactSource, Municipality, Point
from schakel.operations.region import built_in_pack
from schakel.sources.boundaries import fetch_boundaries, parse_boundaries
from schakel.sources.region_pack import read_pack

GEO = Path(__file__).resolve().parents[3] / "shared" / "data" / "geo"

pytestmark = [
    pytest.mark.trial,
    pytest.mark.skipif(not GEO.is_dir(), reason="NOT CHECKED: ../shared/data/geo is not beside the project"),
]


@pytest.mark.parametrize("name", ["municipalities", "submunicipalities", "neighbourhoods"])
def test_every_municipality_of_the_region_gets_its_area(name: str) -> None:
    source = FactSource("x", "", None)
    wanted = [
        Municipality(row.nis_code, row.slug, row.name, "", row.area_km2,
                     None if row.lat is None or row.lon is None else Point(row.lat, row.lon), frozenset(), {}, source)
        for row in read_pack(built_in_pack()).municipalities
    ]  # fmt: skip
    found = parse_boundaries(fetch_boundaries(str(GEO / f"{name}.geojson")), wanted)
    assert found.areas.keys() == {place.nis_code for place in wanted}
    for place in wanted:  # a degree is 111.2 km of latitude, and 0.633 of that of longitude at 50.7 degrees
        assert place.area_km2 is not None
        assert found.areas[place.nis_code].area * 111.2**2 * 0.633 == pytest.approx(place.area_km2, rel=0.05)
