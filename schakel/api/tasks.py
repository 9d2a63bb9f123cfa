"""The tasks of a local government, with who could do them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from schakel.api import examples, schemas
from schakel.api.reading import list_answer, read_nis_code, shown
from schakel.cooperation.tasks import TaskStanding, task_catalogue
from schakel.core.errors import InvalidInput
from schakel.core.model import Municipality
from schakel.register import read

router = Router(tags=["needs"])


class TaskExamples(Schema):
    here: list[str] = Field(..., description="keys of `/tasks`")
    neighbours: list[str]
    elsewhere: list[str]


class TaskCandidate(Schema):
    slug: str
    stated: bool = Field(..., description="a source says that it works there; otherwise it is assumed")


class CatalogueTaskOut(Schema):
    key: str
    theme: str
    labels: dict[str, str]
    text: str = Field(..., description="Dutch words to ask for it with `/needs/match`")
    services: list[str] = Field(..., description="any one of them will do")
    contract: str
    route: str = Field(..., description="where to look first: a proposal, no legal advice")
    cpv: list[str] = Field(..., description="empty: not known")
    lr: str | None = Field(..., description="code of the Flemish regierol; null: not known")
    where: str | None = Field(..., description="here, neighbours or not_known; null without a municipality")
    examples: TaskExamples
    candidates: list[TaskCandidate]
    found: int = Field(..., description="how many match today")
    near_misses: list[str] = Field(..., description="slugs of who nearly matches: ask `/needs/match` what is missing")


class CatalogueTaskPage(schemas.Paged):
    results: list[CatalogueTaskOut]


@router.get(
    "/task-catalogue",
    response={200: CatalogueTaskPage, 400: schemas.Problem, 429: schemas.Problem},
    operation_id="list_task_catalogue",
    summary="Work that a local government could let a social enterprise do",
    openapi_extra=examples.described("list_task_catalogue"),
)
def list_task_catalogue(request: HttpRequest, params: Query[schemas.PlaceParams]) -> dict[str, Any]:
    """Some sixty tasks with published examples and who could do it; with `municipality` (a NIS code) seen from there.

    `where` is `here`, `neighbours` or `not_known`; the last never says that it is not done. `route` and `contract` are
    where we would look first, no legal advice. `candidates` are the best of the `found` that match today.
    """
    place = read_place(params.municipality)
    found = task_catalogue(place, timezone.localdate())
    return list_answer([present_task(one, whole=place is None) for one in found.tasks], params.dict())


def read_place(nis_code: str | None) -> Municipality | None:
    """The municipality asked for; None when none was. Raises InvalidInput for one outside the region."""
    code = read_nis_code(nis_code)
    place = read.get_municipality(code) if code else None
    if code and place is None:
        raise InvalidInput(f"{shown(code)} is geen gemeente van deze regio. Kijk op /api/v1/municipalities.")
    return place


def present_task(one: TaskStanding, *, whole: bool) -> dict[str, Any]:
    """A task as the API gives it; `whole`: of the region, where nothing is known of one place."""
    task, placed = one.placed.task, one.placed
    return {
        "key": task.key,
        "theme": task.theme,
        "labels": dict(task.labels),
        "text": task.text,
        "services": list(task.services),
        "contract": task.contract,
        "route": task.route,
        "cpv": list(task.cpv),
        "lr": task.lr or None,
        "where": None if whole else placed.where,
        "examples": {
            "here": list(placed.here),
            "neighbours": list(placed.neighbours),
            "elsewhere": list(placed.elsewhere),
        },
        "candidates": [{"slug": each.slug, "stated": each.stated} for each in one.candidates],
        "found": one.found,
        "near_misses": [miss.slug for miss in one.near],
    }
