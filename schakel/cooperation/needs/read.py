"""Read needs and what happened to them, as frozen records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q

from schakel.cooperation.needs import models
from schakel.cooperation.needs.models import State
from schakel.cooperation.needs.record import AskedRecord, read_asked
from schakel.core.matching import Reason
from schakel.core.model import Json

INTERESTED, NOT_NOW = "interested", "not_now"
REFUSALS = ("no_capacity", "too_far", "outside_our_work", "price", "terms", "procedure", "other")
"""Why somebody invited says: not now."""

RESULTS = ("awarded", "partly", "not")
UNMET_REASONS = ("no_supplier", "no_answer", *REFUSALS)


@dataclass(frozen=True, slots=True)
class EstimateRecord:
    amount: Decimal
    basis: str
    recorded_at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    kind: str
    reason: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InvitationRecord:
    """Who was asked. `answer`: what counts, the newest; `wave` 0: chosen by hand; `email` "": nothing was sent."""

    id: int
    organisation_key: str
    wave: int
    at: datetime
    email: str
    score: float | None
    why: tuple[Reason, ...]
    answer: AnswerRecord | None


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    id: int
    text: str
    at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class SkippedRecord:
    organisation_key: str
    at: datetime
    reason: str
    missing: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OutcomeRecord:
    """What one side says; `organisation_key` "": the buyer."""

    organisation_key: str
    result: str
    awarded_to: tuple[str, ...]
    reason: str
    euro: Decimal | None
    hours: float | None
    target_jobs: float | None
    months: float | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRecord(AskedRecord):
    """A need, for whoever posted it; `estimates` oldest first."""

    created_at: datetime
    opened_at: datetime | None
    chosen: bool
    body: str
    owner_id: int | None
    email: str
    paused: bool
    next_wave_at: datetime | None
    withdrawn_because: str
    estimates: tuple[EstimateRecord, ...]


@dataclass(frozen=True, slots=True)
class Consultation:
    """Everything about one need, for whoever posted it."""

    need: NeedRecord
    invitations: tuple[InvitationRecord, ...]
    skipped: tuple[SkippedRecord, ...]
    questions: tuple[QuestionRecord, ...]
    outcomes: tuple[OutcomeRecord, ...]  # the newest of each side
    unaware: frozenset[str]

    @property
    def disagreements(self) -> tuple[str, ...]:
        """The organisations whose word differs from the buyer's on whether they were awarded (part of) it."""
        said = {one.organisation_key: one for one in self.outcomes}
        buyer = said.pop("", None)
        if buyer is None:
            return ()
        won = set(buyer.awarded_to) if buyer.result != "not" else set()
        return tuple(sorted(slug for slug, one in said.items() if (one.result != "not") != (slug in won)))


@dataclass(frozen=True, slots=True)
class Unmet:
    """A service asked in a municipality that was not, or not wholly, found. Coded, without who asked."""

    service: str
    nis_code: str
    reason: str
    on: date
    need: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What needs say about a service in a municipality since a date: how many were posted, how many were awarded, and
    how often a buyer did not know the offer that matched."""

    service: str
    nis_code: str
    needs: int
    answered: int
    unaware: int


def get_need(key: str) -> NeedRecord | None:
    """One need by its public key."""
    row = models.Need.objects.filter(key=key).first() if "\0" not in key else None
    return None if row is None else _need(row, models.Estimate.objects.filter(need_key=key).select_related("author"))


def list_open_needs(on: date) -> tuple[NeedRecord, ...]:
    """Needs that can be answered on a day, newest first; without their estimates."""
    rows = models.Need.objects.filter(state=State.OPEN, answer_by__gte=on).order_by("-id")
    return tuple(_need(row, ()) for row in rows)


def get_consultation(key: str) -> Consultation | None:
    """One need with everything around it, in a constant number of queries."""
    need = get_need(key)
    return None if need is None else consult(need)


def consult(need: NeedRecord) -> Consultation:
    """Everything around a need."""
    key = need.key
    rows = models.Invitation.objects.filter(need__key=key).prefetch_related("answers").order_by("id")
    newest: dict[str, OutcomeRecord] = {}
    for row in models.Outcome.objects.filter(need__key=key).order_by("id"):
        newest[row.organisation_key] = _outcome(row)
    return Consultation(
        need=need,
        invitations=tuple(map(_invitation, rows)),
        skipped=tuple(
            SkippedRecord(row.organisation_key, row.at, row.reason, _reasons(row.missing))
            for row in models.Skipped.objects.filter(need__key=key).order_by("id")
            if not any(asked.organisation_key == row.organisation_key for asked in rows)
        ),
        questions=list_questions(key),
        outcomes=tuple(newest[side] for side in sorted(newest)),
        unaware=frozenset(
            models.Unaware.objects.filter(need__key=key).order_by().values_list("organisation_key", flat=True)
        ),
    )


def list_questions(key: str) -> tuple[QuestionRecord, ...]:
    """The questions about a need with their answers, oldest first; nobody reads who asked."""
    rows = models.Question.objects.filter(need__key=key).order_by("id")
    return tuple(QuestionRecord(row.pk, row.text, row.at, row.answer, row.answered_at) for row in rows)


def get_invitation(number: int) -> tuple[NeedRecord, InvitationRecord] | None:
    """One invitation with its need."""
    row = models.Invitation.objects.filter(pk=number).select_related("need").prefetch_related("answers").first()
    return None if row is None else (_need(row.need, ()), _invitation(row))


def list_open_invitations(
    organisation_keys: Iterable[str], on: date
) -> tuple[tuple[NeedRecord, InvitationRecord], ...]:
    """What these organisations can still answer on a day, the first to end first."""
    rows = models.Invitation.objects.filter(
        organisation_key__in=list(organisation_keys), need__state=State.OPEN, need__answer_by__gte=on
    )
    found = rows.select_related("need").prefetch_related("answers").order_by("need__answer_by", "id")
    return tuple((_need(row.need, ()), _invitation(row)) for row in found)


@dataclass(frozen=True, slots=True)
class OwnNeed:
    """A need of somebody's own, with how many were asked, how many answered, and how many questions wait."""

    key: str
    text: str
    state: str
    asked: int
    answered: int
    questions: int
    told: bool


def list_own_needs(person: int, bodies: Iterable[str], most: int = 20) -> tuple[OwnNeed, ...]:
    """The newest needs that somebody posted, or that were posted for the bodies they act for; withdrawn ones not."""
    rows = models.Need.objects.filter(Q(owner_id=person) | Q(body__in=[body for body in bodies if body]))
    counted = rows.exclude(state=State.WITHDRAWN).annotate(
        asked=Count("invitations", distinct=True),
        answered=Count("invitations", filter=Q(invitations__answers__isnull=False), distinct=True),
        open_questions=Count("questions", filter=Q(questions__answered_at__isnull=True), distinct=True),
        told=Count("outcomes", filter=Q(outcomes__organisation_key=""), distinct=True),
    )
    return tuple(
        OwnNeed(row.key, row.text, row.state, row.asked, row.answered, row.open_questions, bool(row.told))
        for row in counted.order_by("-id")[:most]
    )


def awards_since(day: date) -> dict[str, int]:
    """How often buyers said since a day that an organisation was awarded (part of) their need."""
    counted: Counter[str] = Counter()
    for outcome in _last_of_buyers(day):
        if outcome.result != "not":
            counted.update(set(outcome.awarded_to))
    return dict(counted)


def list_unmet(since: date) -> tuple[Unmet, ...]:
    """Per service and municipality of every need that closed since a day without being wholly awarded: the reason.

    Only what a buyer said (or that nobody matched or answered, when the need closed) counts; a need whose outcome
    nobody told is unknown, and is not in the list.
    """
    found = [
        Unmet(service, nis_code, outcome.reason or "other", outcome.at.date(), outcome.need.key)
        for outcome in _last_of_buyers(since)
        if outcome.result != "awarded"
        for service in outcome.need.services
        for nis_code in outcome.need.places
    ]
    return tuple(sorted(found, key=lambda one: (one.service, one.nis_code, one.on, one.need)))


def list_heard(since: date) -> tuple[Heard, ...]:
    """Needs opened since a day, per service and municipality, with how many were awarded and how often unknown."""
    needs = models.Need.objects.filter(opened_at__date__gte=since).prefetch_related("unaware")
    won = {outcome.need_id for outcome in _last_of_buyers(since) if outcome.result != "not"}
    posted: Counter[tuple[str, str]] = Counter()
    answered: Counter[tuple[str, str]] = Counter()
    unaware: Counter[tuple[str, str]] = Counter()
    for need in needs:
        for place in need.places:
            for code in need.services:
                posted[code, place] += 1
                answered[code, place] += need.pk in won
            for said in need.unaware.all():
                unaware[said.service, place] += 1
    return tuple(Heard(*cell, posted[cell], answered[cell], unaware[cell]) for cell in sorted({*posted, *unaware}))


def _last_of_buyers(since: date) -> Sequence[models.Outcome]:
    rows = models.Outcome.objects.filter(organisation_key="", at__date__gte=since).select_related("need")
    newest = {row.need_id: row for row in rows.order_by("id")}
    return list(newest.values())


def _need(row: models.Need, estimates: Iterable[models.Estimate]) -> NeedRecord:
    return NeedRecord(
        **read_asked(row),
        created_at=row.created_at, opened_at=row.opened_at, chosen=row.chosen, body=row.body, owner_id=row.owner_id,
        email=row.email, paused=row.paused, next_wave_at=row.next_wave_at, withdrawn_because=row.withdrawn_because,
        estimates=tuple(EstimateRecord(one.amount, one.basis, one.recorded_at, one.author_words) for one in estimates),
    )  # fmt: skip


def _invitation(row: models.Invitation) -> InvitationRecord:
    answers = list(row.answers.all())
    last = answers[-1] if answers else None
    answer = None if last is None else AnswerRecord(last.kind, last.reason, last.text, last.at)
    return InvitationRecord(
        row.pk, row.organisation_key, row.wave, row.at, row.email, row.score, _reasons(row.why), answer
    )


def _reasons(stored: Iterable[tuple[str, dict[str, Json]]]) -> tuple[Reason, ...]:
    return tuple(Reason(code, tuple(values.items())) for code, values in stored)


def _outcome(row: models.Outcome) -> OutcomeRecord:
    return OutcomeRecord(
        row.organisation_key, row.result, tuple(row.awarded_to), row.reason, row.euro, row.hours, row.target_jobs,
        row.months, row.at,
    )  # fmt: skip
