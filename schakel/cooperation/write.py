"""Write what users make: a tally of searches without a trace of who, and reports that something is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from django.db import connection, transaction
from django.utils.translation import gettext

from schakel.cooperation.models import Report, SearchTally
from schakel.core.errors import InvalidInput
from schakel.mail.outbox import checked_address

LONGEST = 2000


Asked: TypeAlias = tuple[date, tuple[str, ...], str, bool]
"""A search as it is counted: the day, the services it asked for, the municipality ("": none), whether any was found."""

_TALLY = SearchTally._meta.db_table
_COUNT = (
    f"INSERT INTO {_TALLY} (day, service, nis_code, found, count) "  # noqa: S608 (a name of our own)
    "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (day, service, nis_code, found) "
    f"DO UPDATE SET count = {_TALLY}.count + excluded.count"
)


def count_searches(counted: Mapping[Asked, int]) -> None:
    """Count searches, each so many times: all of them or, when the database refuses, none.

    A search counts once per service it asked for, or once under "" when no service was recognised. Nothing about the
    person is kept. Two processes that count the same at the same moment are both counted, on SQLite and PostgreSQL.
    """
    rows: Counter[tuple[date, str, str, bool]] = Counter()
    for (day, services, nis_code, found), times in counted.items():
        for service in set(services) or {""}:
            rows[day, service, nis_code, found] += times
    with transaction.atomic(), connection.cursor() as cursor:
        # in one order, or two processes on PostgreSQL could wait for each other
        cursor.executemany(_COUNT, [(*what, times) for what, times in sorted(rows.items())])


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
