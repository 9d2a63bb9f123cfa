"""Where to open: the form, the proposal beside today and the own choice, and what is proven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from schakel.analyses.read import BlindSpots
from schakel.analyses.siting.answer import Case
from schakel.analyses.siting.proof import Progress, Proof
from schakel.analyses.siting.question import MOST_MINUTES, MOST_SITES, Goal, Question, list_visited
from schakel.core import taxonomy
from schakel.core.geography.travel import Mode
from schakel.pages.presenters.blocks import Link, Notice, crumbs
from schakel.pages.presenters.map import MapBlock, present_choice
from schakel.pages.presenters.siting_effects import (
    Figures,
    PerPlace,
    present_figures,
    present_per_place,
    with_stop,
)
from schakel.pages.presenters.siting_words import (
    GOALS,
    MODES,
    basis_words,
    people_words,
    proof_words,
    sites_words,
)
from schakel.pages.standing import Standing
from schakel.wording import words
from schakel.wording.dates import number_words


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list."""

    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """One locality to tick. `spot`: its longitude and latitude, for the map; `proposed`: its number in the proposal."""

    value: str
    label: str
    selected: bool
    spot: str
    proposed: str


@dataclass(frozen=True, slots=True)
class Picks:
    """The localities of one municipality to tick; `chosen`: at least one is."""

    name: str
    chosen: bool
    options: tuple[Pick, ...]


@dataclass(frozen=True, slots=True)
class SitingForm:
    """The question as it stands in the form."""

    services: tuple[Option, ...]
    numbers: tuple[Option, ...]
    modes: tuple[Option, ...]
    goals: tuple[Option, ...]
    minutes: str
    most_minutes: int
    each_cluster: bool


@dataclass(frozen=True, slots=True)
class ProofPanel:
    """What is proven, or how far that is. `busy`: ask again in two seconds; `ask`: nobody asked yet."""

    text: str
    busy: bool
    ask: bool
    run: int | None = None


@dataclass(frozen=True, slots=True)
class SitingAnswer:
    """Everything that is shown once a question was asked and the minutes are known."""

    heading: str
    lead: str
    places: tuple[Link, ...]
    figures: Figures
    per_place: PerPlace
    map: MapBlock
    own: tuple[Picks, ...]
    follow: str  # the address of this page with the proposal as own choice
    more: Link | None
    example: tuple[str, ...]  # how the figure comes about, with the figures of this answer
    notes: tuple[str, ...]
    problem: Notice | None


@dataclass(frozen=True, slots=True)
class SitingPage:
    """Everything `pages/siting.html` shows."""

    form: SitingForm
    question: Mapping[str, str] | None
    here: str
    answer: SitingAnswer | None
    waiting: bool
    proof: ProofPanel | None
    crumbs: tuple[Link, ...]


def present_siting(
    question: Question | None,
    case: Case | None,
    shown: Sequence[int],
    own: Sequence[int],
    proof: ProofPanel | None,
    *,
    region: Standing,
    grid: BlindSpots | None,
    walks: Sequence[float] | None,
) -> SitingPage:
    """The page. `shown`: the candidates that are proposed; `own`: those that the visitor chose, empty for none."""
    asked = None if question is None else parameters(question)
    return SitingPage(
        form=_form(question),
        question=asked,
        here="" if question is None else _address(question),
        answer=None if case is None else _answer(case, shown, own, region, grid, walks),
        waiting=question is not None and case is None,
        proof=proof,
        crumbs=crumbs(page=gettext("Waar open je er best nog één?")),
    )


def parameters(question: Question) -> dict[str, str]:
    """The question as it stands in an address."""
    said = {"service": question.service, "number": str(question.number), "mode": str(question.mode)}
    said |= {"minutes": str(question.minutes), "goal": str(question.goal)}
    return said | ({"each_cluster": "1"} if question.each_cluster else {})


def present_proof(question: Question, state: Proof | Progress) -> ProofPanel:
    """What is proven about the sites that are shown, or how far that is."""
    if isinstance(state, Proof):
        return ProofPanel(proof_words(question, state), busy=False, ask=False, run=state.run)
    texts = {
        Progress.NOT_ASKED: gettext("Dit voorstel is snel gezocht. Of er iets beters is, is nog niet nagerekend."),
        Progress.WAITING: gettext("We rekenen na of er iets beters is. Je vraag wacht op haar beurt."),
        Progress.RUNNING: gettext("We rekenen nu na of er iets beters is. Dat duurt meestal minder dan een minuut."),
        Progress.FAILED: gettext("Het narekenen is niet gelukt. Probeer het opnieuw; het voorstel hierboven blijft."),
    }
    busy = state in (Progress.WAITING, Progress.RUNNING)
    return ProofPanel(texts[state], busy=busy, ask=not busy)


def _form(question: Question | None) -> SitingForm:
    service = question.service if question else "bicycle_point"
    usual = taxonomy.service(service)
    mode = question.mode if question else Mode(usual.mode or Mode.CAR)
    return SitingForm(
        services=tuple(Option(one.code, words.in_language(one.labels), one.code == service) for one in list_visited()),
        numbers=tuple(
            Option(str(n), str(n), n == (question.number if question else 3)) for n in range(1, MOST_SITES + 1)
        ),
        modes=tuple(Option(str(one), str(label), one == mode) for one, label in MODES.items()),
        goals=tuple(
            Option(str(one), str(label), one == (question.goal if question else Goal.REACH))
            for one, label in GOALS.items()
        ),
        minutes=str(question.minutes if question else usual.minutes),
        most_minutes=MOST_MINUTES,
        each_cluster=bool(question and question.each_cluster),
    )


def _answer(
    case: Case,
    shown: Sequence[int],
    own: Sequence[int],
    region: Standing,
    grid: BlindSpots | None,
    walks: Sequence[float] | None,
) -> SitingAnswer:
    gained = case.effect(shown).people - case.effect(()).people
    label = words.in_language(taxonomy.service(case.question.service).labels)
    lead = gettext("Zo bereik je %(people)s meer binnen %(minutes)s minuten %(mode)s.") % {
        "people": people_words(gained),
        "minutes": case.question.minutes,
        "mode": MODES[case.question.mode],
    }
    candidates = case.ground.candidates
    return SitingAnswer(
        heading=sites_words(case.question.number, label),
        lead=lead,
        places=tuple(Link(f"{candidates[s].name} ({region.place_name(candidates[s].nis_code)})") for s in shown),
        figures=present_figures(case, shown, own, walks=walks),
        per_place=present_per_place(case, shown, own, region, grid=grid),
        map=_map(case, region, label),
        own=_picks(case, region, shown, own),
        follow=_address(case.question, [candidates[site].key for site in shown]),
        more=None
        if grid is None
        else Link(
            gettext("Wat we weten over %(service)s, per gemeente") % {"service": label},
            reverse("blind_spots_service", kwargs={"code": case.question.service}),
        ),
        example=_example(case, shown, region),
        notes=_notes(case, label, region, walks),
        problem=Notice("attention", "", case.minutes.problem) if case.minutes.problem else None,
    )


def _map(case: Case, region: Standing, label: str) -> MapBlock:
    """The map on which the choice is dragged, with what is open today."""
    ground = case.ground
    today = [(ground.point_of(column), ground.names[column]) for column in case.existing]
    title = gettext("Kies op de kaart: %(service)s") % {"service": label}
    return present_choice(today, region=region, title=title, form="kiezen")


def _picks(case: Case, region: Standing, shown: Sequence[int], own: Sequence[int]) -> tuple[Picks, ...]:
    """The localities to choose from, per municipality."""
    groups: dict[str, list[Pick]] = {}
    order = {column: str(number) for number, column in enumerate(shown, start=1)}
    for number, candidate in enumerate(case.ground.candidates):
        spot = f"{candidate.point.lon:.5f},{candidate.point.lat:.5f}"
        pick = Pick(candidate.key, candidate.name, number in own, spot, order.get(number, ""))
        groups.setdefault(region.place_name(candidate.nis_code), []).append(pick)
    return tuple(
        Picks(name, any(one.selected for one in found), tuple(found)) for name, found in sorted(groups.items())
    )


def _address(question: Question, own: Sequence[str] = ()) -> str:
    return f"{reverse('siting')}?{urlencode({**parameters(question), 'own': own}, doseq=True)}"


def _example(case: Case, shown: Sequence[int], region: Standing) -> tuple[str, ...]:
    """The sum behind the proposal, by hand: the municipality that gains most, then all of them."""
    before, after = case.by_municipality(case.effect(())), case.by_municipality(case.effect(shown))
    gains = {code: reached - before[code][1] for code, (_, reached) in after.items()}
    most = max(sorted(gains), key=lambda code: gains[code])
    told = {
        "place": region.place_name(most),
        "people": number_words(round(after[most][0])),
        "today": number_words(round(before[most][1])),
        "after": number_words(round(after[most][1])),
        "gain": number_words(round(gains[most])),
        "minutes": case.question.minutes,
        "mode": MODES[case.question.mode],
    }
    others = sum(gain for code, gain in gains.items() if code != most)
    sums = {
        "gain": told["gain"],
        "others": number_words(round(others)),
        "all": number_words(round(sum(gains.values()))),
    }
    if not case.existing:  # who is near a place that nobody knows, nobody can say: that is no 0
        first = gettext(
            "We kennen vandaag geen enkele plaats. %(place)s telt %(people)s inwoners; met ons voorstel wonen er "
            "%(after)s van hen binnen %(minutes)s minuten %(mode)s van een plaats die we kennen."
        )
    else:
        first = gettext(
            "%(place)s telt %(people)s inwoners. Van een plaats die we vandaag kennen, wonen er %(today)s binnen "
            "%(minutes)s minuten %(mode)s; met ons voorstel erbij zijn het er %(after)s. Dat is %(gain)s meer."
        )
    return (
        first % told,
        gettext(
            "In alle andere gemeenten samen is het %(others)s meer. Dus %(gain)s + %(others)s = %(all)s mensen meer."
        )
        % sums,
    )


def _notes(case: Case, label: str, region: Standing, walks: Sequence[float] | None) -> tuple[str, ...]:
    ground, service = case.ground, case.question.service
    here = sorted({with_stop(ground.names[column], column, walks) for column in case.existing})
    known = {"count": len(case.existing), "names": ", ".join(here)}
    found = [
        gettext("Vandaag kennen we %(count)s plaats(en): %(names)s.") % known
        if here
        else gettext("We kennen vandaag geen enkele plaats. Dat wil niet zeggen dat er geen is."),
        basis_words(case.minutes.basis),
        gettext("Mensen zijn geteld per sector of wijk, uit een bestand dat de regio laadde.")
        if ground.source.counted
        else gettext(
            "De inwoners van een gemeente zijn over haar kernen verdeeld naar oppervlakte. "
            "Dat spreidt mensen te gelijk."
        ),
        gettext(
            "Kandidaten zijn de kernen van de regio, niet een bepaald gebouw. Plaatsen buiten de regio tellen niet mee."
        ),
    ]
    found.append(
        gettext("Haltes van het openbaar vervoer zijn niet geladen, dus we weten niet waar er een is.")
        if walks is None
        else gettext(
            "De minuten tot een halte zijn een schatting te voet vanaf het midden van de kern. "
            "Wat er stopt en hoe vaak, weten we niet. © OpenStreetMap-bijdragers."
        )
    )
    if ground.source.years:
        found.append(gettext("Inwoners van %(year)s.") % {"year": ground.source.years[1]})
    if ground.source.source is not None:
        found.append(gettext("Bron van de inwoners: %(source)s.") % {"source": ground.source.source.source})
    if ground.doubtful[service]:
        found.append(
            gettext("%(count)s aanbod waarvan niet zeker is of het nog bestaat, telt niet mee.")
            % {"count": ground.doubtful[service]}
        )
    left_out = ", ".join(sorted(region.place_name(code) for code in ground.nobody_known))
    if left_out:
        found.append(gettext("Inwonertal niet bekend, dus niet meegeteld: %(names)s.") % {"names": left_out})
    if case.minutes.off_network.size:
        count = int(case.minutes.off_network.size)
        found.append(gettext("Bij %(count)s kernen vonden we geen weg; die tellen niet mee.") % {"count": count})
    return tuple(found)
