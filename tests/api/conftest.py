"""The tiny invented region, loaded and indexed, for every test of the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from schakel.api.content import forget_content
from schakel.cooperation.matching import forget_supply
from schakel.ingest.load import load_region_pack
from schakel.search.index import ensure_fresh
from tests.kept_state import begin_from

KLEIN = Path(__file__).resolve().parent.parent / "fixtures" / "packs" / "klein"


@pytest.fixture
def region(db: None, tmp_path: Path, settings: Any) -> Iterator[None]:
    """The pack `klein` in the database, with an index of its own."""
    settings.SEARCH_INDEX_FOLDER = tmp_path / "search"
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    forget_content()
    forget_supply()
    begin_from("klein, for the API", _load)
    yield
    forget_content()
    forget_supply()


def _load() -> None:
    load_region_pack(KLEIN)
    ensure_fresh()


class Api:
    """Asks the API and reads the answer."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, **params: Any) -> Any:
        return self.client.get(f"/api/v1{path}", params)

    def json(self, path: str, **params: Any) -> Any:
        response = self.get(path, **params)
        assert response.status_code == 200, response.content[:500]
        return response.json()


@pytest.fixture
def api(region: None, client: Client) -> Api:
    return Api(client)
