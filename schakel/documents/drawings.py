"""What is drawn in a guide: theme icons from the sprite of the pages, QR codes, the honeycomb of municipalities."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import segno

from schakel.core.geography.honeycomb import name_lines, place_on_grid
from schakel.core.model import Json, Municipality

_SYMBOL = re.compile(r'<symbol id="([a-z_]+)" viewBox="([0-9 ]+)">(.*?)</symbol>', re.DOTALL)
QUIET = 4  # empty modules around a QR code, as its standard asks


@cache
def _symbols() -> Mapping[str, tuple[str, str]]:
    sprite = files("schakel").joinpath("pages", "static", "schakel", "icons.svg").read_text(encoding="utf-8")
    return {name: (box, body) for name, box, body in _SYMBOL.findall(sprite)}


def icon_svg(name: str, colour: str) -> str:
    """One icon of the sprite as a drawing of its own. Raises KeyError for a name that is not in it."""
    box, body = _symbols()[name]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill="none" stroke="{colour}" stroke-width="1.6" '
        f'stroke-linecap="round" stroke-linejoin="round">{body.replace("currentColor", colour)}</svg>'
    )


def qr_svg(address: str) -> str:
    """A QR code of an address, dark on white with its quiet zone; error correction M (15 %).

    The mask is fixed: choosing the best of eight makes every code four times as slow and no reader needs it.
    """
    matrix = segno.make(address, error="m", micro=False, mask=3, boost_error=False).matrix
    runs = []
    for y, row in enumerate(matrix):
        line = bytes(row).hex()[1::2]  # modules are 0 or 1
        runs += [
            f"M{found.start() + QUIET} {y + QUIET}h{len(found.group())}v1h-{len(found.group())}z"
            for found in re.finditer("1+", line)
        ]
    side = len(matrix) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path d="M0 0h{side}v{side}H0z" fill="#fff"/><path d="{"".join(runs)}" fill="#000"/></svg>'
    )


def honeycomb(municipalities: Sequence[Municipality], counts: Mapping[str, int], here: str | None) -> Json:
    """Cells of the hexagon map with their count, in units of one cell's width; None when too few have a known point.

    `level` 0: nobody known, 1 or 2: more than two thirds of the others. `here`: NIS code of the municipality to stress.
    """
    known = [(place, place.point) for place in municipalities if place.point is not None]
    if len(known) < 3:
        return None
    stretch = math.cos(math.radians(math.fsum(point.lat for _, point in known) / len(known)))
    grid = place_on_grid(tuple((place.nis_code, point.lon * stretch, -point.lat) for place, point in known))
    spots = {code: (column + (row % 2) / 2, row * math.sqrt(3) / 2) for code, (column, row) in grid.items()}
    left, top = min(x for x, _ in spots.values()), min(y for _, y in spots.values())
    ordered = sorted(counts.get(place.nis_code, 0) for place, _ in known)
    most = ordered[len(ordered) * 2 // 3]
    cells: list[Json] = [
        {
            "x": round(spots[place.nis_code][0] - left, 4),
            "y": round(spots[place.nis_code][1] - top, 4),
            "lines": list(name_lines(place.name)),
            "count": counts.get(place.nis_code, 0),
            "level": 0 if not counts.get(place.nis_code) else 2 if counts[place.nis_code] > most else 1,
            "here": place.nis_code == here,
        }
        for place, _ in known
    ]
    return {
        "width": round(max(x for x, _ in spots.values()) - left + 1, 4),
        "height": round(max(y for _, y in spots.values()) - top + 2 / math.sqrt(3), 4),
        "cells": cells,
    }
