"""What an organisation says of itself: at once or after review, never over somebody else's words, and undone again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from schakel.accounts.models import User
from schakel.audit.models import Entry
from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind, Json, LifeStatus, SourceRank
from schakel.core.upkeep import OwnerEdits, Rules
from schakel.register import models, read, write
from schakel.register.write import InvalidEdit, StaleEdit, Voice, state_profile
from schakel.sources.region_pack.model import RegionPack
from tests.register.packs import NOW, SETTINGS, load, small_pack

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
ORGANISATION, OFFER, ESTABLISHMENT = EntityKind.ORGANISATION, EntityKind.OFFER, EntityKind.ESTABLISHMENT


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("fiets@voorbeeld.example")


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("redactie@voorbeeld.example", is_staff=True)


@pytest.fixture
def reviewing(db: None) -> None:
    """A region that looks first."""
    rules = Rules(owner_edits=OwnerEdits.AFTER_REVIEW)
    load(small_pack(settings=replace(SETTINGS, profiles=rules)))


def value(slug: str, field: str) -> Json:
    record = read.get_organisation(slug)
    assert record is not None
    return record.facts[field].value if field in record.facts else None


def based_on(slug: str) -> dict[str, int]:
    record = read.get_organisation(slug)
    assert record is not None
    return {name: fact.provenance.statement_id for name, fact in record.facts.items() if fact.provenance}


def test_owner_edit_shows_at_once_and_says_who(loaded: RegionPack, owner: User) -> None:
    spoken = state_profile(
        ORGANISATION,
        "fiets",
        {"phone": "055 22 22 22", "description": "Herstelt fietsen."},
        organisation_key="fiets",
        voice=Voice(owner, "organisation:fiets"),
        now=LATER,
    )
    assert (spoken.shown, spoken.waiting, spoken.proposal) == (("phone",), (), None)
    record = read.get_organisation("fiets")
    assert record is not None
    provenance = record.facts["phone"].provenance
    assert provenance is not None
    assert (record.facts["phone"].value, provenance.rank) == ("055 22 22 22", SourceRank.OWNER)
    entry = Entry.objects.get(action="edit")
    assert (entry.actor_id, entry.body) == (owner.pk, "organisation:fiets")


def test_what_an_editor_said_is_proposed_and_counts_once_accepted(
    loaded: RegionPack, owner: User, editor: User
) -> None:
    write.state_edit(ORGANISATION, "fiets", {"phone": "055 11 11 11"}, author=editor, now=NOW)
    spoken = state_profile(
        ORGANISATION,
        "fiets",
        {"phone": "055 22 22 22", "email": "nieuw@voorbeeld.example"},
        organisation_key="fiets",
        voice=Voice(owner),
        now=LATER,
    )
    assert (spoken.shown, spoken.waiting) == (("email",), ("phone",))
    assert value("fiets", "phone") == "055 11 11 11"
    (waiting,) = read.list_proposals()
    assert [(change.field, change.before, change.after) for change in waiting.changes] == [
        ("phone", "055 11 11 11", "055 22 22 22")
    ]
    write.accept_proposal(waiting.number, by=editor, now=LATER)
    assert value("fiets", "phone") == "055 22 22 22"
    assert read.list_proposals() == ()
    with pytest.raises(InvalidInput, match="al beslist"):
        write.accept_proposal(waiting.number, by=editor)


def test_a_region_that_looks_first_shows_nothing_before(reviewing: None, owner: User, editor: User) -> None:
    for phone in ("055 22 22 22", "055 33 33 33"):
        spoken = state_profile(ORGANISATION, "fiets", {"phone": phone}, organisation_key="fiets", voice=Voice(owner))
        assert spoken.waiting == ("phone",)
    assert value("fiets", "phone") == "055 00 00 01"
    (waiting,) = read.list_proposals(organisation="fiets")  # the second took up the first
    assert waiting.changes[0].after == "055 33 33 33"
    with pytest.raises(InvalidInput, match="waarom"):
        write.reject_proposal(waiting.number, reason="  ", by=editor)
    write.reject_proposal(waiting.number, reason="Dit nummer neemt niemand op.", by=editor)
    assert value("fiets", "phone") == "055 00 00 01"
    decided = read.get_proposal(waiting.number)
    assert decided is not None
    assert (decided.state, decided.reason) == ("rejected", "Dit nummer neemt niemand op.")


def test_a_new_offer_is_proposed_and_appears_once_accepted(reviewing: None, owner: User, editor: User) -> None:
    values: dict[str, Json] = {"service": "bicycle_repair", "customers": ["citizen"], "area": ["radius:10"]}
    spoken = state_profile(OFFER, "fiets/nieuw", values, organisation_key="fiets", voice=Voice(owner))
    assert spoken.proposal is not None
    write.accept_proposal(spoken.proposal, by=editor)
    record = read.get_organisation("fiets")
    assert record is not None
    assert "fiets/nieuw" in {offer.key for offer in record.offers}


def test_two_at_once_the_second_sees_the_first_and_loses_nothing(loaded: RegionPack, owner: User) -> None:
    """Both opened the form before anybody saved. Other fields do not clash; the same field does."""
    seen = based_on("fiets")
    edit = {"organisation_key": "fiets", "voice": Voice(owner), "based_on": seen}
    state_profile(ORGANISATION, "fiets", {"phone": "055 22 22 22"}, now=LATER, **edit)  # type: ignore[arg-type]
    other = state_profile(ORGANISATION, "fiets", {"description": "Verhuurt ook."}, now=LATER, **edit)  # type: ignore[arg-type]
    assert other.shown == ("description",)
    with pytest.raises(StaleEdit) as refusal:
        state_profile(ORGANISATION, "fiets", {"phone": "055 33 33 33"}, now=LATER, **edit)  # type: ignore[arg-type]
    assert refusal.value.fields == {"phone": "055 22 22 22"}
    assert value("fiets", "phone") == "055 22 22 22"
    same = state_profile(ORGANISATION, "fiets", {"phone": "055 22 22 22"}, now=LATER, **edit)  # type: ignore[arg-type]
    assert same.shown == ()  # both meant the same


def test_owner_states_only_what_is_hers(loaded: RegionPack, owner: User) -> None:
    for values in ({"status": "closed"}, {"kinds": ["maatwerkbedrijf"]}, {"name": "Anders"}):
        with pytest.raises(InvalidInput, match="niet zelf zeggen"):
            state_profile(ORGANISATION, "fiets", values, organisation_key="fiets", voice=Voice(owner))
    with pytest.raises(InvalidInput, match="niet bij deze organisatie"):
        state_profile(ORGANISATION, "fiets", {"phone": "055 11 11 11"}, organisation_key="groen", voice=Voice(owner))
    place = "fiets/ronse"
    with pytest.raises(InvalidInput, match="niet bij deze organisatie"):
        state_profile(ESTABLISHMENT, place, {"opening_hours": None}, organisation_key="groen", voice=Voice(owner))
    with pytest.raises(InvalidInput):
        state_profile(EntityKind.RECOGNITION, "fiets/x", {"law": "x"}, organisation_key="fiets", voice=Voice(owner))
    assert models.Statement.objects.filter(author=owner).count() == 0


def test_a_fault_stores_nothing(loaded: RegionPack, owner: User) -> None:
    with pytest.raises(InvalidEdit) as refusal:
        state_profile(
            ORGANISATION,
            "fiets",
            {"email": "geen adres", "phone": "055 22 22 22"},
            organisation_key="fiets",
            voice=Voice(owner),
        )
    assert set(refusal.value.errors) == {"email"}
    assert value("fiets", "phone") == "055 00 00 01"


def test_history_shows_before_and_after_and_each_edit_is_undone_on_its_own(loaded: RegionPack, owner: User) -> None:
    for days, phone in ((1, "055 22 22 22"), (2, "055 33 33 33")):
        state_profile(
            ORGANISATION,
            "fiets",
            {"phone": phone},
            organisation_key="fiets",
            voice=Voice(owner),
            now=NOW + timedelta(days=days),
        )
    second, first = read.list_edits("fiets")
    assert [(c.before, c.after) for c in (*first.changes, *second.changes)] == [
        ("055 00 00 01", "055 22 22 22"),
        ("055 22 22 22", "055 33 33 33"),
    ]
    write.undo_edit(second.number, organisation_key="fiets", voice=Voice(owner))
    assert value("fiets", "phone") == "055 22 22 22"
    write.undo_edit(first.number, organisation_key="fiets", voice=Voice(owner))
    assert value("fiets", "phone") == "055 00 00 01"
    for number, slug in ((first.number, "fiets"), (second.number, "groen"), (1, "fiets")):
        with pytest.raises(InvalidInput):
            write.undo_edit(number, organisation_key=slug, voice=Voice(owner))


def test_a_confirmation_says_nothing_new_and_makes_fresh(loaded: RegionPack, owner: User) -> None:
    before = read.get_organisation("fiets")
    assert before is not None
    assert read.last_spoken(["fiets"]) == {}
    assert write.confirm_profile("fiets", voice=Voice(owner), how="Via de mail.", now=LATER)
    assert not write.confirm_profile("fiets", voice=Voice(owner), how="Via de mail.", now=LATER)
    after = read.get_organisation("fiets")
    assert after is not None
    assert after.facts == before.facts
    assert (after.newest_on, read.last_spoken(["fiets"])) == ("2026-11-24", {"fiets": "2026-11-24"})
    with pytest.raises(InvalidInput):
        write.confirm_profile("bestaat-niet", voice=Voice(owner), how="")


@pytest.mark.parametrize("way", ["confirm", "owner", "editor"])
def test_who_does_not_answer_leaves_the_guide_and_comes_back_with_any_sign_of_life(
    loaded: RegionPack, owner: User, editor: User, way: str
) -> None:
    write.state_edit(ORGANISATION, "fiets", {"status": "uncertain"}, author=editor, now=NOW)
    assert write.mark_unconfirmed("fiets", note="Gevraagd op 1 september.", now=LATER)
    assert not write.mark_unconfirmed("fiets", note="Nog eens.", now=LATER)
    record = read.get_organisation("fiets")
    assert record is not None
    assert (record.status, record.newest_on) == (LifeStatus.UNCONFIRMED, "2026-11-23")  # silence is no sign of life
    assert {offer.status for offer in record.offers} == {LifeStatus.UNCONFIRMED}
    again = LATER + timedelta(days=1)
    if way == "confirm":
        write.confirm_profile("fiets", voice=Voice(None), how="Via de mail.", now=again)
    elif way == "owner":
        state_profile(
            OFFER, "fiets/herstel", {"words": "snel"}, organisation_key="fiets", voice=Voice(owner), now=again
        )
    else:
        write.state_edit(ORGANISATION, "fiets", {"phone": "055 99 99 99"}, author=editor, now=again)
    back = read.get_organisation("fiets")
    assert back is not None
    assert back.status is LifeStatus.UNCERTAIN


def test_rules_of_the_region_are_those_of_its_pack(loaded: RegionPack) -> None:
    assert read.upkeep_rules() == Rules()
    other = Rules(owner_edits=OwnerEdits.AFTER_REVIEW, ageing_months=3, ask_every_days=60)
    load(small_pack(settings=replace(SETTINGS, profiles=other)))
    assert read.upkeep_rules() == other
