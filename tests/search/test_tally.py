"""Counting searches without a trace of who searched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from schakel.search import tally
from schakel.search.result import SearchPage
from tests.search.conftest import AALST, ERPE_MERE, HAALTERT, RONSE

DAY = date(2026, 11, 23)


def count(page: SearchPage) -> None:
    tally.record(page.query, page, day=DAY)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[date, tuple[str, ...], str, bool]]:
    calls: list[tuple[date, tuple[str, ...], str, bool]] = []
    monkeypatch.setattr(tally, "count_search", lambda *values: calls.append(values))
    return calls


def test_search_is_counted_per_service_and_municipality(
    ask: Callable[..., SearchPage], counted: list[tuple[date, tuple[str, ...], str, bool]]
) -> None:
    count(ask("strijk in Aalst"))
    count(ask("strijk in Ronse"))
    count(ask("strijk"))
    assert counted == [
        (DAY, ("laundry_ironing",), AALST, True),
        (DAY, ("laundry_ironing",), RONSE, False),
        (DAY, ("laundry_ironing",), "", True),
    ]


def test_browsing_is_not_counted(
    ask: Callable[..., SearchPage], counted: list[tuple[date, tuple[str, ...], str, bool]]
) -> None:
    count(ask())
    count(ask("strijk", page="2"))
    assert counted == []
    count(ask(municipality=[AALST, HAALTERT, RONSE, ERPE_MERE]))
    assert counted == [(DAY, (), "", True)]
