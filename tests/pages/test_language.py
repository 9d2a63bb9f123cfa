"""The address of a page says its language, and nothing else does."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klein")]


@pytest.mark.parametrize(
    ("address", "language"),
    [("/gids", "nl"), ("/en/gids", "en"), ("/fr/gids", "fr"), ("/en/bestaat-niet", "en"), ("/de/gids", "nl")],
)
def test_address_says_the_language_whatever_the_browser_wishes(client: Client, address: str, language: str) -> None:
    client.cookies["django_language"] = "fr"
    response = client.get(address, headers={"accept-language": "en-GB,en;q=0.9,fr;q=0.5"})
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in response.content.decode()
    assert "Accept-Language" not in response.headers.get("Vary", "")
