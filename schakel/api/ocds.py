"""Public needs as OCDS 1.1.5 releases and records."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from schakel.api import examples, schemas
from schakel.api.gate import problem
from schakel.api.reading import read_page
from schakel.cooperation.needs.public import PublicNeed, list_public_needs
from schakel.exports.ocds import list_releases, record_package, release_package
from schakel.register import read

router = Router(tags=["needs"])


class Publisher(Schema):
    name: str


class OcdsPackage(Schema):
    """What every OCDS package says about itself; `synthetic` is our own: the data are invented."""

    uri: str
    version: str
    publishedDate: str  # noqa: N815 (a name of the standard)
    publisher: Publisher
    publicationPolicy: str  # noqa: N815 (a name of the standard)
    synthetic: bool


class ReleasePackage(OcdsPackage):
    releases: list[dict[str, Any]] = Field(..., description="OCDS 1.1.5 releases")
    links: dict[str, str] = Field(..., description="`next`: the next page; empty on the last one")


class RecordPackage(OcdsPackage):
    records: list[dict[str, Any]] = Field(..., description="one OCDS record, with its releases")


@router.get(
    "/ocds/releases",
    response={200: ReleasePackage, 400: schemas.Problem, 429: schemas.Problem},
    operation_id="get_ocds_releases",
    summary="Public needs and what came of them, as OCDS 1.1.5 releases",
    openapi_extra=examples.described("get_ocds_releases"),
)
def get_ocds_releases(request: HttpRequest, params: Query[schemas.ListParams]) -> dict[str, Any]:
    """A release package; newest need first, the releases of one need together. `links.next` leads to the next page.

    Only needs that their buyers made public, without estimates and amounts. The prefix of the `ocid` is not registered.
    """
    number, size = read_page(params.dict())
    needs = list_public_needs()
    page = needs[(number - 1) * size : number * size]
    names, around = _names(page), _around(request)
    more = f"{around['uri']}?page={number + 1}&size={size}" if len(needs) > number * size else ""
    releases = [each for need in page for each in list_releases(need, names, _place_name())]
    return release_package(releases, **around, next_uri=more)


@router.get(
    "/ocds/records/{key}",
    response={200: RecordPackage, 404: schemas.Problem, 429: schemas.Problem},
    operation_id="get_ocds_record",
    summary="Everything that happened to one public need, as an OCDS record",
    openapi_extra=examples.described("get_ocds_record"),
)
def get_ocds_record(request: HttpRequest, key: str) -> dict[str, Any] | HttpResponse:
    """A record package with one record; `key` is the `ocid` without its prefix."""
    found = list_public_needs(key=key) if "\0" not in key else ()
    if not found:
        return problem("Deze vraag bestaat niet, of ze is niet openbaar.", 404)
    return record_package(found[0], _names(found), _place_name(), **_around(request))


def _names(needs: tuple[PublicNeed, ...]) -> dict[str, str]:
    return dict(read.list_names([slug for need in needs for one in need.outcomes for slug in one.awarded_to]))


def _place_name() -> Any:
    places = {one.nis_code: one.name for one in read.list_municipalities()}
    return lambda code: places.get(code, code)


def _around(request: HttpRequest) -> dict[str, Any]:
    region = read.region()
    name = f"Schakel, {region.name['nl']}" if region else "Schakel"
    return {
        "uri": request.build_absolute_uri(request.path),
        "publisher": name,
        "published": timezone.now(),
        "synthetic": bool(region and region.synthetic),
    }
