"""What stands around the hits of the guide: the filters beside them, and the lines above and below them.

Every search shows it and a template takes a millisecond for it, as long as the search itself.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from schakel.pages.markup.choices import facet_groups, links, options
from schakel.pages.markup.hits import hit_items
from schakel.pages.markup.icons import icon
from schakel.pages.markup.navigation import chips, page_links
from schakel.pages.markup.printing import print_guide
from schakel.pages.presenters.guide import GuidePage, ViewLink


class _Words(NamedTuple):
    """What the filters and the results say, escaped, in the language of the page."""

    filters: str
    near: str
    here: str
    radius: str
    looking: str
    refused: str
    use_here: str
    seat: str
    apply: str
    sort: str
    view: str
    compare: str
    four: str
    files: str
    nearby: str
    past: str


@lru_cache(maxsize=8)
def _words(language: str | None) -> _Words:
    said = (
        gettext("Filters"),
        gettext("In de buurt van"),
        gettext("Jouw plek"),
        gettext("Hoe ver?"),
        gettext("Even zoeken waar je bent…"),
        gettext("Je plek is niet gekend. Kies een gemeente in de lijst."),
        gettext("Gebruik mijn plek"),
        gettext("Gevestigd in"),
        gettext("Pas filters toe"),
        gettext("Volgorde"),
        gettext("Weergave"),
        gettext("Vergelijk wat je aanvinkte"),
        gettext("Kies er hoogstens vier."),
        gettext("Neem dit resultaat mee:"),
        gettext("Dit komt in de buurt"),
        gettext("Dit bestond vroeger"),
    )
    return _Words(*map(escape, said))


def filters(page: GuidePage) -> SafeString:
    """Everything by which a search can be narrowed; open when something is chosen."""
    words = _words(get_language())
    is_open, chosen = (" open", f" ({escape(page.chosen)})") if page.chips else ("", "")
    return mark_safe(  # noqa: S308 (escaped piece by piece)
        f'<details class="filters" id="filters"{is_open}><summary>{words.filters}{chosen}</summary>'
        '<div class="filters-body stack">\n'
        f'<div class="field"><label for="near">{words.near}</label>'
        f'<select id="near" name="near" data-here="{words.here}">{page.places}</select></div>\n'
        f'<div class="field"><label for="radius">{words.radius}</label>'
        f'<select id="radius" name="radius_km">{options(page.radii)}</select></div>\n'
        '<p><button class="link-button" type="button" data-location hidden aria-describedby="plek-stand" '
        f'data-busy="{words.looking}" data-refused="{words.refused}">{icon("place")} {words.use_here}</button> '
        '<span id="plek-stand" class="small muted" role="status"></span></p>\n'
        f"<div>{facet_groups(page.facets)}</div>\n"
        f'<div class="field"><label for="seat">{words.seat}</label>'
        f'<select id="seat" name="seat">{options(page.seats)}</select></div>\n'
        f'<input type="hidden" name="view" value="{escape(page.view)}">\n'
        f'<button class="button button-quiet" type="submit">{words.apply}</button></div></details>'
    )


def _view(view: ViewLink) -> str:
    current = ' aria-current="true"' if view.current else ""
    return f'<li><a href="{escape(view.href)}"{current}>{icon(view.icon)}{escape(view.label)}</a></li>'


def results_head(page: GuidePage) -> SafeString:
    """How many were found, in which order and how they are shown; and what is chosen."""
    words = _words(get_language())
    return mark_safe(  # noqa: S308 (escaped piece by piece)
        f'<div class="results-head"><h2 id="gevonden" tabindex="-1">{escape(page.count_words)}</h2>\n'
        f'<div class="row"><label for="sort" class="small">{words.sort}</label>'
        f'<span><select id="sort" name="sort">{options(page.sorts)}</select></span>\n'
        f'<ul class="switch" aria-label="{words.view}">{"".join(map(_view, page.views))}</ul></div></div>\n'
        f"{chips(page.chips, page.clear_href)}"
    )


def results_foot(page: GuidePage) -> SafeString:
    """What can be done with the hits: compare, page on, take along, print."""
    words = _words(get_language())
    files = f'<p class="small no-print">{words.files} {links(page.files)}</p>' if page.files else ""
    return mark_safe(  # noqa: S308 (escaped piece by piece)
        '<div class="pile no-print">'
        f'<button class="button button-small" type="submit" form="vergelijken">{words.compare}</button>'
        f'<span class="small muted">{words.four}</span></div>\n'
        f"{page_links(page.pages)}\n{files}\n{print_guide(page.print) if page.print else ''}"
    )


def more_hits(page: GuidePage) -> SafeString:
    """Who comes near what was asked, and who did it once."""
    words = _words(get_language())
    found = ""
    if page.alternatives:
        items = hit_items(page.alternatives, choose=False, list_form="lijst")
        found += f'<h3>{words.nearby}</h3><ul class="hits">{items}</ul>\n'
    if page.history:
        items = hit_items(page.history, choose=False, list_form="")
        found += f'<h3>{words.past}</h3><ul class="hits">{items}</ul>\n'
    return mark_safe(found)  # noqa: S308 (escaped piece by piece)
