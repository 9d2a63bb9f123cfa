"""Municipalities, clusters, organisations and reports about them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from schakel.analyses.read import blind_spots
from schakel.cooperation.write import report_problem
from schakel.core.model import Municipality, OrganisationRecord
from schakel.pages import mylist
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import personal, settled, settled_by_run, site_address
from schakel.pages.presenters.cluster import present_cluster
from schakel.pages.presenters.municipality import (
    MunicipalityFacts,
    MunicipalitySupply,
    present_municipalities,
    present_municipality,
)
from schakel.pages.presenters.open_data import linked_data
from schakel.pages.presenters.organisation import present_organisation
from schakel.pages.presenters.profile.photos import photo_views
from schakel.pages.presenters.report import ReportForm, read_report, report_form, report_notice
from schakel.pages.presenters.social import social_of
from schakel.pages.standing import Standing, standing
from schakel.pages.stops import near_stops
from schakel.pages.supply import organisations_by_municipality
from schakel.pages.views.maps import located_in, places_in, with_map
from schakel.register import read
from schakel.search.query import SearchQuery
from schakel.search.service import search, servers_by_service
from schakel.upkeep.photos import list_photos

NAMES_PER_SERVICE = 24
INITIATIVES = 500


@settled
def municipalities(request: HttpRequest) -> HttpResponse:
    """All municipalities of the region."""
    region = standing(request)
    page = present_municipalities(organisations_by_municipality(region), region=region, today=timezone.localdate())
    return render(request, "pages/municipalities.html", {"page": page})


@with_map
@settled_by_run
@refuses_plainly
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """One municipality; its NIS code leads to its own address."""
    place = read.get_municipality(slug)
    if place is None:
        raise Http404
    if place.slug != slug:
        return HttpResponsePermanentRedirect(reverse("municipality", kwargs={"slug": place.slug}))
    region = standing(request)
    supply = _supply(place, region)
    today = timezone.localdate()
    page = present_municipality(
        place, supply, _facts(place), region=region, today=today, grid=blind_spots(), stops=near_stops(region)
    )
    social = social_of("municipality", place.slug, page.name, page.lead)
    return render(request, "pages/municipality.html", {"page": page, "social": social})


def _supply(place: Municipality, region: Standing) -> MunicipalitySupply:
    """Who serves it and who is located there: two searches and one pass over the index."""
    here = (place.nis_code,)
    overall = search(SearchQuery(municipality=here, size=1))
    servers = servers_by_service(place.nis_code, NAMES_PER_SERVICE)
    by_service = {
        service: servers[service]  # what most offer comes first
        for service in overall.facets.get("service", {})
        if service in servers
    }
    located = located_in(place)
    slugs = [*(hit.slug for hit in located.hits), *(one.slug for found in by_service.values() for one in found)]
    everywhere = organisations_by_municipality(region)
    places = places_in(place, located)
    return MunicipalitySupply(overall, by_service, located, read.list_names(slugs), everywhere, places)


def _facts(place: Municipality) -> MunicipalityFacts:
    nis_code = place.nis_code
    return MunicipalityFacts(
        tasks=read.list_tasks(nis_code),
        initiatives=read.list_initiatives(nis_code, size=INITIATIVES).items,
        partners=read.list_partners(nis_code),
        figures=read.list_figures(nis_code),
        negatives=read.list_negative_statements(nis_code),
    )


@settled
def cluster(request: HttpRequest, slug: str) -> HttpResponse:
    """One cluster."""
    found = read.get_cluster(slug)
    if found is None:
        raise Http404
    page = present_cluster(found, region=standing(request), today=timezone.localdate())
    return render(request, "pages/cluster.html", {"page": page})


@require_safe
@personal
@with_map
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation; a slug that was merged leads to what it became."""
    record = read.get_organisation(slug)
    if record is None:
        today = read.resolve_slug(slug)
        if today is None:
            raise Http404
        return HttpResponsePermanentRedirect(reverse("organisation", kwargs={"slug": today}))
    return _organisation(request, record, report_form(slug), said="gemeld" in request.GET)


def _organisation(request: HttpRequest, record: OrganisationRecord, form: ReportForm, *, said: bool) -> HttpResponse:
    region = standing(request)
    page = present_organisation(
        record,
        tasks=read.list_tasks(organisation=record.slug),
        initiatives=read.list_initiatives(size=INITIATIVES, organisation=record.slug).items,
        whereabouts=read.list_places([record.slug]),
        region=region,
        today=timezone.localdate(),
        rules=region.keep("upkeep_rules", read.upkeep_rules),
    )
    context = {
        "page": page,
        "social": social_of("organisation", record.slug, page.name, page.description or page.kinds),
        "linked": linked_data(record, region, site_address(request)),
        "report": form,
        "said": report_notice() if said else None,
        "photos": photo_views(list_photos(record.slug)),
        "on_list": record.slug in mylist.slugs(request),
    }
    return render(request, "pages/organisation.html", context, status=400 if form.fault else 200)


@require_POST
@personal
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """ "Something is wrong here": kept without a trace of who said it, unless they want an answer."""
    record = read.get_organisation(slug)
    if record is None:
        raise Http404
    form = read_report(slug, request.POST)
    if form.fault:
        return _organisation(request, record, form, said=False)
    if not form.is_machine:
        language = get_language() or "nl"
        report_problem(slug, form.field, form.text, proposed=form.proposed, email=form.email, language=language)
    return HttpResponseRedirect(reverse("organisation", kwargs={"slug": slug}) + "?gemeld=1#inhoud")
