"""Somebody with an account reads, takes along and erases what is kept of them."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from schakel.accounts.erased import is_erased
from schakel.accounts.models import User
from schakel.audit.models import Entry
from schakel.wording.personal import PERSONAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klein")]
ERASE = "/mijn/gegevens/wissen"


@pytest.fixture
def ann(client: Client) -> User:
    user = User.objects.create_user("ann@voorbeeld.example", "een-lang-wachtwoord")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def test_privacy_page_lists_every_field(client: Client) -> None:
    page = client.get("/privacy").content.decode()
    assert [name for kept in PERSONAL for name in kept.fields if f"<code>{name}</code>" not in page] == []


def test_download_is_a_file_that_nobody_keeps(client: Client, ann: User) -> None:
    assert "Download alles" in client.get("/mijn/gegevens").content.decode()
    assert client.get("/mijn/gegevens/download").status_code == 405
    response = client.post("/mijn/gegevens/download")
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    assert json.loads(response.content)["tables"]["accounts.User"][0]["email"] == ann.email
    assert Entry.objects.get(action="person-export").actor == ann


def test_erasing_asks_to_sign_in_again_and_the_own_address(client: Client, ann: User) -> None:
    response = client.post(ERASE, {"email": ann.email})
    assert response.status_code == 302
    assert "/mijn/bevestigen" in response["Location"]
    client.get(ERASE)  # a form that was sent is not sent by itself after signing in again
    client.post("/mijn/bevestigen", {"password": "een-lang-wachtwoord"})
    wrong = client.post(ERASE, {"email": "bob@voorbeeld.example"})
    assert wrong.status_code == 400
    assert "Er is niets gewist" in wrong.content.decode()
    assert client.get(ERASE).status_code == 200
    done = client.post(ERASE, {"email": " Ann@voorbeeld.example "})
    assert done.status_code == 302
    assert is_erased(User.objects.get().email)
    assert client.get("/mijn").status_code == 302  # signed out
    assert not client.login(email="ann@voorbeeld.example", password="een-lang-wachtwoord")
