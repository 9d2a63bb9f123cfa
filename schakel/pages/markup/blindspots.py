"""The rows of the grid: some 900 cells, so written in one go."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from schakel.pages.markup.icons import icon
from schakel.pages.presenters.blindspots.grid import GridRow, GridSpot, Warmth
from schakel.pages.presenters.blocks import Link

DOT = '<span class="bs-dot" aria-hidden="true"></span>'


def grid_heads(places: Iterable[Link]) -> SafeString:
    """The municipalities above the columns, from bottom to top."""
    return mark_safe(  # noqa: S308 (escaped piece by piece)
        "".join(
            [
                f'<th scope="col"><a href="{escape(one.href)}"><span>{escape(one.label)}</span></a></th>'
                for one in places
            ]
        )
    )


def grid_warmth(warmth: Iterable[Warmth]) -> SafeString:
    """How many services of a theme reach each municipality."""
    return mark_safe(  # noqa: S308 (escaped piece by piece)
        "".join(
            [
                f'<td class="{"bs-thin" if one.sign else f"warm-{one.level}"}" title="{escape(one.label)}">'
                f'<span aria-hidden="true">{icon(one.sign) if one.sign else ""}{escape(one.text)}</span>'
                f'<span class="visually-hidden">{escape(one.label)}</span></td>'
                for one in warmth
            ]
        )
    )


def grid_rows(rows: Iterable[GridRow]) -> SafeString:
    """One row per service, each cell a link to its evidence."""
    return mark_safe("\n".join(map(_row, rows)))  # noqa: S308 (escaped piece by piece)


def _row(row: GridRow) -> str:
    return (
        f'<tr><th scope="row"><a href="{escape(row.href)}">{escape(row.label)}</a></th>'
        f"{''.join(map(_spot, row.spots))}</tr>"
    )


@lru_cache(maxsize=32)
def _inside(code: str, quiet: bool) -> str:
    if quiet:
        return DOT
    return "" if code == "no_data" else str(icon(code))


def _spot(spot: GridSpot) -> str:
    quiet = " bs-quiet" if spot.quiet else ""
    label = escape(spot.label)
    return (
        f'<td class="bs-{spot.code}{quiet}"><a href="{escape(spot.href)}" aria-label="{label}" title="{label}">'
        f"{_inside(spot.code, spot.quiet)}</a></td>"
    )
