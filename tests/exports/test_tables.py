"""The flat tables: the same rows as the records that pages read, whatever stands in the register."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test.utils import CaptureQueriesContext

from schakel.core.model import Kind, LifeStatus
from schakel.exports import COLUMNS, About, Table, describe_export, iter_rows
from schakel.register import read
from schakel.register.write import merge_organisations
from schakel.sources.region_pack.model import OrganisationRow
from tests.exports.conftest import BASE, MADE
from tests.exports.rows_twin import rows_of
from tests.register.packs import load, small_pack, sourced

TWINS = (Table.ORGANISATIONS, Table.OFFERS)


def twin(table: Table, about: About, slugs: list[str] | None = None) -> Iterator[list[str | int | float | None]]:
    for record in read.iter_organisations(slugs):
        yield from rows_of(table, record, about)


@pytest.mark.parametrize("table", TWINS)
def test_rows_equal_those_of_the_records(about: About, table: Table) -> None:
    rows = list(iter_rows(table, about))
    assert rows
    assert rows == list(twin(table, about))
    assert list(iter_rows(table, about, ["oud", "fiets"])) == list(twin(table, about, ["oud", "fiets"]))


@pytest.mark.parametrize("table", TWINS)
def test_rows_equal_those_of_the_records_with_the_worst_of_texts(nasty_about: About, table: Table) -> None:
    assert list(iter_rows(table, nasty_about)) == list(twin(table, nasty_about))


@pytest.mark.parametrize("table", TWINS)
def test_rows_equal_those_of_the_records_after_a_merge(about: About, table: Table) -> None:
    merge_organisations("fiets", "oud", reason="dezelfde", author=None)
    about = describe_export(BASE, now=MADE)
    assert list(iter_rows(table, about)) == list(twin(table, about))


def test_every_row_has_a_cell_for_each_column(nasty_about: About) -> None:
    for table in Table:
        for row in iter_rows(table, nasty_about):
            assert len(row) == len(COLUMNS[table])


def cells(table: Table, about: About, key: str, column: str) -> dict[str, dict[str, str | int | float | None]]:
    names = [one.name for one in COLUMNS[table]]
    rows = [dict(zip(names, row, strict=True)) for row in iter_rows(table, about)]
    return {str(row[key]): row for row in rows if row[column] is not None}


def test_every_establishment_recognition_and_year_is_a_row(about: About) -> None:
    records = list(read.iter_organisations())
    places = cells(Table.ESTABLISHMENTS, about, "key", "key")
    assert {place.key: place.status.value for record in records for place in record.establishments} == {
        key: row["status"] for key, row in places.items()
    }
    seat = next(row for row in places.values() if row["is_seat"] == "yes")
    assert (seat["street"], seat["municipality"], seat["point_precision"]) == ("Voorbeeldstraat", "Ronse", "address")
    recognitions = cells(Table.RECOGNITIONS, about, "key", "key")
    assert {one.key for record in records for one in record.recognitions} == set(recognitions)
    assert {row["law_words"] for row in recognitions.values()} == {"Collectief maatwerk"}
    years = list(iter_rows(Table.EMPLOYMENT, about))
    assert len(years) == sum(len(record.employment) for record in records)
    newest = cells(Table.EMPLOYMENT, about, "year", "fte")["2024"]
    assert (newest["organisation"], newest["fte"], newest["headcount"]) == ("fiets", 41.5, 48)
    assert newest["employment_known"] == "exact"


def test_recognition_is_never_livelier_than_its_organisation(about: About) -> None:
    for row in cells(Table.RECOGNITIONS, about, "key", "key").values():
        if row["organisation_status"] == LifeStatus.CLOSED:
            assert row["status"] == LifeStatus.CLOSED


@pytest.mark.slow
def test_queries_do_not_grow_with_the_number_of_organisations(
    db: None, django_assert_max_num_queries: CaptureQueriesContext
) -> None:
    many = tuple(
        OrganisationRow(**sourced(slug=f"voorbeeld-{number}", name=f"Voorbeeld {number}", kinds=(Kind.COOPERATIVE,)))
        for number in range(40)
    )
    empty = dict.fromkeys(("establishments", "recognitions", "offers", "employment", "tasks", "initiatives"), ())
    load(small_pack(organisations=many, **empty))
    about = describe_export(BASE, now=MADE)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert sum(1 for _ in iter_rows(Table.ORGANISATIONS, about)) == 40
