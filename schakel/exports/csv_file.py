"""The register as CSV: UTF-8 with a byte order mark, comma, double quotes, CRLF (RFC 4180).

The mark is there because a spreadsheet otherwise reads "é" as two signs; programs that read `utf-8-sig` do not see it.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator

from schakel.core.model import OrganisationRecord
from schakel.exports.about import About
from schakel.exports.cells import neutralise
from schakel.exports.columns import COLUMNS, Table
from schakel.exports.tables import rows_of

PORTION = 64 * 1024  # characters kept before they are handed on


def export_csv(
    records: Iterable[OrganisationRecord], about: About, *, table: Table = Table.ORGANISATIONS
) -> Iterator[bytes]:
    """One of the two tables as a CSV file, piece by piece; see `COLUMNS` for what the columns hold.

    Text is made safe for spreadsheets (`cells.neutralise`); `cells.restore` gives it back. No records: a file with only
    the head. Memory does not grow with the number of records.
    """
    buffer = io.StringIO(newline="")
    write = csv.writer(buffer).writerow
    write([column.name for column in COLUMNS[table]])
    yield BOM_UTF8
    for record in records:
        for row in rows_of(table, record, about):
            write([neutralise(cell) if type(cell) is str else cell for cell in row])
        if buffer.tell() >= PORTION:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
