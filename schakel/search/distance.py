"""How far documents are: as the crow flies, to the nearest of their points.

What is compared is a *chord*: the square of the straight line through an earth with radius one. It orders as the
distance does and costs a fraction of it; only what is shown becomes kilometres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schakel.search.content import EARTH_RADIUS_KM, Content, unit_vector
from schakel.search.groups import after_the_first
from schakel.search.kept import Kept

Docs = NDArray[np.intp]
Chords = NDArray[np.float32]
_Points = tuple[Docs, NDArray[np.float32]]  # of which spots, and where on the sphere

_MOST_PLACES = 16  # whose chords are kept: half a megabyte each at 100,000 organisations


class Far:
    """How far documents are from one place: measured per spot, told per document."""

    def __init__(self, chords: Chords, spots: Docs) -> None:
        """`chords` per spot, `spots` per document."""
        self._chords, self._spots = chords, spots

    def within(self, chord: np.float32) -> NDArray[np.bool_]:
        """Per document whether it is no farther than that; one without a point never is."""
        return (self._chords <= chord).take(self._spots)

    def chords(self, places: Docs | None = None) -> Chords:
        """The chord of the documents at these places among those measured (None: of all), infinite without a point."""
        return self._chords.take(self._spots if places is None else self._spots.take(places))


class Distancer:
    """Measures from a place on earth to documents of one index. Good to a few metres.

    Most offers of an organisation have one and the same point, and they stand side by side: such a run of documents is
    a *spot*, measured once. From the places asked last all spots stay measured: the same visitor asks again with every
    filter, and most visitors choose the middle of a municipality.
    """

    def __init__(self, content: Content) -> None:
        count, start, points = np.diff(content.point_start), content.point_start[:-1], content.points
        padded = np.concatenate([points, np.full((3, 1), np.inf, dtype=np.float32)], axis=1)
        first = padded[:, np.where(count > 0, start, points.shape[1])]  # without a point: infinitely far
        begins = np.ones(len(count), dtype=np.bool_)
        same = np.logical_and.reduce(first[:, 1:] == first[:, :-1])
        begins[1:] = ~(same & (count[1:] == count[:-1]) & (count[1:] <= 1))
        self._points = points
        self._start = content.point_start
        self._spot = np.cumsum(begins, dtype=np.intp) - 1  # as wide as numpy wants what it takes by: else it copies
        self._spot_first = np.ascontiguousarray(first[:, begins])
        spot_start, spot_count = start[begins], count[begins]
        self._further: list[_Points] = [
            (which, points.take(places, axis=1)) for which, places in after_the_first(spot_start, spot_count)
        ]
        self._measured: Kept[tuple[float, float], Chords] = Kept(_MOST_PLACES)

    def measure(self, docs: Docs, near: tuple[float, float]) -> Far:
        """How far documents, in ascending order, are from a place: each to its nearest point."""
        every = len(docs) and int(docs[-1]) + 1 == len(docs)
        spots = self._spot[: len(docs)] if every else self._spot.take(docs)
        return Far(self._measured.get(near, lambda: self._nearest(near)), spots)

    def forget(self) -> None:
        """Forget what was measured."""
        self._measured.clear()

    def _nearest(self, near: tuple[float, float]) -> Chords:
        """Per spot the chord to its nearest point."""
        found = _chords(self._spot_first, near)
        for which, points in self._further:
            found[which] = np.minimum(found.take(which), _chords(points, near))
        return found

    def nearest_points(self, docs: Docs, near: tuple[float, float]) -> list[int | None]:
        """Which point of each document is the nearest; None when it has none. Nearly all have one, or none."""
        starts, ends = self._start.take(docs).tolist(), self._start.take(docs + 1).tolist()
        return [
            first if end - first == 1 else None if end == first else self._nearest_of(first, end, near)
            for first, end in zip(starts, ends, strict=True)
        ]

    def _nearest_of(self, first: int, end: int, near: tuple[float, float]) -> int:
        return first + int(np.argmin(_chords(self._points[:, first:end], near)))


def kilometres(chords: Chords) -> NDArray[np.float32]:
    """Chords as kilometres over the ground; infinite stays infinite."""
    half = np.sqrt(chords) / 2
    found: NDArray[np.float32] = np.where(
        np.isinf(half), np.float32(np.inf), 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half, 1))
    )
    return found


def chord_of(kilometres: float) -> np.float32:
    """The chord of a distance over the ground."""
    return np.float32((2 * np.sin(min(kilometres / (2 * EARTH_RADIUS_KM), np.pi / 2))) ** 2)


def _chords(points: NDArray[np.float32], near: tuple[float, float]) -> Chords:
    """From one place to points on the sphere; in place, since fresh arrays of this size cost more than the sums."""
    (x, y, z), (at_x, at_y, at_z) = points, np.array(unit_vector(*near), dtype=np.float32)
    total: Chords = x - at_x
    np.multiply(total, total, out=total)
    step = np.empty_like(total)
    for axis, at in ((y, at_y), (z, at_z)):
        np.subtract(axis, at, out=step)
        np.multiply(step, step, out=step)
        np.add(total, step, out=total)
    return total
