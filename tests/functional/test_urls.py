"""The list of addresses is complete."""

from __future__ import annotations

from django.contrib import admin

from schakel.api.app import openapi
from schakel.pages.urls import unprefixed, urlpatterns
from tests.access.addresses import every_route
from tests.access.expected import ADMIN, API, WALK
from tests.functional.urls import NOT_PAGES, PAGES, SIGNED_IN


def test_urls_every_name_is_tried_in_a_browser() -> None:
    names = {pattern.name for pattern in (*urlpatterns, *unprefixed)}
    assert names == set(PAGES) | set(SIGNED_IN) | NOT_PAGES


# Who may see it: the walk itself is in tests/access.


def test_walk_names_every_address() -> None:
    routes = every_route()
    api = {route for route, name in routes.items() if name in API}
    pages = {route for route in routes if not route.startswith("beheer/")} - api
    assert pages == set(WALK), "a new address needs a line in tests/access/expected.py"


def test_walk_names_every_operation_of_the_api() -> None:
    operations = {operation["operationId"] for methods in openapi()["paths"].values() for operation in methods.values()}
    assert operations == set(API), "a new operation needs a line in tests/access/expected.py"


def test_walk_names_every_list_of_the_management() -> None:
    assert {model._meta.label_lower for model in admin.site._registry} == set(ADMIN)
