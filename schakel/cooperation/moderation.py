"""What a person decides about reports and suggestions: accepting makes statements, refusing says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from schakel.accounts.models import User
from schakel.audit import log
from schakel.cooperation.models import Report, Suggestion
from schakel.cooperation.visitors import answer_visitor, close
from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind, Json, Kind, LifeStatus
from schakel.core.permissions import REGION
from schakel.register.write import first_free, key_part, state_edit

# What of a report can become a statement as it is; the rest is edited where the organisation is edited.
SIMPLE_FIELDS = ("name", "phone", "email", "website", "description")


@dataclass(frozen=True, slots=True)
class Draft:
    """A new organisation as it goes into the register. `certain`: somebody checked that it exists today."""

    name: str
    kind: Kind
    nis_code: str
    services: tuple[str, ...]
    description: str
    website: str
    phone: str
    certain: bool


def accept_suggestion(
    number: int,
    draft: Draft,
    *,
    answer: str,
    author: User | None,
    body: str = str(REGION),
    now: datetime | None = None,
) -> str:
    """Put the organisation in the register with a place and an offer per service; returns its slug.

    Everything or nothing. Raises InvalidInput when a value cannot be, or the suggestion is handled or not there.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row = _waiting(number)
        slug = first_free(key_part(draft.name, otherwise="initiatief"))
        _state(slug, draft, author, body, now, f"Voorgesteld door een bezoeker op {timezone.localdate(row.at)}.")
        Suggestion.objects.filter(pk=number).update(organisation_key=slug)
        about: dict[str, Json] = {"organisation": slug}
        close(row, outcome=f"in de gids als {slug}", answer="", author=author, body=body, about=about)
        page = reverse("organisation", kwargs={"slug": slug})
        answer_visitor(
            f"suggestion:{number}", email=row.email, language=row.language, about=row.name, answer=answer, path=page
        )
    return slug


def _state(slug: str, draft: Draft, author: User | None, body: str, now: datetime, remarks: str) -> None:
    status = (LifeStatus.LIVE if draft.certain else LifeStatus.UNCERTAIN).value
    place = f"{slug}/{key_part(draft.nis_code)}"

    def state(entity: EntityKind, key: str, values: Mapping[str, Json]) -> None:
        given = {name: value for name, value in values.items() if value not in ("", None)}
        state_edit(
            entity, key, given | {"status": status}, author=author, organisation_key=slug, url=draft.website,
            remarks=remarks, verified=draft.certain, body=body, now=now,
        )  # fmt: skip

    contact = {"description": draft.description, "website": draft.website, "phone": draft.phone}
    state(EntityKind.ORGANISATION, slug, {"name": draft.name, "kinds": [draft.kind.value], **contact})
    state(EntityKind.ESTABLISHMENT, place, {"nis_code": draft.nis_code, "is_seat": True})
    for service in draft.services:
        offer: dict[str, Json] = {"service": service, "customers": ["citizen"], "establishment": place}
        state(EntityKind.OFFER, f"{slug}/{key_part(service)}", offer)


def reject_suggestion(number: int, *, reason: str, author: User | None, body: str = str(REGION)) -> None:
    """Refuse it; the reason goes to who suggested it. Raises InvalidInput without a reason, or when it is handled."""
    if not reason.strip():
        raise InvalidInput(gettext("Schrijf waarom niet: wie het voorstelde, krijgt die reden."))
    with transaction.atomic():
        close(_waiting(number), outcome=f"niet opgenomen: {reason}", answer=reason, author=author, body=body, about={})


def _waiting(number: int) -> Suggestion:
    row = Suggestion.objects.filter(pk=number, confirmed_at__isnull=False, handled_at__isnull=True).first()
    if row is None:
        raise InvalidInput(gettext("Dit voorstel bestaat niet, of iemand anders handelde het al af."))
    return row


def decide_report(
    number: int,
    *,
    value: str | None,
    outcome: str,
    answer: str,
    author: User | None,
    body: str = str(REGION),
    now: datetime | None = None,
) -> None:
    """Handle a report. With a `value`, that becomes what an editor states about the field the report is about.

    `answer` goes to who reported it, if they left an address. Raises InvalidInput for a value that cannot be, without
    an outcome, or when somebody else was first.
    """
    now, outcome = now or timezone.now(), outcome.strip()[:300]
    if not outcome:
        raise InvalidInput(gettext("Schrijf op wat er met deze melding gebeurde."))
    with transaction.atomic():
        row = Report.objects.filter(pk=number, handled_at__isnull=True).first()
        if row is None or not Report.objects.filter(pk=number, handled_at__isnull=True).update(
            handled_at=now, outcome=outcome
        ):
            raise InvalidInput(gettext("Deze melding bestaat niet, of iemand anders handelde ze al af."))
        if value is not None:
            if row.field not in SIMPLE_FIELDS:
                raise InvalidInput(gettext("Dit gegeven pas je aan bij de organisatie zelf."))
            remarks = f"Naar aanleiding van een melding op {timezone.localdate(row.at)}."
            key, said = row.organisation_key, {row.field: value.strip() or None}
            state_edit(EntityKind.ORGANISATION, key, said, author=author, remarks=remarks, body=body, now=now)
        about: dict[str, Json] = {"organisation": row.organisation_key, "stated": value is not None}
        log.record("handle-report", f"report:{number}", actor=author, body=body, details=about)
        page = reverse("organisation", kwargs={"slug": row.organisation_key})
        answer_visitor(
            f"report:{number}", email=row.email, language=row.language, about=row.organisation_key, answer=answer,
            path=page,
        )  # fmt: skip


def handle_report(number: int, *, outcome: str, author: User | None) -> None:
    """Record what was done with a report, without a statement and without an answer. Raises as `decide_report`."""
    decide_report(number, value=None, outcome=outcome, answer="", author=author)
