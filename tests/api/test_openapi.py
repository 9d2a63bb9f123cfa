"""The description of the API is true, complete, and does not change unseen."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from schakel.analyses.blind_spots import run_blind_spots
from schakel.api import schemas
from schakel.api.app import openapi
from schakel.api.examples import EXAMPLES
from schakel.api.ocds import RecordPackage, ReleasePackage
from schakel.api.tasks import CatalogueTaskPage
from tests.api.conftest import Api
from tests.api.snapshot import SNAPSHOT, current

MODELS: dict[str, Any] = {
    "search_organisations": schemas.OrganisationPage,
    "get_organisation": schemas.OrganisationDetail,
    "list_municipalities": schemas.MunicipalityPage,
    "list_clusters": schemas.ClusterPage,
    "list_themes": schemas.ThemePage,
    "list_services": schemas.ServicePage,
    "list_initiatives": schemas.InitiativePage,
    "list_tasks": schemas.TaskPage,
    "match_need": schemas.MatchAnswer,
    "list_blind_spots": schemas.BlindSpotPage,
    "list_task_catalogue": CatalogueTaskPage,
    "get_ocds_releases": ReleasePackage,
    "get_ocds_record": RecordPackage,
}


def _operations() -> dict[str, Any]:
    paths = openapi()["paths"]
    return {operation["operationId"]: operation for methods in paths.values() for operation in methods.values()}


@pytest.mark.slow
def test_snapshot_is_the_code() -> None:
    message = "the API changed: look at the difference, run `make openapi`, and say so in CHANGELOG.md"
    assert SNAPSHOT.read_text(encoding="utf-8") == current(), message


def test_version_is_3_1_and_addresses_are_whole() -> None:
    assert openapi()["openapi"].startswith("3.1")
    assert set(openapi()["paths"]) == {
        "/api/v1/organisations",
        "/api/v1/organisations/{slug}",
        "/api/v1/municipalities",
        "/api/v1/clusters",
        "/api/v1/themes",
        "/api/v1/services",
        "/api/v1/initiatives",
        "/api/v1/tasks",
        "/api/v1/needs/match",
        "/api/v1/blind-spots",
        "/api/v1/task-catalogue",
        "/api/v1/ocds/releases",
        "/api/v1/ocds/records/{key}",
    }


def test_every_operation_has_an_example_of_every_answer() -> None:
    operations = _operations()
    assert set(operations) == set(EXAMPLES) == set(MODELS)
    for name, operation in operations.items():
        assert operation["summary"]
        assert operation["description"]
        for status, answer in operation["responses"].items():
            assert "example" in answer["content"]["application/json"], (name, status)
            assert "schema" in answer["content"]["application/json"], (name, status)


@pytest.mark.parametrize("name", MODELS)
def test_example_fits_its_schema(name: str) -> None:
    fitted = MODELS[name].model_validate(EXAMPLES[name], strict=False).model_dump(mode="json")
    assert fitted == json.loads(json.dumps(EXAMPLES[name]))
    assert EXAMPLES[name]["synthetic"] is True


def test_parameters_have_valid_examples_and_descriptions() -> None:
    for operation in _operations().values():
        for parameter in operation["parameters"]:
            assert not isinstance(parameter.get("examples"), list)
            assert parameter["in"] in ("query", "path")


@pytest.mark.slow
def test_answers_hold_exactly_the_fields_that_are_described(api: Api) -> None:
    slug = api.json("/organisations")["results"][0]["slug"]
    run_blind_spots()
    paths = {
        "search_organisations": "/organisations",
        "get_organisation": f"/organisations/{slug}",
        **{name: "/" + name.removeprefix("list_").replace("_", "-") for name in MODELS if name.startswith("list_")},
    }
    for name, path in paths.items():
        assert set(api.json(path)) == set(MODELS[name].model_fields)
    asked = {"text": "strijk", "municipality": "45041", "customer": "citizen"}
    answer = api.client.post("/api/v1/needs/match", asked, content_type="application/json")
    assert set(answer.json()) == set(MODELS["match_need"].model_fields)


@pytest.mark.slow
def test_description_is_served_as_it_is_written_down(api: Api) -> None:
    assert api.json("/openapi.json") == openapi()


@pytest.mark.slow
def test_page_names_every_operation_and_loads_nothing_from_elsewhere(region: None, client: Client) -> None:
    response = client.get(reverse("api-docs"))
    assert response.status_code == 200
    shown = response.content.decode()
    for path in openapi()["paths"]:
        assert path in shown
    assert "cdn" not in shown
    assert '<script src="http' not in shown
    assert client.get("/api/v1/")["Location"] == "/api/v1/docs"
