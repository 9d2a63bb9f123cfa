"""Put letters in the outbox, and what a person decides about them afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from schakel.core.errors import InvalidInput
from schakel.core.model import Json
from schakel.mail.compose import address_hash, compose, message_id
from schakel.mail.letters import LetterKind, digestible, kind_of
from schakel.mail.models import Message, OptOut, Status

KEEP = timedelta(days=30)  # how long address and content are kept of a letter that is done with
KEEP_UNDECIDED = timedelta(days=90)  # ... and of one about which nobody decided


@dataclass(frozen=True, slots=True)
class OutboxCount:
    """How many letters stand where; `oldest_due`: since when the longest waiting one could have left."""

    waiting: int
    claimed: int
    uncertain: int
    failed: int
    oldest_due: datetime | None


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to write; see `enqueue`."""

    key: str
    to: str
    kind: str
    context: dict[str, Json]
    language: str = "nl"
    not_before: datetime | None = None


def enqueue_all(letters: Iterable[NewLetter]) -> None:
    """As `enqueue`, for many letters in one go."""
    now = timezone.now()
    rows = [Message(key=letter.key, **_row(letter, now)) for letter in letters]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def enqueue(
    *,
    key: str,
    to: str,
    kind: str,
    context: dict[str, Json],
    language: str = "nl",
    not_before: datetime | None = None,
) -> int:
    """Write a letter in the outbox, in the transaction of what it reports; returns its number.

    The same `key` twice is the same letter: the second call changes nothing. Raises InvalidInput for an address that
    cannot be one, an unknown kind, or a context of which the letter cannot be made. To somebody who asked for no more
    of this kind it is written as cancelled.
    """
    row = _row(NewLetter(key, to, kind, context, language, not_before), timezone.now())
    message, _ = Message.objects.get_or_create(key=key, defaults=row)
    return int(message.pk)


def _row(letter: NewLetter, now: datetime) -> dict[str, Any]:
    address, found = checked_address(letter.to), kind_of(letter.kind)
    composed = compose([(letter.kind, letter.context)], to=address, language=letter.language)
    assert composed.text  # noqa: S101 (composed now, so that a fault shows where it is made)
    due = max(now, letter.not_before or now)
    row = {
        "message_id": message_id(letter.key),
        "to": address,
        "kind": letter.kind,
        "language": letter.language,
        "context": letter.context,
        "created_at": now,
        "due_at": due,
        "next_at": max(due, _after_the_last(address, found, due)),
    }
    if found.optional and OptOut.objects.filter(address=address_hash(address), kind=letter.kind).exists():
        row |= {"status": Status.CANCELLED, "finished_at": now, "reply": "afgemeld voor deze soort"}
    return row


def checked_address(to: str) -> str:
    """An e-mail address without spaces around it, its domain in ASCII. Raises InvalidInput."""
    address = to.strip()
    local, _, domain = address.rpartition("@")
    try:
        ascii_address = f"{local}@{domain.encode('idna').decode('ascii')}"
        validate_email(ascii_address)
        local.encode("ascii")
    except (ValidationError, UnicodeError) as error:
        raise InvalidInput(f"{address[:100]!r} is geen e-mailadres.") from error
    return ascii_address


def _after_the_last(address: str, kind: LetterKind, due: datetime) -> datetime:
    """A letter that may be part of a digest waits until the time of the one before it is over."""
    if kind.digest is None:
        return due
    before = Message.objects.filter(to=address, kind__in=digestible(), status=Status.SENT)
    sent = before.order_by("-finished_at").first()
    return due if sent is None or sent.finished_at is None else sent.finished_at + kind.digest


def resend(number: int) -> None:
    """A person decides that a letter leaves (again), with the same Message-ID. Raises InvalidInput when it cannot."""
    now = timezone.now()
    _decide(
        number,
        (Status.UNCERTAIN, Status.FAILED, Status.CANCELLED),
        {"status": Status.WAITING, "due_at": now, "next_at": now, "claim": None, "claimed_until": None,
         "finished_at": None, "attempts": 0},
        "Alleen een bericht dat onzeker, niet verzonden of ingetrokken is, kan opnieuw vertrekken.",
    )  # fmt: skip


def cancel(number: int) -> None:
    """A person decides that a letter does not leave (again). Raises InvalidInput when it left, or is leaving now."""
    _decide(
        number,
        (Status.WAITING, Status.UNCERTAIN, Status.FAILED),
        {"status": Status.CANCELLED, "finished_at": timezone.now(), "claim": None},
        "Dit bericht is al weg, of het vertrekt net.",
    )


def cancel_written(key: str) -> None:
    """As `cancel`, for the letter that was written with this key."""
    for number in Message.objects.filter(key=key).values_list("pk", flat=True):
        cancel(number)


def _decide(number: int, allowed: tuple[Status, ...], values: dict[str, object], refusal: str) -> None:
    with transaction.atomic():
        rows = Message.objects.filter(pk=number, status__in=allowed).exclude(to="")
        if not rows.update(**values):
            raise InvalidInput(refusal)


def count() -> OutboxCount:
    """What stands in the outbox now; letters that may only leave later do not count as due."""
    found = dict(Message.objects.values_list("status").annotate(Count("pk")).values_list("status", "pk__count"))
    waiting = Message.objects.filter(status=Status.WAITING, due_at__lte=timezone.now())
    return OutboxCount(
        waiting=found.get(Status.WAITING, 0),
        claimed=found.get(Status.CLAIMED, 0),
        uncertain=found.get(Status.UNCERTAIN, 0),
        failed=found.get(Status.FAILED, 0),
        oldest_due=waiting.aggregate(Min("due_at"))["due_at__min"],
    )


def sent_keys(keys: Iterable[str]) -> frozenset[str]:
    """Which of these letters really left; one about which nobody knows for certain did not."""
    asked = list(keys)
    found: set[str] = set()
    for start in range(0, len(asked), 500):  # SQLite takes some thousands of parameters at once
        rows = Message.objects.filter(key__in=asked[start : start + 500], status=Status.SENT)
        found.update(rows.values_list("key", flat=True))
    return frozenset(found)


def opt_out(hashed: str, kinds: list[str]) -> None:
    """Whoever has this address gets no more letters of these kinds; what waits for them is cancelled."""
    now = timezone.now()
    with transaction.atomic():
        for kind in kinds:
            OptOut.objects.get_or_create(address=hashed, kind=kind, defaults={"at": now})
        waiting = Message.objects.filter(kind__in=kinds, status=Status.WAITING)
        addresses = {to for to in waiting.values_list("to", flat=True) if address_hash(to) == hashed}
        waiting.filter(to__in=addresses).update(
            status=Status.CANCELLED, finished_at=now, reply="afgemeld voor deze soort"
        )


def opt_in(address: str, kind: str) -> None:
    """Whoever has this address wants letters of this kind again."""
    OptOut.objects.filter(address=address_hash(address), kind=kind).delete()


def is_opted_out(address: str, kind: str) -> bool:
    """Whether whoever has this address asked for no more letters of this kind."""
    return OptOut.objects.filter(address=address_hash(address), kind=kind).exists()


def count_since(address: str, kind: str, since: datetime) -> int:
    """How many letters of a kind were written to an address since a moment."""
    return Message.objects.filter(to__iexact=address, kind=kind, created_at__gte=since).count()


def address_key(address: str) -> str:
    """An address in the key of a letter: the same for the same one, and not to be read from it."""
    return address_hash(address)[:24]


def forget(now: datetime) -> int:
    """Take address and content out of letters that were done with 30 days ago; returns how many.

    The row stays with its key, so the same letter is never written again.
    """
    done = Q(status__in=(Status.SENT, Status.CANCELLED, Status.FAILED), finished_at__lt=now - KEEP)
    undecided = Q(status=Status.UNCERTAIN, due_at__lt=now - KEEP_UNDECIDED)
    return Message.objects.filter(done | undecided).exclude(to="").update(to="", context={}, reply="")


def distrust_after_restore() -> int:
    """What waits in a back-up may have left since it was made: a person decides. Returns how many became uncertain."""
    return Message.objects.filter(status__in=(Status.WAITING, Status.CLAIMED)).update(
        status=Status.UNCERTAIN, claim=None, claimed_until=None, reply="uit een back-up: misschien al verzonden"
    )
