"""From the bytes of one CSV file to a header and rows of text, with what is wrong with the file as a whole."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field

from schakel.core.model import Fault

_SAVE_AS = "bewaar het bestand opnieuw als 'CSV UTF-8'"


@dataclass(slots=True)
class DecodedFile:
    """`rows` holds (row as in a spreadsheet, cells); the header is row 1. `readable` is False if no row makes sense."""

    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    readable: bool = False


def decode_text(name: str, data: bytes) -> tuple[str | None, list[Fault]]:
    """UTF-8 text, with or without byte order mark.

    Other text gives one fault with the first wrong byte; it is then read as Windows-1252, which is what it mostly is,
    so that the other faults of the file show at once. `None` if it is no such text at all.
    """
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        start = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)  # the error counts after the mark
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [Fault(name, None, None, "tekst in UTF-16", f"tekst in UTF-8; {_SAVE_AS}")]
    row = len(re.findall(rb"\r\n|\r|\n", data[:start])) + 1
    text = data.decode("cp1252", errors="replace")
    around = data[max(0, start - 12) : start + 12].decode("cp1252", errors="replace").strip()
    found = f"byte 0x{data[start]:02X} op plaats {start + 1}, bij “{around}”"
    return text, [Fault(name, row, None, found, f"tekst in UTF-8; {_SAVE_AS}")]


def decode_table(name: str, data: bytes) -> tuple[DecodedFile, list[Fault]]:
    """Read one CSV file. Rows that are wholly empty are left out but counted; a row of the wrong length is a fault."""
    text, faults = decode_text(name, data)
    decoded = DecodedFile()
    if text is None:
        return decoded, faults
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number == 1:
                decoded.header = [cell.strip() for cell in cells]
                separator = _wrong_separator(decoded.header)
                if separator is not None:
                    found = f"{separator} tussen de kolommen"
                    return decoded, [*faults, Fault(name, 1, None, found, f"komma's tussen de kolommen; {_SAVE_AS}")]
                decoded.readable = any(decoded.header)
                continue
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                decoded.rows.append((number, stripped))
    except csv.Error as error:
        expected = "vakken met dubbele aanhalingstekens errond die allemaal gesloten worden"
        faults.append(Fault(name, number + 1, None, _words(error), expected))
    if not decoded.readable and not faults:
        faults.append(Fault(name, 1, None, "een leeg bestand", "een kopregel met de namen van de kolommen"))
    for row, cells in decoded.rows if decoded.readable else ():
        if len(cells) != len(decoded.header):
            expected = f"{len(decoded.header)} vakken, zoals in de kopregel; een komma in tekst vraagt aanhalingstekens"
            faults.append(Fault(name, row, None, f"{len(cells)} vakken", expected))
    return decoded, faults


def _wrong_separator(header: list[str]) -> str | None:
    if len(header) == 1 and ";" in header[0]:
        return "puntkomma's"
    if len(header) == 1 and "\t" in header[0]:
        return "tabs"
    return None


def _words(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "een vak van meer dan 131.072 tekens; misschien sluit een aanhalingsteken niet"
    return "een aanhalingsteken dat niet klopt"
