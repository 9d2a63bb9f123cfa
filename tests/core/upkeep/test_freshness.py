"""When a profile is old, when to ask, and when it leaves: by hand, day by day beside a twin, and what always holds."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.upkeep import Ask, Rules, State, assess, next_ask
from schakel.core.upkeep.freshness import NOTICE_DAYS, add_months

RULES = Rules()  # 9, 18 and 24 months; a letter every 90 days


def test_a_profile_ages_by_hand() -> None:
    """Last heard on 31 January 2025: ageing after 9 months (31 October), old after 18 (31 July 2026)."""
    states = {
        day: assess("2025-01-31", (), RULES, date.fromisoformat(day)).state
        for day in ("2025-10-30", "2025-10-31", "2026-07-30", "2026-07-31", "2030-01-01")
    }
    assert states == {
        "2025-10-30": State.FRESH,
        "2025-10-31": State.AGEING,
        "2026-07-30": State.AGEING,
        "2026-07-31": State.OLD,
        "2030-01-01": State.OLD,  # nobody asked: it stays
    }


def test_letters_and_leaving_by_hand() -> None:
    """Heard on 1 March 2025. First letter on 1 December 2025, then every 90 days; leaving on 1 March 2027."""
    sent: list[Ask] = []
    day, left = date(2025, 3, 1), None
    while left is None:
        if assess("2025-03-01", sent, RULES, day).state is State.LEFT:
            left = day
        elif ask := next_ask("2025-03-01", [ask.on for ask in sent], RULES, day):
            sent.append(ask)
        day += timedelta(days=1)
    assert [ask.on.isoformat() for ask in sent] == [
        "2025-12-01",
        "2026-03-01",
        "2026-05-30",
        "2026-08-28",
        "2026-11-26",
        "2027-02-24",
    ]
    assert {ask.leaves_on.isoformat() for ask in sent[:-1]} == {"2027-03-01"}
    assert sent[-1].leaves_on == left == date(2027, 4, 25)  # the last letter gives 60 days again


def test_a_confirmation_answers_every_letter_before_it() -> None:
    asks = [Ask(date(2026, 1, 1), date(2026, 3, 2))]
    assert assess("2024-01-01", asks, RULES, date(2026, 3, 2)).state is State.LEFT
    assert assess("2026-03-01", asks, RULES, date(2026, 3, 2)).state is State.FRESH
    assert assess("2026-01-01", asks, RULES, date(2026, 3, 2)).leaves_on is None  # answered on the day itself


def test_without_any_date_a_profile_is_old_and_is_asked_with_sixty_days_notice() -> None:
    today = date(2026, 11, 25)
    assert assess(None, (), RULES, today).state is State.OLD
    assert next_ask(None, (), RULES, today) == Ask(today, date(2027, 1, 24))


@pytest.mark.parametrize(("start", "months", "end"), [("2024-01-31", 1, "2024-02-29"), ("2025-11-30", 3, "2026-02-28")])
def test_months_end_on_the_last_day(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


def twin_state(heard: date, on: date) -> State:
    """Count calendar months one by one."""
    months = 0
    while add_months(heard, months + 1) <= on:
        months += 1
    return State.OLD if months >= 18 else State.AGEING if months >= 9 else State.FRESH


DAYS = st.dates(date(2020, 1, 1), date(2028, 12, 31))


@given(DAYS, DAYS)
def test_state_equals_counting_months_one_by_one(heard: date, on: date) -> None:
    assert assess(heard.isoformat(), (), RULES, on).state is twin_state(heard, on)


@given(
    heard=st.none() | DAYS,
    jumps=st.lists(st.integers(-700, 700), min_size=1, max_size=60),
    every=st.integers(1, 200),
)
def test_whatever_the_clock_does_letters_stay_apart_and_nobody_leaves_unannounced(
    heard: date | None, jumps: list[int], every: int
) -> None:
    """The job runs on days that skip and go back; each day it lets go of who must leave, else asks."""
    rules = Rules(ask_every_days=every)
    said = None if heard is None else heard.isoformat()
    day, sent = date(2026, 1, 1), list[Ask]()
    for jump in jumps:
        day = min(max(day + timedelta(days=jump), date(2010, 1, 1)), date(2060, 1, 1))
        if assess(said, sent, rules, day).state is State.LEFT:
            last = max(sent, key=lambda ask: ask.on)
            assert last.leaves_on <= day
            assert day - last.on >= timedelta(days=NOTICE_DAYS)
            break
        if ask := next_ask(said, [ask.on for ask in sent], rules, day):
            sent.append(ask)
            assert next_ask(said, [ask.on for ask in sent], rules, day) is None  # twice on a day asks once
    days = sorted(ask.on for ask in sent)
    assert all(later - earlier >= timedelta(days=NOTICE_DAYS) for earlier, later in pairwise(days))
