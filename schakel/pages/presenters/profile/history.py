"""Who changed what in a profile, newest first, each with a way back; and what else happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from schakel.accounts.erased import person_words
from schakel.audit.read import Line, bodies_of
from schakel.core.model import EntityKind, OrganisationRecord
from schakel.core.permissions import read_body
from schakel.pages.bodies import body_names
from schakel.pages.presenters.blocks import Link, crumbs
from schakel.pages.presenters.log_lines import LogLine, moment_words, present_lines
from schakel.pages.presenters.profile.overview import Difference
from schakel.pages.presenters.profile.values import field_words, value_words
from schakel.pages.standing import Standing
from schakel.register.read import Edit
from schakel.register.speakers import OWNERS
from schakel.register.write import OWNER_FIELDS
from schakel.wording import words

_OWN = {speaker.key for speaker in OWNERS}
OWN, EDITORS = "eigen", "redactie"
# What happens to an organisation without a statement about one of its fields.
BESIDE = (
    *("ask-confirmation", "unconfirmed", "heard-again", "merge", "undo-merge", "undo", "withdraw-statement"),
    *("photo-add", "photo-remove", "photo-accept", "photo-reject", "proposal-rejected", "proposal-taken_back"),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks. `as_editor`: on behalf of a cluster or the region, so they see which editor it was.

    `may_undo`: they keep this profile; `everything`: also what is not of a profile.
    """

    as_editor: bool
    may_undo: bool
    everything: bool


@dataclass(frozen=True, slots=True)
class EditLine:
    """One edit. `undo_href`: empty when it cannot be undone here."""

    number: int
    at: str
    who: str
    about: str
    rows: tuple[Difference, ...]
    remarks: str
    undone: str
    undo_href: str


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Everything `pages/profile_history.html` shows. `filtered`: not all of it is shown."""

    name: str
    crumbs: tuple[Link, ...]
    lines: tuple[EditLine, ...]
    beside: tuple[LogLine, ...]
    who: tuple[Option, ...]
    what: tuple[Option, ...]
    filtered: bool


def present_history(
    edits: Sequence[Edit],
    beside: Sequence[Line],
    record: OrganisationRecord,
    region: Standing,
    *,
    reader: Reader,
    asked: QueryDict,
) -> HistoryPage:
    """The edits that fit the question. Which editor it was, an organisation does not see: only that it was one."""
    who, what = asked.get("wie", ""), asked.get("wat", "")
    chosen = [edit for edit in edits if _fits(edit, who, what)]
    offers = {offer.key: words.service_label(offer.service) for offer in record.offers}
    bodies = _bodies(chosen, region)
    return HistoryPage(
        name=record.name,
        crumbs=crumbs((record.name, reverse("profile", kwargs={"slug": record.slug})), page=gettext("Geschiedenis")),
        lines=tuple(_line(edit, offers, record, region, reader, bodies.get(edit.number, "")) for edit in chosen),
        beside=present_lines(beside, region) if reader.as_editor and not (who or what) else (),
        who=_options(who, {"": gettext("iedereen"), OWN: gettext("de organisatie"), EDITORS: gettext("de redactie")}),
        what=_options(
            what, {"": gettext("alles"), **{kind.value: words.word(words.ENTITIES, kind) for kind in EntityKind}}
        ),
        filtered=bool(who or what),
    )


def _fits(edit: Edit, who: str, what: str) -> bool:
    mine = edit.speaker in _OWN
    return what in ("", edit.entity) and (who not in (OWN, EDITORS) or mine == (who == OWN))


def _options(chosen: str, labels: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label, value == chosen) for value, label in labels.items())


def _bodies(edits: Iterable[Edit], region: Standing) -> dict[int, str]:
    """Edit -> the name of the body it was made for, of those the log knows."""
    known = bodies_of({edit.number: edit.key for edit in edits})
    names = body_names({read_body(body) for body in known.values()}, region)
    return {number: names[body] for number, body in known.items()}


def _line(
    edit: Edit, offers: Mapping[str, str], record: OrganisationRecord, region: Standing, reader: Reader, body: str
) -> EditLine:
    mine = edit.speaker in _OWN
    of_profile = {change.field for change in edit.changes} <= OWNER_FIELDS.get(edit.entity, frozenset())
    theirs = mine or reader.as_editor
    can_undo = reader.may_undo and theirs and edit.withdrawn_at is None and bool(edit.changes)
    return EditLine(
        number=edit.number,
        at=moment_words(edit.at),
        who=_who(edit, mine or reader.as_editor, body),
        about=_about(edit, offers, record.name),
        rows=tuple(
            Difference(
                field_words(change.field),
                value_words(edit.entity, change.field, change.before, region),
                value_words(edit.entity, change.field, change.after, region),
            )
            for change in edit.changes
        ),
        remarks=edit.remarks,
        undone=gettext("Ongedaan gemaakt op %(at)s.") % {"at": moment_words(edit.withdrawn_at)}
        if edit.withdrawn_at
        else "",
        undo_href=reverse("profile_undo", kwargs={"slug": record.slug, "number": edit.number})
        if can_undo and (of_profile or reader.everything)
        else "",
    )


def _who(edit: Edit, named: bool, body: str) -> str:
    """The person where that may be seen, and on whose behalf."""
    if not named:
        return gettext("de redactie")
    who = person_words(edit.author) or gettext("via de link in een mail")
    return gettext("%(who)s, namens %(body)s") % {"who": who, "body": body} if body else who


def _about(edit: Edit, offers: Mapping[str, str], name: str) -> str:
    if not edit.changes:
        return gettext("Bevestigd: alles klopt")
    if edit.entity is EntityKind.OFFER:
        return gettext("Aanbod: %(offer)s") % {"offer": offers.get(edit.key, edit.key)}
    if edit.entity is EntityKind.EMPLOYMENT:
        return gettext("Mensen aan het werk in %(year)s") % {"year": edit.key.rpartition("/")[2]}
    hours = {change.field for change in edit.changes} == {"opening_hours"}
    return gettext("Openingsuren") if edit.entity is EntityKind.ESTABLISHMENT and hours else name
