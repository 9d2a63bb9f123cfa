"""Everybody who walks: a visitor, somebody without a body, and each role in each kind of body of the small region."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from http.cookies import SimpleCookie

from django.contrib.auth.models import Group
from django.test import Client
from django.test.client import ClientHandler, FakePayload

from schakel.accounts.models import Membership, User
from schakel.accounts.roles import EDITORS
from schakel.core.permissions import REGION_KEY, BodyKind, Role

VISITOR = "visitor"
NOBODY = "nobody"
# The body that each of them acts for, in the small region.
KEYS = {
    BodyKind.REGION: REGION_KEY,
    BodyKind.CLUSTER: "voorbeeldcluster",  # Ronse and Brakel today; Kluisbergen left
    BodyKind.MUNICIPALITY: "45041",  # Ronse
    BodyKind.ORGANISATION: "voorbeeld-strijkerij",
    BodyKind.PARTNER: "voorbeeld-bestuur-ronse",
}
MEMBERS = tuple(f"{kind}-{role}" for kind in BodyKind for role in Role)
EVERYBODY = (VISITOR, NOBODY, *MEMBERS)


def make_person(name: str) -> User:
    """`nobody`, or "kind-role" for the body in KEYS."""
    user = User.objects.create_user(f"{name}@voorbeeld.example", "een-lang-wachtwoord")
    if name != NOBODY:
        kind, role = name.split("-")
        add_membership(user, BodyKind(kind), KEYS[BodyKind(kind)], Role(role))
    return user


def add_membership(user: User, kind: BodyKind, key: str, role: Role, **more: object) -> Membership:
    """An open membership that began long ago. The region's editors and managers may manage, as Django says it."""
    fields = {"since": date(2020, 1, 1), **more}
    found: Membership = Membership.objects.create(user=user, kind=kind, key=key, role=role, **fields)
    if kind == BodyKind.REGION and role != Role.READER:
        user.is_staff, user.is_superuser = True, role == Role.MANAGER
        user.save()
        user.groups.add(Group.objects.get(name=EDITORS))
    return found


class Walker:
    """A browser of somebody, that only looks at the status: Django's own test client copies every context it sees."""

    def __init__(self, name: str) -> None:
        self._client = Client()
        if name != VISITOR:
            self._client.force_login(make_person(name), backend="django.contrib.auth.backends.ModelBackend")
        self._cookies = SimpleCookie(self._client.cookies)
        self._handler = ClientHandler(enforce_csrf_checks=False)

    def status(self, method: str, address: str, body: Mapping[str, object]) -> int:
        """What this person gets there; an error of ours is not caught."""
        self._client.cookies = SimpleCookie(self._cookies)  # what an answer sets is forgotten
        text = json.dumps(body).encode() if body else b""
        kind = "application/json" if body else "application/x-www-form-urlencoded"
        given = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(text)), "wsgi.input": FakePayload(text)}
        request = self._client._base_environ(REQUEST_METHOD=method.upper(), **_parts(address), **given)
        status: int = self._handler(request).status_code  # not closed: that would close the database of the test too
        return status


def _parts(address: str) -> dict[str, str]:
    path, _, query = address.partition("?")
    return {"PATH_INFO": path, "QUERY_STRING": query}
