"""Axe on every address: desktop and a phone of 320 pixels, light and dark, three languages; nothing from elsewhere."""

from __future__ import annotations

import pytest

from tests.functional.axe import Window, faults, faults_in
from tests.functional.conftest import Opener
from tests.functional.urls import ERRORS, every_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Every address is held against both widths and both sets of colours. A third and a fourth window would tell nothing:
# colours change no structure, and axe judges structure whatever the colours. Each page is opened in the last.
WINDOWS = (Window(1280, "light"), Window(320, "dark"))
PARTS = 6  # as many tests, which the processes of the suite share


@pytest.mark.usefixtures("compiled")  # a page asks for a proof when it opens
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_passes_axe(opener: Opener, part: int) -> None:
    watched = opener(width=WINDOWS[-1].width, scheme=WINDOWS[-1].scheme)
    found = []
    for address in (*every_page(), *ERRORS)[part::PARTS]:
        found += faults_in(WINDOWS, watched.open(address))
    assert found == []
    watched.assert_clean()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_other_languages_pass_axe(opener: Opener, language: str) -> None:
    watched = opener(width=320)
    found = []
    for address in (
        "/",
        "/gids?q=strijk+in+Ronse",
        "/organisatie/voorbeeld-strijkerij",
        "/gemeente/ronse",
        "/begrippen",
    ):
        page = watched.open(f"/{language}{address}")
        assert page.locator("html").get_attribute("lang") == language
        found += faults(page)
    assert found == []
    watched.assert_clean()


def test_fault_in_one_window_is_found_in_that_window(opener: Opener) -> None:
    """A heading that is faint by day and by night, in other colours, and on a phone too wide as well."""
    page = opener(width=320, scheme="dark").open("/privacy")
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`
            @media (prefers-color-scheme: light) { main h1 { color: #eee } }
            @media (prefers-color-scheme: dark) { main h1 { color: #333 } }
            @media (max-width: 400px) { main h1 { width: 500px } }`);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    wide, small = (faults_in((window,), page) for window in WINDOWS)
    assert [fault for fault in wide if "color-contrast" in fault and "#eeeeee" in fault] == wide != []
    assert ["color-contrast" in fault for fault in small] == [True, False]
    assert "wider than the window" in small[1]


def test_every_target_is_large_enough_for_a_finger(opener: Opener) -> None:
    watched = opener(width=320)
    page = watched.open("/gids?q=voorbeeld")
    for control in page.locator("main button:visible, main input[type=checkbox]:visible, main select:visible").all():
        box = control.bounding_box()
        label = control.evaluate("e => e.closest('label')?.getBoundingClientRect().height ?? 0")
        assert box is not None
        assert max(box["height"], label) >= 24
