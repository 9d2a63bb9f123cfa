"""Who may use a way, in which direction, and how fast: from its tags to kilometres per hour.

Where a speed limit is tagged, a car does 80% of it, as the route planner OSRM reckons; else a speed per class of road
as its car profile has them. On foot 5 and by bicycle 15 km/h, as its other profiles. Belgian defaults for limits that
are tagged by name (70 outside built-up areas in Flanders, 90 in Wallonia). Not read: conditions by hour, surfaces,
forbidden turns. Pedestrians and cyclists use what the map's conventions for Belgium let them use, unless the way says
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

WALK_KMH, CYCLE_KMH = 5.0, 15.0
LIMIT_SHARE = 0.8
LEAST_KMH, MOST_KMH = 5.0, 120.0
KMH_PER_MPH = 1.609344

CAR_KMH = {
    "motorway": 90.0, "motorway_link": 75.0, "trunk": 85.0, "trunk_link": 70.0, "primary": 65.0, "primary_link": 60.0,
    "secondary": 55.0, "secondary_link": 50.0, "tertiary": 40.0, "tertiary_link": 30.0, "unclassified": 25.0,
    "residential": 25.0, "living_street": 10.0, "service": 15.0, "road": 25.0,
}  # fmt: skip
NAMED_LIMITS = {
    "urban": 50.0, "rural": 70.0, "zone30": 30.0, "zone20": 20.0, "living_street": 20.0, "cycle_street": 30.0,
    "motorway": 120.0, "trunk": 120.0, "walk": 6.0,
}  # fmt: skip
NAMED_LIMITS_BY_REGION = {"BE-WAL:rural": 90.0}
FAST = {"motorway", "motorway_link"}
PATHS = {"cycleway", "path", "track", "footway", "pedestrian", "steps", "bridleway", "corridor"}
ON_FOOT_ONLY = {"footway", "pedestrian", "steps", "bridleway", "corridor"}
NO = {"no", "private", "agricultural", "forestry", "emergency", "military", "use_sidepath"}
YES = {"yes", "designated", "permissive", "official", "destination"}
AGAINST = {"opposite", "opposite_lane", "opposite_track", "opposite_share_busway"}
BLOCKS_CARS = {"bollard", "block", "chain", "cycle_barrier", "jersey_barrier", "log", "motorcycle_barrier", "planter"}


@dataclass(frozen=True, slots=True)
class Use:
    """Kilometres per hour along the way and against it, per mode; 0: not allowed."""

    walk: tuple[float, float]
    cycle: tuple[float, float]
    car: tuple[float, float]

    @property
    def anybody(self) -> bool:
        """Whether any mode may use it."""
        return any(speed > 0 for pair in (self.walk, self.cycle, self.car) for speed in pair)


def read_use(tags: Mapping[str, str]) -> Use:
    """What the tags of a way say; a way that is no road or path for anybody gives zeros."""
    kind = tags.get("highway", "")
    if kind not in CAR_KMH and kind not in PATHS:
        return Use((0, 0), (0, 0), (0, 0))
    along, against = _directions(tags, kind)
    return Use(_walk(tags, kind), _cycle(tags, kind, along, against), _car(tags, kind, along, against))


def blocks_cars(tags: Mapping[str, str]) -> bool:
    """Whether a node is a barrier that no car passes."""
    barrier = tags.get("barrier", "")
    stated = _first(tags, "motorcar", "motor_vehicle", "vehicle", "access")
    if barrier in BLOCKS_CARS:
        return stated not in YES
    return bool(barrier) and stated in NO


def _first(tags: Mapping[str, str], *keys: str) -> str:
    """What the most specific of these keys says; empty when none does."""
    return next((tags[key] for key in keys if key in tags), "")


def _directions(tags: Mapping[str, str], kind: str) -> tuple[bool, bool]:
    """Whether vehicles may go along the way and against it."""
    oneway = tags.get("oneway", "")
    if oneway in {"-1", "reverse"}:
        return False, True
    implied = tags.get("junction") in {"roundabout", "circular"} or kind in FAST
    single = oneway in {"yes", "true", "1"} or (implied and oneway not in {"no", "false", "0"})
    return True, not single


def _walk(tags: Mapping[str, str], kind: str) -> tuple[float, float]:
    stated = _first(tags, "foot", "access")
    allowed = stated in YES if kind in FAST | {"trunk", "trunk_link"} else stated not in NO
    return (WALK_KMH, WALK_KMH) if allowed else (0.0, 0.0)


def _cycle(tags: Mapping[str, str], kind: str, along: bool, against: bool) -> tuple[float, float]:
    stated = _first(tags, "bicycle", "vehicle", "access")
    if kind in FAST | ON_FOOT_ONLY | {"trunk", "trunk_link"}:
        allowed = tags.get("bicycle", "") in YES
    else:
        allowed = stated not in NO
    if not allowed:
        return 0.0, 0.0
    own = tags.get("oneway:bicycle", "")
    sides = {tags.get(key, "") for key in ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both")}
    if own in {"no", "false", "0"} or (not own and sides & AGAINST):
        return CYCLE_KMH, CYCLE_KMH
    if own in {"yes", "true", "1"}:
        along, against = True, False
    elif own == "-1":
        along, against = False, True
    return CYCLE_KMH * along, CYCLE_KMH * against


def _car(tags: Mapping[str, str], kind: str, along: bool, against: bool) -> tuple[float, float]:
    usual = CAR_KMH.get(kind)
    stated = _first(tags, "motorcar", "motor_vehicle", "vehicle", "access")
    if usual is None or stated in NO:
        return 0.0, 0.0
    there = _limit(tags.get("maxspeed:forward") or tags.get("maxspeed"))
    back = _limit(tags.get("maxspeed:backward") or tags.get("maxspeed"))
    return _speed(usual, there) * along, _speed(usual, back) * against


def _speed(usual: float, limit: float | None) -> float:
    return usual if limit is None else min(max(LIMIT_SHARE * limit, LEAST_KMH), MOST_KMH)


def _limit(text: str | None) -> float | None:
    """A speed limit in km/h; None when it is not told or not understood."""
    if text is None:
        return None
    number = re.match(r"\s*(\d+(?:\.\d+)?)\s*(mph)?", text)
    if number:
        return float(number[1]) * (KMH_PER_MPH if number[2] else 1.0) or None
    return NAMED_LIMITS_BY_REGION.get(text, NAMED_LIMITS.get(text.rpartition(":")[2]))
