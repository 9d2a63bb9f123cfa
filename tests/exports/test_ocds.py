"""Public needs as releases: what the standard asks for, and nothing that is not public."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from schakel.exports.ocds import list_releases, ocid, record_package, release_package
from tests.exports.ocds_needs import ALL, BARE, FULL, NAMES, WITHDRAWN, place_name

AROUND: dict[str, Any] = {
    "uri": "https://gids.voorbeeld.example/api/v1/ocds/releases", "publisher": "Schakel, Voorbeeldstreek",
    "published": datetime(2026, 11, 28, 9, tzinfo=UTC), "synthetic": True,
}  # fmt: skip
STATUSES = {"active", "cancelled", "complete", "unsuccessful"}
TAGS = {"tender", "tenderUpdate", "tenderCancellation", "award", "awardUpdate"}


def releases(*needs: Any) -> list[dict[str, Any]]:
    return [one for need in needs for one in list_releases(need, NAMES, place_name)]


def test_every_release_has_what_the_standard_requires() -> None:
    found = releases(*ALL)
    assert len({one["id"] for one in found}) == len(found)
    for one in found:
        assert {"ocid", "id", "date", "tag", "initiationType"} <= set(one)
        assert set(one["tag"]) <= TAGS
        assert datetime.fromisoformat(one["date"]).tzinfo is not None
        assert one["parties"][0]["roles"] == ["buyer"]
        assert one["buyer"]["id"] in {party["id"] for party in one["parties"]}
        for item in one.get("tender", {}).get("items", ()):
            assert {"id", "description"} <= set(item)
        for award in one.get("awards", ()):
            assert award["status"] in STATUSES
            assert {each["id"] for each in award["suppliers"]} <= {party["id"] for party in one["parties"]}


def test_what_happened_is_one_release_each() -> None:
    assert [one["tag"][0] for one in releases(BARE)] == ["tender"]
    assert [one["tag"][0] for one in releases(WITHDRAWN)] == ["tender", "tenderCancellation"]
    assert releases(WITHDRAWN)[1]["tender"]["status"] == "cancelled"
    assert [one["tag"][0] for one in releases(FULL)] == ["tender", "tenderUpdate", "award", "awardUpdate"]
    assert [one["id"] for one in releases(FULL)][2:] == ["full-award-4", "full-awardUpdate-9"]


def test_example_by_hand() -> None:
    opened, _, partly, none = releases(FULL)
    assert opened["ocid"] == ocid(FULL) == "schakel-full"
    assert opened["date"] == "2026-11-25T10:30:15+01:00"
    assert opened["tender"] == {
        "id": "full",
        "title": "bermen maaien",
        "description": "bermen maaien (Ronse, Maarkedal; langs de N48)",
        "status": "active",
        "mainProcurementCategory": "works",
        "items": [
            {
                "id": "green_maintenance",
                "description": "Groenonderhoud (gazons, hagen, perken, bermen)",
                "classification": {"scheme": "CPV", "id": "77310000"},
                "additionalClassifications": [
                    {"scheme": "CPV", "id": "77313000"},
                    {"scheme": "CPV", "id": "77314000"},
                ],
                "quantity": 120.5,
                "unit": {"name": "uren per week"},
            },
            {"id": "litter_collection", "description": "Zwerfvuil en netheid van het openbaar domein"},
        ],
        "tenderPeriod": {"startDate": "2026-11-25T10:30:15+01:00", "endDate": "2026-12-20T23:59:59+01:00"},
        "contractPeriod": {"startDate": "2027-03-01T00:00:00+01:00", "endDate": "2027-10-31T23:59:59+01:00"},
        "eligibilityCriteria": "Voorbehouden op grond van artikel 15 van de wet van 17 juni 2016.",
    }
    assert partly["awards"][0]["suppliers"] == [{"id": "voorbeeld-groen", "name": "Voorbeeld Groen"}]
    assert (none["awards"][0]["status"], none["awards"][0]["suppliers"]) == ("unsuccessful", [])
    assert len(none["parties"]) == 1


def test_packages_hold_their_releases() -> None:
    package = release_package(releases(BARE), **AROUND, next_uri="https://gids.voorbeeld.example/?page=2")
    assert {"uri", "version", "publishedDate", "publisher", "releases"} <= set(package)
    assert package["version"] == "1.1"
    record = record_package(FULL, NAMES, place_name, **AROUND)
    assert json.loads(json.dumps(record)) == record
    assert record["records"] == [{"ocid": "schakel-full", "releases": releases(FULL)}]


def test_no_money_and_no_address_in_it() -> None:
    said = json.dumps(releases(*ALL))
    assert not any(word in said for word in ("value", "EUR", "email", "contactPoint", "@"))
