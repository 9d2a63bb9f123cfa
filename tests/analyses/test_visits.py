"""Who reaches an offer to visit: against a slow twin, whatever the number that is worked out at once."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from schakel.analyses import visits
from schakel.analyses.visits import visit_travel
from schakel.core import taxonomy
from schakel.core.access.blindspots import Rules, Travel
from schakel.core.geography.distance import distance_km
from schakel.core.geography.travel import Estimate
from schakel.core.model import Origin, Point, SupplyOffer
from tests.core.access.blindspots.region import SHOP, offer

MINUTES = taxonomy.service(SHOP).minutes or 0
KM_PER_MINUTE = {"walk": 5 / 60, "cycle": 15 / 60, "car": 40 / 60}[str(taxonomy.service(SHOP).mode)]


def origins_and_offers(seed: int) -> tuple[list[Origin], list[SupplyOffer]]:
    draw = random.Random(seed)

    def spot() -> Point:
        return Point(50.7 + 0.3 * draw.random(), 3.5 + 0.5 * draw.random())

    origins = [Origin(f"k{n}", f"Kern {n}", f"1000{n % 3}", spot(), float(draw.randrange(500))) for n in range(12)]
    offers = [offer(f"winkel{n}/a", SHOP, points=tuple(spot() for _ in range(draw.randrange(3)))) for n in range(9)]
    return origins, offers


def twin(origins: Sequence[Origin], offers: Sequence[SupplyOffer]) -> Mapping[str, Mapping[str, Travel]]:
    """Person by person, as the page about the method says."""
    found: dict[str, dict[str, Travel]] = {}
    for one in offers:
        if not one.points:
            continue
        found[one.key] = {}
        for code in sorted({origin.nis_code for origin in origins}):
            here = [origin for origin in origins if origin.nis_code == code]
            times = [
                (origin.population or 0, min(1.3 * distance_km(origin.point, p) / KM_PER_MINUTE for p in one.points))
                for origin in here
            ]
            near = [(people, minutes) for people, minutes in times if minutes <= 2 * MINUTES]
            if sum(people for people, _ in near):
                share = sum(people for people, minutes in near if minutes <= MINUTES) / sum(p for p, _ in times)
                mean = sum(p * minutes for p, minutes in near) / sum(p for p, _ in near)
                found[one.key][code] = Travel(share, mean)
    return found


@pytest.mark.parametrize("at_once", [1, 4, 100])
def test_reach_of_many_offers_is_that_of_each(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(visits, "AT_ONCE", at_once)
    origins, offers = origins_and_offers(5)
    found, estimated = visit_travel(Estimate(), origins, [taxonomy.service(SHOP)], offers, Rules())
    slow = twin(origins, offers)
    assert estimated
    assert sum(map(len, slow.values())) > 5
    assert {key: set(places) for key, places in found.items()} == {key: set(places) for key, places in slow.items()}
    for key, places in slow.items():
        for code, travel in places.items():
            assert found[key][code].share == pytest.approx(travel.share)
            assert found[key][code].minutes == pytest.approx(travel.minutes)


def test_nothing_to_visit_or_nobody_to_visit_it() -> None:
    origins, offers = origins_and_offers(5)
    assert visit_travel(Estimate(), [], [taxonomy.service(SHOP)], offers, Rules())[0] == {}
    assert visit_travel(Estimate(), origins, [taxonomy.service(SHOP)], [], Rules())[0] == {}
