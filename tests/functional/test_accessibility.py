"""Axe on every address: desktop and a phone of 320 pixels, light and dark, three languages; nothing from elsewhere."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.functional.conftest import Opener, Scheme
from tests.functional.urls import ERRORS, every_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}
AXE = Axe()


def violations(page: Page) -> list[str]:
    """What axe finds, one line per fault with the place."""
    found = AXE.run(page, options=RULES).response["violations"]
    return [
        f"{page.url}: {fault['id']}: {node['target']} {node.get('failureSummary', '')}"
        for fault in found
        for node in fault["nodes"]
    ]


# Every address is held against both widths and both sets of colours. A third and a fourth window would tell nothing:
# colours change no structure, and axe judges structure whatever the colours.
WINDOWS: list[tuple[int, Scheme]] = [(1280, "light"), (320, "dark")]


@pytest.mark.parametrize(("width", "scheme"), WINDOWS, ids=["wide-light", "320-dark"])
def test_every_page_passes_axe(opener: Opener, width: int, scheme: Scheme) -> None:
    watched = opener(width=width, scheme=scheme)
    faults = []
    for address in (*every_page(), *ERRORS):
        page = watched.open(address)
        page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
        faults += violations(page)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            faults.append(f"{address}: {overflow} px wider than a window of {width} px")
    assert faults == []
    watched.assert_clean()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_other_languages_pass_axe(opener: Opener, language: str) -> None:
    watched = opener(width=320)
    faults = []
    for address in (
        "/",
        "/gids?q=strijk+in+Ronse",
        "/organisatie/voorbeeld-strijkerij",
        "/gemeente/ronse",
        "/begrippen",
    ):
        page = watched.open(f"/{language}{address}")
        assert page.locator("html").get_attribute("lang") == language
        faults += violations(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append(f"{page.url} is wider than a window of 320 px")
    assert faults == []
    watched.assert_clean()


def test_every_target_is_large_enough_for_a_finger(opener: Opener) -> None:
    watched = opener(width=320)
    page = watched.open("/gids?q=voorbeeld")
    for control in page.locator("main button:visible, main input[type=checkbox]:visible, main select:visible").all():
        box = control.bounding_box()
        label = control.evaluate("e => e.closest('label')?.getBoundingClientRect().height ?? 0")
        assert box is not None
        assert max(box["height"], label) >= 24
