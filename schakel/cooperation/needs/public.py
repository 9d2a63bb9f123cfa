"""The needs that their buyers made public, without anything that is not: no estimate, address, answer or question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q

from schakel.cooperation.needs import models
from schakel.cooperation.needs.models import State
from schakel.cooperation.needs.record import AskedRecord, read_asked


@dataclass(frozen=True, slots=True)
class PublicOutcome:
    """What the buyer said came of it; `awarded_to` are slugs."""

    number: int
    result: str
    awarded_to: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNeed(AskedRecord):
    """A need as everybody may read it. `ended_at` None: it is open."""

    opened_at: datetime
    ended_at: datetime | None
    outcomes: tuple[PublicOutcome, ...]


def list_public_needs(
    *,
    open_on: date | None = None,
    service: str = "",
    nis_code: str = "",
    key: str = "",
    opened_after: datetime | None = None,
) -> tuple[PublicNeed, ...]:
    """Public needs, newest first. `open_on`: only those that can be answered on that day."""
    rows = models.Need.objects.filter(public=True, opened_at__isnull=False)
    if open_on is not None:
        rows = rows.filter(state=State.OPEN, answer_by__gte=open_on)
    if key:
        rows = rows.filter(key=key)
    if opened_after is not None:
        rows = rows.filter(opened_at__gt=opened_after)
    found = rows.prefetch_related("outcomes").order_by("-opened_at", "-id")
    return tuple(
        _public(row)
        for row in found
        if (not service or service in row.services) and (not nis_code or nis_code in row.places)
    )


def public_mark() -> str:
    """Changes whenever the answer of `list_public_needs` could."""
    seen = models.Need.objects.filter(public=True).aggregate(
        count=Count("id"), last=Max("opened_at"), ended=Max("ended_at"), open=Count("id", filter=Q(state=State.OPEN))
    )
    told = models.Outcome.objects.filter(need__public=True, organisation_key="").aggregate(last=Max("id"))
    return f"{seen}{told}"


def _public(row: models.Need) -> PublicNeed:
    assert row.opened_at is not None  # noqa: S101 (asked for above; for the type)
    return PublicNeed(
        **read_asked(row),
        opened_at=row.opened_at,
        ended_at=row.ended_at,
        outcomes=tuple(
            PublicOutcome(one.pk, one.result, tuple(one.awarded_to), one.at)
            for one in sorted(row.outcomes.all(), key=lambda one: one.pk)
            if not one.organisation_key
        ),
    )
