"""Searching organisations, and one organisation with where every fact comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from schakel.api import examples, schemas
from schakel.api.content import about_content
from schakel.api.gate import problem
from schakel.api.present import present_organisation
from schakel.api.reading import is_slug, read_language
from schakel.core.model import OrganisationCard
from schakel.register import read
from schakel.search import tally
from schakel.search.query import parse_query
from schakel.search.reasons import words
from schakel.search.result import Hit, Reason, SearchPage
from schakel.search.service import search

router = Router(tags=["organisations"])


@router.get(
    "",
    response={200: schemas.OrganisationPage, 400: schemas.Problem, 429: schemas.Problem},
    operation_id="search_organisations",
    summary="Who can do this, nearby?",
    openapi_extra=examples.described("search_organisations"),
)
def search_organisations(request: HttpRequest, params: Query[schemas.SearchParams]) -> dict[str, Any]:
    """Search as on the site: same parameters, same answers. All conditions hold within one offer."""
    language = read_language(params.lang)
    found = search(parse_query(request.GET))
    tally.note(found)
    return present_search(found, language)


@router.get(
    "/{slug}",
    response={200: schemas.OrganisationDetail, 302: schemas.MergedProblem, 404: schemas.Problem, 429: schemas.Problem},
    operation_id="get_organisation",
    summary="One organisation, with provenance per field",
    openapi_extra=examples.described("get_organisation"),
)
def get_organisation(request: HttpRequest, slug: str) -> dict[str, Any] | HttpResponse:
    """An organisation that was merged redirects to the one it is now part of; undoing a merge ends that."""
    record = read.get_organisation(slug) if is_slug(slug) else None
    if record is not None:
        return {**about_content(), **present_organisation(record)}
    current = read.resolve_slug(slug) if is_slug(slug) else None
    if current is None or current == slug:
        return problem("Deze organisatie staat niet in het register.", 404)
    moved = problem("Deze organisatie is samengevoegd met een andere.", 302, merged_into=current)
    moved["Location"] = request.path.removesuffix(slug) + current
    return moved


def present_search(found: SearchPage, language: str) -> dict[str, Any]:
    """The answer to a search; names and kinds of all hits in one read."""
    everybody = [*found.hits, *found.alternatives, *found.history]
    cards = {card.slug: card for card in read.list_cards([hit.slug for hit in everybody])}

    def hits(some: Iterable[Hit]) -> list[dict[str, Any]]:
        # an organisation that left the register after the index was made has no card
        return [_hit(hit, cards[hit.slug], language) for hit in some if hit.slug in cards]

    return {
        **about_content(),
        "count": found.count,
        "page": found.page,
        "pages": found.pages,
        "size": found.size,
        "facets": {
            name: [{"value": value, "count": count} for value, count in counts.items()]
            for name, counts in found.facets.items()
        },
        "results": hits(found.hits),
        "alternatives": hits(found.alternatives),
        "relaxed": list(found.relaxed),
        "history": hits(found.history),
        "interpreted": _why(found.interpreted, language),
        "ignored": _why(found.ignored, language),
        "suggestion": found.suggestion,
    }


def _hit(hit: Hit, card: OrganisationCard, language: str) -> dict[str, Any]:
    return {
        "slug": hit.slug,
        "name": card.name,
        "kinds": list(card.kinds),
        "services": list(hit.services),
        "municipalities": sorted(hit.municipalities),
        "distance_km": None if hit.distance_km is None else round(hit.distance_km, 3),
        "score": hit.score,
        "why": _why(hit.why, language),
    }


def _why(reasons: Sequence[Reason], language: str) -> list[dict[str, str]]:
    return [{"code": reason.code, "text": words(reason, language)} for reason in reasons]
