"""From an OpenStreetMap extract to a road graph of stretches between junctions, and the stops of public transport."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from schakel.core.errors import InvalidInput
from schakel.core.geography.distance import EARTH_RADIUS_KM
from schakel.core.geography.travel import Mode, Places, RoadGraph, Stretches, side_by_side
from schakel.sources.osm.rules import blocks_cars, read_use

if TYPE_CHECKING:
    from osmium.osm import Node, Way

ABOUT_KM = (
    0.25  # a long stretch is cut at bends about this far apart, so that a place meets the road near where it lies
)
RULES = 1  # raise when a file that was read before would now give another graph
MODES = tuple(Mode)

Ints = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box of WGS84 degrees."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True)
class ParsedRoads:
    """The graph, where public transport stops (latitude and longitude), and the day of the newest data, if told."""

    graph: RoadGraph
    stop_lats: Numbers
    stop_lons: Numbers
    dated: str | None


@dataclass
class _Gathered:
    """What a pass over the file found; ways one after the other, `first` marking where each begins."""

    refs: array[int] = field(default_factory=lambda: array("q"))
    lats: array[float] = field(default_factory=lambda: array("d"))
    lons: array[float] = field(default_factory=lambda: array("d"))
    first: array[int] = field(default_factory=lambda: array("q"))
    speeds: list[tuple[float, ...]] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    stops: list[tuple[float, float]] = field(default_factory=list)

    def add(self, nodes: list[tuple[int, float, float]], speeds: tuple[float, ...]) -> None:
        self.first.append(len(self.refs))
        self.speeds.append(speeds)
        for ref, lat, lon in nodes:
            self.refs.append(ref)
            self.lats.append(lat)
            self.lons.append(lon)


def parse_roads(
    file: Path, *, bounds: Bounds | None = None, progress: Callable[[int], None] | None = None
) -> ParsedRoads:
    """Read the roads of `file` (.osm.pbf, .osm, …), only those with a node within `bounds` when given.

    `progress` hears now and then how many roads were kept. Pieces of a way whose nodes are not in the file are left
    out. Raises InvalidInput, in plain Dutch, when the file is not there, is no OpenStreetMap data, is cut off or holds
    no road in the bounds.
    """
    if not file.is_file():
        raise InvalidInput(f"{file} bestaat niet of is geen bestand. Geef een uittreksel van OpenStreetMap (.osm.pbf).")
    found, dated = _gather(file, bounds, progress)
    if not found.speeds:
        where = "die in of bij deze regio ligt" if bounds else "in"
        raise InvalidInput(f"{file}: er staat geen enkele weg {where}. Neem een uittreksel waar de regio in ligt.")
    graph = _graph(found, _fingerprint(file, bounds))
    stops = np.array(sorted(set(found.stops)), dtype=np.float64).reshape(-1, 2)
    return ParsedRoads(graph, stops[:, 0], stops[:, 1], dated)


def _fingerprint(file: Path, bounds: Bounds | None) -> str:
    with file.open("rb") as stream:
        content = hashlib.file_digest(stream, "sha256").hexdigest()
    return hashlib.sha256(f"{RULES} {content} {bounds}".encode()).hexdigest()


def _gather(file: Path, bounds: Bounds | None, progress: Callable[[int], None] | None) -> tuple[_Gathered, str | None]:
    import osmium

    found = _Gathered()
    try:
        # a filter sees an object after its location was kept: what is not wanted never becomes a Python object
        wanted = osmium.filter.KeyFilter("highway", "railway", "public_transport", "barrier")
        reader = osmium.FileProcessor(str(file)).with_locations().with_filter(wanted)
        dated = reader.header.get("osmosis_replication_timestamp")[:10] or None
        for thing in reader:
            if isinstance(thing, osmium.osm.Node):
                _take_node(found, thing, bounds)
            elif isinstance(thing, osmium.osm.Way):
                _take_way(found, thing, bounds)
                if progress is not None and len(found.speeds) % 20_000 == 0 and found.speeds:
                    progress(len(found.speeds))
    except (RuntimeError, OSError) as error:  # what the reader raises for a file that it cannot read to its end
        raise InvalidInput(
            f"{file} is geen leesbaar OpenStreetMap-bestand of is afgebroken ({error}). Haal het opnieuw op."
        ) from error
    return found, dated


def _within(lat: float, lon: float, bounds: Bounds | None) -> bool:
    return bounds is None or (bounds.south <= lat <= bounds.north and bounds.west <= lon <= bounds.east)


def _take_node(found: _Gathered, node: Node, bounds: Bounds | None) -> None:
    tags = node.tags
    if "barrier" in tags and blocks_cars({tag.k: tag.v for tag in tags}):
        found.blocked.add(node.id)
    stop = (
        tags.get("highway") == "bus_stop"
        or tags.get("railway") in {"station", "halt", "tram_stop"}
        or tags.get("public_transport") == "platform"
    )
    if stop and _within(node.lat, node.lon, bounds):
        found.stops.append((node.lat, node.lon))


def _take_way(found: _Gathered, way: Way, bounds: Bounds | None) -> None:
    tags = {tag.k: tag.v for tag in way.tags}
    use = read_use(tags)
    if not use.anybody:
        return
    speeds = (*use.walk, *use.cycle, *use.car)
    piece: list[tuple[int, float, float]] = []
    pieces = [piece]
    for node in way.nodes:
        place = node.location
        if place.valid():
            piece.append((node.ref, place.lat, place.lon))
        elif piece:
            piece = []
            pieces.append(piece)
    for part in pieces:
        if len(part) > 1 and any(_within(lat, lon, bounds) for _, lat, lon in part):
            found.add(part, speeds)


def _graph(found: _Gathered, fingerprint: str) -> RoadGraph:
    """Cut the ways at junctions, ends and barriers, and where a stretch grows long."""
    refs, lats, lons = (np.array(part) for part in (found.refs, found.lats, found.lons))
    first = np.zeros(refs.size, dtype=np.bool_)
    first[np.array(found.first)] = True
    last = np.append(first[1:], True)
    _, place, times = np.unique(refs, return_inverse=True, return_counts=True)
    blocked = np.isin(refs, np.fromiter(found.blocked, dtype=np.int64, count=len(found.blocked)))
    cut = first | last | (times[place] > 1) | blocked
    steps = _step_lengths(lats, lons)
    steps[first] = 0.0
    run = np.cumsum(steps)
    begun = np.maximum.accumulate(np.where(cut, np.arange(refs.size), 0))
    since = run - run[np.where(cut & ~first, np.roll(begun, 1), begun)]  # kilometres since the cut before each node
    cut |= np.diff(np.floor(since / ABOUT_KM), append=0.0) > 0
    at = np.flatnonzero(cut)
    inner = ~first[at[1:]]  # from one cut to the next within the same way
    begin, end = at[:-1][inner], at[1:][inner]
    way = np.cumsum(first)[begin] - 1
    speeds = np.array(found.speeds)[way].T
    closed = blocked[begin] | blocked[end]
    speeds[4:, closed] = 0.0
    kept, number = np.unique(np.concatenate([place[begin], place[end]]), return_inverse=True)
    where = np.zeros(times.size, dtype=np.int64)
    where[place] = np.arange(refs.size)
    nodes = Places(lats[where[kept]], lons[where[kept]])
    order = side_by_side(nodes)  # the numbers that nodes have in the file say little of where they lie
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    return RoadGraph(
        nodes.lats[order],
        nodes.lons[order],
        Stretches(
            rank[number[: begin.size]],
            rank[number[begin.size :]],
            run[end] - run[begin],
            {mode: (speeds[2 * row], speeds[2 * row + 1]) for row, mode in enumerate(MODES)},
        ),
        fingerprint,
    )


def _step_lengths(lats: Numbers, lons: Numbers) -> Numbers:
    """Kilometres from the node before each node."""
    lat, lon = np.radians(lats), np.radians(lons)
    half = np.sin(np.diff(lat) / 2) ** 2 + np.cos(lat[:-1]) * np.cos(lat[1:]) * np.sin(np.diff(lon) / 2) ** 2
    return np.concatenate([[0.0], 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))])
