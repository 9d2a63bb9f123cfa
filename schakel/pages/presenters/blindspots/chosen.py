"""Which part of the grid is asked for: theme, cluster, customer and goal; and what a goal looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext

from schakel.analyses.read import BlindSpots
from schakel.analyses.stored import GridCell
from schakel.core import taxonomy
from schakel.core.access.blindspots import State
from schakel.core.errors import InvalidInput
from schakel.core.model import Customer, Municipality
from schakel.pages.presenters.cluster import is_member
from schakel.pages.presenters.guide import Option
from schakel.pages.standing import Standing
from schakel.wording import words

# A goal that is not here looks at every service, so it is no choice.
DOORSTROOM_SERVICES = frozenset({"job_coaching", "work_activity", "enclave_work"})
GOALS = ("doorstroom", "local_government", "awareness")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choice of a visitor; "" is everything."""

    theme: str = ""
    cluster: str = ""
    customer: str = ""
    goal: str = ""

    def query(self) -> str:
        """As it stands in an address, with its question mark; empty without a choice."""
        pairs = {name: getattr(self, name) for name in ("theme", "cluster", "customer", "goal") if getattr(self, name)}
        return f"?{urlencode(pairs)}" if pairs else ""

    def state_of(self, cell: GridCell) -> State:
        """The state of a cell, for the chosen customer where there is one."""
        return cell.by_customer[Customer(self.customer)] if self.customer else cell.state

    def is_suspected(self, cell: GridCell) -> bool:
        """Whether nothing at all is known, for the chosen customer."""
        return cell.suspected and self.state_of(cell) is State.NO_DATA


def read_chosen(params: Mapping[str, str], region: Standing) -> Chosen:
    """The choice in the address. Raises InvalidInput for what does not exist."""
    chosen = Chosen(**{name: str(params.get(name) or "") for name in ("theme", "cluster", "customer", "goal")})
    if chosen.theme:
        taxonomy.theme(chosen.theme)
    if chosen.cluster and chosen.cluster not in {cluster.slug for cluster in region.clusters}:
        raise InvalidInput(gettext("Deze cluster bestaat niet. Kies er een uit de lijst."))
    if chosen.customer and chosen.customer not in set(Customer):
        raise InvalidInput(gettext("Deze soort klant bestaat niet. Kies er een uit de lijst."))
    if chosen.goal and chosen.goal not in goal_titles(region):
        raise InvalidInput(gettext("Dit doel bestaat niet. Kies er een uit de lijst."))
    return chosen


def goal_titles(region: Standing) -> Mapping[str, str]:
    """The goals of the region that can be chosen, with their titles."""
    goals = region.region.goals if region.region else ()
    return {goal.key: words.in_language(goal.title) for goal in goals if goal.key in GOALS}


def chosen_services(grid: BlindSpots, chosen: Chosen) -> tuple[str, ...]:
    """The codes of the services that fit, in the order of the taxonomy.

    Doorstroom: coaching, work care and enclaves. Local governments: services of which an offer is meant for them or
    that one of them let. Awareness: services that are there somewhere without a sign that anybody knows them.
    """
    codes = [service.code for service in taxonomy.services() if chosen.theme in ("", service.theme)]
    if chosen.goal == "doorstroom":
        return tuple(code for code in codes if code in DOORSTROOM_SERVICES)
    if chosen.goal in GOALS:
        found = {cell.code for cell in grid.services.values() if _serves(cell, chosen.goal)}
        return tuple(code for code in codes if code in found)
    return tuple(codes)


def _serves(cell: GridCell, goal: str) -> bool:
    if goal == "local_government":
        meant = any(Customer.LOCAL_GOVERNMENT in reach.customers for reach in (*cell.reached_by, *cell.doubtful))
        return meant or cell.signs.tasks > 0
    return cell.state is State.UNKNOWN or "no_sign_of_use" in cell.doubts


def places_of(grid: BlindSpots, region: Standing) -> list[Municipality]:
    """The municipalities of the region that the grid knows: one that was just added waits for the next run."""
    known = {nis_code for _, nis_code in grid.services}
    return [place for place in region.municipalities if place.nis_code in known]


def chosen_places(grid: BlindSpots, region: Standing, chosen: Chosen, today: date) -> Sequence[Municipality]:
    """The municipalities that fit: all, or those in the cluster today."""
    places = places_of(grid, region)
    if not chosen.cluster:
        return places
    (cluster,) = (cluster for cluster in region.clusters if cluster.slug == chosen.cluster)
    members = {member.nis_code for member in cluster.members if is_member(member, today)}
    return [place for place in places if place.nis_code in members]


def choices(region: Standing, chosen: Chosen) -> Mapping[str, tuple[Option, ...]]:
    """The options of the four drop-down lists."""
    every = gettext("Alle")

    def options(values: Mapping[str, str], now: str) -> tuple[Option, ...]:
        return (
            Option("", every, selected=not now),
            *(Option(code, label, selected=code == now) for code, label in values.items()),
        )

    return {
        "theme": options({one.code: words.theme_label(one.code) for one in taxonomy.themes()}, chosen.theme),
        "cluster": options({one.slug: one.name for one in region.clusters}, chosen.cluster),
        "customer": options({one: words.word(words.CUSTOMERS, one) for one in Customer}, chosen.customer),
        "goal": options(goal_titles(region), chosen.goal),
    }
