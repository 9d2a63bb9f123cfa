"""The register as CSV: UTF-8 with a byte order mark, comma, every text in double quotes, CRLF (RFC 4180).

The mark is there because a spreadsheet otherwise reads "é" as two signs; programs that read `utf-8-sig` do not see it.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence

from schakel.exports.cells import Cell, is_plain, neutralise_row
from schakel.exports.columns import COLUMNS, Table
from schakel.exports.tables import Row

PORTION = 64  # rows kept before they are handed on


def export_csv(table: Table, rows: Iterable[Row]) -> Iterator[bytes]:
    """One of the tables as a CSV file, piece by piece; see `COLUMNS` for what the columns hold.

    Text is made safe for spreadsheets (`cells.neutralise`); `cells.restore` gives it back. No rows: a file with only
    the head. Memory does not grow with the number of rows.
    """
    kept = [csv_line([column.name for column in COLUMNS[table]])]
    before = BOM_UTF8
    for row in rows:
        kept.append(safe_line(row))
        if len(kept) >= PORTION:
            yield before + "".join(kept).encode()
            kept.clear()
            before = b""
    yield before + "".join(kept).encode()


def safe_line(cells: list[Cell]) -> str:
    """A row as one line whose texts are safe for spreadsheets.

    Its texts are looked at together: in nearly every row that tells that there is nothing to double and nothing to
    make safe.
    """
    if is_plain([cell for cell in cells if type(cell) is str]):
        return _line([f'"{cell}"' if type(cell) is str else "" if cell is None else str(cell) for cell in cells])
    return csv_line(neutralise_row(cells))


def csv_line(cells: Sequence[Cell]) -> str:
    """What `csv.writer` writes with QUOTE_NONNUMERIC and nothing for `None`."""
    return _line(
        [
            '"' + cell.replace('"', '""') + '"' if isinstance(cell, str) else "" if cell is None else str(cell)
            for cell in cells
        ]
    )


def _line(shown: list[str]) -> str:
    return ",".join(shown) + "\r\n"
