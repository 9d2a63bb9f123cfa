"""Whoever changes something about people, as `accounts` wants to know them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404, HttpRequest
from django.utils import timezone

from schakel.accounts.models import User
from schakel.accounts.roles import Hand, NotAllowed
from schakel.pages.access import actor


def hand_of(request: HttpRequest) -> Hand:
    """Who signed in, today."""
    assert isinstance(request.user, User)  # noqa: S101 (only who signed in gets here)
    return Hand(request.user, timezone.localdate(), actor(request).cluster_members)


@contextmanager
def refused_is_missing() -> Iterator[None]:
    """Who lost the right in the meantime finds nothing here, like everybody who never had it."""
    try:
        yield
    except NotAllowed as refusal:
        raise Http404 from refusal
