"""A small invented region pack, built row by row so that a test can change one thing in it."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import UTC, datetime
from typing import Any

from schakel.core.model import Customer, Kind, LifeStatus
from schakel.register.write import RunSummary, load_pack
from schakel.sources.region_pack.model import (
    AssumedArea,
    ClusterMemberRow,
    ClusterRow,
    EmploymentRow,
    EstablishmentRow,
    InitiativeRow,
    LocalityRow,
    MunicipalFigureRow,
    MunicipalityRow,
    NegativeStatementRow,
    OfferRow,
    OrganisationRow,
    PackGoal,
    PartnerRow,
    PreviousName,
    RecognitionRow,
    RegionPack,
    RegionSettings,
    TaskRow,
)

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
URL = "https://voorbeeld.example/bron"
_FINGERPRINTS = itertools.count()

RONSE, MAARKEDAL, BRAKEL = "45041", "45064", "45059"

SETTINGS = RegionSettings(
    slug="voorbeeldstreek",
    name={"nl": "Voorbeeldstreek", "en": "Example region", "fr": "Région d’exemple"},
    compiled_on="2026-10-01",
    synthetic=True,
    licence="CC0",
    description={"nl": "Verzonnen.", "en": "Invented.", "fr": "Inventé."},
    goals=(PackGoal(key="jobs", title={"nl": "Werk"}, text={"nl": "Meer werk."}, source_url=URL),),
    assumed_area=AssumedArea(
        on_site="municipality_and_neighbours", visit="municipality_and_neighbours", remote="region"
    ),
)
MUNICIPALITIES = (
    MunicipalityRow(
        nis_code=RONSE,
        slug="ronse",
        name="Ronse",
        lat=50.75,
        lon=3.60,
        neighbours=(MAARKEDAL,),
        population={2020: 26000, 2025: 27000},
        source_url=URL,
    ),
    MunicipalityRow(
        nis_code=MAARKEDAL,
        slug="maarkedal",
        name="Maarkedal",
        lat=50.79,
        lon=3.60,
        neighbours=(RONSE, BRAKEL),
        population={},
        source_url=URL,
    ),
    MunicipalityRow(
        nis_code=BRAKEL, slug="brakel", name="Brakel", neighbours=(MAARKEDAL,), population={2025: 15127}, source_url=URL
    ),
)
LOCALITIES = (
    LocalityRow(name="Ronse", nis_code=RONSE, postal_code="9600", lat=50.7518, lon=3.6021),
    LocalityRow(name="Élst", nis_code=BRAKEL, postal_code="9660", lat=50.826, lon=3.7438),
    LocalityRow(name="Everbeek", nis_code=BRAKEL, postal_code="9660", lat=50.7688, lon=3.7851),
)


def sourced(**fields: Any) -> dict[str, Any]:
    return {"source_url": URL, "source_date": "2026-09", **fields}


def small_pack(**tables: Any) -> RegionPack:
    """Three municipalities and three organisations; `tables` replaces whole tables. Each call is another version."""
    whole: dict[str, Any] = {
        "settings": SETTINGS,
        "fingerprint": f"{next(_FINGERPRINTS):064x}",
        "municipalities": MUNICIPALITIES,
        "localities": LOCALITIES,
        "clusters": (ClusterRow(**sourced(slug="streek", name="Streekcluster")),),
        "cluster_members": (
            ClusterMemberRow(**sourced(cluster="streek", nis_code=BRAKEL, role="participant", since="2020")),
            ClusterMemberRow(**sourced(cluster="streek", nis_code=RONSE, role="lead", since="2018")),
            ClusterMemberRow(
                **sourced(cluster="streek", nis_code=MAARKEDAL, role="participant", since="2018", until="2022")
            ),
        ),
        "organisations": (
            OrganisationRow(
                **sourced(
                    slug="fiets",
                    name="Voorbeeld Fiets",
                    legal_name="Voorbeeld Fiets vzw",
                    previous_names=(PreviousName(name="Rijwiel", until="2019"),),
                    ondernemingsnummer="0407766422",
                    kinds=(Kind.MAATWERKBEDRIJF, Kind.KRINGLOOPCENTRUM),
                    description="Herstelt fietsen.",
                    phone="055 00 00 01",
                    languages=("nl", "fr"),
                )
            ),
            OrganisationRow(**sourced(slug="groen", name="Éénhoorn Groen", kinds=(Kind.COOPERATIVE,), verified=False)),
            OrganisationRow(
                **sourced(
                    slug="oud",
                    name="Voorbeeld Oud",
                    kinds=(Kind.SOCIAL_ENTERPRISE,),
                    status=LifeStatus.CLOSED,
                    status_note="Gestopt.",
                    status_date="2020",
                    succeeded_by="fiets",
                    source_date="2021-03-04",
                )
            ),
        ),
        "establishments": (
            EstablishmentRow(
                **sourced(
                    key="fiets/ronse",
                    organisation="fiets",
                    name="Fietspunt",
                    is_seat=True,
                    street="Voorbeeldstraat",
                    house_number="1",
                    postal_code="9600",
                    locality="Ronse",
                    nis_code=RONSE,
                    lat=50.7425,
                    lon=3.603,
                    opening_hours={"mo": (("09:00", "12:00"),), "su": ()},
                )
            ),
            EstablishmentRow(
                **sourced(key="fiets/elst", organisation="fiets", postal_code="9660", locality="Elst", nis_code=BRAKEL)
            ),
            EstablishmentRow(**sourced(key="groen/ronse", organisation="groen", nis_code=RONSE)),
            EstablishmentRow(**sourced(key="oud/ronse", organisation="oud", nis_code=RONSE)),
        ),
        "recognitions": (
            RecognitionRow(
                **sourced(key="fiets/maatwerk", organisation="fiets", law="collectief_maatwerk", valid_from="2019")
            ),
        ),
        "offers": (
            OfferRow(
                **sourced(
                    key="fiets/herstel",
                    organisation="fiets",
                    establishment="fiets/ronse",
                    service="bicycle_repair",
                    words="fietsherstelling",
                    customers=(Customer.CITIZEN,),
                    area=(f"nis:{RONSE}",),
                )
            ),
            OfferRow(
                **sourced(
                    key="fiets/kringwinkel",
                    organisation="fiets",
                    establishment="fiets/elst",
                    service="second_hand_shop",
                    customers=(Customer.CITIZEN,),
                    area=("cluster:streek",),
                    verified=False,
                )
            ),
            OfferRow(
                **sourced(
                    key="groen/onderhoud",
                    organisation="groen",
                    service="green_maintenance",
                    customers=(Customer.LOCAL_GOVERNMENT, Customer.COMPANY),
                    capacity_amount=12.5,
                    capacity_unit="dagen per maand",
                )
            ),
            OfferRow(
                **sourced(
                    key="oud/strijk", organisation="oud", service="laundry_ironing", customers=(Customer.CITIZEN,)
                )
            ),
        ),
        "negative_statements": (
            NegativeStatementRow(
                nis_code=MAARKEDAL,
                service="bicycle_repair",
                searched_by="Voorbeeldcoördinator",
                method="gebeld",
                searched_on="2026-08-20",
            ),
        ),
        "employment": (
            EmploymentRow(**sourced(organisation="fiets", year=2023, fte=39.0)),
            EmploymentRow(**sourced(organisation="fiets", year=2024, fte=41.5, headcount=48)),
            EmploymentRow(**sourced(organisation="groen", year=2024, headcount=50, is_minimum=True)),
            EmploymentRow(**sourced(organisation="oud", year=2019, fte=10.0)),
        ),
        "tasks": (
            TaskRow(
                **sourced(
                    key="ronse-stalling",
                    nis_code=RONSE,
                    title="Fietsenstalling",
                    services=("bicycle_point",),
                    organisation="fiets",
                    year=2024,
                )
            ),
        ),
        "partners": (PartnerRow(**sourced(key="koepel", name="Voorbeeldkoepel", kind="koepel", place="Gent")),),
        "initiatives": (
            InitiativeRow(**sourced(key="beurs", title="Fietsbeurs", organisation="fiets", nis_code=RONSE, year=2023)),
            InitiativeRow(**sourced(key="netwerk", title="Lerend netwerk", place="online", goal="jobs")),
        ),
        "municipal_figures": (
            MunicipalFigureRow(**sourced(nis_code=RONSE, indicator="leefloners", value=80, unit="personen")),
        ),
    }
    return RegionPack(**(whole | tables))


def load(pack: RegionPack, now: datetime = NOW) -> RunSummary:
    return load_pack(pack, source_key="pakket", version="1.0", now=now)


def replaced(rows: tuple[Any, ...], key: str, **fields: Any) -> tuple[Any, ...]:
    """`rows` with the one whose `key` or `slug` is `key` changed."""
    return tuple(
        dataclasses.replace(row, **fields) if key in (getattr(row, "key", None), getattr(row, "slug", None)) else row
        for row in rows
    )
