"""No cell computes anything, and every text comes back as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.exports.cells import neutralise, restore
from schakel.exports.csv_file import csv_line, safe_lines

SPITEFUL = st.text(alphabet=st.sampled_from(list("=+-@\t\r\n'; ,|(!a1\u00a0\u200b＝\ufeff")), max_size=14) | st.text()

PHONES = st.from_regex(r"\A[ ']?\+[0-9]{1,3}( [0-9]{1,4})*[\x00;,|=a]?(\+1 2)?\Z")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("   =1+1", "'   =1+1"),
        ("\u200b=1+1", "'\u200b=1+1"),
        ("+32475000001", "'+32475000001"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("tekst;=1", "tekst;'=1"),
        ("tekst; -2+3+cmd|' /C'!A0", "tekst; '-2+3+cmd|' /C'!A0"),
        ("'=1", "''=1"),
    ],
)
def test_dangerous_text_gets_an_apostrophe(text: str, cell: str) -> None:
    assert neutralise(text) == cell
    assert restore(cell) == text


def test_no_space_hides_a_formula() -> None:
    spaces = set(filter(str.isspace, map(chr, range(0x110000)))) - set("\t\r\n")  # those begin a cell of their own
    for space in spaces:
        assert neutralise(f"{space}=1") == f"'{space}=1", hex(ord(space))
        assert neutralise(f"a;{space}=1") == f"a;{space}'=1", hex(ord(space))
    assert len(spaces) > 20


@pytest.mark.parametrize(
    "text",
    ["", "+32 55 00 00 01", "+32 475 12 34 56", "'t Atelier", "'s Gravenbrakel", "a=b", "ma-vr", "- is halve zin"[2:],
     "Wij doen:\n- strijken\n- wassen", "info@voorbeeld.example", "0407.766.422", "2026-09"],
)  # fmt: skip
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert neutralise(text) == text == restore(text)


@given(SPITEFUL)
def test_text_comes_back(text: str) -> None:
    assert restore(neutralise(text)) == text


@given(SPITEFUL)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    """Whichever separator a spreadsheet believes in, no part of a cell begins with `=` or `@` after its blanks."""
    cell = neutralise(text)
    if not re.fullmatch(r"\+[0-9]{1,3}( [0-9]{1,4})+", cell):
        assert not re.match(r"\s*[=+\-@＝]", cell)
    for part in re.split(r"[;,\t\r\n|]", cell)[1:]:
        assert not re.match(r"\s*[=@＝]", part)


CELLS = SPITEFUL | PHONES | st.sampled_from(['"', 'a "b"', "\x00"]) | st.none() | st.integers()


@given(st.integers(1, 6).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=4)))
def test_lines_are_their_cells(rows: list[list[str | int | None]]) -> None:
    """The one look at all texts of a column forgets none of them."""
    assert safe_lines(rows) == "".join(
        csv_line([neutralise(cell) if isinstance(cell, str) else cell for cell in row]) for row in rows
    )


@given(st.lists(st.sampled_from([1, 1.0, True, "1", "1.0", 0, -0.0, 0.0, None]), min_size=1, max_size=9))
def test_cells_that_are_equal_keep_their_own_form(column: list[str | float | None]) -> None:
    assert safe_lines([[cell] for cell in column]) == "".join(csv_line([cell]) for cell in column)


def test_long_runs_of_blanks_take_no_time() -> None:
    """A pattern that goes back over every blank would take minutes here."""
    assert restore(neutralise(";" + " " * 200_000 + "=")) == ";" + " " * 200_000 + "="
