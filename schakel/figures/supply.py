"""The hexagon map that most pages need: how many organisations each municipality has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext

from schakel.core.model import Municipality
from schakel.figures.hexmap import HexCell, HexMap, draw_hexmap
from schakel.figures.look import State
from schakel.figures.scale import make_scale
from schakel.wording.dates import number_words, organisations_words


def draw_supply(
    municipalities: Sequence[Municipality],
    counts: Mapping[str, int],
    *,
    ident: str,
    href: Callable[[Municipality], str] | None = None,
    here: str | None = None,
) -> HexMap:
    """Organisations per municipality (NIS code -> how many); none means that we know nobody, not that there is nobody.

    `href`: the address behind a cell; without it the drawing has no links. `here`: NIS code of the one to stress.
    """
    cells = [
        HexCell(
            key=place.nis_code,
            name=place.name,
            point=place.point,
            words=organisations_words(count),
            value=count or None,
            text=number_words(count) if count else "",
            state=None if count else State.UNKNOWN,
            href=href(place) if href else "",
            here=place.nis_code == here,
        )
        for place in municipalities
        for count in (counts.get(place.nis_code, 0),)
    ]
    return draw_hexmap(
        cells,
        ident=ident,
        title=gettext("Organisaties per gemeente"),
        scale=make_scale(cell.value for cell in cells),
        state_words={State.UNKNOWN: gettext("nog niemand bekend")},
        here_words=gettext("deze gemeente"),
    )
