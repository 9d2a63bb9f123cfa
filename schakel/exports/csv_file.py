"""The register as CSV: UTF-8 with a byte order mark, comma, every text in double quotes, CRLF (RFC 4180).

The mark is there because a spreadsheet otherwise reads "é" as two signs; programs that read `utf-8-sig` do not see it.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from types import NoneType

from schakel.exports.cells import Cell, is_plain, neutralise
from schakel.exports.columns import COLUMNS, Table
from schakel.exports.tables import Row

PORTION = 128  # rows looked at together, and handed on


def export_csv(table: Table, rows: Iterable[Row]) -> Iterator[bytes]:
    """One of the tables as a CSV file, piece by piece; see `COLUMNS` for what the columns hold.

    Text is made safe for spreadsheets (`cells.neutralise`); `cells.restore` gives it back. No rows: a file with only
    the head. Memory does not grow with the number of rows.
    """
    rest = iter(rows)
    piece = BOM_UTF8 + csv_line([column.name for column in COLUMNS[table]]).encode()
    while portion := list(islice(rest, PORTION)):
        yield piece + safe_lines(portion).encode()
        piece = b""
    if piece:
        yield piece


def safe_lines(rows: Sequence[Sequence[Cell]]) -> str:
    """Rows as lines whose texts are safe for spreadsheets.

    Column by column: texts of one column are alike and many of them the same, so that one look at the different ones
    nearly always tells that there is nothing to double and nothing to make safe.
    """
    columns = [_safe(column) for column in zip(*rows, strict=True)]
    return "".join([_shape(tuple(map(type, row))) % row for row in zip(*columns, strict=True)])


def csv_line(cells: Sequence[Cell]) -> str:
    """What `csv.writer` writes with QUOTE_NONNUMERIC and nothing for `None`."""
    return _shape(tuple(map(type, cells))) % tuple(_doubled(cells))


def _safe(column: Sequence[Cell]) -> Sequence[Cell]:
    """A column as it may stand between double quotes."""
    if is_plain([cell for cell in set(column) if isinstance(cell, str)]):
        return column
    return _doubled([neutralise(cell) if isinstance(cell, str) else cell for cell in column])


def _doubled(cells: Sequence[Cell]) -> list[Cell]:
    return [cell.replace('"', '""') if isinstance(cell, str) else cell for cell in cells]


@lru_cache(maxsize=4096)
def _shape(types: tuple[type, ...]) -> str:
    """A line for cells of these types, to be filled with `%`: texts between double quotes, of `None` no character."""
    return (
        ",".join(["%.0s" if kind is NoneType else '"%s"' if issubclass(kind, str) else "%s" for kind in types]) + "\r\n"
    )
