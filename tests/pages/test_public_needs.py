"""What a buyer makes public is on the list, in the feed and in the exchange; what is not, is nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from schakel.cooperation.models import Need
from schakel.cooperation.needs.alerts import send_alerts
from schakel.cooperation.needs.models import Alert
from schakel.cooperation.needs.outcomes import Told, close_and_ask, tell_outcome
from schakel.cooperation.needs.write import withdraw_need
from schakel.mail import outbox
from schakel.mail.compose import address_hash
from schakel.mail.models import Message
from tests.pages.test_needs import STRIJK, _open_need, asked

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PLACES = ("/vragen", "/vragen.atom", "/api/v1/ocds/releases")


def everywhere(client: Client, words: str) -> list[bool]:
    return [words in client.get(address).content.decode() for address in PLACES]


def test_only_what_was_made_public_is_shown(klein: None, client: Client) -> None:
    need = _open_need(client)
    guest = Client()
    assert everywhere(guest, "bermen maaien") == [False] * 3
    assert guest.get(f"/api/v1/ocds/records/{need.key}").status_code == 404
    client.post("/behoefte", asked(public="1", form_key="2", text="hagen scheren", about="hagen scheren"))
    public = Need.objects.latest("pk")
    assert everywhere(guest, "hagen scheren") == [True] * 3
    assert everywhere(guest, "Gemeente Voorbeeld") == [True] * 3
    for secret in ("aankoop@voorbeeld.example", "12.500", "12500", "bermen maaien"):
        assert everywhere(guest, secret) == [False] * 3, secret
    assert guest.get(f"/api/v1/ocds/records/{public.key}").json()["records"][0]["ocid"] == f"schakel-{public.key}"
    assert guest.get("/api/v1/ocds/records/%00").status_code == 404


def test_need_of_a_citizen_or_not_confirmed_is_never_public(klein: None, client: Client) -> None:
    _open_need(client, **{**STRIJK, "customer": "citizen"}, public="1")
    Client().post("/behoefte", asked(public="1", form_key="2"))
    assert everywhere(Client(), "strijken") == [False] * 3
    assert everywhere(Client(), "Gemeente Voorbeeld") == [False] * 3


def test_list_and_feed_can_be_limited_to_a_service_and_a_place(klein: None, client: Client) -> None:
    _open_need(client, public="1")
    guest = Client()
    for address in ("/vragen", "/vragen.atom"):
        for query, shown in (
            ("service=green_maintenance&place=45041", True), ("service=laundry_ironing", False), ("place=45064", False),
            ("service=onzin&place=x", True),
        ):  # fmt: skip
            assert ("bermen maaien" in guest.get(f"{address}?{query}").content.decode()) is shown, (address, query)


def test_what_ends_leaves_the_list_and_stays_in_the_exchange(klein: None, client: Client) -> None:
    _open_need(client, public="1")
    client.post("/behoefte", asked(**STRIJK, public="1", form_key="2"))
    first, second = Need.objects.order_by("pk")
    now = datetime.now(tz=UTC)
    withdraw_need(first.key, because="geheime reden", now=now)
    later = now + timedelta(days=60)
    close_and_ask(later)
    tell_outcome(second.key, "", Told("not", reason="price"), now=later)
    guest = Client()
    assert "Er staat nu geen openbare vraag open." in guest.get("/vragen").content.decode()
    package = guest.get("/api/v1/ocds/releases").json()
    tags = {(one["ocid"].removeprefix("schakel-"), one["tag"][0]) for one in package["releases"]}
    assert tags == {
        (first.key, "tender"), (first.key, "tenderCancellation"),
        (second.key, "tender"), (second.key, "tenderUpdate"), (second.key, "award"),
    }  # fmt: skip
    assert "geheime reden" not in str(package)


def test_exchange_goes_page_by_page_and_says_when_it_changed(klein: None, client: Client) -> None:
    _open_need(client, public="1")
    client.post("/behoefte", asked(public="1", form_key="2"))
    guest = Client()
    first = guest.get("/api/v1/ocds/releases?size=1")
    following = first.json()["links"]["next"]
    assert len(guest.get(following).json()["releases"]) == 1
    assert guest.get(following).json()["links"] == {}
    assert guest.get("/api/v1/ocds/releases?size=1", headers={"If-None-Match": first["ETag"]}).status_code == 304
    withdraw_need(Need.objects.latest("pk").key, because="x", now=datetime.now(tz=UTC))
    assert guest.get("/api/v1/ocds/releases?size=1", headers={"If-None-Match": first["ETag"]}).status_code == 200


def _follow(client: Client, **asked: str) -> str:
    """Ask for mails and give the link of the letter."""
    answer = client.post("/vragen", {"email": "Volger@voorbeeld.example", **asked})
    assert answer.headers["Location"] == "/vragen?gevraagd=1#mail"
    return str(Message.objects.filter(kind="need_alert_confirm").latest("pk").context["path"])


def test_alerts_are_confirmed_told_once_a_day_and_ended_by_one_click(klein: None, client: Client) -> None:
    guest = Client()
    link = _follow(guest, service="green_maintenance", place="45041")
    assert _follow(guest, service="green_maintenance", place="45041") == link, "the same asked twice is one letter"
    assert Alert.objects.count() == 0, "nothing is kept before it is confirmed"
    assert guest.get(link).status_code == 200
    assert Alert.objects.count() == 0, "opening a link changes nothing"
    guest.post(link)
    guest.post(link)
    assert Alert.objects.count() == 1
    now = datetime.now(tz=UTC)
    assert send_alerts(now) == 0, "nothing new"
    _open_need(client, public="1")
    client.post("/behoefte", asked(**STRIJK, public="1", form_key="2"))  # another service
    client.post("/behoefte", asked(form_key="3", buyer_name="Niet openbaar"))
    later = now + timedelta(hours=1)
    assert (send_alerts(later), send_alerts(later)) == (1, 0)
    letter = Message.objects.get(kind="need_alert")
    assert (letter.to, letter.context) == ("volger@voorbeeld.example", {"lines": ["Gemeente Voorbeeld: bermen maaien"]})
    outbox.opt_out(address_hash("volger@voorbeeld.example"), ["need_alert"])
    assert send_alerts(later) == 0
    assert Alert.objects.count() == 0, "who ended it is forgotten"
    guest.post(link)
    assert (Alert.objects.count(), outbox.is_opted_out("volger@voorbeeld.example", "need_alert")) == (1, False)


def test_alerts_do_not_fill_the_mailbox_of_somebody_else(klein: None, client: Client) -> None:
    for service in ("laundry_ironing", "childcare", "catering"):
        _follow(client, service=service)
    refused = client.post("/vragen", {"email": "volger@voorbeeld.example", "service": "venue"})
    assert refused.status_code == 400
    assert "vandaag al mails" in refused.content.decode()
    wrong = client.post("/vragen", {"email": "geen adres"})
    assert wrong.status_code == 400
    assert "geen adres" in wrong.content.decode(), "what was typed is still there"
    assert client.get("/vragen/mail/onzin").status_code == 410
    assert Message.objects.filter(kind="need_alert_confirm").count() == 3


def test_several_alerts_of_one_address_are_one_letter(klein: None, client: Client) -> None:
    guest = Client()
    for asked_for in ({"service": "green_maintenance"}, {"place": "45041"}):
        guest.post(_follow(guest, **asked_for))
    now = datetime.now(tz=UTC)
    _open_need(client, public="1")
    client.post("/behoefte", asked(**STRIJK, public="1", form_key="2"))
    assert send_alerts(now + timedelta(hours=1)) == 1
    lines = Message.objects.get(kind="need_alert").context["lines"]
    assert sorted(lines) == ["Gemeente Voorbeeld: bermen maaien", "Gemeente Voorbeeld: lakens strijken"]
