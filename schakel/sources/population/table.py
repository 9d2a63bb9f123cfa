"""A table of inhabitants: Statbel's OPENDATA_SECTOREN in its encodings and spellings, or a plain CSV.

Statbel separates with `|`; its file of 2022 is UTF-8 with a mark, that of 2025 is Windows-1252 with decimal commas, and
the column with the area is spelt in more than one way.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schakel.core.model import Fault

# what a column is called, in capitals, by what it holds
CODE = ("CD_SECTOR", "CODE", "SECTOR_CODE", "NEIGHBOURHOOD_CODE")
NIS = ("CD_REFNIS", "CD_MUNTY_REFNIS", "NIS_CODE", "REFNIS", "NISCODE")
PEOPLE = ("TOTAL", "POPULATION", "INWONERS", "BEVOLKING", "MS_POPULATION")
NAME = ("TX_DESCR_SECTOR_NL", "TX_SECTOR_DESCR_NL", "NAME_NL", "NAME", "NAAM", "TX_DESCR_SECTOR_FR")
YEAR = ("YEAR", "JAAR")
LAT, LON = ("LAT", "LATITUDE"), ("LON", "LNG", "LONGITUDE")
MOST = 20_000_000  # inhabitants of one row: more is a mistake


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """One row: a code with its inhabitants; what the table does not tell is None."""

    row: int
    code: str
    name: str
    nis_code: str | None
    people: float
    year: int | None
    point: tuple[float, float] | None  # latitude, longitude


def decode(data: bytes) -> str:
    """UTF-8 with or without a mark, else Windows-1252, which is what Statbel also uses."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_cells(data: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header in capitals, and the rows with their number; empty rows are left out but counted."""
    text = decode(data)
    first = text.split("\n", 1)[0]
    separator = max("|;\t,", key=first.count)
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    header = [" ".join(cell.upper().split()) for cell in table[0]] if table else []
    rows = [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(table[1:], start=2)]
    return header, [(number, cells) for number, cells in rows if any(cells)]


def find(header: Sequence[str], names: Sequence[str]) -> int | None:
    """The column that bears one of these names, the first name first."""
    return next((header.index(name) for name in names if name in header), None)


def read_table(name: str, data: bytes) -> tuple[tuple[PopulationRow, ...], tuple[Fault, ...]]:
    """The rows of a table, and what is wrong with it. With several years in it, each code keeps its last year."""
    try:
        header, cells = read_cells(data)
    except csv.Error as error:
        return (), (Fault(name, None, None, str(error), "een CSV-bestand, of de tabel OPENDATA_SECTOREN van Statbel"),)
    places = {key: find(header, names) for key, names in _COLUMNS.items()}
    if places["code"] is None:
        places["code"] = places["nis"]
    if places["code"] is None or places["people"] is None:
        wanted = f"een kolom {' of '.join(CODE[:2])} (of {NIS[0]}) en een kolom {' of '.join(PEOPLE[:3])}"
        return (), (Fault(name, 1, None, ", ".join(header)[:200], wanted),)
    rows: dict[tuple[str, int | None], PopulationRow] = {}
    faults: list[Fault] = []
    for number, row in cells:
        if len(row) != len(header):
            faults.append(
                Fault(name, number, None, f"{len(row)} vakken", f"{len(header)} vakken, zoals in de kopregel")
            )
            continue
        found = _row(name, number, row, places, faults)
        if found is None:
            continue
        if (found.code, found.year) in rows:
            expected = f"elke code één keer; ze staat al op rij {rows[found.code, found.year].row}"
            faults.append(Fault(name, number, header[places["code"]], found.code, expected))
        rows[found.code, found.year] = found
    if not rows and not faults:
        faults.append(Fault(name, None, None, "een tabel zonder rijen", "minstens één rij met inwoners"))
    latest: dict[str, PopulationRow] = {}
    for found in sorted(rows.values(), key=lambda row: row.year or 0):
        latest[found.code] = found
    return tuple(latest.values()), tuple(faults)


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": CODE, "nis": NIS, "people": PEOPLE, "name": NAME, "year": YEAR, "lat": LAT, "lon": LON,
}  # fmt: skip


def _row(
    file: str, number: int, cells: Sequence[str], places: Mapping[str, int | None], faults: list[Fault]
) -> PopulationRow | None:
    def cell(key: str) -> str:
        place = places[key]
        return "" if place is None else cells[place]

    code, nis = cell("code"), cell("nis")
    people = number_of(cell("people"))
    wrong = [
        (cell("people"), "inwoners: een getal van 0 of meer, zonder punten tussen de duizenden", people is None
         or not 0 <= people <= MOST),
        (code, "een code", not code),
        (nis, "een NIS-code van vijf cijfers", bool(nis) and not re.fullmatch(r"\d{5}", nis)),
        (cell("year"), "een jaartal van vier cijfers", bool(cell("year")) and not re.fullmatch(r"\d{4}", cell("year"))),
    ]  # fmt: skip
    point, astray = _point(cell("lat"), cell("lon"))
    wrong.append((f"{cell('lat')} {cell('lon')}", "een plaats in graden (WGS84), zoals 50.94 en 4.04", astray))
    said = [Fault(file, number, None, found, expected) for found, expected, is_wrong in wrong if is_wrong]
    faults.extend(said)
    if said or people is None:
        return None
    year = int(cell("year")) if cell("year") else None
    return PopulationRow(number, code, cell("name"), nis or None, people, year, point)


def number_of(text: str) -> float | None:
    """A number with a decimal point or comma; None when it is no number."""
    plain = text.replace(",", ".")
    return float(plain) if re.fullmatch(r"-?\d{1,12}(\.\d{1,12})?", plain) else None


def _point(lat: str, lon: str) -> tuple[tuple[float, float] | None, bool]:
    """The point, and whether something stands there that is none."""
    if not lat and not lon:
        return None, False
    north, east = number_of(lat), number_of(lon)
    if north is None or east is None or not on_earth(north, east):
        return None, True
    return (north, east), False


def on_earth(lat: float, lon: float) -> bool:
    """Whether these are degrees within a box around Belgium and its neighbours."""
    return math.isfinite(lat) and math.isfinite(lon) and 45 <= lat <= 56 and -2 <= lon <= 12
