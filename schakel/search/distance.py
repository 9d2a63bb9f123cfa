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
        nowhere = np.full((3, 1), np.inf, dtype=np.float32)  # infinitely far, like what has no point
        self._points = np.concatenate([content.points, nowhere], axis=1)
        self.precision = np.append(content.point_precision, np.uint8(0))  # of each point
        self._start = content.point_start.astype(np.intp)  # as wide as numpy wants what it takes by: else it copies
        self._first = np.where(count > 0, self._start[:-1], len(self.precision) - 1)
        self._several = count > 1
        begins = _begins(content, count, self._points.take(self._first, axis=1))
        self.spot_starts = np.append(np.flatnonzero(begins), len(begins))  # where the documents of each begin
        self._spot = np.cumsum(begins, dtype=np.intp) - 1
        first, further = self._points_of(self.spot_starts[:-1])
        self._spot_first = self._points.take(first, axis=1)
        self._spot_further = [(which, self._points.take(at, axis=1)) for which, at in further]
        self._measured: Kept[Near, Chords] = Kept(_MOST_PLACES)

    def _points_of(self, docs: Docs) -> tuple[Docs, list[tuple[Docs, Docs]]]:
        """The first point of each document; then who has a second one and which, who a third, and so on."""
        which = self._several.take(docs).nonzero()[0]
        several = docs.take(which)
        start = self._start.take(several)
        further = after_the_first(start, self._start.take(several + 1) - start)
        return self._first.take(docs), [(which.take(at), points) for at, points in further]

    def measure(self, docs: Docs, near: Near) -> Far:
        """How far documents, in ascending order, are from a place: each to its nearest point."""
        if _FEW * len(docs) < len(self._spot):
            return Far(self.nearest(docs, near)[0])
        every = len(docs) and int(docs[-1]) + 1 == len(docs)
        return Far(self.spots(near), self._spot[: len(docs)] if every else self._spot.take(docs))

    def spots(self, near: Near) -> Chords:
        """How far all spots are from a place, each to its nearest point; to be read only."""
        return self._measured.get(near, lambda: self._measure_spots(near))

    def _measure_spots(self, near: Near) -> Chords:
        found = _chords(self._spot_first, near)
        for which, points in self._spot_further:
            found[which] = np.minimum(found.take(which), _chords(points, near))
        return found

    def forget(self) -> None:
        """Forget what was measured."""
        self._measured.clear()

    def nearest(self, docs: Docs, near: Near) -> tuple[Chords, Docs]:
        """How far each document is, and which point is that near; the number after the last one when it has none."""
        at, further = self._points_of(docs)
        chords = _chords(self._points.take(at, axis=1), near)
        for which, others in further:
            far = _chords(self._points.take(others, axis=1), near)
            better = (far < chords.take(which)).nonzero()[0]
            nearer = which.take(better)
            chords[nearer], at[nearer] = far.take(better), others.take(better)
        return chords, at


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
