"""The number that grows with every write to the register, and who is told of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from schakel.register.models import Revision

# Called without arguments after each commit that changed the register. Apps add theirs in `AppConfig.ready`.
listeners: list[Callable[[], None]] = []


def lock_register(now: datetime) -> Revision:
    """Wait until no other write is busy and keep the next ones waiting until this transaction ends.

    Must be the first thing a write does, inside its transaction.
    """
    Revision.objects.get_or_create(id=1, defaults={"changed_at": now})
    return Revision.objects.select_for_update().get(id=1)


def bump(revision: Revision, now: datetime) -> int:
    """Record that the register changed; tell the listeners once it is committed. Returns the new number."""
    revision.number += 1
    revision.changed_at = now
    revision.save()
    transaction.on_commit(_tell)
    return revision.number


def _tell() -> None:
    for listener in list(listeners):
        listener()
