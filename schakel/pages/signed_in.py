"""Whether somebody signed in asks for a page: all that its frame needs to know."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def signed_in(request: HttpRequest) -> bool:
    """Whether somebody signed in asks. Without a session cookie nothing is looked at, so the answer needs no `Vary`."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
