"""Photos: adding and removing them, and the files themselves."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from schakel.core.errors import InvalidInput
from schakel.core.permissions import Action, may
from schakel.pages.access import actor, requires
from schakel.pages.bodies import organisation_target
from schakel.pages.presenters.profile.photos import PhotoForm, photo_fault, present_photos, upload_faults
from schakel.pages.profile_edit import record_of, target_of, voice_of
from schakel.upkeep import photos
from schakel.upkeep.picture import MOST_BYTES


@requires(Action.EDIT_PROFILE, target_of)
def edit_photos(request: HttpRequest, slug: str) -> HttpResponse:
    """The photos of an organisation, with a form to add one."""
    form = PhotoForm()
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, slug)
    if request.method == "POST":
        form = _add(request, slug)
        if not form.faults:
            messages.success(request, gettext("De foto is bewaard."))
            return HttpResponseRedirect(reverse("profile_photos", kwargs={"slug": slug}))
    page = present_photos(record_of(slug), photos.list_photos(slug, only_shown=False), form)
    return render(request, "pages/profile_photos.html", {"page": page}, status=400 if form.faults else 200)


def _add(request: HttpRequest, slug: str) -> PhotoForm:
    sent = request.FILES.get("photo")
    form = upload_faults(request.POST, sent if isinstance(sent, UploadedFile) else None)
    if form.faults or not isinstance(sent, UploadedFile):
        return form
    voice = voice_of(request, slug)
    data = sent.read(MOST_BYTES + 1)
    try:
        photos.add_photo(slug, data, alt=form.alt, rights=form.rights, author=voice.author, body=voice.body)
    except InvalidInput as refusal:
        return photo_fault(form, refusal)
    return form


def _remove(request: HttpRequest, slug: str) -> HttpResponse:
    voice, number = voice_of(request, slug), request.POST.get("remove", "")
    try:
        photos.remove_photo(
            int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0,
            organisation_key=slug,
            author=voice.author,
            body=voice.body,
        )
    except InvalidInput as refusal:
        raise Http404 from refusal
    messages.success(request, gettext("De foto is weg."))
    return HttpResponseRedirect(reverse("profile_photos", kwargs={"slug": slug}))


@require_safe
def photo(request: HttpRequest, digest: str, width: int) -> HttpResponse:
    """One file. One that waits for review only for who may edit or review it; one taken away for nobody."""
    file = photos.photo_file(digest, width)
    public = file is not None and photos.is_public(digest)
    if file is None or not (public or _may_see(request, digest)):
        raise Http404
    response = HttpResponse(file.read_bytes(), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _may_see(request: HttpRequest, digest: str) -> bool:
    targets = (organisation_target(slug) for slug in photos.organisations_with(digest))
    return any(target is not None and may(actor(request), Action.EDIT_PROFILE, target) for target in targets)
