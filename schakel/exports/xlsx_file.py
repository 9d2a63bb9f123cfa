"""The register as a workbook: organisations, what the file is, and the other tables, each on its own sheet.

Every text is written as text: no formula, link or number is made of it, so numbers keep their leading zeros and
telephone numbers their plus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import IO, TYPE_CHECKING

from schakel.core.errors import InvalidInput
from schakel.exports.about import About
from schakel.exports.cells import Cell
from schakel.exports.columns import COLUMNS, Table
from schakel.exports.tables import Row

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767  # characters; more makes the file unreadable
MOST_ROWS = 1_048_576  # with the head
_CUT = " … [ingekort: meer past niet in een cel; de volledige tekst staat in het CSV-bestand]"
_SHEETS = {
    Table.ORGANISATIONS: "Organisaties",
    Table.OFFERS: "Aanbod",
    Table.ESTABLISHMENTS: "Vestigingen",
    Table.RECOGNITIONS: "Erkenningen",
    Table.EMPLOYMENT: "Tewerkstelling",
}
ABOUT_SHEET = "Over deze gegevens"
_OPTIONS = {
    "constant_memory": True,
    "in_memory": False,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


def export_xlsx(rows_of: Callable[[Table], Iterable[Row]], out: IO[bytes], about: About) -> None:
    """Write the workbook to `out`, a file that can be written and sought.

    Each sheet is filled from `rows_of` its table. Rows go to temporary files while they come, so memory does not grow
    with their number. A text longer than a
    cell can hold is cut, and says so. Raises `InvalidInput` when there are more rows than a sheet can hold.
    """
    import xlsxwriter  # only here: most requests never make a workbook

    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        bold = book.add_format({"bold": True})
        first, *others = _SHEETS.items()
        sheets = {first[0]: book.add_worksheet(first[1])}
        information = book.add_worksheet(ABOUT_SHEET)
        sheets |= {table: book.add_worksheet(title) for table, title in others}
        filled = dict.fromkeys(sheets, 0)
        for table, sheet in sheets.items():
            _write_row(sheet, 0, [column.name for column in COLUMNS[table]], bold)
            sheet.freeze_panes(1, 2)
            sheet.set_column(0, len(COLUMNS[table]) - 1, 18)
            for row in rows_of(table):
                filled[table] += 1
                _write_row(sheet, filled[table], row)
        _write_about(information, about, filled, bold)


def _write_row(sheet: Worksheet, number: int, cells: Sequence[Cell], style: Format | None = None) -> None:
    if number >= MOST_ROWS:
        raise InvalidInput(
            f"Een rekenblad kan niet meer dan {MOST_ROWS} rijen bevatten. "
            "Kies een kleiner deel, of neem het CSV-bestand."
        )
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(number, column, _fitting(cell), style)
        elif cell is not None:
            sheet.write_number(number, column, cell, style)


def _fitting(text: str) -> str:
    """Length is counted as the format does: a sign outside the basic plane, such as most emoji, counts for two."""
    if len(text) <= LONGEST_CELL // 2 or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    kept = text.encode("utf-16-le")[: (LONGEST_CELL - len(_CUT)) * 2].decode("utf-16-le", errors="ignore")
    return kept + _CUT


def _write_about(sheet: Worksheet, about: About, filled: dict[Table, int], bold: Format) -> None:
    run = "alles is met de hand ingevuld" if about.run is None else str(about.run)
    facts = [
        ("Wat", about.selection or "Het hele register"),
        ("Regio", about.region),
        ("Licentie", about.licence),
        ("Gemaakt op", about.made_at.isoformat(timespec="seconds")),
        ("Gegevens samengesteld op", about.compiled_on),
        ("Laatste keer geladen (nummer)", run),
        ("Versie van het register", str(about.revision)),
        ("Adres", about.base_url),
        ("Verzonnen gegevens", about.warning or "nee"),
        *((title, str(filled[table])) for table, title in _SHEETS.items()),
        ("Lege cel", "Niet bekend. Nooit 0."),
    ]
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 110)
    number = 0
    for name, words in facts:
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, _fitting(words))
        number += 1
    for table, title in _SHEETS.items():
        number += 1
        sheet.write_string(number, 0, f"Kolommen van {title}", bold)
        for column in COLUMNS[table]:
            number += 1
            sheet.write_string(number, 0, column.name)
            sheet.write_string(number, 1, column.meaning)
        number += 1
