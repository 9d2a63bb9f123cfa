"""The shapes of the answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import WithJsonSchema


class Problem(Schema):
    """What is wrong, in plain Dutch, with the remedy."""

    detail: str


class MergedProblem(Problem):
    """The organisation is known under another slug today: it was merged."""

    merged_into: str


class Answer(Schema):
    """What every answer says about its content."""

    synthetic: bool = Field(..., description="true: every fact is invented, to try things out")
    licence: str = Field(..., description="under which conditions the data may be used")
    last_modified: datetime | None = Field(None, description="when the register last changed")
    run: int | None = Field(None, description="the number of the latest recorded load; null: edited by hand only")


class Paged(Answer):
    """One page of a list. A page number past the end gives the last page."""

    count: int = Field(..., description="how many there are in all")
    page: int
    pages: int
    size: int = Field(..., description="how many a page holds at most")


class FactSource(Schema):
    """Where a fact comes from and how old it is."""

    source: str = Field(..., description="key of the source")
    url: str
    stated_on: str | None = Field(None, description="the date the source gives; may be a year or a month")
    remarks: str
    verified: bool
    run_id: int | None = Field(None, description="the recorded load that brought it in; null: stated by a person")


class Provenance(FactSource):
    """Which statement won for this field."""

    rank: str
    recorded_at: datetime


class FieldFact(Schema):
    """One field: its value (null: said to be empty) and who said so."""

    value: Any = None
    provenance: Provenance | None = None


class PointOut(Schema):
    """Degrees in WGS84; `precision` says whether it is the address or the middle of a locality or municipality."""

    lat: float
    lon: float
    precision: str


class Area(Schema):
    """Where an offer reaches. `assumed`: nobody says so, it follows a published rule. `unknown`: not known."""

    knowledge: str
    municipalities: list[str] = Field(..., description="NIS codes inside the region")
    words: str


# --- searching ---


class Why(Schema):
    """One reason why this organisation is found."""

    code: str
    text: str


class FacetCount(Schema):
    value: str
    count: int = Field(..., description="number of organisations")


class OrganisationHit(Schema):
    slug: str
    name: str
    kinds: list[str]
    services: list[str] = Field(..., description="codes of the services that match")
    municipalities: list[str] = Field(..., description="NIS codes that are served")
    distance_km: float | None = Field(None, description="null: no place was asked, or the place is not known")
    score: float
    why: list[Why]


class OrganisationPage(Paged):
    facets: dict[str, list[FacetCount]]
    results: list[OrganisationHit]
    alternatives: list[OrganisationHit] = Field(..., description="the nearest that do exist, when nothing is found")
    relaxed: list[str] = Field(..., description="conditions that were let go for the alternatives")
    history: list[OrganisationHit] = Field(..., description="what once was or is only announced; not in `count`")
    interpreted: list[Why] = Field(..., description="what was understood from the words, such as a place")
    ignored: list[Why] = Field(..., description="what was asked and not used")
    suggestion: str | None = Field(None, description="the words with their typos corrected")


class SearchParams(Schema):
    """What can be asked. Several values of one parameter mean "one of these"; different ones all have to hold."""

    q: str = Field("", description="words, as people say it", examples=["strijk in Ronse"])
    theme: list[str] = Field([], description="theme code, see /themes")
    service: list[str] = Field([], description="service code, see /services")
    customer: list[str] = Field([], description="citizen, company or local_government")
    kind: list[str] = Field([], description="what the organisation is, such as maatwerkbedrijf")
    municipality: list[str] = Field([], description="NIS code: serves it (stated or assumed; `why` says which)")
    seat: list[str] = Field([], description="NIS code: is located there")
    cluster: list[str] = Field([], description="slug, see /clusters")
    delivered: list[str] = Field([], description="on_site, visit or remote")
    near: str | None = Field(None, description="latitude,longitude in degrees", examples=["50.7459,3.6004"])
    radius_km: Annotated[str | None, WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 500})] = Field(
        None, description="with `near`: not further than this"
    )
    sort: Annotated[str | None, WithJsonSchema({"type": "string", "enum": ["relevance", "distance", "name"]})] = None
    page: Annotated[str | None, WithJsonSchema({"type": "integer", "minimum": 1})] = None
    size: Annotated[str | None, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100})] = None
    lang: Annotated[str | None, WithJsonSchema({"type": "string", "enum": ["nl", "en", "fr"]})] = Field(
        None, description="language of `why`"
    )


class ListParams(Schema):
    """Paging through a list."""

    page: Annotated[str | None, WithJsonSchema({"type": "integer", "minimum": 1})] = None
    size: Annotated[str | None, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 500})] = None


class PlaceParams(ListParams):
    """A list that can be limited to one municipality."""

    municipality: str | None = Field(None, description="NIS code")


class BlindSpotParams(PlaceParams):
    """The grid, or a part of it."""

    service: str | None = Field(None, description="service code, see /services")
    theme: str | None = Field(
        None,
        examples=["household"],
        description="theme code, see /themes: one row per municipality for the theme as a whole, without `service`",
    )


# --- one organisation ---


class EstablishmentOut(Schema):
    key: str
    status: str
    nis_code: str | None
    point: PointOut | None
    facts: dict[str, FieldFact]


class OfferOut(Schema):
    key: str
    service: str
    status: str
    customers: list[str]
    area: Area
    establishment: str | None
    facts: dict[str, FieldFact]


class SubOut(Schema):
    key: str
    facts: dict[str, FieldFact]


class Successor(Schema):
    slug: str
    name: str


class OrganisationDetail(Answer):
    slug: str
    name: str
    kinds: list[str]
    status: str = Field(
        ..., description="live, uncertain, unconfirmed, announced, closed or historical; only live counts today"
    )
    facts: dict[str, FieldFact]
    establishments: list[EstablishmentOut]
    offers: list[OfferOut]
    recognitions: list[SubOut]
    employment: list[SubOut]
    newest_on: str | None
    succeeded_by: Successor | None
    merged_from: list[str]


# --- lists ---


class MunicipalityOut(Schema):
    nis_code: str
    slug: str
    name: str
    arrondissement: str
    area_km2: float | None
    point: PointOut | None
    neighbours: list[str] = Field(..., description="NIS codes inside the region")
    population: dict[str, int] = Field(..., description="per year")
    source: FactSource


class MembershipOut(Schema):
    nis_code: str
    role: str
    since: str | None
    until: str | None
    source: FactSource


class ClusterOut(Schema):
    slug: str
    name: str
    description: str
    website: str
    members: list[MembershipOut] = Field(..., description="past members too: those with `until`")
    source: FactSource


class ThemeOut(Schema):
    code: str
    labels: dict[str, str]


class ServiceOut(Schema):
    code: str
    theme: str
    labels: dict[str, str]
    delivered: str
    synonyms: list[str]
    cpv: list[str]
    nace: list[str]


class InitiativeOut(Schema):
    key: str
    title: str
    summary: str
    organisation: str | None
    nis_code: str | None
    place: str
    year: int | None
    goal: str
    status: str
    source: FactSource


class TaskOut(Schema):
    key: str
    nis_code: str
    title: str
    services: list[str]
    organisation: str | None
    provider_name: str
    year: int | None
    status: str
    source: FactSource


class MunicipalityPage(Paged):
    results: list[MunicipalityOut]


class ClusterPage(Paged):
    results: list[ClusterOut]


class ThemePage(Paged):
    results: list[ThemeOut]


class ServicePage(Paged):
    results: list[ServiceOut]


class InitiativePage(Paged):
    results: list[InitiativeOut]


class TaskPage(Paged):
    results: list[TaskOut]


# --- matching a need ---


class LanguageParams(Schema):
    """In which language the reasons are."""

    lang: Annotated[str | None, WithJsonSchema({"type": "string", "enum": ["nl", "en", "fr"]})] = Field(
        None, description="language of `why` and `missing`"
    )


class MatchQuestion(Schema):
    """What somebody needs. Exactly one of `municipality` and `near`."""

    text: str = Field(..., description="what is needed, in Dutch, as people say it; at most 4,000 characters")
    services: list[str] | None = Field(None, description="service codes, see /services; all of them are needed")
    municipality: str | None = Field(None, description="NIS code of the municipality where the work is")
    near: Annotated[Any, WithJsonSchema({"type": "string"})] = Field(
        None, description="latitude,longitude in degrees, such as 50.7459,3.6004; also [50.7459, 3.6004]"
    )
    customer: str = Field(..., description="citizen, company or local_government")
    amount: float | None = Field(None, description="how much, in the unit in which an offer states its capacity")
    unit: str = Field("", max_length=100, description="unit of `amount`; capacities in another unit count as not known")
    needed_from: str | None = Field(None, description="the first day of the work, such as 2027-03-01")
    reserved: bool = Field(False, description="reserved under article 15 of the law of 17 June 2016")


class ServiceScore(Schema):
    code: str
    score: float = Field(..., description="how probable it is that the text asks for this service, 0 to 1")


class MatchOut(Schema):
    slug: str
    score: float = Field(..., description="0 to 1; how well it fits, never how popular it is")
    why: list[Why]


class NearMissOut(Schema):
    slug: str
    missing: list[Why] = Field(..., description="it would match if this were different")


class RoleOut(Schema):
    slug: str
    service: str
    municipalities: list[str]


class ConsortiumOut(Schema):
    members: list[str]
    roles: list[RoleOut] = Field(..., description="who does what, where")
    smallest: bool = Field(..., description="true: it is proven that no smaller set covers everything")


class MatchAnswer(Answer):
    services: list[ServiceScore] = Field(..., description="what the text asks for; empty: we do not know")
    matches: list[MatchOut] = Field(..., description="at most 50, best first")
    near_misses: list[NearMissOut] = Field(..., description="at most 10")
    consortia: list[ConsortiumOut] = Field(..., description="empty when one organisation can do everything")


# --- analyses ---


class ReachOut(Schema):
    """An offer that reaches the municipality, in full or in part."""

    offer: str
    organisation: str
    name: str
    service: str
    customers: list[str]
    how: str = Field(
        ..., description="stated or assumed (service area), travel (the user goes) or remote (the work goes there)"
    )
    share: float = Field(..., description="part of the inhabitants that is reached, 0 to 1")
    minutes: float | None = Field(None, description="mean travel time; null: not asked, or not known")
    precision: str | None = Field(None, description="how exactly the place to go to is known")
    dated: str | None = Field(None, description="newest date a source gives; null: no source gives one")
    verified: bool
    uncertain: bool = Field(..., description="not sure that it still exists: known of, not counted")
    old: bool = Field(..., description="only old statements: known of, not counted")


class SearchedOut(Schema):
    """Somebody searched and found none."""

    service: str
    nis_code: str
    by: str
    method: str
    on: str
    verified: bool


class RateOut(Schema):
    """Supply per inhabitant with its 95% interval, drawn towards the region where little is known."""

    unit: str = Field(..., description="offers, or fte where that is known of every offer")
    mean: float
    low: float
    high: float
    region: float = Field(..., description="the level of the whole region")
    probability: float = Field(..., description="that the rate is under half of the region's level")
    offers: int = Field(..., description="how many offers in the region this rests on")
    apart: bool = Field(..., description="whether there are enough offers to tell municipalities apart")


class SignsOut(Schema):
    """Signs that somebody there knows the service; null: there are some, hidden because they are few."""

    tasks: int
    needs: int | None
    searches: int | None
    unaware: int | None = Field(None, description="buyers who answered that they did not know this offer")
    unmet: int | None = Field(None, description="needs asked here that were not, or not yet, found")


class PeersOut(Schema):
    """How often comparable municipalities (nearest in population) do have it."""

    have: int
    of: int
    share: float = Field(..., description="drawn towards the share of the region, 0 to 1")
    people: int | None
    priority: float = Field(..., description="people x share: where asking teaches most")
    rank: int | None = Field(None, description="1 is the highest priority; null: not suspected")


class NearestOut(Schema):
    """An offer elsewhere that does not reach this municipality."""

    offer: str
    organisation: str
    name: str
    service: str
    km: float = Field(..., description="as the crow flies")
    minutes: float | None


class EvidenceOut(Schema):
    """What an answer rests on, and what keeps its certainty down."""

    dated: str | None = Field(None, description="date of the evidence that decided; may be a year or a month")
    doubts: list[str] = Field(..., description="codes, explained on the page about the method")
    reached_by: list[ReachOut]
    doubtful: list[ReachOut]
    partly: list[ReachOut]
    counted: dict[str, int] = Field(..., description="offers in each of these lists; of a long one 100 are named")
    searched: SearchedOut | None
    rate: RateOut | None
    heard: SignsOut
    peers: PeersOut | None
    nearest: list[NearestOut]
    by_customer: dict[str, str] = Field(..., description="the state if only offers to these customers counted")


class _SpotOut(Schema):
    municipality: str | None = Field(None, description="NIS code; null: one answer for the whole region")
    state: str = Field(..., description="no_data, absent, thin, unknown or served, decided in this order")
    suspected: bool = Field(..., description="no_data because nothing at all is known")
    certainty: str = Field(..., description="high, middle or low")
    evidence: EvidenceOut
    run: int = Field(..., description="number of the analysis that gave this row")


class BlindSpotOut(_SpotOut):
    """What is known of one service in one municipality."""

    service: str


class ThemeSpotOut(_SpotOut):
    """What is known of one theme as a whole in one municipality; only when asked with `theme`."""

    theme: str


class BlindSpotPage(Paged):
    results: list[BlindSpotOut] | list[ThemeSpotOut]
