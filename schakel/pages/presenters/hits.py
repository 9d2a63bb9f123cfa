"""Organisations as a list or a table shows them, with why each is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from schakel.core.model import FINDABLE, AreaKnowledge, OrganisationCard
from schakel.core.upkeep import Rules, State, assess
from schakel.pages.presenters.blocks import Sign, organisation_href, status_sign
from schakel.pages.standing import Standing
from schakel.register.read import upkeep_rules
from schakel.search.reasons import words as reason_words
from schakel.search.result import Hit, Reason
from schakel.wording import words
from schakel.wording.dates import km_words

MOST_SERVICES = 4
FEW = 3  # so many municipalities are named; more are counted
LONGEST_DESCRIPTION = 220


class ServiceTag(NamedTuple):
    """A service with the icon of its theme."""

    icon: str
    label: str


class HitCard(NamedTuple):
    """One organisation in a list. `old`: nobody confirmed it for so long as the region decides; in words."""

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
    old: str = ""


class _Said:
    """What cards say in one language at one state of the region."""

    def __init__(self, region: Standing) -> None:
        self.language = get_language() or "nl"
        self._href = organisation_href()
        self._region = region
        self._today = timezone.localdate()
        self._rules: Rules = region.keep("upkeep_rules", upkeep_rules)

    def always(self, card: OrganisationCard) -> HitCard:
        """What a card says whatever was searched; kept, since the same organisations come back in other searches."""
        return self._region.tell((card.slug, self.language, self._today), lambda: self._always(card))

    def _always(self, card: OrganisationCard) -> HitCard:
        more = len(card.services) - MOST_SERVICES
        return HitCard(
            slug=card.slug,
            name=card.name,
            href=self._href(card.slug),
            kinds=words.words(words.KINDS, card.kinds),
            seats=words.joined([self._region.place_name(code) for code in card.seats[:FEW]]),
            distance="",
            status=status_sign(card.status),
            description=shortened(card.description),
            why=(),
            services=_tags(card.services[:MOST_SERVICES], self.language),
            more_services=(
                ngettext("en nog %(count)s dienst", "en nog %(count)s diensten", more) % {"count": more}
                if more > 0
                else ""
            ),
            area=area_words(card, self._region),
            on_list=False,
            old=self._old(card),
        )

    def _old(self, card: OrganisationCard) -> str:
        """The mark of what nobody confirmed for long; a profile without any date has that on its own page."""
        if not card.newest_on or card.status not in FINDABLE:
            return ""
        return old_words(card.newest_on, self._rules, self._today)


def present_hits(
    hits: Sequence[Hit],
    cards: Iterable[OrganisationCard],
    *,
    region: Standing,
    chosen: Collection[str] = (),
) -> tuple[HitCard, ...]:
    """The hits in their order; one whose organisation disappeared meanwhile is left out. `chosen`: slugs on my list."""
    by_slug = {card.slug: card for card in cards}
    if not (hits and by_slug):
        return ()
    said = _Said(region)
    return tuple(
        [_card(by_slug[hit.slug], hit, said=said, on_list=hit.slug in chosen) for hit in hits if hit.slug in by_slug]
    )


def present_cards(
    cards: Iterable[OrganisationCard], *, region: Standing, chosen: Collection[str] = ()
) -> tuple[HitCard, ...]:
    """Organisations without a search: no reasons, no distance."""
    said = _Said(region)
    return tuple([_card(card, None, said=said, on_list=card.slug in chosen) for card in cards])


def old_words(newest_on: str | None, rules: Rules, today: date) -> str:
    """ "Lang niet bevestigd" from the age that the region decides on; else nothing."""
    old = assess(newest_on, (), rules, today).state is State.OLD
    return gettext("lang niet bevestigd") if old else ""


def area_words(card: OrganisationCard, region: Standing) -> str:
    """Where an organisation works, and how that is known."""
    if card.served.knowledge == AreaKnowledge.UNKNOWN:
        return gettext("Werkgebied niet bekend")
    count = len(card.served.nis_codes)
    if count == 0:
        where = gettext("buiten de streek")
    elif count <= FEW:
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


@lru_cache(maxsize=1024)
def _tags(codes: tuple[str, ...], language: str) -> tuple[ServiceTag, ...]:
    return tuple([ServiceTag(words.theme_of(code), words.service_label(code)) for code in codes])


def _card(card: OrganisationCard, hit: Hit | None, *, said: _Said, on_list: bool) -> HitCard:
    always = said.always(card)
    if hit is None:
        return always._replace(on_list=on_list) if on_list else always
    return always._replace(
        distance=km_words(hit.distance_km, said.language) if hit.distance_km is not None else "",
        why=tuple([_said(reason.code, tuple(reason.values.items()), said.language) for reason in hit.why]),
        services=_tags(_found_first(card.services, hit.services), said.language),
        on_list=on_list,
    )


def _found_first(services: tuple[str, ...], found: tuple[str, ...]) -> tuple[str, ...]:
    """The services to show: those of the search, then the others."""
    sought = [code for code in found if code in services]
    return (*sought, *[code for code in services if code not in sought])[:MOST_SERVICES]


def shortened(text: str) -> str:
    """At most 220 characters, cut at a word."""
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    return text[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
