"""Where to open: the form, the proposal beside today and the own choice, and what is proven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from schakel.analyses.siting.answer import Case
from schakel.analyses.siting.proof import Progress, Proof
from schakel.analyses.siting.question import MOST_MINUTES, MOST_SITES, Goal, Question, list_visited
from schakel.core import taxonomy
from schakel.core.geography.travel import Mode
from schakel.core.siting import Effect
from schakel.figures import HexCell, HexMap, draw_hexmap, make_scale
from schakel.pages.presenters.blocks import Link, Notice, crumbs
from schakel.pages.presenters.siting_words import (
    GOALS,
    MODES,
    about,
    basis_words,
    minutes_words,
    people_words,
    proof_words,
    share_words,
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
    lines: tuple[Line, ...]
    own: tuple[tuple[tuple[str, tuple[Option, ...]], ...], ...]  # per select: groups of options
    hexmap: HexMap
    rows: tuple[Row, ...]
    with_own: bool
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
) -> SitingPage:
    """The page. `shown`: the candidates that are proposed; `own`: those that the visitor chose, empty for none."""
    asked = None if question is None else parameters(question)
    return SitingPage(
        form=_form(question),
        question=asked,
        here="" if asked is None else f"{reverse('siting')}?{urlencode(asked)}",
        answer=None if case is None else _answer(case, shown, own, region),
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


def _answer(case: Case, shown: Sequence[int], own: Sequence[int], region: Standing) -> SitingAnswer:
    today, proposal = case.effect(()), case.effect(shown)
    mine = case.effect(own) if own else None
    label = words.in_language(taxonomy.service(case.question.service).labels)
    lines = [
        _line(gettext("Vandaag"), case, today, (), today),
        _line(gettext("Ons voorstel"), case, proposal, shown, today),
    ]
    if mine is not None:
        lines.append(_line(gettext("Jouw keuze"), case, mine, own, today))
    gained = proposal.people - today.people
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
        lines=tuple(lines),
        own=tuple(_select(case, region, own[n] if n < len(own) else None) for n in range(case.question.number)),
        hexmap=_map(case, today, mine or proposal, mine is not None, region),
        rows=_rows(case, today, proposal, mine, region),
        with_own=mine is not None,
        notes=_notes(case, label, region),
        problem=Notice("attention", "", case.minutes.problem) if case.minutes.problem else None,
    )


def _line(label: str, case: Case, effect: Effect, sites: Sequence[int], today: Effect) -> Line:
    total = float(case.people.sum())
    gained = effect.people - today.people
    known = bool(sites or case.existing)  # without a known place nobody can say who is reached: that is no 0
    return Line(
        label=label,
        places=", ".join(case.ground.candidates[site].name for site in sites) or gettext("niets erbij"),
        people=about(effect.people) if known else gettext("niet bekend"),
        share=share_words(effect.people, total if known else 0),
        mean=minutes_words(effect.mean),
        furthest=minutes_words(effect.furthest),
        gain=gettext("%(people)s meer") % {"people": about(gained)} if sites else "",
    )


def _select(case: Case, region: Standing, chosen: int | None) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """The localities to choose from, per municipality."""
    groups: dict[str, list[Option]] = {}
    for number, candidate in enumerate(case.ground.candidates):
        option = Option(candidate.key, candidate.name, number == chosen)
        groups.setdefault(region.place_name(candidate.nis_code), []).append(option)
    return tuple((name, tuple(options)) for name, options in groups.items())


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


def _rows(case: Case, today: Effect, proposal: Effect, mine: Effect | None, region: Standing) -> tuple[Row, ...]:
    tables = [case.by_municipality(effect) for effect in (today, proposal, mine) if effect is not None]
    found = []
    for place in region.municipalities:
        known = [table.get(place.nis_code) for table in tables]
        unknown = gettext("niet bekend")
        shares = [unknown if one is None else share_words(one[1], one[0]) for one in known]
        shares[0] = shares[0] if case.existing else unknown
        found.append(
            Row(
                name=place.name,
                href=reverse("municipality", kwargs={"slug": place.slug}),
                people=unknown if known[0] is None else number_words(round(known[0][0])),
                today=shares[0],
                proposal=shares[1],
                own=shares[2] if mine is not None else "",
            )
        )
    return tuple(found)


def _notes(case: Case, label: str, region: Standing) -> tuple[str, ...]:
    ground, service = case.ground, case.question.service
    here = sorted({ground.names[column] for column in case.existing})
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
