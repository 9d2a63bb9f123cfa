"""Load roads: read an OpenStreetMap extract once, keep what this region needs in the data folder."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from schakel.core.errors import InvalidInput
from schakel.core.geography.travel import Mode
from schakel.core.model import Point
from schakel.register import read
from schakel.sources.osm import Bounds, parse_roads, write_roads

MARGIN_KM = 15.0  # our choice: as far as people of the region go by the longest travel time of a service
KM_PER_DEGREE = 111.2  # of latitude


@dataclass(frozen=True, slots=True)
class RoadsLoaded:
    """What a load kept: nodes, kilometres per mode, stops of public transport, origins that no road reaches."""

    nodes: int
    km: dict[Mode, float]
    stops: int
    dated: str | None


def load_roads(file: Path, *, progress: Callable[[str, int, int], None] | None = None) -> RoadsLoaded:
    """Read the roads in and within 15 km of the region, and let them replace what was loaded before.

    Raises InvalidInput, in plain Dutch, when there is no region yet or the file is no good; what was kept stays.
    """
    points = [row.point for row in read.list_localities() if row.point is not None]
    points += [row.point for row in read.list_municipalities() if row.point is not None]
    if not points:
        raise InvalidInput("Er is nog geen regio. Laad eerst een regiopakket met: schakel load")

    def tell(count: int) -> None:
        if progress is not None:
            progress(f"wegen lezen: {count}", 0, 0)  # how many there are is not known beforehand

    tell(0)
    parsed = parse_roads(file, bounds=_around(points), progress=tell)
    today = timezone.localdate().isoformat()
    write_roads(Path(settings.ROADS_FILE), parsed, read_on=today, file=file.name)
    roads = parsed.graph.stretches
    km = {mode: float(roads.km[(there > 0) | (back > 0)].sum()) for mode, (there, back) in roads.speeds.items()}
    return RoadsLoaded(int(parsed.graph.lats.size), km, int(parsed.stop_lats.size), parsed.dated)


def _around(points: Sequence[Point]) -> Bounds:
    south, north = min(point.lat for point in points), max(point.lat for point in points)
    west, east = min(point.lon for point in points), max(point.lon for point in points)
    up = MARGIN_KM / KM_PER_DEGREE
    across = up / math.cos(math.radians((south + north) / 2))
    return Bounds(south - up, west - across, north + up, east + across)
