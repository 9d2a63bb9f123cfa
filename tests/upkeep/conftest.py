"""The small region, and people in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from schakel.accounts.models import User
from schakel.core.permissions import BodyKind, Role
from schakel.pages.standing import forget
from schakel.register.models import Region
from tests.access.people import add_membership
from tests.pages.loaded import load_klein


@pytest.fixture
def klein(db: None, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """The small region of four municipalities, with an index of its own."""
    settings.SEARCH_INDEX_FOLDER = tmp_path / "search"
    load_klein()
    yield
    forget()


def _client(slug: str) -> Client:
    user = User.objects.create_user(f"{slug}@voorbeeld.example", "een-lang-wachtwoord")
    add_membership(user, BodyKind.ORGANISATION, slug, Role.EDITOR)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def owner(klein: None) -> Client:
    """Somebody who edits for the ironing workshop."""
    return _client("voorbeeld-strijkerij")


@pytest.fixture
def stranger(klein: None) -> Client:
    """Somebody who edits for another organisation."""
    return _client("voorbeeld-fietsen")


@pytest.fixture
def first_look(klein: None) -> None:
    """A region that looks first."""
    row = Region.objects.get()
    row.settings["profiles"] = {**row.settings["profiles"], "owner_edits": "after_review"}
    row.save()
