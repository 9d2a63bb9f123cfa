"""The small blocks that many pages are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from schakel.core.model import AreaKnowledge, LifeStatus
from schakel.wording import words


@dataclass(frozen=True, slots=True)
class Link:
    """A label with an address; an empty address is the page itself."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign and its word, from the component `sign.html`."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A message: kind is info, attention, wrong or done."""

    kind: str
    title: str
    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing to show, and what to do next."""

    title: str
    text: str
    links: tuple[Link, ...] = ()


def organisation_href() -> Callable[[str], str]:
    """Gives the address of an organisation for its slug, without resolving it again for each one in a list."""
    start = _before_organisation(get_language(), get_script_prefix())
    return lambda slug: start + _quoted(slug)


_quoted = lru_cache(maxsize=4096)(quote)


@lru_cache(maxsize=16)
def _before_organisation(language: str | None, prefix: str) -> str:
    return reverse("organisation", kwargs={"slug": "x"}).removesuffix("x")


def crumbs(*below: tuple[str, str], page: str) -> tuple[Link, ...]:
    """Home, the pages between, this page."""
    return (Link("Schakel", reverse("home")), *(Link(label, href) for label, href in below), Link(page))


def status_sign(status: LifeStatus) -> Sign | None:
    """The mark of what is not simply alive; None for what is."""
    return None if status == LifeStatus.LIVE else Sign(status.value, words.word(words.STATUSES, status))


def area_sign(knowledge: AreaKnowledge) -> Sign:
    """How a service area is known."""
    code = {AreaKnowledge.STATED: "served", AreaKnowledge.ASSUMED: "assumed", AreaKnowledge.UNKNOWN: "unknown"}
    return Sign(code[knowledge], words.word(words.AREAS, knowledge))
