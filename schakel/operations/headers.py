"""Security headers on every answer, errors and static files too. A view that says something itself keeps it.

The Content-Security-Policy is that of `csp.middleware`, which stands just inside this.
"""

from __future__ import annotations

from collections.abc import Callable

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
