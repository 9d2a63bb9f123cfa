"""Who asks for a page, and whether it is theirs.

A visitor is led to the sign-in page before anything is looked up, so the answer says nothing about what exists. For
whoever signed in, what does not exist and what is not theirs is the same 404.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone

from schakel.accounts.read import actor_of
from schakel.core.permissions import ANONYMOUS, Action, Actor, Target, acting_for, may
from schakel.pages.fresh import personal
from schakel.pages.signed_in import signed_in
from schakel.pages.standing import standing
from schakel.register import read

View = Callable[..., HttpResponseBase]
Find = Callable[..., Target | None]
_ASKED = "_schakel_actor"


def actor(request: HttpRequest) -> Actor:
    """Who asks, as they stand at this moment; read once for the request."""
    known: Actor | None = vars(request).get(_ASKED)
    if known is None:
        known = vars(request)[_ASKED] = _actor(request)
    return known


def behalf(request: HttpRequest, action: Action, target: Target | None) -> str:
    """On behalf of which body this person does `action` to `target`, as the log writes it; "" for none."""
    found = acting_for(actor(request), action, target) if target is not None else None
    return "" if found is None else found.body


def requires(action: Action | None = None, target: Target | Find | None = None) -> Callable[[View], View]:
    """Only for who may do `action` to `target`; without an action for everybody who signed in.

    `target` is the body, or a function of the request and the parts of the address that finds it (`None`: there is
    no such thing). A visitor goes to the sign-in page, who still needs a second factor to
    where it is set up; whose it is not gets 404. The page is kept by nobody.
    """

    def decorate(view: View) -> View:
        @personal
        @wraps(view)
        def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            asks = actor(request)
            if not asks.signed_in:
                return HttpResponseRedirect(sign_in_address(request))
            if asks.second_factor_missing:
                return HttpResponseRedirect(reverse("mfa_index"))
            if action is not None:
                found = target(request, **kwargs) if callable(target) else target
                if found is None or not may(asks, action, found):
                    raise Http404
            return view(request, **kwargs)

        return wrapped

    return decorate


def sign_in_address(request: HttpRequest) -> str:
    """The sign-in page, which leads back to this address; after a form that was sent, to the work page."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("my_work")
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"


def _actor(request: HttpRequest) -> Actor:
    if not signed_in(request):
        return ANONYMOUS
    now, today = standing(request), timezone.localdate()
    members = now.keep(("cluster_members", today), lambda: read.cluster_members(today, now.clusters))
    return actor_of(request.user, on=today, cluster_members=members)
