"""The small region in the register and in the index, for pages in a browser and without one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from schakel.analyses import read as grids
from schakel.analyses.blind_spots import run_blind_spots
from schakel.cooperation.matching import forget_supply
from schakel.pages.standing import forget
from schakel.register.write import load_pack
from schakel.search.index import ensure_fresh
from schakel.sources.region_pack import read_pack
from tests.kept_state import begin_from

KLEIN = Path(__file__).parent.parent / "fixtures" / "packs" / "klein"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def load_klein() -> None:
    """The pack in the register, the index and the blind spots; the pages forget what they kept of another test."""
    forget()
    grids.forget()
    begin_from("klein, with its blind spots", _load)
    forget_supply()


def _load() -> None:
    load_pack(read_pack(KLEIN), source_key="klein", version="test", now=NOW)
    ensure_fresh(force=True)
    run_blind_spots(now=NOW)
