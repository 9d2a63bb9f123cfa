"""Every form that anybody may send refuses a visitor who sends it too often, and says so."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from schakel.pages import gate
from schakel.pages.gate import PUBLIC_FORMS
from schakel.pages.visitor_forms import limit as kept
from tests.access.addresses import every_route
from tests.access.expected import WALK
from tests.access.people import VISITOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klein")]
ADDRESSES = {
    "begin": "/beginnen/MQ/onzin",
    "confirm_profile": "/bevestig/onzin",
    "alert_confirm": "/vragen/mail/onzin",
    "answer": "/antwoord/onzin",
    "unsubscribe": "/mail/afmelden/onzin",
    "invitation": "/uitnodiging/onzin",
    "my_list": "/mijn-lijst",
    "need_confirm": "/behoefte/bevestig/onzin",
    "need_do": "/behoefte/onbekend/doe",
    "need_form": "/behoefte",
    "outcome": "/gevolg/onzin",
    "public_needs": "/vragen",
    "report": "/organisatie/voorbeeld-strijkerij/melding",
    "siting_proof": "/waar-openen/bewijs",
    "suggestion": "/voorstel",
    "taster": "/proefplaats",
    "visitor_confirm": "/inzending/onzin",
}
# The sign-in library counts these itself: tests/accounts/test_sign_in.py.
SIGN_IN = ("aanmelden", "afmelden", "wachtwoord", "^wachtwoord")


def test_every_form_that_a_visitor_may_send_has_a_limit() -> None:
    names = every_route()
    open_forms = {
        names[route]
        for route, stops in WALK.items()
        for stop in stops
        if stop.method == "post" and stop.answers[VISITOR] not in (302, 404, 405) and not route.startswith(SIGN_IN)
    }
    assert open_forms <= set(PUBLIC_FORMS)
    assert set(ADDRESSES) == set(PUBLIC_FORMS)
    assert set(PUBLIC_FORMS) <= set(names.values())


@pytest.mark.parametrize("name", PUBLIC_FORMS)
def test_one_form_too_many_is_refused_with_a_plain_page(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gate.PUBLIC_FORMS, name, 2)
    client, address = Client(), ADDRESSES[name]
    first = [client.post(address, {}).status_code for _ in range(2)]
    assert 429 not in first
    refused = client.post(address, {})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "te vaak na elkaar" in refused.content.decode()
    assert client.get("/begrippen").status_code == 200  # only the form is closed
    elsewhere = client.post(address, {}, headers={"x-forwarded-for": "203.0.113.7"})
    assert elsewhere.status_code == first[0]  # somebody else may still send it


def test_an_address_that_the_client_made_up_does_not_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gate.PUBLIC_FORMS, "report", 1)
    client = Client()
    for number in range(3):
        made_up = {"x-forwarded-for": f"198.51.100.{number}, 203.0.113.7"}  # the proxy adds the last one
        status = client.post(ADDRESSES["report"], {}, headers=made_up).status_code
    assert status == 429


def test_limits_of_the_sign_in_and_the_kept_forms_stand() -> None:
    assert kept.limit == 10
    assert {"login", "login_failed", "reset_password"} <= set(settings.ACCOUNT_RATE_LIMITS)
