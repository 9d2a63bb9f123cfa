"""How far documents are, against a plain loop over all their points: asked of all of them and of a few."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from schakel.core.model import AreaKnowledge, LifeStatus, Point, SearchOffer, ServiceArea
from schakel.search.build import build_content
from schakel.search.distance import Distancer, chord_of, kilometres
from tests.search.conftest import MUNICIPALITIES, record
from tests.search.test_twin import kilometres_to

NEAR = (50.86, 3.95)
AREA = ServiceArea(AreaKnowledge.STATED, frozenset())


def _offers(number: int, rng: random.Random) -> list[SearchOffer]:
    """Up to three offers of up to four points; often they share theirs, as branches of one organisation do."""
    points = [Point(50.7 + rng.random() / 3, 3.6 + rng.random() / 2) for _ in range(4)]
    shown = [tuple(points[: rng.randint(0, 4)]) for _ in range(rng.randint(1, 3))]
    return [
        SearchOffer(f"{number}/{place}", "laundry_ironing", "", (), AREA, LifeStatus.LIVE, those)
        for place, those in enumerate(shown)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_distance_is_that_to_the_nearest_point_for_all_documents_and_for_a_few(seed: int) -> None:
    rng = random.Random(seed)
    records = [record(f"o{number:03}", f"Naam {number:03}", *_offers(number, rng)) for number in range(80)]
    content = build_content(records, municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1)
    offers = [offer for one in records for offer in one.offers]
    expected = [min((kilometres_to(NEAR, point) for point in offer.points), default=math.inf) for offer in offers]
    distancer, everybody = Distancer(content), np.arange(len(offers))
    far = distancer.measure(everybody, NEAR)
    assert kilometres(far.chords()).tolist() == pytest.approx(expected, abs=0.02)
    few = everybody[rng.randrange(9) :: 9]
    assert kilometres(distancer.measure(few, NEAR).chords()).tolist() == pytest.approx(
        [expected[number] for number in few], abs=0.02
    )
    assert far.chords(few).tolist() == distancer.measure(few, NEAR).chords().tolist()
    within = far.within(chord_of(8.0))
    assert within.tolist() == [km <= 8.0 for km in expected]
    assert 0 < within.sum() < len(offers)


def test_nobody_is_measured_when_there_are_no_documents() -> None:
    content = build_content([], municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1)
    far = Distancer(content).measure(np.arange(0), NEAR)
    assert far.chords().tolist() == far.within(chord_of(8.0)).tolist() == []
