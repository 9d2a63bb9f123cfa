"""Who can answer this need? Without signing in; nothing that is asked is kept."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import override
from ninja import Query, Router

from schakel.api import examples, schemas
from schakel.api.content import about_content
from schakel.api.reading import read_language, shown
from schakel.cooperation.matching import Supply, current_supply, place_near, place_of, today_or
from schakel.cooperation.needs.waves import recent_turns
from schakel.core.errors import InvalidInput
from schakel.core.matching import Consortium, Matching, Place, build_need, classify, match, read_text
from schakel.core.model import Customer
from schakel.wording.matching import missing_words, why_words

router = Router(tags=["needs"])


@router.post(
    "/match",
    response={200: schemas.MatchAnswer, 400: schemas.Problem, 429: schemas.Problem},
    operation_id="match_need",
    summary="Who can answer this need, and who nearly can?",
    openapi_extra=examples.described("match_need"),
)
def match_need(request: HttpRequest, asked: schemas.MatchQuestion, params: Query[schemas.LanguageParams]) -> Any:
    """Matches with why, near misses with what is missing, and who could do it together when nobody can do all of it.

    Without `services` the text chooses: those are alternatives. Chosen services are all needed. An empty `services` in
    the answer means: we do not know what this asks for. Nothing is kept.
    """
    language = read_language(params.lang)
    supply, today = current_supply(), timezone.localdate()
    customer = read_customer(asked.customer)
    need = build_need(
        asked.text,
        places=(read_place(supply, asked),),
        customer=customer,
        services=asked.services or (),
        amount=asked.amount,
        unit=asked.unit,
        needed_from=today_or(read_day(asked.needed_from), today),
        reserved=asked.reserved,
        public=customer is Customer.LOCAL_GOVERNMENT,
    )
    found = match(supply.prepared, need, on=today, turns=recent_turns(today) if need.turn else {})
    guessed = classify(read_text(asked.text))
    with override(language):
        return {**about_content(), "services": _services(guessed), **present_matching(found, supply)}


def read_customer(text: str) -> Customer:
    """For whom the work is. Raises InvalidInput."""
    try:
        return Customer(text)
    except ValueError:
        choices = ", ".join(Customer)
        raise InvalidInput(f"customer: {shown(text)} kennen we niet. Kies uit {choices}.") from None


def read_day(text: str | None) -> date | None:
    """A day as 2027-03-01, or None. Raises InvalidInput."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"needed_from: {shown(text)} is geen datum. Schrijf ze zoals 2027-03-01.") from None


def read_place(supply: Supply, asked: schemas.MatchQuestion) -> Place:
    """Where the work is: exactly one of municipality and near. Raises InvalidInput."""
    if (asked.municipality is None) == (asked.near is None):
        raise InvalidInput("Waar is het werk? Geef municipality (een NIS-code) of near (een plaats), een van beide.")
    if asked.municipality is not None:
        return place_of(supply, asked.municipality)
    lat, lon = _position(asked.near)
    return place_near(supply, lat, lon)


def _position(near: Any) -> tuple[float, float]:
    """Latitude and longitude from "50.7,3.6", [50.7, 3.6] or {"lat": 50.7, "lon": 3.6}; NaN for anything else."""
    try:
        if isinstance(near, str):
            lat, lon = (float(part) for part in near.split(","))
        elif isinstance(near, dict):
            lat, lon = float(near["lat"]), float(near["lon"])
        else:
            lat, lon = (float(part) for part in near)
    except (ValueError, TypeError, KeyError):
        return math.nan, math.nan
    return lat, lon


def _services(guessed: list[tuple[str, float]]) -> list[dict[str, Any]]:
    return [{"code": code, "score": round(score, 4)} for code, score in guessed]


def present_matching(found: Matching, supply: Supply) -> dict[str, Any]:
    """Matches, near misses and consortia, with their reasons in words."""

    def name(nis_code: str) -> str:
        place = supply.municipalities.get(nis_code)
        return place.name if place else nis_code

    return {
        "matches": [
            {
                "slug": one.slug,
                "score": one.score,
                "why": [{"code": reason.code, "text": why_words(reason, name)} for reason in one.why],
            }
            for one in found.matches
        ],
        "near_misses": [
            {
                "slug": miss.slug,
                "missing": [{"code": reason.code, "text": missing_words(reason, name)} for reason in miss.missing],
            }
            for miss in found.near_misses
        ],
        "consortia": [_consortium(one) for one in found.consortia],
    }


def _consortium(one: Consortium) -> dict[str, Any]:
    roles = [{"slug": role.slug, "service": role.service, "municipalities": list(role.nis_codes)} for role in one.roles]
    return {"members": list(one.members), "roles": roles, "smallest": one.smallest}
