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
    proposed: str
    wants_answer: bool
    handled_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody knows an initiative that the guide does not; only confirmed ones are read."""

    id: int
    at: datetime
    name: str
    nis_code: str
    text: str
    website: str
    phone: str
    handled_at: datetime | None
    outcome: str
    organisation_key: str


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
    return tuple(_report(row) for row in rows[: max(limit, 0)])


def get_report(number: int) -> Report | None:
    """One report, or None."""
    row = models.Report.objects.filter(pk=number).first()
    return None if row is None else _report(row)


def _report(row: models.Report) -> Report:
    return Report(
        row.pk, row.at, row.organisation_key, row.field, row.text, row.proposed, bool(row.email), row.handled_at,
        row.outcome,
    )  # fmt: skip


def list_suggestions(*, only_open: bool = False, limit: int = 200) -> tuple[Suggestion, ...]:
    """Confirmed suggestions, newest first."""
    rows = models.Suggestion.objects.filter(confirmed_at__isnull=False).order_by("-id")
    if only_open:
        rows = rows.filter(handled_at__isnull=True)
    return tuple(_suggestion(row) for row in rows[: max(limit, 0)])


def get_suggestion(number: int) -> Suggestion | None:
    """One confirmed suggestion, or None."""
    row = models.Suggestion.objects.filter(pk=number, confirmed_at__isnull=False).first()
    return None if row is None else _suggestion(row)


def _suggestion(row: models.Suggestion) -> Suggestion:
    return Suggestion(
        row.pk, row.at, row.name, row.nis_code, row.text, row.website, row.phone, row.handled_at, row.outcome,
        row.organisation_key,
    )  # fmt: skip


def list_tallies(since: date) -> tuple[Tally, ...]:
    """Counted searches from `since` on (that day included), by day, service and municipality."""
    rows = models.SearchTally.objects.filter(day__gte=since)
    found = [Tally(row.day, row.service, row.nis_code, row.found, row.count) for row in rows]
    return tuple(sorted(found, key=lambda tally: (tally.day, tally.service, tally.nis_code, tally.found)))


__all__ = ["Heard", "Report", "Tally", "Unmet", "list_heard", "list_reports", "list_tallies", "list_unmet"]
