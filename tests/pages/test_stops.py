"""Public transport on pages: how many live near a stop, with the source; not loaded is never zero."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from schakel.core.geography.travel import Places
from schakel.ingest.roads import load_roads
from schakel.pages import stops
from schakel.register import read
from schakel.sources.osm import KeptStops
from tests.sources.osm.extracts import HIGHWAY, SOUTH, STEP, WEST, write_extract

pytestmark = [pytest.mark.usefixtures("klein"), pytest.mark.slow]
ASKED = "/waar-openen?service=bicycle_point&number=1&mode=cycle&minutes=20&goal=reach"


@pytest.fixture(autouse=True)
def no_roads(settings: Settings, tmp_path: Path) -> None:
    settings.ROADS_FILE = tmp_path / "roads" / "roads.npz"


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_not_loaded_is_said_to_be_so(client: Client) -> None:
    page = text_of(client, "/gemeente/ronse")
    assert "de haltes zijn niet geladen" in page
    assert "van de inwoners woont binnen" not in page
    asked = text_of(client, ASKED)
    assert "Haltes van het openbaar vervoer zijn niet geladen" in asked
    assert "halte op" not in asked
    assert "geen halte" not in asked


def test_with_an_extract_the_share_has_its_source(client: Client, tmp_path: Path) -> None:
    here = [row.point for row in read.list_localities() if row.nis_code == "45041" and row.point is not None]
    nodes = {n: ((point.lat - SOUTH) / STEP, (point.lon - WEST) / STEP) for n, point in enumerate(here, start=1)}
    nodes[99] = (nodes[1][0] + 1, nodes[1][1])
    tags = {n: {"highway": "bus_stop"} for n in range(1, len(here) + 1)}
    load_roads(write_extract(tmp_path / "streek.osm", nodes, [([1, 99], HIGHWAY)], tags))
    page = text_of(client, "/gemeente/ronse")
    assert "ongeveer 100% van de inwoners woont binnen 10 minuten te voet van een halte" in page
    assert "Bron: OpenStreetMap (streek.osm)" in page
    assert "ongeveer 0% van de inwoners" in text_of(client, "/gemeente/kluisbergen")


def test_an_extract_without_any_stop_tells_nothing(client: Client, tmp_path: Path) -> None:
    point = next(row.point for row in read.list_localities() if row.point is not None)
    row, column = (point.lat - SOUTH) / STEP, (point.lon - WEST) / STEP
    load_roads(write_extract(tmp_path / "r.osm", {1: (row, column), 2: (row + 5, column)}, [([1, 2], HIGHWAY)]))
    assert "de haltes zijn niet geladen" in text_of(client, "/gemeente/ronse")


def test_every_proposed_and_ticked_place_says_whether_a_stop_is_near(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = re.findall(r'name="own" value="([^"]+)"', text_of(client, ASKED))[:2]
    point = next(row.point for row in read.list_localities() if row.point is not None and row.name in first)
    kept = KeptStops(Places.of([point]), "2026-11-01", "streek.osm.pbf")
    monkeypatch.setattr(stops, "_stops", lambda region: kept)
    monkeypatch.setattr(stops, "_changed", lambda: 1)
    page = text_of(client, f"{ASKED}&own={first}&own={second}")
    mine = page.split("Jouw keuze</th>")[1].split("</tr>")[0]
    assert "(halte op 1 min te voet)" in mine
    assert "(geen halte binnen 10 min te voet)" in mine
    assert "altes van het openbaar vervoer zijn niet geladen" not in page
    assert "de haltes zijn niet geladen" not in page
