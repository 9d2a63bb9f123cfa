"""What visitors leave with an e-mail address: places to try out work, and initiatives that the guide does not know.

It is written unconfirmed, with a letter that asks to confirm; only then people who manage see it. What nobody
confirms disappears, and the address of what was handled is forgotten.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from schakel.accounts.models import User
from schakel.audit import log
from schakel.cooperation.models import FromVisitor, Report, Suggestion, TasterPlace
from schakel.core.errors import InvalidInput
from schakel.core.model import Json
from schakel.core.permissions import REGION
from schakel.mail import links, outbox

CONFIRM = "visitor-confirm"
CONFIRM_DAYS = 3
MOST_UNCONFIRMED = 3  # per address: nobody fills the mailbox of somebody else
KEEP_UNCONFIRMED = timedelta(days=7)
KEEP_HANDLED = timedelta(days=365)  # how to reach a company with which something may come of it
KINDS: dict[str, type[FromVisitor]] = {"taster": TasterPlace, "suggestion": Suggestion}


@dataclass(frozen=True, slots=True)
class NewTaster:
    """As the company filled it in."""

    company: str
    nis_code: str
    offers_place: bool
    has_work: bool
    text: str
    phone: str


@dataclass(frozen=True, slots=True)
class NewSuggestion:
    """As the visitor filled it in."""

    name: str
    nis_code: str
    text: str
    website: str
    phone: str


def leave(new: NewTaster | NewSuggestion, *, email: str, language: str) -> int:
    """Keep it unconfirmed and write the letter that asks to confirm; returns its number.

    Raises InvalidInput for an address that is none, or that has too much waiting for its confirmation.
    """
    address = outbox.checked_address(email)
    kind = "taster" if isinstance(new, NewTaster) else "suggestion"
    with transaction.atomic():
        waiting = sum(
            model._default_manager.filter(email__iexact=address, confirmed_at__isnull=True).count()
            for model in KINDS.values()
        )
        if waiting >= MOST_UNCONFIRMED:
            raise InvalidInput(
                gettext("Er wachten al berichten op een bevestiging. Open eerst de link in de mail die je kreeg.")
            )
        row = KINDS[kind]._default_manager.create(email=address, language=language, **asdict(new))
        token = links.sign(CONFIRM, {"kind": kind, "number": row.pk}, days=CONFIRM_DAYS)
        with override(language):
            path = reverse("visitor_confirm", kwargs={"token": token})
        context: dict[str, Json] = {"what": kind, "name": str(row), "path": path}
        outbox.enqueue(
            key=f"visitor-confirm:{kind}:{row.pk}",
            to=address,
            kind="visitor_confirm",
            context=context,
            language=language,
        )
    return int(row.pk)


def find(token: str) -> tuple[str, FromVisitor]:
    """What a link is about. Raises LinkInvalid when it is altered, too old, or what it was about is gone."""
    found = links.read(CONFIRM, token)
    kind, number = str(found["kind"]), found["number"]
    row = KINDS[kind]._default_manager.filter(pk=number).first()
    if row is None:
        raise links.LinkExpired(gettext("Deze link is te oud. Vul het formulier opnieuw in."))
    return kind, row


def confirm(token: str) -> bool:
    """Confirm what the link is about, once: False when it was confirmed before. Tells who coordinates."""
    kind, row = find(token)
    with transaction.atomic():
        waiting = KINDS[kind]._default_manager.filter(pk=row.pk, confirmed_at__isnull=True)
        if not waiting.update(confirmed_at=timezone.now()):
            return False
        for person in User.objects.filter(is_active=True, is_staff=True, is_superuser=True):
            context: dict[str, Json] = {"what": kind, "name": str(row), "path": _work_path(kind, row.pk)}
            if person.email.endswith(".invalid"):
                continue  # the row that waits for the first coordinator
            outbox.enqueue(
                key=f"visitor-news:{kind}:{row.pk}:{person.pk}", to=person.email, kind="visitor_news",
                context=context, language=person.language,
            )  # fmt: skip
    return True


def _work_path(kind: str, number: int) -> str:
    if kind == "taster":
        return reverse("admin:cooperation_tasterplace_change", args=[number])
    return reverse("review_suggestion", args=[number])


def close(
    row: FromVisitor, *, outcome: str, answer: str, author: User | None, body: str, about: dict[str, Json]
) -> None:
    """Mark it as handled, once, and write the answer to who left it (`""`: no letter).

    Raises InvalidInput without an outcome, or when somebody else was first. Call inside a transaction with what the
    outcome does.
    """
    outcome = outcome.strip()[:300]
    if not outcome:
        raise InvalidInput(gettext("Schrijf op wat ermee gebeurde."))
    kind = next(name for name, model in KINDS.items() if isinstance(row, model))
    waiting = type(row)._default_manager.filter(pk=row.pk, confirmed_at__isnull=False, handled_at__isnull=True)
    if not waiting.update(handled_at=timezone.now(), outcome=outcome):
        raise InvalidInput(gettext("Dit is al afgehandeld, door jou of door iemand anders."))
    log.record(f"handle-{kind}", f"{kind}:{row.pk}", actor=author, body=body, details=about)
    answer_visitor(f"{kind}:{row.pk}", email=row.email, language=row.language, about=str(row), answer=answer)


def handle_taster(number: int, *, outcome: str, answer: str, author: User | None) -> None:
    """Handle what a company left. Raises InvalidInput as `close` does."""
    with transaction.atomic():
        row = TasterPlace.objects.filter(pk=number).first()
        if row is None:
            raise InvalidInput(gettext("Dit aanbod bestaat niet meer."))
        close(row, outcome=outcome, answer=answer, author=author, body=str(REGION), about={})


def answer_visitor(key: str, *, email: str, language: str, about: str, answer: str, path: str = "") -> None:
    """Write the answer to who left something; nothing without an address or an answer."""
    if email and answer.strip():
        outbox.enqueue(
            key=f"visitor-answer:{key}", to=email, kind="visitor_answer",
            context={"about": about, "answer": answer.strip()[:2000], "path": path}, language=language,
        )  # fmt: skip


def forget_visitors(now: datetime) -> int:
    """Remove what nobody confirmed in a week, and addresses that are no longer needed; returns how many rows.

    The answer to a suggestion or a report is in the outbox once it is handled. A company is needed longer: a year.
    """
    count = 0
    for model in KINDS.values():
        rows = model._default_manager
        count += rows.filter(confirmed_at__isnull=True, at__lt=now - KEEP_UNCONFIRMED).delete()[0]
    tasters = TasterPlace.objects.filter(handled_at__lt=now - KEEP_HANDLED).exclude(email="")
    count += tasters.update(email="", phone="")
    over = Q(handled_at__isnull=False) | Q(at__lt=now - KEEP_HANDLED)  # nobody answered in a year: nobody will
    count += Suggestion.objects.filter(over).exclude(email="").update(email="")
    return count + Report.objects.filter(over).exclude(email="").update(email="")
