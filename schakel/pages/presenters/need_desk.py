"""One need for whoever posted it: who was asked, what they said, what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from schakel.cooperation.needs.read import Consultation, InvitationRecord, NeedRecord
from schakel.core import taxonomy
from schakel.core.matching import Matching
from schakel.pages.presenters.advice import CONTRACTS, estimate_words
from schakel.pages.presenters.need_matches import MatchRow, present_matches
from schakel.pages.standing import Standing
from schakel.wording import words
from schakel.wording.dates import date_words, number_words
from schakel.wording.matching import missing_words
from schakel.wording.needs import ANSWERS, REFUSALS, RESULTS, SKIPPED, STATES, UNMET


@dataclass(frozen=True, slots=True)
class NeedFact:
    """A label with what is known."""

    label: str
    text: str


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
class OutcomeRow:
    """What one side says came of it."""

    who: str
    said: str
    differs: bool


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


def need_facts(need: NeedRecord, region: Standing) -> tuple[NeedFact, ...]:
    """What was asked, as everybody invited may read it; without estimate and address."""
    cpv = dict.fromkeys(cpv for code in need.services for cpv in taxonomy.service(code).cpv)
    places = words.joined([region.place_name(code) for code in need.places])
    rows = [
        (gettext("Van"), need.buyer_name),
        (gettext("Waar"), f"{places} ({need.spot})" if need.spot else places),
        (gettext("Diensten"), ", ".join(words.service_label(code) for code in need.services)),
        (gettext("CPV"), ", ".join(cpv)),
        (gettext("Soort opdracht"), words.word(CONTRACTS, need.contract)),
        (gettext("Hoeveel"), f"{number_words(need.amount)} {need.unit}".strip() if need.amount else ""),
        (gettext("Wanneer"), _period(need)),
        (gettext("Voorbehouden"), gettext("ja, artikel 15") if need.reserved else ""),
        (gettext("Antwoorden kan tot en met"), date_words(need.answer_by.isoformat())),
    ]
    return tuple(NeedFact(label, text) for label, text in rows if text)


def _period(need: NeedRecord) -> str:
    start = date_words(need.needed_from.isoformat()) if need.needed_from else ""
    end = date_words(need.needed_until.isoformat()) if need.needed_until else ""
    if start and end:
        return gettext("%(start)s tot en met %(end)s") % {"start": start, "end": end}
    return (start and gettext("vanaf %(start)s") % {"start": start}) or (end and gettext("tot %(end)s") % {"end": end})


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
        facts=(*need_facts(need, region), *_estimates(need)),
        invited=tuple(_invited(one, names, region) for one in all_of_it.invitations),
        skipped=tuple(
            InvitedRow(
                name=names.get(one.organisation_key, one.organisation_key),
                href=_href(one.organisation_key),
                when=date_format(timezone.localtime(one.at), "j F Y"),
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
        questions=tuple(
            QuestionRow(one.id, one.text, one.answer, date_format(timezone.localtime(one.at), "j F Y"))
            for one in all_of_it.questions
        ),
        outcomes=outcome_rows(all_of_it, names),
        outcome_href=outcome_href,
        guide_href=reverse("guide"),
    )  # fmt: skip


def _estimates(need: NeedRecord) -> tuple[NeedFact, ...]:
    return tuple(
        NeedFact(
            gettext("Raming"),
            gettext("%(amount)s euro zonder btw, vastgelegd op %(when)s door %(author)s")
            % {
                "amount": estimate_words(one.amount),
                "when": date_format(timezone.localtime(one.recorded_at), "j F Y, H:i"),
                "author": one.author,
            }
            + (f" ({one.basis})" if one.basis else ""),
        )
        for one in need.estimates
    )


def _moment(need: NeedRecord) -> str:
    return "" if need.next_wave_at is None else date_format(timezone.localtime(need.next_wave_at), "j F Y, H:i")


def _summary(found: Consultation) -> str:
    interested = sum(1 for one in found.invitations if one.answer and one.answer.kind == "interested")
    asked = ngettext("%(count)s gevraagd", "%(count)s gevraagd", len(found.invitations)) % {
        "count": len(found.invitations)
    }
    said = gettext("%(count)s met interesse") % {"count": interested}
    waiting = sum(1 for one in found.invitations if one.answer is None)
    return f"{asked} · {said} · " + gettext("%(count)s nog niet geantwoord") % {"count": waiting}


def _invited(one: InvitationRecord, names: Mapping[str, str], region: Standing) -> InvitedRow:
    answer = one.answer
    said = "" if answer is None else answer.text
    if answer and answer.reason:
        said = f"{words.word(REFUSALS, answer.reason)}{': ' + said if said else ''}"
    how = gettext("zelf gekozen") if one.wave == 0 else gettext("golf %(number)s") % {"number": one.wave}
    if not one.email:
        how += " · " + gettext("geen e-mailadres bekend: bel of schrijf zelf")
    return InvitedRow(
        name=names.get(one.organisation_key, one.organisation_key),
        href=_href(one.organisation_key),
        when=date_format(timezone.localtime(one.at), "j F Y"),
        how=how,
        answer=words.word(ANSWERS, answer.kind) if answer else gettext("Nog geen antwoord"),
        said=said,
        kind=answer.kind if answer else "",
        why=(),
    )


def outcome_rows(found: Consultation, names: Mapping[str, str]) -> tuple[OutcomeRow, ...]:
    """What each side says, and where they do not say the same."""
    differs = set(found.disagreements)
    rows = []
    for one in found.outcomes:
        slug = one.organisation_key
        said = words.word(RESULTS, one.result)
        if one.reason:
            said += f": {words.word(UNMET, one.reason)}"
        rows.append(OutcomeRow(names.get(slug, slug) if slug else gettext("De vrager"), said, slug in differs))
    return tuple(rows)


def _href(slug: str) -> str:
    return reverse("organisation", kwargs={"slug": slug})
