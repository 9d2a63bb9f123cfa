"""Organisations as a list or a table shows them, with why each is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language, gettext, ngettext

from schakel.core.model import AreaKnowledge, OrganisationCard
from schakel.pages.presenters.blocks import Sign, organisation_href, status_sign
from schakel.pages.standing import Standing
from schakel.search.reasons import words as reason_words
from schakel.search.result import Hit, Reason
from schakel.wording import words
from schakel.wording.dates import km_words

MOST_SERVICES = 4
LONGEST_DESCRIPTION = 220


@dataclass(frozen=True, slots=True)
class ServiceTag:
    """A service with the icon of its theme."""

    icon: str
    label: str


@dataclass(frozen=True, slots=True)
class HitCard:
    """One organisation in a list."""

    slug: str
    name: str
    href: str
    kinds: str
    seats: str
    distance: str
    status: Sign | None
    description: str
    why: tuple[str, ...]
    services: tuple[ServiceTag, ...]
    more_services: str
    area: str
    on_list: bool


def present_hits(
    hits: Iterable[Hit],
    cards: Iterable[OrganisationCard],
    *,
    region: Standing,
    chosen: Collection[str] = (),
) -> tuple[HitCard, ...]:
    """The hits in their order; one whose organisation disappeared meanwhile is left out. `chosen`: slugs on my list."""
    by_slug = {card.slug: card for card in cards}
    language = get_language() or "nl"
    return tuple(
        _card(by_slug[hit.slug], hit, region=region, on_list=hit.slug in chosen, language=language)
        for hit in hits
        if hit.slug in by_slug
    )


def present_cards(
    cards: Iterable[OrganisationCard], *, region: Standing, chosen: Collection[str] = ()
) -> tuple[HitCard, ...]:
    """Organisations without a search: no reasons, no distance."""
    return tuple(
        _card(card, None, region=region, on_list=card.slug in chosen, language=get_language() or "nl") for card in cards
    )


def area_words(card: OrganisationCard, region: Standing) -> str:
    """Where an organisation works, and how that is known."""
    if card.served.knowledge == AreaKnowledge.UNKNOWN:
        return gettext("Werkgebied niet bekend")
    count = len(card.served.nis_codes)
    if count == 0:
        where = gettext("buiten de streek")
    elif count <= 3:
        where = words.joined(sorted(region.place_name(code) for code in card.served.nis_codes))
    elif count == len(region.municipalities):
        where = gettext("de hele streek")
    else:
        where = ngettext("%(count)s gemeente", "%(count)s gemeenten", count) % {"count": count}
    if card.served.knowledge == AreaKnowledge.ASSUMED:
        return gettext("Werkt in %(where)s (aanname)") % {"where": where}
    return gettext("Werkt in %(where)s") % {"where": where}


@lru_cache(maxsize=4096)
def _said(code: str, values: tuple[tuple[str, str | float | None], ...], language: str) -> str:
    """A reason in words: the same few come back on every page."""
    return reason_words(Reason(code, dict(values)), language)


@lru_cache(maxsize=512)
def _tag(code: str, language: str) -> ServiceTag:
    return ServiceTag(words.theme_of(code), words.service_label(code))


def _card(
    card: OrganisationCard,
    hit: Hit | None,
    *,
    region: Standing,
    on_list: bool,
    language: str,
) -> HitCard:
    found = [code for code in hit.services if code in card.services] if hit else []
    services = [*found, *(code for code in card.services if code not in found)]
    more = len(services) - MOST_SERVICES
    return HitCard(
        slug=card.slug,
        name=card.name,
        href=organisation_href(card.slug),
        kinds=words.words(words.KINDS, card.kinds),
        seats=words.joined([region.place_name(code) for code in card.seats[:3]]),
        distance=km_words(hit.distance_km) if hit and hit.distance_km is not None else "",
        status=status_sign(card.status),
        description=shortened(card.description),
        why=tuple([_said(reason.code, tuple(reason.values.items()), language) for reason in hit.why]) if hit else (),
        services=tuple([_tag(code, language) for code in services[:MOST_SERVICES]]),
        more_services=ngettext("en nog %(count)s dienst", "en nog %(count)s diensten", more) % {"count": more}
        if more > 0
        else "",
        area=area_words(card, region),
        on_list=on_list,
    )


def shortened(text: str) -> str:
    """At most 220 characters, cut at a word."""
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    return text[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
