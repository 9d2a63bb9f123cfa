"""Asking whether profiles still hold: at most one letter in 60 days, and nobody leaves unasked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client

from schakel.accounts.models import User
from schakel.core.errors import InvalidInput
from schakel.core.model import LifeStatus
from schakel.mail import links
from schakel.mail.models import Message, Status
from schakel.operations.tick import DAILY
from schakel.operations.tick import run_daily as run_job
from schakel.register import read, write
from schakel.register.models import Region, Statement
from schakel.search.index import ensure_fresh
from schakel.search.query import SearchQuery
from schakel.search.service import search
from schakel.upkeep import asking
from schakel.upkeep.models import ProfileAsk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]
SLUG = "voorbeeld-strijkerij"  # last heard in September 2026
DAY = timedelta(days=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T08:00:00").replace(tzinfo=UTC)


def rules(**changed: object) -> None:
    row = Region.objects.get()
    row.settings["profiles"] = {**row.settings["profiles"], **changed}
    row.save()


def deliver() -> None:
    """Every letter that waits leaves."""
    Message.objects.filter(status=Status.WAITING).update(status=Status.SENT)


def status_of(slug: str = SLUG) -> LifeStatus:
    record = read.get_organisation(slug)
    assert record is not None
    return record.status


def confirm_path() -> str:
    message = Message.objects.filter(kind="confirm-profile").latest("id")
    return str(message.context["confirm"])


def test_only_who_has_an_account_is_asked_and_only_once() -> None:
    assert asking.run_daily(at("2027-06-29")) == "niets"  # not nine months yet
    assert asking.run_daily(at("2027-06-30")) == "1 gevraagd"
    assert asking.run_daily(at("2027-06-30")) == "niets"
    assert asking.run_daily(at("2027-07-01")) == "niets"
    message = Message.objects.get()
    assert (message.to, message.kind) == (f"{SLUG}@voorbeeld.example", "confirm-profile")
    assert message.context["leaves_on"] == "2028-09-30"
    assert message.context["phone"] == "+32 55 00 00 01"


def test_missed_days_are_caught_up_with_one_letter_and_a_jump_of_the_clock_sends_no_second() -> None:
    assert asking.run_daily(at("2028-03-01")) == "1 gevraagd"  # nothing ran for months
    assert asking.run_daily(at("2027-08-01")) == "niets"  # the clock went back
    assert asking.run_daily(at("2028-04-29")) == "niets"
    assert asking.run_daily(at("2028-05-30")) == "1 gevraagd"  # 90 days later
    days = sorted(ProfileAsk.objects.values_list("on", flat=True))
    assert all(later - earlier >= timedelta(days=60) for earlier, later in pairwise(days))


def test_the_daily_job_marks_its_day_and_does_not_run_twice() -> None:
    rhythm, action = DAILY["freshness"]
    assert run_job("freshness", rhythm, action, at("2027-06-30")) == "1 gevraagd"
    assert run_job("freshness", rhythm, action, at("2027-06-30")) is None


def test_who_does_not_answer_leaves_announced_and_is_still_found_as_such() -> None:
    start = at("2028-08-01")
    assert asking.run_daily(start) == "1 gevraagd"
    deliver()
    announced = ProfileAsk.objects.get().leaves_on
    assert announced.isoformat() == "2028-09-30"  # 60 days after the letter, later than 24 months
    assert asking.run_daily(at("2028-09-29")) == "niets"
    assert asking.run_daily(at("2028-09-30")) == "1 uit de gids"
    assert status_of() is LifeStatus.UNCONFIRMED
    assert asking.run_daily(at("2028-10-01")) == "niets"
    assert Message.objects.get(kind="profile-left").to == f"{SLUG}@voorbeeld.example"
    ensure_fresh(force=True)
    assert SLUG not in [hit.slug for hit in search(SearchQuery(q="strijk")).hits]
    page = Client().get(f"/organisatie/{SLUG}").content.decode()
    assert "Niet meer bevestigd" in page
    assert "geen antwoord" in page


def test_who_was_never_asked_or_whose_letter_did_not_arrive_never_leaves() -> None:
    assert asking.run_daily(at("2035-01-01")) == "1 gevraagd"  # only the owner: nobody else has an account
    for day in ("2035-03-02", "2035-06-01", "2036-01-01"):
        asking.run_daily(at(day))
    assert {row.status for row in read.list_kept(tuple(LifeStatus))} >= {LifeStatus.LIVE}
    assert status_of() is LifeStatus.LIVE  # letters were written, but none left
    assert status_of("voorbeeld-groen") is LifeStatus.LIVE


def test_a_region_may_ask_everyone_or_nobody() -> None:
    rules(ask="nobody")
    assert asking.run_daily(at("2030-01-01")) == "niets"
    rules(ask="everyone")
    assert asking.run_daily(at("2030-01-01")) == "3 gevraagd"  # whoever has an address
    assert set(Message.objects.values_list("to", flat=True)) == {
        f"{SLUG}@voorbeeld.example",
        "fietsen@voorbeeld.example",
        "montage@voorbeeld.example",
    }


def test_opening_the_link_changes_nothing_and_the_button_confirms_once() -> None:
    asking.run_daily(at("2027-06-30"))
    visitor, path = Client(), confirm_path()
    for method in (visitor.get, visitor.head, visitor.get):
        response = method(path)
        assert response.status_code == 200
    assert response["Referrer-Policy"] == "same-origin"  # stricter, and a browser sends the form as from nowhere
    assert "no-referrer" not in response.content.decode()
    assert read.last_spoken([SLUG]) == {}
    page = visitor.get(path).content.decode()
    assert "Ja, alles klopt" in page
    assert "+32 55 00 00 01" in page
    assert "Dank je" in visitor.post(path).content.decode()
    assert SLUG in read.last_spoken([SLUG])
    revision = read.revision()
    assert visitor.post(path).status_code == 200
    assert read.revision() == revision  # used twice: nothing more
    assert "al bevestigd" in visitor.get(path).content.decode()


def test_altered_and_old_links_say_so() -> None:
    asking.run_daily(at("2027-06-30"))
    path = confirm_path()
    number = ProfileAsk.objects.get().pk
    old = links.sign(asking.PURPOSE, {"ask": number}, days=1, now=at("2020-01-01"))
    other = links.sign("iets-anders", {"ask": number}, days=9)
    gone = links.sign(asking.PURPOSE, {"ask": 99999}, days=9)
    odd = links.sign(asking.PURPOSE, {"ask": {"pk": number}}, days=9)
    for address in (f"{path}x", *(f"/bevestig/{token}" for token in (old, other, gone, odd, "onzin"))):
        for method in (Client().get, Client().post):
            response = method(address)
            assert response.status_code == 410, address
    assert read.last_spoken([SLUG]) == {}


def test_a_link_still_works_after_the_profile_left_and_brings_it_back() -> None:
    asking.run_daily(at("2028-08-01"))
    deliver()
    asking.run_daily(at("2028-09-30"))
    assert status_of() is LifeStatus.UNCONFIRMED
    Client().post(str(Message.objects.get(kind="profile-left").context["confirm"]))
    assert status_of() is LifeStatus.LIVE


def test_a_newer_source_brings_it_back_too() -> None:
    asking.run_daily(at("2028-08-01"))
    deliver()
    asking.run_daily(at("2028-09-30"))
    Statement.objects.filter(organisation_key=SLUG, source__key="klein").update(stated_on="2028-09-15")
    write.rebuild()
    assert asking.run_daily(at("2028-10-01")) == "1 teruggekomen"
    assert status_of() is LifeStatus.LIVE


def test_a_coordinator_asks_by_hand_within_the_same_limits() -> None:
    by = User.objects.create_user("coordinator@voorbeeld.example", is_staff=True)
    assert asking.ask_by_hand("voorbeeld-fietsen", by=by, now=at("2026-11-25")) == 1
    with pytest.raises(InvalidInput, match="Wacht minstens 90 dagen"):
        asking.ask_by_hand("voorbeeld-fietsen", by=by, now=at("2026-12-25"))
    with pytest.raises(InvalidInput, match="geen e-mailadres"):
        asking.ask_by_hand("voorbeeld-klusdienst", by=by, now=at("2026-11-25"))
    with pytest.raises(InvalidInput, match="niet in de gids"):
        asking.ask_by_hand("voorbeeld-kringloop-oud", by=by, now=at("2026-11-25"))
    with pytest.raises(ObjectDoesNotExist):
        ProfileAsk.objects.get(organisation_key="voorbeeld-klusdienst")
