"""Write what users make: a tally of searches without a trace of who, and reports that something is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from schakel.cooperation.models import Report, SearchTally
from schakel.core.errors import InvalidInput
from schakel.mail.outbox import checked_address

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


def report_problem(
    organisation_key: str, field: str, text: str, *, proposed: str = "", email: str = "", language: str = "nl"
) -> int:
    """Keep that something is wrong with an organisation; returns the number of the report.

    `field` may be empty. `proposed`: what it should say. `email`: only from who wants an answer; forgotten once that is
    given. Raises `InvalidInput` without text, with more than 2,000 characters, or for an address that is none.
    """
    text = text.replace("\0", "").strip()
    if not text:
        raise InvalidInput(gettext("Schrijf in het vak wat er niet klopt."))
    if len(text) > LONGEST:
        said = gettext("Schrijf hoogstens %(most)s tekens; het waren er %(count)s.")
        raise InvalidInput(said % {"most": LONGEST, "count": len(text)})
    key, name = organisation_key.replace("\0", "")[:120], field.replace("\0", "")[:60]
    return Report.objects.create(
        organisation_key=key,
        field=name,
        text=text,
        proposed=proposed.replace("\0", "").strip()[:300],
        email=checked_address(email) if email.strip() else "",
        language=language,
    ).pk
