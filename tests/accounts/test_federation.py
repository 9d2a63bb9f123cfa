"""Signing in through a service that speaks OpenID Connect, over real HTTP with a provider in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from schakel.accounts.models import User
from schakel.config.settings import _federation
from tests.accounts.oidc_provider import CLIENT, PASSWORD, SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.embedded]
BACK = "http://testserver/aanmelden/via/oidc/terug"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the provider."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("provider")
    command = [sys.executable, "-m", "tests.accounts.oidc_provider", str(port), str(folder), BACK]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(autouse=True)
def federated(provider: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our settings, as the environment gives them."""
    cache.clear()
    for name, value in {"ISSUER": provider, "CLIENT": CLIENT, "SECRET": SECRET, "NAME": "Voorbeelddienst"}.items():
        monkeypatch.setenv(f"SCHAKEL_OIDC_{name}", value)
    settings.SOCIALACCOUNT_PROVIDERS = _federation()


def at_provider(address: str, email: str) -> str:
    """Sign in at the provider; the address at which it sends the browser back to us."""
    with httpx.Client(follow_redirects=False) as browser:
        answer = browser.get(address)
        place = str(answer.next_request.url) if answer.next_request else ""
        assert "/accounts/login/" in place, answer.text[:500]
        answer = browser.post(place, data={"login": email, "password": PASSWORD})
        assert answer.next_request is not None
        answer = browser.get(answer.next_request.url)
        return answer.headers["location"]


def start(client: Client, **more: str) -> str:
    """Press the button on our page; where it leads."""
    query = f"?{urlencode(more)}" if more else ""
    answer = client.post(f"/aanmelden/via/oidc{query}")
    assert answer.status_code == 302, answer.content.decode()[:1000]
    return answer["Location"]


def come_in(client: Client, email: str, **more: str) -> object:
    """The whole way there and back; our last answer."""
    back = at_provider(start(client, **more), email)
    assert back.startswith(BACK)
    return client.get(back)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def bea() -> User:
    return User.objects.create_user("bea@voorbeeld.example", PASSWORD)


def test_sign_in_page_offers_the_service_by_its_name(client: Client) -> None:
    assert "Voorbeelddienst" in client.get("/aanmelden").content.decode()


def test_invited_person_comes_in_by_a_verified_address(client: Client, bea: User) -> None:
    asked = parse_qs(urlsplit(start(client)).query)
    assert set(asked["scope"][0].split()) == {"openid", "email"}  # no name, no number: the least there is
    assert asked["code_challenge_method"] == ["S256"]
    answer = come_in(client, bea.email)
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert answer["Location"] == "/mijn"  # type: ignore[index]
    assert client.session["_auth_user_id"] == str(bea.pk)
    held = SocialAccount.objects.get()
    assert (held.user_id, held.extra_data) == (bea.pk, {})
    assert not SocialToken.objects.exists()
    again = Client()
    come_in(again, bea.email)
    assert signed_in(again)
    assert User.objects.count() == SocialAccount.objects.count() == 1


def test_somebody_nobody_invited_gets_a_page_in_words_and_no_account(client: Client) -> None:
    answer = come_in(client, "onbekend@voorbeeld.example")
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer  # type: ignore[attr-defined,index]
    assert "Alleen op uitnodiging" in page.content.decode()
    assert not signed_in(client)
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_address_that_the_service_does_not_vouch_for_opens_nothing(client: Client) -> None:
    User.objects.create_user("cis@voorbeeld.example", PASSWORD)
    answer = come_in(client, "cis@voorbeeld.example")
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer  # type: ignore[attr-defined,index]
    assert "Alleen op uitnodiging" in page.content.decode()
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


def test_closed_account_stays_closed(client: Client, bea: User) -> None:
    bea.is_active = False
    bea.save()
    come_in(client, bea.email)
    assert not signed_in(client)


def test_second_factor_is_still_asked(client: Client, bea: User) -> None:
    TOTP.activate(bea, "JBSWY3DPEHPK3PXP")
    answer = come_in(client, bea.email)
    assert answer["Location"] == "/aanmelden/tweede-stap"  # type: ignore[index]
    assert not signed_in(client)


def test_it_leads_back_and_never_elsewhere(bea: User) -> None:
    for place, expected in (
        ("/mijn/mensen", "/mijn/mensen"),
        ("https://elders.example/", "/mijn"),
        ("//elders.example", "/mijn"),
    ):
        answer = come_in(Client(), bea.email, next=place)
        assert answer["Location"] == expected  # type: ignore[index]


def test_answer_that_was_asked_by_somebody_else_is_refused(client: Client, bea: User) -> None:
    """Whoever makes a victim open an address with an own code does not sign the victim in."""
    back = at_provider(start(Client()), bea.email)
    answer = client.get(back)
    assert answer.status_code == 401
    assert "gaf geen geldig antwoord" in answer.content.decode()
    assert not signed_in(client)


@pytest.mark.parametrize("change", [{"state": "onzin"}, {"state": ""}, {"code": "onzin"}, {"code": ""}])
def test_altered_answer_is_refused_in_words(client: Client, bea: User, change: dict[str, str]) -> None:
    parts = parse_qs(urlsplit(at_provider(start(client), bea.email)).query)
    answer = client.get(f"{BACK}?{urlencode({name: values[0] for name, values in parts.items()} | change)}")
    assert answer.status_code == 401
    assert "gaf geen geldig antwoord" in answer.content.decode()
    assert not signed_in(client)


def test_answer_works_once(client: Client, bea: User) -> None:
    back = at_provider(start(client), bea.email)
    assert client.get(back).status_code == 302
    client.post("/afmelden")
    assert client.get(back).status_code == 401
    assert not signed_in(client)


def test_who_stops_at_the_service_reads_so(client: Client) -> None:
    state = parse_qs(urlsplit(start(client)).query)["state"][0]
    answer = client.get(f"{BACK}?{urlencode({'error': 'access_denied', 'state': state})}", follow=True)
    assert "Je stopte met aanmelden" in answer.content.decode()


def test_service_that_does_not_answer_is_said_in_words(client: Client, settings: Settings) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{probe.getsockname()[1]}"
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = closed
    answer = client.post("/aanmelden/via/oidc")
    assert answer.status_code == 401
    assert "gaf geen geldig antwoord" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ISSUER": None}, "SCHAKEL_OIDC_ISSUER ontbreekt"),
        ({"ISSUER": "voorbeeld.example"}, "https://naam/pad"),
        ({"ISSUER": "http://elders.example"}, "moet met https://"),
        ({"CLIENT": None}, "SCHAKEL_OIDC_CLIENT"),
        ({"SECRET": None}, "SCHAKEL_OIDC_SECRET"),
    ],
)
def test_half_set_service_is_refused_at_the_start(
    change: dict[str, str | None], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in change.items():
        if value is None:
            monkeypatch.delenv(f"SCHAKEL_OIDC_{name}")
        else:
            monkeypatch.setenv(f"SCHAKEL_OIDC_{name}", value)
    with pytest.raises(ImproperlyConfigured, match=words):
        _federation()
