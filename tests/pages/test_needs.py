"""Writing a need, seeing who can do it, posting it, and what follows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail as _django_mail
from django.test import Client
from django.utils import timezone

from schakel.accounts.models import User
from schakel.cooperation.models import Estimate, Invitation, Need
from schakel.core.taxonomy import services
from schakel.mail.models import Message
from tests.access.people import add_membership

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BACKEND = "django.contrib.auth.backends.ModelBackend"
LATER = (date.today() + timedelta(days=10)).isoformat()


def asked(**changes: Any) -> dict[str, Any]:
    """A need as a purchasing officer in Ronse fills it in."""
    return {
        "text": "bermen maaien", "about": "bermen maaien", "municipality": "45041", "customer": "local_government",
        "contract": "services", "estimate": "12.500", "buyer_name": "Gemeente Voorbeeld",
        "email": "aankoop@voorbeeld.example", "answer_by": LATER, "form_key": "een-formulier",
        "services": ["green_maintenance"], **changes,
    }  # fmt: skip


def test_page_answers_who_and_why_before_anything_is_sent(klein: None, client: Client) -> None:
    assert client.get("/behoefte").status_code == 200
    page = client.get("/behoefte", {"text": "bermen maaien", "municipality": "45041", "customer": "local_government"})
    shown = page.content.decode()
    assert "1 organisatie kan dit doen" in shown
    assert "Voorbeeld Groen" in shown
    assert "Welke weg mag je volgen?" in shown
    assert "77310000" in shown
    assert Need.objects.count() == 0


def test_while_typing_only_the_answer_comes(klein: None, client: Client) -> None:
    question = {"text": "bermen maaien", "municipality": "45041", "customer": "local_government"}
    part = client.get("/behoefte", question, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="behoefte-antwoord"')
    assert "<html" not in part


def test_what_was_typed_is_there_again_until_it_is_emptied(klein: None, client: Client) -> None:
    client.get("/behoefte", {"text": "bermen maaien", "municipality": "45041"})
    assert "bermen maaien</textarea>" in client.get("/behoefte").content.decode()
    client.get("/behoefte?leeg=1")
    assert "bermen maaien</textarea>" not in client.get("/behoefte").content.decode()


def test_services_of_one_s_own_choice_count(klein: None, client: Client) -> None:
    question = {
        "text": "bermen maaien", "about": "bermen maaien", "municipality": "45041", "customer": "local_government",
        "services": ["litter_collection"],
    }  # fmt: skip
    shown = client.get("/behoefte", question).content.decode()
    assert re.search(r'value="litter_collection" checked', shown)
    assert not re.search(r'value="green_maintenance" checked', shown)
    assert "werkgebied" in shown or "organisatie kan dit doen" in shown


def test_more_services_than_one_need_can_have_are_said(klein: None, client: Client) -> None:
    many = [service.code for service in services()][:12]
    question = {"text": "van alles", "about": "van alles", "municipality": "45041", "services": many}
    page = client.get("/behoefte", question).content.decode()
    assert "Je koos 12 diensten. Hoogstens 10 kunnen samen" in page
    assert len(re.findall(r'name="services" value="[^"]+" checked', page)) == 10
    refused = client.post("/behoefte", asked(services=many, text="van alles", about="van alles"))
    assert refused.status_code == 400
    assert "Je koos 12 diensten." in refused.content.decode()
    assert not Need.objects.exists()


def test_estimate_is_stored_before_the_need_and_never_changes(klein: None, client: Client) -> None:
    response = client.post("/behoefte", asked())
    assert response.status_code == 302
    need, estimate = Need.objects.get(), Estimate.objects.get()
    assert estimate.need_key == need.key
    assert estimate.amount == 12500
    assert estimate.recorded_at <= need.created_at
    assert "aankoop@voorbeeld.example" in estimate.author_words
    with pytest.raises(Exception, match="cannot be changed"):
        estimate.save()


WRONG: list[tuple[dict[str, str], str]] = [
    ({"text": ""}, "Schrijf in een paar woorden"),
    ({"text": "x" * 50_000}, "te lang"),
    ({"estimate": ""}, "eerst de raming"),
    ({"estimate": "0"}, "boven 0"),
    ({"estimate": "-5"}, "boven 0"),
    ({"estimate": "1000000000000"}, "te veel staan"),
    ({"estimate": "veel"}, "geen bedrag"),
    ({"answer_by": "2020-01-01"}, "voorbij"),
    ({"answer_by": "2199-01-01"}, "te ver"),
    ({"answer_by": "morgen"}, "geen datum"),
    ({"municipality": "11001"}, "Kies de gemeente"),
    ({"buyer_name": " "}, "wie dit vraagt"),
    ({"email": "geen adres"}, "geen e-mailadres"),
    ({"amount": "NaN"}, "getal boven 0"),
]


def test_bad_input_is_said_and_nothing_is_lost_or_kept(klein: None, client: Client) -> None:
    for changes, words in WRONG:
        response = client.post("/behoefte", asked(**changes))
        assert response.status_code == 400, changes
        shown = response.content.decode()
        assert words in shown, changes
        if "buyer_name" not in changes:
            assert "Gemeente Voorbeeld" in shown, "what was typed is still there"
    assert (Need.objects.count(), Estimate.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_double_click_is_one_need_one_estimate_one_letter(klein: None, client: Client) -> None:
    client.post("/behoefte", asked())
    client.post("/behoefte", asked())
    assert (Need.objects.count(), Estimate.objects.count(), Message.objects.count()) == (1, 1, 1)


def _path(kind: str) -> str:
    message = Message.objects.filter(kind=kind).latest("pk")
    return str(message.context["path"])


def test_without_account_the_address_is_confirmed_and_then_all_of_it_works(klein: None, client: Client) -> None:
    assert client.post("/behoefte", asked()).headers["Location"] == "/behoefte/verstuurd"
    assert client.get("/behoefte/verstuurd").status_code == 200
    need = Need.objects.get()
    assert client.get(f"/behoefte/{need.key}").status_code == 404, "nobody else sees it"
    link = _path("need_confirm")
    assert client.get(link).status_code == 200
    need.refresh_from_db()
    assert need.state == "unconfirmed", "opening a link changes nothing"
    assert client.post(link).headers["Location"] == f"/behoefte/{need.key}"
    client.post(link)
    assert Message.objects.filter(kind="need_open").count() == 1
    shown = client.get(f"/behoefte/{need.key}").content.decode()
    assert "12.500 euro zonder btw, vastgelegd op" in shown
    other = Client()
    assert other.get(_path("need_open")).headers["Location"] == f"/behoefte/{need.key}"
    assert other.get(f"/behoefte/{need.key}").status_code == 200
    assert Client().post(f"/behoefte/{need.key}/doe", {"do": "wave"}).status_code == 404


def _open_need(client: Client, **changes: Any) -> Need:
    user = User.objects.create_user("inkoop@voorbeeld.example")
    client.force_login(user, backend=BACKEND)
    response = client.post("/behoefte", asked(**changes))
    assert response.status_code == 302, response.content.decode()[:3000]
    return Need.objects.latest("pk")


STRIJK = {
    "text": "lakens strijken", "about": "lakens strijken", "customer": "company", "estimate": "",
    "services": ["laundry_ironing"],
}  # fmt: skip


def test_invite_answer_ask_and_withdraw(klein: None, client: Client) -> None:
    need = _open_need(client, **STRIJK)
    desk = f"/behoefte/{need.key}"
    assert "Voorbeeld Strijkerij" in client.get(desk).content.decode()
    client.post(desk + "/doe", {"do": "wave"})
    client.post(desk + "/doe", {"do": "wave"})
    invitation = Invitation.objects.get()
    assert (invitation.organisation_key, invitation.wave) == ("voorbeeld-strijkerij", 1)
    assert Message.objects.filter(kind="need_invitation").count() == 1
    link, guest = _path("need_invitation"), Client()
    page = guest.get(link).content.decode()
    assert "lakens strijken" in page
    assert "inkoop@voorbeeld.example" not in page, "the address of the buyer is not shown"
    assert invitation.answers.count() == 0
    assert guest.post(link, {"do": "interested"}).status_code == 302
    guest.post(link, {"do": "interested"})
    assert invitation.answers.count() == 1
    assert guest.post(link, {"do": "not_now"}).status_code == 400, "not now asks for a reason"
    guest.post(link, {"do": "not_now", "reason": "no_capacity", "text": "volle agenda"})
    guest.post(link, {"do": "question", "question": "Ook tafellakens?"})
    shown = client.get(desk).content.decode()
    assert "volle agenda" in shown
    assert "Ook tafellakens?" in shown
    number = re.search(r'name="question" value="(\d+)"', shown)
    assert number
    client.post(desk + "/doe", {"do": "answer", "question": number[1], "answer": "Ja, ook tafellakens."})
    assert "Ja, ook tafellakens." in guest.get(link).content.decode()
    assert client.post(desk + "/doe", {"do": "withdraw", "because": ""}).status_code == 400
    client.post(desk + "/doe", {"do": "withdraw", "because": "Gaat niet door."})
    assert "Gaat niet door." in guest.get(link).content.decode()
    late = guest.post(link, {"do": "interested"})
    assert late.status_code == 400
    assert "ingetrokken" in late.content.decode()
    assert guest.get(link + "/agenda.ics").content.startswith(b"BEGIN:VCALENDAR")


def test_links_that_were_changed_or_are_for_something_else_are_refused(klein: None, client: Client) -> None:
    need = _open_need(client, **STRIJK)
    client.post(f"/behoefte/{need.key}/doe", {"do": "invite", "slug": "voorbeeld-strijkerij"})
    link = _path("need_invitation")
    for wrong in (link[:-4] + "AAAA", "/antwoord/x", link.replace("/antwoord/", "/gevolg/")):
        response = Client().get(wrong)
        assert response.status_code == 400, wrong
    assert client.post(f"/behoefte/{need.key}/doe", {"do": "invite", "slug": "bestaat-niet"}).status_code == 400
    assert client.post(f"/behoefte/{need.key}/doe", {"do": "iets"}).status_code == 400
    assert client.post(f"/behoefte/{need.key}/doe", {"do": "answer", "question": "²"}).status_code == 400
    assert not _django_mail.outbox, "everything goes through the outbox"


def test_adviser_says_the_way_the_amounts_and_that_it_is_no_legal_advice(klein: None, client: Client) -> None:
    shown = client.get("/advies", {"estimate": "12.500", "on": "2026-11-25"}).content.decode()
    assert "Aanvaarde factuur (art. 92)" in shown
    assert "Geen juridisch advies" in shown
    assert "30.000 euro" in shown
    assert "res-ws" in shown
    assert "Voorbeeld Groen" in shown, "who shows the 30 %"
    unknown = client.get("/advies", {"estimate": "12.500", "on": "2019-01-01"}).content.decode()
    assert "Niet bekend op deze dag" in unknown
    assert client.get("/advies", {"estimate": "-1"}).status_code == 400
    assert client.get("/advies", {"estimate": "x", "buyer": "koning", "on": "nooit"}).status_code == 400


def test_nobody_else_s_need_can_be_found(klein: None, client: Client) -> None:
    need = _open_need(client, **STRIJK)
    assert Client().get(f"/behoefte/{need.key}").status_code == 404
    stranger = Client()
    stranger.force_login(User.objects.create_user("ander@voorbeeld.example"), backend=BACKEND)
    assert stranger.get(f"/behoefte/{need.key}").status_code == 404
    Need.objects.filter(pk=need.pk).update(body="municipality:45041")
    colleague, neighbour = Client(), Client()
    for browser, nis_code in ((colleague, "45041"), (neighbour, "45064")):
        person = User.objects.create_user(f"dienst{nis_code}@voorbeeld.example")
        add_membership(person, "municipality", nis_code, "editor")
        browser.force_login(person, backend=BACKEND)
    assert colleague.get(f"/behoefte/{need.key}").status_code == 200
    assert neighbour.get(f"/behoefte/{need.key}").status_code == 404


def test_only_near_misses_can_be_walked_to_the_end(klein: None, client: Client) -> None:
    """Ironing for a local government: nobody does that; the one who nearly does is asked, with what was missing."""
    question = {"text": "lakens strijken", "municipality": "45041", "customer": "local_government"}
    shown = client.get("/behoefte", question).content.decode()
    assert "Niemand past helemaal; 1 organisatie past bijna" in shown
    assert 'name="o" value="voorbeeld-strijkerij"' in shown, "can be compared"
    need = _open_need(client, **{**STRIJK, "customer": "local_government", "estimate": "900"})
    desk = f"/behoefte/{need.key}"
    assert "Nodig toch uit" in client.get(desk).content.decode()
    client.post(desk + "/doe", {"do": "invite", "slug": "voorbeeld-strijkerij"})
    invitation = Invitation.objects.get()
    assert (invitation.score, invitation.why[0][0], invitation.why[0][1]["code"]) == (None, "although", "customer")
    assert "al past het niet helemaal: zou passen als ze ook werken voor" in client.get(desk).content.decode()
    guest = Client()
    link = _path("need_invitation")
    assert "lakens strijken" in guest.get(link).content.decode()
    assert guest.post(link, {"do": "interested"}).status_code == 302
    assert "1 met interesse" in client.get(desk).content.decode()
    assert "Nodig toch uit" not in client.get(desk).content.decode()


def test_several_municipalities_or_the_whole_region(klein: None, client: Client) -> None:
    question = {"text": "lakens strijken", "municipality": "45041", "also": ["45060", "99999"], "customer": "company"}
    shown = client.get("/behoefte", question).content.decode()
    assert "1 organisatie kan dit doen" in shown
    assert "Werkt in Ronse en Kluisbergen, volgens een bron" in shown
    assert re.search(r'name="also" value="45060" checked', shown)
    whole = client.get("/behoefte", {**question, "whole": "1"}).content.decode()
    assert "Kan 50 % van wat je vraagt" in whole
    need = _open_need(client, **STRIJK, also=["45060", "45041"])
    assert need.places == ["45041", "45060"]
    client.post("/behoefte", asked(**STRIJK, whole="1", form_key="anders"))
    assert sorted(Need.objects.latest("pk").places) == ["45041", "45059", "45060", "45064"]


def test_form_without_a_kind_of_contract_can_be_sent_on(klein: None, client: Client) -> None:
    """The first address has no kind of contract: the choice that is shown is the one that is sent."""
    shown = client.get("/behoefte", {"text": "lakens strijken", "municipality": "45041"}).content.decode()
    assert re.search(r'<select id="veld-contract".*?<option value="services" selected', shown)
    assert re.search(r'<select id="veld-customer".*?<option value="local_government" selected', shown)


def test_whoever_posts_before_the_answer_came_posts_what_stands_in_the_form(klein: None, client: Client) -> None:
    """A slow line, or no scripts: the answer on the page is still about older words."""
    _open_need(client, **{**STRIJK, "text": "bermen maaien", "about": "lakens strijken", "municipality": "45064"})
    need = Need.objects.get()
    assert (need.text, need.places, need.chosen) == ("bermen maaien", ["45064"], False)
    assert "laundry_ironing" not in need.services


def test_looking_without_scripts_keeps_everything_and_posts_nothing(klein: None, client: Client) -> None:
    typed = asked(**STRIJK, do="look", buyer_name="Voorbeeld nv", spot="Markt 1")
    typed.pop("email")
    response = client.post("/behoefte", typed)
    shown = response.content.decode()
    assert (response.status_code, Need.objects.count()) == (200, 0)
    assert "1 organisatie kan dit doen" in shown
    assert "lakens strijken</textarea>" in shown
    assert 'value="Voorbeeld nv"' in shown
    assert 'value="Markt 1"' in shown
    assert "notice-wrong" not in shown, "what is not filled in yet is no fault"


def test_why_somebody_is_not_in_the_answer_can_be_asked_by_name(klein: None, client: Client) -> None:
    question = {"text": "lakens strijken", "municipality": "45041", "customer": "company"}

    def said(who: str) -> str:
        return client.get("/behoefte", {**question, "who": who}).content.decode().split("Typ een naam", 1)[1]

    assert "past: staat in de lijst" in said("strijkerij")
    groen = said("VOORBEELD groen")
    assert "/organisatie/voorbeeld-groen" in groen
    assert "als ze ook dit doen: " in groen
    assert "Die naam staat niet in het register." in said("<b>niemand</b>")
    assert said("voorbeeld").count('<li><a href="/organisatie/') == 5, "no more than five"


def test_one_link_shows_every_open_invitation(klein: None, client: Client) -> None:
    _open_need(client, **STRIJK)
    client.post("/behoefte", asked(**{**STRIJK, "text": "hemden strijken", "about": "hemden strijken"}, form_key="2"))
    for need in Need.objects.all():
        client.post(f"/behoefte/{need.key}/doe", {"do": "invite", "slug": "voorbeeld-strijkerij"})
    guest = Client()
    page = guest.get(_path("need_invitations")).content.decode()
    assert "lakens strijken" in page
    assert "hemden strijken" in page
    links = re.findall(r'href="(/antwoord/[^"]+)"', page)
    assert len(links) == 2
    assert all(guest.get(link).status_code == 200 for link in links)
    assert Client().get(_path("need_invitations")[:-3] + "AAA").status_code == 400


def test_own_work_shows_own_needs_and_what_one_s_organisation_was_asked(klein: None, client: Client) -> None:
    need = _open_need(client, **STRIJK)
    client.post(f"/behoefte/{need.key}/doe", {"do": "invite", "slug": "voorbeeld-strijkerij"})
    mine = client.get("/mijn").content.decode()
    assert "Vragen die je stelde" in mine
    assert f'href="/behoefte/{need.key}"' in mine
    assert "0 van 1 antwoord" in mine
    supplier = Client()
    person = User.objects.create_user("strijk@voorbeeld.example")
    add_membership(person, "organisation", "voorbeeld-strijkerij", "editor")
    supplier.force_login(person, backend=BACKEND)
    theirs = supplier.get("/mijn").content.decode()
    link = re.search(r'href="(/uitnodigingen/[^"]+)"', theirs)
    assert link
    assert "lakens strijken" in supplier.get(link[1]).content.decode()
    assert f"/behoefte/{need.key}" not in theirs


def test_management_shows_a_need_in_words(klein: None, client: Client, admin_client: Client) -> None:
    assert client.post("/behoefte", asked(**STRIJK)).status_code == 302
    page = admin_client.get(f"/beheer/cooperation/need/{Need.objects.get().pk}/change/").content.decode()
    for words in ("Bedrijven", "Was- en strijkdienst", "Ronse", "Diensten (onderhoud"):
        assert words in page
    assert "laundry_ironing" not in page


def test_answer_after_the_last_day_is_refused_plainly_and_not_kept(klein: None, client: Client) -> None:
    need = _open_need(client, **STRIJK)
    client.post(f"/behoefte/{need.key}/doe", {"do": "wave"})
    link, guest = _path("need_invitation"), Client()
    Need.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    late = guest.post(link, {"do": "interested"})
    page = late.content.decode()
    assert late.status_code == 400
    assert "voorbij" in page
    assert Invitation.objects.get().answers.count() == 0
    assert "lakens strijken" in page  # what was asked is still there to read
