"""Blind spots on paper: the grid, and one page that makes the case for a municipality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext, override

from schakel.analyses.read import BlindSpots, neighbours_with
from schakel.analyses.stored import GridCell
from schakel.core import taxonomy
from schakel.core.access.blindspots import REACHED, State
from schakel.core.errors import NotEnoughData
from schakel.core.model import Customer, Json, Municipality
from schakel.documents.templates import template
from schakel.figures import HexCell, draw_hexmap, icon_svg
from schakel.figures import State as MapState
from schakel.register import read
from schakel.typesetting import set_pdf
from schakel.wording import blindspots as said
from schakel.wording import words
from schakel.wording.dates import date_words, number_words

COLOURS: Mapping[str, str] = {
    "absent": "#8c2d04",
    "thin": "#c96a00",
    "unknown": "#6a51a3",
    "suspected": "#8c2d04",
    "no_data": "#6b6f6e",
    "served": "#1b7837",
}
MOST_MISSING = 6
MOST_ASKED = 6


def build_blind_spots(
    grid: BlindSpots,
    *,
    services: Sequence[str],
    places: Sequence[Municipality],
    customer: str,
    language: str,
    on: date,
) -> bytes:
    """The grid as a tagged PDF on A3, lying down. `customer`: "" or whose offers alone count."""
    with override(language):
        data: dict[str, Json] = {
            **_frame(grid, on, language),
            "title": gettext("Blinde vlekken"),
            "places": [place.name for place in places],
            "themes": _themes(grid, services, places, customer),
            "remote": [
                _named(grid.services[code, None], words.service_label(code), customer)
                for code in services
                if (code, None) in grid.services
            ],
            "legend": [{"code": code, "words": words.word(said.STATES, code)} for code in COLOURS],
            "customer": words.word(words.CUSTOMERS, customer) if customer else "",
            "say": {
                "service": gettext("Dienst"),
                "remote": gettext("Eén antwoord voor de hele regio"),
                "only": gettext("Alleen aanbod voor"),
                "note": gettext("Geen gegevens is geen bewijs dat er niemand is. De uitleg staat op de website."),
            },
        }
    return set_pdf(template("blind_spots.typ"), data, on=on)


def build_case(place: Municipality, grid: BlindSpots, *, service: str, language: str, on: date, base_url: str) -> bytes:
    """One page for a council: what is missing in this municipality, or the case of one service ("": the municipality).

    Every figure carries its date and the run. Raises NotEnoughData when the grid does not know the municipality.
    """
    cells = [cell for (_, nis_code), cell in grid.services.items() if nis_code == place.nis_code]
    if not cells:
        raise NotEnoughData("Deze gemeente staat nog niet in de analyse. Wacht een minuut en probeer opnieuw.")
    with override(language):
        data = {
            **_frame(grid, on, language),
            "site": base_url.removeprefix("https://").removeprefix("http://"),
            "place": place.name,
            **about_place(place),
            **(_one(grid.services[service, place.nis_code], place, grid) if service else _whole(cells, place, grid)),
        }
    return set_pdf(template("case.typ"), data, on=on)


def region_frame(on: date, language: str) -> dict[str, Json]:
    """What every page of `case.typ` and `blind_spots.typ` says around its content."""
    region = read.region()
    return {
        "language": language,
        "day": [on.year, on.month, on.day],
        "date": date_words(on.isoformat()),
        "region": words.in_language(region.name) if region else "",
        "synthetic": bool(region and region.synthetic),
        "invented": gettext("Verzonnen gegevens"),
        "signs": {code: icon_svg(code, colour) for code, colour in COLOURS.items()},
    }


def _frame(grid: BlindSpots, on: date, language: str) -> dict[str, Json]:
    run = {"number": grid.run.id, "day": date_words(grid.run.day.isoformat())}
    return {**region_frame(on, language), "run": gettext("Analyse %(number)s van %(day)s") % run}


def _themes(grid: BlindSpots, services: Sequence[str], places: Sequence[Municipality], customer: str) -> list[Json]:
    found: list[Json] = []
    for theme in taxonomy.themes():
        codes = [code for code in services if words.theme_of(code) == theme.code and (code, None) not in grid.services]
        rows: list[Json] = [
            {
                "label": words.service_label(code),
                "cells": [_code(grid.services[code, place.nis_code], customer) for place in places],
            }
            for code in codes
        ]
        if rows:
            found.append({"label": words.theme_label(theme.code), "rows": rows})
    return found


def _state(cell: GridCell, customer: str) -> State:
    return cell.by_customer[Customer(customer)] if customer else cell.state


def _code(cell: GridCell, customer: str) -> str:
    state = _state(cell, customer)
    return said.state_code(state, cell.suspected and state is State.NO_DATA)


def _named(cell: GridCell, label: str, customer: str) -> Json:
    code = _code(cell, customer)
    return {"label": label, "code": code, "words": words.word(said.STATES, code)}


def about_place(place: Municipality) -> dict[str, Json]:
    """How many people live in a municipality, in words."""
    people = gettext("aantal inwoners niet bekend")
    if place.population:
        year, count = max(place.population.items())
        people = gettext("%(people)s inwoners (%(year)s)") % {"people": number_words(count), "year": year}
    return {"people": people}


def _whole(cells: Sequence[GridCell], place: Municipality, grid: BlindSpots) -> dict[str, Json]:
    """The case of a municipality: what was searched and not found, what to ask first, and what there is."""
    thin = [cell for (_, code), cell in grid.themes.items() if code == place.nis_code and cell.state is State.THIN]
    missing = [*thin, *(cell for cell in cells if cell.state in (State.ABSENT, State.THIN, State.UNKNOWN))]
    asked = sorted(
        (cell for cell in cells if cell.state is State.NO_DATA),
        key=lambda cell: cell.peers.rank if cell.peers and cell.peers.rank else 10**6,
    )
    reached = [cell for cell in cells if cell.state in REACHED]
    around = {cell.code: _neighbours(cell.code, place, grid) for cell in (*missing, *asked)}
    return {
        "map": None,
        "title": gettext("Wat ontbreekt in %(place)s?") % {"place": place.name},
        "lead": gettext(
            "Van %(all)s diensten van de sociale economie kennen we er %(reached)s die hier komen of dichtbij zijn. "
            "%(absent)s keer is er gezocht en niets gevonden. Van %(unknown)s diensten weten we het niet."
        )
        % {
            "all": len(cells),
            "reached": len(reached),
            "absent": sum(cell.state is State.ABSENT for cell in cells),
            "unknown": len(asked),
        },
        "parts": [
            _part(
                gettext("Hier is een probleem bekend"),
                missing[:MOST_MISSING],
                around,
                gettext("Nog niets: zie hieronder."),
            ),
            _part(
                gettext("Dit vragen we het best eerst na"),
                asked[:MOST_ASKED],
                around,
                gettext("Er zijn geen open vragen."),
            ),
        ],
        "there": _there(reached),
        "there_title": gettext("Dit is er wel"),
        "doubts": [],
        "doubts_title": "",
        "next": _next(),
        "next_title": gettext("Wat nu?"),
    }


def _one(cell: GridCell, place: Municipality, grid: BlindSpots) -> dict[str, Json]:
    """The case of one service in a municipality."""
    label = words.service_label(cell.code)
    around = {cell.code: _neighbours(cell.code, place, grid)}
    return {
        "map": _map(cell.code, place, grid),
        "title": gettext("%(service)s in %(place)s") % {"service": label, "place": place.name},
        "lead": _answer(cell),
        "parts": [_part(gettext("Waar dit op rust"), [cell], around, "")],
        "there": [f"{reach.name}: {said.reach_words(reach)}" for reach in cell.reached_by[:4]],
        "there_title": gettext("Wie hier komt of dichtbij is"),
        "doubts": [words.word(said.DOUBTS, doubt) for doubt in cell.doubts],
        "doubts_title": gettext("Waarom we niet zekerder zijn"),
        "next": _next(),
        "next_title": gettext("Wat nu?"),
    }


def _answer(cell: GridCell) -> str:
    return gettext("Ons antwoord: %(state)s. Hoe zeker: %(certainty)s.") % {
        "state": said.state_words(cell.state, cell.suspected),
        "certainty": words.word(said.CERTAINTIES, cell.certainty),
    }


def _part(title: str, cells: Sequence[GridCell], around: Mapping[str, str], nothing: str) -> Json:
    return {"title": title, "lines": [_line(cell, around[cell.code]) for cell in cells], "nothing": nothing}


def _neighbours(code: str, place: Municipality, grid: BlindSpots) -> str:
    names = {one.nis_code: one.name for one in read.list_municipalities()}
    return said.neighbours_words(
        [names[nis_code] for nis_code in neighbours_with(grid, place, code) if nis_code in names]
    )


def _map(code: str, place: Municipality, grid: BlindSpots) -> Json:
    """The hexagon map of the service with this municipality stressed; nothing when too few places are known."""
    cells = [
        HexCell(
            key=one.nis_code,
            name=one.name,
            point=one.point,
            words=said.state_words(cell.state, cell.suspected),
            state=MapState(said.state_code(cell.state, cell.suspected)),
            here=one.nis_code == place.nis_code,
        )
        for one in read.list_municipalities()
        if (cell := grid.services.get((code, one.nis_code))) is not None
    ]
    spoken = {MapState(str(name)): words.word(said.STATES, str(name)) for name in said.STATES}
    drawn = draw_hexmap(
        cells, ident="kaart", title=words.service_label(code), state_words=spoken, here_words=place.name
    )
    if not drawn.svg:
        return None
    legend: list[Json] = [{"svg": str(line.svg), "words": line.words} for line in drawn.legend]
    return {"svg": str(drawn.svg), "alt": "; ".join(f"{row.name}: {row.words}" for row in drawn.rows), "legend": legend}


def _line(cell: GridCell, around: str) -> Json:
    facts = [said.searched_words(cell.searched)] if cell.searched else []
    if cell.peers is not None:
        facts.append(said.peers_words(cell.peers) + ".")
    if around and cell.state not in REACHED:
        facts.append(around)
    if cell.nearest:
        one = cell.nearest[0]
        facts.append(
            gettext("Het dichtst: %(name)s, %(distance)s.") % {"name": one.name, "distance": said.nearest_words(one)}
        )
    if cell.rate is not None and cell.state is State.THIN:
        facts.append(said.rate_words(cell.rate))
    code = said.state_code(cell.state, cell.suspected)
    themes = {theme.code for theme in taxonomy.themes()}
    return {
        "label": words.theme_label(cell.code) if cell.code in themes else words.service_label(cell.code),
        "code": code,
        "words": words.word(said.STATES, code),
        "facts": list[Json](facts),
    }


def _there(cells: Sequence[GridCell]) -> list[Json]:
    return [
        f"{words.service_label(cell.code)}: "
        + words.joined(list(dict.fromkeys(reach.name for reach in cell.reached_by))[:3])
        + f" ({words.word(said.CERTAINTIES, cell.certainty)})"
        for cell in cells
    ]


def _next() -> list[Json]:
    return [
        gettext("Weet je dat iemand dit wel doet? Meld het: dan staat het de volgende dag in de gids."),
        gettext("Heb je gezocht en niemand gevonden? Laat dat noteren: wie, hoe en wanneer. Pas dan weten we het."),
        gettext("Wil je dat het er komt? Praat met de dichtste organisatie en met je cluster over een actie."),
    ]
