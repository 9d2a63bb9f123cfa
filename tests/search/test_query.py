"""What people and programs may ask, and what is refused in plain words."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.errors import InvalidInput
from schakel.search.engine import run_search
from schakel.search.query import FACETS, SearchQuery, parse_query
from schakel.search.selection import Index

NAMES = [*FACETS, "q", "near", "radius_km", "sort", "page", "size", "literal", "other"]
TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["nan", "inf", "-5", "1e999", "50.8,3.8", "0", "999999999999", "strijk in Ronse", "41002", "x\x00y", "distance"]
    ),
)


def test_query_is_read_from_an_address() -> None:
    params = QueryDict("q=+strijk++in+Ronse+&theme=green&theme=food&near=50.9,4.0&radius_km=7,5&page=2&utm=x&kind=")
    query = parse_query(params)
    assert query.q == "strijk in Ronse"
    assert query.theme == ("green", "food")
    assert query.near == (50.9, 4.0)
    assert query.radius_km == 7.5
    assert query.page == 2
    assert query.kind == ()


@pytest.mark.parametrize(
    "params",
    [
        {"radius_km": "-5"},
        {"radius_km": "nan"},
        {"radius_km": "inf"},
        {"radius_km": "ver"},
        {"near": "Aalst"},
        {"near": "1,2,3"},
        {"near": "91,0"},
        {"near": "nan,nan"},
        {"service": "hedge_magic"},
        {"kind": "monster"},
        {"customer": "robot"},
        {"municipality": "Aalst"},
        {"cluster": "../etc"},
        {"sort": "price"},
        {"page": "abc"},
        {"page": "0"},
        {"page": "-1"},
        {"page": "٣"},
        {"size": "1000"},
        {"theme": [f"x{number}" for number in range(200)]},
    ],
)
def test_query_that_cannot_be_meant_is_refused_in_plain_words(params: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_query(params)
    assert str(refusal.value).endswith(".")


def test_text_that_is_too_long_is_cut_and_says_so(index: Index) -> None:
    query = parse_query({"q": "strijk " * 1500})
    assert len(query.q) <= 200
    assert query.cut
    assert "cut" in [reason.code for reason in run_search(index, query).ignored]


def test_nul_byte_counts_as_a_space() -> None:
    assert parse_query({"q": "strijk\x00ronse"}).q == "strijk ronse"


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(NAMES), st.one_of(TEXTS, st.lists(TEXTS, max_size=3), st.none(), st.integers())))
def test_any_parameters_give_a_page_or_a_refusal(index: Index, params: dict[str, Any]) -> None:
    try:
        query = parse_query(params)
        page = run_search(index, query)
    except InvalidInput:
        return
    assert page.count >= len(page.hits)


def test_address_of_a_query_means_the_same_query() -> None:
    query = SearchQuery(
        q="strijk", theme=("food", "green"), near=(50.9, 4.0), radius_km=7.5, sort="name", page=3, size=10
    )
    address = QueryDict(mutable=True)
    for name, value in query.to_params():
        address.appendlist(name, value)
    assert parse_query(address) == query
