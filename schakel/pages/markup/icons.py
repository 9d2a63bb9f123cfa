"""Icons and hexagons."""

from __future__ import annotations

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=200)
def icon(name: str) -> SafeString:
    """A decorative icon from the sprite; what it says must also stand in words beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("schakel/icons.svg"),
        name,
    )


@lru_cache(maxsize=200)
def hexagon(name: str, classes: str = "") -> SafeString:
    """A hexagon with an icon in it: the recurring form."""
    return format_html('<span class="hex {}" aria-hidden="true">{}{}</span>', classes, _shape(), icon(name))


def hexagon_number(number: int | str, classes: str = "") -> SafeString:
    """A hexagon with a number or a sign in it; decorative."""
    return format_html(
        '<span class="hex {}" aria-hidden="true">{}<span>{}</span></span>', classes, _shape(), str(number)
    )


@lru_cache(maxsize=1)
def _shape() -> SafeString:
    return format_html(
        '<svg class="hex-shape" viewBox="0 0 34 39" preserveAspectRatio="none" focusable="false">'
        '<path d="{}"></path></svg>',
        "M17 0l17 9.75v19.5L17 39 0 29.25V9.75z",
    )
