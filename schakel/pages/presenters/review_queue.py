"""The queue of who reviews: what visitors let know, what organisations propose, photos; the longest waiting first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from schakel.cooperation.read import Report, Suggestion
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.profile.overview import Difference
from schakel.pages.presenters.profile.photos import PhotoView, photo_views
from schakel.pages.presenters.profile.values import field_words, value_words
from schakel.pages.standing import Standing
from schakel.register.read import Proposal
from schakel.upkeep.photos import Photo
from schakel.wording import words


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to decide: on a page of its own, or here when it has a `what`.

    `moved`: the fields that somebody changed since it was proposed, in words.
    """

    kind: str
    link: Link
    at: datetime
    about: str
    what: str = ""
    text: str = ""
    rows: tuple[Difference, ...] = ()
    moved: str = ""
    photo: PhotoView | None = None


@dataclass(frozen=True, slots=True)
class KindLink:
    """One kind with how many wait; `current`: only these are shown now."""

    label: str
    href: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Everything `pages/review.html` shows."""

    kinds: tuple[KindLink, ...]
    rows: tuple[Waiting, ...]


def kind_words(kind: str) -> str:
    """What waits, in words; the code itself for a kind that nobody named."""
    named = {
        "melding": gettext("Melding"),
        "tip": gettext("Nieuw initiatief"),
        "voorstel": gettext("Wijziging door een organisatie"),
        "foto": gettext("Foto"),
    }
    return named.get(kind, kind)


def present_queue(
    reports: Sequence[Report],
    suggestions: Sequence[Suggestion],
    proposals: Sequence[Proposal],
    photos: Sequence[Photo],
    *,
    names: Mapping[str, str],
    region: Standing,
    only: str,
) -> QueuePage:
    """Everything that waits; `names`: of the organisations by slug, `only`: one kind, or "" for all."""
    found = [("melding", _report(row, names)) for row in reports]
    found += [("tip", _suggestion(row, region)) for row in suggestions]
    found += [("voorstel", _proposal(row, region)) for row in proposals]
    found += [("foto", _photo(photo, view, names)) for photo, view in zip(photos, photo_views(photos), strict=True)]
    counts = Counter(kind for kind, _ in found)
    here = reverse("review")
    kinds = [KindLink(gettext("Alles"), here, len(found), current=not only)]
    kinds += [
        KindLink(kind_words(kind), f"{here}?soort={kind}", count, current=kind == only)
        for kind, count in counts.items()
    ]
    shown = [row for kind, row in found if only in ("", kind)]
    return QueuePage(tuple(kinds) if len(counts) > 1 else (), tuple(sorted(shown, key=lambda row: row.at)))


def _report(row: Report, names: Mapping[str, str]) -> Waiting:
    name = names.get(row.organisation_key, row.organisation_key)
    return Waiting(
        kind=kind_words("melding"),
        link=Link(name, reverse("review_report", args=[row.id])),
        at=row.at,
        about=words.word(words.FIELDS, row.field or "other"),
        text=row.text,
    )


def _suggestion(row: Suggestion, region: Standing) -> Waiting:
    return Waiting(
        kind=kind_words("tip"),
        link=Link(row.name, reverse("review_suggestion", args=[row.id])),
        at=row.at,
        about=region.place_name(row.nis_code),
        text=row.text,
    )


def _proposal(row: Proposal, region: Standing) -> Waiting:
    return Waiting(
        kind=kind_words("voorstel"),
        link=Link(row.name, reverse("organisation", kwargs={"slug": row.organisation})),
        at=row.at,
        about=", ".join(said for said in (words.word(words.ENTITIES, row.entity), row.author) if said),
        what=f"voorstel-{row.number}",
        rows=tuple(
            Difference(
                field_words(change.field),
                value_words(row.entity, change.field, change.before, region),
                value_words(row.entity, change.field, change.after, region),
            )
            for change in row.changes
        ),
        moved=", ".join(field_words(name) for name in row.moved),
    )


def _photo(photo: Photo, view: PhotoView, names: Mapping[str, str]) -> Waiting:
    return Waiting(
        kind=kind_words("foto"),
        link=Link(
            names.get(photo.organisation, photo.organisation),
            reverse("organisation", kwargs={"slug": photo.organisation}),
        ),
        at=photo.added_at,
        about=photo.alt,
        what=f"foto-{photo.number}",
        photo=view,
    )
