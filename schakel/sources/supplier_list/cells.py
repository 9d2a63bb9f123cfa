"""From the bytes of a spreadsheet to rows of cells: CSV in the encodings that occur, and XLSX, each within bounds."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from schakel.core.errors import InvalidInput

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
Rows: TypeAlias = Sequence[Sequence[Cell]]

MOST_BYTES = 10 * 1024**2
MOST_ROWS = 200_000
SEPARATORS = ";,\t|"
_BESIDE = 1_000  # rows above the head and totals below
_UNPACKED = 250 * 1024**2  # bytes of a workbook once unpacked
_AREA = 8_000_000  # cells of the rectangle that holds everything: the reader keeps all of them
_PLACE = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_DISGUISED = re.compile(rb"""\sr=["']&""")  # a place written with character references, to get past this check
_PART = 1024**2

_SAVE_AS = "Bewaar het opnieuw als Excel-werkmap (.xlsx) of als CSV UTF-8."


def read_rows(data: bytes, judge: Callable[[Rows], int]) -> Rows:
    """The rows of a CSV file or of one sheet of a workbook; empty rows stay, so that places are those of the file.

    `judge` says how much like a list of suppliers some rows are: it chooses the separator, and the sheet. Raises
    InvalidInput for what is no such file, is damaged, or is too large.
    """
    if len(data) > MOST_BYTES:
        raise InvalidInput(f"Het bestand is te groot: hoogstens {MOST_BYTES // 1024**2} MB. {_split()}")
    if not data.strip(b"\0 \t\r\n"):
        raise InvalidInput("Het bestand is leeg. Kies het bestand met je leveranciers.")
    if data.startswith(b"PK"):
        candidates = _read_workbook(data)
    elif data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8", b"GIF8", b"{\\rtf")):
        raise InvalidInput(f"Dit is geen lijst die we kunnen lezen. {_SAVE_AS}")
    else:
        candidates = _read_csv(decode(data))
    best = max(candidates, key=judge)  # of equals the first
    if len(best) > MOST_ROWS + _BESIDE:
        raise InvalidInput(f"De lijst heeft meer dan {_thousands(MOST_ROWS)} rijen. {_split()}")
    return best


def decode(data: bytes) -> str:
    """Text: UTF-16 with a mark (or plainly so without one), UTF-8 with or without a mark, else Windows-1252.

    Raises InvalidInput for what is no text.
    """
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if marked else _without_mark(data[:200])
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace") if encoding == "utf-8-sig" else "\0"
    if "\0" in text:
        raise InvalidInput(f"Dit is geen tekst die we kunnen lezen. {_SAVE_AS}")
    return text


def _without_mark(start: bytes) -> str:
    """Plain letters in UTF-16 have a zero byte on every other place, always the same one."""
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if 2 * zeros.count(0) > len(zeros) > 0 and start.count(0) == zeros.count(0):
            return encoding
    return "utf-8-sig"


def _read_csv(text: str) -> list[Rows]:
    """The text split by each separator that it has."""
    said = re.match(r"sep=(.)\r?\n", text)  # a spreadsheet's own first line
    separators = said[1] if said and said[1] in SEPARATORS else SEPARATORS
    found: list[Rows] = []
    refused = ""
    for separator in separators:
        if separator in text:
            try:
                found.append(_split_rows(text, separator))
            except csv.Error as error:
                refused = str(error)
    if not found and refused:
        raise InvalidInput(f"Een aanhalingsteken in het bestand sluit niet, of een vak is veel te lang. {_SAVE_AS}")
    return found or [[[line] for line in text.splitlines()]]


def _split_rows(text: str, separator: str) -> Rows:
    rows: list[Sequence[Cell]] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        rows.append(row)
        if len(rows) > MOST_ROWS + _BESIDE:
            break  # refused by whoever asked
    return rows


def _read_workbook(data: bytes) -> list[Rows]:
    _check_workbook(data)
    from python_calamine import CalamineError, CalamineWorkbook  # only here: most requests read no spreadsheet

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(one.name) for one in book.sheets_metadata if "WorkSheet" in str(one.typ)]
        return [sheet.to_python(skip_empty_area=False) for sheet in sheets] or [[]]
    except (CalamineError, ValueError, OSError) as error:
        raise InvalidInput(f"De Excel-werkmap is beschadigd. {_SAVE_AS}") from error


def _check_workbook(data: bytes) -> None:
    """Refuse what is no workbook, or would need far more memory than it is large, before anything unpacks it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise InvalidInput(f"Dit is geen Excel-werkmap. {_SAVE_AS}")
            if any(part.flag_bits & 1 for part in parts):
                raise InvalidInput("De Excel-werkmap heeft een wachtwoord. Haal het eraf.")
            left = _UNPACKED
            for part in parts:
                left = _check_part(archive, part, left)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise InvalidInput(f"De Excel-werkmap is beschadigd. {_SAVE_AS}") from error


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Unpack a part piece by piece, keeping nothing: what it says of its own length may be a lie."""
    import zlib

    sheet = part.filename.startswith("xl/worksheets/")
    rows = columns = 0
    before = b""
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PART):
                left -= len(piece)
                if left < 0:
                    raise InvalidInput(f"De Excel-werkmap wordt uitgepakt te groot. {_split()}")
                if sheet:
                    text = before + piece
                    before = text[-32:]
                    places = [(b"ZZZ", b"9999999")] if _DISGUISED.search(text) else set(_PLACE.findall(text))
                    for letters, digits in places:
                        rows, columns = max(rows, int(digits)), max(columns, _column(letters))
                    if rows * columns > _AREA or rows > MOST_ROWS + _BESIDE:
                        raise InvalidInput(
                            "Een blad van de Excel-werkmap is te groot: er staat iets in rij "
                            f"{_thousands(rows)} of ver naar rechts. Kopieer de lijst naar een nieuw blad. {_split()}"
                        )
    except zlib.error as error:
        raise InvalidInput(f"De Excel-werkmap is beschadigd. {_SAVE_AS}") from error
    return left


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _split() -> str:
    return f"Hoogstens {_thousands(MOST_ROWS)} rijen kunnen in één keer: laad een jaar of een deel apart op."
