"""Every address and every operation of the API, with every role and with none."""

from __future__ import annotations

import pytest
from django.template.backends.django import Template

from schakel.operations.prepare import make_editors_group
from tests.access.addresses import every_route
from tests.access.admin import admin_stops
from tests.access.expected import API, WALK, Stop
from tests.access.people import EVERYBODY, Walker

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def walkers(klein: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Walker]:
    """Everybody, in the small region. Only the status counts here, so no page is set: that is most of the time."""
    monkeypatch.setattr(Template, "render", lambda *_: "")
    make_editors_group()
    return {name: Walker(name) for name in EVERYBODY}


def asked(walkers: dict[str, Walker], stop: Stop) -> dict[str, int]:
    """What each of them really gets."""
    return {name: walker.status(stop.method, stop.address, stop.body) for name, walker in walkers.items()}


def unlike(stop: Stop, found: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Who got something else than expected: what they got, and what they should."""
    return {who: (status, stop.answers[who]) for who, status in found.items() if status != stop.answers[who]}


def test_every_page_gives_each_what_is_theirs(walkers: dict[str, Walker]) -> None:
    wrong = {}
    for stop in (stop for stops in (*WALK.values(), *API.values()) for stop in stops):
        found = asked(walkers, stop)
        different = unlike(stop, found)
        if different:
            wrong[f"{stop.method} {stop.address}"] = different
    assert wrong == {}, "who: (got, expected)"


def test_every_page_of_the_management_gives_each_what_is_theirs(walkers: dict[str, Walker]) -> None:
    wrong, walked = {}, set()
    for route, stop in admin_stops():
        walked.add(route)
        found = asked(walkers, stop)
        different = unlike(stop, found)
        if different:
            wrong[stop.address] = different
    assert wrong == {}, "who: (got, expected)"
    missing = {route for route in every_route() if route.startswith("beheer/")} - walked
    assert missing == set()
