"""The outbox at /beheer/: what did not leave is shown, and a person decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from schakel.accounts.models import User
from schakel.audit.models import Entry
from schakel.mail import outbox
from schakel.mail.models import Message

pytestmark = pytest.mark.django_db
LIST = "/beheer/mail/message/"


@pytest.fixture
def staff(client: Client, admin_user: User) -> Client:
    client.force_login(admin_user)
    return client


def _trial(key: str = "een", **fields: Any) -> int:
    number = outbox.enqueue(key=key, to="ann@voorbeeld.be", kind="trial", context={})
    Message.objects.filter(pk=number).update(**fields)
    return number


def test_pages_say_that_there_is_no_mail_server(staff: Client, settings: Any) -> None:
    _trial()
    assert "Er is geen mailserver ingesteld" in staff.get(LIST).content.decode()
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    assert "Er is geen mailserver ingesteld" not in staff.get(LIST).content.decode()


def test_uncertain_letter_is_shown_and_a_person_decides(staff: Client) -> None:
    number = _trial(status="uncertain", reply="het verzenden werd afgebroken")
    page = staff.get(LIST).content.decode()
    assert "onzeker of het vertrok" in page
    assert "het verzenden werd afgebroken" in page
    staff.post(LIST, {"action": "resend", "_selected_action": [number]})
    assert Message.objects.get(pk=number).status == "waiting"
    staff.post(LIST, {"action": "cancel", "_selected_action": [number]})
    assert Message.objects.get(pk=number).status == "cancelled"
    assert list(Entry.objects.order_by("id").values_list("action", "subject")) == [
        ("mail-resend", f"mail:{number}"),
        ("mail-cancel", f"mail:{number}"),
    ]


def test_sent_letter_is_not_sent_again(staff: Client) -> None:
    number = _trial(status="sent")
    page = staff.post(LIST, {"action": "resend", "_selected_action": [number]}, follow=True)
    assert "Alleen een bericht dat onzeker" in page.content.decode()
    assert Entry.objects.count() == 0


def test_letter_can_be_seen_as_text_and_as_html(staff: Client) -> None:
    number = _trial()
    page = staff.get(f"{LIST}{number}/change/").content.decode()
    assert "Dit is een proefbericht" in page
    html = staff.get(f"{LIST}html/{number}/")
    assert "Dit is een proefbericht" in html.content.decode()
    allowed = dict(part.split(" ", 1) for part in html["Content-Security-Policy"].split("; "))
    assert {what for what, where in allowed.items() if where != "'none'"} == {"style-src"}


def test_examples_of_every_kind_in_every_language(staff: Client) -> None:
    page = staff.get(f"{LIST}voorbeelden/").content.decode()
    assert f"{LIST}voorbeelden/trial/fr/" in page
    assert "un message d'essai" in staff.get(f"{LIST}voorbeelden/trial/fr/?als=tekst").content.decode()
    assert staff.get(f"{LIST}voorbeelden/trial/de/").status_code == 404
    assert staff.get(f"{LIST}voorbeelden/bestaat-niet/nl/").status_code == 404


def test_trial_goes_to_who_asks(staff: Client, admin_user: User) -> None:
    page = staff.post(f"{LIST}proef/", follow=True).content.decode()
    assert "Er staat een proefbericht klaar" in page
    assert Message.objects.get().to == admin_user.email
    assert staff.get(f"{LIST}proef/").status_code == 405


def test_letters_are_hidden_from_who_may_not_see_them(client: Client) -> None:
    helper = User.objects.create_user("bea@voorbeeld.be", "een-lang-wachtwoord", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename="view_report"))
    client.force_login(helper)
    number = _trial()
    assert client.get(f"{LIST}html/{number}/").status_code == 404
    assert client.get(f"{LIST}voorbeelden/").status_code == 404
    assert client.post(f"{LIST}proef/").status_code == 404
    assert client.get(LIST).status_code == 404
    assert Message.objects.count() == 1


def test_nobody_else_reaches_the_outbox(client: Client) -> None:
    assert client.get(f"{LIST}voorbeelden/").status_code == 302
