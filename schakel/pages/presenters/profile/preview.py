"""How visitors see a profile, with what waits for review filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone

from schakel.core.model import Fact, OrganisationRecord
from schakel.pages.presenters.organisation import present_organisation
from schakel.pages.presenters.profile.photos import photo_views
from schakel.pages.standing import Standing
from schakel.register.read import Proposal
from schakel.upkeep.photos import list_photos


def present_preview(record: OrganisationRecord, proposals: Sequence[Proposal], region: Standing) -> dict[str, Any]:
    """The context of the page of the organisation, as if every open proposal were accepted."""
    shown = replace(
        record,
        facts=_with(record.facts, record.slug, proposals),
        establishments=tuple(
            replace(place, facts=_with(place.facts, place.key, proposals)) for place in record.establishments
        ),
        offers=tuple(replace(offer, facts=_with(offer.facts, offer.key, proposals)) for offer in record.offers),
        employment=tuple(replace(item, facts=_with(item.facts, item.key, proposals)) for item in record.employment),
    )
    page = present_organisation(shown, tasks=(), initiatives=(), region=region, today=timezone.localdate())
    photos = photo_views(list_photos(record.slug, only_shown=False))
    waits = bool(proposals) or any(not photo.shown for photo in photos)
    return {"page": page, "photos": photos, "waits": waits, "slug": record.slug, "said": None}


def _with(facts: Mapping[str, Fact], key: str, proposals: Sequence[Proposal]) -> Mapping[str, Fact]:
    found = dict(facts)
    for proposal in proposals:
        if proposal.key == key:
            found.update({change.field: Fact(change.after, None) for change in proposal.changes})
    return found
