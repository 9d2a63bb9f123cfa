"""Our own icons and signs, from the one sprite of the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_SYMBOL = re.compile(r'<symbol id="([a-z_]+)" viewBox="([0-9 ]+)">(.*?)</symbol>', re.DOTALL)
_FIRST_PATH = re.compile(r"<path [^>]*/>")


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


@cache
def sign_glyph(name: str) -> str:
    """What stands inside the hexagon of a sign (cross, half disc, question mark, tick), in a field of 24 by 24.

    The colour is for whoever draws it. Raises KeyError for a name that is not in the sprite.
    """
    return _FIRST_PATH.sub("", _symbols()[name][1], count=1)
