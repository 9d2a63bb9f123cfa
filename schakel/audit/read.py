"""Read the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from schakel.audit.models import Entry
from schakel.core.model import Json


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `actor`: the e-mail address of whoever did it, "" for the system; `body`: on whose behalf."""

    number: int
    at: datetime
    actor: str
    body: str
    action: str
    subject: str
    details: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show; an empty text or None leaves out a condition. Days are whole days, both ends included."""

    action: str = ""
    actor: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of lines, newest first, and how many there are in all."""

    lines: tuple[Line, ...]
    total: int


def list_lines(chosen: Filter, *, page: int = 1, size: int = 50) -> Lines:
    """The lines that fit, `size` a page; a page that does not exist is empty."""
    rows = Entry.objects.select_related("actor")
    if chosen.action:
        rows = rows.filter(action=chosen.action)
    if chosen.actor:
        rows = rows.filter(actor__email__icontains=chosen.actor)
    if chosen.subject:
        rows = rows.filter(subject__icontains=chosen.subject)
    if chosen.since is not None:
        rows = rows.filter(at__date__gte=chosen.since)
    if chosen.until is not None:
        rows = rows.filter(at__date__lte=chosen.until)
    start = (page - 1) * size
    return Lines(_lines(rows.order_by("-id")[start : start + size]), rows.count())


def list_about(subjects: Collection[str], *, actions: Collection[str], most: int) -> tuple[Line, ...]:
    """The newest lines about these subjects that are one of these actions."""
    rows = Entry.objects.filter(subject__in=subjects, action__in=actions).select_related("actor")
    return _lines(rows.order_by("-id")[:most])


def bodies_of(statements: Mapping[int, str]) -> dict[int, str]:
    """Statement -> on whose behalf it was made, of those the log knows. `statements`: number -> subject."""
    rows = Entry.objects.filter(subject__in=set(statements.values())).values_list("details", "body")
    return {details["statement"]: body for details, body in rows if body and details.get("statement") in statements}


def _lines(rows: Iterable[Entry]) -> tuple[Line, ...]:
    return tuple(
        Line(
            row.pk,
            row.at,
            "" if row.actor is None else str(row.actor),
            row.body,
            row.action,
            row.subject,
            row.details,
        )
        for row in rows
    )
