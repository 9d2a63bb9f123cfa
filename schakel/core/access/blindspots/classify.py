"""One state per service and municipality, by a fixed precedence; and the same per theme."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schakel.core.access.blindspots.certainty import (
    Basis,
    DecidedBy,
    absent_doubts,
    certainty_of,
    known_best,
    no_data_doubts,
    reached_doubts,
)
from schakel.core.access.blindspots.compare import count_peers, nearest_offers, rank_suspected
from schakel.core.access.blindspots.heard import expected_searches, is_unheard
from schakel.core.access.blindspots.model import (
    REACHED,
    Cell,
    Grid,
    Heard,
    Inputs,
    Place,
    Rate,
    Reach,
    Rules,
    Searched,
    State,
)
from schakel.core.access.blindspots.reaching import is_since, months_before, people_of, reaches
from schakel.core.access.blindspots.thin import staff_per_offer, supply_rates
from schakel.core.identifiers import last_day
from schakel.core.linkage.resolve import newest
from schakel.core.model import Customer, Delivered, SupplyOffer

_NOTHING = Heard()


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything that is looked up per cell, worked out once."""

    rules: Rules
    on: date
    reached: Mapping[tuple[str, str], Sequence[Reach]]  # per service and municipality
    offers: Mapping[str, Sequence[SupplyOffer]]  # per service
    searched: Mapping[tuple[str, str], Searched]  # the newest per service and municipality
    searchers: Mapping[tuple[str, str], int]  # how many different ones searched in the months that count
    people: Mapping[str, int]
    heard: Mapping[tuple[str, str], Heard]
    expected: Mapping[tuple[str, str], float]
    staff: Mapping[str, float | None]
    basis: Basis

    def here(self, services: Collection[str], nis_code: str) -> Sequence[Reach]:
        """The offers of these services that reach the place, by key."""
        found = [self.reached.get((service, nis_code), ()) for service in services]
        return found[0] if len(found) == 1 else list(heapq.merge(*found, key=lambda one: one.offer))


def classify(inputs: Inputs, rules: Rules, on: date) -> Grid:
    """The grid on a day: per service and municipality, per theme and municipality, and per remote service once.

    Deterministic: the same inputs give the same grid, in the order of `inputs.services` and `inputs.places`. A theme
    looks at its services that are not remote; a theme with remote services only is left out of the themes.
    Precedence: no_data, absent, thin, unknown, served. A recent search that found nothing outweighs an offer whose area
    is only assumed, and never one that a source states.
    """
    inputs = replace(inputs, offers=tuple(sorted(inputs.offers, key=lambda offer: offer.key)))
    known = _known(inputs, rules, on)
    by_theme: dict[str, list[str]] = {}
    cells: list[Cell] = []
    for service in inputs.services:
        if service.delivered is Delivered.REMOTE:
            cells.append(_remote(service.code, inputs.places, known))
            continue
        by_theme.setdefault(service.theme, []).append(service.code)
        cells += _row(service.code, (service.code,), inputs, known, least=rules.offers_per_service)
    themes = [cell for theme, codes in by_theme.items() for cell in _row(theme, codes, inputs, known, least=0)]
    return Grid(rank_suspected(cells), tuple(themes))


def _known(inputs: Inputs, rules: Rules, on: date) -> _Known:
    delivered = {service.code: service.delivered for service in inputs.services}
    searched: dict[tuple[str, str], Searched] = {}
    recent: dict[tuple[str, str], set[str]] = {}
    since = months_before(on, rules.search_months)
    for one in sorted(inputs.searched, key=lambda one: (last_day(one.on), one.by)):
        searched[one.service, one.nis_code] = one
        if is_since(one.on, since):
            recent.setdefault((one.service, one.nis_code), set()).add(one.by)
    return _Known(
        rules=rules,
        on=on,
        reached=reaches(inputs, delivered, rules, on),
        offers=_by_service(inputs.offers),
        searched=searched,
        searchers={key: len(who) for key, who in recent.items()},
        people=people_of(inputs.places),
        heard=inputs.heard,
        expected=expected_searches(inputs.heard),
        staff=staff_per_offer(
            {offer.key: offer.organisation for offer in inputs.offers},
            {offer.organisation: offer.fte for offer in inputs.offers},
        ),
        basis=Basis(inputs.estimated, inputs.counted),
    )


def _row(code: str, services: Collection[str], inputs: Inputs, known: _Known, *, least: int) -> list[Cell]:
    """The cells of one service, or of the services of one theme. `least`: offers before it can be called thin."""
    offers = list(heapq.merge(*(known.offers.get(service, ()) for service in services), key=lambda one: one.key))
    here = {place.nis_code: known.here(services, place.nis_code) for place in inputs.places}
    rates = supply_rates(here, services, known.people, known.staff, known.rules)
    cells = [
        _cell(code, services, place, here[place.nis_code], rates.get(place.nis_code), known, least)
        for place in inputs.places
    ]
    having = {cell.nis_code for cell in cells if cell.nis_code and cell.state in REACHED}
    return [
        cell if cell.state in REACHED else _with_elsewhere(cell, place, having, offers, inputs, known)
        for cell, place in zip(cells, inputs.places, strict=True)
    ]


def _with_elsewhere(
    cell: Cell, place: Place, having: Collection[str], offers: Sequence[SupplyOffer], inputs: Inputs, known: _Known
) -> Cell:
    """What comparable municipalities have, and who is nearest: for what does not reach this place."""
    minutes = {
        offer.key: travel.minutes
        for offer in offers
        if (travel := inputs.travel.get(offer.key, {}).get(place.nis_code)) is not None
    }
    return replace(
        cell,
        peers=count_peers(place.nis_code, having, known.people, known.rules),
        nearest=nearest_offers(place, offers, cell.reached_by, minutes),
    )


def _by_service(offers: Sequence[SupplyOffer]) -> Mapping[str, Sequence[SupplyOffer]]:
    found: dict[str, list[SupplyOffer]] = defaultdict(list)
    for offer in offers:
        found[offer.service].append(offer)
    return found


def _cell(
    code: str,
    services: Collection[str],
    place: Place,
    here: Sequence[Reach],
    rate: Rate | None,
    known: _Known,
    least: int,
) -> Cell:
    signs = _signs(services, place.nis_code, known)
    expected = sum(known.expected.get((service, place.nis_code), 0.0) for service in services)
    searched = _search(services, place.nis_code, known)
    if rate is not None and (rate.offers < least or not rate.apart):
        rate = replace(rate, apart=False)
    decided = _decide(here, searched, rate, signs, expected, known)
    by_customer = {
        customer: _decide(
            [one for one in here if customer in one.customers], searched, rate, signs, expected, known
        ).state
        for customer in Customer
    }
    searchers = min(known.searchers.get((service, place.nis_code), 0) for service in services)
    return _made(code, place.nis_code, here, decided, searched, searchers, rate, signs, by_customer, known)


def _decide(
    here: Sequence[Reach],
    searched: Searched | None,
    rate: Rate | None,
    signs: Heard,
    expected: float,
    known: _Known,
) -> DecidedBy:
    rules = known.rules
    enough = [one for one in here if one.counts and one.share >= rules.reached_share]
    recent = searched is not None and is_since(searched.on, months_before(known.on, rules.search_months))
    if recent and all(one.how == "assumed" for one in enough):
        return DecidedBy(State.ABSENT, tuple(enough), recent=True)
    if not enough:
        return DecidedBy(State.NO_DATA, tuple(enough), recent=False)
    if rate is not None and rate.apart and rate.probability >= rules.thin_probability:
        return DecidedBy(State.THIN, tuple(enough), recent)
    if is_unheard(signs, expected, rules):
        return DecidedBy(State.UNKNOWN, tuple(enough), recent)
    return DecidedBy(State.SERVED, tuple(enough), recent)


def _made(
    code: str,
    nis_code: str | None,
    here: Sequence[Reach],
    decided: DecidedBy,
    searched: Searched | None,
    searchers: int,
    rate: Rate | None,
    signs: Heard,
    by_customer: Mapping[Customer, State],
    known: _Known,
) -> Cell:
    enough = {one.offer for one in decided.reached}
    doubtful = tuple(one for one in here if not one.counts)
    partly = tuple(one for one in here if one.counts and one.offer not in enough)
    if decided.state is State.NO_DATA:
        doubts = no_data_doubts(doubtful, partly, searched, known.basis)
        dated = newest([*(one.dated for one in doubtful), searched.on if searched else None])
    elif decided.state is State.ABSENT:
        assert searched is not None
        doubts = absent_doubts(searched, searchers, decided.reached, doubtful, partly, known.on)
        dated = searched.on
    else:
        best = known_best(decided.reached, known.rules, known.on, known.basis)
        doubts = reached_doubts(decided, best, rate, signs, known.rules, known.on, known.basis)
        dated = best.dated
    return Cell(
        code=code,
        nis_code=nis_code,
        state=decided.state,
        suspected=decided.state is State.NO_DATA and not (doubtful or partly) and searched is None,
        certainty=certainty_of(decided.state, doubts),
        dated=dated,
        doubts=doubts,
        reached_by=decided.reached,
        doubtful=doubtful,
        partly=partly,
        searched=searched,
        rate=rate,
        heard=signs,
        peers=None,
        nearest=(),
        by_customer=by_customer,
    )


def _remote(code: str, places: Sequence[Place], known: _Known) -> Cell:
    """The work goes to the provider: one answer for the region. Searched is where every municipality was searched."""
    here = known.here((code,), "")
    signs = _signs((code,), "", known)
    searched = _oldest([known.searched.get((code, place.nis_code)) for place in places])
    searchers = min((known.searchers.get((code, place.nis_code), 0) for place in places), default=0)
    decided = _decide(here, searched, None, signs, known.expected.get((code, ""), 0.0), known)
    by_customer = {
        customer: _decide([one for one in here if customer in one.customers], searched, None, signs, 0.0, known).state
        for customer in Customer
    }
    return _made(code, None, here, decided, searched, searchers, None, signs, by_customer, known)


def _signs(services: Collection[str], nis_code: str, known: _Known) -> Heard:
    found = [known.heard.get((service, nis_code), _NOTHING) for service in services]
    return Heard(
        tasks=sum(one.tasks for one in found),
        needs=sum(one.needs for one in found),
        searches=sum(one.searches for one in found),
        unaware=sum(one.unaware for one in found),
        unmet=sum(one.unmet for one in found),
    )


def _search(services: Collection[str], nis_code: str, known: _Known) -> Searched | None:
    """The newest search of a service; of a theme the oldest over its services, `None` if one was never searched."""
    return _oldest([known.searched.get((service, nis_code)) for service in services])


def _oldest(found: Sequence[Searched | None]) -> Searched | None:
    """The oldest of these searches; `None` as long as one is missing."""
    if any(one is None for one in found):
        return None
    return min((one for one in found if one is not None), key=lambda one: (last_day(one.on), one.service), default=None)
