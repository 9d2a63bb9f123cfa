"""What the tests of analyses share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from schakel.analyses import read
from schakel.ingest.load import load_region_pack
from tests.kept_state import begin_from

KLEIN = Path(__file__).resolve().parent.parent / "fixtures" / "packs" / "klein"


@pytest.fixture
def klein(db: None) -> Iterator[None]:
    """The small region in the register."""
    read.forget()
    begin_from("klein, without an index", lambda: load_region_pack(KLEIN))
    yield
    read.forget()
