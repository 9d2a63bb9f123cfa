"""What every request to the API passes: methods, CORS, rate limit, ETag. A middleware, so it also covers errors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from schakel import __version__
from schakel.accounts.visitors import RateLimit, client_of
from schakel.api.content import mark_of

PREFIX = "/api/"
_METHODS = "GET, HEAD, OPTIONS"
_ASKING = frozenset({"/api/v1/needs/match"})
"""Questions too long for an address: a POST that changes nothing."""


def problem(detail: str, status: int, **more: str) -> JsonResponse:
    """An error as every client gets it: plain words under `detail`."""
    return JsonResponse({"detail": detail, **more}, status=status, json_dumps_params={"ensure_ascii": False})


class ApiGate:
    """Only reading; anybody may, from any site, not too often; unchanged answers cost nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.limit = RateLimit(settings.API_REQUESTS_A_MINUTE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = self._answer(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return self._preflight(request)
        asking = request.path_info in _ASKING
        if request.method not in (("POST",) if asking else ("GET", "HEAD")):
            response = problem(f"Dit adres wijzigt niets: gebruik {'POST' if asking else 'GET'}.", 405)
            response["Allow"] = _methods(request)
            return response
        wait = self.limit.wait_seconds(client_of(request))
        if wait:
            response = problem(f"Te veel vragen na elkaar. Probeer opnieuw over {wait} seconden.", 429)
            response["Retry-After"] = str(wait)
            return response
        if asking:
            return self.get_response(request)
        etag = _etag(request)
        if _matches(request.headers.get("If-None-Match", ""), etag):
            return _marked(HttpResponse(status=304), etag)
        head = request.method == "HEAD"
        if head:
            request.method = "GET"  # the operations only know GET
        answer = self.get_response(request)
        if answer.status_code == 200:
            _marked(answer, etag)
        if head and isinstance(answer, HttpResponse):
            length = str(len(answer.content))
            answer.content = b""
            answer["Content-Length"] = length
        return answer

    def _preflight(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = _methods(request)
        response["Access-Control-Allow-Headers"] = "If-None-Match, Accept, Accept-Language, Content-Type"
        response["Access-Control-Max-Age"] = "86400"
        return response


def _methods(request: HttpRequest) -> str:
    return "POST, OPTIONS" if request.path_info in _ASKING else _METHODS


def _etag(request: HttpRequest) -> str:
    """Changes with the content of the register or its index, the version, the address and the language."""
    parts = (__version__, mark_of(request.path), request.path, request.META.get("QUERY_STRING", ""))
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _matches(header: str, etag: str) -> bool:
    """Weak comparison, as RFC 9110 asks for reading: compression makes a tag weak on the way."""
    wanted = {part.strip().removeprefix("W/") for part in header.split(",")}
    return f'"{etag}"' in wanted or "*" in wanted


def _marked(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = f'"{etag}"'
    response["Cache-Control"] = "public, no-cache"  # keep it, but ask each time whether it changed
    return response
