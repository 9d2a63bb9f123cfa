"""Small OpenStreetMap extracts, written with the library that also reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Way

STEP = 0.001  # degrees between two nodes of a row: 111 m north, 70 m east here
SOUTH, WEST = 50.90, 4.00
HIGHWAY = {"highway": "residential"}


def write_extract(
    file: Path,
    nodes: Mapping[int, tuple[float, float]],
    ways: Sequence[tuple[Sequence[int], Mapping[str, str]]],
    node_tags: Mapping[int, Mapping[str, str]] | None = None,
) -> Path:
    """Nodes by number at (rows north, columns east) of a fine grid, then the ways."""
    with osmium.SimpleWriter(str(file)) as writer:
        for number, (row, column) in sorted(nodes.items()):
            place = (WEST + column * STEP, SOUTH + row * STEP)
            writer.add_node(Node(id=number, location=place, tags=dict((node_tags or {}).get(number, {})), version=1))
        for number, (refs, tags) in enumerate(ways, start=1):
            writer.add_way(Way(id=number, nodes=list(refs), tags=dict(tags), version=1))
    return file


def place(row: float, column: float) -> tuple[float, float]:
    """Latitude and longitude of a point of the grid."""
    return SOUTH + row * STEP, WEST + column * STEP
