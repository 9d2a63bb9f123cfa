"""From page to page: the first, the last, the current one and its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page number with its address; a gap has no address."""

    label: str
    href: str
    current: bool = False


def page_links(number: int, last: int, address: Callable[[int], str]) -> tuple[PageLink, ...]:
    """Links for page `number` of `last`; empty when there is one page or none."""
    if last <= 1:
        return ()
    shown = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
    links: list[PageLink] = []
    before = 0
    for page in shown:
        if page - before > 1:
            links.append(PageLink("…", ""))
        links.append(PageLink(str(page), address(page), page == number))
        before = page
    return tuple(links)
