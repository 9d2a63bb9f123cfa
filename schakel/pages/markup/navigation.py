"""Menus, links from page to page and what is chosen now: a dozen small pieces on every page of the guide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from schakel.pages.context import MenuItem
from schakel.pages.markup.icons import icon
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.paging import PageLink


@lru_cache(maxsize=8)
def _words(language: str | None) -> tuple[str, str, str, str, str]:
    said = (gettext("Bladeren"), gettext("bladzijde"), gettext("Gekozen filters"), gettext("Verwijder filter:"))
    browse, page, chosen, remove = map(escape, said)
    return browse, page, chosen, remove, escape(gettext("Alles wissen"))


def menu_items(items: Iterable[MenuItem]) -> SafeString:
    """The entries of a menu; the one of this page says so."""
    return mark_safe("".join(map(_menu_item, items)))  # noqa: S308 (escaped piece by piece)


def _menu_item(item: MenuItem) -> str:
    current = f' aria-current="{item.current}"' if item.current else ""
    return f'<li><a href="{escape(item.href)}"{current}>{escape(item.label)}</a></li>'


def page_links(pages: Sequence[PageLink]) -> SafeString:
    """From page to page; nothing when there is only one. A gap has no address."""
    if len(pages) < 2:
        return SafeString("")
    browse, word, *_ = _words(get_language())
    before = f'<span class="visually-hidden">{word} </span>'
    items = []
    for page in pages:
        label = escape(page.label)
        if page.current:
            shown = f'<span aria-current="page">{before}{label}</span>'
        elif page.href:
            shown = f'<a href="{escape(page.href)}">{before}{label}</a>'
        else:
            shown = f'<span class="gap">{label}</span>'
        items.append(f"<li>{shown}</li>\n")
    return mark_safe(f'<nav aria-label="{browse}"><ul class="pages">{"".join(items)}</ul></nav>')  # noqa: S308 (escaped)


def chips(chosen: Sequence[Link], clear_href: str) -> SafeString:
    """What is chosen now, each with a link that takes it away; `clear_href` is the address without any of them."""
    if not chosen:
        return SafeString("")
    _, _, label, remove, clear = _words(get_language())
    items = [
        f'<li><a class="chip" href="{escape(chip.href)}"><span class="visually-hidden">{remove} </span>'
        f"{escape(chip.label)}{icon('remove')}</a></li>\n"
        for chip in chosen
    ]
    if len(chosen) > 1:
        items.append(f'<li><a class="chip" href="{escape(clear_href)}">{clear}{icon("remove")}</a></li>')
    return mark_safe(f'<ul class="tags" aria-label="{label}">{"".join(items)}</ul>')  # noqa: S308 (escaped piece by piece)
