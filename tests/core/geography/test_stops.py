"""Walking to public transport: an example by hand, a slow twin, and what is not known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.geography.distance import distance_km
from schakel.core.geography.stops import NEAR, share_near_stop, walk_to_stop
from schakel.core.geography.travel import Places
from schakel.core.model import Origin, Point

degrees = st.tuples(st.floats(50.85, 50.95), st.floats(3.95, 4.05))


def origin(lat: float, people: float | None, nis_code: str = "99999") -> Origin:
    return Origin(f"{lat}", "", nis_code, Point(lat, 4.0), people)


def test_the_share_by_hand() -> None:
    """0.005 degrees north is 0.556 km: x 1.3 / 5 km/h is 8.67 minutes, near. 0.006 is 10.41 minutes: not near."""
    stops = Places.of([Point(50.9, 4.0)])
    walks = walk_to_stop(Places.of([Point(50.905, 4.0), Point(50.906, 4.0)]), stops, limit=20)
    assert walks == pytest.approx([8.67, 10.41], abs=0.01)
    found = share_near_stop([origin(50.905, 300.0), origin(50.906, 900.0)], stops)
    assert found == {"99999": 0.25}


def test_unknown_people_give_no_share_and_nobody_near_gives_zero() -> None:
    stops = Places.of([Point(50.9, 4.0)])
    rows = [origin(50.9, 10.0, "1"), origin(50.9, None, "1"), origin(51.9, 10.0, "2"), origin(50.9, 0.0, "3")]
    assert share_near_stop(rows, stops) == {"2": 0.0}


@given(st.lists(degrees, min_size=1, max_size=6), st.lists(degrees, max_size=8))
def test_the_nearest_stop_is_found_as_slowly(
    places: list[tuple[float, float]], stops: list[tuple[float, float]]
) -> None:
    walks = walk_to_stop(Places.of([Point(*one) for one in places]), Places.of([Point(*one) for one in stops]))
    for place, found in zip(places, walks, strict=True):
        slow = min((distance_km(Point(*place), Point(*one)) * 60 * 1.3 / 5 for one in stops), default=np.inf)
        if abs(slow - NEAR) > 1e-6:
            assert found == pytest.approx(slow if slow <= NEAR else np.inf, abs=1e-6)
