"""A small invented supply by hand, and any amount of it at random."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from schakel.core.matching import Place, Recognition, Supplier, SupplyOffer
from schakel.core.model import (
    AreaKnowledge,
    Customer,
    FactSource,
    LifeStatus,
    Municipality,
    Point,
    PointPrecision,
    ServiceArea,
)

SOURCE = FactSource(source="verzonnen", url="", stated_on=None)
POINTS = {"90001": Point(50.80, 3.60), "90002": Point(50.80, 3.70), "90003": Point(50.80, 3.90), "90004": None}


def municipality(nis_code: str) -> Municipality:
    """An invented municipality; the last one has no known place."""
    return Municipality(nis_code, nis_code, nis_code, "", None, POINTS[nis_code], frozenset(), {}, SOURCE)


MUNICIPALITIES = tuple(municipality(nis_code) for nis_code in POINTS)


def place(nis_code: str) -> Place:
    """A municipality as a place of work."""
    return Place(nis_code, POINTS[nis_code])


def stated(*nis_codes: str) -> ServiceArea:
    """An area that a source states."""
    return ServiceArea(AreaKnowledge.STATED, frozenset(nis_codes), "")


BASE = SupplyOffer(
    key="a/green",
    service="green_maintenance",
    words="hagen scheren",
    customers=("local_government",),
    area=stated("90001"),
    status=LifeStatus.LIVE,
    points=(Point(50.80, 3.60),),
)


def supplier(slug: str, *changes: dict[str, Any], newest_on: str | None = "2026-11", **more: Any) -> Supplier:
    """An organisation with one offer per change of `BASE`."""
    offers = tuple(replace(BASE, key=f"{slug}/{number}", **change) for number, change in enumerate(changes))
    return Supplier(slug, slug.title(), "", newest_on, offers, **more)


def random_suppliers(rng: random.Random, count: int) -> list[Supplier]:
    """Suppliers with everything that can vary."""
    services = ("green_maintenance", "garden_service", "weed_control")
    words = ("hagen scheren", "gras maaien", "onkruid wieden", "")
    areas = (AreaKnowledge.STATED, AreaKnowledge.ASSUMED, AreaKnowledge.UNKNOWN)

    def offer(slug: str, number: int) -> SupplyOffer:
        knowledge = rng.choice(areas)
        reached = rng.sample(sorted(POINTS), rng.randint(0, 4)) if knowledge is not AreaKnowledge.UNKNOWN else []
        spots = [
            Point(rng.uniform(50.7, 50.9), rng.uniform(3.5, 4), PointPrecision.ADDRESS)
            for _ in range(rng.randint(0, 2))
        ]
        return SupplyOffer(
            key=f"{slug}/{number}",
            service=rng.choice(services),
            words=rng.choice(words),
            customers=tuple(rng.sample(sorted(Customer), rng.randint(1, 3))),
            area=ServiceArea(knowledge, frozenset(reached), ""),
            status=rng.choice((LifeStatus.LIVE,) * 4 + tuple(LifeStatus)),
            establishment=rng.choice((None, "x")),
            points=tuple(spots),
            capacity=rng.choice((None, None, 10.0, 40.0)),
            unit=rng.choice(("", "uren per week", "Uren  per week", "kg")),
            free_from=rng.choice((None, None, "2026", "2027-03")),
        )

    def recognition() -> Recognition:
        law = rng.choice(("collectief_maatwerk", "dienstencheques"))
        return Recognition(law, rng.choice((None, "x")), rng.choice((None, "2019")), rng.choice((None, "2025")))

    return [
        Supplier(
            slug,
            rng.choice(("Groen", "Hagen en Co", "Bloem")),
            "",
            rng.choice((None, "2026", "2024-05", "2019")),
            tuple(offer(slug, number) for number in range(rng.randint(0, 3))),
            tuple(recognition() for _ in range(rng.randint(0, 2))),
        )
        for slug in (f"org-{number:04d}" for number in rng.sample(range(10_000), count))
    ]
