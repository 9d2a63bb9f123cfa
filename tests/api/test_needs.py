"""Who can answer this need? Without signing in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from schakel.accounts.visitors import RateLimit

ADDRESS = "/api/v1/needs/match"


def ask(client: Client, **changes: Any) -> Any:
    asked = {"text": "bermen maaien", "municipality": "45041", "customer": "local_government", **changes}
    body = json.dumps({name: value for name, value in asked.items() if value is not None})
    return client.post(ADDRESS, body, content_type="application/json")


@pytest.mark.slow
def test_answer_says_who_and_why(region: None, client: Client) -> None:
    response = ask(client)
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    answer = response.json()
    assert answer["synthetic"] is True
    assert answer["services"][0]["code"] == "green_maintenance"
    first = answer["matches"][0]
    assert first["slug"] == "voorbeeld-groen"
    assert 0 < first["score"] <= 1
    assert {"code": "service", "text": "Doet dit werk: Groenonderhoud (gazons, hagen, perken, bermen)"} in first["why"]
    assert any("Ronse" in reason["text"] for reason in first["why"])
    assert ask(client).json() == answer, "the same question gives the same answer"


@pytest.mark.slow
def test_near_misses_say_what_is_missing(region: None, client: Client) -> None:
    answer = ask(client, text="lakens strijken", customer="company", municipality="45064").json()
    (miss,) = [one for one in answer["near_misses"] if one["slug"] == "voorbeeld-strijkerij"]
    assert miss["missing"][0]["code"] == "area"
    assert "km verder" in miss["missing"][0]["text"]
    much = ask(client, text="lakens strijken", customer="company", amount=500, unit="kg per week").json()
    assert much["near_misses"][0]["missing"][0]["code"] == "capacity"
    assert "120,5 van de 500 kg per week" in much["near_misses"][0]["missing"][0]["text"]


@pytest.mark.slow
def test_reserved_asks_for_proof(region: None, client: Client) -> None:
    asked = {"text": "lakens strijken", "customer": "company", "reserved": True}
    answer = ask(client, **asked).json()
    assert answer["matches"] == []
    assert answer["near_misses"][0]["missing"][0]["code"] == "recognition"


@pytest.mark.slow
def test_several_services_that_nobody_offers_together_give_a_consortium(region: None, client: Client) -> None:
    answer = ask(client, text="strijk en montage", customer="company", services=["laundry_ironing", "assembly"]).json()
    (together,) = answer["consortia"]
    assert together["members"] == ["voorbeeld-montage", "voorbeeld-strijkerij"]
    assert {role["service"] for role in together["roles"]} == {"laundry_ironing", "assembly"}


@pytest.mark.slow
@pytest.mark.parametrize("near", ["50.7459,3.6004", [50.7459, 3.6004], {"lat": 50.7459, "lon": 3.6004}])
def test_a_place_may_be_a_position(region: None, client: Client, near: Any) -> None:
    answer = ask(client, municipality=None, near=near).json()
    assert answer["matches"][0]["slug"] == "voorbeeld-groen"


@pytest.mark.slow
def test_reasons_come_in_three_languages_and_unknown_work_is_no_fault(region: None, client: Client) -> None:
    body = {"text": "bermen maaien", "municipality": "45041", "customer": "local_government"}
    english = client.post(f"{ADDRESS}?lang=en", body, content_type="application/json").json()
    assert english["matches"][0]["why"][0]["text"] == "Does this work: Green maintenance"
    nobody = ask(client, text="een advocaat voor een proces").json()
    assert (nobody["services"], nobody["matches"]) == ([], [])


REFUSED: dict[str, dict[str, Any]] = {
    "empty": {"text": "  "},
    "no text": {"text": None},
    "50 kB": {"text": "hagen scheren " * 3700},
    "text is a number": {"text": 5},
    "unknown municipality": {"municipality": "11001"},
    "municipality with a name": {"municipality": "Ronse"},
    "no place": {"municipality": None},
    "two places": {"near": "50.7,3.6"},
    "unknown customer": {"customer": "koning"},
    "no customer": {"customer": None},
    "unknown service": {"services": ["duikboten"]},
    "everything": {"services": [f"dienst{number}" for number in range(40)]},
    "not a number": {"municipality": None, "near": "NaN,3.6"},
    "a real NaN": {"municipality": None, "near": [float("nan"), 3.6]},
    "off the earth": {"municipality": None, "near": "95,3.6"},
    "elsewhere": {"municipality": None, "near": "48.85,2.35"},
    "nonsense place": {"municipality": None, "near": {"x": 1}},
    "zero": {"amount": 0},
    "negative": {"amount": -5},
    "infinite": {"amount": float("inf")},
    "far too much": {"amount": 1e12},
    "yesterday": {"needed_from": "2020-01-01"},
    "in 2199": {"needed_from": "2199-01-01"},
    "no date": {"needed_from": "morgen"},
}


@pytest.mark.slow
def test_bad_input_gets_a_plain_refusal(region: None, client: Client) -> None:
    for name, changes in REFUSED.items():
        response = ask(client, **changes)
        assert response.status_code == 400, name
        assert len(response.json()["detail"]) > 15, name
    for body in ("", "{", "[]", '"tekst"', "null"):
        response = client.post(ADDRESS, body, content_type="application/json")
        assert response.status_code == 400, body
        assert response.json()["detail"]


@pytest.mark.slow
def test_markup_and_other_languages_are_only_text(region: None, client: Client) -> None:
    for text in ("<script>alert(1)</script> bermen maaien", "Nous cherchons quelqu'un", "cut the hedge", "💡 ' OR 1=1"):
        assert ask(client, text=text).status_code == 200


@pytest.mark.slow
def test_only_posting_is_possible_and_not_too_often(region: None, client: Client, settings: Any) -> None:
    assert client.get(ADDRESS).status_code == 405
    assert client.get(ADDRESS)["Allow"] == "POST, OPTIONS"
    assert "POST" in client.options(ADDRESS)["Access-Control-Allow-Methods"]
    assert client.post("/api/v1/organisations", {}).status_code == 405
    settings.API_REQUESTS_A_MINUTE = 3
    limited = Client()
    answers = [ask(limited).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert RateLimit(1).wait_seconds("x") == 0


@pytest.mark.slow
def test_a_match_asks_the_database_almost_nothing(
    region: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(client)
    with django_assert_num_queries(2):  # the revision of the register: for the supply, and for what is said about it
        ask(client)
