"""Invite those who match, directly or in waves: never the same one twice, not too much mail for anybody.

A wave is one transaction: its invitations, their letters in the outbox, and when the next one leaves. A crash leaves
all of it or nothing; the rule that an organisation is invited once per need is also kept by the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext

from schakel.cooperation.matching import current_supply, place_of
from schakel.cooperation.needs.links import LINK_DAYS_AFTER, answer_path, invitations_path
from schakel.cooperation.needs.models import Invitation, Need, Skipped, State
from schakel.cooperation.needs.read import awards_since
from schakel.core.errors import InvalidInput
from schakel.core.matching import Match, Matching, Reason, build_need, match, why_not
from schakel.core.matching import Need as Asked
from schakel.core.model import Customer, WaveRules
from schakel.mail.outbox import NewLetter, enqueue_all
from schakel.register import read

MORNING = time(7)


def asked_of(need: Need) -> Asked:
    """A stored need as matching takes it."""
    supply = current_supply()
    return build_need(
        need.text,
        places=[place_of(supply, code) for code in need.places if code in supply.municipalities],
        customer=Customer(need.customer),
        services=need.services if need.chosen else (),
        amount=need.amount,
        unit=need.unit,
        needed_from=need.needed_from,
        reserved=need.reserved,
        public=need.customer == Customer.LOCAL_GOVERNMENT,
    )


def match_stored(need: Need, on: date, most: int = 50) -> Matching:
    """Who matches a stored need today."""
    return match(current_supply().prepared, asked_of(need), on=on, turns=recent_turns(on), most=most)


def recent_turns(on: date) -> dict[str, int]:
    """How often each organisation was awarded work in the last 365 days, as its buyers say."""
    return awards_since(on - timedelta(days=365))


def match_open(key: str, on: date) -> Matching | None:
    """Who matches a need today; None when it is not open, or when nothing can be matched any more."""
    need = Need.objects.filter(key=key, state=State.OPEN).first()
    return None if need is None or need.answer_by < on else match_stored(need, on)


def run_waves(now: datetime, *, only: str = "") -> int:
    """Every wave that is due (of one need: `only`); the number of invitations.

    A missed day is caught up with one wave, not with several.
    """
    due = Need.objects.filter(state=State.OPEN, paused=False, next_wave_at__lte=now).order_by("id")
    if only:
        due = due.filter(key=only)
    return sum(_wave(number, now) for number in due.values_list("pk", flat=True))


def _wave(number: int, now: datetime) -> int:
    rules, today = read.wave_rules(), timezone.localdate(now)
    with transaction.atomic():
        need = Need.objects.select_for_update().get(pk=number)
        still_due = need.next_wave_at is not None and need.next_wave_at <= now
        if need.state != State.OPEN or need.paused or not still_due or need.answer_by < today:
            return 0
        found, chosen, without_address = _choose(need, now, rules)
        last = need.invitations.order_by("-wave").values_list("wave", flat=True).first() or 0
        asked = [_Asked(one.slug, email, one.score, one.why) for one, email in chosen]
        _invite(need, asked, wave=last + 1, now=now)
        _note_skipped(need, without_address, found, now)
        need.next_wave_at = now + timedelta(days=rules.days)
        need.save(update_fields=["next_wave_at"])
        return len(chosen)


def _choose(need: Need, now: datetime, rules: WaveRules) -> tuple[Matching, list[tuple[Match, str]], list[Match]]:
    """The matching, who is asked now with the address, and who would be if an address were known.

    Reasons are written for as many as are likely needed; when those do not fill the group, for more.
    """
    asked = set(need.invitations.values_list("organisation_key", flat=True))
    most = len(asked) + 8 * rules.size
    while True:
        found = match_stored(need, timezone.localdate(now), most=most)
        waiting = [one for one in found.matches if one.slug not in asked]
        busy = _busy([one.slug for one in waiting], now, rules)
        emails = {card.slug: card.email or "" for card in read.list_cards([one.slug for one in waiting])}
        free = [(one, emails[one.slug]) for one in waiting if one.slug not in busy and emails.get(one.slug)]
        if len(free) >= rules.size or found.found <= most:
            return found, free[: rules.size], [one for one in waiting if not emails.get(one.slug)]
        most *= 8


def _busy(slugs: list[str], now: datetime, rules: WaveRules) -> set[str]:
    """Who was invited as often as allowed in the last seven days: they wait for a later wave."""
    recent = Invitation.objects.filter(organisation_key__in=slugs, at__gt=now - timedelta(days=7)).exclude(email="")
    counted = recent.order_by().values_list("organisation_key").annotate(times=Count("id"))
    return {slug for slug, times in counted if times >= rules.most_a_week}


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whom to invite, at which address ("": none known, so nothing is sent), with the score and the reasons."""

    slug: str
    email: str
    score: float | None
    why: Sequence[Reason]


def _invite(need: Need, asked: Sequence[_Asked], *, wave: int, now: datetime) -> None:
    """Keep who is asked, and write their letters: whoever was already written to today hears of it tomorrow."""
    rows = Invitation.objects.bulk_create(
        Invitation(
            need=need,
            organisation_key=one.slug,
            wave=wave,
            at=now,
            email=one.email,
            score=one.score,
            why=[[reason.code, dict(reason.values)] for reason in one.why],
        )
        for one in asked
    )
    today = timezone.localdate(now)
    can_wait = need.answer_by > today + timedelta(days=1)
    told = _told_today(need, [row.organisation_key for row in rows], now) if can_wait else frozenset()
    enqueue_all(
        _tomorrow(row, today) if (row.organisation_key, row.email) in told else _at_once(need, row, today)
        for row in rows
        if row.email
    )


def _told_today(need: Need, slugs: list[str], now: datetime) -> frozenset[tuple[str, str]]:
    """Which organisations, at which addresses, were invited for something else since midnight."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    before = Invitation.objects.filter(organisation_key__in=slugs, at__gte=midnight).exclude(need=need)
    return frozenset(before.values_list("organisation_key", "email"))


def _at_once(need: Need, row: Invitation, today: date) -> NewLetter:
    days = max((need.answer_by - today).days, 0) + LINK_DAYS_AFTER
    return NewLetter(
        key=f"need-invite:{need.key}:{row.organisation_key}",
        to=row.email,
        kind="need_invitation",
        context={
            "text": need.text,
            "buyer": need.buyer_name,
            "answer_by": need.answer_by.isoformat(),
            "path": answer_path(row.pk, days=days),
        },
    )


def _tomorrow(row: Invitation, today: date) -> NewLetter:
    """All further invitations of one day come in one letter the next morning, whose link shows every open one."""
    return NewLetter(
        key=f"need-invites:{row.organisation_key}:{today.isoformat()}",
        to=row.email,
        kind="need_invitations",
        context={"path": invitations_path(row.organisation_key)},
        not_before=datetime.combine(today + timedelta(days=1), MORNING, tzinfo=timezone.get_current_timezone()),
    )


def _note_skipped(need: Need, without_address: list[Match], found: Matching, now: datetime) -> None:
    """Keep once who was not asked and why: no address is known, or something is missing."""
    rows = [Skipped(need=need, organisation_key=one.slug, at=now, reason="no_address") for one in without_address]
    rows += [
        Skipped(
            need=need, organisation_key=miss.slug, at=now, reason="near_miss",
            missing=[[reason.code, dict(reason.values)] for reason in miss.missing],
        )
        for miss in found.near_misses
    ]  # fmt: skip
    Skipped.objects.bulk_create(rows, ignore_conflicts=True)


def invite_directly(key: str, slug: str, *, now: datetime) -> None:
    """Invite one organisation by hand. Twice changes nothing. Raises InvalidInput when it cannot be."""
    with transaction.atomic():
        need = Need.objects.select_for_update().filter(key=key, state=State.OPEN).first()
        if need is None or need.answer_by < timezone.localdate(now):
            raise InvalidInput(gettext("Uitnodigen kan alleen zolang de vraag open is."))
        if need.invitations.filter(organisation_key=slug).exists():
            return
        card = next(iter(read.list_cards([slug])), None)
        if card is None:
            raise InvalidInput(gettext("Deze organisatie staat niet in het register."))
        if card.email and _busy([slug], now, read.wave_rules()):
            said = gettext("%(name)s kreeg deze week al veel vragen. Wacht een paar dagen, of neem zelf contact op.")
            raise InvalidInput(said % {"name": card.name})
        fit = _fit(need, slug, timezone.localdate(now))
        _invite(need, [_Asked(slug, card.email or "", *fit)], wave=0, now=now)


def _fit(need: Need, slug: str, on: date) -> tuple[float | None, tuple[Reason, ...]]:
    """The score of an organisation with why it matches; without a score: what is missing although it is asked."""
    asked = asked_of(need)
    found = match(current_supply().prepared, asked, on=on, turns=recent_turns(on), most=1000)
    for one in found.matches:
        if one.slug == slug:
            return one.score, one.why
    miss = why_not(current_supply().prepared, asked, slug, on=on) if slug in current_supply().prepared.rows else None
    return None, tuple(Reason("although", (("code", one.code), *one.values)) for one in (miss.missing if miss else ()))
