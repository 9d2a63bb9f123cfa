"""Travel time as the crow flies: a hand-worked example, a slow twin, and what holds for any places."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.core.errors import InvalidInput
from schakel.core.geography.distance import EARTH_RADIUS_KM, distance_km
from schakel.core.geography.travel import PACES, Basis, Estimate, Mode, Places
from schakel.core.model import Point

degrees = st.tuples(st.floats(50.6, 51.1), st.floats(3.4, 4.2))


def test_minutes_follow_from_distance_detour_and_speed() -> None:
    """A hundredth of a degree of latitude is 1.11195 km; by bicycle x 1.3 / 15 km/h that is 5.782 minutes."""
    start, end = Point(50.90, 4.0), Point(50.91, 4.0)
    travel = Estimate().between(Places.of([start]), Places.of([end]), mode=Mode.CYCLE, limit=10)
    km = 0.01 * math.pi / 180 * EARTH_RADIUS_KM
    assert km == pytest.approx(1.11195, abs=1e-5)
    assert travel.cost[0, 0] == pytest.approx(5.782, abs=1e-3)
    assert travel.basis == Basis.ESTIMATE


def test_the_same_place_is_zero_minutes_and_stays_in_the_table() -> None:
    here = Places.of([Point(50.9, 4.0)])
    travel = Estimate().between(here, here, mode=Mode.WALK, limit=1)
    assert travel.cost.nnz == 1
    assert travel.cost[0, 0] == 0


@given(st.lists(degrees, min_size=1, max_size=8), st.lists(degrees, min_size=1, max_size=8), st.floats(0.5, 60))
@settings(deadline=None, max_examples=50)
def test_the_table_holds_exactly_the_pairs_within_the_limit(
    origins: list[tuple[float, float]], sites: list[tuple[float, float]], limit: float
) -> None:
    for mode in Mode:
        travel = Estimate().between(Places.of(Point(*o) for o in origins), Places.of(Point(*s) for s in sites),
                                    mode=mode, limit=limit)  # fmt: skip
        stored = travel.cost.tocoo()
        found = {(int(i), int(j)): v for i, j, v in zip(stored.row, stored.col, stored.data, strict=True)}
        for i, origin in enumerate(origins):
            for j, site in enumerate(sites):
                minutes = distance_km(Point(*origin), Point(*site)) * PACES[mode].minutes_per_km
                if (i, j) in found:
                    assert found[i, j] == pytest.approx(minutes, abs=1e-6)
                    assert found[i, j] <= limit
                else:
                    assert minutes > limit - 1e-6


def test_a_longer_limit_only_adds_pairs() -> None:
    rng = np.random.default_rng(5)
    places = Places.at(rng.uniform(50.7, 51, 40), rng.uniform(3.5, 4.1, 40))
    short = Estimate().between(places, places, mode=Mode.CAR, limit=8).cost
    long = Estimate().between(places, places, mode=Mode.CAR, limit=20).cost
    near = np.where(long.toarray() <= 8, long.toarray(), 0)
    assert np.array_equal(short.toarray(), near)
    assert long.nnz > short.nnz


def test_no_origins_or_no_sites_give_an_empty_table() -> None:
    one, none = Places.of([Point(50.9, 4.0)]), Places.of([])
    assert Estimate().between(none, one, mode=Mode.CAR, limit=5).cost.shape == (0, 1)
    assert Estimate().between(one, none, mode=Mode.CAR, limit=5).cost.shape == (1, 0)


@pytest.mark.parametrize("limit", [0, -1, math.nan, math.inf])
def test_a_limit_that_is_no_number_above_zero_is_refused(limit: float) -> None:
    here = Places.of([Point(50.9, 4.0)])
    with pytest.raises(InvalidInput, match="above 0"):
        Estimate().between(here, here, mode=Mode.CAR, limit=limit)


@pytest.mark.parametrize(("lat", "lon"), [(math.nan, 4.0), (50.9, math.inf), (151_000.0, 4.0)])
def test_a_place_that_is_nowhere_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(InvalidInput, match="Place 1 lies at"):
        Places.at([50.9, lat], [4.0, lon])


def test_the_fingerprint_follows_the_parameters() -> None:
    faster = {mode: type(pace)(pace.detour, pace.speed_kmh + 1) for mode, pace in PACES.items()}
    assert Estimate().fingerprint == Estimate().fingerprint
    assert Estimate(faster).fingerprint != Estimate().fingerprint
