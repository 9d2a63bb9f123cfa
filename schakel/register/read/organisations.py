"""Read one organisation, with everything that is known about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from schakel.core.model import (
    FINDABLE,
    AreaKnowledge,
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
from schakel.register.models.resolved import ResolvedRow
from schakel.register.read.merges import known_as, merges
from schakel.register.read.said import read_said


def resolve_slug(slug: str) -> str | None:
    """The slug under which an organisation is known today: itself, or what it was merged into; else `None`."""
    if "\0" in slug:
        return None
    slug = known_as(slug, merges())
    return slug if models.Organisation.objects.filter(slug=slug).exists() else None


def get_organisation(slug: str) -> OrganisationRecord | None:
    """Everything on one organisation, each field with its provenance; `None` when this slug is not in use.

    An organisation that was merged into another is not found here: see `resolve_slug`.
    """
    row = None if "\0" in slug else models.Organisation.objects.filter(slug=slug).first()
    if row is None:
        return None
    establishments = list(row.establishments.all())
    offers = list(row.offers.select_related("area"))
    recognitions = list(row.recognitions.all())
    employment = list(row.employment.all())
    facts = _Facts([row, *establishments, *offers, *recognitions, *employment])
    into = merges()
    return OrganisationRecord(
        slug=row.slug,
        name=row.name,
        kinds=tuple(row.kinds),
        status=LifeStatus(row.status),
        facts=facts.of(row),
        establishments=tuple(_establishment(place, facts) for place in sorted(establishments, key=_place_order)),
        offers=tuple(_offer(offer, facts) for offer in sorted(offers, key=lambda offer: (offer.service, offer.key))),
        recognitions=tuple(SubRecord(item.key, facts.of(item)) for item in sorted(recognitions, key=lambda i: i.key)),
        employment=tuple(
            SubRecord(item.key, facts.of(item)) for item in sorted(employment, key=lambda item: -item.year)
        ),
        newest_on=row.newest_on,
        succeeded_by=_successor(row.succeeded_by, into),
        merged_from=tuple(merged for merged in sorted(into) if known_as(merged, into) == slug),
    )


class _Facts:
    """Values with provenance of several rows, from one query for all winning statements."""

    def __init__(self, rows: Iterable[ResolvedRow]) -> None:
        self._said = read_said(pk__in={number for row in rows for number in row.provenance.values()})

    def of(self, row: ResolvedRow) -> Mapping[str, Fact]:
        """What was said, field by field, as the winning statement says it."""
        return {
            name: Fact(self._said[number].values[name], self._said[number].provenance)
            for name, number in row.provenance.items()
        }


def _area(offer: models.Offer) -> ServiceArea:
    codes = frozenset() if offer.area is None else frozenset(offer.area.nis_codes)
    return ServiceArea(AreaKnowledge(offer.area_knowledge), codes, offer.area_words)


def _place_order(row: models.Establishment) -> tuple[bool, bool, str, str]:
    return (row.status not in FINDABLE, not row.is_seat, fold(row.name), row.key)


def _establishment(row: models.Establishment, facts: _Facts) -> EstablishmentRecord:
    point = None
    if row.lat is not None and row.lon is not None and row.precision is not None:
        point = Point(row.lat, row.lon, PointPrecision(row.precision))
    return EstablishmentRecord(row.key, LifeStatus(row.status), row.nis_code, point, facts.of(row))


def _offer(row: models.Offer, facts: _Facts) -> OfferRecord:
    return OfferRecord(
        key=row.key,
        service=row.service,
        status=LifeStatus(row.status),
        customers=tuple(row.customers),
        area=_area(row),
        establishment=row.establishment_key,
        facts=facts.of(row),
    )


def _successor(slug: str | None, into: Mapping[str, str]) -> tuple[str, str] | None:
    """Slug and name of what replaced an organisation; `None` also when that is not in the register."""
    if not slug:
        return None
    today = known_as(slug, into)
    name = models.Organisation.objects.filter(slug=today).values_list("name", flat=True).first()
    return None if name is None else (today, name)
