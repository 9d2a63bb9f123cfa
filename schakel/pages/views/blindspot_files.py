"""Blind spots as files: tables, points on a map, and on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from schakel.analyses.read import BlindSpots
from schakel.core import taxonomy
from schakel.documents.blindspots import build_blind_spots, build_case
from schakel.exports import describe_export
from schakel.exports.blindspots import CellRow, blind_spots_csv, blind_spots_geojson, blind_spots_xlsx
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import settled_by_run, site_address
from schakel.pages.presenters.blindspots.chosen import Chosen, chosen_places, chosen_services, read_chosen
from schakel.pages.standing import Standing, standing
from schakel.pages.views.blindspots import place_of, shown_grid

TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "pdf": "application/pdf",
}


@settled_by_run
@refuses_plainly
def download(request: HttpRequest, extension: str) -> HttpResponse:
    """The grid, or the chosen part of it, as a file."""
    if extension not in TYPES:
        raise Http404
    region, shown = standing(request), shown_grid()
    chosen = read_chosen(request.GET, region)
    content = _MADE[extension](request, shown, chosen, region)
    response = HttpResponse(content, content_type=TYPES[extension])
    response["Content-Disposition"] = f'attachment; filename="blinde-vlekken.{extension}"'
    return response


@settled_by_run
@refuses_plainly
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """One printable page: the case of a municipality, or of one service in it."""
    where, shown = place_of(slug), shown_grid()
    if where.nis_code not in {nis_code for _, nis_code in shown.services}:
        raise Http404  # just added: it waits for the next run
    code = request.GET.get("service", "")
    if code and taxonomy.service(code).code and (code, where.nis_code) not in shown.services:
        raise Http404
    content = build_case(
        where,
        shown,
        service=code,
        language=get_language() or "nl",
        on=timezone.localdate(),
        base_url=site_address(request),
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="dossier-{slug}{f"-{code}" if code else ""}.pdf"'
    return response


def _rows(shown: BlindSpots, chosen: Chosen, region: Standing) -> list[CellRow]:
    places = chosen_places(shown, region, chosen, timezone.localdate())
    cells = shown.services
    found = []
    for code in chosen_services(shown, chosen):
        for place in places if (code, None) not in cells else (None,):
            cell = cells[code, place.nis_code if place else None]
            found.append(CellRow(cell, place, chosen.state_of(cell), chosen.is_suspected(cell)))
    return found


def _csv(request: HttpRequest, shown: BlindSpots, chosen: Chosen, region: Standing) -> bytes:
    about = describe_export(site_address(request), now=shown.run.finished_at)
    return blind_spots_csv(_rows(shown, chosen, region), about, run=shown.run.id)


def _xlsx(request: HttpRequest, shown: BlindSpots, chosen: Chosen, region: Standing) -> bytes:
    about = describe_export(site_address(request), now=shown.run.finished_at)
    return blind_spots_xlsx(_rows(shown, chosen, region), about, run=shown.run.id)


def _geojson(request: HttpRequest, shown: BlindSpots, chosen: Chosen, region: Standing) -> bytes:
    about = describe_export(site_address(request), now=shown.run.finished_at)
    return blind_spots_geojson(_rows(shown, chosen, region), region.municipalities, about, run=shown.run.id)


def _pdf(request: HttpRequest, shown: BlindSpots, chosen: Chosen, region: Standing) -> bytes:
    return build_blind_spots(
        shown,
        services=chosen_services(shown, chosen),
        places=chosen_places(shown, region, chosen, timezone.localdate()),
        customer=chosen.customer,
        language=get_language() or "nl",
        on=timezone.localdate(),
    )


_MADE: Mapping[str, Callable[[HttpRequest, BlindSpots, Chosen, Standing], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "geojson": _geojson,
    "pdf": _pdf,
}
