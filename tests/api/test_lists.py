"""The lists of the region."""

from __future__ import annotations

import pytest

from schakel.core import taxonomy
from schakel.register import read
from tests.api.conftest import Api

pytestmark = pytest.mark.slow
LISTS = ("/municipalities", "/clusters", "/themes", "/services", "/initiatives", "/tasks", "/task-catalogue")


def test_list_says_what_it_is(api: Api) -> None:
    for path in LISTS:
        answer = api.json(path)
        assert answer["synthetic"] is True
        assert answer["count"] == len(answer["results"]) > 0
        assert (answer["page"], answer["pages"], answer["size"]) == (1, 1, 100)
        assert {"licence", "last_modified", "run"} <= set(answer)


def test_pages_of_a_list_hold_everything_once(api: Api) -> None:
    for path in LISTS:
        whole = api.json(path)["results"]
        size = max(1, len(whole) // 3)
        paged: list[object] = []
        for number in range(1, -(-len(whole) // size) + 1):
            paged += api.json(path, size=str(size), page=str(number))["results"]
        assert paged == whole
        assert api.json(path, page="999")["page"] == 1


def test_wrong_page_is_a_400(api: Api) -> None:
    for path in LISTS:
        for params in ({"page": "0"}, {"page": "x"}, {"size": "0"}, {"size": "501"}, {"page": "1" * 30}):
            assert api.get(path, **params).status_code == 400, (path, params)


def test_municipalities_hold_their_codes(api: Api) -> None:
    found = api.json("/municipalities")["results"]
    assert [one["nis_code"] for one in found] == [one.nis_code for one in read.list_municipalities()]
    assert all(set(one["source"]) == {"source", "url", "stated_on", "remarks", "verified", "run_id"} for one in found)


def test_services_are_those_of_the_taxonomy(api: Api) -> None:
    found = api.json("/services")["results"]
    assert [one["code"] for one in found] == [service.code for service in taxonomy.services()]
    assert all(set(one["labels"]) == {"nl", "en", "fr"} for one in found)


def test_clusters_hold_past_members(api: Api) -> None:
    members = [member for cluster in api.json("/clusters")["results"] for member in cluster["members"]]
    assert any(member["until"] for member in members)


@pytest.mark.parametrize("path", ["/tasks", "/initiatives"])
def test_list_can_be_limited_to_a_municipality(api: Api, path: str) -> None:
    whole = api.json(path)["results"]
    codes = {one["nis_code"] for one in whole if one["nis_code"]}
    for code in codes:
        found = api.json(path, municipality=code)["results"]
        assert found == [one for one in whole if one["nis_code"] == code]
    assert api.json(path, municipality="99999")["count"] == 0
    assert api.get(path, municipality="Ronse\0").status_code == 400
