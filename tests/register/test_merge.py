"""Merging two organisations and taking them apart again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind, OrganisationRecord
from schakel.register import models, read, write
from schakel.sources.region_pack.model import EmploymentRow, RegionPack
from tests.register.packs import NOW, load, small_pack, sourced

pytestmark = pytest.mark.django_db


def get(slug: str) -> OrganisationRecord:
    record = read.get_organisation(slug)
    assert record is not None
    return record


def dump() -> list[Any]:
    """Everything a reader can see, except the log and the revision."""
    slugs = sorted(models.Organisation.objects.values_list("slug", flat=True))
    return [
        [read.get_organisation(slug) for slug in slugs],
        sorted(read.iter_search_records(), key=lambda record: record.slug),
        read.list_cards(slugs),
        read.list_tasks(),
        read.list_initiatives(),
    ]


def test_merge_keeps_both_histories(loaded: RegionPack) -> None:
    write.merge_organisations("fiets", "groen", reason="Zelfde organisatie.", author=None)
    kept = get("fiets")
    assert kept.name == "Voorbeeld Fiets"
    assert {offer.key for offer in kept.offers} == {"fiets/herstel", "fiets/kringwinkel", "groen/onderhoud"}
    assert {place.key for place in kept.establishments} == {"fiets/ronse", "fiets/elst", "groen/ronse"}
    assert kept.merged_from == ("groen",)
    assert kept.facts["kinds"].value == ["maatwerkbedrijf", "kringloopcentrum"]
    assert read.get_organisation("groen") is None
    assert read.resolve_slug("groen") == "fiets"
    assert models.Statement.objects.filter(organisation_key="groen", withdrawn_at__isnull=True).count() == 4
    found = next(record for record in read.iter_search_records() if record.slug == "fiets")
    assert "Éénhoorn Groen" in found.other_names


def test_merge_counts_a_year_once(loaded: RegionPack) -> None:
    write.merge_organisations("fiets", "groen", reason="Zelfde.", author=None)
    figures = get("fiets").employment
    assert [item.key for item in figures] == ["fiets/2024", "fiets/2023"]
    assert figures[0].facts["headcount"].value == 48


def test_merge_does_not_close_or_rename_what_is_kept(loaded: RegionPack) -> None:
    write.state_edit(EntityKind.ORGANISATION, "oud", {"name": "Oud van de redactie"}, author=None)
    write.merge_organisations("fiets", "oud", reason="Zelfde.", author=None)
    kept = get("fiets")
    assert (kept.name, kept.status) == ("Voorbeeld Fiets", "live")


def test_undo_merge_restores_exactly(loaded: RegionPack) -> None:
    before = dump()
    number = write.merge_organisations("fiets", "groen", reason="Vergissing.", author=None)
    assert dump() != before
    write.undo_merge(number, author=None)
    assert dump() == before
    with pytest.raises(InvalidInput, match="ongedaan"):
        write.undo_merge(number, author=None)


def test_undo_merge_in_a_chain(loaded: RegionPack) -> None:
    write.merge_organisations("groen", "oud", reason="Eerst.", author=None)
    between = dump()
    number = write.merge_organisations("fiets", "groen", reason="Dan.", author=None)
    assert get("fiets").merged_from == ("groen", "oud")
    assert read.resolve_slug("oud") == "fiets"
    write.undo_merge(number, author=None)
    assert dump() == between


def test_edits_after_a_merge_go_with_the_key_they_are_about(loaded: RegionPack) -> None:
    number = write.merge_organisations("fiets", "groen", reason="Zelfde.", author=None)
    write.state_edit(EntityKind.OFFER, "groen/onderhoud", {"words": "hagen"}, author=None)
    write.state_edit(EntityKind.ORGANISATION, "fiets", {"phone": "055 33 33 33"}, author=None)
    with pytest.raises(InvalidInput, match="samengevoegd met 'fiets'"):
        write.state_edit(EntityKind.ORGANISATION, "groen", {"phone": "055 33 33 33"}, author=None)
    write.undo_merge(number, author=None)
    assert get("groen").offers[0].facts["words"].value == "hagen"
    assert get("fiets").facts["phone"].value == "055 33 33 33"


def test_load_after_a_merge_reaches_the_kept_organisation(loaded: RegionPack) -> None:
    write.merge_organisations("fiets", "groen", reason="Zelfde.", author=None)
    more = (*loaded.employment, EmploymentRow(**sourced(organisation="groen", year=2025, fte=3.0)))
    load(small_pack(employment=more), NOW + timedelta(days=1))
    assert [item.key for item in get("fiets").employment] == ["fiets/2025", "fiets/2024", "fiets/2023"]


def test_facts_of_a_merged_organisation_point_at_the_kept_one(loaded: RegionPack) -> None:
    write.merge_organisations("groen", "fiets", reason="Zelfde.", author=None)
    assert read.list_tasks()[0].organisation == "groen"
    assert {item.organisation for item in read.list_initiatives().items} == {"groen", None}
    assert read.list_tasks(organisation="groen") == read.list_tasks()
    assert {item.organisation for item in read.list_initiatives(organisation="groen").items} == {"groen"}
    assert read.list_tasks(organisation="oud") == ()


@pytest.mark.parametrize(
    ("kept", "merged", "reason", "message"),
    [
        ("fiets", "fiets", "x", "verschillende"),
        ("fiets", "niemand", "x", "niemand"),
        ("fiets", "groen", "  ", "waarom"),
    ],
)
def test_merge_that_makes_no_sense_is_refused(
    loaded: RegionPack, kept: str, merged: str, reason: str, message: str
) -> None:
    with pytest.raises(InvalidInput, match=message):
        write.merge_organisations(kept, merged, reason=reason, author=None)


def test_merge_of_what_was_already_merged_is_refused(loaded: RegionPack) -> None:
    write.merge_organisations("fiets", "groen", reason="Zelfde.", author=None)
    with pytest.raises(InvalidInput, match="groen"):
        write.merge_organisations("oud", "groen", reason="Ook.", author=None)
