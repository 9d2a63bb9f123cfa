"""Choices: the boxes of the filters, the options of drop-down lists, links in a row."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.guide import Facet, FacetChoice, Option


@lru_cache(maxsize=8192)
def _box(facet: str, choice: FacetChoice) -> str:
    """One box; the same ones come back on page after page."""
    return (
        f'<li><label class="check"><input type="checkbox" id="{escape(f"{facet}-{choice.value}")}" '
        f'name="{escape(facet)}" value="{escape(choice.value)}"{" checked" if choice.checked else ""}> '
        f'{escape(choice.label)}<span class="count">{escape(choice.organisations)}</span></label></li>'
    )


def facet_groups(facets: Iterable[Facet]) -> SafeString:
    """Groups of filters, each with its boxes."""
    return mark_safe("".join(map(_group, facets)))  # noqa: S308 (escaped piece by piece)


def _group(facet: Facet) -> str:
    boxes = [_box(facet.key, choice) for choice in facet.values]
    title = escape(facet.title)
    return (
        f'<details class="facet" id="facet-{escape(facet.key)}"{" open" if facet.open else ""}>'
        f"<summary>{title}{f' ({facet.chosen})' if facet.chosen else ''}</summary>\n"
        f'<fieldset class="facet-body bare"><legend class="visually-hidden">{title}</legend>'
        f'<ul class="facet-list">{"".join(boxes)}</ul></fieldset></details>'
    )


def options(choices: Iterable[Option]) -> SafeString:
    """The options of a drop-down list."""
    return _options(tuple(choices))


@lru_cache(maxsize=512)
def _options(choices: tuple[Option, ...]) -> SafeString:
    return mark_safe(  # noqa: S308 (escaped piece by piece)
        "".join(
            [
                f'<option value="{escape(one.value)}"{" selected" if one.selected else ""}>{escape(one.label)}</option>'
                for one in choices
            ]
        )
    )


def links(many: Iterable[Link]) -> SafeString:
    """Links with commas between them."""
    return mark_safe(  # noqa: S308 (escaped piece by piece)
        ", ".join([f'<a href="{escape(link.href)}">{escape(link.label)}</a>' for link in many])
    )
