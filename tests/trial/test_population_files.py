"""The real neighbourhoods and populations beside the project, loaded as an operator would."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakel.ingest.load import load_region_pack
from schakel.ingest.population import load_population
from schakel.operations.region import built_in_pack
from schakel.register import read

GEO = Path(__file__).resolve().parents[3] / "shared" / "data" / "geo"
pytestmark = [
    pytest.mark.trial,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not GEO.is_dir(), reason="NOT CHECKED: ../shared/data/geo is not beside the project; put it there to load it"
    ),
]


@pytest.fixture
def region(db: None) -> None:
    load_region_pack(built_in_pack())


def total() -> float:
    return sum(max(row.population.items())[1] for row in read.list_municipalities())


def test_neighbourhoods_share_out_the_population_of_the_register(region: None) -> None:
    done = load_population(GEO / "neighbourhoods.geojson")
    assert done.people == pytest.approx(total())
    assert done.points > 253
    assert {origin.nis_code for origin in read.list_origins().origins} == {
        m.nis_code for m in read.list_municipalities()
    }


def test_municipal_populations_go_over_the_localities(region: None) -> None:
    done = load_population(GEO / "population.csv")
    assert done.people == pytest.approx(total())
    assert done.outside == 55 - 22
    assert not read.list_origins().counted


def test_sectors_join_their_neighbourhoods_by_the_lookup(region: None, tmp_path: Path) -> None:
    """An invented hundred people in each real sector."""
    lines = (GEO / "statistical_sectors_lookup.csv").read_text("utf-8").splitlines()[1:]
    table = tmp_path / "OPENDATA_SECTOREN_2025.txt"
    table.write_text("CD_SECTOR|TOTAL\n" + "".join(f"{line.split(',')[0]}|100\n" for line in lines), "cp1252")
    done = load_population(table, [GEO / "statistical_sectors_lookup.csv", GEO / "neighbourhoods.geojson"])
    assert done.counted
    assert done.people % 100 == pytest.approx(0)
    assert done.points > 253
    assert done.unplaced == 0
