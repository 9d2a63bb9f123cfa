"""The widget on other people's websites: what it shows, that only it may be framed, and the line that shows it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from schakel.pages.standing import forget
from tests.functional.urls import every_page

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("klein")]
FRAME = "/kader?municipality=45041"


def policy(answer_headers: object) -> dict[str, str]:
    parts = str(answer_headers).split("; ")
    return {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in parts if " " in part}


@pytest.mark.parametrize("address", [FRAME, "/fr/kader?theme=green", "/kader?o=voorbeeld-groen", "/kader"])
def test_widget_may_be_framed_by_anybody_and_sets_no_cookie(client: Client, address: str) -> None:
    answer = client.get(address)
    assert policy(answer.headers["Content-Security-Policy"])["frame-ancestors"] == "*"
    assert not answer.has_header("X-Frame-Options")
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_widget_that_did_not_change_may_still_be_framed(client: Client) -> None:
    first = client.get(FRAME)
    again = client.get(FRAME, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert not again.has_header("X-Frame-Options")


@pytest.mark.parametrize("address", [page for page in every_page() if not page.startswith("/kader")])
def test_nothing_else_may_be_framed(client: Client, address: str) -> None:
    answer = client.get(address)
    assert policy(answer.headers["Content-Security-Policy"])["frame-ancestors"] == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_widget_of_a_municipality_shows_who_works_there(client: Client) -> None:
    page = client.get(FRAME).content.decode()
    assert "<h1>Sociaal kopen in Ronse</h1>" in page
    assert "Verzonnen gegevens" in page
    assert 'href="/organisatie/voorbeeld-strijkerij"' in page
    count = int(re.search(r'<p class="small">(\d+) organisatie', page)[1])  # type: ignore[index]
    assert page.count("<li>") == min(count, 12)
    assert 'href="/gids?municipality=45041" target="_blank"' in page
    assert "(aanname)" in page  # how we know where they work is said here too


def test_own_list_keeps_its_order_and_leaves_out_who_is_gone(client: Client) -> None:
    page = client.get("/kader?o=voorbeeld-strijkerij&o=bestaat-niet&o=voorbeeld-groen").content.decode()
    assert re.findall(r'<li><a href="([^"]+)"', page) == [
        "/organisatie/voorbeeld-strijkerij",
        "/organisatie/voorbeeld-groen",
    ]
    assert "2 organisaties" in page


def test_widget_speaks_the_language_of_its_address(client: Client) -> None:
    page = client.get("/fr" + FRAME).content.decode()
    assert '<html lang="fr">' in page
    assert 'href="/fr/gids?municipality=45041"' in page


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("", "Kies een gemeente"),
        ("municipality=99999", "ligt niet in de streek"),
        ("theme=bestaat-niet", "thema kennen we niet"),
        ("municipality=45041&o=voorbeeld-groen", "niet allebei"),
        ("municipality=45041&ink=999999", "niet te lezen op de achtergrond"),
        ("municipality=45041&main=ffffff", "De kleur van de links"),
        ("municipality=45041&paper=url(//elders.example)", "De kleur van de achtergrond"),
        ("&".join(f"o=x{number}" for number in range(61)), "passen 60 organisaties"),
        ("o=" + "x" * 121, "Kies een gemeente"),
    ],
)
def test_widget_that_cannot_be_shown_says_why_in_its_frame(client: Client, query: str, reason: str) -> None:
    answer = client.get(f"/kader?{query}")
    assert answer.status_code == 400
    assert reason in unescape(answer.content.decode())
    assert client.get(f"/insluiten?{query}").status_code == (400 if query else 200)


@pytest.mark.parametrize(
    ("language", "reason"),
    [("en", "This municipality is not in the region."), ("fr", "Cette commune n'est pas dans la région.")],
)
def test_refusal_speaks_the_language_of_its_address(client: Client, language: str, reason: str) -> None:
    answer = client.get(f"/{language}/kader?municipality=99999")
    assert answer.status_code == 400
    assert reason in unescape(answer.content.decode())


def test_colours_come_as_a_stylesheet_with_nothing_but_colours(client: Client) -> None:
    page = client.get(FRAME + "&paper=%23102030&ink=FFFFFF&main=ffee00").content.decode()
    address = unescape(re.search(r'href="(/kader\.css\?[^"]+)"', page)[1])  # type: ignore[index]
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/css"
    assert answer.content == b":root { --paper: #102030; --ink: #ffffff; --main: #ffee00; }\n"
    assert client.get("/kader.css?paper=ffffff&ink=fffffe").status_code == 400


def test_line_leads_to_the_configured_site_whatever_the_host_says(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://schakel.voorbeeld.example"
    settings.ALLOWED_HOSTS = ["*"]
    address = "/insluiten?municipality=45041&theme=&language=fr&paper=%23ffffff&ink=%23000000&main=%230c5449"
    page = client.get(address, headers={"host": "kwaad.example"}).content.decode()
    line = unescape(re.search(r'<textarea id="lijn"[^>]*>([^<]+)<', page)[1])  # type: ignore[index]
    found = re.fullmatch(
        r'<a href="([^"]+)" data-schakel="([^"]+)">([^<]+)</a><script src="([^"]+)" async></script>', line
    )
    assert found is not None
    link, frame, _, script = (unescape(part) for part in found.groups())
    assert link == "https://schakel.voorbeeld.example/fr/gids?municipality=45041"
    assert frame == "https://schakel.voorbeeld.example/fr/kader?municipality=45041&ink=000000"
    assert script == "https://schakel.voorbeeld.example/kader.js"
    assert client.get(frame.removeprefix("https://schakel.voorbeeld.example")).status_code == 200


def test_own_list_of_this_browser_goes_into_the_address(client: Client) -> None:
    assert 'name="list"' not in client.get("/insluiten").content.decode()
    for slug in ("voorbeeld-groen", "voorbeeld-strijkerij"):
        client.post("/mijn-lijst", {"add": slug, "next": "/gids"})
    page = client.get("/insluiten?municipality=45041&list=1").content.decode()
    preview = unescape(re.search(r'<iframe[^>]* src="([^"]+)"', page)[1])  # type: ignore[index]
    assert parse_qs(urlsplit(preview).query) == {"o": ["voorbeeld-groen", "voorbeeld-strijkerij"]}
    line = unescape(re.search(r'<textarea id="lijn"[^>]*>([^<]+)<', page)[1])  # type: ignore[index]
    assert '/kader?o=voorbeeld-groen&amp;o=voorbeeld-strijkerij" data-schakel=' in line  # works without a script too


def test_refused_colours_stay_in_the_form(client: Client) -> None:
    page = client.get("/insluiten?municipality=45041&paper=%23ffffff&ink=%23eeeeee&main=%230c5449").content.decode()
    assert 'name="ink" value="#eeeeee"' in page
    assert '<option value="45041" selected>' in page
    assert "<iframe" not in page


def test_script_has_one_address_and_may_be_used_elsewhere(client: Client) -> None:
    answer = client.get("/kader.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies
    assert "cookie" not in answer.content.decode()
    forget()
