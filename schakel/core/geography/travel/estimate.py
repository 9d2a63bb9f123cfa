"""Travel time without a map: great circle x detour / speed. Always to be labelled "schatting"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from schakel.core.geography.distance import EARTH_RADIUS_KM
from schakel.core.geography.travel.model import NONE, Basis, Mode, Numbers, Places, Travel, checked_limit
from schakel.core.geography.travel.modes import PACES, Pace


@dataclass(frozen=True)
class Estimate:
    """Minutes as the crow flies with a detour and a usual speed per mode; the same places are zero minutes apart."""

    paces: Mapping[Mode, Pace] = field(default_factory=lambda: PACES)

    @property
    def basis(self) -> Basis:
        """An estimate."""
        return Basis.ESTIMATE

    @property
    def fingerprint(self) -> str:
        """The parameters, since nothing else decides the minutes."""
        return "estimate " + " ".join(f"{mode}:{pace.detour:g}/{pace.speed_kmh:g}" for mode, pace in self.paces.items())

    def between(self, origins: Places, sites: Places, *, mode: Mode, limit: float) -> Travel:
        """See `TravelTime.between`. Work and memory grow with the pairs within the limit, not with all pairs."""
        reach = checked_limit(limit)
        shape = (len(origins), len(sites))
        if 0 in shape:
            return Travel(sparse.csr_matrix(shape), mode, reach, self.basis, NONE, NONE)
        per_km = self.paces[mode].minutes_per_km
        angle = min(reach / per_km / EARTH_RADIUS_KM, np.pi)
        chord = 2 * np.sin(angle / 2) * (1 + 1e-9) + 1e-12  # a hair more: the exact limit is applied below
        near = cKDTree(on_sphere(origins)).sparse_distance_matrix(
            cKDTree(on_sphere(sites)), chord, output_type="ndarray"
        )
        minutes = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(near["v"] / 2, 1.0)) * per_km
        kept = minutes <= reach
        cost = sparse.coo_matrix((minutes[kept], (near["i"][kept], near["j"][kept])), shape=shape).tocsr()
        cost.sort_indices()
        return Travel(cost, mode, reach, self.basis, NONE, NONE)


def on_sphere(places: Places) -> Numbers:
    """Unit vectors: the straight line between two of them grows with the great circle."""
    lat, lon = np.radians(places.lats), np.radians(places.lons)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def side_by_side(places: Places) -> NDArray[np.int64]:
    """The numbers of the places in such an order that what follows each other lies near each other on earth.

    Leaf by leaf of a k-d tree (Bentley 1975): work that goes in this order finds its surroundings in the cache.
    """
    order: NDArray[np.int64] = cKDTree(on_sphere(places)).indices
    return order
