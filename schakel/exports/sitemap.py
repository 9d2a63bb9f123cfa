"""The pages that search engines may find, in three languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from schakel.core.errors import InvalidInput
from schakel.core.taxonomy import services, themes
from schakel.register import read

LANGUAGES = ("nl", "en", "fr")
FIXED = (
    "/",
    "/gids",
    "/gemeenten",
    "/advies",
    "/taken",
    "/vragen",
    "/blinde-vlekken",
    "/blinde-vlekken/methode",
    "/open-data",
    "/bronnen",
    "/begrippen",
    "/toegankelijkheid",
    "/privacy",
)
MOST = 50_000  # addresses in one file, by the sitemap protocol


@dataclass(frozen=True, slots=True)
class SitemapUrl:
    """One page: its address, and language -> address of the same page in every language."""

    location: str
    alternates: Mapping[str, str]


def sitemap_urls(base_url: str) -> Iterator[SitemapUrl]:
    """Every public page, each language on its own.

    Organisations that do not exist today are left out: their page stays, but nobody should be led there. No date of
    last change: we know when the register changed, not when a page did, and a wrong date is worse than none.
    """
    base = base_url.rstrip("/")
    for path in _paths():
        alternates = {language: _address(base, path, language) for language in LANGUAGES}
        for address in alternates.values():
            yield SitemapUrl(address, alternates)


def count_parts() -> int:
    """How many files of at most 50,000 addresses the sitemap takes; at least one."""
    return max(1, -(-sum(1 for _ in _paths()) * len(LANGUAGES) // MOST))


def sitemap_index_xml(base_url: str) -> bytes:
    """The file that names the parts of the sitemap, `/sitemap-1.xml` and so on."""
    base = base_url.rstrip("/")
    parts = "".join(
        f"<sitemap><loc>{escape(base)}/sitemap-{number}.xml</loc></sitemap>\n" for number in range(1, count_parts() + 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{parts}</sitemapindex>\n"
    ).encode()


def sitemap_part_xml(base_url: str, part: int) -> Iterator[bytes]:
    """One part of the sitemap, piece by piece; `part` counts from 1. Past the last one: without addresses."""
    return sitemap_xml(islice(sitemap_urls(base_url), (part - 1) * MOST, part * MOST))


def sitemap_xml(urls: Iterable[SitemapUrl]) -> Iterator[bytes]:
    """A sitemap of at most 50,000 addresses, piece by piece; raises `InvalidInput` past that: make more files then."""
    yield (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        b'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    )
    for number, url in enumerate(urls):
        if number >= MOST:
            raise InvalidInput(f"Een sitemap mag niet meer dan {MOST} adressen bevatten. Maak er meer dan een.")
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)}/>'
            for language, address in url.alternates.items()
        )
        yield f"<url><loc>{escape(url.location)}</loc>{links}</url>\n".encode()
    yield b"</urlset>\n"


def _paths() -> Iterator[str]:
    yield from FIXED
    yield from (f"/thema/{theme.code}" for theme in themes())
    yield from (f"/gemeente/{place.slug}" for place in read.list_municipalities())
    yield from (f"/blinde-vlekken/gemeente/{place.slug}" for place in read.list_municipalities())
    yield from (f"/blinde-vlekken/dienst/{service.code}" for service in services())
    yield from (f"/cluster/{cluster.slug}" for cluster in read.list_clusters())
    yield from (f"/organisatie/{slug}" for slug in read.iter_findable_slugs())


def _address(base: str, path: str, language: str) -> str:
    return base + (path if language == "nl" else f"/{language}{path}")
