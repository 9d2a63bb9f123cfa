"""Roads from an OpenStreetMap extract: read once, kept as one compact file. © OpenStreetMap contributors, ODbL."""

from schakel.sources.osm.kept import DamagedRoads, KeptRoads, read_roads, write_roads
from schakel.sources.osm.parse import Bounds, ParsedRoads, parse_roads

__all__ = ["Bounds", "DamagedRoads", "KeptRoads", "ParsedRoads", "parse_roads", "read_roads", "write_roads"]
