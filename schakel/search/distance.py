"""How far documents are: as the crow flies, to the nearest of their points.

What is compared is a *chord*: the square of the straight line through an earth with radius one. It orders as the
distance does and costs a fraction of it; only what is shown becomes kilometres.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.search.content import EARTH_RADIUS_KM, Content, is_findable, unit_vector
from schakel.search.groups import after_the_first
from schakel.search.kept import Kept

Docs = NDArray[np.intp]
Chords = NDArray[np.float32]
Near = tuple[float, float]
_Points = tuple[NDArray[np.float32], list[tuple[Docs, NDArray[np.float32]]]]  # the first ones; whose second, third, …

_MOST_PLACES = 16  # whose chords are kept: half a megabyte each at 100,000 organisations
_FEW = 8  # so much smaller than all is a number of documents of which each is measured by itself


class Far:
    """How far documents are from one place: measured per spot, told per document."""

    def __init__(self, chords: Chords, spots: Docs | None = None) -> None:
        """`chords` per spot, `spots` per document; None: each document was measured by itself."""
        self._chords, self._spots = chords, spots

    def within(self, chord: np.float32) -> NDArray[np.bool_]:
        """Per document whether it is no farther than that; one without a point never is."""
        inside: NDArray[np.bool_] = self._chords <= chord
        return inside if self._spots is None else inside.take(self._spots)

    def chords(self, places: Docs | None = None) -> Chords:
        """The chord of the documents at these places among those measured (None: of all), infinite without a point."""
        if self._spots is None:
            return self._chords if places is None else self._chords.take(places)
        return self._chords.take(self._spots if places is None else self._spots.take(places))


class Distancer:
    """Measures from a place on earth to documents of one index. Good to a few metres.

    Most offers of an organisation have one and the same point, and they stand side by side: such a run of documents is
    a *spot*, measured once. From the places asked last all spots stay measured: the same visitor asks again with every
    filter, and most visitors choose the middle of a municipality. A few documents are measured by themselves.
    """

    def __init__(self, content: Content) -> None:
        count = np.diff(content.point_start)
        self._nowhere = content.points.shape[1]  # the point of what has none: infinitely far
        self._points = np.concatenate([content.points, np.full((3, 1), np.inf, dtype=np.float32)], axis=1)
        self._start = content.point_start
        begins = _begins(content, count, self._points[:, np.where(count > 0, self._start[:-1], self._nowhere)])
        self.spot_starts = np.append(np.flatnonzero(begins), len(begins))  # where the documents of each begin
        self._spot = np.cumsum(begins, dtype=np.intp) - 1  # as wide as numpy wants what it takes by: else it copies
        self._of_spots = self._point_lists(self.spot_starts[:-1])
        self._measured: Kept[Near, Chords] = Kept(_MOST_PLACES)

    def _point_lists(self, docs: Docs) -> _Points:
        """The points of documents."""
        start = self._start.take(docs)
        count = self._start.take(docs + 1) - start
        first = self._points.take(np.where(count > 0, start, self._nowhere), axis=1)
        return first, [(which, self._points.take(at, axis=1)) for which, at in after_the_first(start, count)]

    def measure(self, docs: Docs, near: Near) -> Far:
        """How far documents, in ascending order, are from a place: each to its nearest point."""
        if _FEW * len(docs) < len(self._spot):
            return Far(_nearest(self._point_lists(docs), near))
        every = len(docs) and int(docs[-1]) + 1 == len(docs)
        return Far(self.spots(near), self._spot[: len(docs)] if every else self._spot.take(docs))

    def spots(self, near: Near) -> Chords:
        """How far all spots are from a place, each to its nearest point; to be read only."""
        return self._measured.get(near, lambda: _nearest(self._of_spots, near))

    def forget(self) -> None:
        """Forget what was measured."""
        self._measured.clear()

    def nearest_points(self, docs: Docs, near: Near) -> list[int | None]:
        """Which point of each document is the nearest; None when it has none. Nearly all have one, or none."""
        starts, ends = self._start.take(docs).tolist(), self._start.take(docs + 1).tolist()
        return [
            first if end - first == 1 else None if end == first else self._nearest_of(first, end, near)
            for first, end in zip(starts, ends, strict=True)
        ]

    def _nearest_of(self, first: int, end: int, near: Near) -> int:
        return first + int(np.argmin(_chords(self._points[:, first:end], near)))


def _begins(content: Content, count: NDArray[np.integer[Any]], first: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which documents begin a spot: the one before is of somebody else, elsewhere, or of the past, or not.

    `count`: how many points each has, `first`: its first one, infinite for none.
    """
    begins = np.ones(len(count), dtype=np.bool_)
    same = np.logical_and.reduce(first[:, 1:] == first[:, :-1]) & (count[1:] == count[:-1]) & (count[1:] <= 1)
    for of_document in content.organisation, is_findable(content.status):
        same &= of_document[1:] == of_document[:-1]
    begins[1:] = ~same
    return begins


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


def _nearest(points: _Points, near: Near) -> Chords:
    """The chord to the nearest point of each list."""
    first, further = points
    found = _chords(first, near)
    for which, others in further:
        found[which] = np.minimum(found.take(which), _chords(others, near))
    return found
