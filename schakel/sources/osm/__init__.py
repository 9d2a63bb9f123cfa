"""Roads from an OpenStreetMap extract: read once, kept as one compact file. © OpenStreetMap contributors, ODbL."""

from schakel.sources.osm.kept import DamagedRoads, KeptRoads, KeptStops, read_roads, read_stops, write_roads
from schakel.sources.osm.parse import Bounds, ParsedRoads, parse_roads

__all__ = [
    "Bounds",
    "DamagedRoads",
    "KeptRoads",
    "KeptStops",
    "ParsedRoads",
    "parse_roads",
    "read_roads",
    "read_stops",
    "write_roads",
]
