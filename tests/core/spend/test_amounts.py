"""Amounts in the spellings that occur, to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.errors import InvalidInput
from schakel.core.spend.amounts import cents_of, decimal_mark, parse_cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.234,56", 123456),
        ("1234.56", 123456),
        ("1,234.56", 123456),
        ("€ 1 234,56", 123456),
        ("1\u00a0234,56 EUR", 123456),
        ("1'234,56", 123456),
        ("-12,50", -1250),
        ("12,50-", -1250),
        ("(12,50)", -1250),
        ("\u221212,50", -1250),
        ("1.234.567", 123456700),
        ("1234567", 123456700),
        ("0,005", 1),
        ("12,", 1200),
        (",5", 50),
        ("12,345678", 1235),
        ("0", 0),
    ],
)
def test_one_way_to_read(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    "text", ["", "n.v.t.", "12,34,5", "1.23.456", "12 %", "1e5", "(12", "1,2,3", "1234.567,8.9", "--5", "9" * 20]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_cents(text)


def test_a_group_of_three_is_read_as_the_column_says_and_never_guessed() -> None:
    with pytest.raises(InvalidInput, match="twee manieren"):
        parse_cents("1.234")
    assert parse_cents("1.234", decimal_mark(["12,5", "1.234", "7"])) == 123400
    assert parse_cents("1.234", decimal_mark(["12.5", "1.234"])) == 123
    assert decimal_mark(["1.234", "5.678", "9"]) is None
    assert decimal_mark(["1,5", "1.5"]) is None
    assert decimal_mark(["1.234.567"]) == ","


def test_numbers_of_a_spreadsheet_are_taken_as_they_are_shown() -> None:
    assert cents_of(0.1 + 0.2) == 30
    assert cents_of(-1234.565) == -123457  # away from zero
    assert cents_of(7) == 700
    for wrong in (float("nan"), float("inf"), 10**12):
        with pytest.raises(InvalidInput):
            cents_of(wrong)


@pytest.mark.slow
@given(st.integers(-(10**12), 10**12), st.sampled_from([(".", ","), (",", "."), ("", ","), ("", "."), (" ", ",")]))
def test_every_amount_comes_back_whatever_the_signs(cents: int, signs: tuple[str, str]) -> None:
    group, mark = signs
    plain = f"{Decimal(cents) / 100:,.2f}".replace(",", "G").replace(".", mark).replace("G", group)
    assert parse_cents(plain, mark) == cents
