"""Counting searches without a trace of who searched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError
from django.utils import timezone
from pytest_django import Settings

from schakel.cooperation.write import Asked
from schakel.search import tally
from schakel.search.result import SearchPage
from tests.search.conftest import AALST, ERPE_MERE, HAALTERT, RONSE

DAY = date(2026, 11, 23)


def test_search_is_counted_per_service_and_municipality(ask: Callable[..., SearchPage]) -> None:
    asked = [ask("strijk in Aalst"), ask("strijk in Ronse"), ask("strijk")]
    assert [key for page in asked for key in tally.keys(page, DAY)] == [
        (DAY, ("laundry_ironing",), AALST, True),
        (DAY, ("laundry_ironing",), RONSE, False),
        (DAY, ("laundry_ironing",), "", True),
    ]


def test_each_of_a_few_chosen_municipalities_is_counted(ask: Callable[..., SearchPage]) -> None:
    keys = tally.keys(ask(municipality=[AALST, RONSE]), DAY)
    assert keys == [(DAY, (), AALST, True), (DAY, (), RONSE, True)]


def test_browsing_is_not_counted(ask: Callable[..., SearchPage]) -> None:
    assert tally.keys(ask(), DAY) == []
    assert tally.keys(ask("strijk", page="2"), DAY) == []
    assert tally.keys(ask(municipality=[AALST, HAALTERT, RONSE, ERPE_MERE]), DAY) == [(DAY, (), "", True)]


def test_what_the_database_refuses_is_counted_later_and_once(
    ask: Callable[..., SearchPage], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_TALLY_SECONDS = 0
    written: list[dict[Asked, int]] = []
    refusing = True

    def count_searches(counted: dict[Asked, int]) -> None:
        if refusing and written:
            raise DatabaseError("locked")
        written.append(counted)

    monkeypatch.setattr(tally, "count_searches", count_searches)
    for text in ("strijk", "fietsherstelling", "strijk"):
        tally.note(ask(text))
    assert len(written) == 1
    refusing = False
    tally.flush()
    tally.flush()
    day = timezone.localdate()
    assert written[1:] == [{(day, ("bicycle_repair",), "", True): 1, (day, ("laundry_ironing",), "", True): 1}]
