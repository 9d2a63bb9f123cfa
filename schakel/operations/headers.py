"""Security headers on every answer, errors and static files too. A view that says something itself keeps it.

The Content-Security-Policy is django-csp's, which stands just inside this.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Middleware, as far outside as possible."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            if name == "X-Frame-Options" and getattr(response, "xframe_options_exempt", False):
                continue  # the widget for other websites: it cannot say so in this header, only in its policy
            response.headers.setdefault(name, value)
        return response


class ContentPolicy(CSPMiddleware):
    """django-csp, which puts the policy together for every answer: ours is nearly always the same and written once."""

    _OTHERWISE = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")  # a view that wants another one

    @cached_property
    def _usual(self) -> str:
        return build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Sets the header, unless the view set it."""
        if any(name in vars(response) for name in self._OTHERWISE) or hasattr(request, "_csp_nonce"):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._usual)
        return response
