"""The files that anyone can fetch: their names, what they hold, and how each is written, piece by piece."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from schakel.exports.about import About
from schakel.exports.columns import Table
from schakel.exports.csv_file import export_csv
from schakel.exports.geojson_file import export_geojson
from schakel.exports.linked_data import export_jsonld
from schakel.exports.tables import iter_rows
from schakel.exports.vocabulary import OSLO_ORGANISATION
from schakel.exports.xlsx_file import export_xlsx
from schakel.register import read

FOLDER = "/open-data/"
PORTION = 64 * 1024  # bytes of a workbook handed on at a time
_CSV_STANDARD = "https://www.rfc-editor.org/rfc/rfc4180"

Slugs: TypeAlias = Sequence[str] | None  # None: the whole register
Writer: TypeAlias = Callable[[Slugs, About], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Download:
    """One file to fetch: `name` in the folder `/open-data/`, `file_type` a code of the EU's list of file types.

    `write` makes it, of the whole register or of the organisations whose slugs are given.
    """

    name: str
    title: str
    description: str
    file_type: str
    media_type: str
    write: Writer
    conforms_to: str = ""

    @property
    def path(self) -> str:
        """The address on this site."""
        return FOLDER + self.name


def _workbook(slugs: Slugs, about: About) -> Iterator[bytes]:
    """A workbook is written to a file first: its table of contents stands at the end."""
    with tempfile.TemporaryFile() as out:
        export_xlsx(lambda table: iter_rows(table, about, slugs), out, about)
        out.seek(0)
        while piece := out.read(PORTION):
            yield piece


def _csv(table: Table, slugs: Slugs, about: About) -> Iterator[bytes]:
    return export_csv(table, iter_rows(table, about, slugs))


def _table(name: str, title: str, description: str, table: Table) -> Download:
    return Download(
        f"{name}.csv",
        f"{title} (CSV)",
        description,
        "CSV",
        "text/csv",
        partial(_csv, table),
        _CSV_STANDARD,
    )


DOWNLOADS = (
    _table(
        "organisaties", "Organisaties", "Eén rij per organisatie, met bron, datum en toestand.", Table.ORGANISATIONS
    ),
    _table(
        "aanbod",
        "Aanbod",
        "Eén rij per dienst die een organisatie aanbiedt, met werkgebied en hoe dat gekend is.",
        Table.OFFERS,
    ),
    _table(
        "vestigingen",
        "Vestigingen",
        "Eén rij per vestiging, met adres, punt en openingsuren.",
        Table.ESTABLISHMENTS,
    ),
    _table(
        "erkenningen",
        "Erkenningen",
        "Eén rij per erkenning, met van wanneer tot wanneer.",
        Table.RECOGNITIONS,
    ),
    _table(
        "tewerkstelling",
        "Tewerkstelling",
        "Eén rij per organisatie en jaar waarvan cijfers bekend zijn.",
        Table.EMPLOYMENT,
    ),
    Download(
        "register.xlsx",
        "Alle tabellen in een werkmap (Excel)",
        "Een werkmap met elke tabel op een blad, en een blad dat de gegevens uitlegt.",
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _workbook,
    ),
    Download(
        "register.geojson",
        "Vestigingen op de kaart (GeoJSON)",
        "Eén punt per vestiging die vandaag open is; wat niet meer bestaat, heeft geen plaats.",
        "GEOJSON",
        "application/geo+json",
        lambda slugs, about: export_geojson(read.iter_organisations(slugs), about),
        "https://www.rfc-editor.org/rfc/rfc7946",
    ),
    Download(
        "register.jsonld",
        "Register als linked data (JSON-LD)",
        "Organisaties volgens OSLO Organisatie en schema.org, met herkomst per veld.",
        "JSON_LD",
        "application/ld+json",
        lambda slugs, about: export_jsonld(read.iter_organisations(slugs), about),
        OSLO_ORGANISATION,
    ),
)


def find_download(name: str) -> Download | None:
    """The file with this name; None when there is none."""
    return next((download for download in DOWNLOADS if download.name == name), None)
