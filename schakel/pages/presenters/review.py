"""A report or a suggestion to review: what it says, what differs, and what it would become."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.urls import reverse
from django.utils.translation import gettext

from schakel.cooperation.moderation import SIMPLE_FIELDS
from schakel.cooperation.read import Report, Suggestion
from schakel.core.model import OrganisationRecord
from schakel.pages.presenters.blocks import Link
from schakel.pages.standing import Standing
from schakel.wording import words


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: `sign` is "" (the same), "del" or "ins"."""

    text: str
    sign: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report with what the register says and what it should say."""

    report: Report
    about: str
    organisation: str
    page: str
    edit: str
    before: str
    difference: tuple[Piece, ...]
    can_state: bool


@dataclass(frozen=True, slots=True)
class SuggestionPage:
    """A suggestion with the names of its codes."""

    suggestion: Suggestion
    place: str
    known: tuple[Link, ...]  # organisations with nearly the same name: is it there already?


def present_report(report: Report, record: OrganisationRecord | None, *, edits: bool) -> ReportPage:
    """The report beside the record as it is now (None: the organisation is gone). `edits`: may open the management."""
    fact = record.facts.get(report.field) if record else None
    before = "" if fact is None or fact.value is None else str(fact.value)
    simple = record is not None and report.field in SIMPLE_FIELDS
    return ReportPage(
        report=report,
        about=words.word(words.FIELDS, report.field or "other"),
        organisation=report.organisation_key if record is None else str(record.facts["name"].value),
        page=reverse("organisation", args=[report.organisation_key]),
        edit=f"{reverse('admin:register_organisation_changelist')}?q={report.organisation_key}" if edits else "",
        before=before if simple else "",
        difference=compare(before, report.proposed) if simple and report.proposed else (),
        can_state=simple,
    )


def present_suggestion(suggestion: Suggestion, alike: Iterable[tuple[str, str]], region: Standing) -> SuggestionPage:
    """The suggestion; `alike`: slug and name of organisations that it may be."""
    links = tuple(Link(name, reverse("organisation", args=[slug])) for slug, name in alike)
    return SuggestionPage(suggestion, region.place_name(suggestion.nis_code) or gettext("Buiten de streek"), links)


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one, word by word: what stays, what goes and what comes."""
    old, new = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, after))
    pieces: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("".join(old[a:b]), ""))
            continue
        if a < b:
            pieces.append(Piece("".join(old[a:b]), "del"))
        if c < d:
            pieces.append(Piece("".join(new[c:d]), "ins"))
    return tuple(pieces)
