"""Read what users made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from schakel.cooperation import models
from schakel.cooperation.needs.read import Heard, Unmet, list_heard, list_unmet


@dataclass(frozen=True, slots=True)
class Report:
    """A visitor says that something is wrong; `handled_at` is `None` while nobody looked at it."""

    id: int
    at: datetime
    organisation_key: str
    field: str
    text: str
    handled_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a service was searched on one day; "" is no service recognised, or no municipality chosen."""

    day: date
    service: str
    nis_code: str
    found: bool
    count: int


def list_reports(*, only_open: bool = False, limit: int = 200) -> tuple[Report, ...]:
    """Reports, newest first."""
    rows = models.Report.objects.order_by("-id")
    if only_open:
        rows = rows.filter(handled_at__isnull=True)
    return tuple(
        Report(row.pk, row.at, row.organisation_key, row.field, row.text, row.handled_at, row.outcome)
        for row in rows[: max(limit, 0)]
    )


def list_tallies(since: date) -> tuple[Tally, ...]:
    """Counted searches from `since` on (that day included), by day, service and municipality."""
    rows = models.SearchTally.objects.filter(day__gte=since)
    found = [Tally(row.day, row.service, row.nis_code, row.found, row.count) for row in rows]
    return tuple(sorted(found, key=lambda tally: (tally.day, tally.service, tally.nis_code, tally.found)))


__all__ = ["Heard", "Report", "Tally", "Unmet", "list_heard", "list_reports", "list_tallies", "list_unmet"]
