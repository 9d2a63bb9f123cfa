"""The words and records that cross the borders between layers.

Frozen, plain, without behaviour beyond what their fields say. `None` always means "not known";
an empty tuple means "known to be none".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class Kind(StrEnum):
    """What an organisation is. Recognitions (which law, since when) are separate records."""

    MAATWERKBEDRIJF = "maatwerkbedrijf"
    MAATWERKAFDELING = "maatwerkafdeling"
    LOKALE_DIENSTENECONOMIE = "lokale_diensteneconomie"
    KRINGLOOPCENTRUM = "kringloopcentrum"
    SOCIAL_ENTERPRISE = "social_enterprise"
    COOPERATIVE = "cooperative"
    LOCAL_GOVERNMENT_SERVICE = "local_government_service"
    SERVICE_VOUCHER_COMPANY = "service_voucher_company"
    CARE_ORGANISATION = "care_organisation"
    VOLUNTEER_INITIATIVE = "volunteer_initiative"
    ENERGIEHUIS = "energiehuis"


class Customer(StrEnum):
    """For whom an offer is meant."""

    CITIZEN = "citizen"
    COMPANY = "company"
    LOCAL_GOVERNMENT = "local_government"


class Delivered(StrEnum):
    """How a service reaches its user."""

    ON_SITE = "on_site"  # the provider comes
    VISIT = "visit"  # the user goes
    REMOTE = "remote"  # the work goes to the provider


class LifeStatus(StrEnum):
    """Whether something exists today, as far as the sources say.

    Only `LIVE` counts as an offer of today. `UNCERTAIN` is shown with a warning: the last evidence is
    old or doubtful. The others are kept and never shown as a live offer: `UNCONFIRMED` was asked to confirm and nobody
    answered, the last three are announced or gone.
    """

    LIVE = "live"
    UNCERTAIN = "uncertain"
    UNCONFIRMED = "unconfirmed"
    ANNOUNCED = "announced"
    CLOSED = "closed"
    HISTORICAL = "historical"


FINDABLE = (LifeStatus.LIVE, LifeStatus.UNCERTAIN)


class AreaKnowledge(StrEnum):
    """How a service area is known."""

    STATED = "stated"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


class PointPrecision(StrEnum):
    """How exactly a point is known."""

    ADDRESS = "address"
    LOCALITY = "locality"
    MUNICIPALITY = "municipality"


class SourceRank(StrEnum):
    """Who speaks, from most to least trusted for the same field (see `core.linkage.resolve`)."""

    EDITOR = "editor"
    OWNER = "owner"
    OFFICIAL_REGISTER = "official_register"
    PUBLICATION = "publication"


class EntityKind(StrEnum):
    """What a statement is about."""

    ORGANISATION = "organisation"
    ESTABLISHMENT = "establishment"
    OFFER = "offer"
    RECOGNITION = "recognition"
    EMPLOYMENT = "employment"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source said about one thing on one day: field values, never a whole truth.

    `stated_on` is an ISO date that may be partial (`2024`, `2024-09`, `2024-09-30`), `None` if the source
    shows no date. A field that is absent from `values` was not spoken of; a field with value `None` was said
    to be empty.
    """

    id: int
    entity: EntityKind
    key: str
    source: str
    rank: SourceRank
    values: Mapping[str, Json]
    stated_on: str | None
    recorded_at: datetime
    url: str = ""
    remarks: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the value of one field comes from and how old it is."""

    statement_id: int
    source: str
    rank: SourceRank
    url: str
    stated_on: str | None
    recorded_at: datetime
    remarks: str
    verified: bool
    run_id: int | None = None  # the load that brought it in; `None`: stated by a person


@dataclass(frozen=True, slots=True)
class Resolved:
    """The one record that follows from all statements on a thing: values, and per field the statement that won."""

    entity: EntityKind
    key: str
    values: Mapping[str, Json]
    provenance: Mapping[str, Statement]


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth in WGS84 degrees, with how exactly it is known."""

    lat: float
    lon: float
    precision: PointPrecision = PointPrecision.ADDRESS


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """Where an offer reaches: a set of NIS codes of the region, and how that is known.

    `nis_codes` is empty when `knowledge` is UNKNOWN; a stated area outside the region is also empty but STATED.
    `words` says it as people do ("Ronse en buurgemeenten"), in Dutch.
    """

    knowledge: AreaKnowledge
    nis_codes: frozenset[str] = frozenset()
    words: str = ""


@dataclass(frozen=True, slots=True)
class FactSource:
    """The source of one fact that is not resolved from several statements (a figure, a task, a partner)."""

    source: str
    url: str
    stated_on: str | None
    remarks: str = ""
    verified: bool = True
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in outside data: where, what, and what is expected instead."""

    file: str
    row: int | None
    column: str | None
    found: str
    expected: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", rij {self.row}"
        if self.column is not None:
            place += f", kolom {self.column}"
        found = f"gevonden: {self.found!r}; " if self.found else ""
        return f"{place}: {found}verwacht: {self.expected}"


@dataclass(frozen=True, slots=True)
class SearchOffer:
    """One offer as the search index needs it: every condition of a search holds within one of these."""

    key: str
    service: str
    words: str
    customers: tuple[str, ...]
    area: ServiceArea
    status: LifeStatus
    points: tuple[Point, ...]
    status_date: str | None = None  # since when, or of the last evidence; may be partial


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One organisation as the search index needs it."""

    slug: str
    name: str
    other_names: tuple[str, ...]
    description: str
    kinds: tuple[str, ...]
    status: LifeStatus
    seats: tuple[str, ...]  # NIS codes of its live establishments
    points: tuple[Point, ...]
    offers: tuple[SearchOffer, ...] = field(default=())
    status_date: str | None = None  # since when, or of the last evidence; may be partial


@dataclass(frozen=True, slots=True)
class SupplyOffer:
    """One findable offer as the analyses need it.

    `points`: of the establishment it is bound to, else of every live establishment. `dated`: the newest date a source
    gives for this offer, may be partial. `fte`: of the whole organisation in its newest known year; `None`: not known.
    """

    key: str
    organisation: str  # slug
    name: str  # of the organisation
    service: str
    customers: tuple[str, ...]
    area: ServiceArea
    status: LifeStatus
    points: tuple[Point, ...]
    dated: str | None
    verified: bool
    fte: float | None


# --- the region, as the readers of the register hand it out ---


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of the region. `population` maps a year to inhabitants; `neighbours` are NIS codes."""

    nis_code: str
    slug: str
    name: str
    arrondissement: str
    area_km2: float | None
    point: Point | None
    neighbours: frozenset[str]
    population: Mapping[int, int]
    source: FactSource


@dataclass(frozen=True, slots=True)
class Locality:
    """A locality (deelgemeente) with its postal code and the municipality it belongs to."""

    name: str
    nis_code: str
    postal_code: str
    point: Point | None
    area_km2: float | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A point from which people set out: a locality, a neighbourhood or a sector; `population` None: not known."""

    key: str
    name: str
    nis_code: str
    point: Point
    population: float | None


@dataclass(frozen=True, slots=True)
class Membership:
    """One municipality in one cluster, from `since` until `until` (partial ISO dates, `None`: not known)."""

    nis_code: str
    role: str  # "lead" or "participant"
    since: str | None
    until: str | None
    source: FactSource


@dataclass(frozen=True, slots=True)
class Cluster:
    """Municipalities that promote the social economy together."""

    slug: str
    name: str
    description: str
    website: str
    members: tuple[Membership, ...]
    source: FactSource


# --- one organisation, as pages, documents and the API read it ---


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a resolved record with where it comes from; `None` with provenance means "said to be empty"."""

    value: Json
    provenance: Provenance | None


@dataclass(frozen=True, slots=True)
class EstablishmentRecord:
    key: str
    status: LifeStatus
    nis_code: str | None
    point: Point | None
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class OfferRecord:
    key: str
    service: str
    status: LifeStatus
    customers: tuple[str, ...]
    area: ServiceArea
    establishment: str | None
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class SubRecord:
    """A recognition or a year of employment figures."""

    key: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """Everything the register holds on one organisation, each field with its provenance."""

    slug: str
    name: str
    kinds: tuple[str, ...]
    status: LifeStatus
    facts: Mapping[str, Fact]
    establishments: tuple[EstablishmentRecord, ...]
    offers: tuple[OfferRecord, ...]
    recognitions: tuple[SubRecord, ...]
    employment: tuple[SubRecord, ...]
    newest_on: str | None  # the most recent date any source gives
    succeeded_by: tuple[str, str] | None  # slug and name of what replaced it
    merged_from: tuple[str, ...]  # slugs that were merged into this one


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """One organisation in a list or a comparison: enough to choose, without provenance per field."""

    slug: str
    name: str
    kinds: tuple[str, ...]
    status: LifeStatus
    description: str
    services: tuple[str, ...]
    customers: tuple[str, ...]
    seats: tuple[str, ...]  # NIS codes
    served: ServiceArea  # union of the findable offers; STATED only if every one of them is
    phone: str
    email: str
    website: str
    newest_on: str | None
    verified: bool


@dataclass(frozen=True, slots=True)
class WaveRules:
    """How invitations for a need leave: how many at once, the days between two groups, and the most invitations to one
    organisation in seven days. A region can set them."""

    size: int = 5
    days: int = 3
    most_a_week: int = 5
