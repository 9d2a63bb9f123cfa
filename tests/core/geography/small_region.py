"""Four municipalities on a line, 10 km apart from west to east, with localities: enough to work areas by hand."""

from __future__ import annotations

import math
from datetime import date

from schakel.core.geography import RegionGeography, build_geography
from schakel.core.geography.distance import EARTH_RADIUS_KM
from schakel.core.model import Cluster, Delivered, FactSource, Locality, Membership, Municipality, Point

SOURCE = FactSource("test", "", None)
EAST_10_KM = math.degrees(10 / EARTH_RADIUS_KM)  # along the equator, where a degree east is a degree of arc


def codes(last_digits: str) -> frozenset[str]:
    """The NIS codes of this region by their last digit: "13" is the first and the third municipality."""
    return frozenset(f"1000{digit}" for digit in last_digits)


def place(kilometres: float) -> Point:
    return Point(0.0, kilometres / 10 * EAST_10_KM)


def municipality(code: str, name: str, kilometres: float | None, neighbours: set[str]) -> Municipality:
    point = None if kilometres is None else place(kilometres)
    return Municipality(code, name.lower(), name, "", None, point, frozenset(neighbours), {}, SOURCE)


def membership(code: str, since: str | None = None, until: str | None = None) -> Membership:
    return Membership(code, "participant", since, until, SOURCE)


def small_region(on: date = date(2026, 1, 1)) -> RegionGeography:
    return build_geography(
        [
            municipality("10001", "Aldorp", 0, {"10002"}),
            municipality("10002", "Beekdorp", 10, {"10001", "10003"}),
            municipality("10003", "Ééndorp", 20, {"10002", "10004", "outside"}),
            municipality("10004", "Veldorp", None, {"10003"}),
        ],
        [
            Locality("Aldorp", "10001", "9001", place(0)),
            Locality("Bovenbeek", "10002", "9002", place(8)),
            Locality("Onderbeek", "10002", "9002", place(12)),
            Locality("Sint-Één", "10003", "9003", place(20)),
            Locality("Veldorp", "10004", "9004", None),
        ],
        [
            Cluster(
                "de-lijn",
                "De Lijn",
                "",
                "",
                (
                    membership("10001"),
                    membership("10002", "2018", "2025"),
                    membership("10003", "2026"),
                    membership("10009"),
                ),
                SOURCE,
            ),
        ],
        rules={
            Delivered.ON_SITE: "municipality_and_neighbours",
            Delivered.VISIT: "municipality",
            Delivered.REMOTE: "region",
        },
        on=on,
    )
