"""The supply as arrays, made once per revision of the register: D offers of O organisations, A different areas."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from schakel.core.identifiers import first_day, last_day
from schakel.core.matching.supply import Recognition, Supplier, SupplyOffer
from schakel.core.matching.text import telling_words
from schakel.core.model import AreaKnowledge, Customer, LifeStatus, Municipality, Point
from schakel.core.taxonomy import services

RESERVED_LAWS = frozenset({"collectief_maatwerk"})
"""Recognitions that by themselves show the 30 % of article 15: more than half of the staff is target group, see
https://herwin.be/question/wat-zijn-de-erkenningsvoorwaarden-voor-het-label-van-maatwerkbedrijf/. Any other enterprise
has to bring its own, equivalent proof."""

NEVER, ALWAYS = 0, 10_000_000  # days outside any calendar
STATUSES = tuple(LifeStatus)
KNOWLEDGE = tuple(AreaKnowledge)
CUSTOMERS = tuple(Customer)

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The supply. Offers stand in the order of the slug of their organisation, then of their key."""

    suppliers: tuple[Supplier, ...]  # O, sorted by slug
    offers: tuple[SupplyOffer, ...]  # D
    rows: Mapping[str, int]  # slug -> place of the organisation
    columns: Mapping[str, int]  # NIS code -> column of `areas`
    places: Floats  # M x 3 on the unit sphere, NaN where a municipality has no point
    organisation: Ints  # D
    by_service: Mapping[str, Ints]  # offers of a service, ascending
    service: Ints  # D, place in the taxonomy
    status: NDArray[np.uint8]  # D
    customers: NDArray[np.uint8]  # D, bits
    area: Ints  # D, row of `areas`
    areas: NDArray[np.bool_]  # A x M
    knowledge: NDArray[np.uint8]  # D
    capacity: Floats  # D, NaN: not known
    unit: Ints  # D, -1: none given
    units: Mapping[str, int]
    free_from: Ints  # D, day; NEVER: nobody says
    recognised_from: Ints  # D, day; ALWAYS: not recognised
    recognised_until: Ints  # D
    first_point: Ints  # D + 1
    points: Floats  # 3 x points
    newest: Ints  # O, day; NEVER: no source gives a date
    postings: Mapping[str, Ints]  # stem -> offers
    rarity: Mapping[str, float]


def fold_unit(text: str) -> str:
    """A unit without case and double spaces, so that "Kg per  week" meets "kg per week"."""
    return " ".join(text.casefold().split())


def unit_vector(lat: float, lon: float) -> tuple[float, float, float]:
    """A place on a sphere of radius one."""
    up, around = math.radians(lat), math.radians(lon)
    return math.cos(up) * math.cos(around), math.cos(up) * math.sin(around), math.sin(up)


def prepare(suppliers: Iterable[Supplier], municipalities: Iterable[Municipality]) -> Prepared:
    """Arrays for `match`. Offers of services outside the taxonomy are left out: nobody can ask for them."""
    known = {service.code: place for place, service in enumerate(services())}
    ordered = tuple(sorted(suppliers, key=lambda one: one.slug))
    pairs = [
        (row, offer)
        for row, one in enumerate(ordered)
        for offer in sorted(one.offers, key=lambda offer: offer.key)
        if offer.service in known
    ]
    offers = [offer for _, offer in pairs]
    regional = tuple(sorted(municipalities, key=lambda one: one.nis_code))
    columns = {one.nis_code: column for column, one in enumerate(regional)}
    area, areas = _areas(offers, columns)
    units = {unit: place for place, unit in enumerate(sorted({fold_unit(one.unit) for one in offers} - {""}))}
    recognised = [_recognised(ordered[row], offer) for row, offer in pairs]
    postings, rarity = _postings(ordered, pairs)
    service = np.array([known[offer.service] for offer in offers], np.int32)
    return Prepared(
        suppliers=ordered,
        offers=tuple(offers),
        rows={one.slug: row for row, one in enumerate(ordered)},
        columns=columns,
        places=np.array([_place(one.point) for one in regional], np.float64).reshape(-1, 3),
        organisation=np.array([row for row, _ in pairs], np.int32),
        by_service={code: np.flatnonzero(service == place).astype(np.int32) for code, place in known.items()},
        service=service,
        status=np.array([STATUSES.index(offer.status) for offer in offers], np.uint8),
        customers=np.array([customer_bits(offer.customers) for offer in offers], np.uint8),
        area=area,
        areas=areas,
        knowledge=np.array([KNOWLEDGE.index(offer.area.knowledge) for offer in offers], np.uint8),
        capacity=np.array([np.nan if one.capacity is None else one.capacity for one in offers], np.float64),
        unit=np.array([units.get(fold_unit(offer.unit), -1) for offer in offers], np.int32),
        units=units,
        free_from=np.array([_day(first_day, one.free_from, NEVER) for one in offers], np.int32),
        recognised_from=np.array([since for since, _ in recognised], np.int32),
        recognised_until=np.array([until for _, until in recognised], np.int32),
        first_point=np.cumsum([0, *(len(offer.points) for offer in offers)], dtype=np.int32),
        points=_points(offers),
        newest=np.array([_day(last_day, one.newest_on, NEVER) for one in ordered], np.int32),
        postings=postings,
        rarity=rarity,
    )  # fmt: skip


def customer_bits(customers: Iterable[str]) -> int:
    """Kinds of customer as bits."""
    return sum(1 << CUSTOMERS.index(Customer(customer)) for customer in set(customers))


def _place(point: Point | None) -> tuple[float, float, float]:
    return (np.nan, np.nan, np.nan) if point is None else unit_vector(point.lat, point.lon)


def _points(offers: Sequence[SupplyOffer]) -> Floats:
    found = [unit_vector(point.lat, point.lon) for offer in offers for point in offer.points]
    return np.array(found, np.float64).reshape(-1, 3).T.copy()


def _areas(offers: Sequence[SupplyOffer], columns: Mapping[str, int]) -> tuple[Ints, NDArray[np.bool_]]:
    """Each different set of municipalities once, and which of them each offer has."""
    numbers: dict[frozenset[str], int] = {}
    area = np.array([numbers.setdefault(offer.area.nis_codes, len(numbers)) for offer in offers], np.int32)
    areas = np.zeros((len(numbers), len(columns)), np.bool_)
    for codes, row in numbers.items():
        areas[row, [columns[code] for code in codes if code in columns]] = True
    return area, areas


def _recognised(supplier: Supplier, offer: SupplyOffer) -> tuple[int, int]:
    """From which day until which this offer is recognised for reserved contracts; of several, what lasts longest."""
    spans = [
        (_day(first_day, one.since, NEVER), _day(last_day, one.until, ALWAYS))
        for one in supplier.recognitions
        if counts_for(one, offer)
    ]
    return max(spans, key=lambda span: (span[1], -span[0]), default=(ALWAYS, NEVER))


def counts_for(recognition: Recognition, offer: SupplyOffer) -> bool:
    """Whether a recognition shows the 30 % for this offer: the right law, and not only of another establishment."""
    return recognition.law in RESERVED_LAWS and recognition.establishment in (None, offer.establishment)


def _day(read: Callable[[str], date], partial: str | None, otherwise: int) -> int:
    return read(partial).toordinal() if partial else otherwise


@lru_cache(maxsize=50_000)
def spoken(text: str) -> Mapping[str, str]:
    """The telling words of a text of the register with their stems, in order: read when the arrays are made, asked
    again for every match that is shown."""
    return dict(telling_words(text))


def _postings(
    suppliers: Sequence[Supplier], pairs: Sequence[tuple[int, SupplyOffer]]
) -> tuple[Mapping[str, Ints], Mapping[str, float]]:
    """In which offers each stem stands (its own words, or the name or description of its organisation)."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, (row, offer) in enumerate(pairs):
        one = suppliers[row]
        for stem in {*spoken(offer.words).values(), *spoken(one.name).values(), *spoken(one.description).values()}:
            holders[stem].append(number)
    postings = {stem: np.array(found, np.int32) for stem, found in holders.items()}
    rarity = {stem: math.log1p(len(pairs) / len(found)) for stem, found in holders.items()}
    return postings, rarity
