"""The record of a consultation: complete, tagged, only for whoever may see the need, and of no other need."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pypdf import PdfReader

from schakel.cooperation.models import Invitation, Need
from schakel.cooperation.needs.answers import ask_question, give_answer
from schakel.cooperation.needs.outcomes import Told, tell_outcome
from schakel.cooperation.needs.read import get_consultation
from schakel.cooperation.needs.write import answer_question
from schakel.documents.consultation import build_consultation
from tests.pages.conftest import klein as klein  # the fixture itself
from tests.pages.test_needs import STRIJK, _open_need, asked

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime.now(tz=UTC)


def text_of(content: bytes) -> str:
    """All words of a PDF, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def record(client: Client, need: Need, prefix: str = "") -> str:
    answer = client.get(f"{prefix}/behoefte/{need.key}/verslag.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert "no-cache" in answer["Cache-Control"]
    return text_of(answer.content)


def test_record_tells_who_was_asked_why_what_they_said_and_what_came_of_it(klein: None, client: Client) -> None:
    need = _open_need(client, **STRIJK)
    client.post(f"/behoefte/{need.key}/doe", {"do": "wave"})
    invitation = Invitation.objects.get()
    ask_question(invitation.pk, text="Ook tafellakens?", now=NOW)
    number = need.questions.get().pk
    answer_question(need.key, number, "Ja, ook tafellakens.", now=NOW)
    give_answer(invitation.pk, kind="not_now", reason="no_capacity", text="volle agenda", now=NOW)
    tell_outcome(need.key, "", Told("not", reason="no_capacity"), now=NOW)
    said = record(client, need)
    for words in (
        "lakens strijken", need.key, "Voorbeeld Strijkerij", "golf 1", "Werkt in Ronse, volgens een bron",
        "Nu niet", "we hebben nu geen capaciteit: volle agenda", "Ook tafellakens?", "Ja, ook tafellakens.",
        "De vrager: Nee: ze hadden geen capaciteit",
    ):  # fmt: skip
        assert words in said, words


def test_record_says_who_was_not_asked_and_why_not(klein: None, client: Client) -> None:
    need = _open_need(client)  # green work in Ronse
    before = record(client, need)
    assert "Voorbeeld Groen: past, en is nog niet gevraagd" in before
    assert "Nog niet verteld." in before
    client.post(f"/behoefte/{need.key}/doe", {"do": "invite", "slug": "voorbeeld-groen"})
    after = record(client, need)
    assert "nog niet gevraagd" not in after
    assert "12.500 euro zonder btw" in after, "the estimate, with when and by whom"


def test_record_speaks_the_language_of_the_page(klein: None, client: Client) -> None:
    need = _open_need(client, **STRIJK)
    assert "Record of the consultation" in record(client, need, "/en")
    content = client.get(f"/fr/behoefte/{need.key}/verslag.pdf").content
    assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/Lang"] == "fr"


def test_record_is_for_whoever_may_see_the_need_and_holds_no_other(klein: None, client: Client) -> None:
    first = _open_need(client)
    client.post("/behoefte", asked(**STRIJK, buyer_name="Geheim bedrijf", email="g@voorbeeld.example", form_key="2"))
    assert Client().get(f"/behoefte/{first.key}/verslag.pdf").status_code == 404
    said = record(client, first)
    assert "Geheim" not in said
    assert "lakens" not in said
    assert "g@voorbeeld.example" not in said


def test_record_can_be_made_of_any_text(klein: None, client: Client) -> None:
    odd = "bermen maaien " + "x" * 300 + " #let a = 1 $x$ \u202e omgekeerd 漢字 <b>"
    need = _open_need(client, text=odd, about=odd)
    found = get_consultation(need.key)
    assert found
    content = build_consultation(found, None, names={}, language="nl", on=date(2026, 11, 28))
    assert content == build_consultation(found, None, names={}, language="nl", on=date(2026, 11, 28))
    said = text_of(content)
    assert "#let a = 1" in said
    assert "\u202e" not in said
