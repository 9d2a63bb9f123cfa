"""The outlines of cantons."""

from __future__ import annotations

import pytest
import shapely

from schakel.core.errors import NotEnoughData
from schakel.sources.cantons import parse, read_cantons


def test_canton_of_a_municipality_holds_its_middle() -> None:
    cantons = {canton.key: canton for canton in read_cantons({"45041"})}
    assert all(canton.area.is_valid and canton.name for canton in cantons.values())
    assert any(canton.area.contains(shapely.Point(3.6021, 50.7518)) for canton in cantons.values())  # Ronse


def test_no_municipality_no_canton() -> None:
    assert read_cantons(set()) == ()


def test_outline_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "_outlines", lambda wanted: {})
    with pytest.raises(NotEnoughData, match="geen omtrek"):
        read_cantons({"45041"})
