"""A need and what happened to it, in words: for its own page and for the record on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from schakel.cooperation.needs.read import Consultation, InvitationRecord, NeedRecord
from schakel.core import taxonomy
from schakel.wording import words
from schakel.wording.dates import date_words, number_words
from schakel.wording.needs import CONTRACTS, REFUSALS, RESULTS, UNMET

PlaceName = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class NeedFact:
    """A label with what is known."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What one side says came of it."""

    who: str
    said: str
    differs: bool


def day_words(moment: datetime) -> str:
    """The day of a moment, here."""
    return date_format(timezone.localtime(moment), "j F Y")


def moment_words(moment: datetime) -> str:
    """A moment, here."""
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def need_facts(need: NeedRecord, place_name: PlaceName) -> tuple[NeedFact, ...]:
    """What was asked, as everybody invited may read it; without estimate and address."""
    cpv = dict.fromkeys(cpv for code in need.services for cpv in taxonomy.service(code).cpv)
    places = words.joined([place_name(code) for code in need.places])
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


def estimate_facts(need: NeedRecord) -> tuple[NeedFact, ...]:
    """Every estimate, with when and by whom it was recorded: for whoever posted the need alone."""
    return tuple(
        NeedFact(
            gettext("Raming"),
            gettext("%(amount)s euro zonder btw, vastgelegd op %(when)s door %(author)s")
            % {
                "amount": number_words(float(one.amount)),
                "when": moment_words(one.recorded_at),
                "author": one.author,
            }
            + (f" ({one.basis})" if one.basis else ""),
        )
        for one in need.estimates
    )


def how_words(one: InvitationRecord) -> str:
    """In which way somebody was asked."""
    how = gettext("zelf gekozen") if one.wave == 0 else gettext("golf %(number)s") % {"number": one.wave}
    return how if one.email else how + " · " + gettext("geen e-mailadres bekend: bel of schrijf zelf")


def said_words(one: InvitationRecord) -> str:
    """The reason and the words of the answer that counts; empty when there is none."""
    answer = one.answer
    if answer is None or not answer.reason:
        return answer.text if answer else ""
    return f"{words.word(REFUSALS, answer.reason)}{': ' + answer.text if answer.text else ''}"


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
