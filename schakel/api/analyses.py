"""What analyses found: the blind spots."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from schakel.analyses.read import BlindSpots, blind_spots
from schakel.analyses.stored import SERVICE, THEME, GridCell
from schakel.api import examples, schemas
from schakel.api.gate import problem
from schakel.api.reading import list_answer, read_nis_code, shown
from schakel.core import taxonomy
from schakel.core.errors import InvalidInput
from schakel.register import read

router = Router(tags=["analyses"])


@router.get(
    "/blind-spots",
    response={200: schemas.BlindSpotPage, 400: schemas.Problem, 404: schemas.Problem, 429: schemas.Problem},
    operation_id="list_blind_spots",
    summary="Where a service is missing, thin, unheard of or not known",
    openapi_extra=examples.described("list_blind_spots"),
)
def list_blind_spots(request: HttpRequest, params: Query[schemas.BlindSpotParams]) -> dict[str, Any] | HttpResponse:
    """One row per service and municipality, of the run that is shown on the site.

    A service that comes to the provider (`remote`) has one row for the whole region, with `municipality` null; it is
    not among the rows of a municipality. With `theme`: one row per municipality for that theme, with `theme` in
    place of `service`.
    """
    grid = blind_spots()
    if grid is None:
        return problem("Er is nog geen analyse uitgevoerd. Probeer het over een minuut opnieuw.", 404)
    if params.service and params.theme:
        raise InvalidInput("Geef 'service' of 'theme', niet allebei: een rij gaat over het ene of over het andere.")
    about = THEME if params.theme else SERVICE
    cells = _chosen(grid, about, params.theme or params.service, read_nis_code(params.municipality))
    return list_answer([_row(cell, about, grid.run.id) for cell in cells], params.dict())


def _chosen(grid: BlindSpots, about: str, code: str | None, nis_code: str | None) -> Iterable[GridCell]:
    if code:
        (taxonomy.theme if about == THEME else taxonomy.service)(code)
    if nis_code and read.get_municipality(nis_code) is None:
        raise InvalidInput(f"{shown(nis_code)} is geen gemeente van deze regio. Kijk op /api/v1/municipalities.")
    return (
        cell
        for cell in (grid.themes if about == THEME else grid.services).values()
        if (not code or cell.code == code) and (not nis_code or cell.nis_code == nis_code)
    )


def _row(cell: GridCell, about: str, run: int) -> dict[str, Any]:
    return {
        about: cell.code,
        "municipality": cell.nis_code,
        "state": cell.state,
        "suspected": cell.suspected,
        "certainty": cell.certainty,
        "evidence": cell.evidence,
        "run": run,
    }
