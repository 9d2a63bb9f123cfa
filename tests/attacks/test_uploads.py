"""A photo that is far too large, sent whole over the form: refused in words, nothing kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from schakel.accounts.models import User
from schakel.core.permissions import BodyKind, Role
from schakel.upkeep.models import Photo
from tests.access.people import add_membership

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("klein")]
SLUG = "voorbeeld-strijkerij"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.mark.parametrize(
    ("data", "words"), [(b"\xff\xd8\xff" + b"\0" * (50 * 1024 * 1024), "10 MB"), (SVG, "foto")], ids=["50 MB", "svg"]
)
def test_refused_in_words_and_nothing_kept(data: bytes, words: str, settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    owner = User.objects.create_user("ann@voorbeeld.example")
    add_membership(owner, BodyKind.ORGANISATION, SLUG, Role.EDITOR)
    client = Client()
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    photo = SimpleUploadedFile("foto.jpg", data, "image/jpeg")
    response = client.post(f"/mijn/organisatie/{SLUG}/fotos", {"photo": photo, "alt": "Een strijkplank", "rights": "1"})
    assert response.status_code == 400
    assert words in re.sub(r"<[^>]+>", " ", response.content.decode())
    assert Photo.objects.count() == 0
    assert not list((tmp_path / "photos").rglob("*.jpg"))
