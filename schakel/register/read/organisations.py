"""Read organisations: as cards in a list, and one with everything that is known about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from schakel.core.model import (
    FINDABLE,
    AreaKnowledge,
    EstablishmentRecord,
    Fact,
    LifeStatus,
    OfferRecord,
    OrganisationCard,
    OrganisationRecord,
    Point,
    PointPrecision,
    Provenance,
    ServiceArea,
    SourceRank,
    SubRecord,
)
from schakel.register import models
from schakel.register.folding import fold
from schakel.register.models.resolved import ResolvedRow
from schakel.register.read.merges import known_as, merges

LARGEST_LIST = 1000


def resolve_slug(slug: str) -> str | None:
    """The slug under which an organisation is known today: itself, or what it was merged into; else `None`."""
    if "\0" in slug:
        return None
    slug = known_as(slug, merges())
    return slug if models.Organisation.objects.filter(slug=slug).exists() else None


def list_cards(slugs: Sequence[str]) -> tuple[OrganisationCard, ...]:
    """Cards in the order asked; slugs that do not exist (or were merged) are left out. At most 1,000 at a time."""
    wanted = [slug for slug in dict.fromkeys(slugs) if "\0" not in slug][:LARGEST_LIST]
    found = {row.slug: row for row in models.Organisation.objects.filter(slug__in=wanted)}
    numbers = [row.pk for row in found.values()]
    offers: dict[int, list[models.Offer]] = defaultdict(list)
    for offer in (
        models.Offer.objects.filter(organisation_id__in=numbers, status__in=FINDABLE)
        .select_related("area")
        .order_by("key")
    ):
        offers[offer.organisation_id].append(offer)
    seats: dict[int, set[str]] = defaultdict(set)
    for number, nis_code in models.Establishment.objects.filter(
        organisation_id__in=numbers, status__in=FINDABLE, nis_code__isnull=False
    ).values_list("organisation_id", "nis_code"):
        seats[number].add(nis_code or "")
    return tuple(_card(found[slug], offers[found[slug].pk], seats[found[slug].pk]) for slug in wanted if slug in found)


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
        numbers = {number for row in rows for number in row.provenance.values()}
        self._statements = {
            statement.pk: statement
            for statement in models.Statement.objects.filter(pk__in=numbers).select_related("source")
        }
        self._provenance = {number: _provenance(statement) for number, statement in self._statements.items()}

    def of(self, row: ResolvedRow) -> Mapping[str, Fact]:
        """What was said, field by field, as the winning statement says it."""
        return {
            name: Fact(self._statements[number].values[name], self._provenance[number])
            for name, number in row.provenance.items()
        }


def _provenance(row: models.Statement) -> Provenance:
    return Provenance(
        statement_id=row.pk,
        source=row.source.title,
        rank=SourceRank(row.source.rank),
        url=row.url,
        stated_on=row.stated_on,
        recorded_at=row.recorded_at,
        remarks=row.remarks,
        verified=row.verified,
        run_id=row.run_id,
    )


def _card(row: models.Organisation, offers: Sequence[models.Offer], seats: set[str]) -> OrganisationCard:
    return OrganisationCard(
        slug=row.slug,
        name=row.name,
        kinds=tuple(row.kinds),
        status=LifeStatus(row.status),
        description=row.description,
        services=tuple(sorted({offer.service for offer in offers})),
        customers=tuple(sorted({customer for offer in offers for customer in offer.customers})),
        seats=tuple(sorted(seats)),
        served=_served([_area(offer) for offer in offers]),
        phone=row.phone or "",
        email=row.email or "",
        website=row.website or "",
        newest_on=row.newest_on,
        verified=row.verified,
    )


def _served(areas: Sequence[ServiceArea]) -> ServiceArea:
    """The union: stated only if every area is; unknown only if every area is (or there is none)."""
    knowledge = {area.knowledge for area in areas}
    together = frozenset(code for area in areas for code in area.nis_codes)
    words = "; ".join(dict.fromkeys(area.words for area in areas if area.words))
    if knowledge == {AreaKnowledge.STATED}:
        return ServiceArea(AreaKnowledge.STATED, together, words)
    if knowledge <= {AreaKnowledge.UNKNOWN}:
        return ServiceArea(AreaKnowledge.UNKNOWN, together, words)
    return ServiceArea(AreaKnowledge.ASSUMED, together, words)


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
