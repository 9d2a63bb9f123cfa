"""The words of travel time: modes, places, and a table of minutes that says what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from schakel.core.errors import InvalidInput
from schakel.core.model import Point

Numbers: TypeAlias = NDArray[np.float64]


class Mode(StrEnum):
    """How people travel; the codes of the taxonomy."""

    WALK = "walk"
    CYCLE = "cycle"
    CAR = "car"


class Basis(StrEnum):
    """What minutes rest on."""

    ESTIMATE = "estimate"  # as the crow flies, with a detour and a usual speed
    ROADS = "roads"  # over the roads and paths of a map


@dataclass(frozen=True)
class Places:
    """Points on earth as two arrays of WGS84 degrees, in the order of the rows or columns they stand for.

    Raises InvalidInput when a coordinate is not known: leave such a place out, since nobody knows how far it is.
    """

    lats: Numbers
    lons: Numbers

    def __post_init__(self) -> None:
        if self.lats.ndim != 1 or self.lats.shape != self.lons.shape:
            raise InvalidInput(f"Latitudes {self.lats.shape} and longitudes {self.lons.shape} must be two equal lists")
        wrong = np.flatnonzero(~((np.abs(self.lats) <= 90) & (np.abs(self.lons) <= 180)))
        if wrong.size:
            lat, lon = self.lats[wrong[0]], self.lons[wrong[0]]
            raise InvalidInput(f"Place {wrong[0]} lies at latitude {lat}, longitude {lon}, which is nowhere on earth")

    @classmethod
    def of(cls, points: Iterable[Point]) -> Places:
        """The places of these points."""
        pairs = [(point.lat, point.lon) for point in points]
        return cls.at([lat for lat, _ in pairs], [lon for _, lon in pairs])

    @classmethod
    def at(cls, lats: ArrayLike, lons: ArrayLike) -> Places:
        """The places with these coordinates."""
        return cls(np.asarray(lats, dtype=np.float64), np.asarray(lons, dtype=np.float64))

    def __len__(self) -> int:
        return int(self.lats.size)


@dataclass(frozen=True)
class Travel:
    """Minutes from origins to sites.

    `cost`: SciPy CSR, origins x sites, in minutes, sorted; a stored 0 is zero minutes and an absent entry is more than
    `limit` minutes or unreachable. `off_network`: origins, and `sites_off_network`: sites, of which it is not known how
    far they are, since no road was found near them; both always empty for an estimate.
    """

    cost: Any
    mode: Mode
    limit: float
    basis: Basis
    off_network: NDArray[np.int64]
    sites_off_network: NDArray[np.int64]


class TravelTime(Protocol):
    """A way to know travel times. `fingerprint` names it exactly: same fingerprint, same minutes."""

    @property
    def basis(self) -> Basis: ...

    @property
    def fingerprint(self) -> str: ...

    def between(self, origins: Places, sites: Places, *, mode: Mode, limit: float) -> Travel:
        """Minutes from each origin to each site that lies within `limit` minutes, inclusive.

        Raises InvalidInput for a limit that is not a number above 0.
        """
        ...


def checked_limit(limit: float) -> float:
    """The limit in minutes, refused when it is not a number above 0."""
    if not (math.isfinite(limit) and limit > 0):
        raise InvalidInput(f"The limit is {limit} minutes; it must be a number above 0")
    return float(limit)


NONE: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
