"""Organisations in a list and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from schakel.pages.markup.icons import icon
from schakel.pages.presenters.blocks import Sign
from schakel.pages.presenters.hits import HitCard, ServiceTag


class _Words(NamedTuple):
    """What every hit says, escaped, in the language of the page."""

    why: str
    services: str
    compare: str
    add: str
    remove: str


@lru_cache(maxsize=8)
def _words(language: str | None) -> _Words:
    said = (
        gettext("Waarom je dit ziet"),
        gettext("Diensten"),
        gettext("Vergelijk"),
        gettext("Zet op mijn lijst"),
        gettext("Haal van mijn lijst"),
    )
    return _Words(*map(escape, said))


def hit_items(hits: Iterable[HitCard], *, choose: bool, list_form: str) -> SafeString:
    """The `<li>` of each. `choose`: it can be ticked for comparing; `list_form`: id of my list's form or empty."""
    words = _words(get_language())
    form = escape(list_form)
    return mark_safe("".join(_item(hit, words, choose, form) for hit in hits))  # noqa: S308 (escaped piece by piece)


def hit_rows(hits: Iterable[HitCard], *, choose: bool, brief: bool = False) -> SafeString:
    """The same organisations as rows of the table; `brief`: without what they do and why they were found."""
    words = _words(get_language())
    return mark_safe("\n".join(_row(hit, words, choose, brief) for hit in hits))  # noqa: S308 (escaped piece by piece)


def status_tag(status: Sign) -> str:
    """What is not simply alive; the same as the component status.html."""
    doubtful = status.code == "uncertain"
    return (
        f'<span class="tag {"tag-attention" if doubtful else "tag-ended"}">'
        f"{icon('unknown') if doubtful else ''}{escape(status.label)}</span>"
    )


def old_tag(label: str) -> str:
    """What nobody confirmed for long."""
    return f'<span class="tag tag-attention">{icon("unknown")}{escape(label)}</span>'


@lru_cache(maxsize=512)
def service_tag(tag: ServiceTag) -> str:
    """A service with the icon of its theme."""
    return f'<li class="tag">{icon(tag.icon)}{escape(tag.label)}</li>'


@lru_cache(maxsize=4096)
def _reason(words: str) -> str:
    """Why a hit is there; the same few come back on hit after hit."""
    return f"<li>{escape(words)}</li>"


def _compare(slug: str, name: str, words: _Words) -> str:
    return (
        f'<label class="check"><input type="checkbox" name="o" value="{slug}" form="vergelijken"> '
        f'<span>{words.compare}<span class="visually-hidden"> {name}</span></span></label>'
    )


class _Fixed(NamedTuple):
    """The parts of an item that no search changes."""

    head: str  # up to the distance
    middle: str  # from there to why it was found
    area: str
    compare: str
    slug: str
    whom: str  # after what a button says: which organisation it is about


@lru_cache(maxsize=4096)
def _fixed(
    slug: str,
    name: str,
    href: str,
    kinds: str,
    seats: str,
    status: Sign | None,
    old: str,
    description: str,
    area: str,
    words: _Words,
) -> _Fixed:
    slug, name = escape(slug), escape(name)
    marks = " ".join([*([status_tag(status)] if status else ()), *([old_tag(old)] if old else ())])
    return _Fixed(
        head=f'<li class="hit">\n<div><h3><a href="{escape(href)}">{name}</a></h3>\n'
        f'<p class="hit-kind">{escape(kinds)}{f" · {escape(seats)}" if seats else ""}',
        middle="</p></div>\n"
        + (f"<p>{marks}</p>\n" if marks else "")
        + (f'<p lang="nl">{escape(description)}</p>\n' if description else ""),
        area=f'<div class="hit-actions"><span class="muted">{escape(area)}</span>\n',
        compare=_compare(slug, name, words),
        slug=slug,
        whom=f'<span class="visually-hidden">: {name}</span>',
    )


@lru_cache(maxsize=1024)
def _services(services: tuple[ServiceTag, ...], more: str, words: _Words) -> str:
    last = f'<li class="tag">{escape(more)}</li>' if more else ""
    return f'<ul class="tags" aria-label="{words.services}">{"".join(map(service_tag, services))}{last}</ul>\n'


def _item(hit: HitCard, words: _Words, choose: bool, form: str) -> str:
    fixed = _fixed(
        hit.slug, hit.name, hit.href, hit.kinds, hit.seats, hit.status, hit.old, hit.description, hit.area, words
    )
    distance = f' · <span class="nowrap">{escape(hit.distance)}</span>' if hit.distance else ""
    why = ""
    if hit.why:
        reasons = "".join([_reason(reason) for reason in hit.why])
        why = f'<ul class="hit-why" aria-label="{words.why}">{reasons}</ul>\n'
    listed = ""
    if form:
        wish, label = ("remove", words.remove) if hit.on_list else ("add", words.add)
        listed = (
            f'\n<button class="link-button" type="submit" form="{form}" name="{wish}" value="{fixed.slug}">{label}'
            f"{fixed.whom}</button>"
        )
    return (
        f"{fixed.head}{distance}{fixed.middle}{why}{_services(hit.services, hit.more_services, words)}{fixed.area}"
        f"{fixed.compare if choose else ''}{listed}</div>\n</li>"
    )


def _row(hit: HitCard, words: _Words, choose: bool, brief: bool) -> str:
    name = escape(hit.name)
    status = f"<br>{status_tag(hit.status)}" if hit.status else ""
    status += f"<br>{old_tag(hit.old)}" if hit.old else ""
    services = ", ".join([escape(service.label) for service in hit.services])
    more = f", {escape(hit.more_services)}" if hit.more_services else ""
    distance = f' <span class="nowrap">({escape(hit.distance)})</span>' if hit.distance else ""
    why = "; ".join([escape(reason) for reason in hit.why])
    does = "" if brief else f'<td class="said">{services}{more}</td>'
    found = "" if brief else f'<td class="said">{why or "–"}</td>'
    chosen = f'<td class="no-print">{_compare(escape(hit.slug), name, words)}</td>' if choose else ""
    return (
        f'<tr><th scope="row"><a href="{escape(hit.href)}">{name}</a>{status}</th><td>{escape(hit.kinds)}</td>'
        f"{does}<td>{escape(hit.seats) or '–'}{distance}</td><td>{escape(hit.area)}</td>{found}{chosen}</tr>"
    )
