"""The municipalities as a honeycomb: one hexagon each, about where they lie.

A schematic map: places are snapped to a grid of hexagons, one by one from the middle of the region outwards, each to
the nearest free cell. It shows neighbours roughly, never borders; the list beside it says the same in words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from schakel.core.geography.honeycomb import name_lines, place_on_grid
from schakel.core.model import Municipality

RADIUS = 42.0
STEP_X = RADIUS * math.sqrt(3)
STEP_Y = RADIUS * 1.5
MARGIN = 4.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in a cell."""

    text: str
    y: int
    big: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One municipality; `level` 0 (nobody known), 1 or 2 (most)."""

    x: str  # drawing units, always with a point: an SVG knows no other
    y: str
    level: int
    href: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class HexMap:
    """The drawing."""

    width: int
    height: int
    shape: str
    cells: tuple[Cell, ...]


def present_hexmap(municipalities: Sequence[Municipality], counts: Mapping[str, int] | None) -> HexMap | None:
    """The honeycomb of the region with the count of each municipality; None when too few have a known point."""
    known = [(m, m.point) for m in municipalities if m.point is not None]
    if len(known) < 3:
        return None
    stretch = math.cos(math.radians(sum(point.lat for _, point in known) / len(known)))
    grid = place_on_grid(tuple((m.nis_code, point.lon * stretch, -point.lat) for m, point in known))
    left = min(column + (row % 2) / 2 for column, row in grid.values())
    right = max(column + (row % 2) / 2 for column, row in grid.values())
    top = min(row for _, row in grid.values())
    bottom = max(row for _, row in grid.values())
    ordered = sorted((counts or {}).get(m.nis_code, 0) for m, _ in known)
    most = ordered[len(ordered) * 2 // 3]
    cells = []
    for municipality, _ in known:
        column, row = grid[municipality.nis_code]
        count = None if counts is None else counts.get(municipality.nis_code, 0)
        cells.append(
            Cell(
                x=f"{(column + (row % 2) / 2 - left + 0.5) * STEP_X + MARGIN:.1f}",
                y=f"{(row - top) * STEP_Y + RADIUS + MARGIN:.1f}",
                level=0 if not count else 2 if count > most else 1,
                href=reverse("municipality", kwargs={"slug": municipality.slug}),
                lines=_lines(municipality.name, count),
            )
        )
    return HexMap(
        width=math.ceil((right - left + 1) * STEP_X + 2 * MARGIN),
        height=math.ceil((bottom - top) * STEP_Y + 2 * RADIUS + 2 * MARGIN),
        shape=_shape(),
        cells=tuple(cells),
    )


def _lines(name: str, count: int | None) -> tuple[Line, ...]:
    names = name_lines(name)
    start = -6 * len(names) + 10 - (8 if count is not None else 0)
    lines = [Line(text, start + 12 * index, small=len(text) > 9) for index, text in enumerate(names)]
    if count is not None:
        lines.append(Line(str(count), start + 12 * len(names) + 8, big=True))
    return tuple(lines)


def _shape() -> str:
    radius = RADIUS - 2
    corners = [
        (radius * math.cos(math.radians(60 * turn - 30)), radius * math.sin(math.radians(60 * turn - 30)))
        for turn in range(6)
    ]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
