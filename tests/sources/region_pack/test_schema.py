"""The declared columns against the handbook and against what the register can keep."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CharField

from schakel.sources.region_pack.schema import AREA_RULES, GOALS, LAWS, POPULATION, ROLES, TABLES

HANDBOOK = Path(__file__).resolve().parents[3] / "docs" / "handbook" / "regiopakket.md"
SOURCE_COLUMNS = {"source_url", "source_date", "remarks", "verified"}


def _documented() -> dict[str, tuple[list[str], set[str]]]:
    """File -> its columns in order, and those in bold, from the handbook's table."""
    text = HANDBOOK.read_text(encoding="utf-8")
    found = {}
    for file, cell in re.findall(r"^\| `([a-z_]+\.csv)` \| (.+?) \|$", text, flags=re.MULTILINE):
        plain = re.sub(r"\([^)]*\)", "", cell.split(", en per bekend jaar")[0]).split("; ")[0]
        names = [name.strip() for name in plain.split(",")]
        found[file] = [name.strip("*") for name in names], {name.strip("*") for name in names if name.startswith("**")}
    return found


def test_handbook_names_exactly_these_files_columns_and_required_ones() -> None:
    documented = _documented()
    assert set(documented) == {table.file for table in TABLES.values()}
    for table in TABLES.values():
        names, required = documented[table.file]
        assert names == [column.name for column in table.own_columns], table.file
        assert required == {column.name for column in table.own_columns if column.required}, table.file


def test_handbook_says_which_files_must_be_there_and_where_a_source_may_be_left_out() -> None:
    text = HANDBOOK.read_text(encoding="utf-8")
    sentence = re.search(r"^(.*) moeten er zijn; elk ander bestand mag ontbreken", text, flags=re.MULTILINE)
    assert sentence is not None
    named = set(re.findall(r"`([a-z_]+\.csv)`", sentence[1]))
    assert named == {table.file for table in TABLES.values() if table.required}
    without = {file for file, cell in re.findall(r"`([a-z_]+\.csv)` \| (.+)", text) if "`source_url` mag" in cell}
    assert without == {table.file for table in TABLES.values() if not table.source_required}


def test_handbook_lists_the_codes() -> None:
    text = HANDBOOK.read_text(encoding="utf-8")
    for code in (*LAWS, *ROLES, *GOALS, *AREA_RULES, *SOURCE_COLUMNS):
        assert f"`{code}`" in text, code


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_is_a_field_of_its_row(table: object) -> None:
    spec = next(candidate for candidate in TABLES.values() if candidate is table)
    fields = {field.name for field in dataclasses.fields(spec.row)} - {"population"}
    assert fields == set(spec.columns)
    assert fields >= SOURCE_COLUMNS


MODELS = {
    "municipalities": "Municipality",
    "localities": "Locality",
    "clusters": "Cluster",
    "cluster_members": "ClusterMember",
    "organisations": "Organisation",
    "establishments": "Establishment",
    "recognitions": "Recognition",
    "offers": "Offer",
    "negative_statements": "NegativeStatement",
    "tasks": "Task",
    "partners": "Partner",
    "initiatives": "Initiative",
    "municipal_figures": "MunicipalFigure",
}


@pytest.mark.parametrize("name", MODELS)
def test_no_text_is_longer_than_the_register_keeps(name: str) -> None:
    """Where the register limits a text, the pack says so before loading; PostgreSQL would stop half-way."""
    fields = {field.name: field for field in apps.get_model("register", MODELS[name])._meta.get_fields()}
    fixed_form = {"nis_code", "postal_code", "ondernemingsnummer", "vestigingseenheidsnummer"}
    for column in TABLES[name].columns.values():
        field = fields.get(column.name)
        dated = column.name.endswith(("_date", "_from", "_until", "_on")) or column.name in ("since", "until")
        if not isinstance(field, CharField) or column.name in fixed_form or dated:
            continue
        assert column.max_length is not None, column.name
        assert field.max_length is not None
        assert column.max_length <= field.max_length, column.name


def test_population_column_names_its_year() -> None:
    assert POPULATION.fullmatch("population_2025")
    assert not POPULATION.fullmatch("population_25")
