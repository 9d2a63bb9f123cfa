"""Decide about what an organisation proposed: accept, reject with a reason, or take it back oneself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from schakel.accounts.models import User
from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind, Json
from schakel.core.permissions import REGION
from schakel.register import models
from schakel.register.speakers import REVIEWED
from schakel.register.write.check import check_values
from schakel.register.write.edit import record_said, standing_of, stood_before
from schakel.register.write.places import load_places
from schakel.register.write.resolve import Groups, resolve_organisations
from schakel.register.write.revision import bump, lock_register
from schakel.register.write.statements import Said


def accept_proposal(number: int, *, by: User, body: str = str(REGION), now: datetime | None = None) -> None:
    """Let a proposal count, as a statement by the organisation with the weight of an editor's.

    Checked again against the register of today: raises `InvalidEdit` when it can no longer be true, `InvalidInput` when
    somebody decided before.
    """
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        row = _open(number)
        today = timezone.localdate(now)
        entity = EntityKind(row.entity)
        owner, standing = standing_of(entity, row.key, row.organisation_key)
        known = {} if standing is None else standing.values
        normal = check_values(entity, row.key, Groups().root(owner), row.values, known, load_places(today))
        said = Said(entity, row.key, owner, normal, timezone.localdate(row.at).isoformat())
        row.statement_id = record_said(said, author=row.author, speaker=REVIEWED, now=now)
        resolve_organisations([owner], today=today)
        bump(revision, now)
        before = stood_before(said, standing)
        _decide(row, "accepted", by, body, now, statement=row.statement_id, before=before)


def reject_proposal(
    number: int, *, reason: str, by: User, body: str = str(REGION), now: datetime | None = None
) -> None:
    """Let a proposal not count; `reason` is read by whoever made it. Raises `InvalidInput` without one."""
    reason = reason.replace("\0", "").strip()[:2000]
    if not reason:
        raise InvalidInput("Schrijf waarom je dit weigert: wie het voorstelde, leest dat.")
    with transaction.atomic():
        _decide(_open(number), "rejected", by, body, now or timezone.now(), reason)


def take_back_proposal(number: int, *, organisation_key: str, by: User | None, now: datetime | None = None) -> None:
    """The organisation no longer wants it. Raises `InvalidInput` when it is not hers or was decided."""
    with transaction.atomic():
        row = _open(number)
        if Groups().root(row.organisation_key) != organisation_key:
            raise InvalidInput("Dit voorstel bestaat niet.")
        _decide(row, "taken_back", by, f"organisation:{organisation_key}", now or timezone.now())


def _open(number: int) -> models.Proposal:
    row = models.Proposal.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise InvalidInput("Dit voorstel bestaat niet.")
    if row.state != "open":
        raise InvalidInput("Over dit voorstel is al beslist.")
    return row


def _decide(
    row: models.Proposal, state: str, by: User | None, body: str, now: datetime, reason: str = "", **about: Json
) -> None:
    row.state, row.decided_at, row.decided_by, row.reason = state, now, by, reason
    row.save()
    fields = list[Json](sorted(row.values))
    details: dict[str, Json] = {"entity": row.entity, "proposal": row.pk, "fields": fields, **about}
    log.record(f"proposal-{state}", row.key, actor=by, body=body, details=details)
