"""The built-in pack holds every published fact of `../shared/data/region`, with its source."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import regions

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "data" / "region"
PACK = Path(regions.__file__).parent / "zuid-oost-vlaanderen"

pytestmark = [
    pytest.mark.trial,
    pytest.mark.skipif(
        not FACTS.is_dir(),
        reason="NOT CHECKED: ../shared/data/region is not beside the project; put it there to compare the pack with it",
    ),
]

# Rows of the pack that no source row has one to one, each explained in SOURCES.md of the pack.
ADDED_OFFERS = {
    "stroom-vzw/energy-saving-works",
    "net-werkt-geraardsbergen/litter-collection",
    "de-dagmoed/green-maintenance",
    "kiemkracht/path-maintenance",
    "kiemkracht/green-maintenance/3",
}
# table of the pack -> table of facts
SAME_ROWS = {
    "municipalities": "municipalities",
    "localities": "localities",
    "cluster_members": "clusters",
    "organisations": "organisations",
    "establishments": "establishments",
    "employment": "employment",
    "tasks": "local_government_tasks",
    "partners": "partners",
    "initiatives": "initiatives",
    "municipal_figures": "municipal_figures",
}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _facts(table: str) -> list[dict[str, str]]:
    return _rows(FACTS / f"{table}.csv")


def _pack(table: str) -> list[dict[str, str]]:
    return _rows(PACK / f"{table}.csv")


@pytest.mark.parametrize(("table", "facts"), SAME_ROWS.items())
def test_table_has_as_many_rows_as_the_facts(table: str, facts: str) -> None:
    assert len(_pack(table)) == len(_facts(facts))


def test_clusters_are_the_ones_named_in_the_facts() -> None:
    assert {row["name"] for row in _pack("clusters")} == {row["cluster"] for row in _facts("clusters")}


def test_offers_are_the_facts_and_the_documented_additions() -> None:
    customers = {"bedrijf": "company", "burger": "citizen", "lokaal_bestuur": "local_government"}
    expected = [
        (row["organisation_slug"], row["service"], customers[row["customer"]], row["source_url"])
        for row in _facts("offers")
    ]
    offers = _pack("offers")
    assert {row["key"] for row in offers} >= ADDED_OFFERS
    ours = [
        (row["organisation"], row["words"], row["customers"], row["source_url"])
        for row in offers
        if row["key"] not in ADDED_OFFERS
    ]
    assert sorted(ours) == sorted(expected)


@pytest.mark.parametrize(
    ("table", "facts"), [pair for pair in SAME_ROWS.items() if pair[0] not in ("municipalities", "localities")]
)
def test_every_source_address_occurs(table: str, facts: str) -> None:
    ours = sorted(row["source_url"] for row in _pack(table))
    assert ours == sorted(row["source_url"] for row in _facts(facts))


def test_organisations_keep_slug_name_number_and_contact() -> None:
    ours = {row["slug"]: row for row in _pack("organisations")}
    facts = {row["slug"]: row for row in _facts("organisations")}
    assert ours.keys() == facts.keys()
    for slug, fact in facts.items():
        row = ours[slug]
        assert row["ondernemingsnummer"] == fact["kbo_number"]
        assert row["description"] == fact["description_nl"]
        for column in ("name", "legal_name", "website", "email", "phone", "source_date"):
            assert row[column] == fact[column], (slug, column)


def test_establishments_keep_their_address() -> None:
    places = {row["nis_code"]: row["name"] for row in _pack("municipalities")}
    ours = sorted(
        (row["organisation"], row["street"], row["house_number"], row["postal_code"], places[row["nis_code"]])
        for row in _pack("establishments")
    )
    columns = ("organisation_slug", "street", "house_number", "postal_code", "municipality")
    assert ours == sorted(tuple(row[column] for column in columns) for row in _facts("establishments"))


@pytest.mark.parametrize("table", ["municipalities", "localities"])
def test_reference_rows_keep_their_values(table: str) -> None:
    facts = _facts(table)
    columns = [column for column in facts[0] if column != "municipality"]
    ours = sorted(tuple(row[column] for column in columns) for row in _pack(table))
    assert ours == sorted(tuple(row[column] for column in columns) for row in facts)


def test_figures_keep_their_values() -> None:
    staff = ("year", "headcount", "fte", "target_group_headcount", "target_group_fte")
    ours = sorted((row["organisation"], *(row[column] for column in staff)) for row in _pack("employment"))
    assert ours == sorted((row["organisation_slug"], *(row[c] for c in staff)) for row in _facts("employment"))
    figure = ("nis_code", "indicator", "year", "value", "unit", "remarks")
    ours = sorted(tuple(row[column] for column in figure) for row in _pack("municipal_figures"))
    assert ours == sorted(tuple(row[column] for column in figure) for row in _facts("municipal_figures"))


def test_what_people_did_keeps_its_words_and_year() -> None:
    tasks = sorted((row["title"], row["organisation"] or row["provider_name"], row["year"]) for row in _pack("tasks"))
    facts = _facts("local_government_tasks")
    assert tasks == sorted((row["task"], row["provider_slug_or_name"], row["year"]) for row in facts)
    initiatives = sorted((row["title"], row["summary"], row["year"]) for row in _pack("initiatives"))
    assert initiatives == sorted((row["title"], row["summary_nl"], row["year"]) for row in _facts("initiatives"))
    partners = sorted((row["name"], row["website"]) for row in _pack("partners"))
    assert partners == sorted((row["name"], row["website"]) for row in _facts("partners"))


def test_rows_said_to_need_checking_say_so() -> None:
    for table, facts in {**SAME_ROWS, "offers": "offers"}.items():
        doubted = {row["source_url"] for row in _facts(facts) if "nog na te kijken" in row.get("remarks", "")}
        for row in _pack(table):
            if row["source_url"] in doubted:
                assert row["verified"] == "no", (table, row)
