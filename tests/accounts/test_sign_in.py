"""Signing in: password, second factor, forgotten passwords, sessions that end."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from schakel.accounts.models import User
from schakel.core.permissions import REGION_KEY, BodyKind, Role
from schakel.mail.models import Message
from tests.access.people import add_membership

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PASSWORD = "fietsen-in-de-regen"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def person() -> User:
    return User.objects.create_user("bea@voorbeeld.example", PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, email: str = "bea@voorbeeld.example", **more: str) -> object:
    return client.post("/aanmelden", {"login": email, "password": password, **more})


def code(moment: float | None = None) -> str:
    return str(format_hotp_value(hotp_value(SECRET, int((moment or time.time()) // 30))))


def test_password_opens_the_work_page(client: Client, person: User) -> None:
    answer = client.post("/aanmelden", {"login": "Bea@Voorbeeld.example", "password": PASSWORD})
    assert answer["Location"] == "/mijn"
    assert client.get("/mijn").status_code == 200


def test_sign_in_leads_back_and_never_elsewhere(client: Client, person: User) -> None:
    place = client.get("/mijn/beveiliging")["Location"]
    assert place == "/aanmelden?next=/mijn/beveiliging"
    for foreign in ("https://elders.example/", "//elders.example", "/\\elders.example", "javascript:alert(1)"):
        answer = Client().post("/aanmelden", {"login": person.email, "password": PASSWORD, "next": foreign})
        assert answer.status_code == 302
        assert answer["Location"] == "/mijn"


def test_wrong_password_and_unknown_address_get_the_same_answer(client: Client, person: User) -> None:
    pages = [
        client.post("/aanmelden", {"login": email, "password": "verkeerd-en-lang"}).content.decode()
        for email in ("bea@voorbeeld.example", "niemand@voorbeeld.example")
    ]
    faults = [re.findall(r'role="alert">(.*?)</div>', page, re.S) for page in pages]
    assert faults[0]
    assert faults[0] == faults[1]


def test_guessing_is_stopped_also_with_the_right_password(client: Client, person: User) -> None:
    for _ in range(6):
        client.post("/aanmelden", {"login": person.email, "password": "verkeerd-en-lang"})
    answer = client.post("/aanmelden", {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    other = Client(REMOTE_ADDR="198.51.100.7")
    answer = other.post("/aanmelden", {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 200  # another address does not help whoever guesses at one account
    assert "_auth_user_id" not in other.session


def test_nobody_signs_up(client: Client) -> None:
    page = client.post("/aanmelden/uitnodiging", {"email": "nieuw@voorbeeld.example", "password1": PASSWORD})
    assert "Alleen op uitnodiging" in page.content.decode()
    assert User.objects.count() == 0


def test_somebody_inactive_does_not_come_in(client: Client, person: User) -> None:
    person.is_active = False
    person.save()
    client.post("/aanmelden", {"login": person.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_second_factor_is_asked_and_its_code_works_once(client: Client, person: User) -> None:
    TOTP.activate(person, SECRET)
    answer = client.post("/aanmelden", {"login": person.email, "password": PASSWORD})
    assert answer["Location"] == "/aanmelden/tweede-stap"
    assert "_auth_user_id" not in client.session
    assert client.get("/mijn").status_code == 302
    given = code()
    assert client.post("/aanmelden/tweede-stap", {"code": "000000"}).status_code == 200
    assert client.post("/aanmelden/tweede-stap", {"code": given})["Location"] == "/mijn"
    other = Client()
    other.post("/aanmelden", {"login": person.email, "password": PASSWORD})
    assert other.post("/aanmelden/tweede-stap", {"code": given}).status_code == 200
    assert "_auth_user_id" not in other.session


def test_recovery_code_works_once(client: Client, person: User) -> None:
    TOTP.activate(person, SECRET)
    client.post("/aanmelden", {"login": person.email, "password": PASSWORD})
    client.post("/aanmelden/tweede-stap", {"code": code()})
    assert client.post("/mijn/beveiliging/codes/nieuw")["Location"].startswith("/mijn/bevestigen")
    client.post("/mijn/bevestigen", {"password": PASSWORD})
    client.post("/mijn/beveiliging/codes/nieuw")
    shown = re.findall(r"<code>(\d+)</code>", client.get("/mijn/beveiliging/codes").content.decode())
    assert len(shown) == 10
    for attempt, expected in ((1, 302), (2, 200)):
        other = Client()
        other.post("/aanmelden", {"login": person.email, "password": PASSWORD})
        assert other.post("/aanmelden/tweede-stap", {"code": shown[0]}).status_code == expected, attempt


def test_coordinator_sets_up_a_second_factor_before_anything_else(client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_FOR = ("region", "cluster")
    boss = User.objects.create_superuser("an@voorbeeld.example", PASSWORD)
    client.post("/aanmelden", {"login": boss.email, "password": PASSWORD})
    for address in ("/mijn", "/beheer/", "/beheer/accounts/user/"):
        assert client.get(address)["Location"] == "/mijn/beveiliging", address
    assert client.get("/mijn/beveiliging/app")["Location"].startswith("/mijn/bevestigen")
    client.post("/mijn/bevestigen", {"password": PASSWORD})
    page = client.get("/mijn/beveiliging/app").content.decode()
    secret = re.findall(r"<code>([A-Z2-7]+)</code>", page)[0]
    given = str(format_hotp_value(hotp_value(secret, int(time.time() // 30))))
    assert client.post("/mijn/beveiliging/app", {"code": given}).status_code == 302
    assert client.get("/mijn").status_code == 200
    assert client.get("/beheer/").status_code == 200


def test_who_works_for_a_municipality_may_do_without(client: Client, person: User, settings: Settings) -> None:
    settings.SECOND_FACTOR_FOR = ("region", "cluster")
    add_membership(person, BodyKind.MUNICIPALITY, "45041", Role.MANAGER)
    client.post("/aanmelden", {"login": person.email, "password": PASSWORD})
    assert client.get("/mijn").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client: Client, person: User, settings: Settings) -> None:
    settings.SECOND_FACTOR_FOR = ("region", "cluster")
    add_membership(person, BodyKind.CLUSTER, "voorbeeldcluster", Role.READER)
    Authenticator.objects.create(user=person, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/mijn")["Location"] == "/mijn/beveiliging"


def reset_path(client: Client, person: User) -> str:
    client.post("/wachtwoord/vergeten", {"email": person.email})
    path = Message.objects.get(kind="password-reset").context["path"]
    assert isinstance(path, str)
    return path


def test_forgotten_password_by_a_letter_that_works_once(client: Client, person: User) -> None:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    path = reset_path(Client(), person)
    elsewhere = Client()
    inside = elsewhere.get(path)["Location"]
    new = {"password1": "wandelen-door-de-mist", "password2": "wandelen-door-de-mist"}
    assert elsewhere.post(inside, new).status_code == 302
    person.refresh_from_db()
    assert person.check_password("wandelen-door-de-mist")
    assert client.get("/mijn").status_code == 302  # the session of before is over
    again = Client().get(path)
    assert "Deze link werkt niet meer" in again.content.decode()
    altered = path[:-3] + ("abc" if not path.endswith("abc") else "xyz")
    assert "Deze link werkt niet meer" in Client().get(altered).content.decode()


def test_asking_for_a_password_says_nothing_about_who_exists(client: Client, person: User) -> None:
    answers = [client.post("/wachtwoord/vergeten", {"email": email}) for email in (person.email, "x@voorbeeld.example")]
    assert [answer["Location"] for answer in answers] == ["/wachtwoord/vergeten/verstuurd"] * 2
    assert Message.objects.count() == 1


def test_reset_link_ignores_the_host_that_was_asked(client: Client, person: User, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    assert (
        client.post("/wachtwoord/vergeten", {"email": person.email}, headers={"host": "kwaad.example"}).status_code
        == 400
    )
    assert reset_path(client, person).startswith("/wachtwoord/nieuw/")  # a path: the site adds its own name


def test_session_ends_after_idling_and_after_a_day(
    client: Client, person: User, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    start = time.time()
    now = [start]
    monkeypatch.setattr("schakel.accounts.sessions.time.time", lambda: now[0])
    sign_in(client)
    for hours in range(1, 12):  # somebody who keeps working
        now[0] = start + hours * 3600
        assert client.get("/mijn").status_code == 200, hours
    now[0] = start + 12.1 * 3600
    assert client.get("/mijn").status_code == 302
    sign_in(client)
    now[0] += settings.SESSION_IDLE_SECONDS + 1
    assert client.get("/mijn").status_code == 302


def test_session_ends_when_the_clock_is_set_back(client: Client, person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    start = time.time()
    sign_in(client)
    monkeypatch.setattr("schakel.accounts.sessions.time.time", lambda: start - 7200)
    assert client.get("/mijn").status_code == 302


def test_role_taken_away_counts_at_the_next_request(client: Client, person: User, klein: None) -> None:
    held = add_membership(person, BodyKind.REGION, REGION_KEY, Role.READER)
    sign_in(client)
    assert "Regio, lezer" in client.get("/mijn").content.decode()
    held.delete()
    assert "Regio, lezer" not in client.get("/mijn").content.decode()


def test_all_sessions_end_when_the_round_of_roles_goes_up(client: Client, person: User) -> None:
    sign_in(client)
    person.session_round += 1
    person.save()
    assert client.get("/mijn").status_code == 302


def test_every_form_of_signing_in_needs_its_token(person: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    for address in ("/aanmelden", "/afmelden", "/wachtwoord/vergeten", "/mijn/wachtwoord", "/mijn/beveiliging/app"):
        strict.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert strict.post(address, {"login": person.email}).status_code == 403, address


def test_visitor_leaves_no_address_behind(person: User) -> None:
    client = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Voorbeeldbrowser 1.0")
    sign_in(client)
    sign_in(client, "verkeerd")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (a table of the database itself)
            assert "203.0.113.77" not in repr(cursor.fetchall()), table
    assert "203.0.113.77" not in repr(cache._cache)  # type: ignore[attr-defined]


def test_asking_for_passwords_stops_after_a_few(client: Client, person: User) -> None:
    """Per address and per client: nobody's mailbox is flooded from here."""
    for _ in range(6):
        Client().post("/wachtwoord/vergeten", {"email": person.email})
    assert Message.objects.count() <= 3  # within one second it is one link, and so one letter
    for number in range(12):
        client.post("/wachtwoord/vergeten", {"email": f"x{number}@voorbeeld.example"})
    assert client.post("/wachtwoord/vergeten", {"email": "y@voorbeeld.example"}).status_code == 429


def test_guessing_the_second_factor_is_stopped(client: Client, person: User) -> None:
    TOTP.activate(person, SECRET)
    sign_in(client)
    for _ in range(12):
        client.post("/aanmelden/tweede-stap", {"code": "000000"})
    client.post("/aanmelden/tweede-stap", {"code": code()})
    assert "_auth_user_id" not in client.session


def test_reset_link_gets_too_old(client: Client, person: User, settings: Settings) -> None:
    path = reset_path(client, person)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "Deze link werkt niet meer" in Client().get(path).content.decode()
