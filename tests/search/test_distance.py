"""How far documents are, against a plain loop over all their points: asked of all of them and of a few."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from schakel.core.model import AreaKnowledge, LifeStatus, Point, SearchOffer, ServiceArea
from schakel.search.build import build_content
from schakel.search.distance import Distancer, chord_of, kilometres
from schakel.search.engine import run_search
from schakel.search.query import SearchQuery
from schakel.search.selection import Index
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
    few_by_themselves = distancer.measure(few, NEAR)
    assert far.chords(few).tolist() == few_by_themselves.chords().tolist()
    assert far.chords(few[::2]).tolist() == few_by_themselves.chords(np.arange(len(few))[::2]).tolist()
    assert few_by_themselves.within(chord_of(8.0)).tolist() == [expected[number] <= 8.0 for number in few]
    half = everybody[::2]
    assert far.chords(half).tolist() == distancer.measure(half, NEAR).chords().tolist()
    starts = content.point_start.tolist()
    nearest = [
        start + int(np.argmin([kilometres_to(NEAR, point) for point in offer.points]))
        if offer.points
        else len(content.point_precision)
        for start, offer in zip(starts[:-1], offers, strict=True)
    ]
    assert distancer.nearest(everybody, NEAR)[1].tolist() == nearest
    within = far.within(chord_of(8.0))
    assert within.tolist() == [km <= 8.0 for km in expected]
    assert 0 < within.sum() < len(offers)


def test_a_spot_ends_where_the_past_begins() -> None:
    """One organisation, so its offers of the past follow at once on those of today."""
    points = (Point(50.85, 3.95),)
    statuses = (LifeStatus.LIVE, LifeStatus.LIVE, LifeStatus.CLOSED)
    offers = [
        SearchOffer(f"1/{n}", "laundry_ironing", "", (), AREA, status, points) for n, status in enumerate(statuses)
    ]
    content = build_content(
        [record("o1", "Naam", *offers)], municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1
    )
    assert Distancer(content).spot_starts.tolist() == [0, 2, 3]
    index = Index(content)
    (hit,) = run_search(index, SearchQuery(near=NEAR, radius_km=5.0)).hits
    assert index.spots.groups(index.spots.every).documents_of(0) == [0, 1]
    assert hit.distance_km == pytest.approx(1.1, abs=0.05)


def test_nobody_is_measured_when_there_are_no_documents() -> None:
    content = build_content([], municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1)
    far = Distancer(content).measure(np.arange(0), NEAR)
    assert far.chords().tolist() == far.within(chord_of(8.0)).tolist() == []
