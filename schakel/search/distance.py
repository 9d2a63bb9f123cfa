"""How far documents are: as the crow flies, to the nearest of their points.

What is compared is a *chord*: the square of the straight line through an earth with radius one. It orders as the
distance does and costs a fraction of it; only what is shown becomes kilometres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schakel.search.content import EARTH_RADIUS_KM, Content, unit_vector

Docs = NDArray[np.intp]
Chords = NDArray[np.float32]

_FEW = 4  # so many times fewer documents than places: they are measured by themselves


class Distancer:
    """Measures from a place on earth to documents of one index. Good to a few metres.

    Most offers of an organisation have one and the same point, and they stand side by side: such a run of documents is
    a *spot*, measured once.
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
        self._spot = np.cumsum(begins, dtype=np.int32) - 1
        self._spot_first = np.ascontiguousarray(first[:, begins])
        self._spot_start, self._spot_count = start[begins], count[begins]
        self._most = int(self._spot_count.max(initial=0))

    def chords(self, docs: Docs, near: tuple[float, float]) -> Chords:
        """Per document, in ascending order, the chord to its nearest point; infinite for one without a point."""
        if not len(docs):
            return np.zeros(0, dtype=np.float32)
        spots = self._spot[: len(docs)] if int(docs[-1]) + 1 == len(docs) else self._spot.take(docs)
        if len(docs) * _FEW < len(self._spot_count):
            return self._nearest(
                self._spot_first.take(spots, axis=1), self._spot_start.take(spots), self._spot_count.take(spots), near
            )
        return self._nearest(self._spot_first, self._spot_start, self._spot_count, near).take(spots)

    def _nearest(
        self,
        first: NDArray[np.float32],
        start: NDArray[np.int32],
        count: NDArray[np.int32],
        near: tuple[float, float],
    ) -> Chords:
        """First points first; then second ones for the spots that have them, and so on."""
        found = _chords(first, near)
        for further in range(1, self._most):
            more = np.flatnonzero(count > further)
            found[more] = np.minimum(found[more], _chords(self._points.take(start[more] + further, axis=1), near))
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
    total = np.zeros(points.shape[1], dtype=np.float32)
    for axis, part in zip(points, unit_vector(*near), strict=True):
        step = axis - np.float32(part)
        np.multiply(step, step, out=step)
        np.add(total, step, out=total)
    return total
