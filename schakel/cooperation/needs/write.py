"""Post a need, confirm it, change what happens to it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from schakel.accounts.models import User
from schakel.audit import log
from schakel.cooperation.needs.draft import Draft
from schakel.cooperation.needs.links import confirm_path, desk_path
from schakel.cooperation.needs.models import Estimate, Need, Question, State, Unaware
from schakel.core.errors import InvalidInput
from schakel.core.model import Customer
from schakel.mail.outbox import enqueue

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are read for one another


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of posting: the key, and whether an e-mail address still has to be confirmed."""

    key: str
    waits: bool


def new_key() -> str:
    """A public key that nobody can guess."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


def record_estimate(need_key: str, amount: Decimal, *, basis: str, user: User | None, words: str, now: datetime) -> int:
    """Keep an estimate with its date and author. It is never changed: a later one is another row."""
    return Estimate.objects.create(
        need_key=need_key, amount=amount, basis=basis, recorded_at=now, author=user, author_words=words
    ).pk


def post_need(draft: Draft, *, form_key: str, user: User | None, body: str, language: str, now: datetime) -> Posted:
    """Keep a need; its estimate is stored before anything else. The same `form_key` twice is the same need.

    Whoever signed in has a need that is open at once; otherwise a letter asks to confirm the address first.
    """
    known = Need.objects.filter(form_key=form_key).first()
    if known is not None:
        return Posted(known.key, known.state == State.UNCONFIRMED)
    key = new_key()
    with transaction.atomic():
        if draft.estimate is not None:
            words = f"{draft.buyer_name} ({draft.email})"[:254]
            record_estimate(key, draft.estimate, basis=draft.basis, user=user, words=words, now=now)
        need, made = Need.objects.get_or_create(
            form_key=form_key, defaults=_columns(draft, key, user, body, language, now)
        )
        if made and need.state == State.UNCONFIRMED:
            _ask_to_confirm(need)
        elif made:
            _report_open(need)
    return Posted(need.key, need.state == State.UNCONFIRMED)


def _columns(draft: Draft, key: str, user: User | None, body: str, language: str, now: datetime) -> dict[str, object]:
    signed_in = user is not None
    return {
        "key": key,
        "state": State.OPEN if signed_in else State.UNCONFIRMED,
        "created_at": now,
        "opened_at": now if signed_in else None,
        "next_wave_at": None,
        "text": draft.text,
        "services": list(draft.services),
        "chosen": draft.chosen,
        "places": list(draft.places),
        "spot": draft.spot,
        "customer": draft.customer.value,
        "buyer_name": draft.buyer_name,
        "contract": draft.contract.value,
        "amount": draft.amount,
        "unit": draft.unit,
        "needed_from": draft.needed_from,
        "needed_until": draft.needed_until,
        "answer_by": draft.answer_by,
        "reserved": draft.reserved,
        "public": draft.public and draft.customer is not Customer.CITIZEN,
        "body": body,
        "owner": user,
        "email": draft.email,
        "language": language if language in dict(settings.LANGUAGES) else "nl",
    }


def _ask_to_confirm(need: Need) -> None:
    enqueue(
        key=f"need-confirm:{need.key}",
        to=need.email,
        kind="need_confirm",
        context={"text": need.text, "path": confirm_path(need.key)},
        language=need.language,
    )


def _report_open(need: Need) -> None:
    enqueue(
        key=f"need-open:{need.key}",
        to=need.email,
        kind="need_open",
        context={"text": need.text, "path": desk_path(need.key)},
        language=need.language,
    )


def confirm_need(key: str, *, now: datetime) -> None:
    """The address is confirmed: the need is open. Twice changes nothing. Raises InvalidInput when it is gone."""
    with transaction.atomic():
        need = _locked(key)
        if need.state == State.UNCONFIRMED:
            need.state, need.opened_at = State.OPEN, now
            need.save(update_fields=["state", "opened_at"])
            _report_open(need)


def start_waves(key: str, *, now: datetime) -> None:
    """From now on waves of invitations leave."""
    with transaction.atomic():
        need = _locked(key, open_only=True)
        if need.next_wave_at is None:
            need.next_wave_at = now
        need.paused = False
        need.save(update_fields=["next_wave_at", "paused"])
        log.record("need-waves", key, actor=None, details={})


def pause_waves(key: str) -> None:
    """No invitation leaves until `start_waves`; those that left stay good."""
    with transaction.atomic():
        need = _locked(key, open_only=True)
        need.paused = True
        need.save(update_fields=["paused"])


def withdraw_need(key: str, *, because: str, now: datetime) -> None:
    """Nobody can answer any more; everybody who was invited is told, once, with the reason."""
    because = " ".join(because.split())
    if not because:
        raise InvalidInput(
            gettext("Schrijf in een paar woorden waarom je de vraag intrekt. Wie uitgenodigd is, leest het.")
        )
    with transaction.atomic():
        need = _locked(key)
        if need.state not in (State.OPEN, State.UNCONFIRMED):
            raise InvalidInput(gettext("Deze vraag is al ingetrokken of afgesloten."))
        need.state, need.withdrawn_because, need.ended_at = State.WITHDRAWN, because[:300], now
        need.save(update_fields=["state", "withdrawn_because", "ended_at"])
        for invitation in need.invitations.exclude(email=""):
            enqueue(
                key=f"need-withdrawn:{key}:{invitation.organisation_key}",
                to=invitation.email,
                kind="need_withdrawn",
                context={"text": need.text, "buyer": need.buyer_name, "because": because[:300]},
            )
        log.record("need-withdraw", key, actor=None, details={})


def answer_question(key: str, number: int, text: str, *, now: datetime) -> None:
    """Answer a question; everybody invited sees both. Raises InvalidInput for an empty text or a second answer."""
    text = text.replace("\0", "").strip()
    if not text or len(text) > 4000:
        raise InvalidInput(gettext("Schrijf een antwoord van hoogstens 4.000 tekens."))
    with transaction.atomic():
        need = _locked(key)
        open_question = Question.objects.filter(pk=number, need=need, answered_at__isnull=True)
        if not open_question.update(answer=text, answered_at=now):
            raise InvalidInput(gettext("Deze vraag is al beantwoord."))
        for invitation in need.invitations.exclude(email=""):
            enqueue(
                key=f"need-answered:{number}:{invitation.organisation_key}",
                to=invitation.email,
                kind="need_answered",
                context={"text": need.text, "question": Question.objects.get(pk=number).text, "answer": text},
            )


def mark_unaware(key: str, organisation_key: str, service: str, *, now: datetime) -> None:
    """The buyer did not know this offer; said once per need and organisation."""
    Unaware.objects.get_or_create(
        need=_locked(key, lock=False), organisation_key=organisation_key, defaults={"service": service, "at": now}
    )


def _locked(key: str, *, open_only: bool = False, lock: bool = True) -> Need:
    rows = Need.objects.select_for_update() if lock else Need.objects.all()
    need = rows.filter(key=key).first()
    if need is None:
        raise InvalidInput(gettext("Deze vraag bestaat niet."))
    if open_only and need.state != State.OPEN:
        raise InvalidInput(gettext("Dat kan alleen zolang de vraag open is."))
    return need
