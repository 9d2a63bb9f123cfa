"""The record of a consultation for the contract file: who was asked and why, who not and why not, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext, override

from schakel.cooperation.needs.read import Consultation, InvitationRecord, SkippedRecord
from schakel.cooperation.needs.words import (
    NeedFact,
    PlaceName,
    day_words,
    estimate_facts,
    how_words,
    moment_words,
    need_facts,
    outcome_rows,
    said_words,
)
from schakel.core.matching import Matching
from schakel.core.model import Json
from schakel.documents.blindspots import region_frame
from schakel.documents.templates import template
from schakel.register import read
from schakel.typesetting import clean, set_pdf
from schakel.typesetting.printable import map_texts
from schakel.wording import words
from schakel.wording.dates import date_words
from schakel.wording.matching import missing_words, refused_words, why_words
from schakel.wording.needs import ANSWERS, SKIPPED, STATES

MOST_NOT_ASKED = 200


def build_consultation(
    found: Consultation,
    today: Matching | None,
    *,
    names: Mapping[str, str],
    language: str,
    on: date,
) -> bytes:
    """The record as a tagged PDF. `today`: who matches now, while the need is open; None: nobody else is looked for.

    `names`: slug to name of everybody in both; whoever left the register keeps the slug.
    """
    places = {one.nis_code: one.name for one in read.list_municipalities()}

    def place_name(code: str) -> str:
        return places.get(code, code)

    with override(language):
        data: dict[str, Json] = {
            **region_frame(on, language),
            "title": gettext("Verslag van de raadpleging"),
            "need": found.need.text,
            "about": _about(found, on),
            "facts": [_fact(one) for one in (*need_facts(found.need, place_name), *estimate_facts(found.need))],
            "asked": [_asked(one, names, place_name) for one in found.invitations],
            "not_asked": _not_asked(found, today, names, place_name),
            "refused": [f"{count} {refused_words(condition)}" for condition, count in today.refused] if today else [],
            "questions": [
                {
                    "text": one.text,
                    "when": moment_words(one.at),
                    "answer": one.answer,
                    "answered": moment_words(one.answered_at) if one.answered_at else "",
                }
                for one in found.questions
            ],
            "outcomes": [
                f"{row.who}: {row.said}" + (f" ({gettext('de vrager zegt iets anders')})" if row.differs else "")
                for row in outcome_rows(found, names)
            ],
            "say": _say(),
        }
    return set_pdf(template("consultation.typ"), _printable(data), on=on)


def _printable(data: dict[str, Json]) -> dict[str, Json]:
    """Free text is cleaned; pictures of our own are left alone."""
    return {key: value if key == "signs" else map_texts(value, clean) for key, value in data.items()}


def _about(found: Consultation, on: date) -> str:
    need = found.need
    about = gettext("Vraag %(key)s, geplaatst op %(when)s. Toestand op %(day)s: %(state)s.") % {
        "key": need.key,
        "when": moment_words(need.created_at),
        "day": date_words(on.isoformat()),
        "state": words.word(STATES, need.state),
    }
    if need.withdrawn_because:
        about += " " + gettext("De reden: %(because)s") % {"because": need.withdrawn_because}
    return about


def _fact(one: NeedFact) -> Json:
    return {"label": one.label, "text": one.text}


def _asked(one: InvitationRecord, names: Mapping[str, str], place_name: PlaceName) -> Json:
    why = [why_words(reason, place_name) for reason in one.why]
    answer = gettext("Nog geen antwoord")
    if one.answer:
        answer = f"{words.word(ANSWERS, one.answer.kind)} ({moment_words(one.answer.at)})"
    return {
        "name": names.get(one.organisation_key, one.organisation_key),
        "when": moment_words(one.at),
        "how": how_words(one),
        "why": list[Json](why) or [gettext("gevraagd hoewel het niet aan alles voldeed")],
        "answer": answer,
        "said": said_words(one),
    }


def _not_asked(
    found: Consultation, today: Matching | None, names: Mapping[str, str], place_name: PlaceName
) -> list[Json]:
    """Who was skipped when groups were invited; while the need is open, also who fits today and was not asked yet."""
    asked = {one.organisation_key for one in found.invitations}
    rows: list[Json] = [_skipped(one, names, place_name) for one in found.skipped]
    known = asked | {one.organisation_key for one in found.skipped}
    for one in today.matches if today else ():
        if one.slug not in known:
            rows.append({"name": names.get(one.slug, one.slug), "why": gettext("past, en is nog niet gevraagd")})
    for miss in today.near_misses if today else ():
        if miss.slug not in known:
            missing = words.joined([missing_words(reason, place_name) for reason in miss.missing])
            said = gettext("voldoet niet aan alles; zou passen %(missing)s") % {"missing": missing}
            rows.append({"name": names.get(miss.slug, miss.slug), "why": said})
    return rows[:MOST_NOT_ASKED]


def _skipped(one: SkippedRecord, names: Mapping[str, str], place_name: PlaceName) -> Json:
    missing = words.joined([missing_words(reason, place_name) for reason in one.missing])
    why = f"{words.word(SKIPPED, one.reason)} ({day_words(one.at)})"
    return {
        "name": names.get(one.organisation_key, one.organisation_key),
        "why": f"{why}: {missing}" if missing else why,
    }


def _say() -> Json:
    return {
        "facts": gettext("Wat er gevraagd is"),
        "asked": gettext("Wie is gevraagd, wanneer en waarom?"),
        "nobody": gettext("Nog niemand."),
        "organisation": gettext("Organisatie"),
        "when": gettext("Gevraagd"),
        "why": gettext("Waarom"),
        "answer": gettext("Antwoord"),
        "not_asked": gettext("Wie is niet gevraagd, en waarom niet?"),
        "all_asked": gettext("Van niemand is vastgelegd waarom die niet gevraagd is."),
        "others": gettext("De anderen in het register vandaag:"),
        "questions": gettext("Vragen en antwoorden"),
        "no_questions": gettext("Er zijn geen vragen gesteld."),
        "shared": gettext("Iedereen die uitgenodigd is, leest ze. Niemand leest wie iets vroeg."),
        "unanswered": gettext("Nog niet beantwoord."),
        "outcomes": gettext("Wat kwam ervan?"),
        "no_outcome": gettext("Nog niet verteld."),
        "note": gettext(
            "Gemaakt uit wat in Schakel bewaard is. Uitnodigingen, antwoorden en ramingen veranderen er niet meer. "
            "Dit is geen juridisch advies en geen gunningsverslag."
        ),
    }
