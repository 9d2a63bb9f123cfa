"""The workbook, read back by a reader that is not ours."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
import python_calamine

from schakel.core.errors import InvalidInput
from schakel.exports import COLUMNS, About, Table, export_xlsx, iter_rows, xlsx_file
from schakel.register import read
from tests.exports.conftest import NASTY

pytestmark = pytest.mark.slow


def workbook(about: About, slugs: list[str] | None = None) -> bytes:
    out = io.BytesIO()
    export_xlsx(lambda table: iter_rows(table, about, slugs), out, about)
    return out.getvalue()


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_workbook_equals_the_register(about: About) -> None:
    found = sheets(workbook(about))
    assert list(found) == [
        "Organisaties", "Over deze gegevens", "Aanbod", "Vestigingen", "Erkenningen", "Tewerkstelling",
    ]  # fmt: skip
    for kind, name in zip(Table, [name for name in found if name != "Over deze gegevens"], strict=True):
        assert found[name][0] == [column.name for column in COLUMNS[kind]]
        expected = list(iter_rows(kind, about))
        assert found[name][1:] == [["" if cell is None else cell for cell in row] for row in expected]


def test_second_sheet_says_what_the_file_is(about: About) -> None:
    rows = sheets(workbook(about))["Over deze gegevens"]
    said = {row[0]: row[1] for row in rows if row[0]}
    assert said["Regio"] == "Voorbeeldstreek"
    assert said["Licentie"] == "CC0"
    assert said["Gemaakt op"] == "2026-11-23T12:00:00+00:00"
    assert said["Laatste keer geladen (nummer)"] == str(read.list_runs(1)[0].id)
    assert said["Verzonnen gegevens"].startswith("Verzonnen gegevens")
    assert {column.name for columns in COLUMNS.values() for column in columns} <= said.keys()


def test_text_stays_text(nasty_about: About) -> None:
    content = workbook(nasty_about)
    rows = sheets(content)["Organisaties"]
    names = [row[1] for row in rows[1:]]
    assert names == [record.name for record in read.iter_organisations()]
    assert len(names) == len(NASTY)
    assert {row[4] for row in rows[1:]} == {"0407.766.422"}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            written = book.read(name).decode()
            assert not re.search("<f>|<hyperlink", written), name


def test_empty_selection_is_a_workbook_with_heads(about: About) -> None:
    found = sheets(workbook(about, []))
    assert [len(rows) for name, rows in found.items() if name != "Over deze gegevens"] == [1] * len(Table)


def test_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    for text in ("x" * 40_000, "🚲" * 20_000):
        cut = xlsx_file._fitting(text)
        assert len(cut.encode("utf-16-le")) // 2 <= xlsx_file.LONGEST_CELL
        assert "ingekort" in cut
    assert xlsx_file._fitting("🚲" * 16_000) == "🚲" * 16_000


def test_more_rows_than_a_sheet_holds_is_refused(about: About, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 3)
    with pytest.raises(InvalidInput, match="kleiner deel"):
        workbook(about)
