"""The way to the guide on paper."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from schakel.pages.markup.icons import icon
from schakel.pages.presenters.printing import PrintOffer


@lru_cache(maxsize=8)
def _otherwise(language: str | None) -> str:
    return escape(gettext("In een andere taal:"))


def print_guide(offer: PrintOffer) -> SafeString:
    """Buttons for a normal and a large guide, how thick each is, and links to other languages."""
    buttons = [
        f'<a class="button button-quiet" href="{escape(link.href)}" rel="nofollow" type="application/pdf">'
        f"{icon('print') if number == 0 else ''}{escape(link.label)}</a>"
        for number, link in enumerate(offer.links)
    ]
    tongues = [
        f'<a href="{escape(one.href)}" lang="{one.code}" hreflang="{one.code}" rel="nofollow" type="application/pdf">'
        f"{escape(one.label)}</a>"
        for one in offer.tongues
    ]
    row = f'<p class="row">{"".join(buttons)}</p>' if buttons else ""
    other = f" {_otherwise(get_language())} {', '.join(tongues)}" if tongues else ""
    return mark_safe(  # noqa: S308 (escaped piece by piece)
        f'<div class="stack print-offer no-print">{row}\n<p class="small muted">{escape(offer.words)}{other}</p></div>'
    )
