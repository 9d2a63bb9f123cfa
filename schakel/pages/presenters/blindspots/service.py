"""One service in every municipality: the hexagon map and its table, and who offers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from schakel.analyses.read import BlindSpots
from schakel.analyses.stored import GridCell
from schakel.core import taxonomy
from schakel.core.access.blindspots import REACHED
from schakel.core.model import Delivered, Municipality
from schakel.figures import HexCell, HexMap, State, draw_hexmap
from schakel.pages.presenters.blindspots.cell import OfferLine, offer_lines
from schakel.pages.presenters.blindspots.chosen import places_of
from schakel.pages.presenters.blindspots.grid import cell_href, run_link, sign_of
from schakel.pages.presenters.blocks import Link, Sign, crumbs
from schakel.pages.standing import Standing
from schakel.wording import blindspots as said
from schakel.wording import words


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One municipality: the answer, and why in one line."""

    name: str
    href: str
    sign: Sign
    certainty: str
    why: str


@dataclass(frozen=True, slots=True)
class ServicePage:
    """Everything `pages/blind_spots_service.html` shows."""

    title: str
    icon: str
    lead: str
    hexmap: HexMap | None
    rows: tuple[PlaceLine, ...]
    remote: PlaceLine | None
    offers: tuple[OfferLine, ...]
    others: tuple[Link, ...]
    guide_href: str
    siting_href: str
    questions_href: str
    run: Link
    crumbs: tuple[Link, ...]


def present_service(code: str, grid: BlindSpots, region: Standing, others: Sequence[str]) -> ServicePage:
    """The page of one service; `others`: the services of its theme."""
    label = words.service_label(code)
    remote = grid.services.get((code, None))
    cells = [(place, grid.services[code, place.nis_code]) for place in places_of(grid, region) if remote is None]
    everybody = [reach for _, cell in cells for reach in (*cell.reached_by, *cell.partly)]
    if remote is not None:
        everybody = list(remote.reached_by)
    first = {reach.organisation: reach for reach in sorted(everybody, key=lambda one: -one.share)}
    return ServicePage(
        title=label,
        icon=words.theme_of(code),
        lead=words.delivered_words(code),
        hexmap=draw_service(code, cells, ident="kaart") if cells else None,
        rows=tuple(_line(cell, place.name, place.slug) for place, cell in cells),
        remote=None if remote is None else _line(remote, gettext("De hele regio"), "regio"),
        offers=offer_lines(sorted(first.values(), key=lambda one: one.name.casefold()), grid),
        others=tuple(
            Link(words.service_label(one), reverse("blind_spots_service", kwargs={"code": one}))
            for one in others
            if one != code
        ),
        guide_href=f"{reverse('guide')}?service={code}",
        siting_href=f"{reverse('siting')}?service={code}"
        if taxonomy.service(code).delivered is Delivered.VISIT
        else "",
        questions_href=f"{reverse('blind_spot_questions')}?service={code}",
        run=run_link(grid),
        crumbs=crumbs((gettext("Blinde vlekken"), reverse("blind_spots")), page=label),
    )


def draw_service(code: str, cells: Sequence[tuple[Municipality, GridCell]], *, ident: str) -> HexMap:
    """The hexagon map of one service."""
    drawn = [
        HexCell(
            key=place.nis_code,
            name=place.name,
            point=place.point,
            words=sign_of(cell).label,
            state=State(said.state_code(cell.state, cell.suspected)),
            href=cell_href(code, place.slug),
        )
        for place, cell in cells
    ]
    legend = {State(str(name)): words.word(said.STATES, str(name)) for name in said.STATES}
    return draw_hexmap(drawn, ident=ident, title=words.service_label(code), state_words=legend)


def why(cell: GridCell) -> str:
    """The one thing to know of a cell: who, or how often others do have it."""
    if cell.state in REACHED:
        return words.joined(list(dict.fromkeys(reach.name for reach in cell.reached_by))[:3])
    if cell.searched is not None and not cell.suspected:
        return said.searched_words(cell.searched)
    if cell.partly or cell.doubtful:
        return words.word(said.DOUBTS, cell.doubts[0])
    return said.peers_words(cell.peers) if cell.peers else ""


def _line(cell: GridCell, name: str, slug: str) -> PlaceLine:
    certainty = words.word(said.CERTAINTIES, cell.certainty)
    return PlaceLine(name, cell_href(cell.code, slug), sign_of(cell), certainty, why(cell))
