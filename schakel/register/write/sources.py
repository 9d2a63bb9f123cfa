"""Withdraw what was said: a whole source, or one statement by a person. And build the register again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from schakel.accounts.models import User
from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.core.permissions import REGION
from schakel.register.models import Source, Statement
from schakel.register.speakers import PEOPLE
from schakel.register.write.resolve import Progress, resolve_everything, resolve_organisations
from schakel.register.write.revision import bump, lock_register


def withdraw_source(key: str, *, author: User | None = None, now: datetime | None = None) -> int:
    """Let nothing this source says count any more; returns how many organisations were written again.

    The statements stay. Facts with one source (tasks, figures, ...) are no longer shown; municipalities and clusters
    stay. Loading the source again makes it count again.
    """
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        source = Source.objects.filter(key=key).first()
        if source is None or source.withdrawn_at is not None:
            raise InvalidInput(f"Er is geen bron {key!r} die nog meetelt.")
        source.withdrawn_at = now
        source.save()
        said = Statement.objects.filter(source=source, withdrawn_at__isnull=True)
        touched = set(said.values_list("organisation_key", flat=True).distinct())
        count = resolve_organisations(touched, today=timezone.localdate(now))
        bump(revision, now)
        log.record("withdraw-source", key, actor=author, body=str(REGION), details={"organisations": count})
    return count


def withdraw_statement(number: int, *, author: User | None, now: datetime | None = None) -> None:
    """Take back one statement by a person: what stood before counts again. What lists say can only be reloaded."""
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        people = [speaker.key for speaker in PEOPLE]
        said = Statement.objects.filter(pk=number, withdrawn_at__isnull=True, source__key__in=people).first()
        if said is None:
            raise InvalidInput("Deze uitspraak bestaat niet, is al ingetrokken, of komt uit een lijst.")
        said.withdrawn_at = now
        said.save()
        resolve_organisations([said.organisation_key], today=timezone.localdate(now))
        bump(revision, now)
        log.record("withdraw-statement", said.key, actor=author, body=str(REGION), details={"statement": number})


def rebuild(*, now: datetime | None = None, progress: Progress | None = None, author: User | None = None) -> int:
    """Write every row of the register again from the statements; returns how many organisations there are."""
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        count = resolve_everything(today=timezone.localdate(now), progress=progress)
        bump(revision, now)
        log.record(
            "rebuild", "register", actor=author, body=str(REGION) if author else "", details={"organisations": count}
        )
    return count
