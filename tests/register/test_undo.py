"""An edit is undone by whose it is, unless somebody said something else since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schakel.accounts.models import User
from schakel.audit.models import Entry
from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind, Json
from schakel.register import read, write
from schakel.register.models import Statement
from schakel.register.write import OvertakenEdit, Voice, state_edit, state_profile, undo_edit
from schakel.sources.region_pack.model import RegionPack
from tests.register.packs import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
ORGANISATION = EntityKind.ORGANISATION


@pytest.fixture
def owner(loaded: RegionPack) -> Voice:
    return Voice(User.objects.create_user("fiets@voorbeeld.example"), "organisation:fiets")


@pytest.fixture
def editor(loaded: RegionPack) -> Voice:
    return Voice(User.objects.create_user("redactie@voorbeeld.example"), "cluster:west", as_editor=True)


def say(voice: Voice, days: int, **values: Json) -> int:
    """Number of the statement."""
    when = NOW + timedelta(days=days)
    state_profile(ORGANISATION, "fiets", values, organisation_key="fiets", voice=voice, now=when)
    return Statement.objects.latest("pk").pk


def value(field: str) -> Json:
    record = read.get_organisation("fiets")
    assert record is not None
    return record.facts[field].value


def test_log_refers_to_what_was_said_and_to_what_stood_there(owner: Voice) -> None:
    record = read.get_organisation("fiets")
    assert record is not None
    before = record.facts["phone"].provenance
    assert before is not None
    number = say(owner, 1, phone="055 22 22 22")
    entry = Entry.objects.get(action="edit")
    assert (entry.actor, entry.body, entry.subject) == (owner.author, "organisation:fiets", "fiets")
    assert entry.details == {
        "entity": "organisation",
        "fields": ["phone"],
        "statement": number,
        "before": {"phone": before.statement_id},
    }


def test_what_stood_before_counts_again_with_its_own_date(owner: Voice) -> None:
    before = read.get_organisation("fiets")
    undo_edit(
        say(owner, 1, phone="055 22 22 22", website="https://nieuw.example"), organisation_key="fiets", voice=owner
    )
    after = read.get_organisation("fiets")
    assert before is not None
    assert after is not None
    assert after.facts == before.facts
    entry = Entry.objects.get(action="undo")
    assert (entry.body, entry.details["fields"]) == ("organisation:fiets", ["phone", "website"])


def test_changed_since_is_refused_with_the_difference_and_changes_nothing(owner: Voice, editor: Voice) -> None:
    first = say(owner, 1, phone="055 22 22 22", website="https://nieuw.example")
    say(editor, 2, phone="055 44 44 44")
    with pytest.raises(OvertakenEdit, match=r"Telefoon is nu '055 44 44 44', hier werd het '055 22 22 22'") as refusal:
        undo_edit(first, organisation_key="fiets", voice=owner)
    assert refusal.value.fields == {"phone": ("055 22 22 22", "055 44 44 44")}
    assert (value("phone"), value("website")) == ("055 44 44 44", "https://nieuw.example")
    assert not Entry.objects.filter(action="undo").exists()


def test_an_organisation_cannot_undo_an_editor_and_an_editor_can(owner: Voice, editor: Voice) -> None:
    number = say(editor, 1, phone="055 44 44 44")
    with pytest.raises(InvalidInput, match="niet van jou"):
        undo_edit(number, organisation_key="fiets", voice=owner)
    undo_edit(number, organisation_key="fiets", voice=editor)
    assert value("phone") == "055 00 00 01"
    with pytest.raises(InvalidInput, match="al ongedaan gemaakt"):
        undo_edit(number, organisation_key="fiets", voice=editor)


def test_what_is_not_of_a_profile_only_for_who_manages_everything(editor: Voice) -> None:
    state_edit(ORGANISATION, "fiets", {"name": "Andere naam"}, author=editor.author)
    number = Statement.objects.latest("pk").pk
    with pytest.raises(InvalidInput):
        undo_edit(number, organisation_key="fiets", voice=editor)
    undo_edit(number, organisation_key="fiets", voice=editor, everything=True)
    assert value("name") != "Andere naam"


def test_of_another_organisation_and_of_a_list_nothing_is_undone(owner: Voice, editor: Voice) -> None:
    number = say(owner, 1, phone="055 22 22 22")
    listed = Statement.objects.filter(organisation_key="fiets").earliest("pk").pk
    for one, slug in ((number, "groen"), (listed, "fiets")):
        with pytest.raises(InvalidInput):
            undo_edit(one, organisation_key=slug, voice=editor, everything=True)


def test_a_new_thing_disappears_again(owner: Voice) -> None:
    values: dict[str, Json] = {"service": "bicycle_repair", "customers": ["citizen"]}
    key = "fiets/aanbod-nieuw"
    state_profile(EntityKind.OFFER, key, values, organisation_key="fiets", voice=owner)
    undo_edit(Statement.objects.get(key=key).pk, organisation_key="fiets", voice=owner)
    record = read.get_organisation("fiets")
    assert record is not None
    assert key not in {offer.key for offer in record.offers}


def test_merged_organisations_undo_too(owner: Voice, editor: Voice) -> None:
    number = say(owner, 1, phone="055 22 22 22")
    assert editor.author is not None
    write.merge_organisations("groen", "fiets", reason="dezelfde", author=editor.author)
    undo_edit(number, organisation_key="groen", voice=owner)
    assert Statement.objects.get(pk=number).withdrawn_at is not None
