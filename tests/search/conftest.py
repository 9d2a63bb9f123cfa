"""A region of four municipalities with a handful of invented organisations, small enough to check by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from schakel.core.model import (
    AreaKnowledge,
    Cluster,
    FactSource,
    LifeStatus,
    Locality,
    Membership,
    Municipality,
    Point,
    PointPrecision,
    SearchOffer,
    SearchRecord,
    ServiceArea,
)
from schakel.search.build import build_content
from schakel.search.content import Content
from schakel.search.engine import run_search
from schakel.search.query import parse_query
from schakel.search.result import SearchPage
from schakel.search.selection import Index

SOURCE = FactSource(source="test", url="", stated_on=None)
AALST, HAALTERT, RONSE, ERPE_MERE = "41002", "41024", "45041", "41082"
POINTS = {
    AALST: Point(50.938, 4.040, PointPrecision.MUNICIPALITY),
    HAALTERT: Point(50.902, 4.000, PointPrecision.MUNICIPALITY),
    RONSE: Point(50.746, 3.600, PointPrecision.MUNICIPALITY),
    ERPE_MERE: Point(50.926, 3.966, PointPrecision.MUNICIPALITY),
}
NEIGHBOURS = {AALST: {HAALTERT, ERPE_MERE}, HAALTERT: {AALST, ERPE_MERE}, ERPE_MERE: {AALST, HAALTERT}, RONSE: set()}
MUNICIPALITIES = tuple(
    Municipality(nis, slug, name, "", None, POINTS[nis], frozenset(NEIGHBOURS[nis]), {}, SOURCE)
    for nis, slug, name in (
        (AALST, "aalst", "Aalst"),
        (ERPE_MERE, "erpe-mere", "Erpe-Mere"),
        (HAALTERT, "haaltert", "Haaltert"),
        (RONSE, "ronse", "Ronse"),
    )
)
LOCALITIES = (
    Locality("Mere", ERPE_MERE, "9420", Point(50.921, 3.970, PointPrecision.LOCALITY)),
    Locality("Moorsel", AALST, "9310", Point(50.947, 4.098, PointPrecision.LOCALITY)),
)
CLUSTERS = (
    Cluster(
        "handel",
        "HANDEL",
        "",
        "",
        (
            Membership(AALST, "lead", None, None, SOURCE),
            Membership(HAALTERT, "participant", None, None, SOURCE),
            Membership(RONSE, "participant", None, "2020", SOURCE),
        ),
        SOURCE,
    ),
)


def offer(
    service: str,
    words: str,
    *nis_codes: str,
    knowledge: AreaKnowledge = AreaKnowledge.STATED,
    customers: tuple[str, ...] = ("citizen",),
    status: LifeStatus = LifeStatus.LIVE,
    point: Point | None = None,
) -> SearchOffer:
    area = ServiceArea(knowledge, frozenset(nis_codes))
    return SearchOffer(f"{service}-{words}", service, words, customers, area, status, (point,) if point else ())


def record(
    slug: str,
    name: str,
    *offers: SearchOffer,
    description: str = "",
    kinds: tuple[str, ...] = ("social_enterprise",),
    seats: tuple[str, ...] = (),
    status: LifeStatus = LifeStatus.LIVE,
    other_names: tuple[str, ...] = (),
) -> SearchRecord:
    points = tuple(POINTS[nis] for nis in seats)
    return SearchRecord(slug, name, other_names, description, kinds, status, seats, points, offers)


RECORDS = (
    record(
        "helder",
        "Helder",
        offer("laundry_ironing", "strijk", AALST, point=POINTS[AALST]),
        offer("household_cleaning", "poetshulp (dienstencheques)", RONSE, customers=("citizen", "company")),
        description="Strijkdienst en poetsdienst van hier.",
        kinds=("service_voucher_company",),
        seats=(AALST,),
    ),
    record(
        "loods",
        "De Loods",
        offer("litter_collection", "zwerfvuil opruimen", ERPE_MERE, customers=("local_government",)),
        offer("organic_farming", "biologische groenten", AALST, knowledge=AreaKnowledge.ASSUMED, point=POINTS[AALST]),
        kinds=("maatwerkbedrijf",),
        seats=(AALST,),
    ),
    record(
        "fietserij",
        "De Fietserij",
        offer("bicycle_repair", "fietsherstelling", AALST, HAALTERT, point=POINTS[AALST]),
        seats=(AALST,),
    ),
    record(
        "groen",
        "Groene Vingers",
        offer("green_maintenance", "groenonderhoud", HAALTERT, knowledge=AreaKnowledge.ASSUMED, customers=("company",)),
        offer("nature_management", "natuurbeheer", knowledge=AreaKnowledge.UNKNOWN),
        seats=(HAALTERT,),
        status=LifeStatus.UNCERTAIN,
    ),
    record(
        "kringwinkel",
        "Kringwinkel Ronse",
        offer("second_hand_shop", "tweedehandswinkel", RONSE, point=POINTS[RONSE]),
        kinds=("kringloopcentrum",),
        seats=(RONSE,),
        other_names=("Teleshop",),
    ),
    record(
        "strijkwinkel-haaltert",
        "Strijkwinkel Haaltert",
        description="Sloot in 2018.",
        status=LifeStatus.CLOSED,
    ),
    record("stil", "Café Zoë", description="Ontmoetingsplek zonder aanbod.", seats=(RONSE,)),
)


@pytest.fixture(scope="session")
def content() -> Content:
    return build_content(RECORDS, municipalities=MUNICIPALITIES, localities=LOCALITIES, clusters=CLUSTERS, revision=7)


@pytest.fixture(scope="session")
def index(content: Content) -> Index:
    return Index(content)


@pytest.fixture(scope="session")
def ask(index: Index) -> Callable[..., SearchPage]:
    """Search with the parameters of an address."""

    def search(q: str = "", **params: str | list[str]) -> SearchPage:
        return run_search(index, parse_query({"q": q, **params}))

    return search
