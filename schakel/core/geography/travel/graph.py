"""A road graph: stretches between junctions, and per mode the compressed rows that a search runs over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from schakel.core.errors import InvalidInput
from schakel.core.geography.travel.model import Mode, Numbers

LEAST_SHARE = 0.001  # smaller pieces of road, of all nodes of a mode, are car parks and drives: nobody starts there

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Stretches:
    """Pieces of road between two nodes; speeds in km/h, 0 where that direction may not be taken.

    `start`, `end`: node numbers; `km`: length; `speeds[mode]`: (from start to end, from end to start).
    """

    start: Ints
    end: Ints
    km: Numbers
    speeds: dict[Mode, tuple[Numbers, Numbers]]


@dataclass(frozen=True)
class Net:
    """What one mode may use, against the direction of travel, since the search sets out from the sites.

    Row v of (pointer, source, minutes) holds the nodes from which one step leads to v. `stops`: nodes where a trip may
    begin or end: those on a piece of road where everybody can reach everybody, if that piece is large enough.
    """

    pointer: Ints
    source: NDArray[np.uint32]
    minutes: Numbers
    stops: Ints


@dataclass(frozen=True)
class RoadGraph:
    """Nodes with WGS84 degrees and the stretches between them. `fingerprint` names what it was made from."""

    lats: Numbers
    lons: Numbers
    stretches: Stretches
    fingerprint: str

    def __post_init__(self) -> None:
        ends = np.concatenate([self.stretches.start, self.stretches.end])
        if ends.size and not (ends.min() >= 0 and ends.max() < self.lats.size):
            raise InvalidInput("The road graph is damaged: a stretch ends at a node that is not there")
        if not (np.isfinite(self.stretches.km).all() and (self.stretches.km >= 0).all()):
            raise InvalidInput("The road graph is damaged: a stretch has no length")

    def net(self, mode: Mode) -> Net:
        """What this mode may use; made once."""
        return self._nets[mode]

    @cached_property
    def _nets(self) -> dict[Mode, Net]:
        return {mode: self._make(mode) for mode in Mode}

    def _make(self, mode: Mode) -> Net:
        roads, nodes = self.stretches, self.lats.size
        there, back = roads.speeds[mode]
        origin = np.concatenate([roads.start[there > 0], roads.end[back > 0]])
        target = np.concatenate([roads.end[there > 0], roads.start[back > 0]])
        km = np.concatenate([roads.km[there > 0], roads.km[back > 0]])
        minutes = 60 * km / np.concatenate([there[there > 0], back[back > 0]])
        order = np.argsort(target, kind="stable")
        pointer = np.zeros(nodes + 1, dtype=np.int64)
        np.cumsum(np.bincount(target, minlength=nodes), out=pointer[1:])
        return Net(pointer, origin[order].astype(np.uint32), minutes[order], _stops(origin, target, nodes))


def _stops(origin: Ints, target: Ints, nodes: int) -> Ints:
    """Nodes of every piece of road that is large enough and where each node can be reached from each other."""
    used = np.unique(np.concatenate([origin, target]))
    if not used.size:
        return used
    links = sparse.csr_matrix((np.ones(origin.size, dtype=np.int8), (origin, target)), shape=(nodes, nodes))
    _, piece = connected_components(links, directed=True, connection="strong")
    sizes = np.bincount(piece[used])
    kept: Ints = used[sizes[piece[used]] >= max(2.0, LEAST_SHARE * used.size)]
    return kept
