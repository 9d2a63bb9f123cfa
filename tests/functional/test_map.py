"""The map in a real browser: buttons for the keyboard, nothing from elsewhere, and words when it cannot be drawn."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from schakel.ingest.boundaries import load_cantons
from tests.functional.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DRAWN = 60_000  # milliseconds: without a graphics card, on a busy machine
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
    page.locator("[data-map][data-ready]").wait_for(timeout=DRAWN)
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
    page.locator("[data-map][data-ready]").wait_for(timeout=DRAWN)
    page.locator("#seat").select_option("45041")
    page.wait_for_url("**seat=45041**")
    page.locator("[data-map][data-ready]").wait_for(timeout=DRAWN)
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


def test_library_that_keeps_one_waiting_is_said(opener: Opener) -> None:
    watched = opener()
    watched.page.clock.install()
    watched.page.route("**/maplibre-gl*.js", lambda _: None)  # never answered
    page = watched.open("/gids?view=map", until="domcontentloaded")  # a library on its way may hold back "load"
    expect(page.locator(".map-say")).to_contain_text("De kaart wordt geladen")
    page.clock.fast_forward(13_000)
    expect(page.locator(".map-say")).to_contain_text("De kaart laat op zich wachten. De lijst of de tabel")


def test_points_that_do_not_come_are_said(opener: Opener) -> None:
    watched = opener()
    watched.page.route("**/kaart/gids.geojson*", lambda route: route.fulfill(status=500, body="broken"))
    page = watched.open("/gids?view=map")
    expect(page.locator(".map-say")).to_contain_text("De kaart kon niet geladen worden", timeout=DRAWN)
    assert page.locator("tbody tr").count() > 3


def test_names_keep_clear_of_points_in_the_dark_too(opener: Opener) -> None:
    load_cantons()
    page = opener(scheme="dark").open("/gids?view=map")
    page.locator("[data-map][data-ready]").wait_for(timeout=DRAWN)
    boxes = """kind => [...document.querySelectorAll(kind)]
      .filter(one => getComputedStyle(one).visibility === "visible")
      .map(one => one.getBoundingClientRect().toJSON())"""
    names, spots = (page.evaluate(boxes, kind) for kind in (".map-name", ".map-point, .map-cluster"))
    assert names
    assert spots
    for name in names:
        for spot in spots:
            apart = name["right"] <= spot["left"] or spot["right"] <= name["left"]
            assert apart or name["bottom"] <= spot["top"] + 1 or spot["bottom"] <= name["top"] + 1


CHOICE = "/waar-openen?service=bicycle_point&number=2&mode=cycle&minutes=20&goal=reach"
TICKED = "[...document.querySelectorAll('input[name=own]:checked')].map(one => one.value)"


def shared(page: Page, ticked: list[str]) -> None:
    """Wait until the address holds what is ticked: then the last answer has come, and another tick overtakes none."""
    page.wait_for_url(lambda url: sorted(filter(None, parse_qs(urlsplit(url).query).get("own", []))) == sorted(ticked))


@pytest.mark.usefixtures("compiled")
def test_places_are_chosen_by_dragging_and_the_list_follows(opener: Opener) -> None:
    watched = opener()
    page = watched.open(CHOICE)
    page.locator("#kieskaart").scroll_into_view_if_needed()
    page.locator("[data-choosing]").wait_for(timeout=DRAWN)
    ours = page.locator(".map-pick.map-ours")
    expect(ours).to_have_count(2)
    assert page.locator(".map-pick:not([aria-hidden=true])").count() == 0  # the list is the twin
    proposed = page.evaluate("[...document.querySelectorAll('input[data-proposed]')].map(one => one.value)")
    ours.first.hover()
    box, taken = ours.first.bounding_box(), [one.get_attribute("title") for one in ours.all()]
    assert box is not None
    page.mouse.down()
    for far in range(20, 240, 20):  # leftwards, until another place is the nearest
        page.mouse.move(box["x"] + 16 - far, box["y"] + 16)
        if (ours.first.get_attribute("data-goal") or taken[0]) not in taken:
            break
    page.mouse.up()
    expect(page.locator("#gevolgen-kort")).to_contain_text("Jouw keuze")
    mine = page.evaluate(TICKED)
    assert len(mine) == 2
    assert len(set(mine) & set(proposed)) == 1  # one moved, the other stays
    expect(page.locator(".map-pick.map-mine")).to_have_count(2)
    shared(page, mine)
    page.evaluate("document.querySelector('input[name=own]:checked').click()")  # unticking takes the hexagon away
    expect(page.locator(".map-pick.map-mine")).to_have_count(1)
    shared(page, mine[1:])
    page.locator(".map-pick.map-mine").click()  # and a tap does the same to the tick
    expect(page.locator("#gevolgen-kort")).to_contain_text("Nog niets aangevinkt")
    assert page.evaluate(TICKED) == []
    shared(page, [])
    watched.assert_clean()


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("late", ["vergeleken", "per-plaats"])
def test_tick_overtakes_the_answer_to_the_one_before(opener: Opener, late: str) -> None:
    watched = opener()
    watched.page.add_init_script(NO_WEBGL)
    page, held = watched.open(CHOICE), list[Route]()

    def hold(route: Route) -> None:
        """Keep the first question for `late` waiting for ever."""
        if not held and route.request.headers.get("hx-target") == late:
            held.append(route)
        else:
            route.continue_()

    page.route("**/waar-openen?**", hold)
    boxes = page.locator("input[name=own]")
    with page.expect_request(lambda request: request.headers.get("hx-target") == late):
        boxes.nth(0).evaluate("box => box.click()")  # its list is closed
    boxes.nth(1).evaluate("box => box.click()")
    shared(page, page.evaluate(TICKED))
    assert len(held) == 1
    assert page.locator("#vergeleken tbody tr").last.locator("td").last.inner_text().count(",") == 1  # both places
    overtaken = ["htmx:afterRequest, [object HTMLDivElement]", "htmx:sendAbort, [object HTMLDivElement]"]
    assert watched.complaints == overtaken  # what htmx says in the console of a question that was dropped


@pytest.mark.usefixtures("compiled")
def test_ticks_stand_when_the_page_hears_how_far_the_proof_is(opener: Opener) -> None:
    watched, held = opener(), list[Route]()
    watched.page.add_init_script(NO_WEBGL)
    watched.page.route("**/waar-openen/bewijs", lambda route: held.append(route))
    with watched.page.expect_request("**/waar-openen/bewijs"):  # asked when the page has opened
        page = watched.open(CHOICE)
    page.locator("input[name=own]").first.evaluate("box => box.click()")
    expect(page.locator("#gevolgen-kort")).to_contain_text("Jouw keuze")
    page.locator("#bewijs").evaluate("proof => { proof.dataset.old = '1'; }")
    while not held:  # it was asked; the browser hands it over in its own time
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(page.locator("#bewijs:not([data-old])")).to_have_count(1)
    expect(page.locator("#gevolgen-kort")).to_contain_text("Jouw keuze")
    expect(page.locator("#vergeleken")).to_contain_text("Jouw keuze")
    watched.assert_clean()


@pytest.mark.usefixtures("compiled")
def test_without_webgl_places_are_still_ticked(opener: Opener) -> None:
    watched = opener()
    watched.page.add_init_script(NO_WEBGL)
    page = watched.open(CHOICE)
    expect(page.locator("#kieskaart .map-say")).to_contain_text("kan deze kaart niet tekenen")
    page.locator(".picks summary").first.click()
    page.locator(".picks details[open] label").first.click()
    expect(page.locator("#gevolgen-kort")).to_contain_text("Jouw keuze")
    expect(page.locator("#per-plaats caption")).to_contain_text("per gemeente")
    watched.assert_clean()
