"""Open data: the files, what they say of themselves, caching, bad input, and the map of the site."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from schakel import exports
from schakel.pages.standing import forget
from schakel.pages.views import open_data
from schakel.register import read
from schakel.search.query import parse_query
from schakel.search.service import search_slugs
from tests.pages.loaded import load_klein

pytestmark = pytest.mark.usefixtures("klein")
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def fetch(client: Client, address: str, **headers: str) -> tuple[Any, bytes]:
    response = client.get(address, headers=headers)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response, content


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("file", exports.DOWNLOADS, ids=lambda file: file.name)
def test_every_file_can_be_fetched_and_says_what_it_is(client: Client, file: exports.Download) -> None:
    response, content = fetch(client, file.path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(file.media_type)
    assert re.fullmatch(
        rf'attachment; filename="voorbeeldstreek-{file.name.split(".")[0]}-\d{{4}}-\d\d-\d\d\.\w+"',
        response.headers["Content-Disposition"],
    )
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert content
    if not file.name.endswith(".xlsx"):
        region = read.region()
        assert region is not None
        assert region.licence in content.decode()
        assert f'href="{file.path}"' in client.get("/open-data").content.decode()


def test_file_of_everything_holds_everything(client: Client) -> None:
    found = [row["slug"] for row in rows(fetch(client, "/open-data/organisaties.csv")[1])]
    assert found == [record.slug for record in read.iter_organisations()]


@pytest.mark.parametrize("query", ["q=strijk+in+Ronse", "customer=citizen&kind=maatwerkbedrijf", "q=voorbeeld&page=2"])
def test_file_of_a_search_holds_what_the_guide_finds_in_that_order(client: Client, query: str) -> None:
    params = dict(pair.split("=") for pair in query.replace("+", " ").split("&"))
    expected = list(search_slugs(parse_query(params)))
    assert expected
    response, content = fetch(client, f"/open-data/organisaties.csv?{query}")
    assert [row["slug"] for row in rows(content)] == expected
    assert "-zoekopdracht-" in response.headers["Content-Disposition"]
    collection = json.loads(fetch(client, f"/open-data/register.geojson?{query}")[1])
    assert {feature["properties"]["organisation"] for feature in collection["features"]} == set(expected)
    assert collection["metadata"]["selection"].startswith("Zoekopdracht: ")


def test_guide_leads_to_the_files_of_its_search(client: Client) -> None:
    page = client.get("/gids?q=strijk&customer=citizen&page=1").content.decode()
    assert '<a href="/open-data/register.xlsx?q=strijk&amp;customer=citizen">Excel</a>' in page
    assert "/open-data/register.xlsx" not in client.get("/gids?q=onvindbaar").content.decode()


def test_file_that_did_not_change_is_not_sent_again(client: Client) -> None:
    first, _ = fetch(client, "/open-data/organisaties.csv")
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    tag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    assert client.get("/open-data/organisaties.csv", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/open-data/organisaties.csv", headers={"if-modified-since": changed}).status_code == 304
    of_a_search, _ = fetch(client, "/open-data/organisaties.csv?q=strijk")
    assert of_a_search.headers["ETag"] != tag
    assert not of_a_search.has_header("Last-Modified")
    load_klein()
    assert fetch(client, "/open-data/organisaties.csv", **{"if-none-match": tag})[0].status_code in (200, 304)


def test_head_makes_no_file(client: Client) -> None:
    response = client.head("/open-data/register.xlsx")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b""


@pytest.mark.parametrize("query", ["radius_km=-5", "theme=bestaat-niet", "municipality=99999", "near=9,9,9", "sort=x"])
def test_bad_question_is_refused_in_plain_words(client: Client, query: str) -> None:
    response, content = fetch(client, f"/open-data/organisaties.csv?{query}")
    assert response.status_code == 400
    assert "Deze vraag begrijpen we niet" in content.decode()


@pytest.mark.parametrize("address", ["/open-data/bestaat-niet.csv", "/open-data/..%2fsettings", "/sitemap-9.xml"])
def test_unknown_file_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_search_without_results_is_a_file_with_only_a_head(client: Client) -> None:
    response, content = fetch(client, "/open-data/organisaties.csv?q=onvindbaar")
    assert response.status_code == 200
    assert rows(content) == []


def test_transfer_breaks_off_when_the_register_changes_meanwhile(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = read.revision()
    seen: Iterator[int] = iter([now])
    monkeypatch.setattr(open_data.read, "revision", lambda: next(seen, now + 1))
    pieces = open_data._of_one_register(iter([b"a", b"b"]), now - 1)
    assert [next(pieces), next(pieces)] == [b"a", b"b"]
    with pytest.raises(open_data.RegisterChanged):
        next(pieces)


def test_nothing_is_given_before_a_region_is_loaded(client: Client, db: None, settings: Settings) -> None:
    from schakel.register.models import Region

    Region.objects.all().delete()
    forget()
    for address in ("/open-data/organisaties.csv", "/open-data/catalogus.jsonld"):
        assert client.get(address).status_code == 404
    assert "Er is nog niets geladen." in client.get("/open-data").content.decode()


def test_catalogue_names_every_file(client: Client) -> None:
    response, content = fetch(client, "/open-data/catalogus.jsonld")
    assert response.headers["Content-Type"] == "application/ld+json"
    files = json.loads(content)["dcat:dataset"]["dcat:distribution"]
    assert [file["dcat:downloadURL"]["@id"] for file in files] == [
        f"http://testserver{file.path}" for file in exports.DOWNLOADS
    ]
    for file in files:
        assert client.head(file["dcat:downloadURL"]["@id"].removeprefix("http://testserver")).status_code == 200


def test_terms_of_linked_data_are_explained_where_their_address_leads(client: Client) -> None:
    page = client.get("/open-data").content.decode()
    graph = fetch(client, "/open-data/register.jsonld")[1].decode()
    own = set(re.findall(r'"schakel:(\w+)"', graph)) | set(re.findall(r"/open-data#([\w-]+)", graph))
    assert "areaKnowledge" in own
    assert not [term for term in own if term and f'id="{term}"' not in page]


def test_organisation_page_carries_its_linked_data(client: Client) -> None:
    page = client.get("/organisatie/voorbeeld-fietsen").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    document = json.loads(block)
    assert document["@id"] == "http://testserver/organisatie/voorbeeld-fietsen#organisatie"
    assert not re.search("[<>&]", block)


def test_sitemap_leads_to_pages_that_exist(client: Client) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
    index = ElementTree.fromstring(fetch(client, "/sitemap.xml")[1])  # noqa: S314 (our own text)
    parts = [element.text or "" for element in index.iter(_LOC)]
    assert parts == ["http://testserver/sitemap-1.xml"]
    part = ElementTree.fromstring(fetch(client, "/sitemap-1.xml")[1])  # noqa: S314 (our own text)
    pages = [(element.text or "").removeprefix("http://testserver") for element in part.iter(_LOC)]
    assert "/fr/open-data" in pages
    for address in pages:
        assert client.get(address).status_code == 200, address
