"""Places snapped to a grid of hexagons, about where they lie; the same for page and paper.

One by one from the middle outwards, each to the nearest free cell: neighbours roughly, never borders.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType


@lru_cache(maxsize=8)
def place_on_grid(points: tuple[tuple[str, float, float], ...]) -> Mapping[str, tuple[int, int]]:
    """A column and row of the honeycomb for each (key, x, y).

    Every cell is used once; the same points give the same grid. x grows to the right and
    y downwards, in any unit. Of no points: an empty grid.
    """
    if not points:
        return MappingProxyType({})
    mean_x = sum(x for _, x, _ in points) / len(points)
    mean_y = sum(y for _, _, y in points) / len(points)
    spread_x = max(x for _, x, _ in points) - min(x for _, x, _ in points)
    spread_y = max(y for _, _, y in points) - min(y for _, _, y in points)
    thin = max(spread_x, spread_y) / 10  # places on one line still get room beside it
    area_root = math.sqrt(max(spread_x, thin)) * math.sqrt(max(spread_y, thin))
    unit = area_root / math.sqrt(len(points)) * 1.12 or 1.0  # a region never fills its rectangle: pull together
    wanted = {key: ((x - mean_x) / unit, (y - mean_y) / unit / (math.sqrt(3) / 2)) for key, x, y in points}
    grid: dict[str, tuple[int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for key in sorted(wanted, key=lambda key: (math.hypot(*wanted[key]), key)):
        x, y = wanted[key]
        reach = range(-(math.isqrt(len(points)) + 2), math.isqrt(len(points)) + 3)  # never all taken
        around = ((round(x) + dx, round(y) + dy) for dx in reach for dy in reach)
        free = (cell for cell in around if cell not in taken)
        best = min(free, key=lambda cell: ((cell[0] + (cell[1] % 2) / 2 - x) ** 2 + (cell[1] - y) ** 2, cell))
        grid[key] = best
        taken.add(best)
    return MappingProxyType(grid)


def name_lines(name: str) -> tuple[str, ...]:
    """A name in at most three lines that fit in a hexagon: "Sint-Lievens-Houtem" breaks after its hyphens."""
    if len(name) <= 11:
        return (name,)
    parts = name.replace("-", "-\n").replace(" ", "\n").split("\n")
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) <= 11:
            lines[-1] += part if lines[-1].endswith("-") else f" {part}"
        else:
            lines.append(part)
    return tuple(lines[:3])
