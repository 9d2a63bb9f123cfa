"""Tags of our own templates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from schakel.pages.presenters.guide import Facet
from schakel.pages.presenters.hits import ServiceTag

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=200)
def icon(name: str) -> SafeString:
    """A decorative icon from the sprite; what it says must also stand in words beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("schakel/icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=200)
def hexagon(name: str, classes: str = "") -> SafeString:
    """A hexagon with an icon in it: the recurring form."""
    return format_html('<span class="hex {}" aria-hidden="true">{}{}</span>', classes, _shape(), icon(name))


@register.simple_tag
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


@register.simple_tag
def facet_choices(facet: Facet) -> SafeString:
    """The boxes of one group of filters. Written here: a hundred boxes in a template take too long."""
    return mark_safe(  # noqa: S308 (codes are ours, labels are escaped)
        "".join(
            f'<li><label class="check"><input type="checkbox" id="{escape(choice.id)}" name="{facet.key}" '
            f'value="{escape(choice.value)}"{" checked" if choice.checked else ""}> {escape(choice.label)}'
            f'<span class="count">{choice.count}</span></label></li>'
            for choice in facet.values
        )
    )


@register.simple_tag
def service_tags(services: Sequence[ServiceTag]) -> SafeString:
    """The services of an organisation with the icon of their theme; written here for the same reason."""
    return mark_safe(  # noqa: S308 (icons are ours, labels are escaped)
        "".join(f'<li class="tag">{icon(tag.icon)}{escape(tag.label)}</li>' for tag in services)
    )
