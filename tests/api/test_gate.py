"""Methods, CORS, ETag, rate limit: what every request passes."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from schakel.accounts.models import User
from schakel.accounts.visitors import RateLimit, client_of
from schakel.register import read, write
from tests.api.conftest import Api


@pytest.mark.slow
def test_unchanged_answer_is_a_304_without_content(api: Api) -> None:
    first = api.get("/organisations", q="strijk")
    etag = first["ETag"]
    for known in (etag, f"W/{etag}", f'"iets", {etag}', "*"):
        again = api.client.get("/api/v1/organisations", {"q": "strijk"}, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == etag
        assert again["Access-Control-Allow-Origin"] == "*"
    other = api.client.get("/api/v1/organisations", {"q": "strijk"}, headers={"If-None-Match": '"iets"'})
    assert other.status_code == 200


@pytest.mark.slow
def test_etag_changes_with_question_language_and_content(api: Api) -> None:
    tags = {
        api.get("/organisations", q="strijk")["ETag"],
        api.get("/organisations", q="fiets")["ETag"],
        api.get("/organisations", q="strijk", lang="en")["ETag"],
        api.get("/tasks", q="strijk")["ETag"],
    }
    assert len(tags) == 4
    before = read.revision()
    author = User.objects.create_superuser("ann@voorbeeld.be")
    first, second = [record.slug for record in read.iter_search_records()][:2]
    write.merge_organisations(first, second, reason="dezelfde", author=author)
    assert read.revision() > before
    assert api.get("/organisations", q="strijk")["ETag"] not in tags


@pytest.mark.slow
def test_errors_have_no_etag(api: Api) -> None:
    assert "ETag" not in api.get("/organisations", page="x")
    assert "ETag" not in api.get("/organisations/bestaat-niet")


@pytest.mark.slow
def test_every_answer_may_be_read_by_any_site(api: Api) -> None:
    for path in ("/organisations", "/organisations?page=x", "/nergens", "/openapi.json"):
        assert api.client.get(f"/api/v1{path}")["Access-Control-Allow-Origin"] == "*"
    preflight = api.client.options("/api/v1/organisations")
    assert preflight.status_code == 204
    assert "GET" in preflight["Access-Control-Allow-Methods"]


@pytest.mark.slow
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_writing_is_refused(api: Api, method: str) -> None:
    response = getattr(api.client, method)("/api/v1/organisations")
    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert "detail" in response.json()


@pytest.mark.slow
def test_head_has_the_headers_of_get_and_no_content(api: Api) -> None:
    get, head = api.get("/themes"), api.client.head("/api/v1/themes")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]


@pytest.mark.slow
def test_unknown_address_is_a_404_in_json(api: Api) -> None:
    response = api.get("/nergens/heen")
    assert response.status_code == 404
    assert "detail" in response.json()


@pytest.mark.slow
def test_no_cookie_is_set(api: Api) -> None:
    assert not api.get("/organisations").cookies


@pytest.mark.slow
def test_pages_are_not_touched(region: None, client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/gezondheid")


@pytest.mark.slow
def test_too_many_questions_are_told_to_wait(region: None, settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    client = Client()
    client.handler.load_middleware()
    statuses = [client.get("/api/v1/themes").status_code for _ in range(3)]
    refused = [client.get("/api/v1/themes") for _ in range(2)]
    codes = statuses + [response.status_code for response in refused]
    assert codes.count(429) >= 1  # the minute may end between two requests, so not exactly two
    late = refused[-1]
    if late.status_code == 429:
        assert 1 <= int(late["Retry-After"]) <= 60
        assert late["Access-Control-Allow-Origin"] == "*"
        assert "Probeer opnieuw" in late.json()["detail"]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_limit_counts_per_client_and_starts_again_each_minute() -> None:
    clock = Clock()
    limit = RateLimit(2, clock)
    assert [limit.wait_seconds("a") for _ in range(3)] == [0, 0, 60]
    assert limit.wait_seconds("b") == 0
    clock.now = 45.5
    assert limit.wait_seconds("a") == 15
    clock.now = 60.0
    assert limit.wait_seconds("a") == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 30)), max_size=60), st.integers(1, 5))
def test_limit_lets_through_what_a_slow_count_lets_through(steps: list[tuple[str, float]], allowed: int) -> None:
    clock = Clock()
    limit = RateLimit(allowed, clock)
    seen: dict[tuple[str, int], int] = {}
    for client, pause in steps:
        clock.now += pause
        key = (client, int(clock.now // 60))
        seen[key] = seen.get(key, 0) + 1
        wait = limit.wait_seconds(client)
        assert (wait == 0) == (seen[key] <= allowed)
        assert 0 <= wait <= 60


def test_limit_keeps_no_addresses_and_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakel.accounts.visitors.MOST_CLIENTS", 10)
    limit = RateLimit(5, Clock())
    for number in range(100):
        limit.wait_seconds(f"10.0.0.{number}")
    assert len(limit._counts) <= 11
    assert not any(b"10.0.0" in key for key in limit._counts)
    other = RateLimit(5, Clock())
    other.wait_seconds("10.0.0.1")
    assert not set(other._counts) & set(limit._counts)


def _request(address: str, forwarded: str | None = None) -> HttpRequest:
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=address, **extra)


@pytest.mark.parametrize(
    ("address", "forwarded", "client"),
    [
        ("10.1.2.3", None, "10.1.2.3"),
        ("10.1.2.3", "1.1.1.1", "10.1.2.3"),  # not from a proxy on this machine: not believed
        ("127.0.0.1", "6.6.6.6, 10.9.9.9", "10.9.9.9"),  # only what the proxy itself added
        ("127.0.0.1", "rommel", "unknown"),
        ("", "10.9.9.9", "10.9.9.9"),
        ("2001:db8:1:2:aaaa::1", None, "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::9", None, "2001:db8:1:2::"),
        ("::ffff:10.1.2.3", None, "10.1.2.3"),
    ],
)
def test_client_is_known_by_its_network(address: str, forwarded: str | None, client: str) -> None:
    assert client_of(_request(address, forwarded)) == client
