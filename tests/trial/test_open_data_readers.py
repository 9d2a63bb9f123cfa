"""Our files opened by programs that are not ours: the workbook by LibreOffice, linked data by rdflib with shapes."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph
from rdflib.namespace import DCAT, ORG, RDF

from schakel.exports import (
    COLUMNS,
    About,
    Publisher,
    Table,
    catalogue_jsonld,
    describe_export,
    export_jsonld,
    export_xlsx,
    iter_rows,
    script_safe,
)
from schakel.ingest.load import load_region_pack
from schakel.operations.region import built_in_pack
from schakel.register import read
from tests.exports.conftest import BASE, MADE, nasty_about

__all__ = ["nasty_about"]
pytestmark = [
    pytest.mark.trial,
    pytest.mark.django_db,
    # rdflib's own reader still makes one
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
SHEETS = ("Organisaties", "Aanbod", "Vestigingen", "Erkenningen", "Tewerkstelling")
# Comma, double quote, UTF-8, from the first line, all text quoted, values and not as shown, no formulas, every sheet.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"
office = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="NOT CHECKED: LibreOffice is not here; install libreoffice-calc-nogui to open the workbook with it",
)


@pytest.fixture
def region(db: None) -> About:
    load_region_pack(built_in_pack())
    return describe_export(BASE, now=MADE)


def opened(about: About, folder: Path) -> dict[str, list[list[str]]]:
    """Every sheet of the workbook, as LibreOffice shows its values."""
    file = folder / "register.xlsx"
    with file.open("wb+") as out:
        export_xlsx(lambda table: iter_rows(table, about), out, about)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", AS_CSV, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {
        name: list(csv.reader(io.StringIO((folder / f"register-{name}.csv").read_text("utf-8"), newline="")))
        for name in SHEETS
    }


def plain(cell: object) -> str:
    """A cell as LibreOffice writes it: numbers to fifteen digits, one kind of line end."""
    text = "" if cell is None else f"{cell:.15g}" if isinstance(cell, int | float) else str(cell)
    return text.replace("\r\n", "\n")


def check(about: About, folder: Path) -> None:
    sheets = opened(about, folder)
    for table, name in zip(Table, SHEETS, strict=True):
        expected = [[column.name for column in COLUMNS[table]], *iter_rows(table, about)]
        assert sheets[name] == [[plain(cell) for cell in row] for row in expected], name


@office
def test_libreoffice_reads_every_cell_of_the_region(region: About, tmp_path: Path) -> None:
    check(region, tmp_path)


@office
def test_libreoffice_computes_nothing_of_what_looks_like_a_formula(nasty_about: About, tmp_path: Path) -> None:
    check(nasty_about, tmp_path)


def test_linked_data_of_the_region_fits_the_shapes(region: About) -> None:
    shapes = Graph().parse(Path(__file__).parents[1] / "exports" / "shapes.ttl")
    register = Graph().parse(data=b"".join(export_jsonld(read.iter_organisations(), region)), format="json-ld")
    publisher = Publisher("Voorbeelddienst", "https://dienst.example/")
    catalogue = Graph().parse(data=script_safe(catalogue_jsonld(region, publisher, modified=MADE)), format="json-ld")
    for graph in (register, catalogue):
        fits, _, why = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
        assert fits, why
    assert len(set(register.subjects(RDF.type, ORG.Organization))) == len(list(read.iter_organisations()))
    assert len(set(catalogue.subjects(RDF.type, DCAT.Distribution))) >= 8
