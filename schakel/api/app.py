"""The API: version 1 of what others may build on."""

from __future__ import annotations

import json
import logging
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError

from schakel.api import analyses, lists, needs, ocds, organisations, tasks
from schakel.api.gate import problem
from schakel.core.errors import CoreError, InvalidInput

_log = logging.getLogger("schakel.api")

DESCRIPTION = """
The register of the social economy in the region: who does what, where, for whom, and who says so.

Reading is free, without a key, from any site. Every answer says whether its data are invented (`synthetic`), under
which licence they may be used and when the register last changed. Answers carry an `ETag`: send it back in
`If-None-Match` and an unchanged answer is `304` without content. Too many requests in a minute give `429` with
`Retry-After`. An error is `{"detail": "…"}` in plain Dutch. Unknown is not zero: `null` means that nobody says.
""".strip()


class Api(NinjaAPI):
    """Version 1. Its description is made once, and valid OpenAPI 3.1 where the library leaves a slip."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """The description; kept per place of the site, since making it takes longer than any answer of the API."""
        asked = repr(sorted(options.items()))
        if asked not in self._schemas:
            self._schemas[asked] = self._make_schema(**options)
        return self._schemas[asked]

    @cached_property
    def _schemas(self) -> dict[str, Any]:
        return {}

    def _make_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for parameter in operation["parameters"]:
                    # the list belongs to the schema; beside it OpenAPI wants a mapping or one example
                    if isinstance(parameter.get("examples"), list):
                        parameter["example"] = parameter.pop("examples")[0]
        return schema


api = Api(
    title="Schakel",
    version="1",
    description=DESCRIPTION,
    docs_url=None,  # the usual page loads scripts from elsewhere; ours is at /api/v1/docs
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("/organisations", organisations.router)
api.add_router("/needs", needs.router)
api.add_router("", lists.router)
api.add_router("", analyses.router)
api.add_router("", tasks.router)
api.add_router("", ocds.router)


@api.exception_handler(InvalidInput)
def _invalid(request: HttpRequest, error: InvalidInput) -> HttpResponse:
    return problem(str(error), 400)


@api.exception_handler(CoreError)
def _refused(request: HttpRequest, error: CoreError) -> HttpResponse:
    return problem(str(error), 400)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = sorted({str(found["loc"][-1]) for found in error.errors if found.get("loc")})
    return problem(f"Deze waarde begrijpen we niet: {', '.join(names) or 'de vraag'}.", 400)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem("Dit adres bestaat niet.", 404)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem("Dit kan niet.", error.status_code)


@api.exception_handler(Exception)
def _unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.error("unforeseen error", exc_info=error)
    return problem("Er ging iets mis bij ons. Probeer het later opnieuw.", 500)


fallback = Router()


@fallback.get("/{path:rest}", include_in_schema=False)
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """Every other address under the API: an answer in JSON, not a page."""
    return problem("Dit adres bestaat niet. Kijk op /api/v1/docs wat er wel is.", 404)


api.add_router("", fallback)  # the last: it takes whatever no other operation took


def openapi() -> dict[str, Any]:
    """The description of the API as plain values."""
    schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="api/v1/")))
    return schema
