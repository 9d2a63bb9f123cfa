"""The pages behind a signed link: answering a need, and saying what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from schakel.cooperation.needs.links import LINK_DAYS_AFTER, answer_path
from schakel.cooperation.needs.read import Consultation, InvitationRecord, NeedRecord, QuestionRecord
from schakel.cooperation.needs.words import NeedFact, OutcomeRow, need_facts, outcome_rows
from schakel.pages.presenters.guide import Option
from schakel.pages.presenters.need_desk import QuestionRow
from schakel.pages.standing import Standing
from schakel.wording import words
from schakel.wording.dates import date_words
from schakel.wording.matching import why_words
from schakel.wording.needs import ANSWERS, REFUSALS, RESULTS, UNMET


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Everything `pages/answer.html` shows. `late`: why one can no longer answer; empty while one can. `typed`: what
    was refused, to stay in the form."""

    action: str
    calendar_href: str
    buyer: str
    text: str
    facts: tuple[NeedFact, ...]
    why: tuple[str, ...]
    reasons: tuple[Option, ...]
    questions: tuple[QuestionRow, ...]
    now_said: str
    late: str
    typed: Mapping[str, str]
    fault: str
    said: bool


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """Everything `pages/outcome.html` shows."""

    action: str
    text: str
    question: str
    is_buyer: bool
    results: tuple[Option, ...]
    reasons: tuple[Option, ...]
    invited: tuple[Option, ...]
    typed: Mapping[str, str]
    rows: tuple[OutcomeRow, ...]
    fault: str
    said: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One question to an organisation, and what she said so far."""

    text: str
    href: str
    buyer: str
    until: str
    said: str


@dataclass(frozen=True, slots=True)
class InvitationsPage:
    """Everything `pages/invitations.html` shows."""

    name: str
    lines: tuple[InvitationLine, ...]


def present_invitations(
    found: Sequence[tuple[NeedRecord, InvitationRecord]], name: str, *, today: date
) -> InvitationsPage:
    """`found`: what can still be answered, the first to end first."""
    return InvitationsPage(
        name,
        tuple(
            InvitationLine(
                text=need.text,
                href=answer_path(one.id, days=(need.answer_by - today).days + LINK_DAYS_AFTER),
                buyer=need.buyer_name,
                until=date_words(need.answer_by.isoformat()),
                said=words.word(ANSWERS, one.answer.kind) if one.answer else "",
            )
            for need, one in found
        ),
    )


def present_answer(
    need: NeedRecord,
    invitation: InvitationRecord,
    questions: Sequence[QuestionRecord],
    *,
    region: Standing,
    token: str,
    late: str,
    typed: Mapping[str, str],
    fault: str,
    said: bool,
) -> AnswerPage:
    """One need for one organisation that was invited."""
    answer = invitation.answer
    reason = typed.get("reason") or (answer.reason if answer else "")
    return AnswerPage(
        action=reverse("answer", kwargs={"token": token}),
        calendar_href=reverse("answer_calendar", kwargs={"token": token}),
        buyer=need.buyer_name,
        text=need.text,
        facts=need_facts(need, region.place_name),
        why=tuple(why_words(reason, region.place_name) for reason in invitation.why),
        reasons=tuple(Option(code, words.word(REFUSALS, code), code == reason) for code in REFUSALS),
        questions=tuple(
            QuestionRow(one.id, one.text, one.answer, date_format(timezone.localtime(one.at), "j F Y"))
            for one in questions
        ),
        now_said=words.word(ANSWERS, answer.kind) if answer else "",
        late=late,
        typed={name: typed.get(name, "") for name in ("do", "text", "question")},
        fault=fault,
        said=said,
    )


def present_outcome(
    found: Consultation,
    side: str,
    names: Mapping[str, str],
    *,
    likely: str,
    typed: Mapping[str, str],
    token: str,
    fault: str,
    said: bool,
) -> OutcomePage:
    """The question to one side; `side` "": the buyer. `likely`: the reason that is proposed."""
    own = next((one for one in found.outcomes if one.organisation_key == side), None)
    chosen = typed.get("result", own.result if own else "")
    reason = typed.get("reason", (own.reason if own else "") or likely)
    won = set(own.awarded_to) if own else set()
    return OutcomePage(
        action=reverse("outcome", kwargs={"token": token}),
        text=found.need.text,
        question=gettext("Kregen jullie de opdracht?") if side else gettext("Is de opdracht gegund?"),
        is_buyer=not side,
        results=tuple(Option(code, words.word(RESULTS, code), code == chosen) for code in RESULTS),
        reasons=tuple(Option(code, words.word(UNMET, code), code == reason) for code in UNMET),
        invited=tuple(
            Option(slug, names.get(slug, slug), slug in won)
            for slug in (one.organisation_key for one in found.invitations)
        ),
        typed={name: typed.get(name, "") for name in ("euro", "hours", "target_jobs", "months")},
        rows=outcome_rows(found, names) if own else (),
        fault=fault,
        said=said,
    )  # fmt: skip
