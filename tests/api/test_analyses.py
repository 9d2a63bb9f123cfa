"""The blind spots over the API."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from schakel.analyses import read
from schakel.analyses.blind_spots import run_blind_spots
from tests.api.conftest import Api

pytestmark = pytest.mark.slow
NAMES = {"service", "municipality", "state", "suspected", "certainty", "evidence", "run"}
STATES = {"no_data", "absent", "thin", "unknown", "served"}


@pytest.fixture
def grid(api: Api) -> Api:
    read.forget()
    run_blind_spots(date(2026, 11, 25))
    return api


def test_one_row_per_service_and_municipality(grid: Api) -> None:
    answer = grid.json("/blind-spots", size="500")
    rows = answer["results"]
    assert answer["count"] == len(rows) == 36 * 4 + 12  # twelve services come to the provider: once for the region
    for row in rows:
        assert set(row) == NAMES
        assert row["state"] in STATES
        assert row["run"] == read.shown_run()
    assert len({(row["service"], row["municipality"]) for row in rows}) == len(rows)


def test_one_cell_with_its_evidence(grid: Api) -> None:
    (row,) = grid.json("/blind-spots", service="social_restaurant", municipality="45060")["results"]
    assert (row["state"], row["suspected"]) == ("absent", False)
    assert row["evidence"]["searched"]["on"] == "2026-08-20"
    (remote,) = grid.json("/blind-spots", service="assembly")["results"]
    assert (remote["municipality"], remote["state"]) == (None, "served")
    assert grid.json("/blind-spots", municipality="45041")["count"] == 36


def test_a_theme_as_a_whole_has_one_row_per_municipality(grid: Api) -> None:
    answer = grid.json("/blind-spots", theme="household", size="500")
    rows = answer["results"]
    assert answer["count"] == len(rows) == 4
    assert {row["theme"] for row in rows} == {"household"}
    assert all(set(row) == NAMES - {"service"} | {"theme"} for row in rows)
    (one,) = grid.json("/blind-spots", theme="household", municipality="45041")["results"]
    assert one["municipality"] == "45041"
    assert one["state"] in STATES
    assert "rate" in one["evidence"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"theme": "niets"}, "bestaat niet"),
        ({"theme": "household", "service": "childcare"}, "niet allebei"),
        ({"service": "niets"}, "bestaat niet"),
        ({"municipality": "4504"}, "geen NIS-code"),
        ({"municipality": "11002"}, "geen gemeente van deze regio"),
        ({"size": "0"}, "size"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(grid: Api, params: dict[str, Any], words: str) -> None:
    answer = grid.get("/blind-spots", **params)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]


def test_before_the_first_run_it_says_so(api: Api) -> None:
    read.forget()
    answer = api.get("/blind-spots")
    assert answer.status_code == 404
    assert "nog geen analyse" in answer.json()["detail"]


def test_etag_changes_with_the_run(grid: Api) -> None:
    first = grid.get("/blind-spots")["ETag"]
    assert grid.get("/blind-spots")["ETag"] == first
    run_blind_spots(date(2028, 11, 25))
    assert grid.get("/blind-spots")["ETag"] != first
