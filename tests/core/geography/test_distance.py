"""Distances: known towns, arcs of the circle, and the other textbook formula."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.core.geography import distance_km, distances_km
from schakel.core.geography.distance import EARTH_RADIUS_KM
from schakel.core.model import Point

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


def test_distance_between_two_towns_is_what_a_map_says() -> None:
    ronse, brakel = Point(50.7518, 3.6021), Point(50.8054, 3.7612)
    assert distance_km(ronse, brakel) == pytest.approx(12.7, abs=0.1)


def test_distance_of_one_degree_of_arc_is_a_360th_of_the_circle() -> None:
    arc = 2 * math.pi * EARTH_RADIUS_KM / 360
    assert distance_km(Point(0, 0), Point(0, 1)) == pytest.approx(arc)
    assert distance_km(Point(10, 5), Point(11, 5)) == pytest.approx(arc)
    assert distance_km(Point(90, 0), Point(-90, 0)) == pytest.approx(180 * arc)


def test_distances_of_unknown_places_are_not_a_number() -> None:
    assert np.isnan(distances_km(50.0, 3.0, np.array([np.nan]), np.array([3.0])))[0]


@pytest.mark.slow
@settings(deadline=None)
@given(points, points, points)
def test_distance_is_symmetric_and_no_detour_is_shorter(one: Point, two: Point, three: Point) -> None:
    assert distance_km(one, two) == pytest.approx(distance_km(two, one), abs=1e-6)
    assert distance_km(one, one) == 0
    assert distance_km(one, three) <= distance_km(one, two) + distance_km(two, three) + 1e-4


@pytest.mark.slow
@settings(deadline=None)
@given(points, st.lists(points, min_size=1, max_size=5))
def test_distances_agree_with_the_slow_twin(centre: Point, others: list[Point]) -> None:
    """The twin is the angle between two vectors, the other textbook formula."""

    def vector(point: Point) -> tuple[float, float, float]:
        lat, lon = math.radians(point.lat), math.radians(point.lon)
        return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)

    many = distances_km(centre.lat, centre.lon, np.array([p.lat for p in others]), np.array([p.lon for p in others]))
    for point, kilometres in zip(others, many, strict=True):
        half_chord = min(1.0, math.dist(vector(centre), vector(point)) / 2)
        assert kilometres == pytest.approx(2 * EARTH_RADIUS_KM * math.asin(half_chord), abs=1e-2)
        assert kilometres == pytest.approx(distance_km(centre, point), abs=1e-6)
