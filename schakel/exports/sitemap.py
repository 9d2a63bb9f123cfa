"""The pages that search engines may find, in three languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from schakel.core.errors import InvalidInput
from schakel.core.model import FINDABLE
from schakel.core.taxonomy import themes
from schakel.register import read

LANGUAGES = ("nl", "en", "fr")
FIXED = ("/", "/gids", "/bronnen", "/begrippen", "/toegankelijkheid", "/privacy")
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
    yield from (f"/cluster/{cluster.slug}" for cluster in read.list_clusters())
    for record in read.iter_search_records():
        if record.status in FINDABLE:
            yield f"/organisatie/{record.slug}"


def _address(base: str, path: str, language: str) -> str:
    return base + (path if language == "nl" else f"/{language}" if path == "/" else f"/{language}{path}")
