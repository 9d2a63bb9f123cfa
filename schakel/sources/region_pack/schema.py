"""The tables of a region pack, declared in one place: files, columns, what is required, what refers to what.

`docs/handbook/regiopakket.md` says the same to people; a test compares the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from schakel.core import identifiers
from schakel.core.geography.region import AREA_RULES
from schakel.core.model import Customer, Kind, LifeStatus
from schakel.sources.region_pack import cells, model
from schakel.sources.region_pack.cells import Parser, list_of, member_of, one_of

SETTINGS_FILE = "region.toml"
LANGUAGES = ("nl", "en", "fr")
LAWS = (
    "collectief_maatwerk",
    "individueel_maatwerk",
    "lokale_diensteneconomie",
    "arbeidsmatige_activiteiten",
    "kringloopcentrum",
    "erkende_so",
    "dienstencheques",
)
ROLES = ("lead", "participant")
GOALS = ("jobs", "doorstroom", "local_government", "awareness", "other")
SERVICES = "services"  # the one thing referred to that is not a table of the pack
POPULATION = re.compile(r"population_([0-9]{4})")

__all__ = ["AREA_RULES", "GOALS", "LANGUAGES", "LAWS", "ROLES", "TABLES", "Column", "Table"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `empty` is the value of an empty cell; `refers` names the table (or SERVICES) its value must be in.

    `max_length` is what the register can keep: characters of the whole cell, for a list of one part.
    """

    name: str
    parse: Parser = cells.parse_text
    required: bool = False
    empty: object = None
    max_length: int | None = None
    refers: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file. `unique`: sets of columns whose values together may occur once; the first is what others refer to.

    `required`: the file must be there. `own_columns` excludes the four source columns.
    """

    name: str
    row: type[model.SourcedRow]
    own_columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    required: bool = False
    source_required: bool = True
    columns: dict[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        every = (*self.own_columns, *_source_columns(required=self.source_required))
        object.__setattr__(self, "columns", {column.name: column for column in every})

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


def _source_columns(*, required: bool) -> tuple[Column, ...]:
    return (
        Column("source_url", cells.parse_url, required=required, empty="", max_length=1000),
        _date("source_date"),
        _text("remarks"),
        Column("verified", cells.parse_yes_no, empty=True),
    )


def _text(name: str, max_length: int | None = None, *, required: bool = False, empty: str | None = "") -> Column:
    return Column(name, required=required, empty=empty, max_length=max_length)


def _date(name: str, *, required: bool = False) -> Column:
    return Column(name, identifiers.parse_partial_date, required=required)


def _amount(name: str) -> Column:
    return Column(name, cells.parse_amount)


def _nis(name: str = "nis_code", *, required: bool = False) -> Column:
    return Column(name, identifiers.parse_nis_code, required=required, refers="municipalities")


def _organisation(name: str = "organisation", *, required: bool = False) -> Column:
    return Column(name, cells.parse_slug, required=required, max_length=120, refers="organisations")


def _establishment(name: str = "establishment") -> Column:
    return Column(name, cells.parse_key, max_length=200, refers="establishments")


def _key(max_length: int) -> Column:
    return Column("key", cells.parse_key, required=True, max_length=max_length)


def _slug(name: str, max_length: int) -> Column:
    return Column(name, cells.parse_slug, required=True, max_length=max_length)


_LAT, _LON = Column("lat", cells.parse_lat), Column("lon", cells.parse_lon)
_STATUS = Column("status", member_of(LifeStatus), empty=LifeStatus.LIVE, max_length=20)
_LIFE = (_STATUS, _text("status_note"), _date("status_date"))
_YEAR = Column("year", identifiers.parse_year)

MUNICIPALITIES = Table(
    "municipalities",
    model.MunicipalityRow,
    (
        Column("nis_code", identifiers.parse_nis_code, required=True),
        _slug("slug", 80),
        _text("name", 100, required=True),
        _text("arrondissement", 100),
        _amount("area_km2"),
        _LAT,
        _LON,
        Column("neighbours", list_of(identifiers.parse_nis_code), empty=(), refers="municipalities"),
    ),
    unique=(("nis_code",), ("slug",)),
    required=True,
)
LOCALITIES = Table(
    "localities",
    model.LocalityRow,
    (
        _text("name", 100, required=True),
        _nis(required=True),
        Column("postal_code", identifiers.parse_postal_code, required=True, max_length=4),
        _amount("area_km2"),
        _LAT,
        _LON,
    ),
    unique=(("nis_code", "name", "postal_code"),),
)
CLUSTERS = Table(
    "clusters",
    model.ClusterRow,
    (
        _slug("slug", 80),
        _text("name", 200, required=True),
        _text("description"),
        Column("website", cells.parse_url, empty="", max_length=500),
    ),
    unique=(("slug",),),
)
CLUSTER_MEMBERS = Table(
    "cluster_members",
    model.ClusterMemberRow,
    (
        Column("cluster", cells.parse_slug, required=True, refers="clusters"),
        _nis(required=True),
        Column("role", one_of(*ROLES), required=True, max_length=20),
        _date("since"),
        _date("until"),
    ),
    unique=(("cluster", "nis_code", "since"),),
)
ORGANISATIONS = Table(
    "organisations",
    model.OrganisationRow,
    (
        _slug("slug", 120),
        _text("name", 300, required=True),
        _text("legal_name", 300, empty=None),
        Column("previous_names", list_of(cells.parse_previous_name), empty=(), max_length=300),
        Column("ondernemingsnummer", identifiers.parse_ondernemingsnummer),
        Column("kinds", list_of(member_of(Kind)), required=True),
        _text("description"),
        Column("website", cells.parse_url, max_length=500),
        Column("email", cells.parse_email, max_length=254),
        Column("phone", cells.parse_phone, max_length=60),
        Column("languages", list_of(cells.parse_language)),
        *_LIFE,
        _organisation("succeeded_by"),
    ),
    unique=(("slug",),),
    required=True,
)
ESTABLISHMENTS = Table(
    "establishments",
    model.EstablishmentRow,
    (
        _key(200),
        _organisation(required=True),
        _text("name", 300),
        Column("vestigingseenheidsnummer", identifiers.parse_vestigingseenheidsnummer),
        Column("is_seat", cells.parse_yes_no),
        _text("street", 200, empty=None),
        _text("house_number", 20, empty=None),
        Column("postal_code", identifiers.parse_postal_code, max_length=4),
        _text("locality", 100, empty=None),
        _nis(),
        _LAT,
        _LON,
        Column("opening_hours", cells.parse_opening_hours),
        *_LIFE,
        _establishment("replaced_by"),
    ),
    unique=(("key",),),
)
RECOGNITIONS = Table(
    "recognitions",
    model.RecognitionRow,
    (
        _key(200),
        _organisation(required=True),
        _establishment(),
        Column("law", one_of(*LAWS), required=True, max_length=60),
        _date("valid_from"),
        _date("valid_until"),
        *_LIFE,
    ),
    unique=(("key",),),
)
OFFERS = Table(
    "offers",
    model.OfferRow,
    (
        _key(200),
        _organisation(required=True),
        _establishment(),
        Column("service", cells.parse_text, required=True, max_length=60, refers=SERVICES),
        _text("words", 300),
        Column("customers", list_of(member_of(Customer)), required=True),
        Column("area", list_of(cells.parse_area)),
        _amount("capacity_amount"),
        _text("capacity_unit", 40, empty=None),
        _date("capacity_from"),
        *_LIFE,
    ),
    unique=(("key",),),
    required=True,
)
NEGATIVE_STATEMENTS = Table(
    "negative_statements",
    model.NegativeStatementRow,
    (
        _nis(required=True),
        Column("service", cells.parse_text, required=True, max_length=60, refers=SERVICES),
        _text("searched_by", 200, required=True),
        _text("method", 300, required=True),
        _date("searched_on", required=True),
    ),
    unique=(("nis_code", "service", "searched_by", "searched_on"),),
    source_required=False,
)
EMPLOYMENT = Table(
    "employment",
    model.EmploymentRow,
    (
        _organisation(required=True),
        Column("year", identifiers.parse_year, required=True),
        _amount("headcount"),
        _amount("fte"),
        _amount("target_group_headcount"),
        _amount("target_group_fte"),
        Column("is_minimum", cells.parse_yes_no, empty=False),
    ),
    unique=(("organisation", "year"),),
)
TASKS = Table(
    "tasks",
    model.TaskRow,
    (
        _key(120),
        _nis(required=True),
        _text("title", 300, required=True),
        Column("services", list_of(cells.parse_text), empty=(), refers=SERVICES),
        _organisation(),
        _text("provider_name", 200),
        _YEAR,
        _STATUS,
    ),
    unique=(("key",),),
)
PARTNERS = Table(
    "partners",
    model.PartnerRow,
    (
        _key(120),
        _text("name", 200, required=True),
        _text("kind", 60, required=True),
        _nis(),
        _text("place", 100),
        Column("website", cells.parse_url, empty="", max_length=500),
    ),
    unique=(("key",),),
)
INITIATIVES = Table(
    "initiatives",
    model.InitiativeRow,
    (
        _key(120),
        _text("title", 300, required=True),
        _text("summary"),
        _organisation(),
        _nis(),
        _text("place", 100),
        _YEAR,
        Column("goal", one_of(*GOALS), empty="", max_length=40),
        _STATUS,
    ),
    unique=(("key",),),
)
MUNICIPAL_FIGURES = Table(
    "municipal_figures",
    model.MunicipalFigureRow,
    (
        _nis(required=True),
        _text("indicator", 80, required=True),
        _YEAR,
        Column("value", cells.parse_number, required=True),
        _text("unit", 40, required=True),
    ),
    unique=(("nis_code", "indicator", "year", "unit", "source_url"),),
)

TABLES = {
    table.name: table
    for table in (
        MUNICIPALITIES,
        LOCALITIES,
        CLUSTERS,
        CLUSTER_MEMBERS,
        ORGANISATIONS,
        ESTABLISHMENTS,
        RECOGNITIONS,
        OFFERS,
        NEGATIVE_STATEMENTS,
        EMPLOYMENT,
        TASKS,
        PARTNERS,
        INITIATIVES,
        MUNICIPAL_FIGURES,
    )
}
