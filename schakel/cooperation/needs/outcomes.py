"""What came of a need: asked of both sides once its last day is over, kept as each side says it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from schakel.cooperation.needs.links import outcome_path
from schakel.cooperation.needs.models import Invitation, Need, Outcome, State
from schakel.cooperation.needs.read import INTERESTED, RESULTS, UNMET_REASONS, Consultation
from schakel.core.errors import InvalidInput
from schakel.mail.outbox import enqueue


@dataclass(frozen=True, slots=True)
class Told:
    """What one side says. `awarded_to` only counts when the buyer speaks; `reason` is needed unless all is awarded."""

    result: str
    awarded_to: tuple[str, ...] = ()
    reason: str = ""
    euro: Decimal | None = None
    hours: float | None = None
    target_jobs: float | None = None
    months: float | None = None


def close_and_ask(now: datetime) -> int:
    """Close every need whose last day is over and ask both sides what came of it; how many closed.

    A missed day changes nothing: whatever is past and still open closes now, and each letter has its own key.
    """
    today = timezone.localdate(now)
    past = Need.objects.filter(state=State.OPEN, answer_by__lt=today).order_by("id").values_list("pk", flat=True)
    return sum(_close(number, now) for number in list(past))


def _close(number: int, now: datetime) -> int:
    with transaction.atomic():
        need = Need.objects.select_for_update().get(pk=number)
        if need.state != State.OPEN:
            return 0
        need.state, need.next_wave_at, need.ended_at = State.CLOSED, None, now
        need.save(update_fields=["state", "next_wave_at", "ended_at"])
        _ask(need, "", need.email)
        for invitation in need.invitations.exclude(email="").prefetch_related("answers"):
            answers = list(invitation.answers.all())
            if answers and answers[-1].kind == INTERESTED:
                _ask(need, invitation.organisation_key, invitation.email)
        return 1


def _ask(need: Need, organisation_key: str, to: str) -> None:
    enqueue(
        key=f"need-outcome:{need.key}:{organisation_key}",
        to=to,
        kind="need_outcome",
        context={"text": need.text, "buyer": need.buyer_name, "path": outcome_path(need.key, organisation_key)},
        language=need.language if not organisation_key else "nl",
    )


def tell_outcome(key: str, organisation_key: str, told: Told, *, now: datetime) -> None:
    """Keep what one side says; the newest of each side counts. Saying the same twice is kept once.

    Raises InvalidInput for an unknown result, a part or nothing awarded without a coded reason (of the buyer), or an
    organisation that was not invited.
    """
    if told.result not in RESULTS:
        raise InvalidInput(gettext("Kies wat er van kwam: gegund, een deel, of niet."))
    if not organisation_key and told.result != "awarded" and told.reason not in UNMET_REASONS:
        raise InvalidInput(gettext("Kies waarom niet alles gegund is: dat helpt om gaten in het aanbod te zien."))
    with transaction.atomic():
        need = Need.objects.select_for_update().filter(key=key).first()
        if need is None or need.state == State.UNCONFIRMED:
            raise InvalidInput(gettext("Deze vraag bestaat niet."))
        invited = set(Invitation.objects.filter(need=need).values_list("organisation_key", flat=True))
        if organisation_key and organisation_key not in invited:
            raise InvalidInput(gettext("Deze organisatie was niet uitgenodigd."))
        values = {
            "result": told.result,
            "awarded_to": sorted(set(told.awarded_to)) if not organisation_key and told.result != "not" else [],
            "reason": told.reason if told.result != "awarded" else "",
            "euro": told.euro,
            "hours": told.hours,
            "target_jobs": told.target_jobs,
            "months": told.months,
        }
        last = Outcome.objects.filter(need=need, organisation_key=organisation_key).order_by("-id").first()
        if last is not None and all(getattr(last, name) == value for name, value in values.items()):
            return
        Outcome.objects.create(need=need, organisation_key=organisation_key, at=now, **values)


def likely_reason(found: Consultation) -> str:
    """Why a need was probably not met, to begin the question with: nobody asked, nobody answered, or what most said."""
    if not found.invitations:
        return "no_supplier"
    refusals = Counter(one.answer.reason for one in found.invitations if one.answer and one.answer.reason)
    if not refusals:
        return "no_answer"
    return min(refusals, key=lambda reason: (-refusals[reason], reason))
