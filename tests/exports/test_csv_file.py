"""CSV: what is read back equals the register, and nothing that is gone looks open."""

from __future__ import annotations

import csv
import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schakel.core.model import FINDABLE, LifeStatus
from schakel.exports import COLUMNS, About, Table, export_csv, iter_rows
from schakel.exports.cells import restore
from schakel.exports.csv_file import csv_line
from schakel.register import read
from tests.exports.conftest import NASTY
from tests.register.packs import load, small_pack


def read_back(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def table(kind: Table, about: About, slugs: list[str] | None = None) -> list[dict[str, str]]:
    return read_back(b"".join(export_csv(kind, iter_rows(kind, about, slugs))))


def test_every_organisation_is_one_row_with_its_provenance(about: About) -> None:
    rows = {row["slug"]: row for row in table(Table.ORGANISATIONS, about)}
    assert list(rows) == ["fiets", "groen", "oud"]
    fiets = rows["fiets"]
    assert fiets["name"] == "Voorbeeld Fiets"
    assert fiets["ondernemingsnummer"] == "0407.766.422"
    assert fiets["previous_names"] == "Rijwiel@2019"
    assert fiets["kinds"] == "maatwerkbedrijf; kringloopcentrum"
    assert fiets["services"] == "bicycle_repair; second_hand_shop"
    assert (fiets["street"], fiets["municipality"], fiets["point_precision"]) == ("Voorbeeldstraat", "Ronse", "address")
    assert (fiets["fte"], fiets["headcount"], fiets["employment_year"]) == ("41.5", "48", "2024")
    assert fiets["employment_known"] == "exact"
    assert fiets["recognitions"] == "collectief_maatwerk (2019 - ?)"
    parts = {
        name: fiets[name].split(" | ") for name in ("source", "source_fields", "source_url", "source_date", "verified")
    }
    assert {len(values) for values in parts.values()} == {3}  # the organisation, its seat, and its employment
    assert set(parts["source_url"]) == {"https://voorbeeld.example/bron"}
    assert set(parts["source_date"]) == {"2026-09"}
    assert "name" in parts["source_fields"][0].split()
    assert "establishment.street" in parts["source_fields"][1].split()


def test_every_row_says_what_the_file_is(about: About) -> None:
    for kind in Table:
        for row in table(kind, about):
            assert row["region"] == "Voorbeeldstreek"
            assert row["licence"] == "CC0"
            assert row["exported_at"] == "2026-11-23T12:00:00+00:00"
            assert row["run"] == str(read.list_runs(1)[0].id)
            assert row["synthetic"] == "yes"


def test_unknown_is_empty_and_says_so(about: About) -> None:
    rows = {row["slug"]: row for row in table(Table.ORGANISATIONS, about)}
    groen = rows["groen"]
    assert (groen["fte"], groen["headcount"], groen["employment_known"]) == ("", "50", "minimum")
    assert groen["phone"] == groen["website"] == ""
    assert "no" in groen["verified"].split(" | ")


def test_nothing_known_is_not_zero(about: About) -> None:
    load(small_pack(employment=(), establishments=(), recognitions=()))
    row = table(Table.ORGANISATIONS, about, ["groen"])[0]
    assert (row["fte"], row["employment_known"]) == ("", "unknown")
    assert (row["lat"], row["point_precision"], row["establishments"]) == ("", "unknown", "0")


def test_every_offer_is_one_row_that_says_how_its_area_is_known(about: About) -> None:
    rows = {row["key"]: row for row in table(Table.OFFERS, about)}
    assert set(rows) == {"fiets/herstel", "fiets/kringwinkel", "groen/onderhoud", "oud/strijk"}
    herstel, onderhoud = rows["fiets/herstel"], rows["groen/onderhoud"]
    assert (herstel["area_nis_codes"], herstel["area_municipalities"]) == ("45041", "Ronse")
    assert herstel["area_knowledge"] == "stated"
    assert (onderhoud["area_knowledge"], onderhoud["area_nis_codes"]) == ("assumed", "45041; 45064")
    assert (onderhoud["capacity_amount"], onderhoud["capacity_unit"]) == ("12.5", "dagen per maand")
    assert herstel["capacity_amount"] == ""
    assert herstel["service_name"]
    assert herstel["theme"] == "mobility"
    assert rows["fiets/kringwinkel"]["verified"] == "no"


def test_what_is_closed_is_labelled_closed_and_offers_nothing(about: About) -> None:
    row = table(Table.ORGANISATIONS, about, ["oud"])[0]
    assert (row["status"], row["status_words"], row["status_date"]) == ("closed", "Gestopt", "2020")
    assert row["succeeded_by"] == "fiets"
    assert row["services"] == ""
    assert row["establishments"] == "0"
    offer = table(Table.OFFERS, about, ["oud"])[0]
    assert offer["status"] == offer["organisation_status"] == "closed"


def test_no_row_is_livelier_than_the_register(about: About) -> None:
    known = {record.slug: record for record in read.iter_organisations()}
    for row in table(Table.OFFERS, about):
        record = known[row["organisation"]]
        offer = next(offer for offer in record.offers if offer.key == row["key"])
        assert LifeStatus(row["status"]) is offer.status
        if record.status not in FINDABLE:
            assert LifeStatus(row["status"]) not in FINDABLE


def test_selection_keeps_its_order(about: About) -> None:
    assert [row["slug"] for row in table(Table.ORGANISATIONS, about, ["oud", "fiets"])] == ["oud", "fiets"]
    assert table(Table.ORGANISATIONS, about, []) == []


def test_head_is_there_without_records(about: About) -> None:
    for kind in Table:
        content = b"".join(export_csv(kind, []))
        assert content.startswith(b"\xef\xbb\xbf")
        assert next(csv.reader([content.decode("utf-8-sig").strip()])) == [column.name for column in COLUMNS[kind]]


def test_nasty_text_comes_back_and_computes_nothing(nasty_about: About) -> None:
    organisations, offers = table(Table.ORGANISATIONS, nasty_about), table(Table.OFFERS, nasty_about)
    assert len(organisations) == len(offers) == len(NASTY)
    records = list(read.iter_organisations())
    for row, record in zip(organisations, records, strict=True):
        assert restore(row["name"]) == record.name
        assert row["phone"] == "+32 55 00 00 01"
        for name in ("description", "legal_name"):
            assert restore(row[name]) == record.facts[name].value
    for row in [*organisations, *offers]:
        assert None not in row  # no row has more cells than the head
        for name, cell in row.items():
            assert name == "phone" or not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)


def test_file_comes_in_pieces(about: About) -> None:
    row = next(iter_rows(Table.ORGANISATIONS, about))
    pieces: list[Any] = list(export_csv(Table.ORGANISATIONS, (row for _ in range(500))))
    assert len(pieces) > 3
    assert max(map(len, pieces)) < 200_000
    assert len(read_back(b"".join(pieces))) == 500


CELL = st.text(alphabet=st.sampled_from(list('",;\r\n a\x00é')), max_size=6) | st.none() | st.integers() | st.floats()


@given(st.lists(CELL, min_size=2, max_size=6))
def test_standard_library_reads_every_line_back(row: list[str | int | float | None]) -> None:
    written = csv_line(row)
    assert list(csv.reader(io.StringIO(written, newline=""))) == [["" if cell is None else str(cell) for cell in row]]


@given(st.lists(st.text(), min_size=1, max_size=6))
def test_line_of_texts_is_what_the_standard_library_writes(row: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(row)
    assert csv_line(row) == out.getvalue()
