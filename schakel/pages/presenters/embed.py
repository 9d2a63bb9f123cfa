"""The widget on other people's websites, and the page where one makes the line that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, override

from schakel.core import taxonomy
from schakel.mail.site import absolute
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.guide import Option
from schakel.pages.presenters.hits import HitCard
from schakel.pages.standing import Standing
from schakel.pages.widget import Palette, Widget
from schakel.register import read
from schakel.wording import words
from schakel.wording.dates import date_words, organisations_words

_LINE = '<a href="{link}" data-schakel="{path}">{title}</a><script src="{script}" async></script>'
_FRAME = '<iframe src="{path}" title="{title}" width="100%" height="600" loading="lazy"></iframe>'


@dataclass(frozen=True, slots=True)
class FramePage:
    """Everything `pages/embed_frame.html` shows. `refused`: why there is nothing else."""

    language: str
    title: str
    region: str
    synthetic: bool
    count_words: str
    hits: tuple[HitCard, ...]
    more: Link
    date_words: str
    style_href: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """What one copies: the line, the frame for sites that take no script; and where the preview is."""

    title: str
    line: str
    frame: str
    preview_href: str


@dataclass(frozen=True, slots=True)
class ComposePage:
    """Everything `pages/embed.html` shows."""

    municipalities: tuple[Option, ...]
    themes: tuple[Option, ...]
    languages: tuple[Option, ...]
    palette: Palette
    own_list: bool
    listed: int
    fault: str
    snippet: Snippet | None


def widget_title(widget: Widget, region: Standing) -> str:
    """What stands above the widget and on the link without a script."""
    theme = words.in_language(taxonomy.theme(widget.theme).labels) if widget.theme else ""
    place = region.place_name(widget.municipality or None)
    if theme and place:
        return gettext("%(theme)s in %(place)s: sociale economie") % {"theme": theme, "place": place}
    if theme:
        return gettext("%(theme)s: sociale economie") % {"theme": theme}
    if place:
        return gettext("Sociaal kopen in %(place)s") % {"place": place}
    return gettext("Sociale economie: onze keuze")


def present_frame(
    widget: Widget, hits: Sequence[HitCard], count: int, *, language: str, region: Standing, refused: str = ""
) -> FramePage:
    """The widget. `count`: how many there are, of which `hits` are shown."""
    colours = widget.palette.to_params()
    changed = region.keep("changed at", read.changed_at)
    return FramePage(
        language=language,
        title=widget_title(widget, region),
        region=words.in_language(region.region.name) if region.region else "",
        synthetic=bool(region.region and region.region.synthetic),
        count_words=organisations_words(count),
        hits=tuple(hits),
        more=Link(gettext("Bekijk alles in de gids"), _guide_path(widget)),
        date_words=date_words(timezone.localdate(changed).isoformat()) if changed else "",
        style_href=reverse("embed_style") + (f"?{urlencode(colours)}" if colours else ""),
        refused=refused,
    )


def present_compose(
    widget: Widget, *, language: str, listed: int, region: Standing, fault: str, asked: bool
) -> ComposePage:
    """The page that makes the line. `listed`: how many are on the list of this browser."""
    themes = [(theme.code, words.in_language(theme.labels)) for theme in taxonomy.themes()]
    return ComposePage(
        municipalities=_options([(one.nis_code, one.name) for one in region.municipalities], widget.municipality),
        themes=_options(themes, widget.theme),
        languages=_options(settings.LANGUAGES, language),
        palette=widget.palette,
        own_list=bool(widget.chosen),
        listed=listed,
        fault=fault,
        snippet=make_snippet(widget, language, region) if asked and not fault else None,
    )


def make_snippet(widget: Widget, language: str, region: Standing) -> Snippet:
    """The line to copy, with whole addresses of this site. Without a script it is a link that works."""
    with override(language):
        title = widget_title(widget, region)
        path = f"{reverse('embed_frame')}?{urlencode(widget.to_params())}"
        link = path if widget.chosen else _guide_path(widget)
        script = reverse("embed_script")
    parts = {"path": absolute(path), "link": absolute(link), "title": title, "script": absolute(script)}
    line, frame = (shape.format(**{key: escape(part) for key, part in parts.items()}) for shape in (_LINE, _FRAME))
    return Snippet(title, line, frame, path)


def _options(choices: Sequence[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, str(label), value == chosen) for value, label in choices)


def _guide_path(widget: Widget) -> str:
    pairs = [pair for pair in widget.to_params() if pair[0] in ("municipality", "theme")]
    return reverse("guide") + (f"?{urlencode(pairs)}" if pairs else "")
