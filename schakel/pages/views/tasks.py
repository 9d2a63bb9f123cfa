"""The tasks of a local government: the list, one municipality, and one page on paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from schakel.cooperation.tasks import TaskCatalogue, task_catalogue
from schakel.core.model import Municipality
from schakel.documents.tasks import build_tasks_case
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import settled, site_address
from schakel.pages.presenters.tasks import present_tasks_page, read_chosen
from schakel.pages.standing import standing
from schakel.register import read


@settled
def tasks(request: HttpRequest) -> HttpResponse:
    """Every task, by theme."""
    return _page(request, None)


@settled
@refuses_plainly
def tasks_place(request: HttpRequest, slug: str) -> HttpResponse:
    """The tasks seen from one municipality; its NIS code leads to its own address."""
    place = _place(slug)
    if place.slug != slug:
        return HttpResponsePermanentRedirect(reverse("tasks_place", kwargs={"slug": place.slug}))
    return _page(request, place)


@settled
@refuses_plainly
def tasks_case(request: HttpRequest, slug: str) -> HttpResponse:
    """One page to print: what neighbours let a social enterprise do, and who could."""
    place, today = _place(slug), timezone.localdate()
    found = task_catalogue(place, today)
    content = build_tasks_case(
        place, found, names=_names(found), language=get_language() or "nl", on=today, base_url=site_address(request)
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="taken-{place.slug}.pdf"'
    return response


def _page(request: HttpRequest, place: Municipality | None) -> HttpResponse:
    today = timezone.localdate()
    found = task_catalogue(place, today)
    page = present_tasks_page(
        found, read_chosen(request.GET), _names(found), place=place, region=standing(request), today=today
    )
    return render(request, "pages/tasks.html", {"page": page})


def _names(found: TaskCatalogue) -> dict[str, str]:
    slugs = {one.slug for task in found.tasks for one in task.candidates}
    slugs |= {miss.slug for task in found.tasks for miss in task.near}
    return dict(read.list_names([*slugs, *(one.organisation for one in found.published.values() if one.organisation)]))


def _place(slug: str) -> Municipality:
    place = read.get_municipality(slug)
    if place is None:
        raise Http404
    return place
