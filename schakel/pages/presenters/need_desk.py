"""One need for whoever posted it: who was asked, what they said, what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.cooperation.needs.read import Consultation, InvitationRecord, NeedRecord
from schakel.cooperation.needs.words import (
    NeedFact,
    OutcomeRow,
    day_words,
    estimate_facts,
    how_words,
    moment_words,
    need_facts,
    outcome_rows,
    said_words,
)
from schakel.core.matching import Matching
from schakel.pages.presenters.need_matches import MatchRow, MissRow, present_matches
from schakel.pages.standing import Standing
from schakel.wording import words
from schakel.wording.matching import missing_words, why_words
from schakel.wording.needs import ANSWERS, SKIPPED, STATES


@dataclass(frozen=True, slots=True)
class InvitedRow:
    """One organisation that was asked."""

    name: str
    href: str
    when: str
    how: str
    answer: str
    said: str
    kind: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchToAsk:
    """One that matches and was not asked yet."""

    row: MatchRow
    unaware: bool


@dataclass(frozen=True, slots=True)
class NeedDesk:
    """Everything `pages/need.html` shows."""

    key: str
    text: str
    state: str
    is_open: bool
    waves: str  # "off", "running", "paused"
    next_wave: str
    summary: str
    facts: tuple[NeedFact, ...]
    invited: tuple[InvitedRow, ...]
    skipped: tuple[InvitedRow, ...]
    to_ask: tuple[MatchToAsk, ...]
    nearly: tuple[MissRow, ...]
    questions: tuple[QuestionRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    outcome_href: str
    guide_href: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with its answer; `number` names it in a form."""

    number: int
    text: str
    answer: str
    when: str


def present_desk(
    all_of_it: Consultation,
    found: Matching | None,
    names: Mapping[str, str],
    *,
    region: Standing,
    today: date,
    outcome_href: str,
) -> NeedDesk:
    """`found` None: the need is no longer open, so nobody else is proposed."""
    need = all_of_it.need
    asked = {one.organisation_key for one in all_of_it.invitations}
    rows = present_matches(found, names, region) if found else None
    return NeedDesk(
        key=need.key,
        text=need.text,
        state=words.word(STATES, need.state),
        is_open=need.state == "open" and need.answer_by >= today,
        waves="off" if need.next_wave_at is None else "paused" if need.paused else "running",
        next_wave=_moment(need),
        summary=_summary(all_of_it),
        facts=(*need_facts(need, region.place_name), *estimate_facts(need)),
        invited=tuple(_invited(one, names, region) for one in all_of_it.invitations),
        skipped=tuple(
            InvitedRow(
                name=names.get(one.organisation_key, one.organisation_key),
                href=_href(one.organisation_key),
                when=day_words(one.at),
                how=words.word(SKIPPED, one.reason),
                answer="", said="", kind="",
                why=tuple(missing_words(reason, region.place_name) for reason in one.missing),
            )
            for one in all_of_it.skipped
        ),
        to_ask=tuple(
            MatchToAsk(row, row.slug in all_of_it.unaware)
            for row in ((*rows.rows, *rows.more) if rows else ())
            if row.slug not in asked
        ),
        nearly=tuple(row for row in (rows.misses if rows else ()) if row.slug not in asked),
        questions=tuple(
            QuestionRow(one.id, one.text, one.answer, day_words(one.at))
            for one in all_of_it.questions
        ),
        outcomes=outcome_rows(all_of_it, names),
        outcome_href=outcome_href,
        guide_href=reverse("guide"),
    )  # fmt: skip


def _moment(need: NeedRecord) -> str:
    return "" if need.next_wave_at is None else moment_words(need.next_wave_at)


def _summary(found: Consultation) -> str:
    interested = sum(1 for one in found.invitations if one.answer and one.answer.kind == "interested")
    asked = ngettext("%(count)s gevraagd", "%(count)s gevraagd", len(found.invitations)) % {
        "count": len(found.invitations)
    }
    said = gettext("%(count)s met interesse") % {"count": interested}
    waiting = sum(1 for one in found.invitations if one.answer is None)
    return f"{asked} · {said} · " + gettext("%(count)s nog niet geantwoord") % {"count": waiting}


def _invited(one: InvitationRecord, names: Mapping[str, str], region: Standing) -> InvitedRow:
    """`why` only of who was asked although something was missing."""
    answer = one.answer
    return InvitedRow(
        name=names.get(one.organisation_key, one.organisation_key),
        href=_href(one.organisation_key),
        when=day_words(one.at),
        how=how_words(one),
        answer=words.word(ANSWERS, answer.kind) if answer else gettext("Nog geen antwoord"),
        said=said_words(one),
        kind=answer.kind if answer else "",
        why=tuple(why_words(reason, region.place_name) for reason in one.why if one.score is None),
    )


def _href(slug: str) -> str:
    return reverse("organisation", kwargs={"slug": slug})
