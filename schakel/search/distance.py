"""How far documents are: as the crow flies, to the nearest of their points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schakel.search.content import EARTH_RADIUS_KM, Content, unit_vector

Docs = NDArray[np.intp]
Distances = NDArray[np.float32]


class Distancer:
    """Measures from a place to documents of one index. Good to a few metres."""

    def __init__(self, content: Content) -> None:
        self._start = content.point_start
        self._points = content.points
        self._count = np.diff(content.point_start)
        self._most = int(self._count.max(initial=0))
        last = max(content.points.shape[1] - 1, 0)
        some = content.points.shape[1] > 0
        self._first = content.points[:, np.minimum(self._start[:-1], last)] if some else content.points

    def kilometres(
        self, docs: Docs, near: tuple[float, float], *, ascending: bool = False, within_km: float | None = None
    ) -> Distances:
        """Per document the distance to its nearest point; infinite for one without a point.

        `ascending`: the documents are in order, so that a run without gaps can be read without picking. With
        `within_km` a document that is certainly farther is not measured and infinite as well.
        """
        if not len(docs) or not self._most:
            return np.full(len(docs), np.inf, dtype=np.float32)
        run = ascending and int(docs[-1]) - int(docs[0]) + 1 == len(docs)
        which: slice | Docs = slice(int(docs[0]), int(docs[-1]) + 1) if run else docs
        start, count = self._start[:-1][which], self._count[which]
        # First points first; then second ones for the documents that have them, and so on: most have one.
        chord = _squared(self._first[:, which], near)
        chord[count == 0] = np.inf
        for further in range(1, self._most):
            places = np.flatnonzero(count > further)
            if not len(places):
                break
            chord[places] = np.minimum(chord[places], self._chords(start[places] + further, near))
        measured = np.flatnonzero(chord <= (np.inf if within_km is None else _reach(within_km)))
        found = np.full(len(docs), np.inf, dtype=np.float32)
        half = np.sqrt(chord[measured]) / 2
        found[measured] = np.where(
            np.isinf(half), np.float32(np.inf), 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half, 1))
        )
        return found

    def nearest_point(self, doc: int, near: tuple[float, float]) -> int | None:
        """Which point of one document is the nearest; None when it has none."""
        first, end = int(self._start[doc]), int(self._start[doc + 1])
        if first == end:
            return None
        if end - first == 1:
            return first
        return first + int(np.argmin(self._chords(np.arange(first, end), near)))

    def _chords(self, points: NDArray[np.integer], near: tuple[float, float]) -> Distances:
        return _squared(self._points[:, points], near)


def _squared(points: NDArray[np.float32], near: tuple[float, float]) -> Distances:
    """The squared straight distances through a sphere of radius one."""
    x, y, z = (axis - np.float32(part) for axis, part in zip(points, unit_vector(*near), strict=True))
    chord: Distances = x * x + y * y + z * z
    return chord


def _reach(kilometres: float) -> float:
    """A squared straight distance that nothing within so many kilometres exceeds: a dozen metres are added."""
    straight = 2 * np.sin(min(kilometres / (2 * EARTH_RADIUS_KM), np.pi / 2))
    return float((straight + 2e-6) ** 2)
