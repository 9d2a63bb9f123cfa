"""Employment by year: a table, and the same in bars when there are at least two years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from schakel.core.model import SubRecord
from schakel.pages.presenters.facts import note_of, number_of
from schakel.pages.presenters.notes import Note, Notebook
from schakel.wording.dates import number_words

FIELDS = ("headcount", "fte", "target_group_headcount", "target_group_fte")
ROW_HEIGHT = 30
LABEL_WIDTH = 56
BAR_WIDTH = 330


@dataclass(frozen=True, slots=True)
class EmploymentRow:
    """One year. Each cell is a number in words, or "niet bekend"."""

    year: str
    cells: tuple[str, ...]
    minimum: bool
    note: Note | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its label, in the units of the drawing."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    label: str
    label_x: int
    label_y: int
    year: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars, one per year."""

    title: str
    width: int
    height: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class EmploymentTable:
    """The table, and the chart when there is something to compare."""

    rows: tuple[EmploymentRow, ...]
    chart: Chart | None


def present_employment(records: Sequence[SubRecord], notebook: Notebook) -> EmploymentTable | None:
    """Newest year first; None when nothing is known."""
    years = sorted(records, key=_year, reverse=True)
    if not years:
        return None
    return EmploymentTable(rows=tuple(_row(record, notebook) for record in years), chart=_chart(years))


def _row(record: SubRecord, notebook: Notebook) -> EmploymentRow:
    minimum = record.facts.get("is_minimum")
    at_least = bool(minimum and minimum.value)
    notes = [note_of(record.facts, field, notebook) for field in FIELDS if number_of(record.facts, field) is not None]
    return EmploymentRow(
        year=str(_year(record)),
        cells=tuple(_cell(number_of(record.facts, field), at_least) for field in FIELDS),
        minimum=at_least,
        note=notes[0] if notes else None,
    )


def _year(record: SubRecord) -> int:
    """The year of the figures: the last part of the key, whoever stated them."""
    return int(record.key.rpartition("/")[2])


def _cell(value: float | None, at_least: bool) -> str:
    if value is None:
        return gettext("niet bekend")
    return gettext("minstens %(number)s") % {"number": number_words(value)} if at_least else number_words(value)


def _chart(years: Sequence[SubRecord]) -> Chart | None:
    """Bars of the first measure that is known for two years or more."""
    for field, title in (
        ("fte", gettext("Voltijdse equivalenten per jaar")),
        ("headcount", gettext("Personen per jaar")),
    ):
        known = [(_year(record), value) for record in years if (value := number_of(record.facts, field)) is not None]
        if len(known) >= 2:
            return _bars(title, sorted(known))
    return None


def _bars(title: str, known: Sequence[tuple[int, float]]) -> Chart:
    largest = max(value for _, value in known) or 1.0
    bars = tuple(
        Bar(
            x=LABEL_WIDTH,
            y=index * ROW_HEIGHT + 4,
            width=max(2, round(BAR_WIDTH * value / largest)),
            height=ROW_HEIGHT - 10,
            kind="whole",
            label=number_words(value),
            label_x=LABEL_WIDTH + max(2, round(BAR_WIDTH * value / largest)) + 8,
            label_y=index * ROW_HEIGHT + 19,
            year=str(year),
        )
        for index, (year, value) in enumerate(known)
    )
    words = ", ".join(f"{bar.year}: {bar.label}" for bar in bars)
    return Chart(f"{title}. {words}", LABEL_WIDTH + BAR_WIDTH + 90, len(bars) * ROW_HEIGHT, bars)
