"""The link in a letter that asks whether a profile still holds. Opening it changes nothing: only the button does."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from schakel.core.errors import InvalidInput
from schakel.pages.fresh import personal
from schakel.pages.presenters.organisation import present_organisation
from schakel.pages.standing import standing
from schakel.register import read
from schakel.upkeep.asking import answer, read_link


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def confirm_profile(request: HttpRequest, token: str) -> HttpResponse:
    """Show what stands there with one button; POST confirms, once. An old or altered link says so, with a way on."""
    try:
        slug, answered = read_link(token)
        slug = read.resolve_slug(slug) or slug
        done = request.method == "POST" and (answer(token) or True)
    except InvalidInput as refusal:
        return render(request, "pages/confirm_gone.html", {"reason": str(refusal)}, status=410)
    record = read.get_organisation(slug)
    if record is None:
        return render(request, "pages/confirm_gone.html", {"reason": ""}, status=410)
    page = present_organisation(record, tasks=(), initiatives=(), region=standing(request), today=timezone.localdate())
    edit = reverse("profile", kwargs={"slug": slug})
    context = {"page": page, "done": done, "answered": answered, "token": token, "edit": edit}
    # No stricter Referrer-Policy than that of the site (same-origin: no other site sees the key in the address): with
    # "no-referrer" a browser sends the form with "Origin: null", and it is refused.
    return render(request, "pages/confirm.html", context)
