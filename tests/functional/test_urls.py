"""The list of addresses is complete."""

from __future__ import annotations

from schakel.pages.urls import unprefixed, urlpatterns
from tests.functional.urls import NOT_PAGES, PAGES, SIGNED_IN


def test_urls_every_name_is_tried_in_a_browser() -> None:
    names = {pattern.name for pattern in (*urlpatterns, *unprefixed)}
    assert names == set(PAGES) | set(SIGNED_IN) | NOT_PAGES
