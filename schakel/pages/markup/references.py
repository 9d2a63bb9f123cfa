"""The numbered link from a fact to the note that says where it comes from: after every fact on a page."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from schakel.pages.markup.icons import icon
from schakel.pages.presenters.notes import Note


@lru_cache(maxsize=8)
def _words(language: str | None) -> tuple[str, str]:
    return gettext("bron %(number)s"), escape(gettext("nog na te kijken"))


def reference(note: Note | None) -> SafeString:
    """The link with its number, and a mark when the source must be checked or is old; nothing without a note."""
    if not note:
        return SafeString("")
    source, unchecked = _words(get_language())
    label = escape(source % {"number": note.number})
    doubt = "" if note.checked else f' <span class="doubt">{icon("unknown")} {unchecked}</span>'
    old = f' <span class="doubt doubt-old">{icon("old")} {escape(note.age)}</span>' if note.age else ""
    link = f'<a class="ref" href="#bron-{note.number}" aria-label="{label}">{note.number}</a>'
    return mark_safe(link + doubt + old)  # noqa: S308 (escaped piece by piece)
