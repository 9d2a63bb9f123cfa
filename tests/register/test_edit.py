"""Edits are statements: what changes, what stays, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schakel.accounts.models import User
from schakel.audit.models import Entry
from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind, Json, LifeStatus, SourceRank
from schakel.register import models, read, write
from schakel.register.write import InvalidEdit, StaleEdit, state_edit
from schakel.sources.region_pack.model import RegionPack
from tests.register.packs import BRAKEL, MAARKEDAL, NOW, RONSE, load, replaced, small_pack

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
ORGANISATION, OFFER, ESTABLISHMENT = EntityKind.ORGANISATION, EntityKind.OFFER, EntityKind.ESTABLISHMENT


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("redactie@voorbeeld.example", is_staff=True)


def value(slug: str, field: str) -> Json:
    record = read.get_organisation(slug)
    assert record is not None
    return record.facts[field].value


def test_edit_wins_over_the_pack_and_says_who(loaded: RegionPack, editor: User) -> None:
    assert state_edit(ORGANISATION, "fiets", {"phone": "055 11 11 11"}, author=editor, now=LATER)
    record = read.get_organisation("fiets")
    assert record is not None
    fact = record.facts["phone"]
    assert fact.value == "055 11 11 11"
    assert fact.provenance is not None
    assert (fact.provenance.rank, fact.provenance.stated_on) == (SourceRank.EDITOR, "2026-11-24")
    assert record.facts["name"].provenance != fact.provenance
    statement = models.Statement.objects.get(author=editor)
    assert statement.values == {"phone": "055 11 11 11"}
    entry = Entry.objects.filter(action="edit").get()
    assert (entry.subject, entry.actor_id) == ("fiets", editor.pk)
    assert read.revision() == 2


def test_edit_that_changes_nothing_is_no_statement(loaded: RegionPack, editor: User) -> None:
    assert not state_edit(ORGANISATION, "fiets", {"phone": "055 00 00 01", "email": None}, author=editor)
    assert read.revision() == 1
    assert models.Statement.objects.filter(author=editor).count() == 0


def test_edit_stays_when_a_newer_pack_is_loaded(loaded: RegionPack, editor: User) -> None:
    state_edit(ORGANISATION, "fiets", {"name": "Fiets van de redactie"}, author=editor, now=LATER)
    load(small_pack(organisations=replaced(loaded.organisations, "fiets", name="Nieuwer pakket", source_date="2027")))
    assert value("fiets", "name") == "Fiets van de redactie"


def test_edit_said_to_be_empty_wins(loaded: RegionPack, editor: User) -> None:
    state_edit(ORGANISATION, "fiets", {"phone": ""}, author=editor, now=LATER)
    assert value("fiets", "phone") is None
    (card,) = read.list_cards(["fiets"])
    assert card.phone == ""


def test_edit_back_and_forth_keeps_every_statement(loaded: RegionPack, editor: User) -> None:
    for hour, phone in enumerate(["055 11 11 11", "055 22 22 22", "055 11 11 11"]):
        state_edit(ORGANISATION, "fiets", {"phone": phone}, author=editor, now=LATER + timedelta(hours=hour))
    assert value("fiets", "phone") == "055 11 11 11"
    assert models.Statement.objects.filter(author=editor).count() == 3


def test_second_editor_with_an_old_form_is_told_and_nothing_is_lost(loaded: RegionPack, editor: User) -> None:
    opened = models.Organisation.objects.get(slug="fiets").provenance
    state_edit(ORGANISATION, "fiets", {"phone": "055 11 11 11"}, author=editor, based_on=opened, now=LATER)
    with pytest.raises(StaleEdit, match=r"Telefoon is nu '055 11 11 11'") as refusal:
        state_edit(ORGANISATION, "fiets", {"email": "a@voorbeeld.example"}, author=editor, based_on=opened)
    assert refusal.value.fields == {"phone": "055 11 11 11"}
    assert value("fiets", "phone") == "055 11 11 11"
    fresh = models.Organisation.objects.get(slug="fiets").provenance
    assert state_edit(ORGANISATION, "fiets", {"email": "a@voorbeeld.example"}, author=editor, based_on=fresh)


@pytest.mark.parametrize(
    ("entity", "key", "values", "field", "expected"),
    [
        (ORGANISATION, "fiets", {"ondernemingsnummer": "0407.766.423"}, "ondernemingsnummer", "na 04077664 komt 22"),
        (ORGANISATION, "fiets", {"name": " "}, "name", "mag niet leeg zijn"),
        (ORGANISATION, "fiets", {"kinds": ["bakker"]}, "kinds", "Maatwerkbedrijf"),
        (ORGANISATION, "fiets", {"website": "www.ronse"}, "website", "https://"),
        (ORGANISATION, "fiets", {"succeeded_by": "niemand"}, "succeeded_by", "staat er niet in"),
        (ORGANISATION, "fiets", {"succeeded_by": "fiets"}, "succeeded_by", "andere organisatie"),
        (ORGANISATION, "fiets", {"status_date": "23/11/2026"}, "status_date", "2026-11-23"),
        (ORGANISATION, "fiets", {"colour": "blue"}, "colour", "bestaat niet"),
        (ESTABLISHMENT, "fiets/ronse", {"nis_code": "44021"}, "nis_code", "gemeente van deze regio"),
        (ESTABLISHMENT, "fiets/ronse", {"postal_code": "9660"}, "postal_code", "hoort bij Brakel"),
        (ESTABLISHMENT, "fiets/ronse", {"lat": None}, "lat", "allebei"),
        (ESTABLISHMENT, "fiets/ronse", {"opening_hours": {"mo": [["9u", "12u"]]}}, "opening_hours", "ma 09:00"),
        (OFFER, "fiets/herstel", {"service": "bakken"}, "service", "lijst"),
        (OFFER, "fiets/herstel", {"area": ["nis:44021"]}, "area", "gemeente van de regio"),
        (OFFER, "fiets/herstel", {"establishment": "groen/ronse"}, "establishment", "fiets/elst, fiets/ronse"),
        (OFFER, "fiets/herstel", {"capacity_amount": -1}, "capacity_amount", "0 of meer"),
        (EntityKind.EMPLOYMENT, "fiets/2024", {"target_group_fte": 99.0}, "target_group_fte", "hoogstens"),
        (EntityKind.RECOGNITION, "fiets/maatwerk", {"valid_until": "2018"}, "valid_until", "niet voor 2019"),
    ],
)
def test_wrong_value_is_refused_in_plain_dutch(
    loaded: RegionPack, entity: EntityKind, key: str, values: dict[str, Json], field: str, expected: str
) -> None:
    with pytest.raises(InvalidEdit) as refusal:
        state_edit(entity, key, values, author=None)
    assert expected in refusal.value.errors[field]
    assert read.revision() == 1


def test_all_faults_are_told_at_once(loaded: RegionPack) -> None:
    with pytest.raises(InvalidEdit) as refusal:
        state_edit(ORGANISATION, "fiets", {"name": "", "email": "geen adres"}, author=None)
    assert set(refusal.value.errors) == {"name", "email"}


def test_new_organisation_with_an_offer(loaded: RegionPack, editor: User) -> None:
    values: dict[str, Json] = {"name": "Nieuw", "kinds": ["cooperative"], "status": "live"}
    state_edit(ORGANISATION, "nieuw", values, author=editor)
    offer: dict[str, Json] = {
        "service": "green_maintenance",
        "customers": ["citizen"],
        "status": "live",
        "area": ["region"],
    }
    state_edit(OFFER, "nieuw/groen", offer, author=editor, organisation_key="nieuw")
    (card,) = read.list_cards(["nieuw"])
    assert card.services == ("green_maintenance",)
    assert card.served.nis_codes == {RONSE, MAARKEDAL, BRAKEL}


def test_new_thing_needs_an_organisation_and_a_free_key(loaded: RegionPack) -> None:
    values: dict[str, Json] = {"service": "green_maintenance", "customers": ["citizen"], "status": "live"}
    with pytest.raises(InvalidInput, match="van welke organisatie"):
        state_edit(OFFER, "zwevend", values, author=None)
    with pytest.raises(InvalidInput, match="geen organisatie"):
        state_edit(OFFER, "zwevend", values, author=None, organisation_key="niemand")
    with pytest.raises(InvalidInput, match="sleutel"):
        state_edit(OFFER, "Met Hoofdletters", values, author=None, organisation_key="fiets")


def test_offer_moves_with_an_edit_of_its_area(loaded: RegionPack, editor: User) -> None:
    state_edit(OFFER, "groen/onderhoud", {"area": [f"nis:{BRAKEL}"]}, author=editor)
    (card,) = read.list_cards(["groen"])
    assert card.served.nis_codes == {BRAKEL}
    assert card.served.knowledge == "stated"


def test_close_says_what_replaced_it_and_ends_its_offers(loaded: RegionPack, editor: User) -> None:
    write.close(ORGANISATION, "groen", since="2026-10", note="Gestopt.", author=editor, replaced_by="fiets")
    record = read.get_organisation("groen")
    assert record is not None
    assert record.status == LifeStatus.CLOSED
    assert record.succeeded_by == ("fiets", "Voorbeeld Fiets")
    assert {offer.status for offer in record.offers} == {LifeStatus.CLOSED}


def test_rename_keeps_the_old_name_findable(loaded: RegionPack, editor: User) -> None:
    write.rename("fiets", "Nieuwe Fiets", since="2026-11", author=editor)
    record = next(record for record in read.iter_search_records() if record.slug == "fiets")
    assert record.name == "Nieuwe Fiets"
    assert record.other_names == ("Voorbeeld Fiets vzw", "Rijwiel", "Voorbeeld Fiets")


def test_move_closes_the_old_place_and_takes_its_offers_along(loaded: RegionPack, editor: User) -> None:
    place: dict[str, Json] = {"postal_code": "9660", "locality": "Everbeek", "nis_code": BRAKEL}
    write.move("fiets/ronse", "fiets/everbeek", place, since="2026-11", author=editor)
    record = read.get_organisation("fiets")
    assert record is not None
    places = {place.key: place for place in record.establishments}
    assert places["fiets/ronse"].status == LifeStatus.CLOSED
    assert places["fiets/ronse"].facts["replaced_by"].value == "fiets/everbeek"
    assert places["fiets/everbeek"].status == LifeStatus.LIVE
    offer = next(offer for offer in record.offers if offer.key == "fiets/herstel")
    assert (offer.establishment, offer.status) == ("fiets/everbeek", LifeStatus.LIVE)


def test_mark_checked_keeps_the_values_and_the_address_of_the_source(loaded: RegionPack, editor: User) -> None:
    before = value("groen", "name")
    assert not read.list_cards(["groen"])[0].verified
    assert write.mark_checked("groen", author=editor) == 3  # name, kinds, status
    assert read.list_cards(["groen"])[0].verified
    record = read.get_organisation("groen")
    assert record is not None
    fact = record.facts["name"]
    assert fact.value == before
    assert fact.provenance is not None
    assert fact.provenance.url == "https://voorbeeld.example/bron"
    assert write.mark_checked("groen", author=editor) == 0


def test_withdrawn_edit_lets_the_pack_speak_again(loaded: RegionPack, editor: User) -> None:
    before = read.get_organisation("fiets")
    state_edit(ORGANISATION, "fiets", {"phone": "055 11 11 11"}, author=editor, now=LATER)
    write.withdraw_statement(models.Statement.objects.get(author=editor).pk, author=editor)
    assert read.get_organisation("fiets") == before
    of_pack = models.Statement.objects.filter(key="fiets", author=None).first()
    assert of_pack is not None
    with pytest.raises(InvalidInput):
        write.withdraw_statement(of_pack.pk, author=editor)


def test_withdrawn_source_no_longer_counts_until_it_is_loaded_again(loaded: RegionPack, editor: User) -> None:
    before = [read.get_organisation(slug) for slug in ("fiets", "groen", "oud")]
    write.withdraw_source("pakket", author=editor)
    assert read.get_organisation("fiets") is None
    assert list(read.iter_search_records()) == []
    assert read.list_tasks() == ()
    assert models.Statement.objects.count() == 16
    with pytest.raises(InvalidInput):
        write.withdraw_source("pakket", author=editor)
    load(loaded)
    assert [read.get_organisation(slug) for slug in ("fiets", "groen", "oud")] == before


def test_rebuild_gives_the_same_register(loaded: RegionPack, editor: User) -> None:
    state_edit(OFFER, "fiets/herstel", {"words": "banden plakken"}, author=editor)
    before = [read.get_organisation(slug) for slug in ("fiets", "groen", "oud")]
    models.Organisation.objects.filter(slug="groen").delete()
    models.Organisation.objects.filter(slug="fiets").update(name="Kapot")
    assert write.rebuild() == 3
    assert [read.get_organisation(slug) for slug in ("fiets", "groen", "oud")] == before


def test_negative_statement_by_an_editor_survives_a_load(loaded: RegionPack, editor: User) -> None:
    number = write.state_negative(
        BRAKEL, "bicycle_repair", searched_by="Redactie", method="rondgebeld", searched_on="2026-11", author=editor
    )
    load(small_pack())
    found = read.list_negative_statements(service="bicycle_repair")
    assert [item.nis_code for item in found] == [BRAKEL, MAARKEDAL]
    without = small_pack(
        municipalities=loaded.municipalities[:2],
        localities=loaded.localities[:1],
        clusters=(),
        cluster_members=(),
    )
    with pytest.raises(InvalidInput, match="Brakel staat niet meer in het pakket"):
        load(without)
    write.withdraw_negative(number, author=editor)
    assert [item.nis_code for item in read.list_negative_statements()] == [MAARKEDAL]


@pytest.mark.parametrize(
    ("nis_code", "service", "by", "on"),
    [
        ("44021", "bicycle_repair", "x", "2026"),
        (RONSE, "bakken", "x", "2026"),
        (RONSE, "bicycle_repair", " ", "2026"),
        (RONSE, "bicycle_repair", "x", "gisteren"),
    ],
)
def test_negative_statement_that_cannot_be_traced_is_refused(
    loaded: RegionPack, nis_code: str, service: str, by: str, on: str
) -> None:
    with pytest.raises(InvalidInput):
        write.state_negative(nis_code, service, searched_by=by, method="gebeld", searched_on=on, author=None)
