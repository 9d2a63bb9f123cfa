"""Up to four organisations side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.model import OrganisationCard
from schakel.pages.presenters.blocks import Empty, Link, Notice, Sign, area_sign, crumbs
from schakel.pages.presenters.hits import shortened
from schakel.pages.presenters.notes import host, web_address
from schakel.pages.standing import Standing
from schakel.wording import words
from schakel.wording.dates import date_words

MOST = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """What one organisation says on one row; `lang` when it is not in the language of the page."""

    lines: tuple[Link, ...]
    sign: Sign | None = None
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to compare."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One organisation; `without_href` is this comparison without it."""

    name: str
    href: str
    without_href: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything `pages/compare.html` shows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notices: tuple[Notice, ...]
    empty: Empty
    crumbs: tuple[Link, ...]


def present_compare(cards: Sequence[OrganisationCard], asked: int, *, region: Standing) -> ComparePage:
    """`cards`: the organisations found, at most four; `asked`: how many were asked for."""
    return ComparePage(
        columns=tuple(_column(card, cards) for card in cards),
        rows=tuple(_rows(cards, region)),
        notices=_notices(cards, asked),
        empty=Empty(
            gettext("Je koos nog niets om te vergelijken."),
            gettext("Vink in de gids bij hoogstens vier organisaties “Vergelijk” aan."),
            (Link(gettext("Naar de gids"), reverse("guide")), Link(gettext("Mijn lijst"), reverse("my_list"))),
        ),
        crumbs=crumbs((gettext("Gids"), reverse("guide")), page=gettext("Vergelijken")),
    )


def _notices(cards: Sequence[OrganisationCard], asked: int) -> tuple[Notice, ...]:
    if asked > MOST:
        text = gettext("Je koos er %(count)s. We tonen de eerste vier: meer past niet naast elkaar.") % {"count": asked}
        return (Notice("attention", "", text),)
    if asked > len(cards):
        return (Notice("attention", "", gettext("Niet alles wat je koos, staat nog in het register.")),)
    return ()


def _column(card: OrganisationCard, cards: Sequence[OrganisationCard]) -> Column:
    rest = [("o", other.slug) for other in cards if other.slug != card.slug]
    without = reverse("compare") + (f"?{urlencode(rest)}" if rest else "")
    return Column(card.name, reverse("organisation", kwargs={"slug": card.slug}), without)


def _rows(cards: Sequence[OrganisationCard], region: Standing) -> list[Row]:
    unknown = Cell((Link(gettext("niet bekend")),))

    def texts(lines: Sequence[str], lang: str = "") -> Cell:
        return Cell(tuple(Link(line) for line in lines), None, lang) if lines else unknown

    def area(card: OrganisationCard) -> Cell:
        names = sorted(region.place_name(code) for code in card.served.nis_codes)
        return Cell((Link(words.joined(names)),) if names else (), area_sign(card.served.knowledge))

    return [
        Row(gettext("Soort"), tuple(texts([words.word(words.KINDS, kind) for kind in card.kinds]) for card in cards)),
        Row(gettext("Diensten"), tuple(texts([words.service_label(code) for code in card.services]) for card in cards)),
        Row(
            gettext("Voor wie"),
            tuple(texts([words.word(words.CUSTOMERS, code) for code in card.customers]) for card in cards),
        ),
        Row(gettext("Waar ze werken"), tuple(area(card) for card in cards)),
        Row(gettext("Gevestigd in"), tuple(texts([region.place_name(code) for code in card.seats]) for card in cards)),
        Row(gettext("Telefoon"), tuple(texts([card.phone] if card.phone else []) for card in cards)),
        Row(
            gettext("E-mail"),
            tuple(Cell((Link(card.email, f"mailto:{card.email}"),)) if card.email else unknown for card in cards),
        ),
        Row(
            gettext("Website"),
            tuple(
                Cell((Link(host(card.website), card.website),)) if web_address(card.website) else unknown
                for card in cards
            ),
        ),
        Row(gettext("Toestand"), tuple(texts([words.word(words.STATUSES, card.status)]) for card in cards)),
        Row(gettext("Jongste bron"), tuple(texts([_newest(card)]) for card in cards)),
        Row(
            gettext("Omschrijving"),
            tuple(texts([shortened(card.description)] if card.description else [], "nl") for card in cards),
        ),
    ]


def _newest(card: OrganisationCard) -> str:
    text = date_words(card.newest_on)
    return text if card.verified else f"{text} · {gettext('nog na te kijken')}"
