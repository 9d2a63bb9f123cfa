"""Axe on every address: desktop and a phone of 320 pixels, light and dark, three languages; nothing from elsewhere."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.functional.conftest import Opener, Scheme
from tests.functional.urls import ERRORS, PAGES, every_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}
AXE = Axe()


def violations(page: Page, *, contrast: bool = True) -> list[str]:
    """What axe finds, one line per fault with the place. Without `contrast` its slowest rule by far is left out."""
    options = RULES if contrast else RULES | {"rules": {"color-contrast": {"enabled": False}}}
    found = AXE.run(page, options=options).response["violations"]
    return [
        f"{page.url}: {fault['id']}: {node['target']} {node.get('failureSummary', '')}"
        for fault in found
        for node in fault["nodes"]
    ]


# Every address on a wide light and a narrow dark window, all rules: so each address is held against both sets of
# colours. Of each page the first address on the two others, where only the colours were seen before.
WINDOWS: list[tuple[int, Scheme, list[str], bool]] = [
    (1280, "light", every_page(), True),
    (320, "dark", every_page(), True),
    (1280, "dark", [examples[0] for examples in PAGES.values()], False),
    (320, "light", [examples[0] for examples in PAGES.values()], False),
]


@pytest.mark.parametrize(
    ("width", "scheme", "addresses", "contrast"), WINDOWS, ids=["wide-light", "320-dark", "wide-dark", "320"]
)
def test_every_page_passes_axe(
    opener: Opener, width: int, scheme: Scheme, addresses: list[str], contrast: bool
) -> None:
    watched = opener(width=width, scheme=scheme)
    faults = []
    for address in (*addresses, *ERRORS):
        page = watched.open(address)
        page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
        faults += violations(page, contrast=contrast)
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
