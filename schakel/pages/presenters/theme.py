"""A theme: its services, where it reaches, and who does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core import taxonomy
from schakel.core.model import OrganisationCard
from schakel.core.taxonomy import Theme
from schakel.pages.presenters.blocks import Empty, Link, crumbs
from schakel.pages.presenters.hits import HitCard, present_hits
from schakel.pages.presenters.printing import PrintOffer, print_offer
from schakel.pages.standing import Standing
from schakel.search.result import SearchPage
from schakel.wording import words
from schakel.wording.dates import number_words, organisations_words


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service of the theme."""

    label: str
    href: str
    delivered: str
    count: str


@dataclass(frozen=True, slots=True)
class ThemePage:
    """Everything `pages/theme.html` shows."""

    label: str
    icon: str
    lead: str
    services: tuple[ServiceRow, ...]
    municipalities: tuple[Link, ...]
    hits: tuple[HitCard, ...]
    guide_href: str
    print: PrintOffer | None  # none when we know nobody
    empty: Empty
    crumbs: tuple[Link, ...]


def present_theme(theme: Theme, found: SearchPage, cards: Sequence[OrganisationCard], *, region: Standing) -> ThemePage:
    """The page of one theme. `found`: the search for this theme."""
    label = words.in_language(theme.labels)
    guide = f"{reverse('guide')}?theme={theme.code}"
    by_service = found.facets.get("service", {})
    by_place = found.facets.get("municipality", {})
    return ThemePage(
        label=label,
        icon=theme.code,
        lead=organisations_words(found.count),
        services=tuple(
            ServiceRow(
                words.in_language(service.labels),
                f"{reverse('guide')}?service={service.code}",
                words.word(words.DELIVERED, service.delivered),
                number_words(by_service.get(service.code, 0)),
            )
            for service in taxonomy.services()
            if service.theme == theme.code
        ),
        municipalities=tuple(
            Link(
                f"{place.name} ({number_words(by_place.get(place.nis_code, 0))})",
                f"{guide}&municipality={place.nis_code}",
            )
            for place in region.municipalities
        ),
        hits=present_hits(found.hits, cards, region=region),
        guide_href=guide,
        print=print_offer("theme_pdf", found.count, theme.code) if found.count else None,
        empty=Empty(
            gettext("We kennen nog niemand die dit doet."),
            gettext("Dat wil niet zeggen dat er niemand is: we weten alleen wat onze bronnen zeggen."),
            (Link(gettext("Bekijk de hele gids"), reverse("guide")),),
        ),
        crumbs=crumbs((gettext("Gids"), reverse("guide")), page=label),
    )
