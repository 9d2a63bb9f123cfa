"""What somebody invited says, through the signed link and without signing in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from schakel.cooperation.needs.links import desk_path
from schakel.cooperation.needs.models import Answer, Invitation, Question, State
from schakel.cooperation.needs.read import INTERESTED, NOT_NOW, REFUSALS
from schakel.core.errors import InvalidInput
from schakel.mail.outbox import enqueue

LONGEST = 2000


class TooLate(InvalidInput):
    """The need is withdrawn, closed, or past the day until which one could answer."""


def give_answer(number: int, *, kind: str, reason: str = "", text: str = "", now: datetime) -> None:
    """Keep an answer; the newest counts, and the same one twice is kept once. The buyer hears of it.

    Raises InvalidInput for an unknown answer or a "not now" without a reason, TooLate when it is too late.
    """
    if kind not in (INTERESTED, NOT_NOW):
        raise InvalidInput(gettext("Kies een van de antwoorden."))
    if kind == NOT_NOW and reason not in REFUSALS:
        raise InvalidInput(gettext("Kies waarom het nu niet past: dan weet de vrager wat er moet veranderen."))
    text = _checked(text, needed=False)
    with transaction.atomic():
        invitation = _open_invitation(number, now)
        last = invitation.answers.order_by("-id").first()
        same = last is not None and (last.kind, last.reason, last.text) == (
            kind,
            reason if kind == NOT_NOW else "",
            text,
        )
        if same:
            return
        answer = Answer.objects.create(
            invitation=invitation, kind=kind, reason=reason if kind == NOT_NOW else "", text=text, at=now
        )
        _report(invitation, f"need-heard:{answer.pk}")


def ask_question(number: int, *, text: str, now: datetime) -> None:
    """Keep a question for the buyer; the same one twice is kept once. Raises InvalidInput or TooLate."""
    text = _checked(text, needed=True)
    with transaction.atomic():
        invitation = _open_invitation(number, now)
        if Question.objects.filter(invitation=invitation, text=text).exists():
            return
        question = Question.objects.create(need=invitation.need, invitation=invitation, text=text, at=now)
        _report(invitation, f"need-asked:{question.pk}")


def refuse_when_late(state: str, answer_by_passed: bool, because: str) -> None:
    """Raise TooLate, in words, when a need can no longer be answered."""
    if state == State.WITHDRAWN:
        raise TooLate(gettext("Deze vraag is ingetrokken: %(because)s") % {"because": because})
    if state != State.OPEN or answer_by_passed:
        raise TooLate(gettext("De dag waarop je kon antwoorden, is voorbij. Neem zelf contact op met de vrager."))


def _open_invitation(number: int, now: datetime) -> Invitation:
    """The invitation, locked, while its need can be answered."""
    row = Invitation.objects.select_for_update(of=("self",)).select_related("need").filter(pk=number).first()
    if row is None:
        raise InvalidInput(gettext("Deze uitnodiging bestaat niet meer."))
    refuse_when_late(row.need.state, row.need.answer_by < timezone.localdate(now), row.need.withdrawn_because)
    return row


def _checked(text: str, *, needed: bool) -> str:
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if needed and not text:
        raise InvalidInput(gettext("Schrijf je vraag in het vak."))
    if len(text) > LONGEST:
        raise InvalidInput(gettext("Schrijf hoogstens %(most)s tekens.") % {"most": LONGEST})
    return text


def _report(invitation: Invitation, key: str) -> None:
    need = invitation.need
    enqueue(
        key=key,
        to=need.email,
        kind="need_heard",
        context={"text": need.text, "path": desk_path(need.key)},
        language=need.language,
    )
