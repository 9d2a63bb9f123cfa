"""What a visitor sees when something is wrong: plain words, the reason, and a way on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template import loader

from schakel.core.errors import InvalidInput

View = Callable[..., HttpResponseBase]


def refuses_plainly(view: View) -> View:
    """A question that breaks a rule gets a page that says which rule, with status 400."""

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except InvalidInput as refusal:
            return render(request, "400.html", {"reason": str(refusal)}, status=400)

    return wrapped


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own refusals (a broken address, a form that is too large)."""
    return render(request, "400.html", {"reason": ""}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not allowed."""
    return render(request, "403.html", status=403)


def token_missing(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent without its token: usually cookies are off or the page stood open for long."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing lives at this address."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Our fault. The page asks nothing of the database or the session: they may be what is broken."""
    return HttpResponse(loader.get_template("500.html").render({}), status=500)
