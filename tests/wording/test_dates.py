"""Dates, ages and numbers in words."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from schakel.wording.dates import age_months, age_words, date_words, is_old, km_words, last_day, number_words

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("partial", "language", "words"),
    [
        ("2024", "nl", "2024"),
        ("2024-09", "nl", "september 2024"),
        ("2024-09-03", "nl", "3 september 2024"),
        ("2024-09-03", "en", "3 September 2024"),
        ("2024-08", "fr", "août 2024"),
        (None, "nl", "datum niet bekend"),
        ("geen datum", "nl", "geen datum"),
    ],
)
def test_date_words(partial: str | None, language: str, words: str) -> None:
    with override(language):
        assert date_words(partial) == words


@pytest.mark.parametrize(
    ("partial", "months", "old"),
    [
        ("2024-11-23", 24, False),  # exactly two years: not yet old
        ("2024-10-22", 25, True),
        ("2024", 22, False),  # may mean 31 December
        ("2023", 34, True),
        ("2027", 0, False),
        (None, None, False),
    ],
)
def test_age_gives_a_partial_date_the_benefit_of_the_doubt(partial: str | None, months: int | None, old: bool) -> None:
    assert age_months(partial, TODAY) == months
    assert is_old(partial, TODAY) is old
    assert bool(age_words(partial, TODAY)) is old


@given(st.dates(min_value=date(1990, 1, 1), max_value=TODAY))
def test_age_counts_whole_months_like_counting_one_by_one(day: date) -> None:
    months = 0
    year, month = day.year, day.month
    while True:
        month += 1
        if month > 12:
            year, month = year + 1, 1
        if (year, month, day.day) > (TODAY.year, TODAY.month, TODAY.day):
            break
        months += 1
    assert age_months(day.isoformat(), TODAY) == months


def test_last_day_of_a_leap_february() -> None:
    assert last_day("2024-02") == date(2024, 2, 29)


def test_numbers_follow_the_language() -> None:
    with override("nl"):
        assert (number_words(1234.5), number_words(1234.0), km_words(3.24), km_words(0.05)) == (
            "1.234,5",
            "1.234",
            "3,2 km",
            "minder dan 100 m",
        )
    with override("en"):
        assert number_words(1234.5) == "1,234.5"
        assert (number_words(2.999), number_words(2.994), number_words(3)) == ("3", "2.99", "3")
