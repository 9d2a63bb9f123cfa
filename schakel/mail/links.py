"""Signed links: for one purpose, until a day. Single use is for who accepts them to remember."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext

from schakel.core.errors import InvalidInput
from schakel.core.model import Json

LONGEST = 4000


class LinkInvalid(InvalidInput):
    """Altered, cut short, or made for something else."""


class LinkExpired(LinkInvalid):
    """It was good, but its time is over."""


def sign(purpose: str, payload: dict[str, Json], *, days: int, now: datetime | None = None) -> str:
    """A token for a path: `payload` can be read by who holds it, and changed by nobody. Good for `days` from `now`."""
    until = (now or timezone.now()) + timedelta(days=days)
    return signing.dumps({"payload": payload, "until": until.timestamp()}, salt=_salt(purpose))


def read(purpose: str, token: str, *, now: datetime | None = None) -> dict[str, Json]:
    """The payload of a token for this purpose. Raises LinkExpired or LinkInvalid, in the language of the page."""
    try:
        if len(token) > LONGEST:
            raise signing.BadSignature
        found = signing.loads(token, salt=_salt(purpose))
    except (signing.BadSignature, ValueError) as error:  # ValueError: bytes that are no text
        raise LinkInvalid(
            gettext("Deze link is niet volledig overgenomen. Open hem nog eens vanuit je e-mail.")
        ) from error
    if found["until"] < (now or timezone.now()).timestamp():
        raise LinkExpired(gettext("Deze link is te oud. Vraag een nieuwe aan."))
    payload: dict[str, Json] = found["payload"]
    return payload


def _salt(purpose: str) -> str:
    return f"schakel.mail.links:{purpose}"
