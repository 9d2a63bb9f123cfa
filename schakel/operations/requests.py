"""One log line per request: method, path without query string, status, milliseconds. Nothing about who asked."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from schakel.operations.logs import without_secrets

_log = logging.getLogger("schakel.request")
_LONGEST_PATH = 200


def path_to_log(path: str) -> str:
    """The path as it may be written down: shortened, and without the secret part of a one-time link."""
    return without_secrets(path)[:_LONGEST_PATH]


class RequestLog:
    """Outermost middleware. Static files are only logged when they are missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        if response.status_code >= 400 or not request.path.startswith(str(settings.STATIC_URL)):
            _log.info(
                "request",
                extra={
                    "method": request.method,
                    "path": path_to_log(request.path),
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - started) * 1000, 1),
                },
            )
        return response
