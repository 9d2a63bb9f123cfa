"""A picture of every page, desktop and phone: `python -m tests.functional.screens [--base URL] [--out FOLDER]`.

Without an address it starts a site of its own with the built-in region, in a folder that goes away after.

The addresses come from the site itself (its first organisations, municipality, cluster), so that any region will do.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Literal

import httpx
from playwright.sync_api import Browser, Page

from tests.functional.browser import chromium, open_browser

DESKTOP, PHONE = 1280, 390
FIXED = {
    "home": "/",
    "home-en": "/en/",
    "home-fr": "/fr/",
    "guide": "/gids",
    "guide-found": "/gids?q=strijk+in+Ronse",
    "guide-table": "/gids?q=kringloop&view=table",
    "guide-nothing": "/gids?q=qwxzjk",
    "theme": "/thema/green",
    "municipalities": "/gemeenten",
    "my-list": "/mijn-lijst",
    "compare-empty": "/vergelijken",
    "sources": "/bronnen",
    "glossary": "/begrippen",
    "accessibility": "/toegankelijkheid",
    "privacy": "/privacy",
    "components": "/componenten",
    "not-found": "/bestaat-niet",
    "bad-request": "/gids?radius_km=-5",
}


def _links(page: Page, base: str, address: str, pattern: str) -> list[str]:
    page.goto(base + address)
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return list(dict.fromkeys(href for href in hrefs if re.fullmatch(pattern, href)))


def addresses(browser: Browser, base: str) -> dict[str, str]:
    """The fixed pages, and examples of the pages that depend on the region."""
    page = browser.new_page()
    organisations = _links(page, base, "/gids", r"/organisatie/[a-z0-9-]+")
    found = dict(FIXED)
    for number, address in enumerate(organisations[:3], start=1):
        found[f"organisation-{number}"] = address
    for number, address in enumerate(_links(page, base, "/gemeenten", r"/gemeente/[a-z0-9-]+")[:2], start=1):
        found[f"municipality-{number}"] = address
    for address in _links(page, base, "/gemeenten", r"/cluster/[a-z0-9-]+")[:1]:
        found["cluster"] = address
    chosen = "&".join("o=" + address.rsplit("/", 1)[1] for address in organisations[:4])
    found["compare"] = f"/vergelijken?{chosen}"
    page.close()
    return found


@contextmanager
def own_site(**environment: str) -> Iterator[str]:
    """The address of a site with the built-in region, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="schakel-screens-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{probe.getsockname()[1]}"
        probe.close()
        command = [sys.executable, "-m", "schakel", "--data", folder, "--port", base.rsplit(":", 1)[1], "up"]
        around = {**os.environ, **environment, "SCHAKEL_SITE_URL": base}
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=around) as server:
            try:
                for _ in range(120):
                    with suppress(httpx.TransportError):  # until it answers the port is closed
                        httpx.get(f"{base}/gezondheid")
                        break
                    time.sleep(0.5)
                yield base
            finally:
                server.terminate()


def take(browser: Browser, base: str, out: Path, *, width: int, scheme: Literal["light", "dark"], only: str) -> int:
    """Pictures of every page at one width; how many were taken."""
    out.mkdir(parents=True, exist_ok=True)
    pages = {name: address for name, address in addresses(browser, base).items() if re.search(only, name)}
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="nl-BE")
    page = context.new_page()
    for name, address in pages.items():
        page.goto(base + address)
        page.screenshot(path=out / f"{name}.png", full_page=True)
    context.close()
    return len(pages)


def main() -> int:
    """Take the pictures that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--base", help="address of a running site, such as http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=Path("build/screens"))
    parser.add_argument("--only", default="", help="only pages whose name matches this pattern")
    asked = parser.parse_args()
    if chromium() is None:
        sys.stderr.write("no chromium found: install Debian's chromium to take pictures\n")
        return 1
    with nullcontext(asked.base) if asked.base else own_site() as site, open_browser() as browser:
        base = site.rstrip("/")
        count = take(browser, base, asked.out / "desktop", width=DESKTOP, scheme="light", only=asked.only)
        count += take(browser, base, asked.out / "phone", width=PHONE, scheme="light", only=asked.only)
        count += take(browser, base, asked.out / "dark", width=DESKTOP, scheme="dark", only=asked.only)
    sys.stdout.write(f"{count} pictures in {asked.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
