"""The gallery of components: each with its states, filled with invented examples."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from schakel.core import taxonomy
from schakel.core.model import LifeStatus, Point
from schakel.figures import HexCell, HexMap, State, draw_hexmap, make_scale
from schakel.pages.presenters.blocks import Empty, Link, Notice, Sign
from schakel.pages.presenters.employment import Bar, Chart
from schakel.pages.presenters.facts import FactRow, Value
from schakel.pages.presenters.gallery_profile import ProfileSpecimens, present_specimens
from schakel.pages.presenters.guide import Facet, FacetChoice
from schakel.pages.presenters.hits import HitCard, ServiceTag
from schakel.pages.presenters.home import FigureCard, Tile, theme_tiles
from schakel.pages.presenters.items import Item
from schakel.pages.presenters.map import MapBlock
from schakel.pages.presenters.notes import Note
from schakel.pages.presenters.organisation import OfferLine
from schakel.pages.presenters.paging import PageLink, page_links
from schakel.pages.presenters.printing import PrintOffer, print_offer
from schakel.pages.presenters.report import ReportForm, report_form
from schakel.wording import words
from schakel.wording.dates import organisations_words
from schakel.wording.personal import WITH_ACCOUNT, Kept

COLOURS = ("paper", "ink", "main", "accent", "line", "sheet", "muted", "edge", "soft", "warm")


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """One example of every component in every state."""

    colours: tuple[str, ...]
    signs: tuple[Sign, ...]
    statuses: tuple[Sign, ...]
    notices: tuple[Notice, ...]
    empty: Empty
    prints: tuple[PrintOffer, ...]
    crumbs: tuple[Link, ...]
    chips: tuple[Link, ...]
    pages: tuple[PageLink, ...]
    tiles: tuple[Tile, ...]
    figures: tuple[FigureCard, ...]
    facets: tuple[Facet, ...]
    hits: tuple[HitCard, ...]
    facts: tuple[FactRow, ...]
    notes: tuple[Note, ...]
    items: tuple[Item, ...]
    offers: tuple[OfferLine, ...]
    chart: Chart
    hexmaps: tuple[HexMap, ...]
    map: MapBlock
    kept: tuple[Kept, ...]
    report: ReportForm
    report_wrong: ReportForm
    profile: ProfileSpecimens


def present_gallery() -> GalleryPage:
    """The gallery page."""
    good, doubtful, old = _notes()
    return GalleryPage(
        colours=COLOURS,
        signs=tuple(Sign(state.value, words.word(words.STATES, state)) for state in State),
        statuses=tuple(
            Sign(status.value, words.word(words.STATUSES, status)) for status in LifeStatus if status != LifeStatus.LIVE
        ),
        notices=_notices(),
        empty=Empty(
            gettext("We vonden niemand die dit doet."),
            gettext("Een leeg resultaat zegt wat je nu kan doen."),
            (Link(gettext("Zoek zonder filters"), "#empty"),),
        ),
        prints=(print_offer("guide_pdf", 33), print_offer("guide_pdf", 100_000)),
        crumbs=(Link("Schakel", "#crumbs"), Link(gettext("Gids"), "#crumbs"), Link("Voorbeeld Strijkerij")),
        chips=(Link(gettext("Bedrijven"), "#chips"), Link("Ronse", "#chips")),
        pages=page_links(6, 40, lambda page: f"#pages-{page}"),
        tiles=theme_tiles({theme.code: number for number, theme in enumerate(taxonomy.themes())}),
        figures=(
            FigureCard("1.234", gettext("organisaties bestaan vandaag"), "", gettext("Bron: voorbeeld"), "#figure"),
            FigureCard("?", gettext("voltijdse banen: niet bekend"), "", gettext("Bron: voorbeeld"), ""),
        ),
        facets=_facets(),
        hits=_hits(),
        facts=_facts(),
        notes=(good, doubtful, old),
        items=(
            Item("Voorbeeld van een taak", "", "", "Ronse · 2018", gettext("Geschiedenis"), old),
            Item("Voorbeeld van een initiatief", "#items", "Verzonnen samenvatting.", "Brakel · 2025", "", good),
        ),
        offers=tuple(_offer(status, area) for status, area in _offer_states()),
        chart=_chart(),
        hexmaps=_hexmaps(),
        map=_map(),
        kept=WITH_ACCOUNT[:2],
        report=report_form("voorbeeld"),
        report_wrong=report_form("voorbeeld", fault=gettext("Schrijf in een paar woorden wat er niet klopt.")),
        profile=present_specimens(),
    )


def _notices() -> tuple[Notice, ...]:
    return (
        Notice(
            "info",
            gettext("Goed om te weten"),
            gettext("Een gewone mededeling."),
            (Link(gettext("Lees meer"), "#notice"),),
        ),
        Notice("attention", "", gettext("Iets wat aandacht vraagt.")),
        Notice("wrong", gettext("Geen verbinding"), gettext("Iets wat misging.")),
        Notice("done", gettext("Bedankt, je melding is binnen."), ""),
    )


def _notes() -> tuple[Note, Note, Note]:
    return (
        Note(
            1,
            gettext("Voorbeeldbron (publicatie)"),
            "https://voorbeeld.example/bron",
            "voorbeeld.example",
            "15 september 2026",
            "",
            True,
            "",
            "#notes",
        ),
        Note(
            2,
            gettext("Voorbeeldbron (publicatie)"),
            "",
            "",
            "2026",
            "",
            False,
            "Overgenomen uit een verzonnen lijst.",
            "",
        ),
        Note(3, gettext("Voorbeeldbron (officieel register)"), "", "", "2019", gettext("6 jaar oud"), True, "", ""),
    )


def _facts() -> tuple[FactRow, ...]:
    good, doubtful, old = _notes()
    return (
        FactRow(gettext("Telefoon"), (Value("+32 55 00 00 01", "#facts"),), good, ""),
        FactRow(
            gettext("Soort"), (Value(gettext("Maatwerkbedrijf")), Value(gettext("Kringloopcentrum"))), doubtful, ""
        ),
        FactRow(gettext("Website"), (), None, gettext("niet bekend")),
        FactRow(gettext("Officiële naam"), (Value("Voorbeeld vzw"),), old, ""),
    )


def _facets() -> tuple[Facet, ...]:
    values = (
        FacetChoice("a", gettext("Inwoners"), "12", True),
        FacetChoice("b", gettext("Bedrijven"), "7", False),
    )
    return (
        Facet("voorbeeld-open", gettext("Voor wie"), True, 1, values),
        Facet("voorbeeld-dicht", gettext("Soort organisatie"), False, 0, ()),
    )


def _hits() -> tuple[HitCard, ...]:
    tags = (
        ServiceTag("household", words.service_label("laundry_ironing")),
        ServiceTag("reuse", words.service_label("second_hand_shop")),
    )
    return (
        HitCard(
            "voorbeeld",
            "Voorbeeld Strijkerij",
            "#hit",
            words.word(words.KINDS, "lokale_diensteneconomie"),
            "Ronse",
            "3,2 km",
            None,
            "Verzonnen was- en strijkdienst in Ronse.",
            ("“strijk” staat in het aanbod", "werkt in Ronse"),
            tags,
            gettext("en nog 2 diensten"),
            gettext("Werkt in Ronse"),
            False,
            gettext("lang niet bevestigd"),
        ),
        HitCard(
            "voorbeeld-2",
            "Voorbeeld Naaiatelier",
            "#hit",
            words.word(words.KINDS, "social_enterprise"),
            "",
            "",
            Sign("uncertain", words.word(words.STATUSES, LifeStatus.UNCERTAIN)),
            "",
            (),
            tags[:1],
            "",
            gettext("Werkgebied niet bekend"),
            True,
        ),
    )


def _offer_states() -> tuple[tuple[Sign | None, Sign], ...]:
    return (
        (None, Sign("served", gettext("Werkgebied volgens de bron"))),
        (
            Sign("uncertain", words.word(words.STATUSES, LifeStatus.UNCERTAIN)),
            Sign("assumed", gettext("Werkgebied is een aanname")),
        ),
        (
            Sign("closed", words.word(words.STATUSES, LifeStatus.CLOSED)),
            Sign("unknown", gettext("Werkgebied niet bekend")),
        ),
    )


def _offer(status: Sign | None, area: Sign) -> OfferLine:
    return OfferLine(
        icon="household",
        label=words.service_label("laundry_ironing"),
        href="#offer",
        words="strijkdienst",
        status=status,
        status_note="Verzonnen reden." if status else "",
        customers=words.words(words.CUSTOMERS, ("citizen", "company")).lower(),
        delivered=words.delivered_words("laundry_ironing"),
        area=area,
        area_words="" if area.code == "unknown" else "Kluisbergen en Ronse",
        area_note=None,
        place="",
        capacity="",
        note=_notes()[0],
    )


def _chart() -> Chart:
    bars = (
        Bar(56, 4, 300, 20, "whole", "186,8", 364, 19, "2025"),
        Bar(56, 34, 296, 20, "whole", "184,5", 360, 49, "2024"),
    )
    return Chart("Voorbeeld. 2024: 184,5, 2025: 186,8", 476, 60, bars)


def _map() -> MapBlock:
    """As it is before it is drawn: a gallery needs no script."""
    return MapBlock(
        ident="voorbeeld-kaart",
        words="{}",
        points_href="",
        ground_href="",
        ground_words="Lijnen: verzonnen. Bron: Voorbeeldbron.",
        count_words="De kaart toont 3 van de 4 organisaties, op 5 plaatsen.",
        here="",
        counted=False,
        approximate=True,
        exact=True,
        script="",
        style="",
    )


def _hexmaps() -> tuple[HexMap, ...]:
    """Every state on one map, every step of the scale on another."""
    spots = [Point(50.9 - row / 14, 3.6 + (column + row / 2) / 8) for row in range(2) for column in range(4)]
    states = [
        HexCell(state, "Voorbeeld", spot, words.word(words.STATES, state), state=state, href="#hexmap")
        for state, spot in zip(State, spots, strict=True)
    ]
    scale = make_scale((1, 3, 6, 10, 15))
    figures = [
        HexCell(name, name, spot, organisations_words(count), count, str(count), href="#hexmap", here=name == "Brakel")
        for name, count, spot in zip(
            ("Ronse", "Brakel", "Sint-Lievens-Houtem", "Wortegem-Petegem", "Aalst"),
            (1, 3, 6, 10, 15),
            spots,
            strict=False,
        )
    ]
    here = gettext("deze gemeente")
    return (
        draw_hexmap(states, ident="toestanden", title=gettext("Voorbeeld: elke toestand")),
        draw_hexmap(figures, ident="schaal", title=gettext("Voorbeeld: elke stap"), scale=scale, here_words=here),
        draw_hexmap(
            figures[:2], ident="te-weinig", title=gettext("Voorbeeld: te weinig plaatsen voor een kaart"), scale=scale
        ),
    )
