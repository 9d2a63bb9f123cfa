"""The guide on paper from the website: who stands in it, where its links are, and what is said when there is none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import Settings

from schakel.accounts.visitors import RateLimit
from schakel.documents import Selection, kept
from schakel.documents.guide import Bounds
from schakel.documents.kept import Busy
from schakel.pages.views import guide_pdf
from schakel.search.query import parse_query
from schakel.search.service import search_slugs
from schakel.typesetting import NotSet

pytestmark = [pytest.mark.usefixtures("klein"), pytest.mark.slow]
PDF = b"%PDF-1.7 kort %%EOF\n"


@pytest.fixture(autouse=True)
def room(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder and a rate limit of its own."""
    settings.DATA_FOLDER = tmp_path
    monkeypatch.setattr(guide_pdf, "limit", RateLimit(20, seconds=600))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Selection, str, bool]]:
    """Selection, language and size of every guide that is made, with a stand-in for Typst."""
    found: list[tuple[Selection, str, bool]] = []

    def build(selection: Selection, *, language: str, large: bool, **_: object) -> bytes:
        found.append((selection, language, large))
        return PDF

    monkeypatch.setattr(kept, "build_guide", build)
    return found


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_search_gives_its_own_guide_in_the_language_of_the_address(client: Client) -> None:
    response = client.get("/en/gids.pdf?q=strijk&municipality=45041")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith('inline; filename="gids-voorbeeldstreek-zoekopdracht-')
    said = words(response.content)
    assert "How to buy socially" in said
    assert "“strijk”" in said
    assert "testserver/en/organisatie/voorbeeld-strijkerij" in said.replace(" ", "")
    assert "voorbeeld-fietsen" not in said


def test_search_and_guide_page_have_the_same_organisations(
    client: Client, asked: list[tuple[Selection, str, bool]]
) -> None:
    for params in (
        {"q": "voorbeeld"},
        {"q": "strijk in Ronse", "page": "3", "size": "1"},
        {"near": "50.7469,3.6009", "radius_km": "10"},
    ):
        client.get("/gids.pdf", params)
        assert asked[-1][0].slugs == search_slugs(parse_query(params))
        assert asked[-1][0].slugs


def test_each_place_leads_to_its_own_guide(client: Client, asked: list[tuple[Selection, str, bool]]) -> None:
    client.post("/mijn-lijst", {"add": "voorbeeld-fietsen"})
    for page, address, selection in (
        ("/gids", "/gids.pdf", Selection()),
        ("/thema/green", "/thema/green/gids.pdf", Selection(theme="green")),
        ("/gemeente/ronse", "/gemeente/ronse/gids.pdf", Selection(municipality="45041")),
        ("/mijn-lijst", "/mijn-lijst/gids.pdf", Selection(slugs=("voorbeeld-fietsen",))),
    ):
        shown = client.get(page).content.decode()
        for href in (address, f"{address}?print=large", f"/en{address}", f"/fr{address}"):
            assert f'href="{href}"' in shown, page
            assert client.get(href).content == PDF
        assert asked[-4:] == [
            (selection, "nl", False), (selection, "nl", True), (selection, "en", False), (selection, "fr", False),
        ]  # fmt: skip


def test_guide_is_made_once_and_not_sent_again(client: Client, asked: list[tuple[Selection, str, bool]]) -> None:
    first = client.get("/thema/green/gids.pdf")
    assert client.get("/thema/green/gids.pdf").content == first.content
    again = client.get("/thema/green/gids.pdf", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.head("/thema/household/gids.pdf").status_code == 200
    assert len(asked) == 1


def test_list_is_kept_by_nobody_else(client: Client, asked: list[tuple[Selection, str, bool]]) -> None:
    client.post("/mijn-lijst", {"add": "voorbeeld-fietsen"})
    assert "private" in client.get("/mijn-lijst/gids.pdf").headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/gids.pdf?q=onvindbaar", "/mijn-lijst/gids.pdf", "/thema/space/gids.pdf"])
def test_nobody_to_print_is_a_plain_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Er is niemand om in deze gids te zetten." in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/thema/geen/gids.pdf", "/gemeente/nergens/gids.pdf"])
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_search_that_cannot_be_meant_is_refused(client: Client) -> None:
    assert client.get("/gids.pdf?radius_km=-5").status_code == 400
    assert client.get("/gids.pdf?municipality=99999").status_code == 400


def test_guide_that_is_too_thick_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "BOUNDS", Bounds(organisations=1, seconds=30))
    response = client.get("/gids.pdf")
    assert response.status_code == 400
    assert "Deze gids wordt te dik." in response.content.decode()


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [(Busy(), 503, "Je gids wordt gemaakt."), (NotSet("te lang"), 503, "De gids kon niet gemaakt worden.")],
)
def test_guide_that_is_not_there_yet_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, said: str
) -> None:
    def make(_: object) -> bytes:
        raise fault

    monkeypatch.setattr(guide_pdf, "make_guide", make)
    response = client.get("/gids.pdf")
    assert response.status_code == status
    assert said in response.content.decode()
    assert ("Refresh" in response.headers) == isinstance(fault, Busy)


def test_a_data_folder_without_room_for_guides_gives_a_plain_page(client: Client, tmp_path: Path) -> None:
    (tmp_path / "guides").write_text("a file where the folder should be")
    response = client.get("/gids.pdf")
    assert response.status_code == 503
    assert "De gids kon niet gemaakt worden." in response.content.decode()


def test_who_asks_for_many_new_guides_waits_and_still_gets_the_old(
    client: Client, asked: list[tuple[Selection, str, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guide_pdf, "limit", RateLimit(1, seconds=600))
    assert client.get("/gids.pdf").status_code == 200
    response = client.get("/fr/gids.pdf")
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 600
    assert client.get("/gids.pdf").status_code == 200
    assert len(asked) == 1


def test_words_of_a_search_are_text(client: Client) -> None:
    response = client.get("/gids.pdf", {"q": '#import "x": * voorbeeld'})
    assert response.status_code == 200
    assert '#import "x": *' in words(response.content)


def test_my_list_has_a_heading_above_its_organisations(client: Client) -> None:
    client.post("/mijn-lijst", {"add": "voorbeeld-fietsen"})
    shown = client.get("/mijn-lijst").content.decode()
    assert shown.index("<h1") < shown.index("<h2") < shown.index("<h3")
