"""The register as plain rows, chunk by chunk: for flat tables, where a record object per thing costs most of the time.

The same content as `iter_organisations`, without objects: one named tuple per row, read from the resolved register
itself, with who said each field beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model

from schakel.core.model import FINDABLE, EntityKind
from schakel.register import models
from schakel.register.folding import fold
from schakel.register.read.merges import known_as, merges
from schakel.register.read.said import YES
from schakel.register.read.search_records import Areas

CHUNK = 2000  # organisations at a time
_AS_TEXT = {"kinds", "languages", "previous_names", "customers", "opening_hours", "provenance", "is_seat", "is_minimum"}
_ROWS = "SELECT {columns} FROM {table} WHERE {which}"
_SERVICES = "SELECT organisation_id, service FROM {table} WHERE {which} AND status IN ({findable})"
_TITLES = "SELECT id, title FROM {table}"
_STATEMENTS = "SELECT id, source_id, url, stated_on, verified FROM {table} WHERE id IN ({wanted})"
_SLUGS = "SELECT slug FROM {table} WHERE slug IN ({wanted})"


class FlatOrganisation(NamedTuple):
    """One organisation. `provenance` maps a field to the number of the statement that says it, in all these rows."""

    id: int
    slug: str
    name: str
    legal_name: str | None
    previous_names: str  # JSON
    ondernemingsnummer: str | None
    kinds: str  # JSON
    status: str
    status_note: str
    status_date: str | None
    succeeded_by: str | None  # as stated; see `FlatChunk.successors`
    description: str
    website: str | None
    email: str | None
    phone: str | None
    languages: str | None  # JSON
    newest_on: str | None
    provenance: str  # JSON


class FlatEstablishment(NamedTuple):
    """One establishment; `is_seat` is text: "1" or "true", "0" or "false", None when nobody says."""

    organisation_id: int
    key: str
    name: str
    vestigingseenheidsnummer: str | None
    is_seat: str | None
    street: str | None
    house_number: str | None
    postal_code: str | None
    locality: str | None
    nis_code: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    opening_hours: str | None  # JSON
    status: str
    status_note: str
    status_date: str | None
    replaced_by: str | None
    provenance: str  # JSON


class FlatOffer(NamedTuple):
    """One offer; the set of municipalities of `area_id` is in `FlatChunk.areas`."""

    organisation_id: int
    key: str
    service: str
    words: str
    customers: str  # JSON
    status: str
    status_note: str
    status_date: str | None
    establishment_key: str | None
    area_id: int | None
    area_knowledge: str
    area_words: str
    capacity_amount: float | None
    capacity_unit: str | None
    capacity_from: str | None
    provenance: str  # JSON


class FlatRecognition(NamedTuple):
    """One recognition."""

    organisation_id: int
    key: str
    law: str
    establishment_key: str | None
    valid_from: str | None
    valid_until: str | None
    status: str
    status_note: str
    status_date: str | None
    provenance: str  # JSON


class FlatEmployment(NamedTuple):
    """The people at work in one year; `is_minimum` is text, as `is_seat`."""

    organisation_id: int
    year: int
    headcount: float | None
    fte: float | None
    target_group_headcount: float | None
    target_group_fte: float | None
    is_minimum: str
    provenance: str  # JSON


class Origin(NamedTuple):
    """Who said something: the parts of a statement that a table shows."""

    source: str
    url: str
    stated_on: str  # empty when the source shows no date
    verified: bool


Flat = TypeVar("Flat", FlatOrganisation, FlatEstablishment, FlatOffer, FlatRecognition, FlatEmployment)


@dataclass(frozen=True, slots=True)
class FlatChunk:
    """Some organisations and, by their number, what belongs to them; of the parts that were not asked nothing.

    Establishments, offers, recognitions and years stand in the order of `OrganisationRecord`.
    """

    organisations: Sequence[FlatOrganisation]
    establishments: Mapping[int, Sequence[FlatEstablishment]]
    offers: Mapping[int, Sequence[FlatOffer]]
    recognitions: Mapping[int, Sequence[FlatRecognition]]
    employment: Mapping[int, Sequence[FlatEmployment]]
    successors: Mapping[str, str]  # slug as stated -> slug today, of those in the register
    areas: Areas
    which: str  # SQL: how the database finds what belongs to them

    def services(self) -> Mapping[int, set[str]]:
        """Per organisation the codes of what it offers today, as far as known. One query."""
        found: dict[int, set[str]] = defaultdict(set)
        findable = ", ".join(f"'{status}'" for status in sorted(FINDABLE))
        for number, service in _ask(_SERVICES, models.Offer, which=self.which, findable=findable):
            found[number].add(service)
        return found

    def origins(self, statements: Iterable[int]) -> Mapping[int, Origin]:
        """Who made these statements, by number. Two queries."""
        wanted = ", ".join(map(str, sorted(set(statements))))
        if not wanted:
            return {}
        titles = dict(_ask(_TITLES, models.Source))
        return {
            number: Origin(titles[source], url, stated_on or "", bool(verified))
            for number, source, url, stated_on, verified in _ask(_STATEMENTS, models.Statement, wanted=wanted)
        }


def iter_flat(parts: Iterable[EntityKind], slugs: Sequence[str] | None = None) -> Iterator[FlatChunk]:
    """The whole register, or the organisations in `slugs`, by chunks; of what belongs to them only these `parts`.

    The order, and what `slugs` leaves out, are those of `iter_organisations`. At most seven queries per chunk, one for
    all merges. A write that commits half-way may show in part; compare `revision()` before and after.
    """
    asked, into, areas = frozenset(parts), merges(), Areas()
    for organisations in _chunks(slugs):
        if not organisations:
            continue
        if slugs is None:  # between its first and last number there is nothing but the chunk itself
            which = f"organisation_id BETWEEN {organisations[0].id} AND {organisations[-1].id}"
        else:
            which = f"organisation_id IN ({', '.join(str(row.id) for row in organisations)})"
        of = {entity: _belonging(entity, which) if entity in asked else {} for entity in _BELONGING}
        yield FlatChunk(
            organisations,
            of[EntityKind.ESTABLISHMENT],
            of[EntityKind.OFFER],
            of[EntityKind.RECOGNITION],
            of[EntityKind.EMPLOYMENT],
            _successors(organisations, into),
            areas,
            which,
        )


def _ask(query: str, model: type[Model], *values: str, **parts: str) -> list[tuple[Any, ...]]:
    """What the database answers, as it gives it; see `cards` for why in plain SQL.

    Numbers of our own are written into the query: binding thousands costs more than reading them.
    """
    with connection.cursor() as cursor:
        cursor.execute(query.format(table=model._meta.db_table, **parts), values or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _read(flat: type[Flat], model: type[Model], which: str, *values: str) -> list[Flat]:
    """Rows of one kind. JSON and yes or no come as text: making Python of every one costs more than all the rest."""
    columns = ", ".join(f"CAST({name} AS text)" if name in _AS_TEXT else name for name in flat._fields)
    rows = _ask(_ROWS, model, *values, columns=columns, which=which)
    return list(map(partial(tuple.__new__, flat), rows))


def _chunks(slugs: Sequence[str] | None) -> Iterator[list[FlatOrganisation]]:
    if slugs is None:
        last = 0
        while rows := _read(FlatOrganisation, models.Organisation, f"id > {last} ORDER BY id LIMIT {CHUNK}"):
            yield rows
            last = rows[-1].id
        return
    wanted = iter(dict.fromkeys(slug for slug in slugs if "\0" not in slug))
    while part := list(islice(wanted, CHUNK)):
        marks = ", ".join(["%s"] * len(part))
        rows = _read(FlatOrganisation, models.Organisation, f"slug IN ({marks})", *part)
        found = {row.slug: row for row in rows}
        yield [found[slug] for slug in part if slug in found]


def _order_of_place(row: FlatEstablishment) -> tuple[bool, bool, str, str]:
    return (row.status not in FINDABLE, row.is_seat not in YES, fold(row.name), row.key)


_BELONGING: Mapping[EntityKind, tuple[type[Model], Any, Any]] = {
    EntityKind.ESTABLISHMENT: (models.Establishment, FlatEstablishment, _order_of_place),
    EntityKind.OFFER: (models.Offer, FlatOffer, lambda row: (row.service, row.key)),
    EntityKind.RECOGNITION: (models.Recognition, FlatRecognition, lambda row: row.key),
    EntityKind.EMPLOYMENT: (models.Employment, FlatEmployment, lambda row: -row.year),
}


def _belonging(entity: EntityKind, which: str) -> Mapping[int, list[Any]]:
    model, flat, order = _BELONGING[entity]
    found: dict[int, list[Any]] = defaultdict(list)
    for row in _read(flat, model, which):
        found[row.organisation_id].append(row)
    for rows in found.values():
        if len(rows) > 1:
            rows.sort(key=order)
    return found


def _successors(rows: Sequence[FlatOrganisation], into: Mapping[str, str]) -> Mapping[str, str]:
    today = {stated: known_as(stated, into) for row in rows if (stated := row.succeeded_by)}
    if not today:
        return {}
    asked = set(today.values())
    marks = ", ".join(["%s"] * len(asked))
    known = {slug for (slug,) in _ask(_SLUGS, models.Organisation, *asked, wanted=marks)}
    return {stated: root for stated, root in today.items() if root in known}
