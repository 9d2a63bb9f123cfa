"""Resolved records as rows of the register. Pure: what a row says follows from its arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from schakel.core.linkage.resolve import effective_status, newest
from schakel.core.model import Json, LifeStatus, Point, Resolved, ServiceArea, Statement
from schakel.register.folding import fold
from schakel.register.speakers import FRESHNESS

Row: TypeAlias = dict[str, Any]  # column -> value, without its own number and that of its organisation

_TEXTS = ("name", "description", "words", "status_note")  # empty text and not known are the same
_ORGANISATION = (
    "name",
    "legal_name",
    "ondernemingsnummer",
    "description",
    "website",
    "email",
    "phone",
    "languages",
    "succeeded_by",
)
_ESTABLISHMENT = (
    "name",
    "vestigingseenheidsnummer",
    "is_seat",
    "street",
    "house_number",
    "postal_code",
    "locality",
    "nis_code",
    "opening_hours",
    "replaced_by",
)
_RECOGNITION = ("law", "valid_from", "valid_until")
_OFFER = ("service", "words", "capacity_amount", "capacity_unit", "capacity_from")
_EMPLOYMENT = ("headcount", "fte", "target_group_headcount", "target_group_fte")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing with all that is said about it and what follows."""

    resolved: Resolved
    statements: Sequence[Statement]

    @property
    def key(self) -> str:
        return self.resolved.key

    @property
    def values(self) -> Mapping[str, Json]:
        return self.resolved.values

    @property
    def verified(self) -> bool:
        return all(said.verified for said in self.resolved.provenance.values())

    @property
    def newest_on(self) -> str | None:
        """The most recent date anybody gives; that nobody answered is no sign of life."""
        return newest(said.stated_on for said in self.statements if said.source != FRESHNESS.key)

    @property
    def stated_status(self) -> LifeStatus:
        return LifeStatus(str(self.values.get("status") or LifeStatus.LIVE))


def is_complete(thing: Thing, required: Sequence[str]) -> bool:
    """Whether at least one of the `required` fields has a value: without, there is nothing to show yet."""
    return any(thing.values.get(name) not in (None, "") for name in required)


def organisation_row(thing: Thing, belongings: Sequence[Thing], merged_names: Sequence[str]) -> Row:
    """The row of an organisation; `verified` and `newest_on` look at everything that belongs to it as well."""
    name = str(thing.values.get("name") or thing.key)
    everything = [thing, *belongings]
    return dict(
        **_common(thing),
        **_plain(thing, _ORGANISATION[1:]),
        slug=thing.key,
        name=name,
        name_sorted=fold(name),
        kinds=thing.values.get("kinds") or [],
        previous_names=thing.values.get("previous_names") or [],
        merged_names=list(merged_names),
        status=thing.stated_status.value,
        verified=all(part.verified for part in everything),
        newest_on=newest(part.newest_on for part in everything),
    )


def establishment_row(thing: Thing, organisation: Thing, point: Point | None) -> Row:
    """The row of an establishment; never more alive than its organisation."""
    return dict(
        **_common(thing),
        **_plain(thing, _ESTABLISHMENT),
        key=thing.key,
        status=effective_status(organisation.stated_status, thing.stated_status).value,
        lat=None if point is None else point.lat,
        lon=None if point is None else point.lon,
        precision=None if point is None else point.precision.value,
        verified=thing.verified,
        newest_on=thing.newest_on,
    )


def offer_row(thing: Thing, *, status: LifeStatus, area: ServiceArea) -> Row:
    """The row of an offer; `status` is what counts today."""
    return dict(
        **_common(thing),
        **_plain(thing, _OFFER),
        key=thing.key,
        establishment_key=_establishment_key(thing),
        customers=thing.values.get("customers") or [],
        area=area,  # replaced by the number of its set when it is written
        area_knowledge=area.knowledge.value,
        area_words=area.words,
        status=status.value,
        verified=thing.verified,
        newest_on=thing.newest_on,
    )


def recognition_row(thing: Thing) -> Row:
    """The row of a recognition, with its own status: a recognition can outlive nothing but itself."""
    return dict(
        **_common(thing),
        **_plain(thing, _RECOGNITION),
        key=thing.key,
        establishment_key=_establishment_key(thing),
        status=thing.stated_status.value,
        verified=thing.verified,
        newest_on=thing.newest_on,
    )


def employment_row(thing: Thing) -> Row:
    """The row of one year of employment figures; the year is the last part of the key."""
    return dict(
        **_common(thing),
        **_plain(thing, _EMPLOYMENT),
        key=thing.key,
        year=int(thing.key.rsplit("/", 1)[1]),
        is_minimum=bool(thing.values.get("is_minimum")),
        status=LifeStatus.LIVE.value,  # figures of a past year do not stop
        verified=thing.verified,
        newest_on=thing.newest_on,
    )


def _common(thing: Thing) -> dict[str, Any]:
    return {
        "provenance": {name: said.id for name, said in thing.resolved.provenance.items()},
        "status_note": thing.values.get("status_note") or "",
        "status_date": thing.values.get("status_date"),
    }


def _plain(thing: Thing, names: Sequence[str]) -> dict[str, Any]:
    return {name: (thing.values.get(name) or "") if name in _TEXTS else thing.values.get(name) for name in names}


def _establishment_key(thing: Thing) -> str | None:
    key = thing.values.get("establishment")
    return str(key) if key else None
