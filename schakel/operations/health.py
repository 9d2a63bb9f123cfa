"""`/gezondheid`: for a monitor. No secrets, no names, no counts of people."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schakel import __version__
from schakel.operations.check import index_revision, register_revision

_log = logging.getLogger("schakel.health")


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the index holds what the register holds; else 503.

    `index` is `fresh`, `behind` (the next tick catches up) or `missing`; being behind is not ill.
    """
    body: dict[str, object] = {"status": "ill", "database": "ok", "index": None, "revision": None}
    body["version"] = __version__
    try:
        body["revision"] = revision = register_revision()
    except DatabaseError:
        _log.exception("the database does not answer")
        body["database"] = "unreachable"
        return JsonResponse(body, status=503)
    index = index_revision()
    body["index"] = "missing" if index is None else "fresh" if index == revision else "behind"
    if index is not None:
        body["status"] = "ok"
    return JsonResponse(body, status=200 if index is not None else 503)
