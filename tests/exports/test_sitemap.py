"""The sitemap leads to what exists, in three languages."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from schakel.core.errors import InvalidInput, NotEnoughData
from schakel.exports import About, SitemapUrl, describe_export, sitemap_urls, sitemap_xml
from tests.exports.conftest import BASE, MADE

_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_every_page_stands_in_three_languages(about: About) -> None:
    found = {url.location: url for url in sitemap_urls(f"{BASE}/")}
    assert {f"{BASE}/", f"{BASE}/en/", f"{BASE}/fr/organisatie/fiets", f"{BASE}/gemeente/ronse"} <= found.keys()
    assert found[f"{BASE}/en/gids"].alternates == {
        "nl": f"{BASE}/gids",
        "en": f"{BASE}/en/gids",
        "fr": f"{BASE}/fr/gids",
    }


def test_what_is_closed_is_left_out(about: About) -> None:
    assert not [url for url in sitemap_urls(BASE) if url.location.endswith("/organisatie/oud")]


def test_xml_holds_every_address(about: About) -> None:
    urls = list(sitemap_urls(BASE))
    tree = ElementTree.fromstring(b"".join(sitemap_xml(urls)))  # noqa: S314 (our own text)
    assert [element.text for element in tree.iter(_LOC)] == [url.location for url in urls]


@pytest.mark.slow
def test_more_than_one_file_may_hold_is_refused() -> None:
    with pytest.raises(InvalidInput, match="50000"):
        list(sitemap_xml(SitemapUrl(f"{BASE}/{number}", {}) for number in range(50_001)))


def test_nothing_leaves_before_a_region_is_loaded(db: None) -> None:
    with pytest.raises(NotEnoughData, match="regiopakket"):
        describe_export(BASE, now=MADE)
