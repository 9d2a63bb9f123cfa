"""The map in a real browser: buttons for the keyboard, nothing from elsewhere, and words when it cannot be drawn."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from schakel.ingest.boundaries import load_cantons
from tests.functional.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NO_WEBGL = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.startsWith("webgl") ? null : real.call(this, kind, ...more);
};
"""


def test_map_is_drawn_and_its_places_are_buttons(opener: Opener) -> None:
    load_cantons()
    watched = opener()
    page = watched.open("/gids?view=map")
    page.locator("[data-map][data-ready]").wait_for()
    assert page.locator(".map .map-say").is_hidden()
    assert "gerechtelijk kanton" in (page.locator(".map-name").first.text_content() or "")
    groups = page.locator(".map .map-cluster")
    label = groups.first.get_attribute("aria-label") or ""
    assert label == f"{groups.first.inner_text()} plaatsen dicht bij elkaar. Zoom in."
    place = page.locator(".map .map-point")
    for _ in range(8):  # every Enter on a group zooms in, until its places stand apart or are listed
        if place.count() or page.locator(".map .maplibregl-popup").count():
            break
        groups.first.press("Enter")
        page.wait_for_timeout(600)
    if place.count():
        assert "Voorbeeld" in (place.first.get_attribute("aria-label") or "")
        place.first.press("Enter")
    link = page.locator(".map .maplibregl-popup a").first
    expect(link).to_be_focused()
    assert (link.get_attribute("href") or "").startswith("/organisatie/")
    page.keyboard.press("Escape")
    expect(page.locator(".map .maplibregl-popup")).to_have_count(0)
    watched.assert_clean()


def test_filters_change_the_map_without_leaving_it(opener: Opener) -> None:
    watched = opener()
    page = watched.open("/gids?view=map")
    page.locator("[data-map][data-ready]").wait_for()
    page.locator("#seat").select_option("45041")
    page.wait_for_url("**seat=45041**")
    page.locator("[data-map][data-ready]").wait_for()
    assert page.locator(".map .maplibregl-canvas").count() == 1
    watched.assert_clean()


def test_without_webgl_the_page_says_why_and_the_table_stands(opener: Opener) -> None:
    watched = opener()
    watched.page.add_init_script(NO_WEBGL)
    page = watched.open("/gids?view=map")
    expect(page.locator(".map-say")).to_contain_text("kan deze kaart niet tekenen")
    assert page.locator("tbody tr").count() > 3
    assert page.evaluate("typeof window.maplibregl") == "undefined"  # nothing fetched for nothing
    watched.assert_clean()


def test_without_javascript_the_page_says_so(opener: Opener) -> None:
    page = opener(javascript=False).open("/gids?view=map")
    expect(page.locator(".map-say")).to_contain_text("De kaart heeft JavaScript nodig")
    assert page.locator("tbody tr").count() > 3


def test_library_that_does_not_come_is_said(opener: Opener) -> None:
    watched = opener()
    watched.page.route("**/maplibre-gl*.js", lambda route: route.abort())
    page = watched.open("/gids?view=map")
    expect(page.locator(".map-say")).to_contain_text("De kaart kon niet geladen worden")
