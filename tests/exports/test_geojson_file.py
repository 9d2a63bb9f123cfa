"""GeoJSON: one feature per establishment, and nothing that is gone on the map."""

from __future__ import annotations

import json
from typing import Any

import pytest
from shapely.geometry import box, shape

from schakel.exports import About, export_geojson
from schakel.register import read
from tests.exports.conftest import NASTY


def collection(about: About, slugs: list[str] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(b"".join(export_geojson(read.iter_organisations(slugs), about)))
    return found


def test_collection_says_what_it_is(about: About) -> None:
    found = collection(about)
    assert found["type"] == "FeatureCollection"
    metadata = found["metadata"]
    assert (metadata["region"], metadata["licence"], metadata["synthetic"]) == ("Voorbeeldstreek", "CC0", True)
    assert metadata["exported_at"] == "2026-11-23T12:00:00+00:00"
    assert metadata["run"] == read.list_runs(1)[0].id
    assert metadata["warning"]


def test_every_open_establishment_has_its_point(about: About) -> None:
    features = {feature["id"]: feature for feature in collection(about)["features"]}
    assert set(features) == {"fiets/ronse", "fiets/elst", "groen/ronse", "oud/ronse"}
    ronse = features["fiets/ronse"]
    assert ronse["geometry"] == {"type": "Point", "coordinates": [3.603, 50.7425]}  # longitude first
    assert shape(ronse["geometry"]).within(box(2, 49, 7, 52))  # an independent reader finds it in Belgium
    assert ronse["properties"]["services"] == ["bicycle_repair"]
    assert ronse["properties"]["point_precision"] == "address"
    assert features["fiets/elst"]["properties"]["point_precision"] == "locality"
    said = ronse["properties"]["provenance"]
    assert {part["url"] for part in said} == {"https://voorbeeld.example/bron"}
    assert all(part["verified"] is True and part["date"] == "2026-09" for part in said)


def test_what_is_closed_has_no_place_on_a_map(about: About) -> None:
    feature = collection(about, ["oud"])["features"][0]
    assert feature["geometry"] is None
    assert (feature["properties"]["status"], feature["properties"]["status_words"]) == ("closed", "Gestopt")
    assert feature["properties"]["services"] == []


def test_nothing_asked_is_an_empty_collection(about: About) -> None:
    assert collection(about, [])["features"] == []


@pytest.mark.parametrize("times", [1, 199, 200, 201, 401])
def test_pieces_join_to_one_document(about: About, times: int) -> None:
    record = next(read.iter_organisations(["groen"]))
    written = b"".join(export_geojson((record for _ in range(times)), about))
    assert len(json.loads(written)["features"]) == times


def test_nasty_text_comes_back(nasty_about: About) -> None:
    names = [feature["properties"]["name"] for feature in collection(nasty_about)["features"]]
    assert len(names) == len(NASTY)
    assert names == [record.name for record in read.iter_organisations()]
