"""Blind spots on pages, in files and on paper: what a coordinator relies on."""

from __future__ import annotations

import csv
import io
import json
import re
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pypdf import PdfReader
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from schakel.accounts.roles import EDITORS
from schakel.analyses import read as grids
from schakel.analyses.blind_spots import run_blind_spots
from schakel.analyses.models import Published, Result
from schakel.audit import guard
from schakel.audit.models import Entry
from schakel.cooperation.read import list_reports
from schakel.core.access.blindspots import State
from schakel.register import read
from schakel.register.write import state_negative
from tests.access.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GRID = "/blinde-vlekken"
QUESTIONS = "/blinde-vlekken/vragen"


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_grid_shows_every_cell_as_a_link_to_its_evidence(klein: None, client: Client) -> None:
    shown = text(client, GRID)
    for code in ("social_restaurant", "childcare", "green_maintenance"):
        assert f'href="/blinde-vlekken/dienst/{code}/kluisbergen"' in shown
    assert 'class="bs-absent"' in shown
    assert "Kluisbergen: gezocht en niet gevonden" in shown
    assert 'href="/blinde-vlekken/dienst/assembly/regio"' in shown  # remote: once for the region


def test_filters_keep_what_was_asked(klein: None, client: Client) -> None:
    household = text(client, f"{GRID}?theme=household")
    assert "/dienst/laundry_ironing/ronse" in household
    assert "/dienst/green_maintenance/ronse" not in household
    cluster = text(client, f"{GRID}?cluster=voorbeeldcluster")
    assert "/dienst/childcare/brakel" in cluster
    assert "/dienst/childcare/kluisbergen" not in cluster  # it left the cluster
    company = text(client, f"{GRID}?theme=mobility&customer=company")
    assert "Ronse: er is aanbod" not in company  # bicycle repair there is for citizens only
    assert "Ronse: er is aanbod" in text(client, f"{GRID}?theme=mobility&customer=citizen")
    goal = text(client, f"{GRID}?goal=doorstroom")
    assert "/dienst/job_coaching/ronse" in goal
    assert "/dienst/childcare/ronse" not in goal


@pytest.mark.parametrize("query", ["theme=niets", "cluster=niets", "customer=niets", "goal=niets"])
def test_a_filter_that_does_not_exist_is_refused_in_words(klein: None, client: Client, query: str) -> None:
    assert "bestaat niet" in text(client, f"{GRID}?{query}", 400)


def test_cell_says_what_it_rests_on_and_what_it_doubts(klein: None, client: Client) -> None:
    absent = text(client, "/blinde-vlekken/dienst/social_restaurant/kluisbergen")
    assert "Voorbeeldcoördinator zocht op 20 augustus 2026 en vond niets" in absent
    shop = text(client, "/blinde-vlekken/dienst/laundry_ironing/ronse")
    assert "alle inwoners raken er binnen 15 minuten met de auto" in shop
    assert "De reistijd is een schatting" in shop
    assert "Te weinig om te zeggen" in shop


@pytest.mark.parametrize(
    "address",
    [
        "/blinde-vlekken/dienst/niets",
        "/blinde-vlekken/dienst/niets/ronse",
        "/blinde-vlekken/dienst/childcare/niets",
        "/blinde-vlekken/dienst/childcare/regio",
        "/blinde-vlekken/gemeente/niets",
        "/blinde-vlekken/gemeente/niets/dossier.pdf",
        "/blinde-vlekken/gemeente/ronse/dossier.pdf?service=assembly",
        "/blinde-vlekken/vragen?municipality=11002",
        "/blinde-vlekken.exe",
    ],
)
def test_what_does_not_exist_is_not_found(klein: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_before_the_first_analysis_it_says_so(klein: None, client: Client) -> None:
    Published.objects.all().delete()
    grids.forget()
    assert "Er is nog geen analyse uitgevoerd" in text(client, GRID, 404)
    assert client.get("/blinde-vlekken/gemeente/ronse").status_code == 404


def test_page_is_not_sent_twice_until_another_run_is_shown(klein: None, client: Client) -> None:
    first = client.get(GRID)
    assert client.get(GRID, headers={"If-None-Match": first["ETag"]}).status_code == 304
    Published.objects.all().delete()
    run_blind_spots()
    assert client.get(GRID, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_question_is_answered_by_who_may_and_can_be_undone(klein: None, client: Client) -> None:
    client.force_login(make_person("municipality-editor"), backend="django.contrib.auth.backends.ModelBackend")
    nis_code = next(code for code in ("45041", "45059", "45060", "45064") if _may(client, code))
    before = read.list_negative_statements(nis_code, "childcare")
    sent = {"answer": "none", "service": "childcare", "municipality": nis_code, "method": "phoned"}
    answer = client.post(QUESTIONS, sent)
    assert answer.status_code == 302
    (statement,) = read.list_negative_statements(nis_code, "childcare")
    assert not before
    assert statement.method == "Gebeld met de gemeente of het OCMW"
    assert statement.searched_by == grids_place(nis_code)
    shown = text(client, answer["Location"].split("#")[0])
    assert "Genoteerd." in shown
    assert f'id="hoe-childcare-{nis_code}"' not in shown  # answered: no longer a question
    run_blind_spots()
    grid = grids.blind_spots()
    assert grid is not None
    assert grid.services["childcare", nis_code].state is State.ABSENT
    number = answer["Location"].split("genoteerd=")[1].split("#")[0]
    undone = client.post(QUESTIONS, {"answer": "undo", "number": number, "municipality": nis_code})
    assert undone.status_code == 302
    assert read.list_negative_statements(nis_code, "childcare") == ()
    again = client.post(QUESTIONS, {"answer": "undo", "number": number, "municipality": nis_code})
    assert again.status_code == 400


def _may(client: Client, nis_code: str) -> bool:
    return 'value="none"' in text(client, f"{QUESTIONS}?municipality={nis_code}")


def grids_place(nis_code: str) -> str:
    place = read.get_municipality(nis_code)
    assert place is not None
    return place.name


def test_nobody_answers_for_another_municipality(klein: None, client: Client) -> None:
    client.force_login(make_person("municipality-editor"), backend="django.contrib.auth.backends.ModelBackend")
    other = next(code for code in ("45041", "45059", "45060", "45064") if not _may(client, code))
    answer = client.post(QUESTIONS, {"answer": "none", "service": "childcare", "municipality": other})
    assert answer.status_code == 404
    assert read.list_negative_statements(other, "childcare") == ()


def test_a_tip_goes_to_the_editors(klein: None, client: Client) -> None:
    client.force_login(make_person("cluster-editor"), backend="django.contrib.auth.backends.ModelBackend")
    sent = {"answer": "one", "service": "childcare", "municipality": "45059", "text": "Voorbeeldopvang"}
    assert client.post(QUESTIONS, sent).status_code == 302
    (report,) = list_reports(only_open=True)
    assert report.text == "Buurtgerichte kinderopvang in Brakel: er is er een. Voorbeeldopvang"


def test_what_is_answered_once_for_the_region_is_a_question_too(klein: None, client: Client) -> None:
    grid = grids.blind_spots()
    assert grid is not None
    code = next(code for (code, where), cell in grid.services.items() if where is None and cell.state is State.NO_DATA)
    asked = text(client, f"{QUESTIONS}?municipality=regio")
    assert f'href="/blinde-vlekken/dienst/{code}/regio"' in asked
    assert "/dienst/childcare/" not in asked  # of a municipality
    sent = {"answer": "one", "service": code, "municipality": "regio", "text": "Voorbeeldatelier"}
    client.force_login(make_person("municipality-editor"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(QUESTIONS, sent).status_code == 404  # not for all municipalities
    Group.objects.get_or_create(name=EDITORS)
    client.force_login(make_person("region-editor"), backend="django.contrib.auth.backends.ModelBackend")
    asked = text(client, f"{QUESTIONS}?municipality=regio")
    assert f'id="wie-{code}-regio"' in asked
    assert "Bedankt." in text(client, client.post(QUESTIONS, sent)["Location"].split("#")[0])
    (report,) = list_reports(only_open=True)
    assert report.text.endswith("in de hele regio: er is er een. Voorbeeldatelier")
    noted = client.post(QUESTIONS, {**sent, "answer": "none"})["Location"].split("#")[0]
    everywhere = ["45041", "45059", "45060", "45064"]
    assert sorted(said.nis_code for said in read.list_negative_statements(service=code)) == everywhere
    assert f'id="hoe-{code}-regio"' not in text(client, f"{QUESTIONS}?municipality=regio")  # answered
    run_blind_spots()
    grid = grids.blind_spots()
    assert grid is not None
    assert grid.services[code, None].state is State.ABSENT
    (numbers,) = re.findall(r'name="number" value="([\d,]+)"', text(client, noted))
    undone = client.post(QUESTIONS, {"answer": "undo", "number": numbers, "municipality": "regio"})
    assert undone.status_code == 302
    assert read.list_negative_statements(service=code) == ()


def test_a_service_is_answered_for_the_whole_region_at_once(klein: None, client: Client) -> None:
    grid = grids.blind_spots()
    assert grid is not None
    open_in: dict[str, list[str]] = {}
    for (service, where), cell in grid.services.items():
        if where and cell.state is State.NO_DATA:
            open_in.setdefault(service, []).append(where)
    code = next(service for service, places in open_in.items() if len(places) == 3)
    page = f"{QUESTIONS}?service={code}"
    sent = {"answer": "none", "service": code, "municipality": "regio", "method": "web"}
    client.force_login(make_person("cluster-editor"), backend="django.contrib.auth.backends.ModelBackend")
    assert 'id="ineens"' not in text(client, page)
    assert client.post(QUESTIONS, sent).status_code == 404
    assert read.list_negative_statements(service=code) == ()
    Group.objects.get_or_create(name=EDITORS)
    client.force_login(make_person("region-editor"), backend="django.contrib.auth.backends.ModelBackend")
    assert 'id="ineens"' in text(client, page)
    before = len(log_entries())
    noted = client.post(QUESTIONS, sent)["Location"].split("#")[0]
    said = read.list_negative_statements(service=code)
    assert sorted(one.nis_code for one in said) == sorted(open_in[code])  # where it is offered, nothing is noted
    assert {one.method for one in said} == {"Gezocht op het web"}
    assert [one.action for one in log_entries()[before:]] == ["negative"] * 3
    assert 'id="ineens"' not in text(client, page)
    assert client.post(QUESTIONS, sent).status_code == 400  # nothing is open any more
    (numbers,) = re.findall(r'name="number" value="([\d,]+)"', text(client, noted))
    part = {"answer": "undo", "number": f"{numbers},999999", "municipality": "regio"}
    assert client.post(QUESTIONS, part).status_code == 400
    assert len(read.list_negative_statements(service=code)) == 3  # all or none
    assert client.post(QUESTIONS, {**part, "number": numbers}).status_code == 302
    assert read.list_negative_statements(service=code) == ()
    assert [one.action for one in log_entries()[before:]][3:] == ["withdraw-negative"] * 3
    assert 'id="ineens"' in text(client, page)


def log_entries() -> list[Entry]:
    return list(Entry.objects.order_by("pk"))


def test_a_search_that_is_too_old_leaves_the_question_open(klein: None, client: Client) -> None:
    Group.objects.get_or_create(name=EDITORS)
    client.force_login(make_person("region-editor"), backend="django.contrib.auth.backends.ModelBackend")
    state_negative("45059", "childcare", searched_by="Brakel", method="gebeld", searched_on="2019-05", author=None)
    run_blind_spots()
    assert 'id="hoe-childcare-45059"' in text(client, f"{QUESTIONS}?municipality=45059&service=childcare")


def test_files_name_the_address_that_was_set_not_the_one_that_was_asked(
    klein: None, client: Client, settings: Settings
) -> None:
    settings.SITE_GIVEN, settings.SITE_URL = True, "https://schakel.voorbeeld.example"
    settings.ALLOWED_HOSTS = ["*"]
    made = client.get("/blinde-vlekken.geojson", headers={"Host": "boos.example"}).content.decode()
    assert "https://schakel.voorbeeld.example" in made
    assert "boos.example" not in made
    paper = client.get("/blinde-vlekken/gemeente/ronse/dossier.pdf", headers={"Host": "boos.example"}).content
    page = PdfReader(BytesIO(paper)).pages[0]
    links = [str(note.get_object()["/A"]["/URI"]) for note in page.get("/Annots", []) if "/A" in note.get_object()]
    assert "boos.example" not in page.extract_text() + "".join(links)
    assert "schakel.voorbeeld.example" in page.extract_text() + "".join(links)


@pytest.mark.parametrize(
    "sent",
    [
        {"answer": "misschien"},
        {"answer": "none", "service": "niets", "municipality": "45059"},
        {"answer": "none", "service": "childcare", "municipality": "11002"},
        {"answer": "none", "service": "childcare", "municipality": "45059", "method": "gegokt"},
        {"answer": "one", "service": "childcare", "municipality": "45059", "text": " "},
        {"answer": "one", "service": "childcare", "municipality": "45059", "text": "x" * 1001},
        {"answer": "undo", "number": "abc", "municipality": "45059"},
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_writes_nothing(
    klein: None, client: Client, sent: dict[str, str]
) -> None:
    client.force_login(make_person("cluster-editor"), backend="django.contrib.auth.backends.ModelBackend")
    revision = read.revision()
    assert client.post(QUESTIONS, sent).status_code == 400
    assert read.revision() == revision
    assert list_reports() == ()


def test_a_visitor_is_led_to_the_sign_in_page(klein: None, client: Client) -> None:
    answer = client.post(QUESTIONS, {"answer": "none", "service": "childcare", "municipality": "45059"})
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_files_hold_the_same_cells(klein: None, client: Client) -> None:
    table = client.get("/blinde-vlekken.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert len(rows) == 36 * 4 + 12
    (row,) = (r for r in rows if (r["service"], r["municipality"]) == ("social_restaurant", "45060"))
    assert (row["state"], row["synthetic"]) == ("absent", "yes")
    assert "Voorbeeldcoördinator" in row["searched"]
    book = CalamineWorkbook.from_filelike(BytesIO(client.get("/blinde-vlekken.xlsx").content))
    sheet = book.get_sheet_by_name("Blinde vlekken").to_python()
    assert len(sheet) == 1 + len(rows)
    collection = json.loads(client.get("/blinde-vlekken.geojson?theme=food").content)
    by_code = {feature["id"]: feature["properties"]["services"] for feature in collection["features"]}
    assert by_code["45060"]["social_restaurant"]["state"] == "absent"
    assert set(by_code["45060"]) == {"catering", "social_restaurant", "social_grocery", "meal_delivery"}


def test_the_grid_on_paper_names_every_service(klein: None, client: Client) -> None:
    reader = PdfReader(BytesIO(client.get("/blinde-vlekken.pdf").content))
    words = "".join(page.extract_text() for page in reader.pages)
    for name in ("Kringwinkel", "Fietspunt", "Montage en assemblage", "Verzonnen gegevens"):
        assert name in words


@pytest.mark.parametrize("query", ["", "?service=social_restaurant", "?service=laundry_ironing"])
@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
def test_the_case_is_one_page(klein: None, client: Client, query: str, prefix: str) -> None:
    reader = PdfReader(BytesIO(client.get(f"{prefix}/blinde-vlekken/gemeente/kluisbergen/dossier.pdf{query}").content))
    assert len(reader.pages) == 1
    words = reader.pages[0].extract_text()
    assert "Kluisbergen" in words
    assert f" {grids.shown_run()} " in words  # the run it comes from


def test_between_a_change_of_municipalities_and_the_next_run_every_page_answers(klein: None, client: Client) -> None:
    """The grid does not know Brakel yet, and knows a municipality that is no more."""
    with guard.lifted():
        Result.objects.filter(nis_code="45059").update(nis_code="99999")
    grids.forget()
    for address in (GRID, "/blinde-vlekken/dienst/childcare", QUESTIONS, "/blinde-vlekken/methode"):
        assert "/dienst/childcare/brakel" not in text(client, address)
    assert client.get("/blinde-vlekken/dienst/childcare/brakel").status_code == 404
    assert client.get("/blinde-vlekken/gemeente/brakel/dossier.pdf").status_code == 404
    for address in ("/blinde-vlekken/gemeente/brakel", "/blinde-vlekken/gemeente/maarkedal/dossier.pdf", "/mijn-lijst"):
        assert client.get(address).status_code == 200
    for extension in ("csv", "xlsx", "geojson", "pdf"):
        assert client.get(f"/blinde-vlekken.{extension}").status_code == 200


def test_two_runs_are_compared_on_the_page(klein: None, client: Client) -> None:
    first = grids.shown_run()
    state_negative("45059", "childcare", searched_by="Brakel", method="gebeld", searched_on="2026-11-20", author=None)
    run_blind_spots()
    state_negative("45059", "catering", searched_by="Brakel", method="gebeld", searched_on="2026-11-20", author=None)
    run_blind_spots()
    last = text(client, GRID)
    assert "1 antwoord veranderde sinds de vorige analyse." in last
    assert "2 antwoorden veranderden sinds analyse" in text(client, f"{GRID}?since={first}")
    assert f"since={first}#anders" in text(client, "/blinde-vlekken/methode")
    for wrong in ("0", "x", "999999"):
        assert "bestaat niet" in text(client, f"{GRID}?since={wrong}", 400)


def test_the_page_of_a_municipality_gives_the_same_answers(klein: None, client: Client) -> None:
    shown = text(client, "/gemeente/kluisbergen")
    assert 'href="/blinde-vlekken/dienst/social_restaurant/kluisbergen"' in shown
    assert "Wat ontbreekt in Kluisbergen?" in shown


def test_a_theme_that_is_thin_shows_wherever_it_matters(klein: None, client: Client) -> None:
    with guard.lifted():
        assert Result.objects.filter(level="theme", code="green", nis_code="45041").update(state="thin") == 1
    grids.forget()
    assert '<td class="bs-thin" title="Ronse: ' in text(client, GRID)
    place = text(client, "/blinde-vlekken/gemeente/ronse")
    assert '<a href="/blinde-vlekken?theme=green#rooster">Groen en natuur</a>' in place
    assert "per 10.000 inwoners" in place
    words = PdfReader(BytesIO(client.get("/blinde-vlekken/gemeente/ronse/dossier.pdf").content)).pages[0].extract_text()
    assert "Groen en natuur" in words
