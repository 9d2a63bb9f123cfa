"""What the tests of the pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from schakel.pages.standing import forget
from tests.pages.loaded import load_klein


@pytest.fixture
def klein(db: None, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """The small region of four municipalities, with an index of its own."""
    settings.SEARCH_INDEX_FOLDER = tmp_path / "search"
    load_klein()
    yield
    forget()
