"""From the bytes of a list of suppliers to its lines; whatever is left out is counted, with why and how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from schakel.core.errors import InvalidInput
from schakel.core.model import Fault
from schakel.core.spend.amounts import decimal_mark
from schakel.core.spend.model import Line
from schakel.sources.supplier_list.cells import MOST_ROWS, Cell, Rows, read_rows
from schakel.sources.supplier_list.columns import Field, Head, count_fields, find_head, plain_words
from schakel.sources.supplier_list.values import (
    LONGEST_NAME,
    NumberState,
    read_account,
    read_amount,
    read_number,
    read_text,
    read_year,
)

_TOTALS = {"totaal", "totalen", "subtotaal", "eindtotaal", "total", "subtotal", "som"}
_BESIDE_TOTALS = _TOTALS | {
    *("algemeen", "generaal", "general", "leveranciers", "alle", "uitgaven", "eur", "euro", "jaar", "pagina", "blad"),
    *("van", "de", "bedrag", "excl", "incl", "btw"),
}


class Why(StrEnum):
    """Why a row is no line."""

    EMPTY = "empty"
    HEAD = "head"  # the heads once more, as printed lists have
    TOTAL = "total"
    NO_AMOUNT = "no_amount"
    UNREADABLE = "unreadable"  # left out because that was asked: how much it is, nobody knows


@dataclass(frozen=True, slots=True)
class Ignored:
    """Rows that are no line, with what they add up to; `cents` is 0 where there is no amount."""

    why: Why
    rows: int
    cents: int


@dataclass(frozen=True, slots=True)
class SupplierList:
    """What was read. `said`: the head of each column that was used. Without faults, or it is not to be used.

    `numbers`: how each number was read, in rows; `without_year`: lines that got the year of the form.
    """

    lines: tuple[Line, ...]
    ignored: tuple[Ignored, ...]
    faults: tuple[Fault, ...]
    head_row: int
    said: Mapping[Field, str]
    numbers: Mapping[NumberState, int]
    without_year: int

    @property
    def cents(self) -> int:
        """What the lines add up to."""
        return sum(line.cents for line in self.lines)


def parse_supplier_list(name: str, data: bytes, *, year: int, leave_out: bool = False) -> SupplierList:
    """Read a list. `year`: of lines that say none. `leave_out`: rows with an amount that cannot be read are counted and
    left out; without it each of them is a fault.

    Raises InvalidInput when it is no such list, is too large, or has no line at all.
    """
    rows = read_rows(data, count_fields)
    head = find_head(rows)
    reading = _Reading(name, head, year, leave_out, _mark(rows, head))
    for number, row in enumerate(rows[head.row + 1 :], start=head.row + 2):
        reading.read(number, row, rows[head.row])
    if len(reading.lines) > MOST_ROWS:
        raise InvalidInput(f"De lijst heeft meer dan {MOST_ROWS} rijen. Laad een jaar of een deel apart op.")
    if not reading.lines and not reading.faults:
        raise InvalidInput("Onder de namen van de kolommen staat geen enkele rij met een bedrag.")
    return reading.result()


def _mark(rows: Rows, head: Head) -> str | None:
    place = head.columns[Field.AMOUNT]
    return decimal_mark(cell for row in rows[head.row + 1 :] if isinstance(cell := _cell(row, place), str))


def _cell(row: Sequence[Cell], place: int | None) -> Cell:
    return row[place] if place is not None and place < len(row) else None


class _Reading:
    """Reads row after row and counts what it leaves out."""

    def __init__(self, name: str, head: Head, year: int, leave_out: bool, mark: str | None) -> None:
        self.name, self.head, self.year, self.leave_out, self.mark = name, head, year, leave_out, mark
        self.lines: list[Line] = []
        self.faults: list[Fault] = []
        self.ignored: dict[Why, list[int]] = defaultdict(lambda: [0, 0])
        self.numbers: dict[NumberState, int] = defaultdict(int)
        self.without_year = 0
        self.since_total = self.in_all = 0
        # The same values come back in many rows; what was read is forgotten with the list. Typed: True is not 1.
        remember = lru_cache(maxsize=None, typed=True)
        self.number_of, self.year_of = remember(read_number), remember(read_year)
        self.account_of, self.text_of, self.words_of = (
            remember(read_account),
            remember(read_text),
            remember(plain_words),
        )

    def read(self, number: int, row: Sequence[Cell], heads: Sequence[Cell]) -> None:
        """One row, with its number in the file."""
        if all((isinstance(cell, str) and not cell.strip()) or cell is None for cell in row):
            return self._ignore(Why.EMPTY)
        amount = _cell(row, self.head.columns[Field.AMOUNT])
        if isinstance(amount, str) and amount and self._is_head(amount, heads):
            return self._ignore(Why.HEAD)
        try:
            self._check_length(row, heads)
            cents = read_amount(amount, self.mark)
        except InvalidInput as refusal:
            return self._refuse(number, amount, str(refusal))
        if cents is None:
            return self._ignore(Why.NO_AMOUNT)
        name = self.text_of(self._of(row, Field.NAME))[:LONGEST_NAME]
        found, state = self.number_of(self._of(row, Field.NUMBER))
        if found is None and self._is_total(row, name, cents):
            self.since_total = 0
            return self._ignore(Why.TOTAL, cents)
        self.numbers[state] += 1
        self.since_total += cents
        self.in_all += cents
        self.lines.append(Line(number, found, name, cents, self._year(row), *self._account(row)))

    def result(self) -> SupplierList:
        """Everything read so far."""
        return SupplierList(
            lines=tuple(self.lines),
            ignored=tuple(Ignored(why, *self.ignored[why]) for why in Why if why in self.ignored),
            faults=tuple(self.faults),
            head_row=self.head.row + 1,
            said=self.head.said,
            numbers=dict(self.numbers),
            without_year=self.without_year,
        )

    def _of(self, row: Sequence[Cell], field: Field) -> Cell:
        return _cell(row, self.head.columns.get(field))

    def _ignore(self, why: Why, cents: int = 0) -> None:
        self.ignored[why][0] += 1
        self.ignored[why][1] += cents

    def _refuse(self, number: int, found: Cell, expected: str) -> None:
        if self.leave_out:
            return self._ignore(Why.UNREADABLE)
        self.faults.append(Fault(self.name, number, self.head.said[Field.AMOUNT], read_text(found)[:60], expected))

    def _check_length(self, row: Sequence[Cell], heads: Sequence[Cell]) -> None:
        """More cells than heads: a separator inside a text without quotes moved everything."""
        if any(cell not in (None, "") for cell in row[len(heads) :]):
            raise InvalidInput(f"hoogstens {len(heads)} vakken, zoals in de kop; zet tekst tussen aanhalingstekens")

    def _is_head(self, amount: str, heads: Sequence[Cell]) -> bool:
        words = plain_words(amount)
        return bool(words) and words == self.words_of(_cell(heads, self.head.columns[Field.AMOUNT]))

    def _is_total(self, row: Sequence[Cell], name: str, cents: int) -> bool:
        """Said so in words; or without any word, the sum of what stands above."""
        said = name or next((cell for cell in row if isinstance(cell, str) and cell.strip()), "")
        words = self.words_of(said).split()
        if any(word in _TOTALS for word in words):
            return all(word in _BESIDE_TOTALS or word.isdigit() for word in words)
        return not name and bool(self.lines) and cents in (self.since_total, self.in_all)

    def _year(self, row: Sequence[Cell]) -> int:
        found = self.year_of(self._of(row, Field.YEAR))
        self.without_year += found is None
        return found or self.year

    def _account(self, row: Sequence[Cell]) -> tuple[str, str]:
        code, words = self.account_of(self._of(row, Field.CODE))
        return code, self.text_of(self._of(row, Field.TEXT)) or words
