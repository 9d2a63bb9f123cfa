"""How long a page may be kept by a browser or a proxy.

A *settled* page depends on nothing but the register, its address, its language and the day (ages are counted):
its ETag says so, and every reader may keep it as long as it asks again; for whoever signed in, whose frame differs,
only their browser keeps it. A *public* answer is the same for everybody, signed in or not. A *personal* page holds
what the session knows or a form with a token: nobody keeps it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

import schakel
from schakel.analyses.read import shown_run
from schakel.pages.signed_in import signed_in
from schakel.pages.standing import standing
from schakel.search.index import current_index

View = Callable[..., HttpResponseBase]


def content_mark(request: HttpRequest, *more: str) -> str:
    """What changes whenever an answer at this address could: the register, its index, this version; and `more`."""
    parts = (
        schakel.__version__,
        str(standing(request).revision),
        str(current_index().content.revision),  # the index may still be behind the register
        request.get_full_path(),
        *more,
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _etag(request: HttpRequest, *more: str) -> str:
    seen = "in" if signed_in(request) else ""
    today = timezone.localdate().isoformat()
    return f'"{content_mark(request, get_language() or "", today, site_address(request), seen, *more)}"'


def site_address(request: HttpRequest) -> str:
    """The public address of this site, without a slash at the end: the one that was set, else as this visitor came."""
    if settings.SITE_GIVEN:
        return str(settings.SITE_URL)
    return f"{request.scheme}://{request.get_host()}"


def settled(view: View) -> View:
    """A page that only the register changes: ETag, may be kept when asked again."""
    return _settled(view, lambda request, **_: _etag(request))


def settled_by_run(view: View) -> View:
    """A settled page that also shows what an analysis found: the run that is shown changes it too."""
    return _settled(view, lambda request, **_: _etag(request, str(shown_run())))


def _settled(view: View, etag: Callable[..., str]) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = view(request, **kwargs)
        if response.status_code == 200:
            seen_by = {"private": True} if signed_in(request) else {"public": True}
            patch_cache_control(response, **seen_by, max_age=0, must_revalidate=True)
        return response

    return require_safe(condition(etag_func=etag)(wrapped))


def public(view: View) -> View:
    """An answer that is the same for everybody: it looks at no session, so no cookie is read or set.

    Kept for five minutes, then asked again: other people's websites ask for it with every page they show.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = view(request, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=300)
        return response

    def etag(request: HttpRequest, **_: Any) -> str:
        return f'"{content_mark(request, get_language() or "", timezone.localdate().isoformat())}"'

    return require_safe(condition(etag_func=etag)(wrapped))


def personal(view: View) -> View:
    """A page with what the session knows or a form of this visitor: kept by nobody but this browser's history."""

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = view(request, **kwargs)
        patch_cache_control(response, private=True, no_cache=True, max_age=0)
        return response

    return wrapped
