"""Read the register. Every function does a constant number of queries and returns frozen dataclasses."""

from schakel.register.read.cards import list_cards, list_names
from schakel.register.read.counts import region_counts
from schakel.register.read.facts import (
    get_run,
    list_figures,
    list_initiatives,
    list_negative_statements,
    list_partners,
    list_runs,
    list_sources,
    list_tasks,
    paginate,
)
from schakel.register.read.full_records import iter_organisations
from schakel.register.read.model import (
    Figure,
    Goal,
    Initiative,
    NegativeStatement,
    OriginSet,
    Page,
    Partner,
    RegionCounts,
    RegionInfo,
    RunInfo,
    SourceInfo,
    Task,
)
from schakel.register.read.organisations import get_organisation, resolve_slug
from schakel.register.read.origins import list_origins
from schakel.register.read.region import (
    get_cluster,
    get_municipality,
    list_clusters,
    list_localities,
    list_municipalities,
    region,
    revision,
)
from schakel.register.read.search_records import iter_search_records
from schakel.register.read.suppliers import list_suppliers
from schakel.register.read.supply import list_supply

__all__ = [
    "Figure",
    "Goal",
    "Initiative",
    "NegativeStatement",
    "OriginSet",
    "Page",
    "Partner",
    "RegionCounts",
    "RegionInfo",
    "RunInfo",
    "SourceInfo",
    "Task",
    "get_cluster",
    "get_municipality",
    "get_organisation",
    "get_run",
    "iter_organisations",
    "iter_search_records",
    "list_cards",
    "list_clusters",
    "list_figures",
    "list_initiatives",
    "list_localities",
    "list_municipalities",
    "list_names",
    "list_negative_statements",
    "list_origins",
    "list_partners",
    "list_runs",
    "list_sources",
    "list_suppliers",
    "list_supply",
    "list_tasks",
    "paginate",
    "region",
    "region_counts",
    "resolve_slug",
    "revision",
]
