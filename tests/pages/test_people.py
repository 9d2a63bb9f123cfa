"""The pages about people: who sees them, what they change, what they refuse."""

from __future__ import annotations

import pytest
from django.test import Client

from schakel.accounts.models import Invitation, Membership, User
from schakel.core.permissions import REGION_KEY, BodyKind, Role
from schakel.mail.models import Message
from tests.access.people import add_membership

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BACKEND = "django.contrib.auth.backends.ModelBackend"
RONSE = "/mijn/mensen/municipality:45041"
INVITE = {"email": "nieuw@voorbeeld.example", "role": "editor", "language": "nl"}


def inside(
    name: str, role: Role, kind: BodyKind = BodyKind.MUNICIPALITY, key: str = "45041"
) -> tuple[Client, Membership]:
    """Somebody who signed in, with one role."""
    person = User.objects.create_user(f"{name}@voorbeeld.example", "een-lang-wachtwoord")
    held = add_membership(person, kind, key, role)
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client, held


def test_reader_sees_colleagues_and_changes_nothing(klein: None) -> None:
    manager, held = inside("an", Role.MANAGER)
    reader, _ = inside("bea", Role.READER)
    manager.post(RONSE, INVITE)
    page = reader.get(RONSE).content.decode()
    assert "an@voorbeeld.example" in page
    assert "nieuw@voorbeeld.example" not in page  # whom a manager invited is for managers
    assert "Nodig iemand uit" not in page
    assert reader.post(RONSE, INVITE | {"email": "x@voorbeeld.example"}).status_code == 404
    for path in (
        f"{RONSE}/rol/{held.pk}",
        f"{RONSE}/uitnodiging/{Invitation.objects.get().pk}",
        f"/mijn/overdracht/{held.user_id}",
    ):
        assert reader.get(path).status_code == 404, path
        assert reader.post(path, {"end": "1", "withdraw": "1"}).status_code == 404, path
    assert Membership.objects.filter(ended_at=None).count() == 2
    assert Invitation.objects.get().withdrawn_at is None


def test_role_and_invitation_of_another_body_are_not_found(klein: None) -> None:
    """Guessing numbers under an own body leads nowhere."""
    manager, _ = inside("an", Role.MANAGER)
    other, held = inside("bea", Role.MANAGER, BodyKind.MUNICIPALITY, "45064")
    other.post("/mijn/mensen/municipality:45064", INVITE)
    for path in (
        f"{RONSE}/rol/{held.pk}",
        f"{RONSE}/uitnodiging/{Invitation.objects.get().pk}",
        f"/mijn/overdracht/{held.user_id}",
    ):
        assert manager.get(path).status_code == 404, path
        assert manager.post(path, {"end": "1", "withdraw": "1"}).status_code == 404, path
    held.refresh_from_db()
    assert held.ended_at is None


def test_role_is_taken_away_in_mid_session(klein: None) -> None:
    manager, _ = inside("an", Role.MANAGER)
    editor, held = inside("bea", Role.EDITOR)
    assert editor.get(RONSE).status_code == 200
    page = manager.get(f"{RONSE}/rol/{held.pk}").content.decode()
    assert "ook als deze persoon nu aangemeld is" in page
    held.refresh_from_db()
    assert held.ended_at is None  # looking takes nothing away
    assert manager.post(f"{RONSE}/rol/{held.pk}", {"end": "1"})["Location"] == RONSE
    assert editor.get(RONSE)["Location"].startswith("/aanmelden")
    assert "bea@voorbeeld.example" not in manager.get(RONSE).content.decode()


def test_last_manager_reads_why_and_where_to_hand_over(klein: None) -> None:
    manager, held = inside("an", Role.MANAGER)
    for sent in ({"end": "1"}, {"change": "1", "role": "reader"}):
        page = manager.post(f"{RONSE}/rol/{held.pk}", sent)
        assert page.status_code == 400
        assert "blijft er geen beheerder over" in page.content.decode()
        assert f"/mijn/overdracht/{held.user_id}" in page.content.decode()
    assert manager.get(RONSE).status_code == 200  # still signed in


def test_bad_invitation_is_said_and_what_was_typed_stays(klein: None) -> None:
    manager, _ = inside("an", Role.MANAGER)
    for change, words in (
        ({"email": "geen adres"}, "geldig e-mailadres"),
        ({"role": "owner"}, "owner"),
        ({"language": "xx"}, "xx"),
        ({"email": "an@voorbeeld.example"}, "al een rol"),
    ):
        page = manager.post(RONSE, INVITE | change)
        assert page.status_code == 400, change
        assert words in page.content.decode(), change
        assert str((INVITE | change)["email"]) in page.content.decode()
    assert not Message.objects.exists()


def test_invitation_is_sent_again_and_withdrawn(klein: None) -> None:
    manager, _ = inside("an", Role.MANAGER)
    assert manager.post(RONSE, INVITE)["Location"] == RONSE
    path = f"{RONSE}/uitnodiging/{Invitation.objects.get().pk}"
    assert "nieuw@voorbeeld.example" in manager.get(path).content.decode()
    manager.post(path, {"again": "1"})
    assert Message.objects.count() == 2
    manager.post(path, {"withdraw": "1"})
    assert path not in manager.get(RONSE).content.decode()
    assert manager.get(path).status_code == 404


def test_coordinator_hands_everything_over_on_one_page(klein: None) -> None:
    leaver, held = inside("an", Role.MANAGER, BodyKind.CLUSTER, "voorbeeldcluster")
    add_membership(held.user, BodyKind.MUNICIPALITY, "45041", Role.EDITOR)
    path = f"/mijn/overdracht/{held.user_id}"
    page = leaver.get(path).content.decode()
    assert "Ronse: bewerker" in page
    assert leaver.post(path, {"successor": "", "email": "", "language": "nl"}).status_code == 400
    assert leaver.post(path, {"successor": "999", "language": "nl"}).status_code == 400  # nobody here has that number
    sent = {"successor": "", "email": "bea@voorbeeld.example", "language": "nl"}
    assert leaver.post(path, sent | {"at_once": "on"}).status_code == 400  # nobody would be left
    assert leaver.post(path, sent)["Location"] == "/mijn/mensen"
    assert leaver.get("/mijn/mensen").status_code == 200  # until somebody accepts, nothing changes
    link = str(Message.objects.get(kind="invitation").context["path"])
    new = {"password": "wandelen-door-de-mist", "repeated": "wandelen-door-de-mist"}
    assert Client().post(link, new).status_code == 302
    assert leaver.get("/mijn/mensen")["Location"].startswith("/aanmelden")
    held_now = Membership.objects.filter(ended_at=None).values_list("user__email", "kind", "role")
    assert sorted(held_now) == [
        ("bea@voorbeeld.example", "cluster", "manager"), ("bea@voorbeeld.example", "municipality", "editor"),
    ]  # fmt: skip


def test_what_somebody_else_decides_about_stays(klein: None) -> None:
    manager, _ = inside("an", Role.MANAGER)
    _, held = inside("bea", Role.EDITOR)
    add_membership(held.user, BodyKind.REGION, REGION_KEY, Role.READER)
    page = manager.get(f"/mijn/overdracht/{held.user_id}").content.decode()
    assert "daarover beslist iemand anders" in page
    colleague = Membership.objects.exclude(user=held.user).get().user_id
    manager.post(f"/mijn/overdracht/{held.user_id}", {"successor": colleague, "language": "nl"})
    assert list(Membership.objects.filter(user=held.user, ended_at=None).values_list("kind", flat=True)) == ["region"]


def test_letters_name_the_site_and_never_the_host_that_was_asked(klein: None) -> None:
    manager, _ = inside("an", Role.MANAGER)
    assert manager.post(RONSE, INVITE, headers={"host": "kwaad.example"}).status_code == 400
    manager.post(RONSE, INVITE, headers={"x-forwarded-host": "kwaad.example"})
    letter = Message.objects.get()
    assert str(letter.context["path"]).startswith("/uitnodiging/")
    assert "kwaad" not in repr(letter.context)


def test_every_form_about_people_needs_its_token(klein: None) -> None:
    _, held = inside("an", Role.MANAGER)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(held.user, backend=BACKEND)
    for path in (
        RONSE,
        f"{RONSE}/rol/{held.pk}",
        f"{RONSE}/uitnodiging/1",
        f"/mijn/overdracht/{held.user_id}",
        "/uitnodiging/x",
    ):
        assert strict.post(path, INVITE).status_code == 403, path


def test_coordinator_finds_an_organisation_where_nobody_works_yet(klein: None) -> None:
    boss = Client()
    boss.force_login(User.objects.create_superuser("baas@voorbeeld.example"), backend=BACKEND)
    assert "voorbeeld-strijkerij" not in boss.get("/mijn/mensen").content.decode()
    assert "organisation:voorbeeld-strijkerij" in boss.get("/mijn/mensen?q=strijk").content.decode()
    assert boss.get("/mijn/mensen?q=" + "x" * 500).status_code == 200
