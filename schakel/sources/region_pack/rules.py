"""What must fit between the cells of one row, and between tables. Each rule yields (column, what is expected)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeAlias

from schakel.core.geography import parse_area_token
from schakel.core.identifiers import get_municipality_name, is_certainly_before, list_postal_code_municipalities
from schakel.core.model import FINDABLE, LifeStatus
from schakel.sources.region_pack.schema import SERVICES

Values: TypeAlias = Mapping[str, Any]
Complaint: TypeAlias = tuple[str, str]
Rule: TypeAlias = Callable[[Values, "PackIndex"], Iterator[Complaint]]

_MANY = 5000  # searching a like word among more keys takes too long to be worth it


@dataclass(slots=True)
class PackIndex:
    """What rows may refer to. `keys[table]` is `None` when that table could not be read: then nothing is said."""

    keys: dict[str, Collection[str] | None]
    organisation_status: dict[str, LifeStatus] = field(default_factory=dict)
    establishment_owner: dict[str, str] = field(default_factory=dict)


def explain_reference(table: str, value: str, keys: Collection[str]) -> str:
    """What is expected instead of a reference to something that is not there."""
    if table == "municipalities":
        name = get_municipality_name(value)
        return f"een gemeente van de regio (municipalities.csv){f'; {value} is {name}' if name else ''}"
    close = get_close_matches(value, sorted(keys), n=1) if len(keys) <= _MANY else []
    hint = f"; bedoeld is misschien {close[0]}" if close else ""
    if table == SERVICES:
        return f"een code uit de dienstenlijst{hint}"
    return f"iets wat in {table}.csv staat{hint}"


def _both_coordinates(values: Values, index: PackIndex) -> Iterator[Complaint]:
    if ("lat" in values and "lon" in values) and (values["lat"] is None) != (values["lon"] is None):
        missing = "lat" if values["lat"] is None else "lon"
        yield missing, "lat en lon allebei, of geen van beide"


def _postal_code_in_municipality(values: Values, index: PackIndex) -> Iterator[Complaint]:
    postal_code, nis_code = values.get("postal_code"), values.get("nis_code")
    if postal_code and nis_code:
        owners = list_postal_code_municipalities(postal_code)
        if nis_code not in owners:
            names = " of ".join(sorted(get_municipality_name(owner) or owner for owner in owners))
            municipality = get_municipality_name(nis_code)
            yield "postal_code", f"een postcode van {municipality} ({nis_code}); {postal_code} hoort bij {names}"


def _period(since: str, until: str) -> Rule:
    def rule(values: Values, index: PackIndex) -> Iterator[Complaint]:
        begin, end = values.get(since), values.get(until)
        if begin and end and is_certainly_before(end, begin):
            yield until, f"een datum die niet voor {since} ({begin}) ligt"

    return rule


def _not_itself(own: str, other: str) -> Rule:
    def rule(values: Values, index: PackIndex) -> Iterator[Complaint]:
        if values.get(other) is not None and values.get(other) == values.get(own):
            yield other, f"iets anders dan de rij zelf ({values[own]})"

    return rule


def _own_establishment(values: Values, index: PackIndex) -> Iterator[Complaint]:
    owner = index.establishment_owner.get(values.get("establishment") or "")
    if owner is not None and values.get("organisation") is not None and owner != values["organisation"]:
        yield "establishment", f"een vestiging van {values['organisation']}; deze is van {owner}"


def _offer_under_living_organisation(values: Values, index: PackIndex) -> Iterator[Complaint]:
    organisation = index.organisation_status.get(values.get("organisation") or "")
    if organisation is not None and organisation not in FINDABLE and values.get("status") in FINDABLE:
        yield (
            "status",
            f"{LifeStatus.CLOSED}, {LifeStatus.ANNOUNCED} of {LifeStatus.HISTORICAL}: "
            f"de organisatie {values['organisation']} is {organisation}",
        )


def _area_exists(values: Values, index: PackIndex) -> Iterator[Complaint]:
    for text in values.get("area") or ():
        token = parse_area_token(text)
        table = {"nis": "municipalities", "cluster": "clusters"}.get(token.kind)
        keys = index.keys[table] if table else None
        if table and keys is not None and token.value not in keys:
            yield "area", f"in plaats van {text!r}: {explain_reference(table, token.value, keys)}"


def _target_group_within_total(values: Values, index: PackIndex) -> Iterator[Complaint]:
    for total, part in (("headcount", "target_group_headcount"), ("fte", "target_group_fte")):
        known = values.get(total) is not None and values.get(part) is not None
        if known and not values.get("is_minimum") and values[part] > values[total]:
            yield part, f"hoogstens het totaal in {total} ({values[total]:g})"


def _not_its_own_neighbour(values: Values, index: PackIndex) -> Iterator[Complaint]:
    if values.get("nis_code") in (values.get("neighbours") or ()):
        yield "neighbours", "alleen andere gemeenten"


RULES: Mapping[str, tuple[Rule, ...]] = {
    "municipalities": (_both_coordinates, _not_its_own_neighbour),
    "localities": (_both_coordinates, _postal_code_in_municipality),
    "cluster_members": (_period("since", "until"),),
    "organisations": (_not_itself("slug", "succeeded_by"),),
    "establishments": (_both_coordinates, _postal_code_in_municipality, _not_itself("key", "replaced_by")),
    "recognitions": (_own_establishment, _period("valid_from", "valid_until")),
    "offers": (_own_establishment, _offer_under_living_organisation, _area_exists),
    "employment": (_target_group_within_total,),
}
