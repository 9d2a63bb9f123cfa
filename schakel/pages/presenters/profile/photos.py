"""The page with the photos of an organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.errors import InvalidInput
from schakel.core.model import OrganisationRecord
from schakel.pages.presenters.blocks import Link, crumbs
from schakel.upkeep.photos import LONGEST_ALT, MOST, Photo
from schakel.upkeep.picture import MOST_BYTES, SMALLEST, PhotoRefused


@dataclass(frozen=True, slots=True)
class PhotoForm:
    """What was sent; `faults`: field (photo, alt, rights) -> what to do."""

    alt: str = ""
    rights: bool = False
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhotoView:
    """One photo with the addresses of its sizes."""

    number: int
    small: str
    sources: str
    width: int
    height: int
    alt: str
    shown: bool


@dataclass(frozen=True, slots=True)
class PhotosPage:
    """Everything `pages/profile_photos.html` shows."""

    slug: str
    name: str
    photos: tuple[PhotoView, ...]
    room: int
    most_mb: int
    form: PhotoForm
    crumbs: tuple[Link, ...]


def present_photos(record: OrganisationRecord, photos: Sequence[Photo], form: PhotoForm) -> PhotosPage:
    """The photos and the form."""
    return PhotosPage(
        slug=record.slug,
        name=record.name,
        photos=photo_views(photos),
        room=MOST - len(photos),
        most_mb=MOST_BYTES // 1024**2,
        form=form,
        crumbs=crumbs((record.name, reverse("profile", kwargs={"slug": record.slug})), page=gettext("Foto's")),
    )


def photo_views(photos: Sequence[Photo]) -> tuple[PhotoView, ...]:
    """Photos with their addresses, a small one for phones."""
    found = []
    for photo in photos:
        addresses = {width: reverse("photo", kwargs={"digest": photo.digest, "width": width}) for width in photo.widths}
        found.append(
            PhotoView(
                number=photo.number,
                small=addresses[photo.widths[0]],
                sources=", ".join(f"{href} {width}w" for width, href in addresses.items()),
                width=photo.width,
                height=photo.height,
                alt=photo.alt,
                shown=photo.shown,
            )
        )
    return tuple(found)


def upload_faults(posted: Mapping[str, str], sent: UploadedFile[Any] | None) -> PhotoForm:
    """The form as it was sent, with what is missing."""
    form = PhotoForm(" ".join(posted.get("alt", "").replace("\0", "").split()), posted.get("rights") == "yes")
    faults: dict[str, str] = {}
    if sent is None:
        faults["photo"] = gettext("Kies een foto.")
    elif (sent.size or 0) > MOST_BYTES:
        faults["photo"] = gettext("Deze foto is te groot. Hoogstens %(most)s MB kan.") % {"most": MOST_BYTES // 1024**2}
    if not 3 <= len(form.alt) <= LONGEST_ALT:
        faults["alt"] = gettext("Schrijf in een paar woorden wat er te zien is.")
    if not form.rights:
        faults["rights"] = gettext("Zonder dit kunnen we de foto niet tonen.")
    return replace(form, faults=faults)


def photo_fault(form: PhotoForm, refusal: InvalidInput) -> PhotoForm:
    """The form after the photo was refused, in the language of the page."""
    told = {
        "small": gettext("Deze foto is te klein: minstens %(least)s pixels breed of hoog.") % {"least": SMALLEST},
        "large": gettext("Deze foto is te groot. Hoogstens %(most)s MB kan.") % {"most": MOST_BYTES // 1024**2},
        "kind": gettext("Dit is geen foto die we kunnen tonen. Kies een JPEG, PNG of WebP."),
        "pixels": gettext("Deze foto heeft te veel pixels. Maak ze kleiner en probeer opnieuw."),
        "broken": gettext("Dit bestand is beschadigd of geen foto. Probeer een andere."),
    }
    words = told[refusal.code] if isinstance(refusal, PhotoRefused) else str(refusal)
    return replace(form, faults={"photo": words})
