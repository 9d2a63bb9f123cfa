"""How long nobody confirmed a profile, when to ask, and when it leaves the guide. Dates and rules are passed in."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from schakel.core.identifiers import last_day

NOTICE_DAYS = 60  # between a letter that says so and leaving the guide, and between two letters: never less


class OwnerEdits(StrEnum):
    """When what an organisation says of itself shows."""

    AT_ONCE = "at_once"
    AFTER_REVIEW = "after_review"


class Asking(StrEnum):
    """Whom the daily job asks to confirm."""

    NOBODY = "nobody"
    OWNERS = "owners"  # organisations of which somebody has an account
    EVERYONE = "everyone"  # also the others, at the address the register knows


class State(StrEnum):
    """How fresh a profile is. Only the first three follow from age alone; see `assess` for the last."""

    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a region decided about profiles. Months count from the last day anybody said something about it."""

    owner_edits: OwnerEdits = OwnerEdits.AT_ONCE
    ask: Asking = Asking.OWNERS
    ageing_months: int = 9
    old_months: int = 18
    leaves_months: int = 24
    ask_every_days: int = 90


@dataclass(frozen=True, slots=True)
class Ask:
    """One letter that asked for a confirmation: the day, and the day it said the profile would leave the guide."""

    on: date
    leaves_on: date


@dataclass(frozen=True, slots=True)
class Freshness:
    """The state on a day. `months`: whole months since `heard_on`, `None` when nobody ever gave a date.

    `leaves_on`: the day the last unanswered letter announced; `None` when nothing was announced.
    """

    state: State
    heard_on: date | None
    months: int | None
    leaves_on: date | None


def assess(heard_on: str | None, asks: Sequence[Ask], rules: Rules, on: date) -> Freshness:
    """The state of a profile that was last spoken of on `heard_on` (partial ISO date, read as its last day).

    Age makes it ageing or old; a profile without any date is old. It has left only if a letter was sent since
    `heard_on` and the day that the last one announced has come: nobody leaves unasked, however old. `asks` holds the
    letters that really went out. A date in the future is fresh.
    """
    heard = last_day(heard_on) if heard_on else None
    unanswered = [ask for ask in asks if heard is None or ask.on > heard]
    leaves_on = max(unanswered, key=lambda ask: ask.on).leaves_on if unanswered else None
    months = None if heard is None else _whole_months(heard, on)
    if leaves_on is not None and leaves_on <= on:
        state = State.LEFT
    elif months is None or months >= rules.old_months:
        state = State.OLD
    elif months >= rules.ageing_months:
        state = State.AGEING
    else:
        state = State.FRESH
    return Freshness(state, heard, months, leaves_on)


def next_ask(heard_on: str | None, letters: Sequence[date], rules: Rules, on: date) -> Ask | None:
    """The letter to send today, with the day to announce; `None` when none is due.

    `letters` are the days of all letters to this organisation, answered or not, arrived or not. Due as soon as the
    profile is no longer fresh, and never within `ask_every_days` (at least 60) of any letter, one dated in the future
    (a clock that jumped) included. Missed days are not made up for: one letter, whatever was missed. The announced day
    is when the profile reaches `leaves_months`, and never within 60 days.
    """
    state = assess(heard_on, (), rules, on)
    if state.state is State.FRESH:
        return None
    apart = timedelta(days=max(rules.ask_every_days, NOTICE_DAYS))
    if any(on - sent < apart for sent in letters):
        return None
    earliest = on + timedelta(days=NOTICE_DAYS)
    leaves_on = earliest if state.heard_on is None else max(earliest, add_months(state.heard_on, rules.leaves_months))
    return Ask(on, leaves_on)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month: 31 January and one month is 28 or 29 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _whole_months(since: date, on: date) -> int:
    months = (on.year - since.year) * 12 + on.month - since.month
    return max(0, months if add_months(since, months) <= on else months - 1)
