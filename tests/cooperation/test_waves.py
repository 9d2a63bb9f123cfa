"""Waves of invitations, and what came of a need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from schakel.cooperation import read
from schakel.cooperation.matching import forget_supply
from schakel.cooperation.models import Invitation, Need, Skipped
from schakel.cooperation.needs import waves
from schakel.cooperation.needs.answers import ask_question, give_answer
from schakel.cooperation.needs.draft import Draft
from schakel.cooperation.needs.outcomes import Told, close_and_ask, likely_reason, tell_outcome
from schakel.cooperation.needs.read import awards_since, get_consultation, list_open_invitations, list_own_needs
from schakel.cooperation.needs.waves import invite_directly, run_waves
from schakel.cooperation.needs.write import pause_waves, post_need, start_waves
from schakel.core.errors import InvalidInput
from schakel.core.matching import Match, Matching
from schakel.core.model import Customer, EntityKind, WaveRules
from schakel.core.procurement import ContractKind
from schakel.mail.models import Message
from schakel.mail.outbox import NewLetter, enqueue_all
from schakel.register import read as read_register
from schakel.register.models import Region
from schakel.register.write import close, load_pack
from schakel.sources.region_pack import read_pack
from tests.pages.loaded import KLEIN

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DRAFT = Draft(
    text="lakens strijken", services=("laundry_ironing",), chosen=False, places=("45041",), spot="",
    customer=Customer.COMPANY, buyer_name="Voorbeeld nv", contract=ContractKind.SERVICES, estimate=Decimal(900),
    basis="", amount=None, unit="", needed_from=None, needed_until=None, answer_by=date(2026, 12, 20), reserved=False,
    email="vraag@voorbeeld.example",
)  # fmt: skip


@pytest.fixture
def region(db: None) -> Iterator[None]:
    forget_supply()
    load_pack(read_pack(KLEIN), source_key="klein", version="test", now=NOW)
    yield
    forget_supply()


def post(number: int = 1, **changes: Any) -> Need:
    """A need that is open, with waves on."""
    draft = replace(DRAFT, **changes)
    key = post_need(draft, form_key=f"f{number}", user=None, body="", language="nl", now=NOW).key
    Need.objects.filter(key=key).update(state="open", opened_at=NOW)
    start_waves(key, now=NOW)
    return Need.objects.get(key=key)


@pytest.fixture
def many(region: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every organisation of the region matches everything, and has an address."""
    slugs = [f"o{number:02d}" for number in range(12)]
    found = tuple(Match(slug, "", "laundry_ironing", 1 - place / 100, (), True, ()) for place, slug in enumerate(slugs))
    cards = [type("Card", (), {"slug": slug, "email": f"{slug}@voorbeeld.example", "name": slug}) for slug in slugs]
    monkeypatch.setattr(waves, "match_stored", lambda *_, **__: Matching(found, 12, (), (), ()))
    monkeypatch.setattr(waves.read, "list_cards", lambda wanted: [card for card in cards if card.slug in wanted])
    return slugs


def invited(need: Need) -> list[tuple[int, str]]:
    rows = Invitation.objects.filter(need=need).order_by("id")
    return [(row.wave, row.organisation_key) for row in rows]


def test_waves_go_from_best_to_least_and_never_twice(many: list[str]) -> None:
    need = post()
    sent = [run_waves(NOW + timedelta(days=day, minutes=1)) for day in range(12)]
    assert sent == [5, 0, 0, 5, 0, 0, 2, 0, 0, 0, 0, 0]
    assert invited(need) == [(1 + place // 5, slug) for place, slug in enumerate(many)]
    letters = Message.objects.filter(kind="need_invitation")
    assert letters.count() == 12
    texts = {(row.context["text"], row.context["buyer"], row.context["answer_by"]) for row in letters}
    assert len(texts) == 1, "a later wave reads the same as an earlier one"


def test_missed_days_are_one_wave_and_a_pause_is_a_pause(many: list[str]) -> None:
    need = post()
    pause_waves(need.key)
    assert run_waves(NOW + timedelta(days=9)) == 0
    start_waves(need.key, now=NOW)
    assert run_waves(NOW + timedelta(days=9)) == 5
    assert run_waves(NOW + timedelta(days=9)) == 0


def test_after_the_last_day_nobody_is_invited(many: list[str]) -> None:
    post()
    assert run_waves(datetime(2026, 12, 21, 9, tzinfo=UTC)) == 0


def test_a_crash_in_a_wave_leaves_nothing_and_the_next_run_all_of_it(
    many: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    need = post()

    def breaks_after_two(letters: Iterable[NewLetter]) -> None:
        enqueue_all(islice(letters, 2))
        raise KeyboardInterrupt

    monkeypatch.setattr(waves, "enqueue_all", breaks_after_two)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        run_waves(NOW)
    assert invited(need) == []
    assert Message.objects.filter(kind="need_invitation").count() == 0
    monkeypatch.setattr(waves, "enqueue_all", enqueue_all)
    assert run_waves(NOW) == 5
    assert Message.objects.filter(kind="need_invitation").count() == 5


def test_nobody_gets_more_invitations_a_week_than_allowed(many: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waves.read, "wave_rules", lambda: WaveRules(size=3, days=30, most_a_week=2))
    needs = [post(number) for number in range(5)]
    run_waves(NOW)
    asked = [slug for need in needs for _, slug in invited(need)]
    assert max(map(asked.count, asked)) == 2
    assert invited(needs[2]) == [(1, "o03"), (1, "o04"), (1, "o05")], "the others wait, the next ones are asked"


def test_the_database_itself_refuses_a_second_invitation(many: list[str]) -> None:
    need = post()
    run_waves(NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(need=need, organisation_key="o00", wave=9, at=NOW)


def test_real_region_invites_who_fits_and_notes_who_was_not_asked(region: None) -> None:
    need = post(places=("45064",))
    assert run_waves(NOW) == 0
    skipped = Skipped.objects.get(need=need)
    assert (skipped.organisation_key, skipped.reason) == ("voorbeeld-strijkerij", "near_miss")
    assert skipped.missing[0][0] == "area"


def told(key: str) -> Any:
    found = get_consultation(key)
    assert found is not None
    return found


def test_both_sides_are_asked_once_and_a_difference_shows(many: list[str]) -> None:
    need = post()
    run_waves(NOW)
    for slug in ("o00", "o01"):
        give_answer(Invitation.objects.get(organisation_key=slug).pk, kind="interested", now=NOW)
    late = datetime(2027, 2, 1, 9, tzinfo=UTC)  # weeks later: the days between were missed
    assert close_and_ask(datetime(2026, 12, 20, 20, tzinfo=UTC)) == 0, "the last day itself still counts"
    assert close_and_ask(late) == 1
    assert close_and_ask(late) == 0
    assert sorted(Message.objects.filter(kind="need_outcome").values_list("to", flat=True)) == [
        "o00@voorbeeld.example", "o01@voorbeeld.example", "vraag@voorbeeld.example",
    ]  # fmt: skip
    tell_outcome(need.key, "", Told("awarded", ("o00",), euro=Decimal(800)), now=late)
    tell_outcome(need.key, "o00", Told("awarded"), now=late)
    assert told(need.key).disagreements == ()
    tell_outcome(need.key, "o01", Told("awarded"), now=late)
    assert told(need.key).disagreements == ("o01",)
    tell_outcome(need.key, "o01", Told("not"), now=late)
    assert told(need.key).disagreements == ()
    assert awards_since(date(2026, 1, 1)) == {"o00": 1}
    assert read.list_unmet(date(2026, 1, 1)) == ()
    (heard,) = read.list_heard(date(2026, 1, 1))
    assert (heard.service, heard.nis_code, heard.needs, heard.answered) == ("laundry_ironing", "45041", 1, 1)


def test_unmet_demand_is_kept_with_its_reason(many: list[str]) -> None:
    need = post()
    run_waves(NOW)
    for row in Invitation.objects.all():
        give_answer(row.pk, kind="not_now", reason="no_capacity", now=NOW)
    assert likely_reason(told(need.key)) == "no_capacity"
    with pytest.raises(InvalidInput, match="waarom"):
        tell_outcome(need.key, "", Told("not"), now=NOW)
    tell_outcome(need.key, "", Told("not", reason="no_capacity"), now=NOW)
    (unmet,) = read.list_unmet(NOW.date())
    assert (unmet.service, unmet.nis_code, unmet.reason) == ("laundry_ironing", "45041", "no_capacity")
    assert read.list_unmet(NOW.date() + timedelta(days=1)) == ()
    with pytest.raises(InvalidInput, match="niet uitgenodigd"):
        tell_outcome(need.key, "iemand-anders", Told("not"), now=NOW)


def test_who_closes_meanwhile_is_asked_no_more_and_what_was_said_stays(region: None) -> None:
    early, late = post(1), post(2, text="lakens wassen en strijken")
    assert run_waves(NOW, only=early.key) == 1
    close(EntityKind.ORGANISATION, "voorbeeld-strijkerij", since="2026-11", note="Gestopt.", author=None, now=NOW)
    assert run_waves(NOW) == 0
    assert invited(late) == []
    with pytest.raises(InvalidInput):
        invite_directly(late.key, "bestaat-niet", now=NOW)
    give_answer(Invitation.objects.get().pk, kind="not_now", reason="other", text="We zijn gestopt.", now=NOW)
    found = get_consultation(early.key)
    assert found is not None
    assert [(one.organisation_key, one.answer and one.answer.text) for one in found.invitations] == [
        ("voorbeeld-strijkerij", "We zijn gestopt.")
    ]


def test_the_region_sets_size_pace_and_mails_a_week(region: None) -> None:
    assert read_register.wave_rules() == WaveRules()
    row = Region.objects.get()
    row.settings = {**row.settings, "needs": {"size": 2, "days": 9, "most_a_week": 1}}
    row.save()
    assert read_register.wave_rules() == WaveRules(size=2, days=9, most_a_week=1)


def test_further_invitations_of_one_day_are_one_letter_the_next_morning(many: list[str]) -> None:
    needs = [post(number) for number in range(4)]
    for need in needs:
        run_waves(NOW, only=need.key)
    assert Invitation.objects.filter(organisation_key="o00").count() == 4
    alone = Message.objects.filter(to="o00@voorbeeld.example", kind="need_invitation")
    together = Message.objects.filter(to="o00@voorbeeld.example", kind="need_invitations")
    assert (alone.count(), together.count()) == (1, 1)
    assert together.get().key == "need-invites:o00:2026-11-25", "one key a day: never two such letters"
    found = list_open_invitations(["o00"], NOW.date())
    assert [need.key for need, _ in found] == [need.key for need in needs]
    assert list_open_invitations(["o00"], date(2026, 12, 21)) == (), "the day to answer is over"
    run_waves(NOW)
    assert Message.objects.filter(kind__startswith="need_invitation").count() == 10, "twice the same changes nothing"


def test_an_invitation_that_ends_tomorrow_does_not_wait_for_the_letter_of_tomorrow(many: list[str]) -> None:
    for number in range(2):
        run_waves(NOW, only=post(number, answer_by=date(2026, 11, 26)).key)
    assert Message.objects.filter(to="o00@voorbeeld.example", kind="need_invitation").count() == 2


def test_own_needs_count_what_was_asked_answered_and_waits(many: list[str]) -> None:
    need = post(buyer_name="Gemeente Voorbeeld")
    Need.objects.filter(pk=need.pk).update(body="municipality:45041")
    run_waves(NOW)
    first = Invitation.objects.filter(need=need).order_by("id")[0]
    give_answer(first.pk, kind="interested", now=NOW)
    give_answer(first.pk, kind="not_now", reason="price", now=NOW)  # the same one twice is one that answered
    ask_question(first.pk, text="Wanneer?", now=NOW)
    ask_question(first.pk, text="Waar?", now=NOW)
    own = list_own_needs(0, ["municipality:45041"])
    assert [(one.asked, one.answered, one.questions, one.told) for one in own] == [(5, 1, 2, False)]
    assert list_own_needs(0, ["municipality:45064", ""]) == ()


def test_a_group_is_filled_past_many_without_an_address(many: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    slugs = [f"p{number:03d}" for number in range(150)]
    found = tuple(Match(slug, "", "laundry_ironing", 1 - place / 200, (), True, ()) for place, slug in enumerate(slugs))
    cards = {slug: type("Card", (), {"slug": slug, "email": f"{slug}@x.example", "name": slug}) for slug in slugs[140:]}
    asked_for: list[int] = []

    def matched(*_: Any, most: int) -> Matching:
        asked_for.append(most)
        return Matching(found[:most], 150, (), (), ())

    monkeypatch.setattr(waves, "match_stored", matched)
    monkeypatch.setattr(waves.read, "list_cards", lambda wanted: [cards[slug] for slug in wanted if slug in cards])
    need = post()
    assert run_waves(NOW) == 5
    assert [slug for _, slug in invited(need)] == slugs[140:145]
    assert asked_for == [40, 320], "first few, then as many as needed"
    assert Skipped.objects.filter(need=need, reason="no_address").count() == 140
