"""The grid of blind spots over a region of 22 municipalities with many offers.

    python -m bench blind_spots

Synthetic (printed seed): 22 municipalities, 48 services, 2,000 offers with areas of one to seven municipalities, every
offer to visit reaching seven. Seconds are processor time of one thread. There is no peer: nobody else does this.
"""

from __future__ import annotations

import random
import time
from datetime import date

from bench import Row
from schakel.core import taxonomy
from schakel.core.access.blindspots import Inputs, Place, Rules, Travel, classify
from schakel.core.model import AreaKnowledge, Delivered, LifeStatus, Point, ServiceArea, SupplyOffer

SEED, OFFERS = 20_261_125, 2_000
ON = date(2026, 11, 25)


def make_inputs(offers: int) -> Inputs:
    """A region with offers for every service."""
    chance = random.Random(SEED)
    codes = [f"{number:05d}" for number in range(22)]
    places = tuple(
        Place(code, chance.randint(2_000, 90_000), Point(50.8, 3.5 + index / 50)) for index, code in enumerate(codes)
    )
    services = taxonomy.services()
    made = []
    travel: dict[str, dict[str, Travel]] = {}
    for number in range(offers):
        service = services[number % len(services)]
        key = f"o{number}/x"
        area = frozenset(chance.sample(codes, chance.randint(1, 7)))
        made.append(
            SupplyOffer(
                key, f"o{number}", f"Voorbeeld {number}", service.code, ("citizen",),
                ServiceArea(AreaKnowledge.STATED, area), LifeStatus.LIVE, (Point(50.8, 3.7),), "2026", True, None,
            )
        )  # fmt: skip
        if service.delivered is Delivered.VISIT:
            travel[key] = {code: Travel(chance.random(), 12.0) for code in chance.sample(codes, 7)}
    return Inputs(places, services, tuple(made), travel=travel)


def run() -> list[Row]:
    """Classify the grid, from the real number of offers up."""
    rows = []
    for offers in (100, OFFERS):
        inputs = make_inputs(offers)
        classify(inputs, Rules(), ON)
        start = time.process_time()
        classify(inputs, Rules(), ON)
        rows.append(
            Row(
                "blind spots",
                f"grid of 22 x 48, {offers} offers, s",
                time.process_time() - start,
                None,
                None,
                None,
                "<= 2 s",
            )
        )
    return rows
