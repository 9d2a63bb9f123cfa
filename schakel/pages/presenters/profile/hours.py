"""Opening hours as a week of fields: two times a day "from" and "to", so nobody has to know how to write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from schakel.core.model import Json
from schakel.wording import words

PARTS = (1, 2)


@dataclass(frozen=True, slots=True)
class Span:
    """One opening of one day; `name` begins the names of its two fields."""

    name: str
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day with its openings, and what is wrong with them."""

    code: str
    label: str
    spans: tuple[Span, ...]
    fault: str = ""


def present_hours(value: Json) -> tuple[Day, ...]:
    """The week as the register knows it."""
    known = value if isinstance(value, dict) else {}
    days: list[Day] = []
    for code in words.DAYS:
        found = known.get(code)
        pairs = [pair for pair in found if isinstance(pair, list) and len(pair) == 2] if isinstance(found, list) else []
        spans = [
            Span(f"{code}{part}", *(str(item) for item in pairs[part - 1]))
            if len(pairs) >= part
            else Span(f"{code}{part}", "", "")
            for part in range(1, max(len(PARTS), len(pairs)) + 1)
        ]
        days.append(Day(code, words.word(words.DAYS, code), tuple(spans)))
    return tuple(days)


def read_hours(posted: Mapping[str, str]) -> tuple[tuple[Day, ...], Json]:
    """The week as it was sent, and its value; a day with a fault is not in the value. An empty week says nothing."""
    days: list[Day] = []
    value: dict[str, Json] = {}
    for code in words.DAYS:
        spans = tuple(
            Span(f"{code}{part}", _time(posted, f"{code}{part}-van"), _time(posted, f"{code}{part}-tot"))
            for part in range(1, 5)
            if part in PARTS or posted.get(f"{code}{part}-van")
        )
        told = [(span.opens, span.closes) for span in spans if span.opens or span.closes]
        day = Day(code, words.word(words.DAYS, code), spans, _fault(told))
        days.append(day)
        if told and not day.fault:
            value[code] = [[opens, closes] for opens, closes in told]
    return tuple(days), value or None


def _fault(told: list[tuple[str, str]]) -> str:
    times = [time for pair in told for time in pair]
    if any(not time for time in times):
        return gettext("Vul bij elke opening 'van' en 'tot' in.")
    if any(not _is_time(time) for time in times):
        return gettext("Schrijf uren zoals 09:00.")
    if times != sorted(set(times)):
        return gettext("Elk uur komt na het vorige: eerst de voormiddag, dan de namiddag.")
    return ""


def _is_time(text: str) -> bool:
    hour, colon, minute = text.partition(":")
    return (
        bool(colon)
        and len(hour) == len(minute) == 2
        and hour.isdigit()
        and hour <= "24"
        and minute.isdigit()
        and minute < "60"
    )


def _time(posted: Mapping[str, str], name: str) -> str:
    """`9:00`, `9u`, `9.30` and `0930` as people type them, to `09:00`."""
    text = posted.get(name, "").strip().lower()[:8].replace("u", ":").replace("h", ":").replace(".", ":")
    hour, colon, minute = text.partition(":")
    if not colon and len(hour) == 4:
        hour, minute = hour[:2], hour[2:]
    if hour.isascii() and hour.isdigit() and (not minute or (minute.isascii() and minute.isdigit())):
        return f"{int(hour):02d}:{minute or '00':>02}"
    return text
