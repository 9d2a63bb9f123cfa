"""Tags of our own templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as do_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from schakel.pages.context import Frame
from schakel.pages.markup.blindspots import grid_heads, grid_rows, grid_warmth
from schakel.pages.markup.choices import facet_groups, links, options
from schakel.pages.markup.hits import hit_items, hit_rows
from schakel.pages.markup.icons import hexagon, hexagon_number, icon
from schakel.pages.markup.languages import language_alternates, language_links
from schakel.pages.markup.navigation import chips, menu_items, page_links
from schakel.pages.markup.printing import print_guide
from schakel.pages.markup.references import reference
from schakel.pages.markup.results import filters, more_hits, results_foot, results_head
from schakel.pages.presenters.guide import Facet
from schakel.pages.presenters.hits import HitCard

register = template.Library()
register.simple_tag(grid_heads, name="grid_heads")
register.simple_tag(grid_rows, name="grid_rows")
register.simple_tag(grid_warmth, name="grid_warmth")
register.simple_tag(icon, name="icon")
register.simple_tag(hexagon, name="hexagon")
register.simple_tag(hexagon_number, name="hexagon_number")
register.simple_tag(hit_items, name="hit_items")
register.simple_tag(hit_rows, name="hit_rows")
register.simple_tag(facet_groups, name="facet_groups")
register.simple_tag(options, name="options")
register.simple_tag(links, name="links")
register.simple_tag(chips, name="chips")
register.simple_tag(menu_items, name="menu_items")
register.simple_tag(page_links, name="page_links")
register.simple_tag(print_guide, name="print_guide")
register.simple_tag(reference, name="reference")
register.simple_tag(filters, name="filters")
register.simple_tag(more_hits, name="more_hits")
register.simple_tag(results_head, name="results_head")
register.simple_tag(results_foot, name="results_foot")
register.simple_tag(language_alternates, name="language_alternates")
register.simple_tag(language_links, name="language_links")


class _Spoken(Node):
    """A fixed text in the language of the page; what Django makes of it is kept per language."""

    def __init__(self, node: TranslateNode) -> None:
        self.node = node
        self.kept: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The text: asked of Django once in each language."""
        language = get_language()
        if language not in self.kept:
            self.kept[language] = self.node.render(context)
        return self.kept[language]


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """Django's own tag, thirty times on a page: a fixed text is looked up once per language instead of every time."""
    node: Node = do_translate(parser, token)
    if not isinstance(node, TranslateNode) or node.asvar or node.noop or node.message_context:
        return node
    expression = node.filter_expression
    fixed = getattr(expression.var, "literal", None) is not None and not expression.filters
    return _Spoken(node) if fixed else node


class _Address(Node):
    """The address of a page that only its name makes; kept per language and place of the site."""

    def __init__(self, node: URLNode) -> None:
        self.node = node
        self.kept: dict[tuple[str | None, str], str] = {}

    def render(self, context: Context) -> str:
        """The address: resolved once in each language."""
        key = (get_language(), get_script_prefix())
        if key not in self.kept:
            self.kept[key] = self.node.render(context)
        return self.kept[key]


@register.tag("url")
def url(parser: Parser, token: Token) -> Node:
    """Django's own tag; the address of a page without a name of its own in it is worked out once, not every time."""
    node = do_url(parser, token)
    fixed = (
        not (node.args or node.kwargs or node.asvar) and getattr(node.view_name.var, "__class__", None) is SafeString
    )
    return _Address(node) if fixed else node


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
