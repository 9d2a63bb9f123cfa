"""What the pages say, and how they behave: language, caching, bad input, number of queries."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schakel.cooperation.models import Report, SearchTally
from schakel.pages.standing import forget
from tests.functional.urls import PAGES, every_page
from tests.settings import UnknownVariable

pytestmark = pytest.mark.usefixtures("klein")
LARGEST_QUERIES = {"municipality": 20, "organisation": 16}


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


@pytest.mark.parametrize("address", every_page())
@pytest.mark.parametrize("language", ["", "/en", "/fr"])
def test_page_answers_without_inline_script_or_style(client: Client, address: str, language: str) -> None:
    page = text(client, language + address)
    assert f'<html lang="{language.strip("/") or "nl"}">' in page
    assert not re.search(r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)", page)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//[^"]*\.(?:js|css|woff2?|png|svg)', page)


def test_unknown_template_variable_raises() -> None:
    with pytest.raises(UnknownVariable):
        Template("{{ nobody_gave_this }}").render(Context({}))


def test_address_without_prefix_is_dutch_whatever_the_browser_prefers(client: Client) -> None:
    page = client.get("/begrippen", headers={"accept-language": "fr-BE,fr;q=0.9"}).content.decode()
    assert '<html lang="nl">' in page
    assert "<h1>Begrippen</h1>" in page
    assert "<h1>Lexique</h1>" in text(client, "/fr/begrippen")


def test_language_switch_keeps_the_question(client: Client) -> None:
    assert 'href="/fr/gids?q=strijk+in+Ronse"' in text(client, "/gids?q=strijk+in+Ronse")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_asks_a_constant_number_of_queries(client: Client, name: str) -> None:
    for address in PAGES[name]:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as first:
            client.get(address)
        with CaptureQueriesContext(connection) as second:
            client.get(address)
        assert len(first) == len(second)
        assert len(first) <= LARGEST_QUERIES.get(name, 12), [query["sql"] for query in first.captured_queries]


def test_guide_asks_the_same_number_of_queries_for_one_hit_and_for_all(client: Client) -> None:
    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    assert queries("/gids?q=strijk") == queries("/gids?q=voorbeeld") <= 8


def test_settled_page_is_kept_until_the_register_changes(client: Client) -> None:
    first = client.get("/begrippen")
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get("/begrippen", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/en/begrippen").headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("address", ["/mijn-lijst", "/gids", "/organisatie/voorbeeld-groen", "/componenten"])
def test_personal_page_is_kept_by_nobody(client: Client, address: str) -> None:
    response = client.get(address)
    assert "private" in response.headers["Cache-Control"]
    assert "no-cache" in response.headers["Cache-Control"]
    assert not response.has_header("ETag")


@pytest.mark.parametrize(
    "query",
    ["radius_km=-5", "radius_km=nan", "theme=bestaat-niet", "municipality=99999", "near=9,9,9", "page=0", "sort=x"],
)
def test_guide_refuses_a_bad_question_in_plain_words(client: Client, query: str) -> None:
    page = text(client, f"/gids?{query}", status=400)
    assert "Deze vraag begrijpen we niet" in page


@pytest.mark.parametrize("query", ["q=" + "x" * 10_000, "q=%00strijk", "page=99999", "onbekend=1", "q=%F0%9F%8D%95"])
def test_guide_answers_a_strange_question_with_a_page(client: Client, query: str) -> None:
    text(client, f"/gids?{query}")


def test_guide_says_how_it_understood_and_why(client: Client) -> None:
    page = text(client, "/gids?q=strijk+in+Ronse")
    assert "we zoeken wie werkt in Ronse" in page
    assert "Zoek letterlijk" in page
    assert "werkt in Ronse" in page
    assert "Voorbeeld Strijkerij" in page


def test_guide_finds_nothing_and_shows_history(client: Client) -> None:
    page = text(client, "/gids?q=kruidenier")
    assert "We vonden niemand die dit doet." in page
    assert "Dit bestond vroeger" in page
    assert "Voorbeeld Kruidenier" in page


def test_guide_chips_take_a_filter_away(client: Client) -> None:
    page = text(client, "/gids?customer=citizen&kind=maatwerkbedrijf")
    assert 'class="chip" href="/gids?kind=maatwerkbedrijf"' in page
    assert 'class="chip" href="/gids?customer=citizen"' in page
    assert 'class="chip" href="/gids"' in page


def test_guide_gives_htmx_only_the_results(client: Client) -> None:
    response = client.get("/gids?customer=citizen&near=", headers={"hx-request": "true"})
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="gids-inhoud"' in page
    assert 'hx-swap-oob="innerHTML"' in page
    assert response.headers["HX-Push-Url"] == "/gids?customer=citizen"
    assert "HX-Request" in response.headers["Vary"]


def test_search_is_counted_without_a_person(client: Client) -> None:
    client.get("/gids")
    assert not SearchTally.objects.exists()
    client.get("/gids?q=strijk+in+Ronse")
    client.get("/gids?q=strijk+in+Ronse")
    tally = SearchTally.objects.get()
    assert (tally.service, tally.nis_code, tally.found, tally.count) == ("laundry_ironing", "45041", True, 2)


def test_organisation_shows_where_facts_come_from(client: Client) -> None:
    page = text(client, "/organisatie/voorbeeld-klusdienst")
    assert "nog na te kijken" in page
    assert 'href="#bron-1"' in page
    assert 'id="bron-1"' in page
    assert "Werkgebied niet bekend" in page
    old = text(client, "/organisatie/voorbeeld-naaiatelier")
    assert "jaar oud" in old
    assert "Onzeker of dit nog bestaat" in old


def test_organisation_that_closed_says_what_replaced_it(client: Client) -> None:
    page = text(client, "/organisatie/voorbeeld-kringloop-oud")
    assert "Gestopt (31 december 2021)" in page
    assert 'href="/organisatie/voorbeeld-fietsen"' in page
    assert "We kennen van deze organisatie geen aanbod van vandaag." in page


def test_organisation_in_english_marks_dutch_text(client: Client) -> None:
    assert '<span lang="nl">Verzonnen was- en strijkdienst in Ronse.</span>' in text(
        client, "/en/organisatie/voorbeeld-strijkerij"
    )


def test_municipality_tells_stated_from_assumed_from_unknown(client: Client) -> None:
    page = text(client, "/gemeente/ronse")
    for sign in ("sign-served", "sign-assumed", "sign-suspected"):  # what nobody said a word of: to be asked
        assert sign in page
    assert client.get("/gemeente/45041").headers["Location"] == "/gemeente/ronse"


def test_cluster_keeps_its_history(client: Client) -> None:
    page = text(client, "/cluster/voorbeeldcluster")
    assert "Leden vandaag" in page
    assert "Vroegere leden" in page


def test_compare_shows_at_most_four(client: Client) -> None:
    slugs = ["groen", "fietsen", "montage", "strijkerij", "klusdienst"]
    page = text(client, "/vergelijken?" + "&".join(f"o=voorbeeld-{slug}" for slug in slugs))
    assert page.count('<th scope="col">') == 4
    assert "We tonen de eerste vier" in page


def test_list_lives_in_the_session_only(client: Client) -> None:
    assert "sessionid" not in client.get("/mijn-lijst").cookies
    back = client.post("/mijn-lijst", {"add": "voorbeeld-groen", "next": "/gids?q=groen"})
    assert (back.status_code, back.headers["Location"]) == (302, "/gids?q=groen")
    assert "Voorbeeld Groen" in text(client, "/mijn-lijst")
    assert "Haal van mijn lijst" in text(client, "/gids?q=groen")
    client.post("/mijn-lijst", {"remove": "voorbeeld-groen"})
    assert "Je lijst is nog leeg." in text(client, "/mijn-lijst")


@pytest.mark.parametrize("back", ["https://elders.example/", "//elders.example/", "/\\elders.example", "javascript:x"])
def test_list_never_leads_to_another_site(client: Client, back: str) -> None:
    response = client.post("/mijn-lijst", {"add": "voorbeeld-groen", "next": back})
    assert response.headers["Location"] == "/mijn-lijst"


def test_report_is_kept_without_a_person(client: Client) -> None:
    address = "/organisatie/voorbeeld-groen/melding"
    response = client.post(address, {"field": "phone", "text": "Het nummer klopt niet.", "website": ""})
    assert response.headers["Location"] == "/organisatie/voorbeeld-groen?gemeld=1#inhoud"
    report = Report.objects.get()
    assert (report.organisation_key, report.field, report.text) == (
        "voorbeeld-groen",
        "phone",
        "Het nummer klopt niet.",
    )
    assert "Bedankt, je melding is binnen." in text(client, "/organisatie/voorbeeld-groen?gemeld=1")


def test_report_of_a_machine_is_thrown_away(client: Client) -> None:
    client.post(
        "/organisatie/voorbeeld-groen/melding", {"text": "Koop hier goedkoop", "website": "https://spam.example"}
    )
    assert not Report.objects.exists()


@pytest.mark.parametrize(("sent", "fault"), [("", "Schrijf in een paar woorden"), ("x" * 2001, "Dat is te lang")])
def test_report_says_what_is_wrong_and_keeps_the_text(client: Client, sent: str, fault: str) -> None:
    response = client.post("/organisatie/voorbeeld-groen/melding", {"text": sent})
    assert response.status_code == 400
    assert fault in response.content.decode()
    assert not Report.objects.exists()


def test_form_without_its_token_is_refused_in_plain_words() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/organisatie/voorbeeld-groen/melding", {"text": "Zonder teken."})
    assert response.status_code == 403
    assert "Dit is niet verstuurd" in response.content.decode()
    assert not Report.objects.exists()


def test_missing_page_offers_the_search(client: Client) -> None:
    page = text(client, "/organisatie/bestaat-niet", status=404)
    assert "Deze pagina is er niet" in page
    assert 'role="search"' in page


def test_broken_page_asks_nothing_of_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("schakel.pages.views.about.present_glossary", fail)
    client.raise_request_exception = False
    response = client.get("/begrippen")
    assert response.status_code == 500
    assert "Er ging iets mis bij ons" in response.content.decode()


def test_every_figure_on_home_links_to_a_run_that_is_there(client: Client) -> None:
    runs = set(re.findall(r"/bronnen#(run-\d+)", text(client, "/")))
    assert runs
    sources = text(client, "/bronnen")
    assert all(f'id="{run}"' in sources for run in runs)


def test_invented_region_says_so_on_every_page(client: Client) -> None:
    for address in ("/", "/gids", "/begrippen", "/bestaat-niet"):
        assert "Verzonnen gegevens" in client.get(address).content.decode()


def test_robots_and_favicon(client: Client) -> None:
    assert "Disallow: /beheer/" in text(client, "/robots.txt")
    assert client.get("/favicon.ico").headers["Location"].endswith("favicon.svg")


def test_gallery_shows_every_component(client: Client) -> None:
    from pathlib import Path

    import schakel

    folder = Path(schakel.__file__).parent / "pages" / "templates" / "_components"
    source = (folder.parent / "pages" / "components.html").read_text(encoding="utf-8")
    for component in folder.glob("*.html"):
        assert component.read_text(encoding="utf-8").startswith("{# "), f"{component.name} does not declare its inputs"
        shown = f"_components/{component.name}" in source or component.name in ("reference.html",)
        assert shown, f"{component.name} is not on /componenten"
    forget()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/en/gids?radius_km=-5", "Give a distance in kilometres"),
        ("/fr/gids?theme=bestaat-niet", "Choisissez parmi"),
        ("/en/gids?municipality=99999", "does not belong to this region"),
        ("/fr/gids?near=ergens", "Donnez une latitude"),
    ],
)
def test_guide_refuses_in_the_language_of_its_address(client: Client, address: str, said: str) -> None:
    assert said in text(client, address, status=400)
