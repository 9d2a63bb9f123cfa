"""Whose need it is: who posted it, who acts for its body, or a browser that opened its signed link."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from schakel.cooperation.needs.read import NeedRecord, get_need
from schakel.core.model import Customer
from schakel.core.permissions import Action, BodyKind, bodies_for, may, read_body
from schakel.pages.access import actor

_BODIES = {
    Customer.LOCAL_GOVERNMENT: (BodyKind.MUNICIPALITY, BodyKind.PARTNER),
    Customer.COMPANY: (BodyKind.ORGANISATION, BodyKind.PARTNER),
    Customer.CITIZEN: (),
}
_OPENED = "needs"
_MOST = 50


def remember(request: HttpRequest, key: str) -> None:
    """This browser showed the signed link of a need, or posted it."""
    request.session[_OPENED] = [*(known for known in opened(request) if known != key), key][-_MOST:]


def opened(request: HttpRequest) -> tuple[str, ...]:
    """The needs of which this browser showed the link."""
    kept = request.session.get(_OPENED, [])
    return tuple(str(key) for key in kept) if isinstance(kept, list) else ()


def is_mine(request: HttpRequest, need: NeedRecord) -> bool:
    """Whether whoever asks may manage a need."""
    if need.key in opened(request):
        return True
    asks = actor(request)
    if asks.signed_in and need.owner_id == asks.person:
        return True
    return bool(need.body) and may(asks, Action.PLACE_NEED, read_body(need.body))


def mine_or_404(request: HttpRequest, key: str) -> NeedRecord:
    """The need, for who may manage it; for anybody else it does not exist."""
    need = get_need(key)
    if need is None or not is_mine(request, need):
        raise Http404
    return need


def body_for(request: HttpRequest, customer: Customer) -> str:
    """For which body somebody who signed in posts: the first of their own that asks such things; "" for oneself."""
    kinds = _BODIES[customer]
    own = (str(body) for body in bodies_for(actor(request), Action.PLACE_NEED) if body.kind in kinds)
    return next(own, "")
