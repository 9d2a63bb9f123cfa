"""Every organisation with everything that is known about it, chunk by chunk: for exports of the whole register."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias

from django.db.models import Model, QuerySet, TextField
from django.db.models.functions import Cast

from schakel.core.model import (
    FINDABLE,
    AreaKnowledge,
    EntityKind,
    EstablishmentRecord,
    Fact,
    LifeStatus,
    OfferRecord,
    OrganisationRecord,
    Point,
    PointPrecision,
    ServiceArea,
    SubRecord,
)
from schakel.register import models
from schakel.register.folding import fold
from schakel.register.read.merges import known_as, merges
from schakel.register.read.said import YES, Said, read_said
from schakel.register.read.search_records import Areas

Row: TypeAlias = tuple[Any, ...]

# JSON, yes/no and moments are asked for as text or number: turning every one of them into Python costs more than all
# the rest, and most are never looked at.
_WON = Cast("provenance", TextField())
_ORGANISATION = ("id", "slug", "name", Cast("kinds", TextField()), "status", "newest_on", "succeeded_by", _WON)
_PLACE = (
    "organisation_id",
    "key",
    "name",
    Cast("is_seat", TextField()),
    "nis_code",
    "status",
    "lat",
    "lon",
    "precision",
    _WON,
)
_OFFER = (
    "organisation_id",
    "key",
    "establishment_key",
    "service",
    Cast("customers", TextField()),
    "area_id",
    "area_knowledge",
    "area_words",
    "status",
    _WON,
)
_RECOGNITION = ("organisation_id", "key", _WON)
_EMPLOYMENT = ("organisation_id", "key", "year", _WON)


def iter_organisations(slugs: Sequence[str] | None = None, *, chunk: int = 500) -> Iterator[OrganisationRecord]:
    """The same records as `get_organisation`, of the whole register or of `slugs`, without holding them all.

    Of `slugs`: in the order asked, each once, those that do not exist (or were merged) left out. Otherwise in the order
    in which they came into the register. At most eleven queries per chunk of organisations, one for all merges. Facts
    are read from their statement when they are asked for, and keep the statements of their chunk alive. A write that
    commits half-way may show in part; compare `revision()` before and after.
    """
    into = merges()
    areas = Areas()
    for rows in _chunks(slugs, chunk):
        if rows:
            yield from _records(rows, _Belongings(rows, whole=slugs is None), into, areas)


def _chunks(slugs: Sequence[str] | None, size: int) -> Iterator[list[Row]]:
    everything = models.Organisation.objects.order_by("pk").values_list(*_ORGANISATION)
    if slugs is None:
        last = 0
        while rows := list(everything.filter(pk__gt=last)[:size]):
            yield rows
            last = rows[-1][0]
        return
    wanted = iter(dict.fromkeys(slug for slug in slugs if "\0" not in slug))
    while part := list(islice(wanted, size)):
        found = {row[1]: row for row in everything.filter(slug__in=part)}
        yield [found[slug] for slug in part if slug in found]


class _Belongings:
    """What belongs to the organisations of one chunk, by the number of the organisation."""

    def __init__(self, rows: Sequence[Row], *, whole: bool) -> None:
        numbers = [row[0] for row in rows]
        # between its first and last number there is nothing but the chunk itself
        self._chosen: dict[str, Any] = (
            {"organisation_id__gte": numbers[0], "organisation_id__lte": numbers[-1]}
            if whole
            else {"organisation_id__in": numbers}
        )
        self.places = self._of(models.Establishment, _PLACE)
        self.offers = self._of(models.Offer, _OFFER)
        self.recognitions = self._of(models.Recognition, _RECOGNITION)
        self.employment = self._of(models.Employment, _EMPLOYMENT)

    def _of(self, model: type[Model], columns: Sequence[str | Cast]) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = defaultdict(list)
        query: QuerySet[Any, Row] = model._default_manager.filter(**self._chosen).order_by().values_list(*columns)
        for row in query:
            found[row[0]].append(row)
        return found


def _records(
    rows: Sequence[Row], belongings: _Belongings, into: Mapping[str, str], areas: Areas
) -> Iterator[OrganisationRecord]:
    merged = _merged_into(into)
    keys = [name for row in rows for name in (row[1], *merged.get(row[1], ()))]
    said = {entity: _Spoken(entity, keys) for entity in EntityKind}
    successors = _successors(rows, into)
    for number, slug, name, kinds, status, newest_on, succeeded_by, won in rows:
        places = _ordered(belongings.places[number], _order_of_place)
        offers = _ordered(belongings.offers[number], lambda row: (row[3], row[1]))
        recognitions = _ordered(belongings.recognitions[number], lambda row: row[1])
        employment = _ordered(belongings.employment[number], lambda row: -row[2])
        yield OrganisationRecord(
            slug=slug,
            name=name,
            kinds=_codes(kinds),
            status=_STATUSES[status],
            facts=_Facts(won, said[EntityKind.ORGANISATION]),
            establishments=tuple(_place(row, said[EntityKind.ESTABLISHMENT]) for row in places),
            offers=tuple(_offer(row, said[EntityKind.OFFER], areas) for row in offers),
            recognitions=tuple(
                SubRecord(row[1], _Facts(row[-1], said[EntityKind.RECOGNITION])) for row in recognitions
            ),
            employment=tuple(SubRecord(row[1], _Facts(row[-1], said[EntityKind.EMPLOYMENT])) for row in employment),
            newest_on=newest_on,
            succeeded_by=successors.get(succeeded_by or ""),
            merged_from=merged.get(slug, ()),
        )


class _Facts(Mapping[str, Fact]):
    """Field -> value with provenance, all made when the first is asked for: most exports leave out whole records."""

    __slots__ = ("_facts", "_said", "_won")

    def __init__(self, won: str, said: _Spoken) -> None:
        self._won = won
        self._said = said
        self._facts: dict[str, Fact] | None = None

    def _made(self) -> dict[str, Fact]:
        if self._facts is None:
            said = self._said.get()
            self._facts = {
                name: Fact(said[number].values[name], said[number].provenance)
                for name, number in json.loads(self._won).items()
            }
        return self._facts

    def __getitem__(self, name: str) -> Fact:
        return self._made()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(self._made())

    def __contains__(self, name: object) -> bool:
        return name in self._made()

    def items(self) -> ItemsView[str, Fact]:
        return self._made().items()

    def __repr__(self) -> str:
        return repr(self._made())


class _Spoken:
    """Everything said about one kind of thing of some organisations that was not taken back; read when first asked for,
    since a list of organisations never looks at what was said of each offer."""

    __slots__ = ("_entity", "_keys", "_said")

    def __init__(self, entity: EntityKind, keys: Sequence[str]) -> None:
        self._entity = entity
        self._keys = keys
        self._said: Mapping[int, Said] | None = None

    def get(self) -> Mapping[int, Said]:
        if self._said is None:
            self._said = read_said(organisation_key__in=self._keys, entity=self._entity, withdrawn_at__isnull=True)
        return self._said


@lru_cache(maxsize=4096)
def _codes(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _merged_into(into: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """What each organisation took up, directly or by way of another; sorted."""
    found: dict[str, list[str]] = defaultdict(list)
    for merged in sorted(into):
        found[known_as(merged, into)].append(merged)
    return {slug: tuple(names) for slug, names in found.items()}


def _successors(rows: Sequence[Row], into: Mapping[str, str]) -> Mapping[str, tuple[str, str]]:
    """Slug as stated -> slug and name today of what replaced it; those not in the register are left out."""
    today = {stated: known_as(stated, into) for row in rows if (stated := row[6])}
    if not today:
        return {}
    names = dict(models.Organisation.objects.filter(slug__in=set(today.values())).values_list("slug", "name"))
    return {stated: (root, names[root]) for stated, root in today.items() if root in names}


_STATUSES = {status.value: status for status in LifeStatus}
_KNOWLEDGE = {knowledge.value: knowledge for knowledge in AreaKnowledge}
_PRECISIONS = {precision.value: precision for precision in PointPrecision}


def _ordered(rows: list[Row], order: Callable[[Row], Any]) -> list[Row]:
    return rows if len(rows) < 2 else sorted(rows, key=order)


def _order_of_place(row: Row) -> tuple[bool, bool, str, str]:
    return (row[5] not in FINDABLE, row[3] not in YES, fold(row[2]), row[1])


def _place(row: Row, said: _Spoken) -> EstablishmentRecord:
    _, key, _, _, nis_code, status, lat, lon, precision, won = row
    point = None if lat is None or lon is None or precision is None else Point(lat, lon, _PRECISIONS[precision])
    return EstablishmentRecord(key, _STATUSES[status], nis_code, point, _Facts(won, said))


def _offer(row: Row, said: _Spoken, areas: Areas) -> OfferRecord:
    _, key, establishment, service, customers, area, knowledge, words, status, won = row
    return OfferRecord(
        key=key,
        service=service,
        status=_STATUSES[status],
        customers=_codes(customers),
        area=ServiceArea(_KNOWLEDGE[knowledge], areas.get(area), words),
        establishment=establishment,
        facts=_Facts(won, said),
    )
