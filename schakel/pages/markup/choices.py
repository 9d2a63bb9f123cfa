"""Choices: the boxes of the filters, the options of drop-down lists, links in a row."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.guide import Facet, Option


@lru_cache(maxsize=2048)
def _box(facet: str, code: str, label: str) -> tuple[str, str]:
    """One box up to where it can be checked, and from there to its count."""
    value = escape(code)
    return (
        f'<li><label class="check"><input type="checkbox" id="{escape(f"{facet}-{code}")}" name="{escape(facet)}" '
        f'value="{value}"',
        f'> {escape(label)}<span class="count">',
    )


def facet_groups(facets: Iterable[Facet]) -> SafeString:
    """Groups of filters, each with its boxes."""
    return mark_safe("".join(map(_group, facets)))  # noqa: S308 (escaped piece by piece)


def _group(facet: Facet) -> str:
    boxes = []
    for choice in facet.values:
        start, end = _box(facet.key, choice.value, choice.label)
        checked = " checked" if choice.checked else ""
        boxes.append(f"{start}{checked}{end}{escape(choice.organisations)}</span></label></li>")
    title = escape(facet.title)
    return (
        f'<details class="facet" id="facet-{escape(facet.key)}"{" open" if facet.open else ""}>'
        f"<summary>{title}{f' ({facet.chosen})' if facet.chosen else ''}</summary>\n"
        f'<fieldset class="facet-body bare"><legend class="visually-hidden">{title}</legend>'
        f'<ul class="facet-list">{"".join(boxes)}</ul></fieldset></details>'
    )


def options(choices: Iterable[Option]) -> SafeString:
    """The options of a drop-down list."""
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
