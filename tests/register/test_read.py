"""Reading the register: what is handed out, in which order, and in how many queries."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from schakel.core.model import AreaKnowledge, EntityKind, Fact, LifeStatus, PointPrecision
from schakel.register import read, write
from schakel.register.models import Establishment
from schakel.register.read import search_records
from schakel.sources.region_pack.model import RegionPack
from tests.register.packs import BRAKEL, MAARKEDAL, NOW, RONSE, load, small_pack

pytestmark = pytest.mark.django_db


def grown(pack: RegionPack, times: int) -> RegionPack:
    """The pack with each organisation and all that belongs to it `times` times."""

    def copies(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        made = list(rows)
        for number in range(1, times):
            for row in rows:
                known = {field.name for field in dataclasses.fields(row)}
                keys = {"slug", "key", "organisation", "establishment"} & known
                renamed = {name: f"kopie-{number}-{getattr(row, name)}" for name in keys if getattr(row, name)}
                made.append(dataclasses.replace(row, **renamed))
        return tuple(made)

    return small_pack(
        organisations=copies(pack.organisations),
        establishments=copies(pack.establishments),
        offers=copies(pack.offers),
        recognitions=copies(pack.recognitions),
        employment=copies(pack.employment),
    )


def test_region_and_its_goals(loaded: RegionPack) -> None:
    region = read.region()
    assert region is not None
    assert (region.slug, region.name["fr"], region.synthetic) == ("voorbeeldstreek", "Région d’exemple", True)
    assert region.goals[0].title == {"nl": "Werk"}


def test_empty_register_reads_as_empty(db: None) -> None:
    assert read.region() is None
    assert read.revision() == 0
    assert read.list_municipalities() == ()
    assert list(read.iter_search_records()) == []
    assert read.get_organisation("fiets") is None
    counts = read.region_counts()
    assert (counts.live_organisations, counts.known_fte, counts.run_id, counts.changed_at) == (0, None, None, None)


def test_municipality_by_slug_or_nis_code(loaded: RegionPack) -> None:
    ronse = read.get_municipality("ronse")
    assert ronse is not None
    assert ronse == read.get_municipality(RONSE)
    assert (ronse.population, ronse.neighbours) == ({2020: 26000, 2025: 27000}, frozenset({MAARKEDAL}))
    assert ronse.point is not None
    assert ronse.source.url == "https://voorbeeld.example/bron"
    brakel = read.get_municipality("brakel")
    assert brakel is not None
    assert brakel.point is None
    assert read.get_municipality("nergens") is None
    assert read.get_municipality("\0") is None


def test_cluster_shows_former_members_with_their_years(loaded: RegionPack) -> None:
    cluster = read.get_cluster("streek")
    assert cluster is not None
    assert [(member.nis_code, member.role, member.since, member.until) for member in cluster.members] == [
        (RONSE, "lead", "2018", None),
        (BRAKEL, "participant", "2020", None),
        (MAARKEDAL, "participant", "2018", "2022"),
    ]
    assert read.list_clusters() == (cluster,)


def test_organisation_gives_every_field_its_source(loaded: RegionPack) -> None:
    record = read.get_organisation("fiets")
    assert record is not None
    assert record.kinds == ("maatwerkbedrijf", "kringloopcentrum")
    assert record.facts["previous_names"].value == [{"name": "Rijwiel", "until": "2019"}]
    assert "email" not in record.facts  # nobody spoke of it
    parts = [*record.establishments, *record.offers, *record.recognitions, *record.employment]
    every: list[Fact] = [*record.facts.values(), *(fact for part in parts for fact in part.facts.values())]
    assert all(fact.provenance is not None and fact.provenance.stated_on == "2026-09" for fact in every)
    shop = next(offer for offer in record.offers if offer.key == "fiets/kringwinkel")
    assert shop.facts["service"].provenance is not None
    assert not shop.facts["service"].provenance.verified
    assert shop.area.nis_codes == {RONSE, BRAKEL}
    seat, other = record.establishments
    assert seat.facts["opening_hours"].value == {"mo": [["09:00", "12:00"]], "su": []}
    assert other.point is not None
    assert other.point.precision == PointPrecision.LOCALITY


def test_closed_organisation_says_what_replaced_it(loaded: RegionPack) -> None:
    record = read.get_organisation("oud")
    assert record is not None
    assert (record.status, record.succeeded_by) == (LifeStatus.CLOSED, ("fiets", "Voorbeeld Fiets"))
    assert record.newest_on == "2026-09"  # its establishment was mentioned later than itself


def test_cards_come_in_the_order_asked(loaded: RegionPack) -> None:
    cards = read.list_cards(["groen", "nergens", "oud", "fiets", "groen", "\0"])
    assert [card.slug for card in cards] == ["groen", "oud", "fiets"]
    groen, oud, fiets = cards
    assert groen.customers == ("company", "local_government")
    assert (groen.served.knowledge, groen.served.words) == (AreaKnowledge.ASSUMED, "Ronse en buurgemeenten")
    assert (oud.services, oud.served.knowledge) == ((), AreaKnowledge.UNKNOWN)  # a closed one offers nothing
    assert fiets.services == ("bicycle_repair", "second_hand_shop")
    assert fiets.served.knowledge == AreaKnowledge.STATED
    assert fiets.seats == (RONSE, BRAKEL)
    assert not fiets.verified  # one of its offers still has to be checked


def test_each_field_names_the_load_that_brought_it_in(loaded: RegionPack) -> None:
    record = read.get_organisation("fiets")
    assert record is not None
    run_id = read.region_counts().run_id
    assert {fact.provenance and fact.provenance.run_id for fact in record.facts.values()} == {run_id}


def test_search_records_hold_all_organisations_and_offers(loaded: RegionPack) -> None:
    records = {record.slug: record for record in read.iter_search_records()}
    assert set(records) == {"fiets", "groen", "oud"}
    fiets = records["fiets"]
    assert fiets.other_names == ("Voorbeeld Fiets vzw", "Rijwiel")
    repair = next(offer for offer in fiets.offers if offer.key == "fiets/herstel")
    assert (repair.area.nis_codes, [point.lat for point in repair.points]) == ({RONSE}, [50.7425])
    assert records["oud"].offers[0].status == LifeStatus.CLOSED
    assert (records["oud"].seats, records["oud"].status_date, fiets.status_date) == ((), "2020", None)


def test_search_records_stream_in_chunks(loaded: RegionPack, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(read.iter_search_records())
    monkeypatch.setattr(search_records, "CHUNK", 2)
    assert list(read.iter_search_records()) == whole


def test_counts_leave_out_staff_of_an_enterprise_from_elsewhere(loaded: RegionPack) -> None:
    Establishment.objects.update(nis_code="42028")  # Zele, outside the region
    counts = read.region_counts()
    assert (counts.known_fte, counts.fte_known, counts.fte_unknown) == (None, 0, 2)


def test_counts_worked_by_hand(loaded: RegionPack) -> None:
    counts = read.region_counts()
    assert (counts.live_organisations, counts.uncertain_organisations) == (2, 0)
    assert counts.live_offers == 3  # the ironing stopped with its organisation
    assert (counts.municipalities, counts.municipalities_served) == (3, 2)  # only stated areas count
    assert (counts.known_fte, counts.fte_years) == (41.5, (2024, 2024))  # 2023 is older, "more than 50" is not added
    assert (counts.fte_known, counts.fte_unknown) == (1, 1)
    assert (counts.newest_on, counts.changed_at) == ("2026-09", NOW)
    run = read.get_run(counts.run_id or 0)
    assert run is not None
    assert run.counts["organisations"] == 3
    assert read.list_runs() == (run,)


def test_facts_with_one_source(loaded: RegionPack) -> None:
    (task,) = read.list_tasks(RONSE)
    assert (task.title, task.services, task.source.stated_on) == ("Fietsenstalling", ("bicycle_point",), "2026-09")
    assert read.list_tasks(BRAKEL) == ()
    assert [item.title for item in read.list_initiatives().items] == ["Fietsbeurs", "Lerend netwerk"]
    assert [item.place for item in read.list_partners()] == ["Gent"]
    (figure,) = read.list_figures(RONSE)
    assert (figure.value, figure.year, figure.unit) == (80, None, "personen")
    assert read.list_figures(BRAKEL) == ()
    (negative,) = read.list_negative_statements(nis_code=MAARKEDAL)
    assert negative.service == "bicycle_repair"
    (source,) = read.list_sources()
    assert (source.synthetic, source.statements, source.last_run) == (True, 16, task.source.run_id)


@pytest.mark.parametrize(("page", "expected"), [(-1, 1), (0, 1), (1, 1), (2, 2), (999, 2)])
def test_page_outside_the_list_is_the_nearest_one(loaded: RegionPack, page: int, expected: int) -> None:
    found = read.list_initiatives(page=page, size=1)
    assert (found.number, found.total, len(found.items)) == (expected, 2, 1)


READS: list[tuple[str, int, Callable[[], object]]] = [
    ("list_municipalities", 1, read.list_municipalities),
    ("list_clusters", 3, read.list_clusters),
    ("list_cards", 3, lambda: read.list_cards([f"kopie-{n}-fiets" for n in range(1, 10)] + ["fiets", "groen"])),
    ("get_organisation", 8, lambda: read.get_organisation("oud")),
    ("resolve_slug", 2, lambda: read.resolve_slug("oud")),
    ("iter_search_records", 5, lambda: list(read.iter_search_records())),
    ("region_counts", 8, read.region_counts),
    ("list_tasks", 2, read.list_tasks),
    ("list_initiatives", 2, read.list_initiatives),
    ("list_sources", 2, read.list_sources),
]


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 10])
def test_number_of_queries_does_not_depend_on_size(
    pack: RegionPack, times: int, django_assert_num_queries: Any
) -> None:
    load(grown(pack, times))
    assert read.region_counts().live_organisations == 2 * times
    for name, queries, call in READS:
        with django_assert_num_queries(queries, info=name):
            call()


def test_offer_of_an_uncertain_organisation_is_findable_but_uncertain(loaded: RegionPack) -> None:
    write.state_edit(EntityKind.ORGANISATION, "groen", {"status": "uncertain"}, author=None)
    (card,) = read.list_cards(["groen"])
    assert (card.status, card.services) == (LifeStatus.UNCERTAIN, ("green_maintenance",))
    assert read.region_counts().live_offers == 2
