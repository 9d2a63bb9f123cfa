"""The way to the guide on paper: its links, how thick it will be, and what a visitor reads when there is none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, gettext, override

from schakel.documents.kept import BOUNDS
from schakel.pages.presenters.blocks import Empty, Link
from schakel.search.query import SearchQuery
from schakel.wording.dates import number_words

PRINT, LARGE = "print", "large"  # the parameter of the address, and its one value
_NOT_ASKED = ("page", "size", "sort")  # everybody stands in a guide, by theme and name


@dataclass(frozen=True, slots=True)
class TongueLink:
    """A guide in another language."""

    code: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class PrintOffer:
    """What `_components/print_guide.html` shows; without links when the guide would be too thick."""

    links: tuple[Link, ...]
    tongues: tuple[TongueLink, ...]
    words: str


def print_search(query: SearchQuery, count: int) -> PrintOffer | None:
    """The guide of a search, of `count` organisations; none for nobody."""
    pairs = [pair for pair in query.to_params() if pair[0] not in _NOT_ASKED]
    return print_offer("guide_pdf", count, pairs=pairs) if count else None


def print_offer(name: str, count: int, value: str = "", *, pairs: list[tuple[str, str]] | None = None) -> PrintOffer:
    """The guide at the address `name` with about `count` organisations. `value`: which municipality or theme."""
    if count > BOUNDS.organisations:
        words = gettext("Voor een gids op papier is dit te veel. Kies eerst een gemeente of een thema.")
        return PrintOffer((), (), words)
    language, prefix = get_language() or settings.LANGUAGE_CODE, get_script_prefix()
    asked = urlencode(pairs or [])

    def address(code: str, more: str = "") -> str:
        query = "&".join([part for part in (asked, more) if part])
        return _address(name, value, code, prefix) + (f"?{query}" if query else "")

    return PrintOffer(
        links=(
            Link(gettext("Gids op papier (PDF)"), address(language)),
            Link(gettext("In grote letters (PDF)"), address(language, f"{PRINT}={LARGE}")),
        ),
        tongues=tuple(TongueLink(code, label, address(code)) for code, label in settings.LANGUAGES if code != language),
        words=gettext("Ongeveer %(pages)s bladzijden, in grote letters %(large)s.")
        % {"pages": number_words(_pages(count)), "large": number_words(_large_pages(count))},
    )


@lru_cache(maxsize=512)
def _address(name: str, value: str, code: str, prefix: str) -> str:
    with override(code):
        return reverse(name, args=[value] if value else [])


def _pages(count: int) -> int:
    """As measured on the guides of this region: what stands in every guide, and two entries on a page."""
    return round(7 + 0.5 * count)


def _large_pages(count: int) -> int:
    return round(9 + 1.1 * count)


def present_unprinted(why: str) -> Empty:
    """Why there is no guide. `why`: nobody, many, busy, often or failed."""
    guide = Link(gettext("Naar de gids"), reverse("guide"))
    said = {
        "nobody": (
            gettext("Er is niemand om in deze gids te zetten."),
            gettext("We kennen niemand die bij deze keuze past. Dat wil niet zeggen dat er niemand is."),
        ),
        "many": (
            gettext("Deze gids wordt te dik."),
            gettext("In een gids op papier passen %(count)s organisaties. Kies een gemeente of een thema.")
            % {"count": number_words(BOUNDS.organisations)},
        ),
        "busy": (
            gettext("Je gids wordt gemaakt."),
            gettext("Even geduld: deze bladzijde opent hem vanzelf. Gebeurt dat niet, laad ze dan opnieuw."),
        ),
        "often": (
            gettext("Je vroeg net al veel gidsen."),
            gettext("Probeer het over tien minuten opnieuw. Een gids die er vandaag al is, kun je altijd openen."),
        ),
        "failed": (
            gettext("De gids kon niet gemaakt worden."),
            gettext("Dat ligt aan ons, en we weten het. Kies minder organisaties, of kom later terug."),
        ),
    }
    title, text = said[why]
    return Empty(title, text, (guide,))
