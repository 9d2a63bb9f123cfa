"""What is said of one organisation is kept between two writes, but never without bound."""

from __future__ import annotations

from functools import partial

import pytest

from schakel.pages import standing
from schakel.pages.standing import Standing


def stand() -> Standing:
    return Standing(revision=1, region=None, municipalities=(), by_nis={}, localities=(), clusters=())


def test_what_is_told_is_made_once() -> None:
    region = stand()
    made: list[str] = []

    def make() -> str:
        made.append("x")
        return "said"

    assert [region.tell(("a", "nl"), make), region.tell(("a", "nl"), make), region.tell(("a", "fr"), make)] == [
        "said"
    ] * 3
    assert len(made) == 2


def test_kept_ones_are_dropped_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "MOST_CARDS", 10)
    region = stand()
    for number in range(1000):
        assert region.tell(number, partial("said of {}".format, number)) == f"said of {number}"
        assert len(region._told) <= 10
