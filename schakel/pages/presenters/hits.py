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
    """What cards say in one language at one state of the region; what comes back on card after card is kept."""

    def __init__(self, region: Standing) -> None:
        self.language = get_language() or "nl"
        self.href = organisation_href()
        self._region = region
        self._today = timezone.localdate()
        self._rules: Rules = region.keep("upkeep_rules", upkeep_rules)

    def names(self, nis_codes: tuple[str, ...]) -> str:
        """A few municipalities by name."""
        return self._region.keep(
            ("names", self.language, nis_codes),
            lambda: words.joined([self._region.place_name(code) for code in nis_codes]),
        )

    def old(self, card: OrganisationCard) -> str:
        """The mark of what nobody confirmed for long; a profile without any date has that on its own page."""
        if not card.newest_on or card.status not in FINDABLE:
            return ""
        key = ("old", self.language, card.newest_on, self._today)
        return self._region.keep(key, lambda: old_words(card.newest_on, self._rules, self._today))

    def area(self, card: OrganisationCard) -> str:
        """Where an organisation works; only the number of municipalities counts when there are more than three."""
        codes = card.served.nis_codes
        key = ("area", self.language, card.served.knowledge, codes if len(codes) <= FEW else len(codes))
        return self._region.keep(key, lambda: area_words(card, self._region))


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


@lru_cache(maxsize=512)
def _tag(code: str, language: str) -> ServiceTag:
    return ServiceTag(words.theme_of(code), words.service_label(code))


@lru_cache(maxsize=256)
def _kinds(kinds: tuple[str, ...], language: str) -> str:
    return words.words(words.KINDS, kinds)


@lru_cache(maxsize=128)
def _more(count: int, language: str) -> str:
    return ngettext("en nog %(count)s dienst", "en nog %(count)s diensten", count) % {"count": count}


def _card(card: OrganisationCard, hit: Hit | None, *, said: _Said, on_list: bool) -> HitCard:
    services = list(card.services)
    if hit and hit.services:
        found = [code for code in hit.services if code in services]
        services = [*found, *(code for code in services if code not in found)]
    language = said.language
    more = len(services) - MOST_SERVICES
    return HitCard(
        slug=card.slug,
        name=card.name,
        href=said.href(card.slug),
        kinds=_kinds(card.kinds, language),
        seats=said.names(card.seats[:FEW]),
        distance=km_words(hit.distance_km) if hit and hit.distance_km is not None else "",
        status=status_sign(card.status),
        description=shortened(card.description),
        why=tuple([_said(reason.code, tuple(reason.values.items()), language) for reason in hit.why]) if hit else (),
        services=tuple([_tag(code, language) for code in services[:MOST_SERVICES]]),
        more_services=_more(more, language) if more > 0 else "",
        area=said.area(card),
        on_list=on_list,
        old=said.old(card),
    )


def shortened(text: str) -> str:
    """At most 220 characters, cut at a word."""
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    return text[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
