"""The lists of the region: municipalities, clusters, themes, services, initiatives, tasks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from schakel.api import examples, schemas
from schakel.api.reading import list_answer, page_answer, read_nis_code, read_page
from schakel.core import taxonomy
from schakel.register import read

router = Router(tags=["region"])


def _answers(schema: type[schemas.Paged]) -> dict[int, Any]:
    return {200: schema, 400: schemas.Problem, 429: schemas.Problem}


@router.get(
    "/municipalities",
    response=_answers(schemas.MunicipalityPage),
    operation_id="list_municipalities",
    summary="Municipalities of the region",
    openapi_extra=examples.described("list_municipalities"),
)
def list_municipalities(request: HttpRequest, params: Query[schemas.ListParams]) -> dict[str, Any]:
    """Sorted by name. Their NIS code is what `municipality` and `seat` ask for."""
    return list_answer(read.list_municipalities(), params.dict())


@router.get(
    "/clusters",
    response=_answers(schemas.ClusterPage),
    operation_id="list_clusters",
    summary="Municipalities that promote the social economy together",
    openapi_extra=examples.described("list_clusters"),
)
def list_clusters(request: HttpRequest, params: Query[schemas.ListParams]) -> dict[str, Any]:
    """Sorted by name; with every membership over time."""
    return list_answer(read.list_clusters(), params.dict())


@router.get(
    "/themes",
    response=_answers(schemas.ThemePage),
    operation_id="list_themes",
    summary="The themes that group the services",
    openapi_extra=examples.described("list_themes"),
)
def list_themes(request: HttpRequest, params: Query[schemas.ListParams]) -> dict[str, Any]:
    """Labels in Dutch, English and French."""
    return list_answer(taxonomy.themes(), params.dict())


@router.get(
    "/services",
    response=_answers(schemas.ServicePage),
    operation_id="list_services",
    summary="The services that organisations offer",
    openapi_extra=examples.described("list_services"),
)
def list_services(request: HttpRequest, params: Query[schemas.ListParams]) -> dict[str, Any]:
    """Labels in three languages, Dutch synonyms, and links to CPV and NACE-BEL where they are established."""
    return list_answer(taxonomy.services(), params.dict())


@router.get(
    "/initiatives",
    response=_answers(schemas.InitiativePage),
    operation_id="list_initiatives",
    summary="Initiatives in the region",
    openapi_extra=examples.described("list_initiatives"),
)
def list_initiatives(request: HttpRequest, params: Query[schemas.PlaceParams]) -> dict[str, Any]:
    """Newest year first. `status` says whether it still exists."""
    page, size = read_page(params.dict())
    return page_answer(read.list_initiatives(read_nis_code(params.municipality), page, size))


@router.get(
    "/tasks",
    response=_answers(schemas.TaskPage),
    operation_id="list_tasks",
    summary="Work that local governments let a social enterprise do",
    openapi_extra=examples.described("list_tasks"),
)
def list_tasks(request: HttpRequest, params: Query[schemas.PlaceParams]) -> dict[str, Any]:
    """Published examples, newest year first; not contracts."""
    return list_answer(read.list_tasks(read_nis_code(params.municipality)), params.dict())
