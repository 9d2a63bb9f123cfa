"""Debian's chromium, started without anything that would call home."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--use-angle=swiftshader",  # draws maps without a graphics card
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",  # pages themselves need none of that: a third of what a test in a browser costs
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Where Debian's chromium is; None when it is not installed."""
    return shutil.which("chromium")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """One browser for as long as the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()
