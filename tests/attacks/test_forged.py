"""Forged requests: without a token, with fields that were not asked, with another host, leading elsewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from schakel.accounts.models import User
from schakel.accounts.visitors import RateLimit
from schakel.cooperation.models import Need, Report, Suggestion, TasterPlace
from schakel.core.permissions import BodyKind, Role
from schakel.mail.compose import compose
from schakel.mail.models import Message
from schakel.operations.prepare import make_editors_group
from schakel.pages import visitor_forms
from tests.access.expected import WALK
from tests.access.people import add_membership
from tests.pages.test_needs import asked
from tests.pages.test_visitors import BAKERY, GARDEN, given

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klein")]
WITHOUT_TOKEN = {"/mail/afmelden/onzin"}  # mail programs post there by themselves: the signed link is what allows it


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """People type at once here, and nobody sends too much."""
    monkeypatch.setattr(visitor_forms, "SHORTEST_SECONDS", 0.0)
    monkeypatch.setattr("schakel.pages.views.visitors.limit", RateLimit(1000))


@pytest.mark.slow
def test_every_form_needs_its_token_also_of_a_manager() -> None:
    make_editors_group()
    user = User.objects.create_user("ann@voorbeeld.example", "een-lang-wachtwoord")
    add_membership(user, BodyKind.REGION, "region", Role.MANAGER)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    addresses = {stop.address for stops in WALK.values() for stop in stops if stop.method == "post"} - WITHOUT_TOKEN
    assert len(addresses) > 20
    assert {address: client.post(address, {}).status_code for address in addresses} == dict.fromkeys(addresses, 403)
    assert client.post("/beheer/accounts/user/add/", {"email": "x@y.example"}).status_code == 403
    assert User.objects.count() == 1


def test_fields_that_were_not_asked_are_not_heard(client: Client) -> None:
    more = {
        "confirmed_at": "2026-01-01", "handled_at": "2026-01-01", "outcome": "gedaan", "organisation_key": "x",
        "id": 999, "state": "open", "owner": 1, "body": "municipality:45041", "key": "eigenkeuze",
        "opened_at": "2026-01-01",
    }  # fmt: skip
    for path, values in (("/voorstel", GARDEN), ("/proefplaats", BAKERY)):
        assert client.post(path, {"given": given(client, path), **values, **more}).status_code == 302
    for row in (Suggestion.objects.get(), TasterPlace.objects.get()):
        assert (row.confirmed_at, row.handled_at, row.outcome) == (None, None, "")
        assert row.pk != 999
    assert Suggestion.objects.get().organisation_key == ""
    client.post("/organisatie/voorbeeld-strijkerij/melding", {"field": "phone", "text": "klopt niet", **more})
    report = Report.objects.get()
    assert (report.organisation_key, report.handled_at, report.outcome) == ("voorbeeld-strijkerij", None, "")
    client.post("/behoefte", {**asked(), **more})
    need = Need.objects.get()
    assert (need.state, need.owner, need.body, need.opened_at) == ("unconfirmed", None, "", None)
    assert need.key != "eigenkeuze"


@pytest.mark.parametrize("extra", [{"id": 1}, {"slug": "x", "status": "closed"}, {"organisations": [{"name": "x"}]}])
def test_the_api_takes_nothing_it_did_not_ask(client: Client, extra: dict[str, Any]) -> None:
    body = {"text": "strijk", "municipality": "45041", "customer": "citizen"}
    plain = client.post("/api/v1/needs/match", body, content_type="application/json").json()
    forged = client.post("/api/v1/needs/match", body | extra, content_type="application/json")
    assert forged.status_code in (200, 422)
    assert forged.status_code == 422 or forged.json() == plain
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)("/api/v1/organisations/voorbeeld-strijkerij", extra, "application/json")
        assert answer.status_code == 405


ELSEWHERE = (
    "https://kwaad.example/",
    "//kwaad.example",
    "/\\kwaad.example",
    "javascript:alert(1)",
    "https:kwaad.example",
)


@pytest.mark.parametrize("next_", ELSEWHERE)
def test_no_answer_leads_to_another_site(client: Client, next_: str) -> None:
    user = User.objects.create_user("ann@voorbeeld.example", "een-lang-wachtwoord")
    told = [
        client.post("/mijn-lijst", {"add": "voorbeeld-strijkerij", "next": next_}),
        client.post(
            f"/aanmelden?next={next_}", {"login": user.email, "password": "een-lang-wachtwoord", "next": next_}
        ),
        client.get("/aanmelden", {"next": next_}),
        client.get("/mijn/beveiliging", {"next": next_}),
        client.post("/afmelden", {"next": next_}),
        client.get("/beheer/login/", {"next": next_}),
        client.get("/gids", {"q": "strijk", "next": next_}, headers={"referer": "https://kwaad.example/"}),
    ]
    for response in told:
        place = response.headers.get("Location", "/")
        assert place.startswith("/"), place
        assert not place.startswith(("//", "/\\")), place


@pytest.mark.slow
def test_a_foreign_host_is_in_no_letter(client: Client, settings: Settings) -> None:
    """Even where every name is let in, links in mails come from the settings."""
    settings.ALLOWED_HOSTS = ["*"]
    foreign: dict[str, Any] = {"headers": {"host": "kwaad.example"}}
    for path, values in (("/voorstel", GARDEN), ("/proefplaats", BAKERY)):
        client.post(path, {"given": given(client, path), **values}, **foreign)
    client.post("/behoefte", asked(), **foreign)
    letters = [
        compose([(row.kind, row.context)], to=row.to, language=row.language) for row in Message.objects.exclude(to="")
    ]
    assert len(letters) == 3
    for letter in letters:
        assert "kwaad.example" not in letter.text + letter.html
        assert re.search(r"http://127\.0\.0\.1:8000/", letter.text)


def test_host_that_is_not_ours_is_refused(client: Client) -> None:
    for host in ("kwaad.example", "localhost.kwaad.example", "127.0.0.1:80@kwaad.example", "kwaad.example:8000"):
        assert client.get("/", headers={"host": host}).status_code == 400
        assert client.get("/", headers={"x-forwarded-host": host}).status_code == 200  # not believed at all
