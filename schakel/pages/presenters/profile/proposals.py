"""What waits for a coordinator: proposals with what stands there beside them, and photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from schakel.pages.presenters.profile.overview import Difference
from schakel.pages.presenters.profile.photos import PhotoView, photo_views
from schakel.pages.presenters.profile.values import field_words, value_words
from schakel.pages.standing import Standing
from schakel.register.read import Proposal
from schakel.upkeep.photos import Photo
from schakel.wording import words
from schakel.wording.dates import date_words


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One thing to decide. `moved`: the fields that somebody changed since it was proposed, in words."""

    what: str
    name: str
    href: str
    about: str
    at: str
    who: str
    rows: tuple[Difference, ...]
    moved: str
    photo: PhotoView | None = None


@dataclass(frozen=True, slots=True)
class ProposalsPage:
    """Everything `pages/proposals.html` shows."""

    lines: tuple[ProposalLine, ...]


def present_proposals(proposals: Sequence[Proposal], photos: Sequence[Photo], region: Standing) -> ProposalsPage:
    """Proposals first, then photos; the longest waiting first."""
    views = photo_views(photos)
    lines = [_proposal(row, region) for row in proposals]
    lines += [
        ProposalLine(
            what=f"foto-{photo.number}",
            name=photo.organisation,
            href=reverse("organisation", kwargs={"slug": photo.organisation}),
            about=photo.alt,
            at=date_words(photo.added_at.date().isoformat()),
            who="",
            rows=(),
            moved="",
            photo=view,
        )
        for photo, view in zip(photos, views, strict=True)
    ]
    return ProposalsPage(tuple(lines))


def _proposal(row: Proposal, region: Standing) -> ProposalLine:
    return ProposalLine(
        what=f"voorstel-{row.number}",
        name=row.name,
        href=reverse("organisation", kwargs={"slug": row.organisation}),
        about=words.word(words.ENTITIES, row.entity),
        at=date_words(row.at.date().isoformat()),
        who=row.author,
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
