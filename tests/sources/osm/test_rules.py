"""Who may use a way: each line a fact of the road that a traveller relies on."""

from __future__ import annotations

import pytest

from schakel.sources.osm.rules import blocks_cars, read_use


@pytest.mark.parametrize(
    ("tags", "walk", "cycle", "car"),
    [
        ({"highway": "residential"}, (5, 5), (15, 15), (25, 25)),
        ({"highway": "residential", "maxspeed": "30"}, (5, 5), (15, 15), (24, 24)),
        ({"highway": "secondary", "maxspeed": "BE-VLG:rural"}, (5, 5), (15, 15), (56, 56)),
        ({"highway": "secondary", "maxspeed": "BE-WAL:rural"}, (5, 5), (15, 15), (72, 72)),
        ({"highway": "tertiary", "maxspeed": "signals"}, (5, 5), (15, 15), (40, 40)),
        ({"highway": "tertiary", "maxspeed": "0"}, (5, 5), (15, 15), (40, 40)),
        ({"highway": "primary", "maxspeed:forward": "50", "maxspeed": "70"}, (5, 5), (15, 15), (40, 56)),
        ({"highway": "residential", "oneway": "yes"}, (5, 5), (15, 0), (25, 0)),
        ({"highway": "residential", "oneway": "-1"}, (5, 5), (0, 15), (0, 25)),
        ({"highway": "residential", "oneway": "yes", "oneway:bicycle": "no"}, (5, 5), (15, 15), (25, 0)),
        ({"highway": "residential", "oneway": "yes", "cycleway": "opposite"}, (5, 5), (15, 15), (25, 0)),
        ({"highway": "tertiary", "junction": "roundabout"}, (5, 5), (15, 0), (40, 0)),
        ({"highway": "motorway"}, (0, 0), (0, 0), (90, 0)),
        ({"highway": "trunk"}, (0, 0), (0, 0), (85, 85)),
        ({"highway": "footway"}, (5, 5), (0, 0), (0, 0)),
        ({"highway": "footway", "bicycle": "yes"}, (5, 5), (15, 15), (0, 0)),
        ({"highway": "cycleway"}, (5, 5), (15, 15), (0, 0)),
        ({"highway": "cycleway", "foot": "no"}, (0, 0), (15, 15), (0, 0)),
        ({"highway": "track"}, (5, 5), (15, 15), (0, 0)),
        ({"highway": "service", "access": "private"}, (0, 0), (0, 0), (0, 0)),
        ({"highway": "service", "access": "private", "foot": "yes"}, (5, 5), (0, 0), (0, 0)),
        ({"highway": "unclassified", "motor_vehicle": "no"}, (5, 5), (15, 15), (0, 0)),
        ({"highway": "primary", "bicycle": "use_sidepath"}, (5, 5), (0, 0), (65, 65)),
        ({"highway": "construction"}, (0, 0), (0, 0), (0, 0)),
        ({"railway": "rail"}, (0, 0), (0, 0), (0, 0)),
    ],
)
def test_who_may_use_a_way(
    tags: dict[str, str], walk: tuple[float, float], cycle: tuple[float, float], car: tuple[float, float]
) -> None:
    use = read_use(tags)
    assert use.walk == walk
    assert use.cycle == cycle
    assert use.car == pytest.approx(car)


def test_a_speed_in_miles_is_turned_into_kilometres() -> None:
    assert read_use({"highway": "primary", "maxspeed": "30 mph"}).car[0] == pytest.approx(0.8 * 48.28032)


@pytest.mark.parametrize(
    ("tags", "blocked"),
    [
        ({"barrier": "bollard"}, True),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, False),
        ({"barrier": "gate"}, False),
        ({"barrier": "gate", "access": "private"}, True),
        ({"highway": "crossing"}, False),
    ],
)
def test_what_stops_a_car(tags: dict[str, str], blocked: bool) -> None:
    assert blocks_cars(tags) is blocked
