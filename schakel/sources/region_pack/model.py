"""A region pack as typed rows: what the folder says after every check has passed.

The format is described in `docs/handbook/regiopakket.md`; the columns are declared in `schema.py`.
`None` is "not known". Texts in which unknown and empty are the same (`remarks`, `status_note`) are "".
Dates are partial ISO texts: `2024`, `2024-09` or `2024-09-30`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schakel.core.access.blindspots import Rules as BlindSpotRules
from schakel.core.errors import InvalidInput
from schakel.core.model import Customer, Fault, Kind, LifeStatus, WaveRules
from schakel.core.upkeep import Rules

OpeningHours = Mapping[str, Sequence[tuple[str, str]]]


class PackFaults(InvalidInput):
    """Everything wrong in a region pack; nothing of it may be loaded."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults: list[Fault] = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedRow:
    """The four source columns that end every table."""

    source_url: str = ""
    source_date: str | None = None
    remarks: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LivingRow(SourcedRow):
    """A row about something that can start and stop."""

    status: LifeStatus = LifeStatus.LIVE
    status_note: str = ""
    status_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackGoal:
    """One goal of the region; `title` and `text` map a language (nl, en, fr) to words."""

    key: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    source_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedArea:
    """Where an offer counts if nobody says so, per way of delivering: one of `schema.AREA_RULES` each."""

    on_site: str
    visit: str
    remote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSettings:
    """`region.toml`."""

    slug: str
    name: Mapping[str, str]
    compiled_on: str
    synthetic: bool
    licence: str
    description: Mapping[str, str]
    goals: tuple[PackGoal, ...]
    assumed_area: AssumedArea
    profiles: Rules = field(default_factory=Rules)  # upkeep of profiles; every key may be left out
    blind_spots: BlindSpotRules = field(default_factory=BlindSpotRules)  # every key may be left out
    needs: WaveRules = field(default_factory=WaveRules)  # every key may be left out


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityRow(SourcedRow):
    nis_code: str
    slug: str
    name: str
    arrondissement: str = ""
    area_km2: float | None = None
    lat: float | None = None
    lon: float | None = None
    neighbours: tuple[str, ...] = ()
    population: Mapping[int, int]  # year -> inhabitants


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalityRow(SourcedRow):
    name: str
    nis_code: str
    postal_code: str
    area_km2: float | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRow(SourcedRow):
    slug: str
    name: str
    description: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterMemberRow(SourcedRow):
    cluster: str
    nis_code: str
    role: str  # "lead" or "participant"
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousName:
    name: str
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow(LivingRow):
    slug: str
    name: str
    kinds: tuple[Kind, ...]
    legal_name: str | None = None
    previous_names: tuple[PreviousName, ...] = ()
    ondernemingsnummer: str | None = None  # ten digits
    description: str = ""
    website: str | None = None
    email: str | None = None
    phone: str | None = None
    languages: tuple[str, ...] | None = None
    succeeded_by: str | None = None  # slug


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishmentRow(LivingRow):
    key: str
    organisation: str
    name: str = ""
    vestigingseenheidsnummer: str | None = None  # ten digits
    is_seat: bool | None = None
    street: str | None = None
    house_number: str | None = None
    postal_code: str | None = None
    locality: str | None = None
    nis_code: str | None = None  # of the region; None: not known, or outside the region
    lat: float | None = None
    lon: float | None = None
    opening_hours: OpeningHours | None = None  # {"mo": (("09:00", "12:00"),)}; a closed day has no ranges
    replaced_by: str | None = None  # key


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionRow(LivingRow):
    key: str
    organisation: str
    law: str
    establishment: str | None = None  # key; None: the whole organisation
    valid_from: str | None = None
    valid_until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow(LivingRow):
    key: str
    organisation: str
    service: str
    customers: tuple[Customer, ...]
    establishment: str | None = None  # key
    words: str = ""
    area: tuple[str, ...] | None = None  # tokens such as "nis:41002"; None: nobody says
    capacity_amount: float | None = None
    capacity_unit: str | None = None
    capacity_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeStatementRow(SourcedRow):
    nis_code: str
    service: str
    searched_by: str
    method: str
    searched_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentRow(SourcedRow):
    organisation: str
    year: int
    headcount: float | None = None
    fte: float | None = None
    target_group_headcount: float | None = None
    target_group_fte: float | None = None
    is_minimum: bool = False  # "more than 50"

    @property
    def key(self) -> str:
        """What a statement on this row is about: one organisation in one year."""
        return f"{self.organisation}/{self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow(SourcedRow):
    key: str
    nis_code: str
    title: str
    services: tuple[str, ...] = ()
    organisation: str | None = None  # slug
    provider_name: str = ""
    year: int | None = None
    status: LifeStatus = LifeStatus.LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRow(SourcedRow):
    key: str
    name: str
    kind: str
    nis_code: str | None = None
    place: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeRow(SourcedRow):
    key: str
    title: str
    summary: str = ""
    organisation: str | None = None  # slug
    nis_code: str | None = None
    place: str = ""
    year: int | None = None
    goal: str = ""  # "": not said
    status: LifeStatus = LifeStatus.LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalFigureRow(SourcedRow):
    nis_code: str
    indicator: str
    value: float
    unit: str
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionPack:
    """One checked pack. `fingerprint` is the SHA-256 of the files it was read from (see `fetch.fingerprint`)."""

    settings: RegionSettings
    fingerprint: str
    municipalities: tuple[MunicipalityRow, ...]
    organisations: tuple[OrganisationRow, ...]
    offers: tuple[OfferRow, ...]
    localities: tuple[LocalityRow, ...] = ()
    clusters: tuple[ClusterRow, ...] = ()
    cluster_members: tuple[ClusterMemberRow, ...] = ()
    establishments: tuple[EstablishmentRow, ...] = ()
    recognitions: tuple[RecognitionRow, ...] = ()
    negative_statements: tuple[NegativeStatementRow, ...] = ()
    employment: tuple[EmploymentRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    partners: tuple[PartnerRow, ...] = ()
    initiatives: tuple[InitiativeRow, ...] = ()
    municipal_figures: tuple[MunicipalFigureRow, ...] = ()
