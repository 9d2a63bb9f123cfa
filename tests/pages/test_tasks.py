"""The list of tasks, seen from the region and from one municipality, on paper and in the API."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from schakel.core.tasks import list_catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def section(html: str, title: str) -> str:
    """The part of the page under a heading."""
    return html.split(f">{title}", 1)[1].split("<section", 1)[0]


def test_list_names_every_task_and_where_it_is_known(klein: None, client: Client) -> None:
    shown = client.get("/taken").content.decode()
    assert all(task.labels["nl"].replace("'", "&#x27;") in shown for task in list_catalogue())
    assert "Fietsenstalling aan het station openhouden" in shown
    assert "77310000" in shown
    assert "niet bekend: geen van onze bronnen noemt er een" in shown


def test_list_can_be_limited_by_theme_and_words(klein: None, client: Client) -> None:
    def titles(**asked: str) -> list[str]:
        return re.findall(r'<h3 id="(\w+)">', client.get("/taken", asked).content.decode())

    assert len(titles()) == len(list_catalogue())
    assert titles(q="bermen")
    assert set(titles(q="bermen")) < set(titles(theme="green"))
    assert titles(q="kerkhof") == ["cemeteries", "graves"]  # a word of the service
    assert titles(q="77313000") == ["parks"]
    assert titles(theme="onzin") == titles()
    nothing = client.get("/taken", {"q": "<script>"}).content.decode()
    assert "Geen taak met die woorden" in nothing
    assert "<script>" not in nothing.replace("<script src", "")


def test_place_tells_here_neighbours_and_not_known_apart(klein: None, client: Client) -> None:
    ronse = client.get("/taken/ronse").content.decode()
    assert "Een fietspunt of bewaakte stalling openhouden" in section(ronse, "Gebeurt hier, volgens een bron")
    maarkedal = client.get("/taken/maarkedal").content.decode()
    assert "Een fietspunt" in section(maarkedal, "Buren doen het, hier nog niet bekend")
    assert "/organisatie/voorbeeld-fietsen" in section(maarkedal, "Buren doen het")
    # Its own example ended: it is named, and whether it is done today is not known.
    assert "Gebeurt hier" not in maarkedal.split("<main", 1)[1].split("<section", 1)[0]
    assert "Bermen maaien" in section(maarkedal, "Nog niemand bekend")


def test_place_says_who_could_do_it_and_whether_that_is_assumed(klein: None, client: Client) -> None:
    ronse = client.get("/taken/ronse").content.decode()
    cemeteries = ronse.split('id="cemeteries"', 1)[1].split("</li>\n<li>", 1)[0]
    assert "Kan dit hier, volgens een bron:" in cemeteries
    assert "Voorbeeld Groen" in cemeteries
    laundry = ronse.split('id="laundry"', 1)[1].split('id="childcare"', 1)[0]
    assert "Bijna:" in laundry
    assert "als ze ook werken voor" in laundry


def test_button_fills_in_the_form(klein: None, client: Client) -> None:
    page = client.get("/taken/ronse").content.decode()
    href = re.search(r'href="(/behoefte\?text=bermen[^"]+)"', page)
    assert href
    form = client.get(href[1].replace("&amp;", "&")).content.decode()
    assert "bermen maaien langs de gemeentewegen</textarea>" in form
    assert '<option value="45041" selected>' in form
    assert "Voorbeeld Groen" in form


def test_municipality_leads_to_its_tasks(klein: None, client: Client) -> None:
    assert '"/taken/brakel"' in client.get("/gemeente/brakel").content.decode()
    assert client.get("/taken/45041").headers["Location"] == "/taken/ronse"
    assert client.get("/taken/nergens").status_code == 404


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_page_on_paper_is_one_tagged_page(klein: None, client: Client, language: str) -> None:
    prefix = "" if language == "nl" else f"/{language}"
    answer = client.get(f"{prefix}/taken/maarkedal/blad.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == client.get(f"{prefix}/taken/maarkedal/blad.pdf").content
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/Lang"] == language
    text = reader.pages[0].extract_text()
    assert "Maarkedal" in text
    assert "Ronse" in text


def test_api_tells_the_same(klein: None, client: Client) -> None:
    whole = client.get("/api/v1/task-catalogue").json()
    assert whole["count"] == len(list_catalogue())
    assert {one["where"] for one in whole["results"]} == {None}
    found = {one["key"]: one for one in client.get("/api/v1/task-catalogue?municipality=45064").json()["results"]}
    assert found["bicycle_point"]["where"] == "neighbours"
    assert found["bicycle_point"]["examples"] == {"here": [], "neighbours": ["ronse-fietsen"], "elsewhere": []}
    assert found["verges"]["where"] == "not_known"
    assert found["verges"]["examples"]["here"] == ["maarkedal-bermen"]
    ronse = {one["key"]: one for one in client.get("/api/v1/task-catalogue?municipality=45041").json()["results"]}
    assert ronse["cemeteries"]["candidates"] == [{"slug": "voorbeeld-groen", "stated": True}]
    assert client.get("/api/v1/task-catalogue?municipality=99999").status_code == 400
