"""The same page in the other languages: for machines and for people."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from schakel.pages.context import LanguageLink

_CURRENT = ' aria-current="true"'


def language_alternates(languages: Iterable[LanguageLink]) -> SafeString:
    """For the head of the page."""
    return mark_safe(  # noqa: S308 (escaped piece by piece)
        "\n".join(f'<link rel="alternate" hreflang="{one.code}" href="{escape(one.href)}">' for one in languages)
    )


def language_links(languages: Iterable[LanguageLink]) -> SafeString:
    """For the menu."""
    return mark_safe(  # noqa: S308 (escaped piece by piece)
        "\n".join(
            f'<li><a href="{escape(one.href)}" lang="{one.code}" hreflang="{one.code}" title="{escape(one.label)}"'
            f'{_CURRENT if one.current else ""}><span aria-hidden="true">{one.short}</span>'
            f'<span class="visually-hidden">{escape(one.label)}</span></a></li>'
            for one in languages
        )
    )
