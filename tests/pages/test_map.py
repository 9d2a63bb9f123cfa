"""Maps: the same organisations as the list, approximate ones said so, and a page that says enough without a script."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from schakel.ingest.boundaries import load_boundaries, load_cantons
from schakel.pages.standing import forget
from schakel.pages.views import maps
from schakel.register import read
from tests.sources.boundaries.squares import collection, features

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("klein")]


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def points(client: Client, html: str) -> list[dict[str, Any]]:
    """What the script of this page fetches."""
    found = re.search(r'data-points="([^"]*)"', html)
    assert found is not None
    answer = client.get(unescape(found[1]))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/geo+json"
    content: list[dict[str, Any]] = answer.json()["features"]
    return content


def test_map_shows_every_known_place_of_what_was_found(client: Client) -> None:
    html = body(client, "/gids?view=map")
    slugs = [record.slug for record in read.iter_organisations()]
    expected = [place for place in read.list_places(slugs) if place.point is not None]
    shown = points(client, html)
    assert len(shown) == len(expected) > 3
    assert {one["properties"]["href"] for one in shown} == {f"/organisatie/{place.organisation}" for place in expected}
    for one, place in zip(shown, expected, strict=True):
        assert place.point is not None
        assert one["geometry"]["coordinates"] == pytest.approx([place.point.lon, place.point.lat], abs=1e-6)
        assert one["properties"]["approximate"] == (place.point.precision != "address")
        assert ("ongeveer" in one["properties"]["precision"]) == one["properties"]["approximate"]


def test_map_of_a_search_holds_all_its_pages_and_the_table_beside_it(client: Client) -> None:
    one, two = (body(client, f"/gids?view=map&seat=45041&size=1&page={page}") for page in (1, 2))
    assert points(client, one) == points(client, two) != []
    assert one.count("<tbody>") == 1
    assert one.count('scope="col"') == one.split("<tbody>")[1].split("</tr>")[0].count("</t")  # a cell under each head
    assert "De kaart heeft JavaScript nodig." in one


def test_what_has_no_place_is_counted(client: Client) -> None:
    html = body(client, "/gids?view=map")
    placed = {one["properties"]["href"] for one in points(client, html)}
    count = int(re.search(r'<h2 id="gevonden"[^>]*>([0-9]+)', html)[1])  # type: ignore[index]
    missing = count - len(placed)
    assert missing > 0
    assert f"De kaart toont {len(placed)} van de {count} organisaties, op " in html
    assert f"Van {missing} organisatie" in html


def test_too_many_are_counted_per_municipality(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps, "MOST_ORGANISATIONS", 1)
    html = body(client, "/gids?view=map&customer=citizen")
    assert "Te veel om elk apart te tonen" in html
    for one in points(client, html):
        count = int(one["properties"]["count"])
        link = one["properties"]["href"]
        assert "customer=citizen" in link
        found = body(client, link.replace("view=map", "view=list"))
        assert f'tabindex="-1">{count} organisatie' in found


@pytest.mark.parametrize("address", ["gids", "gemeente/ronse", "organisatie/voorbeeld-strijkerij"])
def test_points_are_asked_again_only_when_the_register_changed(client: Client, address: str) -> None:
    first = client.get(f"/kaart/{address}.geojson")
    assert first.json()["features"]
    again = client.get(f"/kaart/{address}.geojson", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(f"/fr/kaart/{address}.geojson").headers["ETag"] != first.headers["ETag"]  # words differ


@pytest.mark.parametrize(
    ("address", "status"),
    [("gemeente/nergens", 404), ("organisatie/niemand", 404), ("gids.geojson?radius_km=-5", 400)],
)
def test_points_of_nobody_and_of_a_bad_question(client: Client, address: str, status: int) -> None:
    assert client.get(f"/kaart/{address}" + ("" if "?" in address else ".geojson")).status_code == status


def test_nothing_found_has_no_map(client: Client) -> None:
    assert "data-map" not in body(client, "/gids?q=onvindbaar&view=map")


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("/gids?view=map", True), ("/organisatie/voorbeeld-strijkerij", True), ("/gemeente/ronse", True),
        ("/waar-openen?service=bicycle_point", True),
        ("/gids", False), ("/gids?view=table", False), ("/", False), ("/gemeenten", False), ("/componenten", False),
    ],
)  # fmt: skip
def test_only_pages_with_a_map_may_start_a_worker(client: Client, address: str, may: bool) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert ("worker-src blob:" in policy) == may
    assert policy.count("blob:") == may


def test_page_that_did_not_change_may_still_start_a_worker(client: Client) -> None:
    first = client.get("/gemeente/ronse")
    again = client.get("/gemeente/ronse", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_script_of_the_map_is_on_map_pages_only_and_never_holds_up_the_page(client: Client) -> None:
    html = body(client, "/gids?view=map")
    assert re.findall(r'<script src="[^"]*map[^"]*"[^>]*>', html) == ['<script src="/static/schakel/map.js" defer>']
    assert "schakel/map.js" not in body(client, "/gids")


def test_library_is_found_in_its_package_without_its_source_map() -> None:
    found = {path: storage for finder in finders.get_finders() for path, storage in finder.list([])}
    script = found["maplibre-gl.js"].open("maplibre-gl.js").read()
    assert b"sourceMappingURL" not in script
    assert len(script) > 500_000
    assert finders.find("maplibre/maplibre-gl.css")
    assert finders.find("maplibre/pywidget.js") is None
    assert finders.find("maplibre/../__init__.py") is None


def test_lines_are_cantons_until_boundaries_are_loaded(client: Client, tmp_path: Any) -> None:
    assert client.get("/kaart/grond.geojson").status_code == 404
    assert "Zonder lijnen" in body(client, "/gids?view=map")
    load_cantons()
    forget()
    cantons = client.get("/kaart/grond.geojson")
    assert cantons.headers["X-Layer"] == "cantons"
    assert "Lijnen: gerechtelijke kantons. Bron: Gerechtelijke kantons: NGI" in body(client, "/gids?view=map")
    file = tmp_path / "grenzen.geojson"
    file.write_bytes(collection(features()))
    load_boundaries(str(file))
    lines = client.get("/kaart/grond.geojson")
    assert lines.headers["X-Layer"] == "municipalities"
    assert {one["properties"]["key"] for one in lines.json()["features"]} == {"45041", "45059", "45060", "45064"}
    assert "Bron: Gemeentegrenzen: grenzen.geojson" in body(client, "/gids?view=map")
    again = client.get("/kaart/grond.geojson", headers={"If-None-Match": lines.headers["ETag"]})
    assert again.status_code == 304


def test_municipality_and_organisation_show_where(client: Client) -> None:
    here = body(client, "/gemeente/ronse")
    assert 'data-here="45041"' in here
    assert points(client, here)
    (place,) = points(client, body(client, "/organisatie/voorbeeld-strijkerij"))
    assert place["properties"]["name"].startswith("Voorbeeld Strijkerij")


def test_organisation_that_stopped_is_on_no_map(client: Client) -> None:
    assert "data-map" not in body(client, "/organisatie/voorbeeld-kringloop-oud")
    assert client.get("/kaart/organisatie/voorbeeld-kringloop-oud.geojson").json()["features"] == []
