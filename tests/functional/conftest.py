"""A browser and a running site with the small region. Without chromium these tests say loudly that they did not run."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from schakel.core.siting.warming import warm
from schakel.pages.standing import forget
from tests.functional.browser import chromium, open_browser
from tests.pages.loaded import load_klein

Scheme = Literal["light", "dark"]
Moment = Literal["commit", "domcontentloaded", "load", "networkidle"]
PATIENCE = 30_000  # milliseconds: on a machine with other work too
EXPECTED = (
    "the server responded with a status of 4",  # a page that answers 404 or 400 on purpose
    "GPU stall due to ReadPixels",  # without a graphics card a drawn map is read back to be put in its page
)


class BrowserMissing(UserWarning):
    """The browser tests did not run."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        message = "BROWSER TESTS DID NOT RUN: Debian's chromium is not installed"
        warnings.warn_explicit(message, BrowserMissing, __file__, 1, registry=None)
        pytest.skip(message)
    # Playwright keeps an event loop in this thread; the database is asked from other threads only.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with open_browser() as opened:
        yield opened
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def compiled() -> None:
    """What proves a siting, compiled: on a new machine that takes longer than a page is waited for."""
    warm()


@pytest.fixture
def site(
    browser: Browser, transactional_db: None, live_server: LiveServer, settings: Settings, tmp_path: Path
) -> Iterator[str]:
    """The address of a running site with the small region."""
    settings.SEARCH_INDEX_FOLDER = tmp_path / "search"
    settings.ALLOWED_HOSTS = ["*"]
    load_klein()
    yield str(live_server.url)
    forget()


class Watched:
    """A page whose every request, console message and error is remembered."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.site = site
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.strangers.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(words in message.text for words in EXPECTED):
            self.complaints.append(message.text)

    def open(self, address: str, until: Moment = "load") -> Page:
        """The page at `address`, once it has come as far as `until`."""
        self.page.goto(self.site + address, wait_until=until)
        return self.page

    def assert_clean(self) -> None:
        assert self.strangers == []
        assert self.complaints == []


class Opener:
    """Opens watched pages: how wide, which colours, with or without JavaScript."""

    def __init__(self, browser: Browser, site: str) -> None:
        self._browser = browser
        self._site = site
        self._contexts: list[BrowserContext] = []

    def __call__(self, *, width: int = 1280, scheme: Scheme = "light", javascript: bool = True) -> Watched:
        context = self._browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="fr-BE",  # an unprefixed address is Dutch, whatever the browser prefers
            bypass_csp=False,
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        return Watched(context, self._site)

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def opener(browser: Browser, site: str) -> Iterator[Opener]:
    found = Opener(browser, site)
    yield found
    found.close()
