"""The slow and obvious twin of the flat tables: the same rows, from the records that pages read, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from schakel.core.identifiers import format_ondernemingsnummer, format_vestigingseenheidsnummer
from schakel.core.model import (
    FINDABLE,
    EstablishmentRecord,
    OfferRecord,
    OrganisationRecord,
    SubRecord,
)
from schakel.core.taxonomy import services
from schakel.exports.about import About
from schakel.exports.columns import Table
from schakel.exports.facts import Facts, number, said_by, text, texts, value
from schakel.exports.tables import organisation_url
from schakel.wording.words import STATUSES

Cell: TypeAlias = str | int | float | None
BETWEEN = "; "  # several values in one cell
BETWEEN_SOURCES = " | "  # the source columns hold one part per statement, in the same order


_SERVICES = {service.code: service for service in services()}


def rows_of(table: Table, record: OrganisationRecord, about: About) -> Iterator[list[Cell]]:
    """The rows of one organisation in `table`, each with a cell per column of `columns.COLUMNS[table]`."""
    if table is Table.ORGANISATIONS:
        yield organisation_row(record, about)
    else:
        for offer in record.offers:
            yield offer_row(offer, record, about)


def organisation_row(record: OrganisationRecord, about: About) -> list[Cell]:
    """One organisation, with the address of its seat (else its first establishment) and its newest employment figures.

    Establishments that are closed or only announced give no address unless nothing of the organisation is open: then
    the row itself is not `live`.
    """
    facts = dict(record.facts.items())
    place, places = main_establishment(record)
    at: Facts = {} if place is None else dict(place.facts.items())
    year = record.employment[0] if record.employment else None
    used = [facts, at] if year is None else [facts, at, year.facts]
    return [
        record.slug,
        record.name,
        text(facts, "legal_name"),
        previous_names(facts),
        _number(facts, "ondernemingsnummer", format_ondernemingsnummer),
        BETWEEN.join(record.kinds),
        *_status(record.status, facts),
        None if record.succeeded_by is None else record.succeeded_by[0],
        text(facts, "description"),
        text(facts, "website"),
        text(facts, "email"),
        text(facts, "phone"),
        BETWEEN.join(texts(facts, "languages")) or None,
        BETWEEN.join(sorted({offer.service for offer in record.offers if offer.status in FINDABLE})) or None,
        None if place is None else place.key,
        places,
        _number(at, "vestigingseenheidsnummer", format_vestigingseenheidsnummer),
        text(at, "street"),
        text(at, "house_number"),
        text(at, "postal_code"),
        text(at, "locality"),
        None if place is None else place.nis_code,
        _place_name(None if place is None else place.nis_code, about),
        *_point(place),
        BETWEEN.join(map(_recognition, record.recognitions)) or None,
        *_employment(year),
        record.newest_on,
        organisation_url(record.slug, about),
        *_sources(used, ("", "establishment.", "employment."), about),
    ]


def offer_row(offer: OfferRecord, record: OrganisationRecord, about: About) -> list[Cell]:
    """One offer; its status is never more alive than that of its organisation and establishment."""
    facts, codes = dict(offer.facts.items()), sorted(offer.area.nis_codes)
    service = _SERVICES.get(offer.service)
    return [
        offer.key,
        record.slug,
        record.name,
        record.status.value,
        offer.service,
        None if service is None else service.labels["nl"],
        None if service is None else service.theme,
        text(facts, "words"),
        BETWEEN.join(offer.customers) or None,
        *_status(offer.status, facts),
        offer.establishment,
        BETWEEN.join(codes) or None,
        BETWEEN.join(_place_name(code, about) or code for code in codes) or None,
        offer.area.words or None,
        offer.area.knowledge.value,
        number(facts, "capacity_amount"),
        text(facts, "capacity_unit"),
        text(facts, "capacity_from"),
        organisation_url(record.slug, about),
        *_sources([facts], ("",), about),
    ]


def main_establishment(record: OrganisationRecord) -> tuple[EstablishmentRecord | None, int]:
    """The establishment whose address stands for the organisation, and how many are open today."""
    places = [place for place in record.establishments if place.status in FINDABLE]
    if places:
        return places[0], len(places)  # the reader puts the seat first
    gone = record.establishments if record.status not in FINDABLE else ()
    return (gone[0] if gone else None), 0


def previous_names(facts: Facts) -> str | None:
    """Earlier names as `name@until`."""
    found = value(facts, "previous_names")
    parts = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return (
        BETWEEN.join(f"{part['name']}@{part['until']}" if part.get("until") else str(part["name"]) for part in parts)
        or None
    )


def _number(facts: Facts, name: str, shown: Callable[[str], str]) -> str | None:
    found = text(facts, name)
    return None if found is None else shown(found)


def _place_name(nis_code: str | None, about: About) -> str | None:
    return about.places[nis_code][1] if nis_code is not None and nis_code in about.places else None


def _status(status: str, facts: Facts) -> tuple[Cell, ...]:
    return (str(status), STATUSES[status], text(facts, "status_note"), text(facts, "status_date"))


def _point(place: EstablishmentRecord | None) -> tuple[Cell, ...]:
    if place is None or place.point is None:
        return (None, None, "unknown")
    return (place.point.lat, place.point.lon, place.point.precision.value)


def _recognition(item: SubRecord) -> str:
    since, until = text(item.facts, "valid_from"), text(item.facts, "valid_until")
    period = f" ({since or '?'} - {until or '?'})" if since or until else ""
    return f"{text(item.facts, 'law')}{period}"


def _employment(year: SubRecord | None) -> tuple[Cell, ...]:
    if year is None:
        return (None, None, None, "unknown")
    known = "minimum" if value(year.facts, "is_minimum") else "exact"
    return (number(year.facts, "fte"), number(year.facts, "headcount"), int(year.key.rsplit("/", 1)[1]), known)


def _sources(facts: Sequence[Facts], prefixes: Sequence[str], about: About) -> tuple[Cell, ...]:
    said = said_by(facts, prefixes)
    return (
        BETWEEN_SOURCES.join(origin.source for origin, _ in said),
        BETWEEN_SOURCES.join(" ".join(names) for _, names in said),
        BETWEEN_SOURCES.join(origin.url for origin, _ in said),
        BETWEEN_SOURCES.join(origin.stated_on or "" for origin, _ in said),
        BETWEEN_SOURCES.join("yes" if origin.verified else "no" for origin, _ in said),
        "yes" if about.is_synthetic({origin.source for origin, _ in said}) else "no",
        *_file_cells(about.region, about.licence, about.made_at, about.run),
    )


@lru_cache(maxsize=8)
def _file_cells(region: str, licence: str, made_at: datetime, run: int | None) -> tuple[Cell, ...]:
    return (region, licence, made_at.isoformat(timespec="seconds"), run)
