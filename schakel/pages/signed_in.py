"""Whether somebody signed in asks for a page: all that its frame needs to know."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def signed_in(request: HttpRequest) -> bool:
    """Whether somebody signed in asks. Without a session cookie nothing is looked at, so the answer needs no `Vary`.

    A request that was refused before anybody looked who asks, such as one for another site, is nobody's.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated
