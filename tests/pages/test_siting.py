"""The page about sites: what it shows, that it works without JavaScript, and what it says when something is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from schakel.analyses.blind_spots import run_blind_spots
from schakel.analyses.models import Published
from schakel.analyses.siting.proof import work_out
from tests.sources.osm.extracts import HIGHWAY, write_extract

pytestmark = pytest.mark.usefixtures("klein", "no_roads")
ASKED = "/waar-openen?service=bicycle_point&number=2&mode=cycle&minutes=20&goal=reach"


@pytest.fixture
def no_roads(settings: Settings, tmp_path: Path) -> None:
    settings.ROADS_FILE = tmp_path / "roads" / "roads.npz"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # wait, as they do outside tests


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_form_stands_ready(client: Client) -> None:
    page = text_of(client, "/waar-openen")
    assert "Waar open je er best nog één?" in page
    assert "Fietspunt" in page
    assert "Groenonderhoud" not in page  # the provider comes: where it lies does not matter
    assert 'id="antwoord"' not in page


def test_an_answer_shows_places_people_and_doubt(client: Client) -> None:
    page = text_of(client, ASKED)
    assert len(re.findall(r"<ol class=\"chosen\">.*?</ol>", page, re.S)[0].split("<li>")) == 3
    assert "Ons voorstel" in page
    assert "Reistijden zijn een schatting" in page
    assert "verdeeld naar oppervlakte" in page
    assert "is nog niet nagerekend" in page
    assert "Reken het na" in page


def test_the_sum_is_shown_and_adds_up(client: Client) -> None:
    page = text_of(client, ASKED)
    first, others, total = (
        int(figure.replace(".", "")) for figure in re.findall(r"Dus ([\d.]+) \+ ([\d.]+) = ([\d.]+) mensen", page)[0]
    )
    assert abs(first + others - total) <= 1  # each is rounded
    gained = int(re.findall(r"ongeveer ([\d.]+) mensen meer", page)[0].replace(".", ""))
    assert abs(total - gained) <= 5  # that one to tens


def keys_of(page: str) -> list[str]:
    return re.findall(r'name="own" value="([^"]+)"', page)


def test_your_own_choice_is_compared_without_javascript(client: Client) -> None:
    page = text_of(client, ASKED)
    key = keys_of(page)[0]
    compared = text_of(client, ASKED + "&own=" + key)
    assert "Jouw keuze" in compared
    assert compared.count('<tr><th scope="row">') > page.count('<tr><th scope="row">')
    assert re.search(f'value="{key}"[^>]* checked>', compared)
    assert compared.count(" open>") == page.count(" open>") + 1  # the municipality of the tick stands open


def test_a_tick_gets_only_what_it_changes(client: Client) -> None:
    address = ASKED + "&own=" + keys_of(text_of(client, ASKED))[0]
    answer = client.get(address, headers={"HX-Request": "true", "HX-Target": "vergeleken"})
    part, whole = answer.content.decode(), text_of(client, address)
    assert "<form" not in part
    assert 'id="vergeleken"' in part
    assert "<svg" not in part  # drawn after the figures stand
    for line in (part.split('hx-swap-oob="true">')[1], part.split("<tbody>")[1].split("</tbody>")[0]):
        assert line.strip() in whole  # the same figures, with and without JavaScript
    assert "hx-swap-oob" not in whole  # or asking how far the proof is would bring back the line without ticks
    assert "HX-Replace-Url" not in answer.headers
    assert answer["HX-Trigger-After-Settle"] == "vergeleken"
    assert "HX-Target" in answer["Vary"]
    rest = client.get(address, headers={"HX-Request": "true", "HX-Target": "per-plaats"})
    assert 'id="per-plaats"' in rest.content.decode()
    assert rest.content.decode().split("<tbody>")[1] in whole
    assert rest["HX-Replace-Url"] == address


def test_our_proposal_as_own_choice_brings_as_much(client: Client) -> None:
    page = text_of(client, ASKED)
    follow = re.findall(r'href="([^"]+own=[^"]+)#vergelijk"', page)[0].replace("&amp;", "&")
    rows = text_of(client, follow).split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[2:]
    ours, mine = (re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows)
    assert ours == mine


def test_of_more_ticks_than_count_the_page_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakel.pages.presenters.siting_effects.MOST_SITES", 1)
    first, second = keys_of(text_of(client, ASKED))[:2]
    page = text_of(client, f"{ASKED}&own={first}&own={second}")
    assert "Je vinkte 2 plaatsen aan. We tellen er hoogstens 1 mee" in page


def test_a_blind_spot_and_the_page_lead_to_each_other(client: Client) -> None:
    Published.objects.all().delete()
    assert "/blinde-vlekken/dienst" not in text_of(client, ASKED)  # before the first analysis
    run_blind_spots()
    page = text_of(client, ASKED)
    assert 'href="/blinde-vlekken/dienst/bicycle_point"' in page
    assert 'href="/blinde-vlekken/dienst/bicycle_point/ronse"' in page
    cell = text_of(client, "/blinde-vlekken/dienst/bicycle_point/ronse")
    (there,) = re.findall(r'href="(/waar-openen[?][^"]+)"', cell.split('id="verder"')[1])
    there = there.replace("&amp;", "&")
    assert "Jouw keuze" in text_of(client, there)
    assert re.search('value="45041:9600:Ronse"[^>]* checked>', text_of(client, there))
    assert "/waar-openen?service=bicycle_point" in text_of(client, "/blinde-vlekken/dienst/bicycle_point")
    green = text_of(client, "/blinde-vlekken/dienst/green_maintenance/ronse")
    assert "/waar-openen?" not in green  # who does it comes to you


def test_asking_for_the_proof_leads_back_and_shows_it_when_done(client: Client) -> None:
    form = {"service": "bicycle_point", "number": "2", "mode": "cycle", "minutes": "20", "goal": "reach"}
    response = client.post("/waar-openen/bewijs", form)
    assert response.status_code == 302
    assert response["Location"].startswith("/waar-openen?service=bicycle_point")
    waiting = text_of(client, response["Location"].split("#")[0])
    assert "wacht op haar beurt" in waiting
    assert "Kijk of het klaar is" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    asked = DBTaskResult.objects.get(task_path=work_out.module_path)
    work_out.func(*asked.args_kwargs["args"])
    done = text_of(client, ASKED)
    assert "Bewezen: geen enkele keuze is beter." in done
    assert "Berekening nummer" in done
    assert 'hx-trigger="every 2s"' not in done


@pytest.mark.parametrize(
    "wrong",
    ["service=niets", "service=bicycle_point&number=0", "service=bicycle_point&minutes=veel", "service=odd_jobs",
     "service=bicycle_point&own=nergens", "service=bicycle_point&mode=%00", "service=bicycle_point&goal=x"],
)  # fmt: skip
def test_a_question_that_breaks_a_rule_gets_a_plain_page(client: Client, wrong: str) -> None:
    assert "<h1" in text_of(client, f"/waar-openen?{wrong}", 400)


def test_over_roads_the_page_waits_for_the_background(client: Client, tmp_path: Path) -> None:
    from schakel.ingest.roads import load_roads
    from schakel.register import read

    point = next(row.point for row in read.list_localities() if row.point is not None)
    row, column = (point.lat - 50.90) / 0.001, (point.lon - 4.00) / 0.001
    load_roads(write_extract(tmp_path / "r.osm", {1: (row, column), 2: (row + 5, column)}, [([1, 2], HIGHWAY)]))
    page = text_of(client, ASKED)
    assert "De reistijden worden berekend" in page
    assert "Reken het na" in page
    assert "Ons voorstel" not in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_speaks_other_languages(client: Client, language: str) -> None:
    page = text_of(client, f"/{language}{ASKED}")
    assert "Ons voorstel" not in page
    assert ("Our proposal" if language == "en" else "Notre proposition") in page


def test_a_page_asks_few_questions_of_the_database(client: Client, django_assert_max_num_queries: object) -> None:
    text_of(client, ASKED)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        text_of(client, ASKED + "&own=")
