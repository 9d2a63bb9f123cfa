"""Send what is due. A letter is claimed before the mail server hears of it, and its result is written afterwards.

A sender that dies in between leaves the claim; once that runs out the letter is *uncertain*: a person is told, and
nothing sends it again by itself. So no crash ever doubles a letter, and each crash leaves at most one uncertain.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from schakel.core.errors import CoreError
from schakel.mail.compose import build_email, compose
from schakel.mail.letters import digestible, kind_of
from schakel.mail.models import Message, Status
from schakel.mail.site import parse_sender, parse_smtp
from schakel.mail.smtp import TIMEOUT_SECONDS, Courier, Outcome, Result

_log = logging.getLogger("schakel.mail")
LEASE = timedelta(minutes=15)  # longer than a living sender can need for one letter
GIVE_UP = timedelta(days=5)  # as long as mail servers keep trying (RFC 5321, 4.5.4.1)
SERVER_PAUSE = timedelta(minutes=1)  # the server is away: nobody's letter is tried before
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))  # then every four hours
MOST_IN_A_DIGEST = 50


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round did: letters that left, and letters that did not."""

    sent: int = 0
    not_sent: int = 0


@dataclass(frozen=True, slots=True)
class Claimed:
    """What leaves as one letter: the rows under one claim, the first of them first."""

    claim: uuid.UUID
    rows: tuple[Message, ...]


def back_off(attempts: int) -> timedelta:
    """How long to wait after attempt number `attempts` (from 1)."""
    return BACK_OFF[min(attempts, len(BACK_OFF)) - 1]


def send_due(
    *, seconds: float = 30.0, lease: timedelta = LEASE, timeout: float = TIMEOUT_SECONDS, most: int | None = None
) -> Sent:
    """Send what is due, until nothing is, `most` letters were tried, or `seconds` are over.

    Nothing happens without a mail server in the settings: letters wait. Safe to run in several processes at once.
    """
    find_lost()
    if not settings.SMTP_URL or not _due(timezone.now()).exists():
        return Sent()
    sent = not_sent = 0
    stop = time.monotonic() + seconds
    sender = parse_sender(settings.MAIL_FROM)
    with _durable(), Courier(parse_smtp(settings.SMTP_URL), sender.addr_spec, timeout) as courier:
        while time.monotonic() < stop and (most is None or sent + not_sent < most):
            claimed = _claim_next(lease)
            if claimed is None:
                break
            result = _hand_in(courier, claimed)
            _record(claimed, result)
            sent, not_sent = (sent + 1, not_sent) if result.outcome is Outcome.SENT else (sent, not_sent + 1)
            if result.outcome is Outcome.SERVER:
                break
    return Sent(sent, not_sent)


def find_lost() -> int:
    """Claims that ran out belong to a sender that died: nobody knows whether those letters left."""
    count = Message.objects.filter(status=Status.CLAIMED, claimed_until__lt=timezone.now()).update(
        status=Status.UNCERTAIN, reply="het verzenden werd afgebroken"
    )
    if count:
        _log.warning("%s letters are uncertain: their sender stopped half-way", count)
    return count


def _due(now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(status=Status.WAITING, next_at__lte=now)


def _claim_next(lease: timedelta) -> Claimed | None:
    """Claim the longest waiting letter that is due, and what leaves with it; None when nothing is due.

    Compare-and-set: of two senders, one gets it. Committed before this returns.
    """
    while True:
        now = timezone.now()
        first = _due(now).order_by("next_at", "pk").first()
        if first is None:
            return None
        if first.due_at < now - GIVE_UP:
            reply = first.reply or "stond te lang te wachten"
            _due(now).filter(pk=first.pk).update(status=Status.FAILED, finished_at=now, reply=reply)
            continue
        claim = uuid.uuid4()
        values = {"status": Status.CLAIMED, "claim": claim, "claimed_until": now + lease}
        with transaction.atomic(durable=True):
            if not _due(now).filter(pk=first.pk).update(**values):
                continue  # somebody else was first
            if first.kind in digestible():
                others = Message.objects.filter(
                    status=Status.WAITING, to=first.to, language=first.language, kind__in=digestible(), due_at__lte=now
                )
                chosen = list(others.order_by("pk").values_list("pk", flat=True)[: MOST_IN_A_DIGEST - 1])
                others.filter(pk__in=chosen).update(**values)
        rows = sorted(Message.objects.filter(claim=claim), key=lambda row: (row.pk != first.pk, row.pk))
        return Claimed(claim, tuple(rows))


def _hand_in(courier: Courier, claimed: Claimed) -> Result:
    first = claimed.rows[0]
    try:
        composed = compose([(row.kind, row.context) for row in claimed.rows], to=first.to, language=first.language)
        email = build_email(
            composed, to=first.to, language=first.language, identifier=first.message_id, at=first.created_at
        )
    except CoreError as error:  # made by another version of this program
        return Result(Outcome.REFUSED, str(error)[:500])
    return courier.hand_in(email, first.to)


def _record(claimed: Claimed, result: Result) -> None:
    """Write the result over our own claim, also when that ran out meanwhile: what is known beats what is not."""
    now = timezone.now()
    ours = Message.objects.filter(claim=claimed.claim, status__in=(Status.CLAIMED, Status.UNCERTAIN))
    attempts = claimed.rows[0].attempts + 1
    values: dict[str, object] = {"attempts": attempts, "reply": result.words, "claimed_until": None}
    match result.outcome:
        case Outcome.SENT:
            values |= {"status": Status.SENT, "finished_at": now}
        case Outcome.REFUSED:
            values |= {"status": Status.FAILED, "finished_at": now}
        case Outcome.UNCERTAIN:
            values |= {"status": Status.UNCERTAIN}
        case Outcome.LATER:
            values |= {"status": Status.WAITING, "claim": None, "next_at": now + back_off(attempts)}
        case Outcome.SERVER:
            values |= {"status": Status.WAITING, "claim": None, "next_at": now + SERVER_PAUSE}
            values["attempts"] = claimed.rows[0].attempts
    if result.outcome is Outcome.SENT and kind_of(claimed.rows[0].kind).secret:  # a key goes alone, never in a digest
        values["context"] = {}
    ours.update(**values)
    if result.outcome is Outcome.SERVER:
        Message.objects.filter(status=Status.WAITING, next_at__lt=now + SERVER_PAUSE).update(
            next_at=now + SERVER_PAUSE, reply=result.words
        )
    if result.outcome is not Outcome.SENT:
        _log.warning("letter %s: %s (%s)", claimed.rows[0].pk, result.outcome, result.words)


@contextmanager
def _durable() -> Iterator[None]:
    """On SQLite a claim must survive a power cut too, not only the end of a process."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
