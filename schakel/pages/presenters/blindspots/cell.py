"""One cell of the grid: the answer, what it rests on, and what keeps us from being sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.analyses.read import BlindSpots, neighbours_with
from schakel.analyses.siting.ground import candidate_key
from schakel.analyses.stored import GridCell
from schakel.core import taxonomy
from schakel.core.access.blindspots import REACHED, Nearest, Reach, State
from schakel.core.model import Customer, Delivered, Municipality
from schakel.pages.presenters.blindspots.grid import cell_href, run_link, sign_of
from schakel.pages.presenters.blocks import Link, Sign, crumbs, organisation_href
from schakel.pages.standing import Standing
from schakel.wording import blindspots as said
from schakel.wording import words
from schakel.wording.dates import date_words, number_words

REGION = "regio"


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer of an organisation and why it counts, or does not."""

    name: str
    href: str
    text: str
    customers: str


@dataclass(frozen=True, slots=True)
class OfferList:
    """The offers that are named, and how many more there are, in words; empty when there are none."""

    lines: tuple[OfferLine, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Who offers it nearby without reaching this place."""

    name: str
    href: str
    distance: str


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """The answer if only offers to these customers count."""

    label: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class CellPage:
    """Everything `pages/blind_spot.html` shows."""

    title: str
    sign: Sign
    certainty: str
    dated: str
    delivered: str
    reached: OfferList
    partly: OfferList
    doubtful: OfferList
    searched: str
    nobody: str
    doubts: tuple[str, ...]
    rate: str
    rate_doubt: str
    peers: str
    peers_more: str
    neighbours: str
    nearest: tuple[Elsewhere, ...]
    signs: tuple[str, ...]
    customers: tuple[CustomerLine, ...]
    question_href: str
    case_href: str
    links: tuple[Link, ...]
    run: Link
    crumbs: tuple[Link, ...]


def present_cell(cell: GridCell, place: Municipality | None, grid: BlindSpots, region: Standing) -> CellPage:
    """The page of one cell; `place` is `None` for a service that is answered once for the region."""
    label = words.service_label(cell.code)
    name = place.name if place else gettext("de hele regio")
    return CellPage(
        title=gettext("%(service)s in %(place)s") % {"service": label, "place": name},
        sign=sign_of(cell),
        certainty=words.word(said.CERTAINTIES, cell.certainty),
        dated=date_words(cell.dated) if cell.dated else gettext("geen datum bekend"),
        delivered=_delivered(cell.code, grid),
        reached=_listed(cell, "reached_by", grid),
        partly=_listed(cell, "partly", grid),
        doubtful=_listed(cell, "doubtful", grid),
        searched=said.searched_words(cell.searched) if cell.searched else "",
        nobody=gettext("We kennen geen enkel aanbod dat hier komt, en niemand noteerde dat er gezocht is."),
        doubts=tuple(words.word(said.DOUBTS, doubt) for doubt in cell.doubts),
        rate=said.rate_words(cell.rate) if cell.rate else "",
        rate_doubt=_rate_doubt(cell),
        peers=said.peers_words(cell.peers) + "." if cell.peers else "",
        peers_more=_peers_more(cell),
        neighbours=_neighbours(cell, place, grid, region),
        nearest=elsewhere(cell.nearest),
        signs=_signs(cell),
        customers=tuple(
            CustomerLine(words.word(words.CUSTOMERS, customer), Sign(state.value, said.state_words(state)))
            for customer in Customer
            for state in (cell.by_customer[customer],)
        ),
        question_href=f"{reverse('blind_spot_questions')}?municipality={place.nis_code}"
        if place is not None and cell.state is State.NO_DATA
        else "",
        case_href=reverse("blind_spot_case", kwargs={"slug": place.slug}) + f"?service={cell.code}" if place else "",
        links=_links(cell, place, grid, region),
        run=run_link(grid),
        crumbs=crumbs(
            (gettext("Blinde vlekken"), reverse("blind_spots")),
            (label, reverse("blind_spots_service", kwargs={"code": cell.code})),
            page=name,
        ),
    )


def _listed(cell: GridCell, name: str, grid: BlindSpots) -> OfferList:
    named: tuple[Reach, ...] = getattr(cell, name)
    more = cell.counted[name] - len(named)
    words_of_more = ngettext("En nog %(count)s ander aanbod.", "En nog %(count)s andere.", more)
    return OfferList(offer_lines(named, grid), words_of_more % {"count": number_words(more)} if more else "")


def offer_lines(reaches: Sequence[Reach], grid: BlindSpots) -> tuple[OfferLine, ...]:
    """Who, and why it counts; once per organisation and reason."""
    href = organisation_href()
    lines = [
        OfferLine(
            reach.name,
            href(reach.organisation),
            said.reach_words(reach, minutes=usual_minutes(reach.service, grid), estimated=is_estimated(grid)),
            words.words(words.CUSTOMERS, reach.customers),
        )
        for reach in reaches
    ]
    return tuple(dict.fromkeys(lines))


def elsewhere(nearest: Sequence[Nearest]) -> tuple[Elsewhere, ...]:
    """Who has it nearest."""
    href = organisation_href()
    return tuple(Elsewhere(one.name, href(one.organisation), said.nearest_words(one)) for one in nearest)


def usual_minutes(code: str, grid: BlindSpots) -> int | None:
    """The minutes that count as near for this service in this run."""
    changed = grid.run.parameters.get("minutes")
    found = changed.get(code) if isinstance(changed, Mapping) else None
    return found if isinstance(found, int) else taxonomy.service(code).minutes


def is_estimated(grid: BlindSpots) -> bool:
    """Whether travel times of this run are an estimate."""
    return any("estimated_travel" in cell.doubts for cell in grid.services.values())


def _delivered(code: str, grid: BlindSpots) -> str:
    service = taxonomy.service(code)
    words_ = words.delivered_words(code)
    if service.mode is None:
        return words_
    return gettext("%(how)s: dichtbij is hoogstens %(minutes)s minuten %(mode)s") % {
        "how": words_,
        "minutes": usual_minutes(code, grid),
        "mode": words.word(said.MODES, service.mode),
    }


def _neighbours(cell: GridCell, place: Municipality | None, grid: BlindSpots, region: Standing) -> str:
    if place is None or cell.state in REACHED:
        return ""
    return said.neighbours_words([region.place_name(code) for code in neighbours_with(grid, place, cell.code)])


def _signs(cell: GridCell) -> tuple[str, ...]:
    """What is there can be known or not; of what is not, only whether somebody asked for it."""
    if cell.state in REACHED:
        return said.signs_words(cell.signs)
    return () if cell.signs.unmet == 0 else (said.unmet_words(cell.signs.unmet),)


def _rate_doubt(cell: GridCell) -> str:
    if cell.rate is None:
        return ""
    if not cell.rate.apart:
        return gettext(
            "Te weinig om te zeggen: in de hele regio telt deze dienst %(count)s aanbiedingen. "
            "Pas vanaf 30 vergelijken we gemeenten."
        ) % {"count": cell.rate.offers}
    return gettext("De kans dat dit minder is dan de helft van de regio: %(chance)s%%.") % {
        "chance": number_words(round(100 * cell.rate.probability))
    }


def _peers_more(cell: GridCell) -> str:
    if cell.peers is None:
        return ""
    return gettext(
        "Vergelijkbaar zijn de %(of)s gemeenten van de regio met het dichtste aantal inwoners. "
        "Hier wonen %(people)s mensen."
    ) % {
        "of": cell.peers.of,
        "people": number_words(cell.peers.people) if cell.peers.people else gettext("een onbekend aantal"),
    }


def _links(cell: GridCell, place: Municipality | None, grid: BlindSpots, region: Standing) -> tuple[Link, ...]:
    found = [Link(gettext("Deze dienst in alle gemeenten"), reverse("blind_spots_service", kwargs={"code": cell.code}))]
    if place is not None:
        found.append(
            Link(
                gettext("Alles wat ontbreekt in %(place)s") % {"place": place.name},
                reverse("blind_spots_place", kwargs={"slug": place.slug}),
            )
        )
        found += [one for one in (_what_if(cell.code, place, grid, region),) if one is not None]
    query = f"?service={cell.code}" + (f"&municipality={place.nis_code}" if place else "")
    if cell.state in REACHED:
        found.append(Link(gettext("Zoek dit in de gids"), reverse("guide") + query))
    return tuple(found)


def _what_if(code: str, place: Municipality, grid: BlindSpots, region: Standing) -> Link | None:
    """What one more in this place would bring, beside the best place for one; only where people go to a place."""
    if taxonomy.service(code).delivered is not Delivered.VISIT:
        return None
    here = [one for one in region.localities if one.nis_code == place.nis_code and one.point is not None]
    own = min(here, key=lambda one: (one.name != place.name, one.name), default=None)
    asked = {"service": code, "number": "1", "minutes": str(usual_minutes(code, grid))}
    asked |= {"own": place.nis_code if own is None else candidate_key(own)}
    label = gettext("Wat als er in %(place)s één opengaat?") % {"place": place.name if own is None else own.name}
    return Link(label, f"{reverse('siting')}?{urlencode(asked)}")


__all__ = ["CellPage", "Elsewhere", "OfferLine", "cell_href", "elsewhere", "offer_lines", "present_cell"]
