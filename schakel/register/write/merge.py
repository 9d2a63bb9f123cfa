"""Two organisations that turn out to be one: their statements are grouped, nothing is moved, so it can be undone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from schakel.accounts.models import User
from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.core.model import Json
from schakel.core.permissions import REGION
from schakel.register.models import Merge, Organisation
from schakel.register.write.resolve import resolve_organisations
from schakel.register.write.revision import bump, lock_register


def merge_organisations(
    kept: str, merged: str, *, reason: str, author: User | None, now: datetime | None = None
) -> int:
    """Merge organisation `merged` into `kept`; returns the number of the merge, for `undo_merge`.

    Both histories stay: `kept` keeps its name and status, the other fills gaps within the same rank of source, and its
    establishments, offers, recognitions and figures come along. The old slug leads to `kept` (`read.resolve_slug`).
    """
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        for slug in (kept, merged):
            if not Organisation.objects.filter(slug=slug).exists():
                raise InvalidInput(f"Er is geen organisatie met de sleutel {slug!r} in het register.")
        if kept == merged:
            raise InvalidInput("Kies twee verschillende organisaties om samen te voegen.")
        if not reason.strip():
            raise InvalidInput("Schrijf op waarom deze twee organisaties dezelfde zijn.")
        merge = Merge.objects.create(kept=kept, merged=merged, reason=reason.strip(), at=now, by=author)
        resolve_organisations([kept], today=timezone.localdate(now))
        bump(revision, now)
        log.record("merge", kept, actor=author, body=str(REGION), details={"merged": merged, "merge": merge.pk})
    return merge.pk


def undo_merge(merge_id: int, *, author: User | None, now: datetime | None = None) -> None:
    """Take two merged organisations apart again: both are as they would be if they had never been merged.

    What was stated about the merged record meanwhile goes with the organisation whose key it was stated under.
    """
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        merge = Merge.objects.filter(pk=merge_id, undone_at__isnull=True).first()
        if merge is None:
            raise InvalidInput("Deze samenvoeging bestaat niet (meer): misschien maakte iemand ze al ongedaan.")
        merge.undone_at, merge.undone_by = now, author
        merge.save()
        resolve_organisations([merge.kept, merge.merged], today=timezone.localdate(now))
        bump(revision, now)
        details: dict[str, Json] = {"merged": merge.merged, "merge": merge.pk}
        log.record("undo-merge", merge.kept, actor=author, body=str(REGION), details=details)
