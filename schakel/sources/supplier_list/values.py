"""The values of one row: an ondernemingsnummer, a year, an account, an amount."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from schakel.core.errors import InvalidInput
from schakel.core.identifiers import parse_ondernemingsnummer
from schakel.core.spend.amounts import cents_of, parse_cents
from schakel.sources.supplier_list.cells import Cell

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_NAME = 200
_ACCOUNT = re.compile(r"[26][0-9]{1,11}")  # what is bought stands in class 6, what is invested in class 2
_FOREIGN = re.compile(r"[A-Z]{2}[A-Z0-9]{6,12}")
_DAY = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.](20[0-9]{2})|(20[0-9]{2})(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}.*)?")


class NumberState(StrEnum):
    """How a number was read."""

    NONE = "none"
    GOOD = "good"
    RESTORED = "restored"  # nine digits that are right once the 0 stands in front again
    FOREIGN = "foreign"
    WRONG = "wrong"


class ReadNumber(NamedTuple):
    """Ten digits, or None with why."""

    number: str | None
    state: NumberState


def read_text(cell: Cell) -> str:
    """The text of a cell on one line; a whole number of a spreadsheet without its decimals."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).replace("\0", "").split())


def read_number(cell: Cell) -> ReadNumber:
    """An ondernemingsnummer in any spelling; a 0 that a spreadsheet ate comes back when the check digits agree."""
    text = re.sub(r"(?<=[0-9]{9})[.,]0+$", "", read_text(cell))  # 412345678.0
    if not re.search(r"[0-9]", text):
        return ReadNumber(None, NumberState.NONE)
    compact = re.sub(r"[\s.\-/]", "", text).upper()
    digits = compact.removeprefix("BTW").removeprefix("BE")
    try:
        return ReadNumber(parse_ondernemingsnummer(digits), NumberState.GOOD)
    except InvalidInput:
        pass  # nine digits, another country, or wrong: told apart below
    if re.fullmatch(r"[0-9]{9}", digits):
        try:
            return ReadNumber(parse_ondernemingsnummer(f"0{digits}"), NumberState.RESTORED)
        except InvalidInput:
            return ReadNumber(None, NumberState.WRONG)
    foreign = _FOREIGN.fullmatch(compact) and not compact.startswith("BE")
    return ReadNumber(None, NumberState.FOREIGN if foreign else NumberState.WRONG)


def read_year(cell: Cell) -> int | None:
    """The year of a year or a day; None when there is none from FIRST_YEAR to LAST_YEAR."""
    if isinstance(cell, date):  # also a datetime
        year = cell.year
    else:
        found = _DAY.fullmatch(read_text(cell))
        year = int(found[1] or found[2]) if found else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def read_account(cell: Cell) -> tuple[str, str]:
    """The code of an account and the words beside it: "61400 - Onderhoud groen" has both."""
    text = read_text(cell)
    code, _, words = text.partition(" ")
    digits = re.sub(r"[.\-/]", "", code)
    if _ACCOUNT.fullmatch(digits):
        return digits, words.lstrip("-–: ")
    return "", "" if re.fullmatch(r"[0-9.\-/ ]*", text) else text


def read_amount(cell: Cell, mark: str | None) -> int | None:
    """Cents; None for an empty cell. Raises InvalidInput for what is no amount."""
    if cell is None or (isinstance(cell, str) and not cell.strip().strip("-\u2013")):
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise InvalidInput("een bedrag in euro, zoals 1.234,56 of 1234.56")
    return parse_cents(cell, mark) if isinstance(cell, str) else cents_of(Decimal(str(cell)))
