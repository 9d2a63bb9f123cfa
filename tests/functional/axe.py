"""What axe finds on a page, in one window or in several."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.functional.conftest import Scheme

RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}
# Axe reads the same few colours of a page thousands of times, each time with a general library for every way to write
# one: nearly half of its work. This keeps what that library said of a text; what axe makes of it stays the same.
REMEMBER_COLOURS = """(() => {
  const colour = axe.commons.color.Color.prototype;
  const read = colour.parseString;
  const known = new Map();
  colour.parseString = function (text) {
    if (!known.has(text)) {
      const { r, g, b, alpha } = read.call(this, text);
      known.set(text, { r, g, b, alpha });
    }
    return Object.assign(this, known.get(text));
  };
})()"""
_SCRIPT = f"if (!window.axe) {{ {Axe().axe_script}\n{REMEMBER_COLOURS} }}"
_RUN = f"axe.run({json.dumps(RULES)}).then((found) => found.violations)"
_UNFOLD = "for (const box of document.querySelectorAll('details')) box.open = true"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_SETTLED = """Promise.allSettled(
  document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished)
).then(() => null)"""


@dataclass(frozen=True, slots=True)
class Window:
    """How wide it is, and which colours its owner prefers."""

    width: int
    scheme: Scheme


def violations(page: Page) -> list[str]:
    """What axe finds, one line per fault with the place."""
    page.evaluate(_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return [
        f"{page.url}: {fault['id']}: {node['target']} {node.get('failureSummary', '')}"
        for fault in found
        for node in fault["nodes"]
    ]


def faults(page: Page) -> list[str]:
    """What axe finds with everything unfolded, and how much the page is wider than its window."""
    page.evaluate(_UNFOLD)
    found = violations(page)
    overflow = page.evaluate(_OVERFLOW)
    return [*found, f"{page.url}: {overflow} px wider than the window"] if overflow > 0 else found


def faults_in(windows: Sequence[Window], page: Page) -> list[str]:
    """The faults of the page in each of these windows, one after the other: it is asked and built once."""
    found = []
    for window in windows:
        page.set_viewport_size({"width": window.width, "height": 800})
        page.emulate_media(color_scheme=window.scheme)
        page.evaluate(_SETTLED)
        found += [f"{window.width} px, {window.scheme}: {fault}" for fault in faults(page)]
    return found
