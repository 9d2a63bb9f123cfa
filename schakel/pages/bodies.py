"""The names of the bodies that people act for, from the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext

from schakel.core.errors import InvalidInput
from schakel.core.permissions import REGION, BodyKind, Target, read_body
from schakel.pages.standing import Standing
from schakel.register import read
from schakel.wording import words


def body_names(bodies: Iterable[Target], region: Standing) -> dict[str, str]:
    """`str(body)` -> its name, in at most two queries; the key itself for what the register does not know."""
    asked = list(bodies)
    keys = {kind: [body.key for body in asked if body.kind == kind] for kind in BodyKind}
    clusters = {cluster.slug: cluster.name for cluster in region.clusters}
    organisations = read.list_names(keys[BodyKind.ORGANISATION]) if keys[BodyKind.ORGANISATION] else {}
    partners = region.keep("partner_names", _partner_names) if keys[BodyKind.PARTNER] else {}
    known = {
        BodyKind.REGION: dict.fromkeys(keys[BodyKind.REGION], _region_name(region)),
        BodyKind.CLUSTER: clusters,
        BodyKind.MUNICIPALITY: {nis_code: place.name for nis_code, place in region.by_nis.items()},
        BodyKind.ORGANISATION: organisations,
        BodyKind.PARTNER: partners,
    }
    return {str(body): known[body.kind].get(body.key, body.key) for body in asked}


def _region_name(region: Standing) -> str:
    return words.in_language(region.region.name) if region.region else gettext("je streek")


def _partner_names() -> dict[str, str]:
    return {partner.key: partner.name for partner in read.list_partners()}


def organisation_target(slug: str) -> Target | None:
    """The organisation with the municipalities where it is located; `None` when there is none of that name today."""
    return organisation_targets([slug]).get(slug)


def organisation_targets(slugs: Sequence[str]) -> dict[str, Target]:
    """As `organisation_target`, for many; those that do not exist are absent."""
    return {
        card.slug: Target(BodyKind.ORGANISATION, card.slug, frozenset(card.seats)) for card in read.list_cards(slugs)
    }


def partner_targets() -> tuple[Target, ...]:
    """Every partner with the municipality where it is located."""
    return tuple(
        Target(BodyKind.PARTNER, partner.key, frozenset([partner.nis_code] if partner.nis_code else []))
        for partner in read.list_partners()
    )


def find_body(text: str, region: Standing) -> Target | None:
    """The body of "municipality:45041", as it is today; `None` when there is none of that name."""
    try:
        asked = read_body(text)
    except InvalidInput:
        return None
    if asked.kind == BodyKind.REGION:
        return REGION if asked == REGION else None
    if asked.kind == BodyKind.CLUSTER:
        return asked if any(cluster.slug == asked.key for cluster in region.clusters) else None
    if asked.kind == BodyKind.MUNICIPALITY:
        return asked if asked.key in region.by_nis else None
    if asked.kind == BodyKind.ORGANISATION:
        return organisation_target(asked.key)
    return next((partner for partner in partner_targets() if partner.key == asked.key), None)


def municipality_target(slug_or_nis: str, region: Standing) -> Target | None:
    """A municipality of the region by its slug or NIS code."""
    found = next((place for place in region.municipalities if slug_or_nis in (place.slug, place.nis_code)), None)
    return Target(BodyKind.MUNICIPALITY, found.nis_code) if found else None
