"""Loading the lines behind the maps: all or nothing, once, inside a run, with the source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schakel.core.errors import InvalidInput, NotEnoughData
from schakel.ingest.boundaries import load_boundaries, load_cantons
from schakel.ingest.load import load_region_pack
from schakel.register import read, write
from tests.sources.boundaries.squares import collection, features, in_system
from tests.sources.region_pack.packs import KLEIN

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    load_region_pack(KLEIN)
    path = tmp_path / "grenzen.geojson"
    path.write_bytes(collection(in_system(features(), 31370)))
    return path


def test_load_keeps_the_areas_with_their_source_and_run(file: Path) -> None:
    before = read.region_counts().run_id
    done = load_boundaries(str(file))
    assert (done.changed, done.areas, done.system) == (True, 4, "Lambert 72")
    layer = read.get_map_layer(read.MUNICIPALITIES)
    assert layer is not None
    content = json.loads(layer.content)
    assert [feature["properties"]["name"] for feature in content["features"]] == [
        "Ronse", "Brakel", "Kluisbergen", "Maarkedal",
    ]  # fmt: skip
    assert layer.source_title == "Gemeentegrenzen: grenzen.geojson"
    run = read.get_run(layer.run)
    assert run is not None
    assert run.counts == {"areas": 4, "repaired": 0}
    assert read.region_counts().run_id == before  # lines are no load of the register


def test_same_boundaries_again_change_nothing(file: Path) -> None:
    load_boundaries(str(file))
    revision = read.revision()
    assert not load_boundaries(str(file)).changed
    assert read.revision() == revision


@pytest.mark.parametrize("content", [b"", b"<html>", collection([]), collection(features()[:2])])
def test_bad_file_leaves_what_stood(file: Path, content: bytes) -> None:
    load_boundaries(str(file))
    before = (read.get_map_layer(read.MUNICIPALITIES), read.revision())
    file.write_bytes(content)
    with pytest.raises(InvalidInput, match="Er is niets gewijzigd"):
        load_boundaries(str(file))
    assert (read.get_map_layer(read.MUNICIPALITIES), read.revision()) == before


def test_withdrawn_source_is_not_shown_and_loading_again_shows_it(file: Path) -> None:
    load_boundaries(str(file))
    write.withdraw_source("boundaries")
    assert read.get_map_layer(read.MUNICIPALITIES) is None
    assert read.knows_map_layer(read.MUNICIPALITIES)
    assert load_boundaries(str(file)).changed
    assert read.get_map_layer(read.MUNICIPALITIES) is not None


def test_without_a_region_there_is_nothing_to_bound(tmp_path: Path) -> None:
    with pytest.raises(NotEnoughData, match="nog geen regio"):
        load_boundaries(str(tmp_path))
    assert not load_cantons()


def test_cantons_are_drawn_once_and_credited(file: Path) -> None:
    assert load_cantons()
    layer = read.get_map_layer(read.CANTONS)
    assert layer is not None
    assert layer.licence == "CC BY 4.0"
    assert len(layer.content) < 60_000
    assert not load_cantons()
