"""The one-time link of the first coordinator."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client

from schakel.accounts.links import PLACEHOLDER_EMAIL, find_person, first_coordinator_path, has_coordinator
from schakel.accounts.models import User

pytestmark = pytest.mark.django_db
GOOD = {"email": "Ann@Voorbeeld.be", "password": "fietsen-in-de-regen", "repeated": "fietsen-in-de-regen"}


def _path() -> str:
    path = first_coordinator_path()
    assert path is not None
    return path


def _parts(path: str) -> tuple[str, str]:
    _, _, uid, token = path.split("/")
    return uid, token


def test_link_sets_password_and_signs_in(client: Client) -> None:
    path = _path()
    response = client.post(path, GOOD)
    assert response.status_code == 302
    assert response["Location"] == "/mijn"
    assert has_coordinator()
    person = User.objects.get()
    assert (person.email, person.is_superuser, person.is_staff) == ("ann@voorbeeld.be", True, True)
    assert person.check_password(GOOD["password"])
    assert client.get("/beheer/").status_code == 200


def test_link_is_shown_any_number_of_times_before_it_is_used(client: Client) -> None:
    path = _path()
    for _ in range(3):
        response = client.get(path)
        assert response.status_code == 200
        assert "wachtwoord" in response.content.decode()
    assert client.post(path, GOOD).status_code == 302


def test_link_works_once(client: Client) -> None:
    path = _path()
    client.post(path, GOOD)
    other = Client()
    assert other.get(path).status_code == 410
    assert (
        other.post(path, GOOD | {"password": "iets-heel-anders-1", "repeated": "iets-heel-anders-1"}).status_code == 410
    )
    assert User.objects.get().check_password(GOOD["password"])


def test_every_link_dies_once_one_is_used(client: Client) -> None:
    first, second = _path(), _path()
    client.post(second, GOOD)
    assert client.get(first).status_code == 410


@pytest.mark.parametrize(
    "change",
    [
        lambda uid, token: (uid, token[:-1] + ("a" if token[-1] != "a" else "b")),
        lambda uid, token: (uid, token.split("-")[0] + "-" + "0" * 32),
        lambda uid, token: (uid, "x"),
        lambda uid, token: ("OTk5OTk", token),
        lambda uid, token: ("%%%", token),
        lambda uid, token: ("A" * 500, token),
        lambda uid, token: ("LTE", token),  # -1
        lambda uid, token: ("8J-YgA", token),  # not a number
    ],
)
def test_altered_link_is_refused(client: Client, change: object) -> None:
    uid, token = change(*_parts(_path()))  # type: ignore[operator]
    assert find_person(uid, token) is None
    response = client.get(f"/beginnen/{uid.replace('%', '%25')}/{token}")
    assert response.status_code == 410
    assert "werkt niet meer" in response.content.decode()


def test_link_expires_after_three_days(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _path()
    now = datetime.now()
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: now + timedelta(days=2, hours=23))
    assert client.get(path).status_code == 200
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: now + timedelta(days=3, hours=1))
    assert client.get(path).status_code == 410
    assert client.post(path, GOOD).status_code == 410


def test_link_of_somebody_inactive_is_refused(client: Client) -> None:
    path = _path()
    User.objects.update(is_active=False)
    assert client.get(path).status_code == 410


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"repeated": "iets anders dan dat"}, "niet gelijk"),
        ({"password": "kort", "repeated": "kort"}, "12 tekens"),
        ({"password": "password1234", "repeated": "password1234"}, "algemeen"),
        ({"email": "geen adres"}, "e-mailadres"),
        ({"email": ""}, "verplicht"),
        ({"password": "ann@voorbeeld.be", "repeated": "ann@voorbeeld.be"}, "lijkt te veel"),
        ({"password": "x" * 2000, "repeated": "x" * 2000}, "1000"),
    ],
)
def test_form_that_is_wrong_does_not_use_the_link_up(client: Client, change: dict[str, str], words: str) -> None:
    path = _path()
    response = client.post(path, GOOD | change)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not has_coordinator()
    assert User.objects.get().email == PLACEHOLDER_EMAIL
    assert client.post(path, GOOD).status_code == 302


def test_address_of_somebody_else_is_refused(client: Client) -> None:
    User.objects.create_user("ann@voorbeeld.be", "een-lang-wachtwoord")
    response = client.post(_path(), GOOD)
    assert response.status_code == 400
    assert "Er is al iemand" in response.content.decode()


def test_no_link_when_a_coordinator_can_sign_in() -> None:
    User.objects.create_superuser("bea@voorbeeld.be", "een-lang-wachtwoord")
    assert first_coordinator_path() is None


def test_no_link_when_a_coordinator_signs_in_with_a_passkey_alone() -> None:
    boss = User.objects.create_superuser("bea@voorbeeld.be")
    Authenticator.objects.create(user=boss, type=Authenticator.Type.WEBAUTHN, data={})
    assert first_coordinator_path() is None


def test_link_again_when_the_only_coordinator_cannot_sign_in() -> None:
    User.objects.create_superuser("bea@voorbeeld.be", "een-lang-wachtwoord", is_active=False)
    assert first_coordinator_path() is not None
    assert first_coordinator_path() is not None
    assert User.objects.filter(email=PLACEHOLDER_EMAIL).count() == 1


def test_page_is_not_kept_and_not_leaked(client: Client) -> None:
    response = client.get(_path())
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "strict-origin"


def test_new_person_gets_a_link_that_works_once(client: Client, admin_user: User) -> None:
    client.force_login(admin_user)
    page = client.post(
        "/beheer/accounts/user/add/", {"email": "An@voorbeeld.be", "language": "nl", "is_active": "on"}, follow=True
    )
    link = re.search(r"http://testserver(/beginnen/[^<]+)", page.content.decode())
    assert link is not None
    other = Client()
    shown = other.get(link[1]).content.decode()
    assert 'value="an@voorbeeld.be"' in shown
    assert "eerste coördinator" not in shown
    assert other.post(link[1], GOOD | {"email": "an@voorbeeld.be"})["Location"] == "/mijn"
    assert other.get(link[1]).status_code == 410
    assert not User.objects.get(email="an@voorbeeld.be").is_staff


def test_forgotten_password_is_chosen_anew_with_a_link(client: Client, admin_user: User) -> None:
    client.force_login(admin_user)
    person = User.objects.create_user("bea@voorbeeld.be", "een-lang-wachtwoord", is_staff=True)
    chosen = {"action": "give_link", "_selected_action": [person.pk]}
    page = client.post("/beheer/accounts/user/", chosen, follow=True).content.decode()
    link = re.search(r"http://testserver(/beginnen/[^<]+)", page)
    assert link is not None
    assert Client().post(link[1], GOOD)["Location"] == "/mijn"
    person.refresh_from_db()
    assert person.check_password(GOOD["password"])


def test_link_for_a_coordinator_is_not_given_by_somebody_less(client: Client, admin_user: User) -> None:
    helper = User.objects.create_user("bea@voorbeeld.be", "een-lang-wachtwoord", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__in=["change_user", "view_user"]))
    client.force_login(helper)
    chosen = {"action": "give_link", "_selected_action": [admin_user.pk]}
    assert "/beginnen/" not in client.post("/beheer/accounts/user/", chosen, follow=True).content.decode()


def test_password_that_is_too_short_is_refused_in_dutch(client: Client) -> None:
    page = client.post(_path(), GOOD | {"password": "kort", "repeated": "kort"})
    assert "Dit wachtwoord is te kort. Het moet minstens 12 tekens lang zijn." in page.content.decode()


def test_form_needs_the_csrf_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(_path(), GOOD).status_code == 403
    assert not has_coordinator()
