"""One organisation: every fact with where it comes from, how old it is and whether it was checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.model import (
    FINDABLE,
    EstablishmentRecord,
    LifeStatus,
    OfferRecord,
    OrganisationRecord,
    SubRecord,
)
from schakel.core.upkeep import Rules, State, assess
from schakel.pages.presenters.blocks import Empty, Link, Notice, Sign, area_sign, crumbs, status_sign
from schakel.pages.presenters.employment import EmploymentTable, present_employment
from schakel.pages.presenters.facts import FactRow, Value, fact_row, note_of, number_of, opening_hours, text_of
from schakel.pages.presenters.items import Item, present_initiatives, present_tasks
from schakel.pages.presenters.map import MapBlock, present_places
from schakel.pages.presenters.notes import Note, Notebook
from schakel.pages.standing import Standing
from schakel.register.read import Initiative, Place, Task
from schakel.wording import words
from schakel.wording.dates import date_words, number_words

CONTACT = ("phone", "email", "website")
IDENTITY = ("legal_name", "previous_names", "ondernemingsnummer", "kinds", "languages")


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer as the page shows it."""

    icon: str
    label: str
    href: str
    words: str
    status: Sign | None
    status_note: str
    customers: str
    delivered: str
    area: Sign
    area_words: str
    area_note: Note | None
    place: str
    capacity: str
    note: Note | None


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One establishment."""

    name: str
    status: Sign | None
    status_note: str
    address: str
    municipality: Link | None
    precision: str
    hours: tuple[Value, ...]
    number: str
    replaced_by: str
    note: Note | None


@dataclass(frozen=True, slots=True)
class RecognitionLine:
    """One recognition: which law, for the whole organisation or one establishment, since when."""

    law: str
    href: str
    scope: str
    period: str
    status: Sign | None
    note: Note | None


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """Everything `pages/organisation.html` shows."""

    slug: str
    name: str
    kinds: str
    status: Sign | None
    notices: tuple[Notice, ...]
    description: str
    description_note: Note | None
    contact: tuple[FactRow, ...]
    identity: tuple[FactRow, ...]
    offers: tuple[OfferLine, ...]
    past_offers: tuple[OfferLine, ...]
    no_offers: Empty
    places: tuple[PlaceLine, ...]
    map: MapBlock | None
    recognitions: tuple[RecognitionLine, ...]
    employment: EmploymentTable | None
    tasks: tuple[Item, ...]
    initiatives: tuple[Item, ...]
    merged: str
    notes: tuple[Note, ...]
    newest: str
    crumbs: tuple[Link, ...]


def present_organisation(
    record: OrganisationRecord,
    *,
    tasks: Sequence[Task],
    initiatives: Sequence[Initiative],
    region: Standing,
    today: date,
    whereabouts: Sequence[Place] = (),
    rules: Rules | None = None,
) -> OrganisationPage:
    """The page of one organisation. `tasks` and `initiatives` are those that name it.

    `whereabouts`: where it can be found today, for a map; without them there is none.
    `rules`: from how many months without news the region marks it as old; those of Schakel when left out.
    """
    notebook = Notebook(today)
    places = {place.key: place for place in record.establishments}
    description_note = note_of(record.facts, "description", notebook)
    contact = tuple(fact_row(record.facts, field, notebook) for field in CONTACT)
    offers = _offers((offer for offer in record.offers if offer.status in FINDABLE), places, region, notebook)
    past = _offers((offer for offer in record.offers if offer.status not in FINDABLE), places, region, notebook)
    return OrganisationPage(
        slug=record.slug,
        name=record.name,
        kinds=words.words(words.KINDS, record.kinds),
        status=status_sign(record.status),
        notices=_notices(record, today, rules or Rules()),
        description=text_of(record.facts, "description"),
        description_note=description_note,
        contact=contact,
        offers=offers,
        past_offers=past,
        no_offers=Empty(
            gettext("We kennen van deze organisatie geen aanbod van vandaag."),
            gettext("Dat wil niet zeggen dat er geen is. Vraag het aan de organisatie zelf."),
        ),
        places=tuple(_place(place, region, notebook) for place in record.establishments),
        map=_map(record, whereabouts, region),
        recognitions=tuple(_recognition(row, places, notebook) for row in record.recognitions),
        identity=tuple(fact_row(record.facts, field, notebook) for field in IDENTITY),
        employment=present_employment(record.employment, notebook),
        tasks=present_tasks(tasks, region, notebook, with_municipality=True),
        initiatives=present_initiatives(initiatives, region, notebook),
        merged=", ".join(record.merged_from),
        notes=notebook.all(),
        newest=date_words(record.newest_on) if record.newest_on else "",
        crumbs=crumbs((gettext("Gids"), reverse("guide")), page=record.name),
    )


def _notices(record: OrganisationRecord, today: date, rules: Rules) -> tuple[Notice, ...]:
    found: list[Notice] = []
    note = text_of(record.facts, "status_note")
    since = text_of(record.facts, "status_date")
    after: tuple[Link, ...] = ()
    if record.succeeded_by:
        slug, name = record.succeeded_by
        label = gettext("In de plaats kwam: %(name)s") % {"name": name}
        after = (Link(label, reverse("organisation", kwargs={"slug": slug})),)
    if record.status != LifeStatus.LIVE or after:
        title = words.word(words.STATUSES, record.status) if record.status != LifeStatus.LIVE else gettext("Veranderd")
        if since:
            title = f"{title} ({date_words(since)})"
        found.append(Notice("attention", title, note, after))
    if record.status in FINDABLE and record.newest_on and assess(record.newest_on, (), rules, today).state is State.OLD:
        found.append(
            Notice(
                "info",
                gettext("Dit is lang niet bevestigd"),
                gettext(
                    "De jongste bron over deze organisatie is van %(date)s. "
                    "Bel of mail voor je rekent op wat hier staat."
                )
                % {"date": date_words(record.newest_on)},
            )
        )
    return tuple(found)


def _offers(
    offers: Iterable[OfferRecord], places: dict[str, EstablishmentRecord], region: Standing, notebook: Notebook
) -> tuple[OfferLine, ...]:
    """The lines of offers; those that differ in nothing a reader sees but for whom they are, become one line."""
    found: dict[OfferLine, set[str]] = {}
    for offer in offers:
        found.setdefault(_offer(offer, places, region, notebook), set()).update(offer.customers)
    return tuple(replace(line, customers=_customers(customers)) for line, customers in found.items())


def _customers(codes: set[str]) -> str:
    known = [code for code in words.CUSTOMERS if code in codes]
    return words.words(words.CUSTOMERS, [*known, *sorted(codes - set(known))]).lower() or gettext(
        "niet bekend voor wie"
    )


def _offer(
    offer: OfferRecord, places: dict[str, EstablishmentRecord], region: Standing, notebook: Notebook
) -> OfferLine:
    place = places.get(offer.establishment or "")
    amount = number_of(offer.facts, "capacity_amount")
    capacity = ""
    if amount is not None:
        capacity = gettext("ongeveer %(amount)s %(unit)s") % {
            "amount": number_words(amount),
            "unit": words.word(words.UNITS, text_of(offer.facts, "capacity_unit")),
        }
    names = words.joined(sorted(region.place_name(code) for code in offer.area.nis_codes))
    theme = words.theme_of(offer.service)
    return OfferLine(
        icon=theme,
        label=words.service_label(offer.service),
        href=f"{reverse('guide')}?service={offer.service}",
        words=text_of(offer.facts, "words"),
        status=status_sign(offer.status),
        status_note=text_of(offer.facts, "status_note"),
        customers="",  # see `_offers`
        delivered=words.delivered_words(offer.service),
        area=area_sign(offer.area.knowledge),
        area_words=offer.area.words or names,
        area_note=note_of(offer.facts, "area", notebook),
        place=text_of(place.facts, "name") if place else "",
        capacity=capacity,
        note=note_of(offer.facts, "service", notebook),
    )


def _place(place: EstablishmentRecord, region: Standing, notebook: Notebook) -> PlaceLine:
    street = f"{text_of(place.facts, 'street')} {text_of(place.facts, 'house_number')}".strip()
    town = f"{text_of(place.facts, 'postal_code')} {text_of(place.facts, 'locality')}".strip()
    municipality = region.by_nis.get(place.nis_code or "")
    number = text_of(place.facts, "vestigingseenheidsnummer")
    note = next(
        (
            found
            for field in ("street", "postal_code", "locality", "name", "municipality", "nis_code")
            if (found := note_of(place.facts, field, notebook))
        ),
        None,
    )
    hours = place.facts.get("opening_hours")
    return PlaceLine(
        name=text_of(place.facts, "name"),
        status=status_sign(place.status),
        status_note=text_of(place.facts, "status_note"),
        address=", ".join(part for part in (street, town) if part),
        municipality=Link(municipality.name, reverse("municipality", kwargs={"slug": municipality.slug}))
        if municipality
        else None,
        precision=words.word(words.PRECISIONS, place.point.precision) if place.point else "",
        hours=opening_hours(hours.value) if hours else (),
        number=number,
        replaced_by=text_of(place.facts, "replaced_by"),
        note=note,
    )


def _map(record: OrganisationRecord, places: Sequence[Place], region: Standing) -> MapBlock | None:
    """Where it can be found today; None when no place is known, or it does not exist."""
    if not any(place.point is not None for place in places):
        return None
    href = reverse("map_organisation", kwargs={"slug": record.slug})
    return present_places(places, region=region, title=gettext("Kaart: waar je ze vindt"), points_href=href)


def _recognition(row: SubRecord, places: dict[str, EstablishmentRecord], notebook: Notebook) -> RecognitionLine:
    since, until = text_of(row.facts, "valid_from"), text_of(row.facts, "valid_until")
    place = places.get(text_of(row.facts, "establishment_key") or text_of(row.facts, "establishment"))
    period = gettext("sinds %(date)s") % {"date": date_words(since)} if since else gettext("begin niet bekend")
    if until:
        period += " " + gettext("tot %(date)s") % {"date": date_words(until)}
    law = text_of(row.facts, "law")
    status = text_of(row.facts, "status") or LifeStatus.LIVE.value
    return RecognitionLine(
        law=words.word(words.LAWS, law),
        href=f"{reverse('glossary')}#{law}",
        scope=gettext("alleen vestiging %(name)s") % {"name": text_of(place.facts, "name")}
        if place
        else gettext("hele organisatie"),
        period=period,
        status=status_sign(LifeStatus(status)),
        note=note_of(row.facts, "law", notebook),
    )
