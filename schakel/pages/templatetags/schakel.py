"""Tags of our own templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from schakel.pages.context import Frame
from schakel.pages.markup.choices import facet_groups, links, options
from schakel.pages.markup.hits import hit_items, hit_rows
from schakel.pages.markup.icons import hexagon, hexagon_number, icon
from schakel.pages.markup.languages import language_alternates, language_links
from schakel.pages.presenters.guide import Facet
from schakel.pages.presenters.hits import HitCard

register = template.Library()
register.simple_tag(icon, name="icon")
register.simple_tag(hexagon, name="hexagon")
register.simple_tag(hexagon_number, name="hexagon_number")
register.simple_tag(hit_items, name="hit_items")
register.simple_tag(hit_rows, name="hit_rows")
register.simple_tag(facet_groups, name="facet_groups")
register.simple_tag(options, name="options")
register.simple_tag(links, name="links")
register.simple_tag(language_alternates, name="language_alternates")
register.simple_tag(language_links, name="language_links")


@register.simple_tag(takes_context=True)
def frame_part(context: dict[str, Any], name: str) -> SafeString:
    """A piece of the frame from the template `name`, made once per language and page as long as the region stands."""
    frame: Frame = context["frame"]
    return frame.part(name)


@register.simple_tag
def hit_item(hit: HitCard, *, choose: bool, list_form: str) -> SafeString:
    """One organisation in a list."""
    return hit_items((hit,), choose=choose, list_form=list_form)


@register.simple_tag
def facet_group(facet: Facet) -> SafeString:
    """One group of filters."""
    return facet_groups((facet,))
