"""The forms of the honeycomb in drawing units: a hexagon, the hatch and the dots that fit in it, where cells stand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schakel.core.geography.honeycomb import place_on_grid
from schakel.core.model import Point

RADIUS = 42.0
STEP_X = RADIUS * math.sqrt(3)
STEP_Y = RADIUS * 1.5
MARGIN = 4.0
_INNER = RADIUS - 2  # a gap between neighbours
_HALF = _INNER * math.sqrt(3) / 2
ENOUGH = 3  # fewer places are not a map


@dataclass(frozen=True, slots=True)
class Layout:
    """The size of the drawing and the middle of each cell."""

    width: int
    height: int
    middles: Mapping[str, tuple[float, float]]


def lay_out(points: Sequence[tuple[str, Point]]) -> Layout | None:
    """The cells of places (key, point), about where they lie; None when they are too few to be a map."""
    if len(points) < ENOUGH:
        return None
    stretch = math.cos(math.radians(math.fsum(point.lat for _, point in points) / len(points)))
    grid = place_on_grid(tuple((key, point.lon * stretch, -point.lat) for key, point in points))
    spots = {key: (column + (row % 2) / 2, row) for key, (column, row) in grid.items()}
    left, top = min(x for x, _ in spots.values()), min(y for _, y in spots.values())
    right, bottom = max(x for x, _ in spots.values()), max(y for _, y in spots.values())
    return Layout(
        width=math.ceil((right - left + 1) * STEP_X + 2 * MARGIN),
        height=math.ceil((bottom - top) * STEP_Y + 2 * (RADIUS + MARGIN)),
        middles={
            key: ((x - left + 0.5) * STEP_X + MARGIN, (y - top) * STEP_Y + RADIUS + MARGIN)
            for key, (x, y) in spots.items()
        },
    )


def _shape() -> str:
    corners = (
        (_INNER * math.cos(math.radians(60 * turn - 30)), _INNER * math.sin(math.radians(60 * turn - 30)))
        for turn in range(6)
    )
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"


def _inside(x: float, y: float, edge: float = 0.0) -> bool:
    """Whether a spot lies in the hexagon, at least `edge` from its border."""
    half = _HALF - edge
    return abs(x) <= half and abs(x) / 2 + abs(y) * math.sqrt(3) / 2 <= half


def _hatch(gap: float) -> str:
    """Slanting lines cut off at the border: per line the first and last spot that is inside."""
    lines = []
    for number in range(-10, 11):
        spots = [(t / 4, number * gap - t / 4) for t in range(-240, 241) if _inside(t / 4, number * gap - t / 4, 1.0)]
        if len(spots) > 8:
            (x1, y1), (x2, y2) = spots[0], spots[-1]
            lines.append(f"M{x1:g} {y1:g}L{x2:g} {y2:g}")
    return "".join(lines)


def _dots(gap: float) -> str:
    spots = ((column * gap, row * gap) for row in range(-6, 7) for column in range(-6, 7))
    return "".join(f"M{x:g} {y:g}h.1" for x, y in spots if _inside(x, y, gap / 2))


SHAPE = _shape()
OVER = {"hatch": _hatch(8.0), "dots": _dots(8.0)}
OVER_SMALL = {"hatch": _hatch(20.0), "dots": _dots(20.0)}  # for a legend: few and thick
