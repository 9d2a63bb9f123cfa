"""A session of somebody who signed in ends: after a while without doing anything, and after a working day.

It also ends when the password or a role changes: see `User.session_round`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

BEGAN, SEEN = "began", "seen"
NOTED_EVERY = 60  # seconds: not every request writes the session
BACKWARDS = 300  # a clock that was set back by more than this ends the session


class SessionEnds:
    """Middleware after that of the sign-in: signs out who was away, or in, for too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            self._look(request, time.time())
        return self.get_response(request)

    def _look(self, request: HttpRequest, now: float) -> None:
        session = request.session
        began, seen = session.setdefault(BEGAN, now), session.setdefault(SEEN, now)
        idle, whole = now - seen, now - began
        too_long = idle > settings.SESSION_IDLE_SECONDS or whole > settings.SESSION_LONGEST_SECONDS
        if too_long or min(idle, whole) < -BACKWARDS:
            logout(request)
        elif idle >= NOTED_EVERY or idle < 0:
            session[SEEN] = now


def begin_counting(request: HttpRequest, **_: Any) -> None:
    """Somebody signs in: both clocks start, whatever the session of the visitor held."""
    request.session[BEGAN] = request.session[SEEN] = time.time()
