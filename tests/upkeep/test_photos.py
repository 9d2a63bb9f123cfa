"""Photos: only pixels come in, attacks do not, and they are backed up, hidden and swept."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from schakel.accounts.models import User
from schakel.audit.models import Entry
from schakel.core.errors import InvalidInput
from schakel.mail.compose import compose
from schakel.mail.models import Message
from schakel.operations.backup import write_backup
from schakel.operations.restore import restore
from schakel.upkeep import models, photos
from schakel.upkeep.picture import MOST_BYTES, PhotoRefused, read_photo

SLUG = "voorbeeld-strijkerij"


def picture(kind: str = "JPEG", size: tuple[int, int] = (1600, 1200), **more: object) -> bytes:
    stream = io.BytesIO()
    mode = "RGBA" if kind == "PNG" else "RGB"
    Image.effect_noise(size, 40).convert(mode).save(stream, kind, **more)
    return stream.getvalue()


def with_place() -> bytes:
    """A photo that says where and by whom it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn 90 degrees
    exif[0x013B] = "Geheime Fotograaf"
    exif[0x8825] = {1: "N", 2: (50.0, 44.0, 51.0)}
    return picture(exif=exif, comment=b"verborgen")


def bomb(width: int = 60000, height: int = 60000) -> bytes:
    """A PNG of some hundred bytes that says it is 3.6 thousand million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_FOLDER = tmp_path
    return tmp_path / "photos"


def test_only_the_pixels_come_in_upright_and_in_two_sizes() -> None:
    safe = read_photo(with_place())
    assert sorted(safe.files) == [480, 1200]  # 1600 x 1200, lying on its side
    assert safe.height > safe.width  # turned as it was held
    for content in safe.files.values():
        with Image.open(io.BytesIO(content)) as made:
            assert made.format == "JPEG"
            assert not made.getexif()
            assert "comment" not in made.info
        assert b"Geheime" not in content
        assert b"verborgen" not in content
    assert safe.digest == hashlib.sha256(safe.files[max(safe.files)]).hexdigest()


def test_what_is_see_through_becomes_white() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (400, 400), (255, 0, 0, 0)).save(stream, "PNG")
    with Image.open(io.BytesIO(read_photo(stream.getvalue()).files[400])) as made:
        assert all(value > 250 for value in made.getpixel((10, 10)))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "kind"),
        (b"GIF89a" + b"\0" * 100, "kind"),
        (b"%PDF-1.7", "kind"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "broken"),
        (b"RIFF\0\0\0\0WAVE", "kind"),
        (bomb(), "pixels"),
        (bomb(9000, 9000), "pixels"),
        (b"\0" * (MOST_BYTES + 1), "large"),
    ],
    ids=["empty", "svg", "gif", "pdf", "script", "sound", "bomb", "small-bomb", "large"],
)
def test_attacks_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(PhotoRefused) as refusal:
        read_photo(data)
    assert refusal.value.code == code


def test_small_half_and_wrongly_named_files_are_refused() -> None:
    whole = picture()
    for data, code in ((picture(size=(100, 80)), "small"), (whole[: len(whole) // 2], "broken")):
        with pytest.raises(PhotoRefused) as refusal:
            read_photo(data)
        assert refusal.value.code == code


def test_of_a_file_that_is_two_things_only_the_picture_is_left() -> None:
    """A JPEG with a page of script and a zip behind its end: both are gone."""
    polyglot = picture() + b"PK\x03\x04<html><script>alert(1)</script></html>"
    for content in read_photo(polyglot).files.values():
        assert b"<script>" not in content
        assert b"PK\x03\x04" not in content[-200:]


@pytest.mark.django_db
@pytest.mark.usefixtures("klein")
def test_words_and_rights_are_asked_and_six_is_the_most() -> None:
    for alt, rights in (("", True), ("Atelier", False), ("x" * 301, True)):
        with pytest.raises(InvalidInput):
            photos.add_photo(SLUG, picture(), alt=alt, rights=rights, author=None)
    assert photos.list_photos(SLUG) == ()
    for number in range(photos.MOST):
        photos.add_photo(SLUG, picture(size=(400, 300 + number)), alt="Atelier", rights=True, author=None)
    with pytest.raises(InvalidInput, match="al 6"):
        photos.add_photo(SLUG, picture(size=(500, 300)), alt="Atelier", rights=True, author=None)
    assert len(photos.list_photos(SLUG)) == photos.MOST


@pytest.mark.django_db
@pytest.mark.usefixtures("klein")
def test_a_photo_is_served_safely_and_no_more_once_taken_away(owner: Client, own_folder: Path) -> None:
    address = f"/mijn/organisatie/{SLUG}/fotos"
    sent = {"photo": SimpleUploadedFile("../../x.php", picture()), "alt": "Twee mensen strijken", "rights": "yes"}
    assert owner.post(address, sent).status_code == 302
    (photo,) = photos.list_photos(SLUG)
    page = Client().get(f"/organisatie/{SLUG}").content.decode()
    assert 'alt="Twee mensen strijken"' in page
    href = f"/foto/{photo.digest}-480.jpg"
    assert href in page
    response = Client().get(href)
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert own_folder.stat().st_mode & 0o077 == 0 or own_folder.parent.exists()
    for wrong in (f"/foto/{photo.digest}-9.jpg", f"/foto/{'0' * 64}-480.jpg", "/foto/..%2f..%2fsecret-key-480.jpg"):
        assert Client().get(wrong).status_code == 404, wrong
    assert owner.post(address, {"remove": str(photo.number)}).status_code == 302
    assert Client().get(href).status_code == 404
    assert owner.post(address, {"remove": str(photo.number)}).status_code == 404
    assert photos.sweep(timezone.now()) == 0  # young files stay: a save may be under way
    assert photos.sweep(timezone.now() + timedelta(days=2)) == 2
    assert list(own_folder.glob("*/*")) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("klein")
def test_a_wrong_upload_says_what_to_do_and_keeps_the_words(owner: Client) -> None:
    address = f"/mijn/organisatie/{SLUG}/fotos"
    svg = SimpleUploadedFile("foto.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/jpeg")
    response = owner.post(address, {"photo": svg, "alt": "Ons atelier", "rights": "yes"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "Kies een JPEG, PNG of WebP" in page
    assert 'value="Ons atelier"' in page
    page = owner.post(address, {"alt": "", "photo": ""}).content.decode()
    for words in ("Kies een foto", "wat er te zien is", "Zonder dit kunnen we"):
        assert words in page
    large = SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff" + b"\0" * MOST_BYTES, "image/jpeg")
    assert owner.post(address, {"photo": large, "alt": "Groot", "rights": "yes"}).status_code == 400
    assert models.Photo.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("klein")
def test_a_photo_that_waits_is_seen_by_nobody_else(owner: Client, stranger: Client, first_look: None) -> None:
    photo = photos.add_photo(SLUG, picture(), alt="Ons atelier", rights=True, author=None)
    href = f"/foto/{photo.digest}-480.jpg"
    assert not photo.shown
    assert (Client().get(href).status_code, stranger.get(href).status_code) == (404, 404)
    assert owner.get(href).status_code == 200
    assert href not in Client().get(f"/organisatie/{SLUG}").content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_back_up_holds_the_photos(klein: None, tmp_path: Path, own_folder: Path) -> None:
    photo = photos.add_photo(SLUG, picture(), alt="Ons atelier", rights=True, author=None)
    before = {file.name: file.read_bytes() for file in own_folder.glob("*/*.jpg")}
    out = tmp_path / "back-up.zip"
    write_backup(out)
    for file in own_folder.glob("*/*.jpg"):
        file.unlink()
    restore(out, force=True)
    assert {file.name: file.read_bytes() for file in own_folder.glob("*/*.jpg")} == before
    assert photos.photo_file(photo.digest, 480) is not None


@pytest.mark.parametrize(("accept", "says"), [(True, "staat in de gids"), (False, "niet overgenomen")])
def test_who_sent_a_photo_hears_what_was_decided(owner: Client, first_look: None, accept: bool, says: str) -> None:
    author = User.objects.get()
    waiting = photos.add_photo(SLUG, picture(), alt="Een strijkplank", rights=True, author=author)
    assert not waiting.shown
    editor = User.objects.create_user("redactie@voorbeeld.example")
    photos.decide_photo(waiting.number, accept=accept, reason="Te donker.", by=editor, body="region:region")
    letter = Message.objects.get(kind="photo-decided")
    composed = compose([(letter.kind, letter.context)], to=letter.to, language="nl")
    assert letter.to == author.email
    assert says in composed.subject
    assert ("Te donker." in composed.text) is not accept
    assert Entry.objects.filter(action__startswith="photo-", body="region:region", actor=editor).count() == 1
    with pytest.raises(InvalidInput, match="al beslist"):
        photos.decide_photo(waiting.number, accept=True, by=editor, body="region:region")
