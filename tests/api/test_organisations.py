"""Searching through the API, and one organisation with its provenance."""

from __future__ import annotations

import math
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from schakel.accounts.models import User
from schakel.api.content import forget_content
from schakel.cooperation.read import list_tallies
from schakel.register import read, write
from schakel.search.index import ensure_fresh
from tests.api.conftest import Api

pytestmark = pytest.mark.slow
HIT = {"slug", "name", "kinds", "services", "municipalities", "distance_km", "score", "why"}


def test_search_gives_what_the_guide_gives(api: Api) -> None:
    answer = api.json("/organisations", q="strijk in Ronse")
    assert answer["count"] == 1
    assert answer["synthetic"] is True
    assert answer["licence"]
    assert answer["run"] == read.region_counts().run_id
    assert answer["last_modified"].startswith("20")
    (hit,) = answer["results"]
    assert set(hit) == HIT
    assert hit["slug"] == "voorbeeld-strijkerij"
    assert hit["services"] == ["laundry_ironing"]
    assert all(reason["code"] and reason["text"] for reason in hit["why"])
    assert {"value": "household", "count": 1} in answer["facets"]["theme"]
    assert answer["interpreted"][0]["text"]


def test_search_without_conditions_gives_everybody_that_can_be_found(api: Api) -> None:
    answer = api.json("/organisations")
    findable = {record.slug for record in read.iter_search_records() if record.status in ("live", "uncertain")}
    assert {hit["slug"] for hit in answer["results"]} <= findable
    assert answer["count"] == len(answer["results"])


def test_words_of_the_reasons_follow_the_language(api: Api) -> None:
    texts = {
        language: [
            reason["text"] for reason in api.json("/organisations", q="strijk", lang=language)["results"][0]["why"]
        ]
        for language in ("nl", "en", "fr")
    }
    assert len({tuple(words) for words in texts.values()}) == 3
    codes = [reason["code"] for reason in api.json("/organisations", q="strijk")["results"][0]["why"]]
    assert codes == [
        reason["code"] for reason in api.json("/organisations", q="strijk", lang="fr")["results"][0]["why"]
    ]


def test_distance_is_given_only_when_a_place_is_asked(api: Api) -> None:
    far = api.json("/organisations", q="strijk", near="50.7459,3.6004", radius_km="50")["results"]
    assert all(hit["distance_km"] is None or 0 <= hit["distance_km"] <= 50 for hit in far)
    assert any(hit["distance_km"] is not None for hit in far)
    assert all(hit["distance_km"] is None for hit in api.json("/organisations", q="strijk")["results"])


def test_pages_hold_everybody_once(api: Api) -> None:
    everybody = [hit["slug"] for hit in api.json("/organisations", size="100")["results"]]
    first = api.json("/organisations", size="2")
    assert (first["size"], first["pages"]) == (2, math.ceil(first["count"] / 2))
    paged: list[str] = []
    for number in range(1, first["pages"] + 1):
        paged += [hit["slug"] for hit in api.json("/organisations", size="2", page=str(number))["results"]]
    assert paged == everybody


def test_nothing_found_offers_alternatives(api: Api) -> None:
    answer = api.json("/organisations", service="nature_management", municipality="45041")
    if answer["count"] == 0:
        assert all(set(hit) == HIT for hit in answer["alternatives"])


BAD = (
    {"radius_km": "-5", "near": "50.8,3.8"},
    {"radius_km": "NaN", "near": "50.8,3.8"},
    {"radius_km": "inf", "near": "50.8,3.8"},
    {"near": "ergens"},
    {"near": "200,3"},
    {"theme": "toveren"},
    {"service": "toveren"},
    {"kind": "bedrijf"},
    {"customer": "iedereen"},
    {"delivered": "per post"},
    {"municipality": "Ronse"},
    {"municipality": "99999"},
    {"cluster": "bestaat-niet"},
    {"sort": "willekeurig"},
    {"page": "0"},
    {"page": "-1"},
    {"page": "twee"},
    {"page": "9" * 40},
    {"size": "100000"},
    {"lang": "de"},
)


def test_bad_input_is_a_400_in_plain_words(api: Api) -> None:
    for params in BAD:
        response = api.get("/organisations", **params)
        assert response.status_code == 400, params
        assert set(response.json()) == {"detail"}
        assert len(response.json()["detail"]) > 10


STRANGE = ("x" * 10_000, "strijk\0", "\0", "%", "'; DROP TABLE x; --", "\u202e", "*:*", "(", '"')


def test_strange_words_are_a_normal_page(api: Api) -> None:
    for q in STRANGE:
        assert "results" in api.json("/organisations", q=q)


def test_page_past_the_end_is_a_normal_page(api: Api) -> None:
    assert api.get("/organisations", page="5000").status_code == 200


VALUES: dict[str, list[str]] = {
    "q": ["strijk", "fiets in Ronse", "", "zzzz", "\0", "café", "a" * 500],
    "theme": ["household", "green", "x", ""],
    "service": ["laundry_ironing", "x"],
    "customer": ["citizen", "x"],
    "kind": ["maatwerkbedrijf", "x"],
    "municipality": ["45041", "41002", "00000", "x"],
    "seat": ["45041", "x"],
    "cluster": ["voorbeeldcluster", "x", "-"],
    "delivered": ["visit", "x"],
    "near": ["50.8,3.8", "x", "NaN,3", "1e400,0", ","],
    "radius_km": ["5", "-5", "NaN", "1e999", "0"],
    "sort": ["name", "distance", "relevance", "x"],
    "page": ["1", "2", "99999", "0", "x"],
    "size": ["1", "25", "0", "x"],
    "lang": ["nl", "en", "fr", "x"],
    "vreemd": ["x"],
}
PAIRS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name]) | st.text(max_size=30))
)


def test_no_question_whatever_is_a_500(api: Api) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(PAIRS, max_size=6), st.sampled_from(["/organisations", "/tasks", "/initiatives", "/services"]))
    def ask(pairs: list[tuple[str, str]], path: str) -> None:
        params: dict[str, Any] = {}
        for name, value in pairs:
            params.setdefault(name, []).append(value.encode("utf-8", "replace").decode())
        response = api.client.get(f"/api/v1{path}", params)
        assert response.status_code in (200, 400), (params, response.content[:300])
        assert isinstance(response.json(), dict)

    ask()


def test_no_slug_whatever_is_a_500(api: Api) -> None:
    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=60))
    def ask(slug: str) -> None:
        text = slug.encode("utf-8", "replace").decode()
        response = api.client.get(f"/api/v1/organisations/{quote(text, safe='')}")
        assert response.status_code in (200, 404, 302), response.content[:300]

    ask()


def test_number_of_queries_does_not_grow(api: Api, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    api.json("/organisations")
    for size in ("1", "100"):
        with django_assert_max_num_queries(6):
            api.json("/organisations", size=size)


def test_organisation_says_where_every_field_comes_from(api: Api) -> None:
    answer = api.json("/organisations/voorbeeld-strijkerij")
    assert answer["status"] == "live"
    assert answer["synthetic"] is True
    name = answer["facts"]["name"]
    assert name["value"] == "Voorbeeld Strijkerij"
    assert set(name["provenance"]) == {
        "source", "url", "stated_on", "remarks", "verified", "rank", "recorded_at", "run_id",
    }  # fmt: skip
    assert answer["offers"]
    for part in (*answer["offers"], *answer["establishments"]):
        assert all(fact["provenance"] for fact in part["facts"].values())
    assert {offer["area"]["knowledge"] for offer in answer["offers"]} <= {"stated", "assumed", "unknown"}


def test_every_organisation_can_be_read(api: Api) -> None:
    for record in read.iter_search_records():
        assert api.json(f"/organisations/{record.slug}")["slug"] == record.slug


def test_organisation_that_is_not_there_is_a_404(api: Api) -> None:
    for slug in ("bestaat-niet", "Hoofdletters", "%00", "a%00b", "..", "x" * 400, "é"):
        response = api.get(f"/organisations/{slug}")
        assert response.status_code == 404, slug
        assert "detail" in response.json()


def test_merged_organisation_points_to_what_it_is_now(api: Api) -> None:
    slugs = [record.slug for record in read.iter_search_records()][:2]
    author = User.objects.create_superuser("ann@voorbeeld.be")
    write.merge_organisations(slugs[0], slugs[1], reason="dezelfde", author=author)
    response = api.get(f"/organisations/{slugs[1]}")
    assert response.status_code == 302
    assert response["Location"] == f"/api/v1/organisations/{slugs[0]}"
    assert response.json()["merged_into"] == slugs[0]
    assert api.json(f"/organisations/{slugs[0]}")["merged_from"] == [slugs[1]]


def test_organisation_that_left_after_indexing_is_not_shown(api: Api) -> None:
    """The index may lag a moment: what is gone from the register is left out, never an error."""
    slugs = [hit["slug"] for hit in api.json("/organisations", sort="name")["results"]]
    author = User.objects.create_superuser("ann@voorbeeld.be")
    write.merge_organisations(slugs[0], slugs[1], reason="dezelfde", author=author)
    left = [hit["slug"] for hit in api.json("/organisations", sort="name")["results"]]
    assert slugs[1] not in left
    ensure_fresh()
    forget_content()


def test_region_without_data_gives_empty_answers(db: None, client: Client, tmp_path: Any, settings: Any) -> None:
    settings.SEARCH_INDEX_FOLDER = tmp_path
    forget_content()
    for path in ("organisations", "municipalities", "clusters", "initiatives", "tasks"):
        answer = client.get(f"/api/v1/{path}").json()
        assert (answer["count"], answer["results"], answer["synthetic"]) == (0, [], False)
    forget_content()


def test_search_is_counted_without_a_trace_of_who(api: Api) -> None:
    api.json("/organisations", q="strijk", municipality="45041")
    assert [(one.service, one.nis_code, one.found) for one in list_tallies(since=date(2000, 1, 1))] == [
        ("laundry_ironing", "45041", True)
    ]
