"""Invented search records for the bench: any number, seeded. Real are only the names of municipalities."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from schakel.core import taxonomy
from schakel.core.model import (
    AreaKnowledge,
    Customer,
    FactSource,
    Kind,
    LifeStatus,
    Locality,
    Municipality,
    Point,
    PointPrecision,
    SearchOffer,
    SearchRecord,
    ServiceArea,
)
from schakel.sources.region_pack import read_pack

REGION = Path(__file__).parent.parent / "regions" / "zuid-oost-vlaanderen"
_SOURCE = FactSource(source="bench", url="", stated_on=None)
_SYLLABLES = tuple(first + second for first in "bdfgklmnrst" for second in "aeio")
_CLOSINGS = (
    "werkt met mensen die moeilijk werk vinden",
    "is een sociale onderneming met begeleiding op de werkvloer",
    "helpt inwoners, verenigingen en bedrijven",
    "is ontstaan uit een samenwerking van gemeenten",
    "biedt werk op maat aan mensen met een beperking",
)


def read_places() -> tuple[tuple[Municipality, ...], tuple[Locality, ...]]:
    """Municipalities and localities of the built-in region."""
    pack = read_pack(REGION)
    municipalities = tuple(
        Municipality(
            row.nis_code,
            row.slug,
            row.name,
            row.arrondissement,
            row.area_km2,
            None if row.lat is None or row.lon is None else Point(row.lat, row.lon, PointPrecision.MUNICIPALITY),
            frozenset(row.neighbours),
            {},
            _SOURCE,
        )
        for row in pack.municipalities
    )
    localities = tuple(
        Locality(
            row.name,
            row.nis_code,
            row.postal_code,
            None if row.lat is None or row.lon is None else Point(row.lat, row.lon, PointPrecision.LOCALITY),
        )
        for row in pack.localities
    )
    return municipalities, localities


def _invented_word(rng: random.Random) -> str:
    """A word of an invented vocabulary of some 30,000, used as unevenly as words of a language are."""
    number = min(int(rng.paretovariate(0.7)), 30_000)
    return "".join(_SYLLABLES[(number * 7919 + 31 * place) % (len(_SYLLABLES) - place)] for place in range(3)) + str(
        number % 10
    ).translate(str.maketrans("0123456789", "nrtlskmpdg"))


def _offer(
    rng: random.Random, key: str, home: Municipality, point: Point, municipalities: tuple[Municipality, ...]
) -> SearchOffer:
    service = rng.choice(taxonomy.services())
    draw = rng.random()
    if draw < 0.4:
        area = ServiceArea(AreaKnowledge.ASSUMED, frozenset({home.nis_code}) | home.neighbours)
    elif draw < 0.9:
        area = ServiceArea(AreaKnowledge.STATED, frozenset(one.nis_code for one in rng.sample(municipalities, 5)))
    else:
        area = ServiceArea(AreaKnowledge.UNKNOWN)
    return SearchOffer(
        key=key,
        service=service.code,
        words=rng.choice((*service.synonyms, service.labels["nl"])),
        customers=tuple(rng.sample([customer.value for customer in Customer], rng.randint(1, 2))),
        area=area,
        status=LifeStatus.CLOSED if rng.random() < 0.04 else LifeStatus.LIVE,
        points=(point,),
    )


def invent_records(count: int, *, seed: int, municipalities: tuple[Municipality, ...]) -> Iterator[SearchRecord]:
    """`count` organisations with two to three offers on average; the same for the same seed."""
    rng = random.Random(seed)
    for number in range(count):
        home = rng.choice(municipalities)
        centre = home.point or Point(50.85, 3.8)
        point = Point(centre.lat + rng.gauss(0, 0.03), centre.lon + rng.gauss(0, 0.04))
        offers = tuple(
            _offer(rng, f"{number}/{place}", home, point, municipalities)
            for place in range(rng.choice((1, 2, 2, 3, 3, 4)))
        )
        work = ", ".join(offer.words for offer in offers)
        filler = " ".join(_invented_word(rng) for _ in range(8))
        yield SearchRecord(
            slug=f"voorbeeld-{number}",
            name=f"Voorbeeld {_invented_word(rng).capitalize()} {_invented_word(rng).capitalize()} {number}",
            other_names=(f"{_invented_word(rng)} vzw",) if rng.random() < 0.3 else (),
            description=f"Voorbeeld in {home.name} voor {work}. Deze organisatie {rng.choice(_CLOSINGS)}. {filler}.",
            kinds=(rng.choice(list(Kind)).value,),
            status=LifeStatus.UNCERTAIN if rng.random() < 0.05 else LifeStatus.LIVE,
            seats=(home.nis_code,),
            points=(point,),
            offers=offers,
        )
