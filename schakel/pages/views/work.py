"""The own work place of whoever signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from schakel.pages.access import actor, requires
from schakel.pages.presenters.work import present_work
from schakel.pages.standing import standing


@require_safe
@requires()
def my_work(request: HttpRequest) -> HttpResponse:
    """What this person may do, and what waits."""
    page = present_work(actor(request), str(request.user), region=standing(request), today=timezone.localdate())
    return render(request, "pages/work.html", {"page": page})
