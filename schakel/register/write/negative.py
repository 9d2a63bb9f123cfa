"""That somebody searched and found nothing: a statement too, without which absence is not known."""

from __future__ import annotations

from datetime import datetime

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


def state_negative(
    nis_code: str,
    service: str,
    *,
    searched_by: str,
    method: str,
    searched_on: str,
    author: User | None,
    body: str = str(REGION),
    remarks: str = "",
    now: datetime | None = None,
) -> int:
    """State that nobody offers `service` in a municipality, as far as this search shows; returns its number."""
    now = now or timezone.now()
    get_service(service)
    try:
        parse_partial_date(searched_on)
    except InvalidInput as refusal:
        raise InvalidInput(f"De datum {searched_on!r} kan niet. Verwacht wordt {refusal}.") from None
    if not searched_by.strip() or not method.strip():
        raise InvalidInput("Schrijf op wie er zocht en hoe, anders kan niemand dit later nagaan.")
    with transaction.atomic():
        revision = lock_register(now)
        if not Municipality.objects.filter(nis_code=nis_code).exists():
            raise InvalidInput(f"{nis_code!r} is geen gemeente van deze regio.")
        row = NegativeStatement.objects.create(
            source=source_of(EDITORS),
            source_date=searched_on,
            remarks=remarks.strip(),
            municipality_id=nis_code,
            service=service,
            searched_by=searched_by.strip(),
            method=method.strip(),
            searched_on=searched_on,
        )
        bump(revision, now)
        log.record("negative", f"{nis_code}/{service}", actor=author, body=body, details={"negative": row.pk})
    return row.pk


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
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        row = NegativeStatement.objects.filter(pk=number, source__key=EDITORS.key).first()
        if row is None or nis_code not in (None, row.municipality_id):
            raise InvalidInput("Deze uitspraak bestaat niet, of komt uit een lijst.")
        said: dict[str, Json] = {"negative": number, "searched_on": row.searched_on}
        row.delete()
        bump(revision, now)
        subject = f"{row.municipality_id}/{row.service}"
        log.record("withdraw-negative", subject, actor=author, body=body, details=said)
