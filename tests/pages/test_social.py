"""Open Graph: words and pictures of ours beside a shared address, whatever stands in the register."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from schakel.documents.card import Card, draw_card

pytestmark = pytest.mark.slow
PAGES = ["/", "/fr/organisatie/voorbeeld-strijkerij", "/gemeente/ronse", "/en/thema/green"]


def social(page: str) -> dict[str, str]:
    return {
        name: unescape(content)
        for name, content in re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)"', page)
    }


def card(title: str, place: str = "Ronse") -> Card:
    return Card("nl", "Maatwerkbedrijf", title, place, "schakel.voorbeeld.example")


def size(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as opened:
        assert opened.format == "PNG"
        return opened.size


@pytest.mark.usefixtures("klein")
@pytest.mark.parametrize("address", PAGES)
def test_shared_page_has_words_and_a_picture_at_the_configured_site(
    client: Client, settings: Settings, address: str
) -> None:
    settings.SITE_URL = "https://schakel.voorbeeld.example"
    settings.ALLOWED_HOSTS = ["*"]
    found = social(client.get(address, headers={"host": "kwaad.example"}).content.decode())
    assert found["title"]
    assert found["description"]
    assert found["url"] == f"https://schakel.voorbeeld.example{address}"
    assert (found["image:width"], found["image:height"]) == ("1200", "630")
    start = "https://schakel.voorbeeld.example"
    assert found["image"].startswith(f"{start}/")
    picture = client.get(found["image"].removeprefix(start))
    assert picture.headers["Content-Type"] == "image/png"
    assert size(picture.content) == (1200, 630)
    assert not picture.cookies
    again = client.get(found["image"].removeprefix(start), headers={"If-None-Match": picture.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("klein")
@pytest.mark.parametrize("address", ["organisatie/niemand", "gemeente/nergens", "thema/onbekend"])
def test_picture_of_nobody_is_not_drawn(client: Client, address: str) -> None:
    assert client.get(f"/beeld/{address}.png").status_code == 404


def test_markup_is_printed_as_text_and_reads_no_file() -> None:
    """The hash sign and brackets stay letters: a picture with markup differs from one of what it would make."""
    for markup, meaning in (("#upper[abc]", "ABC"), ("*vet*", "vet"), ('#read("/etc/passwd")', "")):
        assert draw_card(card(markup)) != draw_card(card(meaning))


@pytest.mark.parametrize(
    "title",
    [
        "x" * 300,
        "Woord " * 60,
        "🍀 Groen 🌱",
        "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",  # written from right to left
        '#import "@preview/x:1.0.0": *',
        "\\ $ ` _ < > @a",
        "\x00\u202e",
        "",
    ],
)
def test_any_name_gives_a_picture(title: str) -> None:
    assert size(draw_card(card(title))) == (1200, 630)


def test_same_words_are_drawn_once() -> None:
    draw_card.cache_clear()
    first = draw_card(card("Voorbeeld"))
    assert draw_card(card("Voorbeeld")) is first
    assert draw_card.cache_info().misses == 1
