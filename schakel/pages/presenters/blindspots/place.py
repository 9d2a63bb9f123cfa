"""What is missing in one municipality, what we do not know, and who has it nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.analyses.read import BlindSpots
from schakel.analyses.stored import GridCell
from schakel.core import taxonomy
from schakel.core.access.blindspots import REACHED, State
from schakel.core.model import Municipality
from schakel.pages.presenters.blindspots.grid import cell_href, run_link, sign_of
from schakel.pages.presenters.blindspots.service import why
from schakel.pages.presenters.blocks import Link, Sign, crumbs, organisation_href
from schakel.wording import blindspots as said
from schakel.wording import words
from schakel.wording.dates import number_words


@dataclass(frozen=True, slots=True)
class Line:
    """One service: the answer, why, and who has it nearest."""

    label: str
    href: str
    icon: str
    sign: Sign
    certainty: str
    why: str
    nearest: Link | None
    distance: str


@dataclass(frozen=True, slots=True)
class Group:
    """Services with the same answer."""

    ident: str
    title: str
    lead: str
    lines: tuple[Line, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Everything `pages/blind_spots_place.html` shows."""

    name: str
    title: str
    lead: str
    href: str
    groups: tuple[Group, ...]
    case_href: str
    questions_href: str
    run: Link
    crumbs: tuple[Link, ...]


def cells_of(grid: BlindSpots, nis_code: str) -> list[GridCell]:
    """The cells of one municipality, in the order of the taxonomy."""
    return [cell for (_, place), cell in grid.services.items() if place == nis_code]


def present_place(place: Municipality, grid: BlindSpots) -> PlacePage:
    """The page of one municipality."""
    cells = cells_of(grid, place.nis_code)
    reached = sum(cell.state in REACHED for cell in cells)
    return PlacePage(
        name=place.name,
        title=gettext("Wat ontbreekt in %(place)s?") % {"place": place.name},
        lead=gettext(
            "Van %(all)s diensten kennen we er %(reached)s die hier komen of dichtbij zijn. "
            "Van %(unknown)s weten we het niet: dat is geen bewijs dat ze er niet zijn."
        )
        % {
            "all": len(cells),
            "reached": reached,
            "unknown": sum(cell.state is State.NO_DATA for cell in cells),
        },
        href=reverse("municipality", kwargs={"slug": place.slug}),
        groups=tuple(group for group in _groups(cells, place, grid) if group.lines),
        case_href=reverse("blind_spot_case", kwargs={"slug": place.slug}),
        questions_href=f"{reverse('blind_spot_questions')}?municipality={place.nis_code}",
        run=run_link(grid),
        crumbs=crumbs(
            (gettext("Blinde vlekken"), reverse("blind_spots")),
            page=place.name,
        ),
    )


def by_priority(cells: Sequence[GridCell]) -> list[GridCell]:
    """Suspected cells first, by what asking teaches most."""
    return sorted(cells, key=lambda cell: cell.peers.rank if cell.peers and cell.peers.rank else 10**6)


def _thin_themes(grid: BlindSpots, place: Municipality) -> tuple[Line, ...]:
    """Themes of which there is too little here: with few offers of each service only a theme can show it."""
    cells = [cell for (_, nis_code), cell in grid.themes.items() if nis_code == place.nis_code]
    return tuple(
        Line(
            label=words.theme_label(cell.code),
            href=f"{reverse('blind_spots')}?theme={cell.code}#rooster",
            icon=cell.code,
            sign=sign_of(cell),
            certainty=words.word(said.CERTAINTIES, cell.certainty),
            why=said.rate_words(cell.rate),
            nearest=None,
            distance="",
        )
        for cell in cells
        if cell.state is State.THIN and cell.rate is not None
    )


def _groups(cells: Sequence[GridCell], place: Municipality, grid: BlindSpots) -> list[Group]:
    def lines(state: State) -> tuple[Line, ...]:
        return tuple(_line(cell, place) for cell in by_priority([one for one in cells if one.state is state]))

    unknown = lines(State.NO_DATA)
    return [
        Group(
            "ontbreekt",
            gettext("Gezocht en niet gevonden"),
            gettext("Iemand zocht hiernaar en vond niets. Wie, hoe en wanneer staat erbij."),
            lines(State.ABSENT),
            folded=False,
        ),
        Group(
            "te-weinig",
            gettext("Er is te weinig"),
            gettext("Er is aanbod, maar per inwoner bijna zeker minder dan de helft van de regio."),
            _thin_themes(grid, place) + lines(State.THIN),
            folded=False,
        ),
        Group(
            "niet-gekend",
            gettext("Er is aanbod, maar het is niet gekend"),
            gettext("Kopers kennen het niet, of niemand zoekt ernaar."),
            lines(State.UNKNOWN),
            folded=False,
        ),
        Group(
            "weten-we-niet",
            ngettext(
                "%(count)s dienst waarvan we het niet weten",
                "%(count)s diensten waarvan we het niet weten",
                len(unknown),
            )
            % {"count": number_words(len(unknown))},
            gettext(
                "Bovenaan staat waar een telefoontje het meest leert: veel inwoners, "
                "en vergelijkbare gemeenten hebben het wel."
            ),
            unknown,
            folded=False,
        ),
        Group(
            "aanbod",
            gettext("Dit is er wel"),
            gettext("Wie het doet, en hoe zeker we daarvan zijn."),
            lines(State.SERVED),
            folded=True,
        ),
    ]


def _line(cell: GridCell, place: Municipality) -> Line:
    nearest = cell.nearest[0] if cell.nearest else None
    return Line(
        label=words.service_label(cell.code),
        href=cell_href(cell.code, place.slug),
        icon=taxonomy.service(cell.code).theme,
        sign=sign_of(cell),
        certainty=words.word(said.CERTAINTIES, cell.certainty),
        why=why(cell),
        nearest=Link(nearest.name, organisation_href()(nearest.organisation)) if nearest else None,
        distance=said.nearest_words(nearest) if nearest else "",
    )
