"""The blind spots as CSV, XLSX and GeoJSON: one row per service and municipality, with the evidence in words."""

from __future__ import annotations

import csv
import io
import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from schakel.analyses.stored import GridCell
from schakel.core.access.blindspots import State
from schakel.core.model import Municipality
from schakel.exports.about import About
from schakel.exports.cells import neutralise
from schakel.exports.columns import Column
from schakel.wording import blindspots as said
from schakel.wording import words

BLIND_SPOT_COLUMNS: tuple[Column, ...] = (
    Column("service", "Code van de dienst."),
    Column("service_name", "Naam van de dienst."),
    Column("theme", "Code van het thema."),
    Column("municipality", "NIS-code; leeg: één antwoord voor de hele regio, het werk gaat naar de uitvoerder."),
    Column("municipality_name", "Naam van de gemeente."),
    Column("state", "no_data, absent, thin, unknown of served; in die volgorde beslist."),
    Column("state_words", "Hetzelfde in woorden."),
    Column("suspected", "yes: er is helemaal niets bekend, dus na te vragen."),
    Column("rank", "Volgorde waarin navragen het meest leert; leeg: niet na te vragen."),
    Column("certainty", "high, middle of low."),
    Column("dated", "Datum van het bewijs dat besliste; leeg: geen bron toont er een."),
    Column("doubts", "Wat de zekerheid verlaagt, in woorden."),
    Column("reached_by", "Wie hier komt of dichtbij is."),
    Column("searched", "Wie zocht en niets vond, hoe en wanneer."),
    Column("peers", "Hoeveel vergelijkbare gemeenten het wel hebben."),
    Column("nearest", "Wie het het dichtst bij heeft, met de afstand in vogelvlucht."),
    Column("run", "Nummer van de analyse."),
    Column("synthetic", "yes: verzonnen gegevens."),
    Column("region", "De regio."),
    Column("licence", "Onder welke voorwaarden je deze gegevens mag gebruiken."),
)


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell to write, with the state for the chosen customer."""

    cell: GridCell
    place: Municipality | None
    state: State
    suspected: bool


def blind_spots_csv(rows: Iterable[CellRow], about: About, *, run: int) -> bytes:
    """UTF-8 with a byte order mark, comma, double quotes, CRLF; text is made safe for spreadsheets."""
    buffer = io.StringIO(newline="")
    write = csv.writer(buffer).writerow
    write([column.name for column in BLIND_SPOT_COLUMNS])
    with override("nl"):
        for row in rows:
            write([neutralise(cell) if isinstance(cell, str) else cell for cell in _cells(row, about, run)])
    return BOM_UTF8 + buffer.getvalue().encode()


def blind_spots_xlsx(rows: Iterable[CellRow], about: About, *, run: int) -> bytes:
    """A workbook with the rows and a sheet that says what they are."""
    import xlsxwriter  # only here: most requests never make a workbook

    out = io.BytesIO()
    with override("nl"), xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        sheet, information = book.add_worksheet("Blinde vlekken"), book.add_worksheet("Over deze gegevens")
        for column, head in enumerate(BLIND_SPOT_COLUMNS):
            sheet.write_string(0, column, head.name, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(_cells(row, about, run)):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, len(BLIND_SPOT_COLUMNS) - 1, 18)
        facts = [
            ("Regio", about.region),
            ("Licentie", about.licence),
            ("Analyse", str(run)),
            ("Berekend op", about.made_at.isoformat(timespec="seconds")),
            ("Verzonnen gegevens", about.warning or "nee"),
            ("Adres", f"{about.base_url}/blinde-vlekken"),
        ]
        for number, (name, text) in enumerate([*facts, *((one.name, one.meaning) for one in BLIND_SPOT_COLUMNS)]):
            information.write_string(number, 0, name, bold)
            information.write_string(number, 1, text)
        information.set_column(0, 1, 40)
    return out.getvalue()


def blind_spots_geojson(
    rows: Sequence[CellRow], municipalities: Sequence[Municipality], about: About, *, run: int
) -> bytes:
    """One feature per municipality, at its point, with the state of every service; the region's own services beside."""
    by_place: dict[str, dict[str, Any]] = {}
    region: dict[str, Any] = {}
    for row in rows:
        answer = {"state": row.state.value, "suspected": row.suspected, "certainty": row.cell.certainty.value}
        (region if row.place is None else by_place.setdefault(row.place.nis_code, {}))[row.cell.code] = answer
    features = [
        {
            "type": "Feature",
            "id": place.nis_code,
            "geometry": None
            if place.point is None
            else {"type": "Point", "coordinates": [place.point.lon, place.point.lat]},
            "properties": {"nis_code": place.nis_code, "name": place.name, "services": by_place[place.nis_code]},
        }
        for place in municipalities
        if place.nis_code in by_place
    ]
    metadata = {
        "region": about.region,
        "licence": about.licence,
        "synthetic": about.synthetic,
        "run": run,
        "made_at": about.made_at.isoformat(timespec="seconds"),
        "url": f"{about.base_url}/blinde-vlekken",
        "whole_region": region,
    }
    content = {"type": "FeatureCollection", "metadata": metadata, "features": features}
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode()


def _cells(row: CellRow, about: About, run: int) -> tuple[str | int | None, ...]:
    cell, place = row.cell, row.place
    unnamed = cell.counted["reached_by"] - len(cell.reached_by)
    more = [f"en nog {unnamed}"] if unnamed else []
    return (
        cell.code,
        words.service_label(cell.code),
        words.theme_of(cell.code),
        place.nis_code if place else None,
        place.name if place else "De hele regio",
        row.state.value,
        said.state_words(row.state, row.suspected),
        "yes" if row.suspected else "no",
        cell.peers.rank if cell.peers else None,
        cell.certainty.value,
        cell.dated,
        " ".join(words.word(said.DOUBTS, doubt) for doubt in cell.doubts),
        " | ".join([*dict.fromkeys(f"{reach.name}: {said.reach_words(reach)}" for reach in cell.reached_by), *more]),
        said.searched_words(cell.searched) if cell.searched else None,
        said.peers_words(cell.peers) if cell.peers else None,
        " | ".join(f"{one.name}: {said.nearest_words(one)}" for one in cell.nearest),
        run,
        "yes" if about.synthetic else "no",
        about.region,
        about.licence,
    )
