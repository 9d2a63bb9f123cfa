"""What visitors leave is seen once they confirmed it, decided on once, answered, and forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from schakel.accounts.models import User
from schakel.audit.models import Entry
from schakel.cooperation import moderation, read, visitors, write
from schakel.cooperation.models import Report, Suggestion, TasterPlace
from schakel.cooperation.visitors import NewSuggestion, NewTaster
from schakel.core.errors import InvalidInput
from schakel.core.model import Kind
from schakel.mail.links import LinkExpired, LinkInvalid, sign
from schakel.mail.models import Message
from schakel.register import read as register
from tests.pages.loaded import load_klein

pytestmark = pytest.mark.django_db
TO = "ann@voorbeeld.be"
TASTER = NewTaster("Voorbeeldbakkerij", "45041", True, False, "Twee weken meedraaien in de winkel.", "")
GARDEN = NewSuggestion("Voorbeeldtuin Horebeke", "45041", "Samen groenten kweken.", "", "")


def token(kind: str, number: int) -> str:
    return sign(visitors.CONFIRM, {"kind": kind, "number": number}, days=3)


def confirmed(new: NewTaster | NewSuggestion = GARDEN) -> int:
    kind = "taster" if isinstance(new, NewTaster) else "suggestion"
    number = visitors.leave(new, email=TO, language="fr")
    assert visitors.confirm(token(kind, number))
    return number


def draft(**fields: object) -> moderation.Draft:
    values = {
        "name": "Voorbeeldtuin Horebeke", "kind": Kind.VOLUNTEER_INITIATIVE, "nis_code": "45041",
        "services": ("garden_service",), "description": "Samen kweken.", "website": "", "phone": "",
        "certain": True,
    }  # fmt: skip
    return moderation.Draft(**(values | fields))  # type: ignore[arg-type]


def test_nothing_is_seen_before_it_is_confirmed() -> None:
    number = visitors.leave(GARDEN, email=TO, language="fr")
    assert read.list_suggestions() == ()
    assert read.get_suggestion(number) is None
    letter = Message.objects.get()
    assert (letter.to, letter.kind, letter.language) == (TO, "visitor_confirm", "fr")
    assert str(letter.context["path"]).startswith("/fr/inzending/")


def test_link_confirms_once_and_tells_who_coordinates(admin_user: User) -> None:
    number = visitors.leave(TASTER, email=TO, language="nl")
    assert visitors.confirm(token("taster", number))
    assert not visitors.confirm(token("taster", number))
    news = Message.objects.get(kind="visitor_news")
    assert news.to == admin_user.email
    assert TasterPlace.objects.get().confirmed_at is not None


def test_link_that_is_altered_old_or_about_nothing_is_refused() -> None:
    number = visitors.leave(GARDEN, email=TO, language="nl")
    with pytest.raises(LinkInvalid):
        visitors.confirm(token("suggestion", number)[:-2])
    old = sign(visitors.CONFIRM, {"kind": "suggestion", "number": number}, days=3,
               now=timezone.now() - timedelta(days=3, seconds=1))  # fmt: skip
    with pytest.raises(LinkExpired):
        visitors.confirm(old)
    Suggestion.objects.all().delete()
    with pytest.raises(LinkExpired, match="opnieuw"):
        visitors.confirm(token("suggestion", number))


def test_nobody_fills_the_mailbox_of_somebody_else() -> None:
    for _ in range(visitors.MOST_UNCONFIRMED):
        visitors.leave(GARDEN, email=TO, language="nl")
    with pytest.raises(InvalidInput, match="bevestiging"):
        visitors.leave(TASTER, email=TO.upper(), language="nl")
    assert Message.objects.count() == visitors.MOST_UNCONFIRMED


def test_unconfirmed_disappears_after_a_week_and_addresses_when_no_longer_needed() -> None:
    now = timezone.now()
    kept, gone = visitors.leave(GARDEN, email=TO, language="nl"), visitors.leave(TASTER, email=TO, language="nl")
    TasterPlace.objects.filter(pk=gone).update(at=now - timedelta(days=7, seconds=1))
    assert visitors.forget_visitors(now) == 1
    assert (TasterPlace.objects.count(), Suggestion.objects.get().pk) == (0, kept)
    taster = confirmed(TASTER)
    visitors.handle_taster(taster, outcome="gebeld", answer="", author=None)
    assert visitors.forget_visitors(now + timedelta(days=364)) == 1  # the suggestion nobody confirmed
    assert TasterPlace.objects.get().email == TO
    visitors.forget_visitors(now + timedelta(days=366))
    assert TasterPlace.objects.get().email == ""


def test_taster_place_is_handled_once_with_an_answer_in_the_language_of_the_company(admin_user: User) -> None:
    number = confirmed(TASTER)
    visitors.handle_taster(number, outcome="in contact gebracht", answer="Dank je.", author=admin_user)
    answer = Message.objects.get(kind="visitor_answer")
    assert (answer.to, answer.language, answer.context["answer"]) == (TO, "fr", "Dank je.")
    assert Entry.objects.get().action == "handle-taster"
    with pytest.raises(InvalidInput, match="al afgehandeld"):
        visitors.handle_taster(number, outcome="nog eens", answer="", author=admin_user)


@pytest.mark.slow
def test_accepted_suggestion_is_in_the_register_with_place_and_offer(admin_user: User) -> None:
    load_klein()
    number = confirmed()
    slug = moderation.accept_suggestion(number, draft(), answer="Bedankt!", author=admin_user)
    record = register.get_organisation(slug)
    assert record is not None
    assert record.facts["name"].value == "Voorbeeldtuin Horebeke"
    assert [offer.service for offer in record.offers] == ["garden_service"]
    assert record.establishments[0].nis_code == "45041"
    found = read.get_suggestion(number)
    assert found is not None
    assert (found.organisation_key, found.handled_at is not None) == (slug, True)
    assert Message.objects.get(kind="visitor_answer").context["path"] == f"/organisatie/{slug}"
    with pytest.raises(InvalidInput, match="handelde het al af"):
        moderation.accept_suggestion(number, draft(), answer="", author=admin_user)


@pytest.mark.slow
def test_draft_that_cannot_be_leaves_nothing_behind(admin_user: User) -> None:
    load_klein()
    number, before = confirmed(), register.revision()
    with pytest.raises(InvalidInput, match="https"):
        moderation.accept_suggestion(number, draft(website="geen adres"), answer="", author=admin_user)
    assert register.revision() == before
    assert len(read.list_suggestions(only_open=True)) == 1


def test_rejected_suggestion_sends_its_reason() -> None:
    number = confirmed()
    with pytest.raises(InvalidInput, match="waarom"):
        moderation.reject_suggestion(number, reason=" ", author=None)
    moderation.reject_suggestion(number, reason="Dat is een gewone winkel.", author=None)
    assert Message.objects.get(kind="visitor_answer").context["answer"] == "Dat is een gewone winkel."
    assert read.list_suggestions(only_open=True) == ()
    visitors.forget_visitors(timezone.now())
    assert Suggestion.objects.get().email == ""


@pytest.mark.slow
def test_accepted_report_becomes_a_statement_and_an_answer(admin_user: User) -> None:
    load_klein()
    number = write.report_problem(
        "voorbeeld-groen", "phone", "Ze verhuisden.", proposed="055 99 88 77", email=TO, language="en"
    )
    moderation.decide_report(number, value="055 99 88 77", outcome="aangepast", answer="Thanks.", author=admin_user)
    record = register.get_organisation("voorbeeld-groen")
    assert record is not None
    assert record.facts["phone"].value == "055 99 88 77"
    assert Message.objects.get().language == "en"
    visitors.forget_visitors(timezone.now())
    assert Report.objects.get().email == ""


@pytest.mark.slow
def test_report_with_a_value_that_cannot_be_stays_open(admin_user: User) -> None:
    load_klein()
    number = write.report_problem("voorbeeld-groen", "website", "Werkt niet.", proposed="foei")
    with pytest.raises(InvalidInput):
        moderation.decide_report(number, value="foei", outcome="x", answer="", author=admin_user)
    assert len(read.list_reports(only_open=True)) == 1


def test_report_with_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInput, match="geen e-mailadres"):
        write.report_problem("x", "phone", "Fout.", email="geen adres")
