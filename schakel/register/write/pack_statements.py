"""The rows of a region pack as statements: what is not known is not spoken of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from schakel.core.model import EntityKind, Json
from schakel.register.write.statements import Said
from schakel.sources.region_pack.model import (
    EmploymentRow,
    EstablishmentRow,
    LivingRow,
    OfferRow,
    OrganisationRow,
    RecognitionRow,
    RegionPack,
    SourcedRow,
)

_ORGANISATION = (
    "name",
    "legal_name",
    "ondernemingsnummer",
    "description",
    "website",
    "email",
    "phone",
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
    "lat",
    "lon",
    "replaced_by",
)
_RECOGNITION = ("law", "establishment", "valid_from", "valid_until")
_OFFER = ("service", "words", "establishment", "capacity_amount", "capacity_unit", "capacity_from")
_EMPLOYMENT = ("year", "headcount", "fte", "target_group_headcount", "target_group_fte")
_LIVING = ("status_note", "status_date")

PackRow = OrganisationRow | EstablishmentRow | RecognitionRow | OfferRow | EmploymentRow


class PackStatements:
    """The statements of a pack, by organisation."""

    def __init__(self, pack: RegionPack) -> None:
        self._rows: dict[str, list[PackRow]] = {row.slug: [row] for row in pack.organisations}
        tables: tuple[Sequence[EstablishmentRow | RecognitionRow | OfferRow | EmploymentRow], ...] = (
            pack.establishments,
            pack.recognitions,
            pack.offers,
            pack.employment,
        )
        for table in tables:
            for row in table:
                self._rows[row.organisation].append(row)

    @property
    def organisations(self) -> list[str]:
        """Slugs of the organisations, in the order of the pack."""
        return list(self._rows)

    def on(self, slugs: Sequence[str]) -> Iterator[Said]:
        """What the pack says about these organisations and what belongs to them."""
        for slug in slugs:
            for row in self._rows.get(slug, ()):
                yield _said(slug, row)


def _said(slug: str, row: PackRow) -> Said:
    match row:
        case OrganisationRow():
            return _statement(EntityKind.ORGANISATION, slug, slug, row, _organisation(row))
        case EstablishmentRow():
            return _statement(EntityKind.ESTABLISHMENT, row.key, slug, row, _establishment(row))
        case RecognitionRow():
            return _statement(EntityKind.RECOGNITION, row.key, slug, row, _known(row, _RECOGNITION))
        case OfferRow():
            return _statement(EntityKind.OFFER, row.key, slug, row, _offer(row))
        case EmploymentRow():
            values = _known(row, _EMPLOYMENT)
            if row.is_minimum:
                values["is_minimum"] = True
            return _statement(EntityKind.EMPLOYMENT, row.key, slug, row, values)


def _statement(entity: EntityKind, key: str, slug: str, row: SourcedRow, values: Mapping[str, Json]) -> Said:
    living: dict[str, Json] = {}
    if isinstance(row, LivingRow):
        living = {"status": row.status.value, **_known(row, _LIVING)}
    return Said(
        entity=entity,
        key=key,
        organisation_key=slug,
        values={**values, **living},
        stated_on=row.source_date,
        url=row.source_url,
        remarks=row.remarks,
        verified=row.verified,
    )


def _known(row: SourcedRow, names: Sequence[str]) -> dict[str, Json]:
    """The plain fields that are known: neither `None` nor, for texts, empty."""
    pairs = ((name, getattr(row, name)) for name in names)
    return {name: value.value if isinstance(value, Enum) else value for name, value in pairs if value not in (None, "")}


def _organisation(row: OrganisationRow) -> dict[str, Json]:
    values = _known(row, _ORGANISATION)
    values["kinds"] = [kind.value for kind in row.kinds]
    if row.previous_names:
        values["previous_names"] = [{"name": past.name, "until": past.until} for past in row.previous_names]
    if row.languages is not None:
        values["languages"] = list(row.languages)
    return values


def _establishment(row: EstablishmentRow) -> dict[str, Json]:
    values = _known(row, _ESTABLISHMENT)
    if row.opening_hours is not None:
        values["opening_hours"] = {
            day: [[opens, closes] for opens, closes in ranges] for day, ranges in row.opening_hours.items()
        }
    return values


def _offer(row: OfferRow) -> dict[str, Json]:
    values = _known(row, _OFFER)
    values["customers"] = [customer.value for customer in row.customers]
    if row.area is not None:
        values["area"] = list(row.area)
    return values
