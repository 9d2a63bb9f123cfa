"""The forms for visitors, and the pages of who reviews what they left."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from schakel.accounts.visitors import RateLimit
from schakel.cooperation.models import Report, Suggestion, TasterPlace
from schakel.mail.models import Message
from schakel.pages import visitor_forms
from schakel.pages.presenters.review import Piece, compare
from schakel.register import read
from tests.access.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klein")]
GARDEN = {
    "name": "Voorbeeldtuin <b>Ronse</b>", "nis_code": "45041", "text": "Samen groenten kweken en gazon maaien.",
    "email": "ann@voorbeeld.be",
}  # fmt: skip
BAKERY = {
    "company": "Voorbeeldbakkerij", "nis_code": "elsewhere", "what": ["place", "work"],
    "text": "Twee weken meedraaien.", "email": "ann@voorbeeld.be",
}  # fmt: skip


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """People type at once here, and nobody sends too much."""
    monkeypatch.setattr(visitor_forms, "SHORTEST_SECONDS", 0.0)
    monkeypatch.setattr("schakel.pages.views.visitors.limit", RateLimit(1000))


def given(client: Client, path: str) -> str:
    found = re.search(r'name="given" value="([^"]+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def send(client: Client, path: str, values: dict[str, object], **other: object) -> int:
    return client.post(path, {"given": given(client, path)} | values | other).status_code


def link() -> str:
    return str(Message.objects.filter(kind="visitor_confirm").latest("id").context["path"])


def test_company_leaves_a_taster_place_and_confirms_it(client: Client) -> None:
    assert send(client, "/proefplaats", BAKERY) == 302
    assert "Bijna klaar" in client.get("/proefplaats?verstuurd=1").content.decode()
    row = TasterPlace.objects.get()
    assert (row.nis_code, row.offers_place, row.has_work, row.confirmed_at) == ("", True, True, None)
    path = link()
    assert "Bevestig je bericht" in client.get(path).content.decode()
    assert TasterPlace.objects.get().confirmed_at is None  # looking is not confirming
    assert "Bedankt" in client.post(path).content.decode()
    assert "was al bevestigd" in client.post(path).content.decode()
    assert client.get(path[:-3]).status_code == 410


@pytest.mark.parametrize("prefix", ["/en", "/fr"])
def test_forms_speak_other_languages(client: Client, prefix: str) -> None:
    assert send(client, f"{prefix}/voorstel", GARDEN) == 302
    assert link().startswith(f"{prefix}/inzending/")
    assert "Verstuur" not in client.get(f"{prefix}/proefplaats").content.decode()


@pytest.mark.parametrize(
    ("path", "values", "wrong", "words"),
    [
        ("/proefplaats", BAKERY, {"what": []}, "Kruis aan"),
        ("/proefplaats", BAKERY, {"email": "x"}, "e-mailadres"),
        ("/proefplaats", BAKERY, {"company": ""}, "verplicht"),
        ("/proefplaats", BAKERY, {"nis_code": "99999"}, "keuze"),
        ("/voorstel", GARDEN, {"text": "x" * 2001}, "2000"),
        ("/voorstel", GARDEN, {"given": "nep"}, "Kijk alles nog eens na"),
    ],
)
def test_form_that_is_wrong_says_why_and_keeps_what_was_typed(
    client: Client, path: str, values: dict[str, object], wrong: dict[str, object], words: str
) -> None:
    page = client.post(path, {"given": given(client, path)} | values | wrong)
    assert page.status_code == 400
    assert words in page.content.decode()
    assert "oorbeeld" in page.content.decode()
    assert Message.objects.count() == 0


def test_form_sent_within_seconds_is_given_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor_forms, "SHORTEST_SECONDS", 60.0)
    assert send(client, "/voorstel", GARDEN) == 400
    assert Suggestion.objects.count() == 0


def test_machine_that_fills_in_everything_learns_nothing(client: Client) -> None:
    assert send(client, "/voorstel", GARDEN, homepage="https://spam.example") == 302
    assert Suggestion.objects.count() == 0


def test_client_that_sends_too_much_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakel.pages.views.visitors.limit", RateLimit(1))
    assert send(client, "/voorstel", GARDEN) == 302
    assert send(client, "/voorstel", GARDEN) == 429
    assert Suggestion.objects.count() == 1


def test_suggestion_is_in_the_guide_after_review(client: Client, admin_client: Client) -> None:
    send(client, "/voorstel", GARDEN)
    client.post(link())
    number = Suggestion.objects.get().pk
    queue = admin_client.get("/mijn/nazicht").content.decode()
    assert "Voorbeeldtuin &lt;b&gt;Ronse&lt;/b&gt;" in queue
    page = admin_client.get(f"/mijn/nazicht/voorstel/{number}").content.decode()
    assert re.search(r'<option value="green_maintenance" selected', page)  # read from "gazon maaien"
    chosen = {"name": "Voorbeeldtuin", "kind": "volunteer_initiative", "nis_code": "45041", "certain": "on",
              "services": ["green_maintenance"], "answer": "Dank je."}  # fmt: skip
    done = admin_client.post(f"/mijn/nazicht/voorstel/{number}", chosen, follow=True)
    assert done.redirect_chain == [("/organisatie/voorbeeldtuin", 302)]
    assert "Voorbeeldtuin" in done.content.decode()
    assert read.get_organisation("voorbeeldtuin") is not None
    assert "Afgehandeld" in admin_client.get(f"/mijn/nazicht/voorstel/{number}").content.decode()


def test_suggestion_is_refused_with_a_reason(client: Client, admin_client: Client) -> None:
    send(client, "/voorstel", GARDEN)
    client.post(link())
    path = f"/mijn/nazicht/voorstel/{Suggestion.objects.get().pk}"
    assert admin_client.post(path, {"reject": "1", "reason": ""}).status_code == 400
    done = admin_client.post(path, {"reject": "1", "reason": "Dat is een winkel."}, follow=True)
    assert "krijgt je reden" in done.content.decode()
    assert "Er wacht niets" in admin_client.get("/mijn/nazicht").content.decode()


def test_report_shows_the_difference_and_becomes_a_statement(client: Client, admin_client: Client) -> None:
    sent = {"field": "phone", "text": "Het nummer is anders.", "proposed": "055 99 88 77", "email": "ann@voorbeeld.be"}
    assert client.post("/organisatie/voorbeeld-groen/melding", sent).status_code == 302
    path = f"/mijn/nazicht/melding/{Report.objects.get().pk}"
    page = admin_client.get(path).content.decode()
    assert "<ins>" in page
    done = admin_client.post(path, {"value": "055 99 88 77", "outcome": "aangepast", "answer": "Dank."}, follow=True)
    assert "Afgehandeld" in done.content.decode()
    record = read.get_organisation("voorbeeld-groen")
    assert record is not None
    assert record.facts["phone"].value == "055 99 88 77"
    assert Message.objects.get().kind == "visitor_answer"


def test_report_with_a_wrong_address_is_given_back(client: Client) -> None:
    page = client.post("/organisatie/voorbeeld-groen/melding", {"text": "Klopt niet.", "email": "x"})
    assert page.status_code == 400
    assert "Dat is geen e-mailadres" in page.content.decode()


@pytest.mark.parametrize(("key", "mine"), [("45041", True), ("45059", True), ("45060", False)])
def test_cluster_reviews_what_is_in_its_municipalities(client: Client, key: str, mine: bool) -> None:
    """Ronse and Brakel are members today; Kluisbergen is not."""
    row = Suggestion.objects.create(name="Voorbeeldtuin", nis_code=key, text="Kweken.", confirmed_at=timezone.now())
    client.force_login(make_person("cluster-editor"), backend="django.contrib.auth.backends.ModelBackend")
    assert ("Voorbeeldtuin" in client.get("/mijn/nazicht").content.decode()) is mine
    path = f"/mijn/nazicht/voorstel/{row.pk}"
    assert client.get(path).status_code == (200 if mine else 404)
    elsewhere = {"name": "Voorbeeldtuin", "kind": "volunteer_initiative", "nis_code": "45060", "certain": "on",
                 "services": ["green_maintenance"]}  # fmt: skip
    assert client.post(path, elsewhere).status_code == (400 if mine else 404)
    assert read.get_organisation("voorbeeldtuin") is None


@pytest.mark.parametrize("path", ["/mijn/nazicht", "/mijn/nazicht/voorstel/1", "/mijn/nazicht/melding/1"])
def test_review_is_only_for_who_may(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    person = make_person("municipality-manager")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(path).status_code == 404


def test_difference_word_by_word() -> None:
    assert compare("055 11 22", "055 99 22") == (
        Piece("055 ", ""), Piece("11", "del"), Piece("99", "ins"), Piece(" 22", ""),
    )  # fmt: skip
    assert compare("", "nieuw") == (Piece("nieuw", "ins"),)


def test_texts_of_a_visitor_are_escaped_everywhere(client: Client, admin_client: Client) -> None:
    nasty = "<script>alert(1)</script>"
    send(client, "/voorstel", GARDEN, name=nasty, text=nasty * 3)
    client.post(link())
    number = Suggestion.objects.get().pk
    for path in ("/mijn/nazicht", f"/mijn/nazicht/voorstel/{number}", "/beheer/cooperation/suggestion/"):
        page = admin_client.get(path).content.decode()
        assert nasty not in page
        assert nasty in unescape(page)
