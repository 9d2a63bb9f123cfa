"""The forms of an own profile, one function per part: which thing, which questions, what comes along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from schakel.core.model import EntityKind, Json, OfferRecord, OrganisationRecord
from schakel.pages.presenters.facts import text_of
from schakel.pages.presenters.profile.area import present_area, radius_fault, read_area
from schakel.pages.presenters.profile.form import ProfileForm
from schakel.pages.presenters.profile.hours import present_hours, read_hours
from schakel.pages.presenters.profile.inputs import about_inputs, contact_inputs, offer_inputs, people_inputs
from schakel.pages.presenters.profile.overview import OURS
from schakel.pages.profile_edit import Extend, Task
from schakel.pages.standing import Standing
from schakel.register import read
from schakel.register.write import first_free
from schakel.wording import words

OLDEST_YEARS = 10  # employment figures can be added for so many years back


def contact_task(record: OrganisationRecord) -> Task:
    """How people reach them."""
    lead = gettext("Hoe bereiken mensen jullie? Wat je leeg laat, staat als 'niet bekend'.")
    return Task(EntityKind.ORGANISATION, record.slug, gettext("Contact"), lead, contact_inputs(), record.facts)


def about_task(record: OrganisationRecord) -> Task:
    """Who they are."""
    lead = gettext("Dit lezen mensen als eerste. Schrijf zoals je het aan de telefoon zou zeggen.")
    return Task(EntityKind.ORGANISATION, record.slug, gettext("Wie jullie zijn"), lead, about_inputs(), record.facts)


def new_offer_task(record: OrganisationRecord, region: Standing, today: date) -> Task:
    """Something new."""
    places = tuple(place for place in record.establishments if place.status in OURS)
    return Task(
        EntityKind.OFFER,
        first_free(f"{record.slug}/aanbod"),
        gettext("Nieuw aanbod"),
        gettext("Eén ding dat jullie doen. Doen jullie nog iets anders? Voeg daarna nog een aanbod toe."),
        offer_inputs(places, new=True, today=today, capacity_from=""),
        extend=_area(record, None, region),
        template="pages/profile_offer.html",
    )


def offer_task(request: HttpRequest, record: OrganisationRecord, key: str, region: Standing, today: date) -> Task:
    """One thing they do; the button that ends it states that it stopped."""
    offer = next((one for one in record.offers if one.key == key and one.status in OURS), None)
    if offer is None:
        raise Http404
    places = tuple(place for place in record.establishments if place.status in OURS)
    stopping = request.method == "POST" and "stop" in request.POST
    inputs = offer_inputs(places, new=False, today=today, capacity_from=text_of(offer.facts, "capacity_from"))
    stopped: dict[str, Json] = {"status": "closed", "status_date": today.isoformat()}
    return Task(
        EntityKind.OFFER,
        key,
        words.service_label(offer.service),
        gettext("Wat je hier verandert, geldt voor dit ene aanbod."),
        () if stopping else inputs,
        offer.facts,
        always=stopped if stopping else {},
        extend=None if stopping else _area(record, offer, region),
        template="pages/profile_offer.html",
        stop=gettext("Dit doen we niet meer"),
    )


def hours_task(record: OrganisationRecord, key: str) -> Task:
    """When one establishment is open."""
    place = next((one for one in record.establishments if one.key == key and one.status in OURS), None)
    if place is None:
        raise Http404
    known = place.facts["opening_hours"].value if "opening_hours" in place.facts else None

    def extend(request: HttpRequest, form: ProfileForm, values: dict[str, Json]) -> ProfileForm:
        if request.method != "POST":
            return replace(form, extra={"days": present_hours(known)})
        days, value = read_hours(request.POST)
        values["opening_hours"] = value
        fault = gettext("Kijk de uren na van wat hieronder rood staat.") if any(day.fault for day in days) else ""
        return replace(form, extra={"days": days}, fault=fault)

    name = text_of(place.facts, "name") or text_of(place.facts, "locality") or record.name
    return Task(
        EntityKind.ESTABLISHMENT,
        key,
        gettext("Openingsuren: %(place)s") % {"place": name},
        gettext("Laat een dag leeg als jullie dan gesloten zijn."),
        (),
        place.facts,
        extend=extend,
        template="pages/profile_hours.html",
    )


def people_task(record: OrganisationRecord, year: int, today: date) -> Task:
    """Who worked there in one year."""
    if not today.year - OLDEST_YEARS <= year <= today.year:
        raise Http404
    key = f"{record.slug}/{year}"
    known = next((item for item in record.employment if item.key == key), None)
    lead = gettext("Alleen totalen, geen namen. De streek gebruikt dit om te tonen hoeveel jobs er zijn.")
    title = gettext("Mensen aan het werk in %(year)s") % {"year": year}
    return Task(EntityKind.EMPLOYMENT, key, title, lead, people_inputs(), known.facts if known else {})


def _area(record: OrganisationRecord, offer: OfferRecord | None, region: Standing) -> Extend:
    """The area as boxes: from what is stated, or as it was sent, with what it comes to."""

    def extend(request: HttpRequest, form: ProfileForm, values: dict[str, Json]) -> ProfileForm:
        stated = offer.facts["area"].value if offer is not None and "area" in offer.facts else None
        tokens = [str(token) for token in stated] if isinstance(stated, list) else []
        fault = ""
        if request.method == "POST":
            tokens = read_area(request.POST)
            fault = radius_fault(tokens)
            values["area"] = list[Json](tokens) or None
        service = str(values.get("service") or (offer.service if offer else "") or "")
        place = values.get("establishment", offer.establishment if offer else None)
        resolved = read.resolve_stated(record.slug, [] if fault else tokens, service, str(place) if place else None)
        choice = present_area(tokens, resolved, region, fault=fault)
        return replace(form, extra={"area": choice}, fault=form.fault or fault)

    return extend
