"""Write what users make: a tally of searches without a trace of who, and reports that something is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from schakel.accounts.models import User
from schakel.audit import log
from schakel.cooperation.models import Report, SearchTally
from schakel.core.errors import InvalidInput

LONGEST = 2000


def count_search(day: date, services: Iterable[str], nis_code: str, found: bool, times: int = 1) -> None:
    """Count one search: once per service it asked for, or once under "" when no service was recognised.

    `times`: how often this same search was asked; whoever collects counts writes them in one go.
    `nis_code` is the municipality that was chosen, "" for none. Nothing about the person is kept. Two searches at the
    same moment are both counted, on SQLite and PostgreSQL.
    """
    for service in sorted(set(services)) or [""]:
        what = {"day": day, "service": service, "nis_code": nis_code, "found": found}
        if SearchTally.objects.filter(**what).update(count=F("count") + times):
            continue
        with transaction.atomic():
            SearchTally.objects.bulk_create([SearchTally(**what)], ignore_conflicts=True)
            SearchTally.objects.filter(**what).update(count=F("count") + times)


def report_problem(organisation_key: str, field: str, text: str) -> int:
    """Keep that something is wrong with an organisation; returns the number of the report.

    `field` may be empty. Raises `InvalidInput` without text, or with more than 2,000 characters.
    """
    text = text.replace("\0", "").strip()
    if not text:
        raise InvalidInput("Schrijf in het vak wat er niet klopt.")
    if len(text) > LONGEST:
        raise InvalidInput(f"Schrijf hoogstens {LONGEST} tekens; het waren er {len(text)}.")
    key, name = organisation_key.replace("\0", "")[:120], field.replace("\0", "")[:60]
    return Report.objects.create(organisation_key=key, field=name, text=text).pk


def handle_report(number: int, *, outcome: str, author: User | None) -> None:
    """Record what was done with a report. Raises `InvalidInput` if somebody else was first, or without an outcome."""
    outcome = outcome.strip()
    if not outcome:
        raise InvalidInput("Schrijf op wat er met deze melding gebeurde.")
    with transaction.atomic():
        open_reports = Report.objects.filter(pk=number, handled_at__isnull=True)
        if not open_reports.update(handled_at=timezone.now(), outcome=outcome[:300]):
            raise InvalidInput("Deze melding bestaat niet, of iemand anders handelde ze al af.")
        log.record("handle-report", str(number), actor=author, details={"outcome": outcome[:300]})
