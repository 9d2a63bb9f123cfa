"""What a choice of sites brings beside today and the proposal: the figures at every tick, then each municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from schakel.analyses.read import BlindSpots
from schakel.analyses.siting.answer import Case
from schakel.analyses.siting.question import MOST_SITES, Goal
from schakel.core.siting import Effect
from schakel.figures import HexCell, HexMap, draw_hexmap, make_scale
from schakel.pages.presenters.blindspots.grid import cell_href
from schakel.pages.presenters.blocks import Notice
from schakel.pages.presenters.siting_words import about, minutes_words, share_words
from schakel.pages.standing import Standing
from schakel.pages.stops import walk_words
from schakel.wording.dates import number_words


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the comparison: today, the proposal or the own choice."""

    label: str
    places: str
    people: str
    share: str
    mean: str
    furthest: str
    gain: str


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality."""

    name: str
    href: str
    people: str
    today: str
    proposal: str
    own: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The comparison in two short lines and as a table. `notice`: why not every tick counts."""

    short: tuple[str, str]
    lines: tuple[Line, ...]
    notice: Notice | None


@dataclass(frozen=True, slots=True)
class PerPlace:
    """The comparison as a map and per municipality. `cells`: rows lead to the grid."""

    hexmap: HexMap
    rows: tuple[Row, ...]
    with_own: bool
    cells: bool


def present_figures(case: Case, shown: Sequence[int], own: Sequence[int], *, walks: Sequence[float] | None) -> Figures:
    """`shown`: the candidates that are proposed; `own`: those that the visitor ticked, of which the first ten count.

    `walks`: minutes on foot to a stop per site; None when no stops are loaded.
    """
    mine = own[:MOST_SITES]
    today, proposal = case.effect(()), case.effect(shown)
    chosen = case.effect(mine) if mine else None
    lines = [
        _line(gettext("Vandaag"), case, today, (), today, walks),
        _line(gettext("Ons voorstel"), case, proposal, shown, today, walks),
    ]
    if chosen is not None:
        lines.append(_line(gettext("Jouw keuze"), case, chosen, mine, today, walks))
    too_many = gettext("Je vinkte %(count)s plaatsen aan. We tellen er hoogstens %(most)s mee: de eerste in de lijst.")
    return Figures(
        short=_short(case, chosen, proposal, today),
        lines=tuple(lines),
        notice=Notice("attention", "", too_many % {"count": len(own), "most": MOST_SITES})
        if len(own) > len(mine)
        else None,
    )


def present_per_place(
    case: Case, shown: Sequence[int], own: Sequence[int], region: Standing, *, grid: BlindSpots | None
) -> PerPlace:
    """The same choices, per municipality."""
    mine = own[:MOST_SITES]
    today, proposal = case.effect(()), case.effect(shown)
    chosen = case.effect(mine) if mine else None
    return PerPlace(
        hexmap=_map(case, today, chosen or proposal, chosen is not None, region),
        rows=_rows(case, today, proposal, chosen, region, grid),
        with_own=chosen is not None,
        cells=grid is not None,
    )


def _short(case: Case, chosen: Effect | None, proposal: Effect, today: Effect) -> tuple[str, str]:
    """The figure of the goal for the own choice and for the proposal: two lines that stay in sight while ticking."""

    def told(effect: Effect) -> str:
        if case.question.goal is Goal.NEAR:
            return gettext("gemiddeld %(minutes)s onderweg") % {"minutes": minutes_words(effect.mean)}
        if case.question.goal is Goal.FAR:
            return gettext("hoogstens %(minutes)s onderweg") % {"minutes": minutes_words(effect.furthest)}
        return gettext("%(people)s mensen meer") % {"people": about(effect.people - today.people)}

    ours = gettext("Ons voorstel: %(figure)s") % {"figure": told(proposal)}
    if chosen is None:
        return gettext("Nog niets aangevinkt"), ours
    return gettext("Jouw keuze: %(figure)s") % {"figure": told(chosen)}, ours


def _line(
    label: str, case: Case, effect: Effect, sites: Sequence[int], today: Effect, walks: Sequence[float] | None
) -> Line:
    total = float(case.people.sum())
    gained = effect.people - today.people
    known = bool(sites or case.existing)  # without a known place nobody can say who is reached: that is no 0
    return Line(
        label=label,
        places=", ".join(with_stop(case.ground.candidates[site].name, site, walks) for site in sites)
        or gettext("niets erbij"),
        people=about(effect.people) if known else gettext("niet bekend"),
        share=share_words(effect.people, total if known else 0),
        mean=minutes_words(effect.mean),
        furthest=minutes_words(effect.furthest),
        gain=gettext("%(people)s meer") % {"people": about(gained)} if sites else "",
    )


def with_stop(name: str, site: int, walks: Sequence[float] | None) -> str:
    """A place with how far its stop is, as far as stops are loaded."""
    return name if walks is None else f"{name} ({walk_words(walks[site])})"


def _map(case: Case, today: Effect, effect: Effect, is_own: bool, region: Standing) -> HexMap:
    before, after = case.by_municipality(today), case.by_municipality(effect)
    gained = {code: max(0.0, reached - before[code][1]) for code, (_, reached) in after.items()}
    rounded = {code: float(round(people, -1)) for code, people in gained.items()}
    which = gettext("jouw keuze") if is_own else gettext("ons voorstel")
    cells = [
        HexCell(
            key=place.nis_code,
            name=place.name,
            point=place.point,
            words=gettext("%(people)s meer") % {"people": about(gained[place.nis_code])}
            if place.nis_code in gained
            else gettext("inwonertal niet bekend"),
            value=rounded.get(place.nis_code),
            text=about(gained[place.nis_code]) if place.nis_code in gained else "?",
        )
        for place in region.municipalities
    ]
    title = gettext("Mensen die er met %(which)s bij komen, per gemeente") % {"which": which}
    return draw_hexmap(cells, ident="kaart", title=title, scale=make_scale(rounded.values()))


def _rows(
    case: Case, today: Effect, proposal: Effect, mine: Effect | None, region: Standing, grid: BlindSpots | None
) -> tuple[Row, ...]:
    tables = [case.by_municipality(effect) for effect in (today, proposal, mine) if effect is not None]
    service, unknown = case.question.service, gettext("niet bekend")
    found = []
    for place in region.municipalities:
        known = [table.get(place.nis_code) for table in tables]
        shares = [unknown if one is None else share_words(one[1], one[0]) for one in known]
        shares[0] = shares[0] if case.existing else unknown
        found.append(
            Row(
                name=place.name,
                href=cell_href(service, place.slug)
                if grid is not None and (service, place.nis_code) in grid.services
                else reverse("municipality", kwargs={"slug": place.slug}),
                people=unknown if known[0] is None else number_words(round(known[0][0])),
                today=shares[0],
                proposal=shares[1],
                own=shares[2] if mine is not None else "",
            )
        )
    return tuple(found)
