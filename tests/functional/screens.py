"""A picture of every page of a running site, desktop and phone: `python -m tests.functional.screens --base URL`.

The addresses come from the site itself (its first organisations, municipality, cluster), so that any region will do.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Literal

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
    parser.add_argument("--base", required=True, help="address of a running site, such as http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=Path("build/screens"))
    parser.add_argument("--only", default="", help="only pages whose name matches this pattern")
    asked = parser.parse_args()
    if chromium() is None:
        sys.stderr.write("no chromium found: install Debian's chromium to take pictures\n")
        return 1
    base = asked.base.rstrip("/")
    with open_browser() as browser:
        count = take(browser, base, asked.out / "desktop", width=DESKTOP, scheme="light", only=asked.only)
        count += take(browser, base, asked.out / "phone", width=PHONE, scheme="light", only=asked.only)
        count += take(browser, base, asked.out / "dark", width=DESKTOP, scheme="dark", only=asked.only)
    sys.stdout.write(f"{count} pictures in {asked.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
