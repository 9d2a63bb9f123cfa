"""Loading inhabitants: they become the points from which people set out, once, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schakel.cli import main
from schakel.core.errors import InvalidInput
from schakel.ingest.population import load_population
from schakel.register import read, write
from schakel.sources.population import PopulationFaults
from schakel.sources.region_pack.model import RegionPack
from tests.register.packs import BRAKEL, RONSE, load, small_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db: None) -> RegionPack:
    pack = small_pack()
    load(pack)
    return pack


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "sectoren.csv"
    file.write_text(f"code,population,nis_code,lat,lon\nA,70,{RONSE},50.75,3.60\nB,30,{RONSE},50.76,3.61\n", "utf-8")
    return file


def test_loaded_people_replace_the_localities_of_their_municipality(loaded: RegionPack, table: Path) -> None:
    before = {origin.key for origin in read.list_origins().origins if origin.nis_code != RONSE}
    done = load_population(table)
    assert (done.changed, done.points, done.people) == (True, 2, 100.0)
    origins = read.list_origins()
    assert {o.key: o.population for o in origins.origins if o.nis_code == RONSE} == {"A": 70.0, "B": 30.0}
    assert {o.key for o in origins.origins if o.nis_code != RONSE} == before
    assert origins.level == "loaded"
    assert origins.source is not None
    assert origins.source.source == "Inwoners: sectoren.csv"


def test_the_same_file_again_changes_nothing(loaded: RegionPack, table: Path) -> None:
    load_population(table)
    revision = read.revision()
    assert load_population(table).changed is False
    assert read.revision() == revision


def test_withdrawing_the_source_gives_the_localities_back(loaded: RegionPack, table: Path) -> None:
    before = read.list_origins()
    load_population(table)
    write.withdraw_source(write.POPULATION)
    assert read.list_origins().origins == before.origins
    assert load_population(table).changed is True


def test_faults_leave_what_stood(loaded: RegionPack, table: Path, tmp_path: Path) -> None:
    load_population(table)
    bad = tmp_path / "slecht.csv"
    bad.write_text(f"code,population,nis_code,lat,lon\nA,veel,{RONSE},50.75,3.60\n", "utf-8")
    with pytest.raises(PopulationFaults):
        load_population(bad)
    assert {o.key for o in read.list_origins().origins if o.nis_code == RONSE} == {"A", "B"}
    with pytest.raises(InvalidInput, match="bestaat niet"):
        load_population(tmp_path / "weg.csv")


def test_neighbourhoods_alone_take_the_population_of_the_register(loaded: RegionPack, tmp_path: Path) -> None:
    file = tmp_path / "wijken.geojson"
    said = [("W1", 1.0), ("W2", 3.0)]
    features = [
        {"properties": {"code": code, "nis_code": BRAKEL, "area_km2": size, "lat": 50.8, "lon": 3.76}, "geometry": None}
        for code, size in said
    ]
    file.write_text(json.dumps({"features": features}), "utf-8")
    assert load_population(file).counted is False
    origins = read.list_origins()
    here = {o.key: o.population for o in origins.origins if o.nis_code == BRAKEL}
    population = next(row.population for row in read.list_municipalities() if row.nis_code == BRAKEL)
    total = max(population.items())[1] if population else None
    assert here == {"W1": None if total is None else total / 4, "W2": None if total is None else total * 3 / 4}
    assert origins.counted is False


def test_the_command_tells_every_fault_with_its_row(
    loaded: RegionPack, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHAKEL_DATA", str(tmp_path / "data"))
    assert main(["load", "population", str(table)]) == 0
    assert "2 plaatsen geladen met samen 100 inwoners" in capsys.readouterr().out
    assert main(["load", "population", str(table)]) == 0
    assert "stonden er al" in capsys.readouterr().out
    bad = tmp_path / "slecht.csv"
    bad.write_text(f"code,population,nis_code\nA,-1,{RONSE}\nB,x,{RONSE}\n", "utf-8")
    assert main(["load", "population", str(bad)]) == 2
    said = capsys.readouterr().err
    assert "slecht.csv, rij 2" in said
    assert "slecht.csv, rij 3" in said
    assert "2 fouten. Er is niets geladen." in said


def test_people_need_a_region_first(db: None, table: Path) -> None:
    with pytest.raises(InvalidInput, match="nog geen regio"):
        load_population(table)
