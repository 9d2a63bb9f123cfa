"""The hexagon map of the region on a page: how many organisations work in each municipality, with links."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import get_language

from schakel.figures import HexMap, draw_supply
from schakel.pages.standing import Standing


def present_hexmap(region: Standing, counts: Mapping[str, int], *, here: str | None = None) -> HexMap:
    """The map of the region; kept as long as the counts (NIS code -> organisations) stay the same."""
    return region.keep(
        ("hexmap", get_language(), here, frozenset(counts.items())),
        lambda: draw_supply(
            region.municipalities,
            counts,
            ident="zeshoeken",
            href=lambda place: reverse("municipality", kwargs={"slug": place.slug}),
            here=here,
        ),
    )
