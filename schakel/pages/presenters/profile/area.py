"""Choosing where an offer counts: the whole region, clusters, kilometres around the place, or municipalities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from schakel.core.errors import InvalidInput
from schakel.core.geography import parse_area_token
from schakel.core.model import AreaKnowledge, Json, Municipality, ServiceArea
from schakel.figures import HexCell, State, draw_hexmap
from schakel.figures.hexmap import HexMap
from schakel.pages.standing import Standing

_RADIUS = "radius:"


@dataclass(frozen=True, slots=True)
class Box:
    """One box to tick."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """The boxes as they are ticked, the kilometres as typed, and what that comes to."""

    whole: tuple[Box, ...]
    clusters: tuple[Box, ...]
    municipalities: tuple[Box, ...]
    radius: str
    fault: str
    reached: str
    count: int
    assumed: bool
    hexmap: HexMap | None


def read_area(posted: QueryDict) -> list[str]:
    """The tokens of what was ticked and typed; kilometres that are no number stay as typed, for `check_choice`."""
    radius = posted.get("radius", "").strip().lower().removesuffix("km").strip().replace(",", ".")
    return [*dict.fromkeys(posted.getlist("area")), *([f"{_RADIUS}{radius}"] if radius else [])]


def area_value(tokens: Sequence[str]) -> Json:
    """What is stated; nothing ticked says nothing. Raises InvalidInput for kilometres that are no number."""
    for token in tokens:
        parse_area_token(token)
    return list(tokens) or None


def present_area(tokens: Sequence[str], resolved: ServiceArea, region: Standing, *, fault: str = "") -> AreaChoice:
    """The choice with the municipalities it reaches, as a list and on a small map."""
    chosen = set(tokens)
    radius = next((token.removeprefix(_RADIUS) for token in tokens if token.startswith(_RADIUS)), "")
    names = [place.name for place in region.municipalities if place.nis_code in resolved.nis_codes]
    return AreaChoice(
        whole=(
            Box("region", gettext("De hele streek"), "region" in chosen),
            Box("outside", gettext("Ook buiten de streek"), "outside" in chosen),
        ),
        clusters=tuple(
            Box(f"cluster:{cluster.slug}", cluster.name, f"cluster:{cluster.slug}" in chosen)
            for cluster in region.clusters
        ),
        municipalities=tuple(
            Box(f"nis:{place.nis_code}", place.name, f"nis:{place.nis_code}" in chosen)
            for place in region.municipalities
        ),
        radius=radius.replace(".", ","),
        fault=fault,
        reached=", ".join(names),
        count=len(names),
        assumed=resolved.knowledge is AreaKnowledge.ASSUMED,
        hexmap=_map(resolved, region) if names else None,
    )


def radius_fault(tokens: Sequence[str]) -> str:
    """What to do about the kilometres; empty when they are right."""
    try:
        area_value([token for token in tokens if token.startswith(_RADIUS)])
    except InvalidInput:
        return gettext("Schrijf een aantal kilometer, zoals 10.")
    return ""


def _map(resolved: ServiceArea, region: Standing) -> HexMap:
    reached = State.ASSUMED if resolved.knowledge is AreaKnowledge.ASSUMED else State.SERVED
    cells = [
        _cell(place, reached if place.nis_code in resolved.nis_codes else State.NO_DATA)
        for place in region.municipalities
    ]
    return draw_hexmap(
        cells,
        ident="werkgebied",
        title=gettext("Waar men dit kan vragen"),
        state_words={
            State.SERVED: gettext("hier wel"),
            State.ASSUMED: gettext("hier wel (aanname)"),
            State.NO_DATA: gettext("hier niet gezegd"),
        },
    )


def _cell(place: Municipality, state: State) -> HexCell:
    return HexCell(key=place.nis_code, name=place.name, point=place.point, words="", value=None, text="", state=state)
