"""The flat tables of the register: one row per thing, with where each row comes from.

An empty cell means "not known"; where a reader would take it for something else, the column beside it says why it is
empty. Rows are made of the plain rows of `register.read.iter_flat`: a table is often the whole register, and what it
costs to make a row counts a hundred thousand times.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any, TypeAlias, TypeVar

from schakel.core.identifiers import format_ondernemingsnummer, format_vestigingseenheidsnummer
from schakel.core.linkage.resolve import effective_status
from schakel.core.model import FINDABLE, EntityKind, LifeStatus
from schakel.core.taxonomy import services
from schakel.exports.about import About
from schakel.exports.cells import Cell
from schakel.exports.columns import Table
from schakel.register import read
from schakel.register.read import (
    Claim,
    FlatChunk,
    FlatEmployment,
    FlatEstablishment,
    FlatOffer,
    FlatOrganisation,
    FlatRecognition,
    Origin,
)
from schakel.wording.words import LAWS, STATUSES

Row: TypeAlias = list[Cell]
Belonging = TypeVar("Belonging", FlatEstablishment, FlatOffer, FlatRecognition, FlatEmployment)
Said: TypeAlias = Mapping[int, Origin]
BETWEEN = "; "  # several values in one cell
BETWEEN_SOURCES = " | "  # the source columns hold one part per statement, in the same order

_SERVICES = {service.code: service for service in services()}
_YES = ("1", "true")
_NO_PLACE = FlatEstablishment._make((0, "", "", *[None] * 11, "", "", None, None, "{}"))


def iter_rows(table: Table, about: About, slugs: Sequence[str] | None = None) -> Iterator[Row]:
    """The rows of `table`, each with a cell per column of `columns.COLUMNS[table]`.

    Of the whole register, or of the organisations in `slugs`, in that order. Memory does not grow with the register.
    """
    parts, rows = _TABLES[table]
    return chain.from_iterable(rows(chunk, about) for chunk in read.iter_flat(parts, slugs))


def _organisations(chunk: FlatChunk, about: About) -> Iterator[Row]:
    """Organisations, with the address of their seat (else their first establishment) and their newest employment.

    Establishments that are closed or only announced give no address unless nothing of the organisation is open: then
    the row itself is not `live`.
    """
    mains = {row.id: _main_establishment(row, chunk.establishments.get(row.id, ())) for row in chunk.organisations}
    years = {number: rows[0] for number, rows in chunk.employment.items()}
    offered = chunk.services()
    resting_on = {
        row.id: [*read.claims(row.provenance), *read.claims(mains[row.id][0].provenance, "establishment.")]
        for row in chunk.organisations
    }
    for number, year in years.items():
        resting_on[number] += read.claims(year.provenance, "employment.")
    said = _said(chunk, resting_on.values())
    for row in chunk.organisations:
        place, places = mains[row.id]
        yield [
            row.slug,
            row.name,
            row.legal_name or None,
            _previous_names(row.previous_names),
            format_ondernemingsnummer(row.ondernemingsnummer) if row.ondernemingsnummer else None,
            _joined(row.kinds),
            *_status(row),
            chunk.successors.get(row.succeeded_by or ""),
            row.description or None,
            row.website or None,
            row.email or None,
            row.phone or None,
            _joined(row.languages),
            BETWEEN.join(sorted(offered.get(row.id, ()))) or None,
            place.key or None,
            places,
            *_address(place, about),
            BETWEEN.join(map(_recognition, chunk.recognitions.get(row.id, ()))) or None,
            *_employment(years.get(row.id)),
            row.newest_on,
            organisation_url(row.slug, about),
            *_sources(resting_on[row.id], said, about),
        ]


def _offers(chunk: FlatChunk, about: About) -> Iterator[Row]:
    """Offers; the status of one is never more alive than that of its organisation and establishment."""
    for owner, row, sources in _belonging(chunk, chunk.offers, about):
        service, codes = _SERVICES.get(row.service), sorted(chunk.areas.get(row.area_id))
        yield [
            row.key,
            *_owner(owner),
            row.service,
            None if service is None else service.labels["nl"],
            None if service is None else service.theme,
            row.words or None,
            _joined(row.customers),
            *_status(row),
            row.establishment_key,
            BETWEEN.join(codes) or None,
            BETWEEN.join(_place_name(code, about) or code for code in codes) or None,
            row.area_words or None,
            row.area_knowledge,
            _number(row.capacity_amount),
            row.capacity_unit or None,
            row.capacity_from,
            organisation_url(owner.slug, about),
            *sources,
        ]


def _establishments(chunk: FlatChunk, about: About) -> Iterator[Row]:
    for owner, row, sources in _belonging(chunk, chunk.establishments, about):
        yield [
            row.key,
            *_owner(owner),
            row.name or None,
            None if row.is_seat is None else "yes" if row.is_seat in _YES else "no",
            *_address(row, about),
            _hours(row.opening_hours),
            *_status(row),
            row.replaced_by,
            organisation_url(owner.slug, about),
            *sources,
        ]


def _recognitions(chunk: FlatChunk, about: About) -> Iterator[Row]:
    """Recognitions; what a closed organisation was recognised for is not live either."""
    for owner, row, sources in _belonging(chunk, chunk.recognitions, about):
        status = effective_status(LifeStatus(owner.status), LifeStatus(row.status))
        yield [
            row.key,
            *_owner(owner),
            row.law,
            LAWS.get(row.law, row.law),
            row.establishment_key,
            row.valid_from,
            row.valid_until,
            *_status(row._replace(status=status.value)),
            organisation_url(owner.slug, about),
            *sources,
        ]


def _years(chunk: FlatChunk, about: About) -> Iterator[Row]:
    for owner, row, sources in _belonging(chunk, chunk.employment, about):
        fte, headcount, year, known = _employment(row)
        yield [
            *_owner(owner),
            year,
            headcount,
            fte,
            _number(row.target_group_headcount),
            _number(row.target_group_fte),
            known,
            organisation_url(owner.slug, about),
            *sources,
        ]


_TABLES: Mapping[Table, tuple[Sequence[EntityKind], Callable[[FlatChunk, About], Iterator[Row]]]] = {
    Table.ORGANISATIONS: (
        (EntityKind.ESTABLISHMENT, EntityKind.RECOGNITION, EntityKind.EMPLOYMENT),
        _organisations,
    ),
    Table.OFFERS: ((EntityKind.OFFER,), _offers),
    Table.ESTABLISHMENTS: ((EntityKind.ESTABLISHMENT,), _establishments),
    Table.RECOGNITIONS: ((EntityKind.RECOGNITION,), _recognitions),
    Table.EMPLOYMENT: ((EntityKind.EMPLOYMENT,), _years),
}


def _main_establishment(row: FlatOrganisation, places: Sequence[FlatEstablishment]) -> tuple[FlatEstablishment, int]:
    """The establishment whose address stands for the organisation, and how many are open today."""
    count = sum(place.status in FINDABLE for place in places)
    if count or (places and row.status not in FINDABLE):
        return places[0], count  # what is open comes first, and of that the seat
    return _NO_PLACE, 0


def organisation_url(slug: str, about: About) -> str:
    """The page of an organisation."""
    return f"{about.base_url}/organisatie/{slug}"


def _owner(row: FlatOrganisation) -> tuple[Cell, ...]:
    return (row.slug, row.name, row.status)


def _status(row: FlatOrganisation | FlatEstablishment | FlatOffer | FlatRecognition) -> tuple[Cell, ...]:
    return (row.status, STATUSES[row.status], row.status_note or None, row.status_date)


def _address(row: FlatEstablishment, about: About) -> tuple[Cell, ...]:
    number = row.vestigingseenheidsnummer
    known = row.lat is not None and row.lon is not None and row.precision is not None
    return (
        format_vestigingseenheidsnummer(number) if number else None,
        row.street or None,
        row.house_number or None,
        row.postal_code or None,
        row.locality or None,
        row.nis_code,
        _place_name(row.nis_code, about),
        row.lat if known else None,
        row.lon if known else None,
        row.precision if known else "unknown",
    )


def _place_name(nis_code: str | None, about: About) -> str | None:
    return about.places[nis_code][1] if nis_code is not None and nis_code in about.places else None


def _number(value: float | None) -> int | float | None:
    """12.0 as 12."""
    return int(value) if value is not None and value.is_integer() else value


@lru_cache(maxsize=4096)
def _joined(stored: str | None) -> str | None:
    """A stored list of codes as one cell."""
    return BETWEEN.join(json.loads(stored)) or None if stored else None


@lru_cache(maxsize=4096)
def _previous_names(stored: str) -> str | None:
    """Earlier names as `name@until`."""
    return BETWEEN.join(f"{past['name']}@{past['until']}" if past.get("until") else str(past["name"])
                        for past in json.loads(stored)) or None  # fmt: skip


@lru_cache(maxsize=1024)
def _hours(stored: str | None) -> str | None:
    """Opening hours as `mo 09:00-12:00,13:00-17:00; tu 09:00-12:00`, the form of the region pack."""
    days: dict[str, Any] = json.loads(stored) if stored else {}
    spoken = [f"{day} {','.join('-'.join(part) for part in ranges)}" for day, ranges in days.items() if ranges]
    return BETWEEN.join(spoken) or None


def _recognition(row: FlatRecognition) -> str:
    since, until = row.valid_from, row.valid_until
    return f"{row.law} ({since or '?'} - {until or '?'})" if since or until else row.law


def _employment(row: FlatEmployment | None) -> tuple[Cell, Cell, Cell, Cell]:
    """FTE, persons, year, and how well that is known."""
    if row is None:
        return (None, None, None, "unknown")
    known = "minimum" if row.is_minimum in _YES else "exact"
    return (_number(row.fte), _number(row.headcount), row.year, known)


def _belonging(
    chunk: FlatChunk, of: Mapping[int, Sequence[Belonging]], about: About
) -> Iterator[tuple[FlatOrganisation, Belonging, tuple[Cell, ...]]]:
    """What belongs to the organisations: each row with its owner before it and the cells of its sources behind it."""
    found = [(owner, row, read.claims(row.provenance)) for owner in chunk.organisations for row in of.get(owner.id, ())]
    said = _said(chunk, (claims for _, _, claims in found))
    for owner, row, claims in found:
        yield owner, row, _sources(claims, said, about)


def _said(chunk: FlatChunk, resting_on: Iterable[Sequence[Claim]]) -> Said:
    return chunk.origins(number for claims in resting_on for number, _ in claims)


def _sources(claims: Sequence[Claim], said: Said, about: About) -> tuple[Cell, ...]:
    """Who says a row: the columns of sources and those of the file."""
    origins = [said[number] for number, _ in claims]
    sources, urls, dates, verified = zip(*origins, strict=True) if origins else ((),) * 4
    return (
        BETWEEN_SOURCES.join(sources),
        BETWEEN_SOURCES.join([fields for _, fields in claims]),
        BETWEEN_SOURCES.join(urls),
        BETWEEN_SOURCES.join(dates),
        BETWEEN_SOURCES.join(["yes" if seen else "no" for seen in verified]),
        "yes" if about.is_synthetic(sources) else "no",
        *_file_cells(about.region, about.licence, about.made_at, about.run),
    )


@lru_cache(maxsize=8)
def _file_cells(region: str, licence: str, made_at: datetime, run: int | None) -> tuple[Cell, ...]:
    return (region, licence, made_at.isoformat(timespec="seconds"), run)
