"""Amounts as lists of suppliers write them, in whole cents: `1.234,56`, `1234.56`, `€ 1 234,56`, `12-`, `(12)`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from schakel.core.errors import InvalidInput

LARGEST = 10**13
"""Cents of one amount; more is a mistake. A hundred billion euro."""

_BLANKS = re.compile(r"[\s\u00a0\u202f']|EUR\b|euro\b|€", re.IGNORECASE)
_SIGN = re.compile(r"(?P<open>\()?(?P<before>[-+\u2212])?(?P<digits>[0-9.,]+)(?P<after>-)?(?P<close>\))?")
_GROUPED = {mark: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in ".,"}
_PLAIN = "een bedrag in euro, zoals 1.234,56 of 1234.56"


def decimal_mark(texts: Iterable[str]) -> str | None:
    """Which sign stands before the cents in a column: "," or "."; None when nothing tells, or both occur.

    An amount tells when it can be read in one way only: "12,5", "1.234,56", "1.234.567". One group of three behind a
    single sign tells nothing.
    """
    seen: set[str] = set()
    for text in texts:
        signs = [sign for sign in _digits(text) if sign in ".,"]
        if not signs:
            continue
        last, head, tail = signs[-1], *_digits(text).rsplit(signs[-1], 1)
        if len(set(signs)) == 2:
            seen.add(last)
        elif len(signs) > 1:
            seen.add("," if last == "." else ".")
        elif len(tail) != 3 or len(head) > 3 or head in ("", "0"):
            seen.add(last)
    return seen.pop() if len(seen) == 1 else None


def parse_cents(text: str, mark: str | None = None) -> int:
    """Cents of a text; halves of a cent go away from zero. `mark`: what `decimal_mark` says of the whole column.

    A minus in front or behind, or brackets, make it negative. Raises InvalidInput for what is no amount, and for
    "1.234" or "1,234" when nothing tells which sign stands before the cents.
    """
    found = _SIGN.fullmatch(_BLANKS.sub("", text))
    if found is None or bool(found["open"]) != bool(found["close"]):
        raise InvalidInput(_PLAIN)
    negative = bool(found["open"]) or found["before"] in ("-", "\u2212") or bool(found["after"])
    cents = cents_of(Decimal(_plain(found["digits"], mark)))
    return -cents if negative else cents


def cents_of(amount: Decimal | float | int) -> int:
    """Cents of a number of euro. A number of a spreadsheet is taken as it is shown: 0.1 is ten cents.

    Raises InvalidInput for what is not finite or larger than LARGEST.
    """
    exact = amount if isinstance(amount, Decimal) else Decimal(str(amount))
    if not exact.is_finite() or abs(exact) * 100 > LARGEST:
        raise InvalidInput("een bedrag onder honderd miljard euro")
    return int((exact * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _digits(text: str) -> str:
    found = _SIGN.fullmatch(_BLANKS.sub("", text))
    return found["digits"] if found else ""


def _plain(digits: str, mark: str | None) -> str:
    """Digits with a point before the cents."""
    signs = [sign for sign in digits if sign in ".,"]
    if not signs:
        return digits
    last = signs[-1]
    if len(set(signs)) == 2:
        return _with_groups(digits, last)
    if len(signs) > 1:
        return _with_groups(digits, "")
    own = decimal_mark([digits]) or mark
    if own is None:
        raise InvalidInput(f"{_PLAIN}; {digits!r} kan op twee manieren gelezen worden: schrijf er de centen bij")
    return _with_groups(digits, last if last == own else "")


def _with_groups(digits: str, cents_mark: str) -> str:
    """The whole part in groups of three or without groups, then at most six decimals."""
    whole, _, cents = digits.rpartition(cents_mark) if cents_mark else (digits, "", "")
    grouping = "," if cents_mark == "." or (not cents_mark and "," in digits) else "."
    right = re.fullmatch(r"[0-9]*", whole) or _GROUPED[grouping].fullmatch(whole)
    if not right or not re.fullmatch(r"[0-9]{0,6}", cents) or not (whole or cents):
        raise InvalidInput(_PLAIN)
    return f"{whole.replace(grouping, '') or '0'}.{cents or '0'}"
