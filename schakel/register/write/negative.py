"""That somebody searched and found nothing: a statement too, without which absence is not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from schakel.accounts.models import User
from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.core.identifiers import parse_partial_date
from schakel.core.model import Json
from schakel.core.permissions import REGION
from schakel.core.taxonomy import service as get_service
from schakel.register.models import Municipality, NegativeStatement
from schakel.register.speakers import EDITORS
from schakel.register.write.edit import source_of
from schakel.register.write.revision import bump, lock_register


class Search(TypedDict):
    """What is said of a search: who, how and when (may be partial), and on behalf of whom it is written down."""

    searched_by: str
    method: str
    searched_on: str
    author: User | None
    body: NotRequired[str]
    remarks: NotRequired[str]
    now: NotRequired[datetime | None]


def state_negative(nis_code: str, service: str, **said: Unpack[Search]) -> int:
    """State that nobody offers `service` in a municipality, as far as this search shows; returns its number."""
    return state_negatives([nis_code], service, **said)[0]


def state_negatives(nis_codes: Sequence[str], service: str, **said: Unpack[Search]) -> tuple[int, ...]:
    """The same of one search in several municipalities: a statement for each, all or none; returns their numbers."""
    now = said.get("now") or timezone.now()
    searched_by, method, searched_on = said["searched_by"].strip(), said["method"].strip(), said["searched_on"]
    get_service(service)
    try:
        parse_partial_date(searched_on)
    except InvalidInput as refusal:
        raise InvalidInput(f"De datum {searched_on!r} kan niet. Verwacht wordt {refusal}.") from None
    if not searched_by or not method:
        raise InvalidInput("Schrijf op wie er zocht en hoe, anders kan niemand dit later nagaan.")
    with transaction.atomic():
        revision = lock_register(now)
        known = set(Municipality.objects.filter(nis_code__in=nis_codes).values_list("nis_code", flat=True))
        for nis_code in nis_codes:
            if nis_code not in known:
                raise InvalidInput(f"{nis_code!r} is geen gemeente van deze regio.")
        rows = [
            NegativeStatement.objects.create(
                source=source_of(EDITORS),
                source_date=searched_on,
                remarks=said.get("remarks", "").strip(),
                municipality_id=nis_code,
                service=service,
                searched_by=searched_by,
                method=method,
                searched_on=searched_on,
            )
            for nis_code in nis_codes
        ]
        bump(revision, now)
        body = said.get("body", str(REGION))
        for row in rows:
            subject = f"{row.municipality_id}/{service}"
            log.record("negative", subject, actor=said["author"], body=body, details={"negative": row.pk})
    return tuple(row.pk for row in rows)


def withdraw_negative(
    number: int,
    *,
    author: User | None,
    body: str = str(REGION),
    nis_code: str | None = None,
    now: datetime | None = None,
) -> None:
    """Take back a negative statement by an editor; the log keeps that it was said.

    `nis_code`: only if it is about this municipality, for who may not speak about another.
    """
    withdraw_negatives([number], author=author, body=body, nis_code=nis_code, now=now)


def withdraw_negatives(
    numbers: Sequence[int],
    *,
    author: User | None,
    body: str = str(REGION),
    nis_code: str | None = None,
    now: datetime | None = None,
) -> None:
    """The same for several: all or none. Raises InvalidInput when one is not there (any more)."""
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        rows = list(NegativeStatement.objects.filter(pk__in=numbers, source__key=EDITORS.key).order_by("pk"))
        if not numbers or len(rows) < len(set(numbers)) or any(nis_code not in (None, r.municipality_id) for r in rows):
            raise InvalidInput("Deze uitspraak bestaat niet, of komt uit een lijst.")
        for row in rows:
            said: dict[str, Json] = {"negative": row.pk, "searched_on": row.searched_on}
            subject = f"{row.municipality_id}/{row.service}"
            row.delete()
            log.record("withdraw-negative", subject, actor=author, body=body, details=said)
        bump(revision, now)
