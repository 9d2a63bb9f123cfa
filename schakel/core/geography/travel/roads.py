"""Travel time over a road graph: points are brought to the nearest road, and minutes counted from the sites outwards.

Between a point and its road: as the crow flies, at the pace of the estimate. Not in it: traffic, turns that are
forbidden, waiting, parking, hills.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from schakel.core.geography.distance import EARTH_RADIUS_KM
from schakel.core.geography.travel.estimate import Estimate, on_sphere, side_by_side
from schakel.core.geography.travel.graph import Ints, RoadGraph
from schakel.core.geography.travel.model import Basis, Mode, Numbers, Places, Travel, checked_limit
from schakel.core.geography.travel.modes import PACES

FURTHEST_ROAD_KM = 1.0  # our choice: a place with no road within a kilometre is outside the map, or on no network

RING = 3.0  # stretches of average length that the search takes together; measured, it changes the speed only


@dataclass(frozen=True)
class Roads:
    """Minutes over the roads and paths that a mode may use."""

    graph: RoadGraph

    @property
    def basis(self) -> Basis:
        """Roads."""
        return Basis.ROADS

    @property
    def fingerprint(self) -> str:
        """What the graph was made from, and how the last bit to the road is reckoned."""
        return f"roads {self.graph.fingerprint} {Estimate().fingerprint}"

    def between(self, origins: Places, sites: Places, *, mode: Mode, limit: float) -> Travel:
        """See `TravelTime.between`. A pair at the same node takes no longer than the estimate straight across."""
        from schakel.core.geography.travel.search import reach

        most = checked_limit(limit)
        net = self.graph.net(mode)
        here, leg = self._nearest(origins, mode)
        begin, begun = self._nearest(sites, mode)
        placed = np.flatnonzero(here >= 0)
        turn = side_by_side(sites)  # what one site brings into the cache serves the next
        open_sites = turn[begin[turn] >= 0]
        order = placed[np.argsort(here[placed], kind="stable")]
        pointer = np.zeros(self.graph.lats.size + 1, dtype=np.int64)
        np.cumsum(np.bincount(here[order], minlength=self.graph.lats.size), out=pointer[1:])
        ring = RING * float(net.minutes.mean()) if net.minutes.size else 1.0
        site, origin, minutes = reach(
            net.pointer, net.source, net.minutes, begin[open_sites], begun[open_sites], most, max(ring, 1e-6),
            pointer, order, leg[order],
        )  # fmt: skip
        cost = sparse.coo_matrix((minutes, (origin, open_sites[site])), shape=(len(origins), len(sites))).tocsr()
        cost.sort_indices()
        self._straighten(cost, origins, sites, here, begin, mode)
        off, sites_off = np.flatnonzero(here < 0), np.flatnonzero(begin < 0)
        return Travel(cost, mode, most, self.basis, off, sites_off)

    def _nearest(self, places: Places, mode: Mode) -> tuple[Ints, Numbers]:
        """The node where each place meets the road (-1: none near), and the minutes between the two."""
        stops, tree = self._trees[mode]
        if tree is None or not len(places):
            return np.full(len(places), -1, dtype=np.int64), np.zeros(len(places))
        chord, place = tree.query(on_sphere(places))
        km = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chord / 2, 1.0))
        near = km <= FURTHEST_ROAD_KM
        return np.where(near, stops[np.minimum(place, stops.size - 1)], -1), km * PACES[mode].minutes_per_km

    @cached_property
    def _trees(self) -> dict[Mode, tuple[Ints, cKDTree | None]]:
        found = {}
        for mode in Mode:
            stops = self.graph.net(mode).stops
            points = on_sphere(Places(self.graph.lats[stops], self.graph.lons[stops]))
            found[mode] = (stops, cKDTree(points) if stops.size else None)
        return found

    def _straighten(
        self, cost: sparse.csr_matrix, origins: Places, sites: Places, here: Ints, begin: Ints, mode: Mode
    ) -> None:
        """Pairs that meet the road at the same node need not go by it."""
        rows = np.repeat(np.arange(cost.shape[0]), np.diff(cost.indptr))
        same = np.flatnonzero(here[rows] == begin[cost.indices])
        one, other = on_sphere(origins)[rows[same]], on_sphere(sites)[cost.indices[same]]
        chord = np.linalg.norm(one - other, axis=1)
        straight = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chord / 2, 1.0)) * PACES[mode].minutes_per_km
        cost.data[same] = np.minimum(cost.data[same], straight)
