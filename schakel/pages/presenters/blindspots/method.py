"""How the blind spots are worked out, in plain words, with an example from the region itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from schakel.analyses.read import BlindSpots, RunInfo
from schakel.analyses.stored import GridCell
from schakel.analyses.thin_power import Powers
from schakel.core.access.blindspots import State
from schakel.pages.presenters.blindspots.cell import is_estimated
from schakel.pages.presenters.blindspots.chosen import goal_titles
from schakel.pages.presenters.blocks import Link, Sign, crumbs
from schakel.pages.standing import Standing
from schakel.wording import blindspots as said
from schakel.wording import words
from schakel.wording.dates import date_words, number_words


@dataclass(frozen=True, slots=True)
class StateLine:
    """One state: its sign and when it is given."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class PowerLine:
    """One row of the simulation."""

    offers: str
    found: str
    wrong: str
    covered: str


@dataclass(frozen=True, slots=True)
class RunLine:
    """One earlier run."""

    number: int
    day: str
    counts: str
    shown: bool


@dataclass(frozen=True, slots=True)
class MethodPage:
    """Everything `pages/blind_spot_method.html` shows."""

    states: tuple[StateLine, ...]
    doubts: tuple[str, ...]
    goals: tuple[StateLine, ...]
    estimated: bool
    example: tuple[str, ...]
    peers_example: str
    powers: tuple[PowerLine, ...]
    spread: str
    power_run: int | None
    facts: tuple[tuple[str, str], ...]
    runs: tuple[RunLine, ...]
    crumbs: tuple[Link, ...]


def present_method(grid: BlindSpots, power: Powers | None, runs: Sequence[RunInfo], region: Standing) -> MethodPage:
    """The page; every number in it is one of this run or of the simulation."""
    rules: Mapping[str, Any] = grid.run.parameters
    titles = goal_titles(region)
    return MethodPage(
        states=_states(rules),
        doubts=tuple(words.word(said.DOUBTS, code) for code in said.DOUBTS),
        goals=tuple(
            StateLine(Sign("info", title), text) for key, text in _goals().items() if (title := titles.get(key))
        ),
        estimated=is_estimated(grid),
        example=_example(grid, region),
        peers_example=_peers_example(grid, region),
        powers=() if power is None else tuple(map(_power, power.powers)),
        spread="" if power is None else number_words(power.spread),
        power_run=None if power is None else power.run,
        facts=_facts(grid.run),
        runs=tuple(_run(run, grid.run.id) for run in runs),
        crumbs=crumbs((gettext("Blinde vlekken"), reverse("blind_spots")), page=gettext("Hoe we dit bepalen")),
    )


def _states(rules: Mapping[str, Any]) -> tuple[StateLine, ...]:
    texts = {
        "suspected": gettext(
            "Er is geen aanbod bekend dat hier komt, en niemand noteerde dat er gezocht is. Dat bewijst niets. "
            "Vragen waarvan een antwoord het meest leert, komen eerst."
        ),
        "no_data": gettext(
            "Er is ooit iets gezegd, maar het is te oud of te onzeker: een aanbod van meer dan %(offer)s maanden "
            "geleden, of een zoektocht van meer dan %(search)s maanden geleden."
        )
        % {"offer": rules["offer_months"], "search": rules["search_months"]},
        "absent": gettext(
            "Iemand zocht in de laatste %(search)s maanden en vond niets. Een aanname over een werkgebied weegt "
            "daar niet tegen op; een bron die zegt dat iemand hier werkt wel."
        )
        % {"search": rules["search_months"]},
        "thin": gettext(
            "Er is aanbod, maar met een kans van %(chance)s%% of meer is dat per inwoner minder dan de helft van de "
            "regio. Per thema; voor één dienst pas vanaf %(offers)s aanbiedingen."
        )
        % {"chance": round(100 * rules["thin_probability"]), "offers": rules["offers_per_service"]},
        "unknown": gettext(
            "Er is aanbod, maar kopers zeiden dat ze het niet kenden, of niemand zocht ernaar terwijl we er minstens "
            "%(expected)s zoekopdrachten verwachtten."
        )
        % {"expected": number_words(rules["silent_expected"])},
        "served": gettext("Er is aanbod dat hier komt of dichtbij is."),
    }
    return tuple(StateLine(Sign(code, words.word(said.STATES, code)), text) for code, text in texts.items())


def _goals() -> Mapping[str, str]:
    return {
        "doorstroom": gettext("Opleiding en jobcoaching, arbeidszorg en werk op locatie bij bedrijven."),
        "local_government": gettext(
            "Diensten waarvan een aanbod bedoeld is voor lokale besturen, of die een gemeente al uitbesteedde."
        ),
        "awareness": gettext("Diensten die er zijn, maar waarvan niets toont dat iemand ze kent."),
    }


def _example(grid: BlindSpots, region: Standing) -> tuple[str, ...]:
    """The theme with most offers, in the municipality with the most people that it reaches."""
    rated = [cell for cell in grid.themes.values() if cell.rate is not None and cell.nis_code in region.by_nis]
    if not rated:
        return ()
    best = max(rated, key=lambda cell: (cell.rate.offers if cell.rate else 0, cell.rate.mean if cell.rate else 0.0))
    return (_example_words(best, region), *_thinnest_words(rated, best, region))


def _example_words(cell: GridCell, region: Standing) -> str:
    assert cell.rate is not None  # noqa: S101 (chosen because it has one)
    return gettext("%(theme)s in %(place)s: %(rate)s Het rust op %(offers)s aanbiedingen in de hele regio.") % {
        "theme": words.theme_label(cell.code),
        "place": region.place_name(cell.nis_code),
        "rate": said.rate_words(cell.rate),
        "offers": cell.rate.offers,
    }


def _thinnest_words(rated: Sequence[GridCell], best: GridCell, region: Standing) -> tuple[str, ...]:
    """The municipality nearest to being thin in the same theme."""
    same = [cell for cell in rated if cell.code == best.code and cell.state is not State.NO_DATA]
    if not same:
        return ()
    lowest = max(same, key=lambda cell: cell.rate.probability if cell.rate else 0.0)
    chance = round(100 * (lowest.rate.probability if lowest.rate else 0.0))
    text = gettext("Het dichtst bij “te weinig” in dit thema: %(place)s, met een kans van %(chance)s%%.")
    return (text % {"place": region.place_name(lowest.nis_code), "chance": chance},)


def _peers_example(grid: BlindSpots, region: Standing) -> str:
    """The question with the highest priority."""
    first = next((cell for cell in grid.services.values() if cell.peers is not None and cell.peers.rank == 1), None)
    if first is None or first.peers is None:
        return ""
    return gettext(
        "De eerste vraag is nu: %(question)s Er wonen %(people)s mensen. %(peers)s; naar de regio toe getrokken is dat "
        "%(share)s%%. Samen geeft dat het hoogste getal van alle open vragen."
    ) % {
        "question": said.question_words(first.code, region.place_name(first.nis_code)),
        "people": number_words(first.peers.people or 0),
        "peers": said.peers_words(first.peers),
        "share": round(100 * first.peers.share),
    }


def _power(power: Any) -> PowerLine:
    return PowerLine(
        offers=number_words(power.offers),
        found=gettext("%(found)s van %(thin)s") % {"found": power.found, "thin": power.thin},
        wrong=gettext("%(wrong)s van %(enough)s") % {"wrong": power.wrong, "enough": power.enough},
        covered=f"{number_words(round(100 * power.covered, 1))}%",
    )


def _facts(run: RunInfo) -> tuple[tuple[str, str], ...]:
    versions = ", ".join(f"{name} {version}" for name, version in sorted(run.versions.items()))
    parameters = ", ".join(f"{name} = {value}" for name, value in sorted(run.parameters.items()) if value != {})
    return (
        (gettext("Nummer"), str(run.id)),
        (gettext("Berekend voor"), date_words(run.day.isoformat())),
        (gettext("Versie van het register"), str(run.revision)),
        (gettext("Vingerafdruk van de invoer"), run.fingerprint),
        (gettext("Regels"), parameters),
        (gettext("Programma"), versions),
    )


def _run(run: RunInfo, shown: int) -> RunLine:
    order = ("absent", "thin", "unknown", "no_data", "served")
    counts = ", ".join(f"{run.counts.get(code, 0)} {words.word(said.STATES, code)}" for code in order)
    return RunLine(run.id, date_words(run.day.isoformat()), counts, run.id == shown)
