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
        self._most = int(np.diff(content.point_start).max(initial=0))

    def kilometres(self, docs: Docs, near: tuple[float, float]) -> Distances:
        """Per document the distance to its nearest point; infinite for one without a point."""
        start = self._start.take(docs)
        count = self._start.take(docs + 1) - start
        if not len(docs) or not self._most:
            return np.full(len(docs), np.inf, dtype=np.float32)
        # First points first; then second ones for the documents that have them, and so on: most have one.
        chord = self._chords(np.minimum(start, self._points.shape[1] - 1), near)
        chord[count == 0] = np.inf
        for further in range(1, self._most):
            places = np.flatnonzero(count > further)
            if not len(places):
                break
            chord[places] = np.minimum(chord[places], self._chords(start[places] + further, near))
        half = np.sqrt(chord) / 2
        return np.where(count == 0, np.float32(np.inf), 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half, 1)))

    def nearest_point(self, doc: int, near: tuple[float, float]) -> int | None:
        """Which point of one document is the nearest; None when it has none."""
        first, end = int(self._start[doc]), int(self._start[doc + 1])
        if first == end:
            return None
        if end - first == 1:
            return first
        return first + int(np.argmin(self._chords(np.arange(first, end), near)))

    def _chords(self, points: NDArray[np.integer], near: tuple[float, float]) -> Distances:
        """The squared straight distances through a sphere of radius one."""
        x, y, z = (
            axis.take(points) - np.float32(part) for axis, part in zip(self._points, unit_vector(*near), strict=True)
        )
        chord: Distances = x * x + y * y + z * z
        return chord
