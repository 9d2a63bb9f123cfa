"""Lists of suppliers as they come: encodings, separators, titles, totals, and what is refused with a place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.core.errors import InvalidInput
from schakel.core.spend import Line
from schakel.sources.supplier_list import MOST_BYTES, MOST_ROWS, SupplierList, Why, parse_supplier_list
from schakel.sources.supplier_list.columns import Field
from schakel.sources.supplier_list.values import NumberState

GREEN = "0407766422"
LIST = """Leverancierslijst gemeente Voorbeeld;;;;
Periode: 2024;;;;

Ondernemingsnr.;Naam leverancier;Algemene rekening;Omschrijving rekening;Bedrag excl. btw (EUR);Factuurdatum
0407.766.422;Café Groen vzw;61400;Onderhoud groen;"€ 1.234,56";31/12/2024
BE 0407 766 422;Café Groen vzw;61400;Onderhoud groen;-34,56;2024-01-05
407766422;Café Groen vzw;;;100;
;Bakkerij Janssens;61500;Receptie;99,5;

NL123456789B01;Hollandse firma;;;10;2023
12345678901;Jan;;;5;
Ondernemingsnr.;Naam leverancier;Algemene rekening;Omschrijving rekening;Bedrag excl. btw (EUR);Factuurdatum
;Zonder bedrag;;;;
;Algemeen totaal;;;"1.414,50";
"""
LINES = [
    Line(5, GREEN, "Café Groen vzw", 123456, 2024, "61400", "Onderhoud groen"),
    Line(6, GREEN, "Café Groen vzw", -3456, 2024, "61400", "Onderhoud groen"),
    Line(7, GREEN, "Café Groen vzw", 10000, 2025, "", ""),
    Line(8, None, "Bakkerij Janssens", 9950, 2025, "61500", "Receptie"),
    Line(10, None, "Hollandse firma", 1000, 2023, "", ""),
    Line(11, None, "Jan", 500, 2025, "", ""),
]


def read(data: bytes, **more: bool) -> SupplierList:
    return parse_supplier_list("lijst.csv", data, year=2025, **more)


def book(rows: Sequence[Sequence[object]], title: str = "Blad1", before: Sequence[Sequence[object]] = ()) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as made:
        for name, content in ([("Uitleg", before)] if before else []) + [(title, rows)]:
            sheet = made.add_worksheet(name)
            for number, row in enumerate(content):
                sheet.write_row(number, 0, row)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_same_list_in_every_dress(encoding: str, separator: str, ending: str) -> None:
    text = LIST
    if separator != ";":
        text = LIST.replace("-34,56", '"-34,56"').replace("99,5", '"99,5"').replace(";", separator)
    found = read(text.replace("\n", ending).encode(encoding))
    assert list(found.lines) == LINES
    assert found.faults == ()
    assert {one.why: (one.rows, one.cents) for one in found.ignored} == {
        Why.EMPTY: (1, 0),
        Why.HEAD: (1, 0),
        Why.TOTAL: (1, 141450),
        Why.NO_AMOUNT: (1, 0),
    }
    assert found.said[Field.AMOUNT] == "Bedrag excl. btw (EUR)"
    assert found.head_row == 4
    assert found.without_year == 3
    assert found.numbers == {
        NumberState.GOOD: 2,
        NumberState.RESTORED: 1,
        NumberState.NONE: 1,
        NumberState.FOREIGN: 1,
        NumberState.WRONG: 1,
    }


def test_sum_of_what_is_read_is_that_of_the_file() -> None:
    found = read(LIST.encode())
    assert found.cents == 123456 - 3456 + 10000 + 9950 + 1000 + 500 == 141450


def test_workbook_with_numbers_dates_and_a_sheet_before_it() -> None:
    rows = [
        ["Crediteuren 2024"],
        [],
        ["KBO-nummer", "Leverancier", "Grootboekrekening", "Netto", "Boekjaar", "IBAN"],
        [407766422, "Groen", 61400, 1234.56, 2024, "BE68 5390 0754 7034"],
        [407766422.0, "Groen", "61400 - Onderhoud groen", "1.234,56", 2024.0, ""],
        ["0407.766.422", "Groen", "", -0.3, date(2023, 5, 6), ""],
        [None, "Totaal", "", 2468.82, "", ""],
    ]
    found = read(book(rows, before=[["Naam", "Functie"], ["x", "y"]]))
    assert list(found.lines) == [
        Line(4, GREEN, "Groen", 123456, 2024, "61400", ""),
        Line(5, GREEN, "Groen", 123456, 2024, "61400", "Onderhoud groen"),
        Line(6, GREEN, "Groen", -30, 2023, "", ""),
    ]
    assert found.numbers[NumberState.RESTORED] == 2


def test_row_without_words_that_adds_up_is_a_total_and_a_firm_called_total_is_not() -> None:
    found = read(b"Naam;Bedrag\nA;1,00\nB;2,00\n;3,00\nC;4,00\nTotaal Groen;5,00\n;9,00\n;1,50\n")
    assert [line.name for line in found.lines] == ["A", "B", "C", "Totaal Groen", ""]
    assert [(one.why, one.rows, one.cents) for one in found.ignored] == [(Why.TOTAL, 2, 1200)]


def test_unreadable_amounts_are_refused_with_their_place_or_left_out_and_counted() -> None:
    data = b"Naam;Bedrag\nA;n.v.t.\nB;2,00;3,00\nC;1.234\nD;4,00\n"
    found = read(data)
    assert [(fault.row, fault.column, fault.found) for fault in found.faults] == [
        (2, "Bedrag", "n.v.t."),
        (3, "Bedrag", "2,00"),
    ]
    left = read(data, leave_out=True)
    assert left.faults == ()
    assert [line.name for line in left.lines] == ["C", "D"]
    assert left.lines[0].cents == 123400
    assert [(one.why, one.rows) for one in left.ignored] == [(Why.UNREADABLE, 2)]


def test_amount_that_can_be_read_in_two_ways_is_never_guessed() -> None:
    found = read(b"Naam\tBedrag\nA\t1.234\nB\t7\n")
    assert "twee manieren" in str(found.faults[0])
    assert "rij 2" in str(found.faults[0])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leeg"),
        (b"\n\n  \n", "leeg"),
        (b"%PDF-1.7", "geen lijst"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "geen lijst"),
        (b"PK\x03\x04rommel", "beschadigd"),
        (b"zomaar wat tekst", "geen rij met de namen"),
        (b"Naam;Adres\nA;B\n", "We lazen: Naam, Adres"),
        (b"Naam;Bedrag\n", "geen enkele rij"),
        (b"Naam;Bedrag;Bedrag\nA;1;2\n", "meer dan één kolom"),
        (b'Naam;Bedrag\n"A' + b"x" * 140_000 + b";1\n", "aanhalingsteken"),
        (b"Naam\0;Bedrag\0\nA\0", "geen tekst"),
        (b"a" * (MOST_BYTES + 1), "te groot"),
    ],
)
def test_whole_file_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read(data)


def test_the_surest_column_is_chosen_among_several_amounts() -> None:
    head = "Nummer leverancier;Leverancier;Bedrag incl. btw;Btw-bedrag;Bedrag excl. btw;Rekeningnummer\n"
    found = read((head + "12;A;121,00;21,00;100,00;539-0075470-34\n").encode())
    assert [(line.name, line.cents, line.code) for line in found.lines] == [("A", 10000, "")]


@pytest.mark.slow
def test_too_many_rows_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"200\.000 rijen"):
        read(b"Naam;Bedrag\n" + b"A;1\n" * (MOST_ROWS + 2_000))


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.slow
def test_workbooks_that_would_eat_the_memory_are_refused_before_they_are_opened() -> None:
    far = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    hidden = far.replace(b"XFD1048576", b"&#88;FD1048576")
    for sheet in (far, hidden):
        with pytest.raises(InvalidInput, match="te groot"):
            read(zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet}))
    bomb = zipped({"xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": b" " * (260 * 1024**2)})
    assert len(bomb) < MOST_BYTES
    with pytest.raises(InvalidInput, match="uitgepakt te groot"):
        read(bomb)
    with pytest.raises(InvalidInput, match="geen Excel-werkmap"):
        read(zipped({"word/document.xml": b"x"}))


GOOD = book([["Naam", "Bedrag"], ["A", 1.5], ["B", 2]])


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_damaged_workbook_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    try:
        read(bytes(data))
    except InvalidInput as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 (either is fine, nothing else is)


@pytest.mark.slow
@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read(b"Naam;Bedrag\n" + data)
    except InvalidInput as refusal:
        assert str(refusal)  # noqa: PT017 (either is fine, nothing else is)
