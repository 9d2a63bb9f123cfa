"""Who changed what in a profile, newest first, each with a way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from schakel.core.model import EntityKind, OrganisationRecord
from schakel.pages.presenters.profile.overview import Difference
from schakel.pages.presenters.profile.values import field_words, value_words
from schakel.pages.standing import Standing
from schakel.register.read import Edit
from schakel.register.speakers import OWNERS
from schakel.wording import words

_OWN = {speaker.key for speaker in OWNERS}


@dataclass(frozen=True, slots=True)
class EditLine:
    """One edit. `can_undo`: the organisation said it herself, and it still counts."""

    number: int
    at: str
    who: str
    about: str
    rows: tuple[Difference, ...]
    remarks: str
    undone: str
    can_undo: bool


def present_history(edits: Iterable[Edit], record: OrganisationRecord, region: Standing) -> tuple[EditLine, ...]:
    """The edits in words. Of editors no address is shown: an organisation sees that it was the editors."""
    offers = {offer.key: words.service_label(offer.service) for offer in record.offers}
    return tuple(_line(edit, offers, record.name, region) for edit in edits)


def _line(edit: Edit, offers: dict[str, str], name: str, region: Standing) -> EditLine:
    mine = edit.speaker in _OWN
    return EditLine(
        number=edit.number,
        at=_moment(edit.at),
        who=(edit.author or gettext("via de link in een mail")) if mine else gettext("de redactie"),
        about=_about(edit, offers, name),
        rows=tuple(
            Difference(
                field_words(change.field),
                value_words(edit.entity, change.field, change.before, region),
                value_words(edit.entity, change.field, change.after, region),
            )
            for change in edit.changes
        ),
        remarks=edit.remarks,
        undone=gettext("Ongedaan gemaakt op %(at)s.") % {"at": _moment(edit.withdrawn_at)} if edit.withdrawn_at else "",
        can_undo=mine and edit.withdrawn_at is None and bool(edit.changes),
    )


def _about(edit: Edit, offers: dict[str, str], name: str) -> str:
    if not edit.changes:
        return gettext("Bevestigd: alles klopt")
    if edit.entity is EntityKind.OFFER:
        return gettext("Aanbod: %(offer)s") % {"offer": offers.get(edit.key, edit.key)}
    if edit.entity is EntityKind.EMPLOYMENT:
        return gettext("Mensen aan het werk in %(year)s") % {"year": edit.key.rpartition("/")[2]}
    return gettext("Openingsuren") if edit.entity is EntityKind.ESTABLISHMENT else name


def _moment(at: object) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i")  # type: ignore[arg-type]  # always a moment
