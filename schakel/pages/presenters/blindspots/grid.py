"""The whole grid on one page: services by municipality, a row of warmth per theme, and what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.analyses.read import BlindSpots, RunInfo
from schakel.analyses.stored import GridCell
from schakel.core import taxonomy
from schakel.core.access.blindspots import REACHED, Change, State
from schakel.core.model import Municipality
from schakel.pages.presenters.blindspots.chosen import Chosen, choices, chosen_places, chosen_services
from schakel.pages.presenters.blocks import Link, Sign, crumbs
from schakel.pages.presenters.guide import Option
from schakel.pages.standing import Standing
from schakel.wording import blindspots as said
from schakel.wording import words
from schakel.wording.dates import date_words, number_words

FIRST_TO_ASK = 60  # suspected cells with a higher rank than this are marked quietly
WARMTH = 4


@dataclass(frozen=True, slots=True)
class GridSpot:
    """One cell: the sign, whether it is certain enough to stand out, and what it says in words."""

    code: str
    quiet: bool
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """One service."""

    label: str
    href: str
    spots: tuple[GridSpot, ...]


@dataclass(frozen=True, slots=True)
class Warmth:
    """How many services of a theme reach a municipality, as far as known: `level` 0 to 4; `sign`: of a thin theme."""

    text: str
    level: int
    label: str
    sign: str


@dataclass(frozen=True, slots=True)
class GridTheme:
    """The services of one theme, with how warm each municipality is."""

    code: str
    label: str
    warmth: tuple[Warmth, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many cells have a state."""

    sign: Sign
    count: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What a service said before and says now, and where: of all municipalities where that is the same."""

    label: str
    before: Sign
    after: Sign
    places: tuple[Link, ...]  # without an address: no longer a cell


@dataclass(frozen=True, slots=True)
class GridPage:
    """Everything `pages/blind_spots.html` shows."""

    lead: str
    run: Link
    counts: tuple[Count, ...]
    places: tuple[Link, ...]
    themes: tuple[GridTheme, ...]
    remote: tuple[tuple[Link, Sign], ...]
    nothing: str
    filters: Mapping[str, tuple[Option, ...]]
    filtered: bool
    changes: tuple[ChangeLine, ...]
    changes_words: str
    files: tuple[Link, ...]
    crumbs: tuple[Link, ...]


def sign_of(cell: GridCell, chosen: Chosen | None = None) -> Sign:
    """The sign of a cell with its words."""
    state = cell.state if chosen is None else chosen.state_of(cell)
    suspected = cell.suspected if chosen is None else chosen.is_suspected(cell)
    return Sign(said.state_code(state, suspected), said.state_words(state, suspected))


def run_link(grid: BlindSpots) -> Link:
    """The run every figure comes from."""
    label = gettext("Analyse %(number)s van %(day)s") % {
        "number": grid.run.id,
        "day": date_words(grid.run.day.isoformat()),
    }
    return Link(label, reverse("blind_spot_method") + "#analyse")


def present_grid(
    grid: BlindSpots,
    chosen: Chosen,
    changes: Sequence[Change],
    *,
    earlier: RunInfo | None,
    region: Standing,
    today: date,
) -> GridPage:
    """The page; `changes`: since `earlier`, the run that was asked for; since the one before when none was."""
    places = chosen_places(grid, region, chosen, today)
    codes = chosen_services(grid, chosen)
    on_map = [code for code in codes if (code, None) not in grid.services]
    cells = [grid.services[code, place.nis_code] for code in on_map for place in places]
    return GridPage(
        lead=gettext(
            "Waar ontbreekt de sociale economie, waar is er te weinig, en wat weten we gewoon niet? "
            "Elk vakje is één dienst in één gemeente. Klik erop voor het bewijs."
        ),
        run=run_link(grid),
        counts=_counts(cells, chosen),
        places=tuple(Link(place.name, reverse("blind_spots_place", kwargs={"slug": place.slug})) for place in places),
        themes=_themes(grid, on_map, places, chosen),
        remote=tuple(
            (Link(words.service_label(code), cell_href(code, "regio")), sign_of(grid.services[code, None], chosen))
            for code in codes
            if (code, None) in grid.services
        ),
        nothing="" if codes and places else gettext("Niets past bij deze keuze. Kies ruimer."),
        filters=choices(region, chosen),
        filtered=bool(chosen.query()),
        changes=_changes(changes, region),
        changes_words=_changes_words(len(changes), earlier),
        files=files(chosen.query()),
        crumbs=crumbs(page=gettext("Blinde vlekken")),
    )


def cell_href(code: str, place: str) -> str:
    """The address of one cell; `place` is a slug, or "regio" for the region as a whole."""
    return f"{_before_cell()}{code}/{place}"


def _before_cell() -> str:
    return reverse("blind_spots_service", kwargs={"code": "x"}).removesuffix("x")


def files(query: str) -> tuple[Link, ...]:
    """The same as files to keep."""
    return tuple(
        Link(label, reverse("blind_spots_file", kwargs={"extension": extension}) + query)
        for extension, label in (("csv", "CSV"), ("xlsx", "XLSX"), ("geojson", "GeoJSON"), ("pdf", "PDF"))
    )


def _counts(cells: Sequence[GridCell], chosen: Chosen) -> tuple[Count, ...]:
    found = Counter(said.state_code(chosen.state_of(cell), chosen.is_suspected(cell)) for cell in cells)
    order = ("absent", "thin", "unknown", "suspected", "no_data", "served")
    return tuple(Count(Sign(code, words.word(said.STATES, code)), number_words(found[code])) for code in order)


def _themes(
    grid: BlindSpots, codes: Sequence[str], places: Sequence[Municipality], chosen: Chosen
) -> tuple[GridTheme, ...]:
    start = _before_cell()
    found = []
    for theme in taxonomy.themes():
        own = [code for code in codes if words.theme_of(code) == theme.code]
        if not own or not places:
            continue
        label = words.theme_label(theme.code)
        rows = tuple(
            GridRow(
                words.service_label(code),
                start + code,
                tuple(_spot(grid.services[code, place.nis_code], place, chosen, start) for place in places),
            )
            for code in own
        )
        warmth = tuple(_warmth(grid, theme.code, own, place, chosen) for place in places)
        found.append(GridTheme(theme.code, label, warmth, rows))
    return tuple(found)


def _spot(cell: GridCell, place: Municipality, chosen: Chosen, start: str) -> GridSpot:
    sign = sign_of(cell, chosen)
    rank = cell.peers.rank if cell.peers else None
    quiet = sign.code == "suspected" and (rank is None or rank > FIRST_TO_ASK)
    label = f"{place.name}: {sign.label}"
    if sign.code in REACHED:
        label += f" ({words.word(said.CERTAINTIES, cell.certainty)})"
    return GridSpot(sign.code, quiet, label, f"{start}{cell.code}/{place.slug}")


def _warmth(grid: BlindSpots, theme: str, codes: Sequence[str], place: Municipality, chosen: Chosen) -> Warmth:
    reached = sum(chosen.state_of(grid.services[code, place.nis_code]) in REACHED for code in codes)
    label = gettext("%(place)s: %(count)s van %(all)s diensten bereikt") % {
        "place": place.name,
        "count": reached,
        "all": len(codes),
    }
    level = 0 if not reached else 1 + (WARMTH - 1) * reached // len(codes)
    whole = grid.themes.get((theme, place.nis_code))
    thin = whole is not None and chosen.state_of(whole) is State.THIN
    if whole is not None and whole.rate is not None and thin:
        label += f". {said.state_words(State.THIN)}: {said.rate_words(whole.rate)}"
    return Warmth(f"{reached}/{len(codes)}", level, label, State.THIN.value if thin else "")


def _changes(changes: Sequence[Change], region: Standing) -> tuple[ChangeLine, ...]:
    groups: dict[tuple[str, State | None, State | None], list[Link]] = {}
    for change in changes:
        place = region.by_nis.get(change.nis_code) if change.nis_code else None
        name = place.name if place else change.nis_code or gettext("de hele regio")
        href = cell_href(change.code, place.slug if place else "regio") if change.after else ""
        groups.setdefault((change.code, change.before, change.after), []).append(Link(name, href))
    return tuple(
        ChangeLine(words.service_label(code), _state_sign(before), _state_sign(after), tuple(places))
        for (code, before, after), places in groups.items()
    )


def _changes_words(count: int, earlier: RunInfo | None) -> str:
    told = {"count": number_words(count)}
    if earlier is None:
        return (
            ngettext(
                "%(count)s antwoord veranderde sinds de vorige analyse.",
                "%(count)s antwoorden veranderden sinds de vorige analyse.",
                count,
            )
            % told
        )
    told |= {"number": str(earlier.id), "day": date_words(earlier.day.isoformat())}
    return (
        ngettext(
            "%(count)s antwoord veranderde sinds analyse %(number)s van %(day)s.",
            "%(count)s antwoorden veranderden sinds analyse %(number)s van %(day)s.",
            count,
        )
        % told
    )


def _state_sign(state: State | None) -> Sign:
    return Sign("hidden", gettext("er was geen vakje")) if state is None else Sign(state.value, said.state_words(state))
