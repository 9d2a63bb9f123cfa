"""Keep, show and remove the photos of organisations. Files lie in the data folder, never in the web root."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from schakel.accounts.models import User
from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.core.model import Json
from schakel.core.upkeep import OwnerEdits
from schakel.mail.outbox import enqueue
from schakel.register import read as register
from schakel.upkeep import models
from schakel.upkeep.picture import read_photo, widths_of

MOST = 6  # photos of one organisation
LONGEST_ALT = 300
KEEP_REMOVED_DAYS = 30
_NAME = re.compile(r"[0-9a-f]{64}-[0-9]{2,4}\.jpg")


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo as pages show it. `widths`: the sizes there are; `shown`: visitors see it."""

    number: int
    organisation: str
    digest: str
    width: int
    height: int
    alt: str
    shown: bool
    added_at: datetime

    @property
    def widths(self) -> tuple[int, ...]:
        """The sizes that were made of it, smallest first."""
        return widths_of(self.width)


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.DATA_FOLDER) / "photos"


def add_photo(
    organisation_key: str, data: bytes, *, alt: str, rights: bool, author: User | None, body: str = ""
) -> Photo:
    """Keep a photo. `alt`: what can be seen, in words; `rights`: whoever sends it says that it may be shown.

    Shown at once, or after an editor looked at it where the region reviews first. The same photo twice is one. Raises
    `PhotoRefused` for a file that cannot be shown, `InvalidInput` without words or rights, or with six photos already.
    """
    alt = " ".join(alt.replace("\0", "").split())
    if not 3 <= len(alt) <= LONGEST_ALT:
        said = gettext("Schrijf in 3 tot %(most)s tekens wat er op de foto te zien is.")
        raise InvalidInput(said % {"most": LONGEST_ALT})
    if not rights:
        raise InvalidInput(gettext("Duid aan dat je de foto mag gebruiken en dat wie herkenbaar is, akkoord gaat."))
    safe = read_photo(data)
    for width, content in safe.files.items():
        _keep(f"{safe.digest}-{width}.jpg", content)
    now = timezone.now()
    with transaction.atomic():
        standing = models.Photo.objects.select_for_update().filter(organisation_key=organisation_key, removed_at=None)
        same = standing.filter(digest=safe.digest).first()
        if same is None and standing.count() >= MOST:
            raise InvalidInput(gettext("Er staan al %(most)s foto's. Haal er eerst een weg.") % {"most": MOST})
        row = same or models.Photo(
            organisation_key=organisation_key,
            digest=safe.digest,
            width=safe.width,
            height=safe.height,
            author=author,
            added_at=now,
            rights_confirmed_at=now,
            shown=register.upkeep_rules().owner_edits is OwnerEdits.AT_ONCE,
        )
        row.alt = alt
        row.save()
        _log("photo-add", row, author, body)
    return _photo(row)


def remove_photo(number: int, *, organisation_key: str, author: User | None, body: str = "") -> None:
    """Take a photo away: from now on nobody gets it. Raises `InvalidInput` when it is not of this organisation."""
    with transaction.atomic():
        row = models.Photo.objects.filter(pk=number, organisation_key=organisation_key, removed_at=None).first()
        if row is None:
            raise InvalidInput(gettext("Deze foto staat er niet (meer)."))
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        _log("photo-remove", row, author, body)


def decide_photo(number: int, *, accept: bool, reason: str = "", by: User, body: str) -> None:
    """An editor looked at a photo that waits; who sent it gets a letter.

    Raises `InvalidInput` when somebody decided before, or without a reason for a refusal.
    """
    reason = reason.replace("\0", "").strip()[:2000]
    if not accept and not reason:
        raise InvalidInput(gettext("Schrijf waarom je deze foto weigert."))
    with transaction.atomic():
        row = models.Photo.objects.filter(pk=number, shown=False, removed_at=None).first()
        if row is None:
            raise InvalidInput(gettext("Over deze foto is al beslist."))
        row.shown, row.reason = accept, reason
        row.removed_at = None if accept else timezone.now()
        row.save()
        _log("photo-accept" if accept else "photo-reject", row, by, body)
        _tell(row, accept, reason)


def list_photos(organisation_key: str, *, only_shown: bool = True) -> tuple[Photo, ...]:
    """The photos of one organisation, oldest first."""
    rows = models.Photo.objects.filter(organisation_key=organisation_key, removed_at=None)
    return tuple(_photo(row) for row in (rows.filter(shown=True) if only_shown else rows))


def list_waiting_photos() -> tuple[Photo, ...]:
    """Photos that an editor has to look at, oldest first."""
    return tuple(_photo(row) for row in models.Photo.objects.filter(shown=False, removed_at=None))


def photo_file(digest: str, width: int) -> Path | None:
    """The file of a photo that stands in the register; `None` when it does not, or was taken away."""
    name = f"{digest}-{width}.jpg"
    if not _NAME.fullmatch(name) or not models.Photo.objects.filter(digest=digest, removed_at=None).exists():
        return None
    file = folder() / digest[:2] / name
    return file if file.is_file() else None


def is_public(digest: str) -> bool:
    """Whether visitors may see it: one that waits is only for who may edit."""
    return models.Photo.objects.filter(digest=digest, removed_at=None, shown=True).exists()


def organisations_with(digest: str) -> tuple[str, ...]:
    """The organisations that have this photo."""
    rows = models.Photo.objects.filter(digest=digest, removed_at=None)
    return tuple(sorted(set(rows.values_list("organisation_key", flat=True))))


def stored_files() -> Iterator[tuple[str, Path]]:
    """Name and file of every photo that is still there, for the back-up."""
    for digest in models.Photo.objects.filter(removed_at=None).order_by("digest").values_list("digest", flat=True):
        for file in sorted((folder() / digest[:2]).glob(f"{digest}-*.jpg")):
            yield file.name, file


def restore_file(name: str, content: bytes) -> None:
    """Put one file of a back-up back. Raises `InvalidInput` for a name that is none of ours."""
    if not _NAME.fullmatch(name):
        raise InvalidInput(f"{name!r} is geen naam van een foto.")
    _keep(name, content)


def sweep(now: datetime) -> int:
    """Remove the files that no photo names any more, one day after they were written; returns how many."""
    known = set(models.Photo.objects.filter(removed_at=None).values_list("digest", flat=True))
    gone = [file for file in _files() if file.name[:64] not in known and _age_hours(file, now) > 24]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


def _files() -> Iterable[Path]:
    return sorted(folder().glob("*/*.jpg"))


def _age_hours(file: Path, now: datetime) -> float:
    with contextlib.suppress(FileNotFoundError):  # somebody else swept it: no age, nothing to do
        return (now.timestamp() - file.stat().st_mtime) / 3600
    return 0.0


def _keep(name: str, content: bytes) -> None:
    """Whole or not at all; the same name is the same content."""
    target = folder() / name[:2] / name
    if target.is_file() and target.stat().st_size == len(content):
        os.utime(target)  # young again, so that the sweep leaves it until the row is there
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".photo-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _tell(row: models.Photo, accept: bool, reason: str) -> None:
    author = row.author
    if author is None or not author.is_active:
        return
    slug = register.resolve_slug(row.organisation_key) or row.organisation_key
    with override(author.language):
        context: dict[str, Json] = {
            "name": register.list_names([slug]).get(slug, slug),
            "accepted": accept,
            "alt": row.alt,
            "reason": reason,
            "edit": reverse("profile_photos", kwargs={"slug": slug}),
        }
    key = f"photo-decided:{row.pk}"
    enqueue(key=key, to=author.email, kind="photo-decided", context=context, language=author.language)


def _log(action: str, row: models.Photo, actor: User | None, body: str) -> None:
    log.record(action, row.organisation_key, actor=actor, body=body, details={"photo": row.pk})


def _photo(row: models.Photo) -> Photo:
    return Photo(row.pk, row.organisation_key, row.digest, row.width, row.height, row.alt, row.shown, row.added_at)
