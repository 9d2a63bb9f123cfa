"""The history of an organisation and the log of the region: who sees what, and the way back."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from schakel.accounts.models import User
from schakel.accounts.roles import give
from schakel.audit.models import Entry
from schakel.core.model import EntityKind, Json
from schakel.core.permissions import BodyKind, Role, Target
from schakel.operations.prepare import make_editors_group
from schakel.register import read
from schakel.register.models import Statement
from schakel.register.write import Voice, state_profile
from tests.access.people import add_membership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klein")]
SLUG = "voorbeeld-strijkerij"
HISTORY = f"/mijn/organisatie/{SLUG}/geschiedenis"


def person(kind: BodyKind, key: str, role: Role) -> tuple[Client, User]:
    make_editors_group()
    user = User.objects.create_user(f"{kind}.{role}@voorbeeld.example", "een-lang-wachtwoord")
    add_membership(user, kind, key, role)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, user


@pytest.fixture
def owner() -> tuple[Client, User]:
    return person(BodyKind.ORGANISATION, SLUG, Role.EDITOR)


@pytest.fixture
def coordinator() -> tuple[Client, User]:
    return person(BodyKind.CLUSTER, "voorbeeldcluster", Role.EDITOR)


def say(user: User, body: str, *, as_editor: bool = False, **values: Json) -> int:
    voice = Voice(user, body, as_editor)
    state_profile(EntityKind.ORGANISATION, SLUG, values, organisation_key=SLUG, voice=voice)
    return Statement.objects.latest("pk").pk


def phone() -> Json:
    record = read.get_organisation(SLUG)
    assert record is not None
    return record.facts["phone"].value


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_who_on_whose_behalf_as_far_as_each_may_see(
    owner: tuple[Client, User], coordinator: tuple[Client, User]
) -> None:
    say(owner[1], f"organisation:{SLUG}", phone="055 11 11 11")
    say(coordinator[1], "cluster:voorbeeldcluster", as_editor=True, website="https://nieuw.example")
    theirs, ours = page(owner[0], HISTORY), page(coordinator[0], HISTORY)
    assert "organisation.editor@voorbeeld.example, namens Voorbeeld Strijkerij" in theirs
    assert "de redactie" in theirs
    assert "cluster.editor@voorbeeld.example" not in theirs
    assert "cluster.editor@voorbeeld.example, namens Voorbeeldcluster" in ours
    assert theirs.count("Maak ongedaan") == 1  # only what she said herself
    assert ours.count("Maak ongedaan") == 2


def test_filter_leaves_the_rest_out(owner: tuple[Client, User], coordinator: tuple[Client, User]) -> None:
    say(owner[1], f"organisation:{SLUG}", phone="055 11 11 11")
    say(coordinator[1], "cluster:voorbeeldcluster", as_editor=True, website="https://nieuw.example")
    own = page(owner[0], f"{HISTORY}?wie=eigen")
    assert "055 11 11 11" in own
    assert "https://nieuw.example" not in own
    assert "Niets past bij wat je koos" in page(owner[0], f"{HISTORY}?wat=offer")


def test_undo_and_a_refusal_that_shows_the_difference(
    owner: tuple[Client, User], coordinator: tuple[Client, User]
) -> None:
    number = say(owner[1], f"organisation:{SLUG}", phone="055 11 11 11")
    say(coordinator[1], "cluster:voorbeeldcluster", as_editor=True, phone="055 99 99 99")
    refused = owner[0].post(f"{HISTORY}/{number}/ongedaan", follow=True).content.decode()
    assert "Telefoon is nu &#x27;055 99 99 99&#x27;" in refused
    assert phone() == "055 99 99 99"
    newest = Statement.objects.latest("pk").pk
    assert "Ongedaan gemaakt" in coordinator[0].post(f"{HISTORY}/{newest}/ongedaan", follow=True).content.decode()
    assert phone() == "055 11 11 11"
    assert Entry.objects.get(action="undo").body == "cluster:voorbeeldcluster"


def test_a_reader_sees_and_undoes_nothing(owner: tuple[Client, User]) -> None:
    number = say(owner[1], f"organisation:{SLUG}", phone="055 11 11 11")
    reader, _ = person(BodyKind.ORGANISATION, SLUG, Role.READER)
    assert "Maak ongedaan" not in page(reader, HISTORY)
    assert reader.post(f"{HISTORY}/{number}/ongedaan").status_code == 404
    assert phone() == "055 11 11 11"


def test_log_of_the_region_tells_what_changed_and_can_be_searched(owner: tuple[Client, User]) -> None:
    manager, _ = person(BodyKind.REGION, "region", Role.MANAGER)
    say(owner[1], f"organisation:{SLUG}", phone="055 11 11 11")
    everything = page(manager, "/mijn/logboek")
    assert re.search(r"Voorbeeld Strijkerij</a>: gewijzigd", everything)
    assert "namens Voorbeeld Strijkerij" in everything
    assert "055 11 11 11" in everything
    assert "+32 55 00 00 01" in everything  # what stood there, read from the statement the line refers to
    assert "Regiopakket Voorbeeldstreek (2026-10-01): pakket geladen" in everything  # not the key of the source
    assert "pakket geladen</h2>" not in page(manager, "/mijn/logboek?wat=edit&wie=organisation.editor&waarover=strijk")
    assert "Niets past" in page(manager, "/mijn/logboek?van=2020-01-01&tot=2020-01-02")
    assert manager.get("/mijn/logboek?pagina=0").status_code == 404
    wrong = manager.get("/mijn/logboek?van=ooit")
    assert wrong.status_code == 400


def test_log_pages_ask_a_constant_number_of_queries(
    owner: tuple[Client, User], django_assert_max_num_queries: object
) -> None:
    manager, _ = person(BodyKind.REGION, "region", Role.MANAGER)
    for number in range(20):
        say(owner[1], f"organisation:{SLUG}", phone=f"055 11 11 {number:02}")
    page(manager, "/mijn/logboek")
    with django_assert_max_num_queries(16):  # type: ignore[operator]  # a fixture of pytest-django
        page(manager, "/mijn/logboek")
    with django_assert_max_num_queries(30):  # type: ignore[operator]  # as above
        page(owner[0], HISTORY)


def test_log_names_for_whom_a_role_was_given() -> None:
    manager, user = person(BodyKind.REGION, "region", Role.MANAGER)
    _, other = person(BodyKind.ORGANISATION, SLUG, Role.EDITOR)
    give(other, Target(BodyKind.MUNICIPALITY, "45041"), Role.EDITOR, on=timezone.localdate(), by=user)
    assert re.search(r"<h2[^>]*>Ronse: rol gegeven", page(manager, "/mijn/logboek?wat=role-give"))
