"""How often one visitor may send each public form. Counted in memory, under a mark of the day: no address is kept.

Signing in counts by itself (`ACCOUNT_RATE_LIMITS`), and so does the API (`schakel.api.gate`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from schakel.accounts.visitors import MINUTE, RateLimit, day_mark

HOUR = 60 * MINUTE
# Name of the address -> how many forms one visitor may send in an hour, per web process.
PUBLIC_FORMS = {
    "begin": 30,
    "confirm_profile": 60,
    "alert_confirm": 60,
    "answer": 60,
    "unsubscribe": 60,
    "invitation": 30,
    "my_list": 600,
    "need_confirm": 60,
    "need_do": 300,
    "need_form": 60,  # looking who can do it counts too, without scripts
    "outcome": 60,
    "public_needs": 30,
    "report": 30,
    "siting_proof": 60,
    "suggestion": 60,  # ten of them are kept: see visitor_forms
    "taster": 60,
    "visitor_confirm": 60,
}


class FormGate:
    """Middleware: a form too many gets a page that says how long to wait, and is not looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.limits = {name: RateLimit(most, seconds=HOUR) for name, most in PUBLIC_FORMS.items()}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Django calls this once it knows which form it is."""
        name = request.resolver_match.url_name if request.resolver_match is not None else None
        limit = self.limits.get(name or "")
        if request.method != "POST" or limit is None:
            return None
        wait = limit.wait_seconds(day_mark(request))
        return too_many(request, wait) if wait else None


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """The page that says so; `wait` in seconds."""
    response = render(request, "429.html", {"minutes": math.ceil(wait / MINUTE)}, status=429)
    response["Retry-After"] = str(wait)
    return response
