"""Who wants no more letters of one kind gets none, and only they can say so."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from schakel.mail import outbox
from schakel.mail.models import Message, OptOut
from schakel.mail.sender import send_due
from tests.mail.server import PostOffice

pytestmark = pytest.mark.django_db
TO = "ann@voorbeeld.be"


def write(key: str, kind: str = "news") -> int:
    return outbox.enqueue(key=key, to=TO, kind=kind, context={"name": key})


def path_in(office: PostOffice) -> str:
    header = str(office.taken[-1]["List-Unsubscribe"])
    found = re.fullmatch(r"<https://schakel\.voorbeeld\.be(/mail/afmelden/\S+)>", header)
    assert found is not None
    return found[1]


def test_one_click_of_a_mail_program(office: PostOffice) -> None:
    write("een")
    send_due()
    assert office.taken[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path_in(office), {"List-Unsubscribe": "One-Click"}).status_code == 200
    number = write("twee")
    assert Message.objects.get(pk=number).status == "cancelled"
    assert Message.objects.get(pk=write("drie", kind="plain")).status == "waiting"


def test_opening_the_link_asks_first_and_then_cancels_what_waits(office: PostOffice, client: Client) -> None:
    write("een")
    send_due()
    waiting, other = write("twee"), outbox.enqueue(key="x", to="bea@voorbeeld.be", kind="news", context={"name": "x"})
    page = client.get(path_in(office))
    assert "Wil je deze berichten niet meer krijgen?" in page.content.decode()
    assert OptOut.objects.count() == 0
    page = client.post(path_in(office))
    assert "Je krijgt deze berichten niet meer" in page.content.decode()
    assert [Message.objects.get(pk=number).status for number in (waiting, other)] == ["cancelled", "waiting"]


def test_address_cannot_be_read_from_what_is_kept(office: PostOffice, client: Client) -> None:
    write("een")
    send_due()
    client.post(path_in(office))
    kept = OptOut.objects.get()
    assert TO not in f"{kept.address}{kept.kind}"
    assert re.fullmatch("[0-9a-f]{64}", kept.address)


def test_altered_link_unsubscribes_nobody(office: PostOffice, client: Client) -> None:
    write("een")
    send_due()
    path = path_in(office)
    page = client.post(path[:-1] + ("a" if path[-1] != "a" else "b"))
    assert page.status_code == 410
    assert OptOut.objects.count() == 0
