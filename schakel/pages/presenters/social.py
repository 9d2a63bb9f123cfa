"""What other sites show of an address that somebody shares (Open Graph): words and a picture of ours."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from schakel.core.model import Municipality
from schakel.core.taxonomy import Theme
from schakel.documents.card import HEIGHT, WIDTH, Card
from schakel.mail.site import absolute
from schakel.pages.presenters.hits import HitCard
from schakel.pages.standing import Standing
from schakel.wording import words

LOCALES = {"nl": "nl_BE", "en": "en_GB", "fr": "fr_BE"}
LONGEST = 200  # signs of a description


@dataclass(frozen=True, slots=True)
class Social:
    """Everything `pages/_social.html` shows. Addresses are whole and never come from the Host header."""

    title: str
    description: str
    url: str
    image: str
    locale: str
    width: int = WIDTH
    height: int = HEIGHT


def present_social(title: str, description: str, path: str, picture: str) -> Social:
    """`path`: of the page; `picture`: the path of its picture."""
    short = description if len(description) <= LONGEST else description[: LONGEST - 1].rstrip() + "…"
    return Social(title, short, absolute(path), absolute(picture), LOCALES[_language()])


def social_of(kind: str, slug: str, title: str, description: str) -> Social:
    """Of a page with a picture of its own; `kind` is "organisation", "municipality" or "theme"."""
    field = "code" if kind == "theme" else "slug"
    path = reverse(kind, kwargs={field: slug})
    return present_social(title, description, path, reverse(f"card_{kind}", kwargs={field: slug}))


def organisation_card(shown: HitCard, region: Standing) -> Card:
    """The name, what kind it is, and where it is located as far as that is known."""
    return _card(shown.kinds, shown.name, shown.seats or region_name(region))


def municipality_card(place: Municipality, region: Standing) -> Card:
    """The name of the municipality."""
    return _card(gettext("Sociale economie in"), place.name, region_name(region))


def theme_card(theme: Theme, region: Standing) -> Card:
    """The name of the theme."""
    return _card(gettext("Sociale economie"), words.in_language(theme.labels), region_name(region))


def home_card(region: Standing) -> Card:
    """The question of the start page."""
    return _card(gettext("Sociale economie"), gettext("Wie kan dit doen in jouw buurt?"), region_name(region))


def region_name(region: Standing) -> str:
    """The name of the region in the language of the page; says so when it is invented."""
    if region.region is None:
        return ""
    name = words.in_language(region.region.name)
    return gettext("%(region)s (verzonnen gegevens)") % {"region": name} if region.region.synthetic else name


def _card(kicker: str, title: str, place: str) -> Card:
    return Card(_language(), kicker, title, place, urlsplit(settings.SITE_URL).netloc)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
