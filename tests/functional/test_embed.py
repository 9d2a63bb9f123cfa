"""The widget inside a page of another website that allows next to nothing."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pytest_django import Settings

from tests.functional.conftest import Opener

HEIGHT = "body => Math.ceil(body.getBoundingClientRect().height)"
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def foreign(site: str) -> Iterator[Callable[[str], str]]:
    """Makes a website at another port whose one page holds a line; allows scripts and frames of ours, nothing else."""
    body = [""]

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", f"default-src 'none'; script-src {site}; frame-src {site}")
            self.end_headers()
            self.wfile.write(body[0].encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def serve(line: str) -> str:
            body[0] = f'<!doctype html><html lang="nl"><title>Gemeente</title><h1>Onze gemeente</h1><p>{line}</p>'
            return f"http://127.0.0.1:{server.server_address[1]}/"

        yield serve
        server.shutdown()


def line_of(site: str, query: str) -> str:
    page = httpx.get(f"{site}/insluiten?{query}", timeout=60).text
    found = re.search(r'<textarea id="lijn"[^>]*>([^<]+)<', page)
    assert found is not None
    return unescape(found[1])


def test_line_becomes_a_frame_as_high_as_its_content(
    opener: Opener, site: str, settings: Settings, foreign: Callable[[str], str]
) -> None:
    settings.SITE_URL = site
    watched = opener(width=360)
    page = watched.page
    page.goto(foreign(line_of(site, "municipality=45041&ink=%23000000&paper=%23ffffff")))
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("title", "Sociaal kopen in Ronse")
    inside = page.frame_locator("iframe")
    expect(inside.locator("h1")).to_have_text("Sociaal kopen in Ronse")
    assert inside.locator("li a").first.get_attribute("target") == "_blank"
    height = inside.locator("body").evaluate(HEIGHT)
    expect(frame).to_have_attribute("height", str(height))
    assert height != 480
    assert inside.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth")
    assert inside.locator("body").evaluate("body => getComputedStyle(body).color") == "rgb(0, 0, 0)"
    assert page.locator("a").count() == 0
    assert watched.complaints == []
    assert watched.context.cookies() == []


def test_without_javascript_the_line_is_a_link(
    opener: Opener, site: str, settings: Settings, foreign: Callable[[str], str]
) -> None:
    settings.SITE_URL = site
    page = opener(javascript=False).page
    page.goto(foreign(line_of(site, "municipality=45041")))
    page.get_by_role("link", name="Sociaal kopen in Ronse").click()
    expect(page).to_have_url(f"{site}/gids?municipality=45041")


def test_frame_of_another_site_is_not_made(opener: Opener, site: str, foreign: Callable[[str], str]) -> None:
    """A line that somebody changed shows nothing of a third party under our name."""
    page = opener().page
    page.goto(
        foreign(
            f'<a href="{site}/" data-schakel="https://elders.example/">x</a><script src="{site}/kader.js"></script>'
        )
    )
    page.wait_for_load_state("load")
    assert page.locator("iframe").count() == 0


def test_widget_is_clean_for_axe_and_preview_sizes_itself(opener: Opener, site: str) -> None:
    line_of(site, "theme=green")  # the first answer of a site reads its whole index
    watched = opener()
    page = watched.open("/insluiten?municipality=45041")
    height = page.frame_locator("iframe").locator("body").evaluate(HEIGHT)
    expect(page.locator("iframe")).to_have_attribute("height", str(height))
    page = watched.open("/kader?municipality=45041")
    assert Axe().run(page).response["violations"] == []
    watched.assert_clean()
