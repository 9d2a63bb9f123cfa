"""Where an offer reaches: what somebody stated, else the region's rule, else not known (ADR on areas)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schakel.core.errors import InvalidInput
from schakel.core.geography.region import MUNICIPALITY_AND_NEIGHBOURS, REGION, RegionGeography, fold_place
from schakel.core.model import AreaKnowledge, Delivered, Point, ServiceArea

MAX_RADIUS_KM = 300.0  # wider than Belgium
MAX_WORDS = 300  # what the register keeps
WHOLE_REGION_WORDS = "heel de regio"
OUTSIDE_WORDS = "buiten de regio"

_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]{1,3})?")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class AreaBase:
    """A live establishment an offer may start from; `None` where its place or municipality is not known."""

    point: Point | None
    nis_code: str | None


@dataclass(frozen=True, slots=True)
class AreaToken:
    """One part of a stated area: `kind` is nis, cluster, radius, region or outside."""

    kind: str
    value: str = ""

    @property
    def radius_km(self) -> float:
        return float(self.value)


def parse_area_token(text: str) -> AreaToken:
    """Read `nis:41002`, `cluster:seva`, `radius:10`, `region` or `outside`; raises InvalidInput with what is expected.

    Only the form: whether the municipality or cluster exists in the region is for `check_area`.
    """
    kind, _, value = text.partition(":")
    if text in ("region", "outside"):
        return AreaToken(text)
    if kind == "nis" and re.fullmatch(r"[0-9]{5}", value):
        return AreaToken(kind, value)
    if kind == "cluster" and _SLUG.fullmatch(value):
        return AreaToken(kind, value)
    if kind == "radius" and _NUMBER.fullmatch(value) and 0 < float(value) <= MAX_RADIUS_KM:
        return AreaToken(kind, value)
    if kind == "radius":
        raise InvalidInput(f"een straal in km groter dan 0 en hoogstens {MAX_RADIUS_KM:.0f}, zoals radius:10")
    raise InvalidInput("nis:41002, cluster:naam, radius:10, region of outside")


def check_area(stated: Sequence[str], region: RegionGeography) -> None:
    """Raise InvalidInput for the first token of a stated area that is malformed or names what the region has not."""
    for text in stated:
        token = parse_area_token(text)
        if token.kind == "nis" and token.value not in region.municipalities:
            raise InvalidInput(f"{text}: verwacht de NIS-code van een gemeente van de regio, of outside")
        if token.kind == "cluster" and token.value not in region.clusters:
            raise InvalidInput(f"{text}: verwacht een cluster van de regio: {', '.join(sorted(region.clusters))}")


def resolve_area(
    stated: Sequence[str] | None,
    *,
    delivered: Delivered,
    bases: Sequence[AreaBase],
    region: RegionGeography,
) -> ServiceArea:
    """The municipalities an offer reaches, how that is known, and in words.

    `stated`: the tokens of the source, `None` or empty if nobody says. `bases`: the live establishments that count
    for this offer: the one it names, else all of the organisation.

    Stated: the union of the tokens. A radius lies around every base with a point, however exactly that point is known,
    and always holds the base's own municipality; otherwise see `RegionGeography.list_within`. A token that cannot be
    resolved (a cluster that is gone, a radius without a known place) adds nothing; if nothing is left the area is
    UNKNOWN, and the words still say what was stated. `outside` alone is STATED with an empty set.
    Not stated: the region's rule for the way of delivering, from the municipalities of the bases (ASSUMED); UNKNOWN
    without a base, or if the rule needs a municipality and none is known.
    """
    if stated:
        return _resolve_stated([parse_area_token(text) for text in stated], bases, region)
    if not bases:
        return ServiceArea(AreaKnowledge.UNKNOWN)
    rule = region.rules[delivered]
    if rule == REGION:
        return ServiceArea(AreaKnowledge.ASSUMED, frozenset(region.municipalities), WHOLE_REGION_WORDS)
    own = {base.nis_code for base in bases if base.nis_code is not None} & region.municipalities.keys()
    if not own:
        return ServiceArea(AreaKnowledge.UNKNOWN)
    names = _names(own, region)
    if rule != MUNICIPALITY_AND_NEIGHBOURS:
        return ServiceArea(AreaKnowledge.ASSUMED, frozenset(own), _fit(_join_names(names), own))
    neighbours = {code for nis_code in own for code in region.municipalities[nis_code].neighbours}
    reached = frozenset(own | (neighbours & region.municipalities.keys()))
    return ServiceArea(AreaKnowledge.ASSUMED, reached, _fit(_join_names([*names, "buurgemeenten"]), reached))


def _resolve_stated(tokens: list[AreaToken], bases: Sequence[AreaBase], region: RegionGeography) -> ServiceArea:
    reached: set[str] = set()
    for token in tokens:
        if token.kind == "nis":
            reached |= {token.value} & region.municipalities.keys()
        elif token.kind == "cluster":
            reached |= region.clusters[token.value][1] if token.value in region.clusters else set()
        elif token.kind == "radius":
            reached |= _within_radius(token.radius_km, bases, region)
        elif token.kind == "region":
            reached |= region.municipalities.keys()
    words = _fit(_stated_words(tokens, bases, region), reached)
    if not reached and all(token.kind != "outside" for token in tokens):
        return ServiceArea(AreaKnowledge.UNKNOWN, frozenset(), words)
    return ServiceArea(AreaKnowledge.STATED, frozenset(reached), words)


def _within_radius(radius_km: float, bases: Sequence[AreaBase], region: RegionGeography) -> set[str]:
    reached: set[str] = set()
    for base in bases:
        if base.point is not None:
            reached |= region.list_within(base.point, radius_km)
            reached |= {base.nis_code} & region.municipalities.keys() if base.nis_code else set()
    return reached


def _stated_words(tokens: list[AreaToken], bases: Sequence[AreaBase], region: RegionGeography) -> str:
    kinds = {token.kind for token in tokens}
    parts: list[str] = []
    if "region" in kinds:
        parts.append(WHOLE_REGION_WORDS)
    else:
        parts += _names((token.value for token in tokens if token.kind == "nis"), region)
        parts += [
            f"cluster {region.clusters[token.value][0] if token.value in region.clusters else token.value}"
            for token in tokens
            if token.kind == "cluster"
        ]
        parts += [_radius_words(token.radius_km, bases, region) for token in tokens if token.kind == "radius"]
    if "outside" in kinds:
        parts.append(f"ook {OUTSIDE_WORDS}" if parts else OUTSIDE_WORDS)
    return _join_names(parts)


def _radius_words(radius_km: float, bases: Sequence[AreaBase], region: RegionGeography) -> str:
    number = f"{radius_km:g}".replace(".", ",")
    placed = [base for base in bases if base.point is not None]
    if not placed:
        return f"{number} km rond een vestiging waarvan de plaats niet bekend is"
    names = _names((base.nis_code for base in placed if base.nis_code in region.municipalities), region)
    return f"{number} km rond {_join_names(names) if names else 'de vestiging'}"


def _names(nis_codes: Iterable[str | None], region: RegionGeography) -> list[str]:
    names = {
        code: region.municipalities[code].name if code in region.municipalities else code for code in nis_codes if code
    }
    return sorted(names.values(), key=fold_place)


def _join_names(names: Sequence[str]) -> str:
    return " en ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _fit(words: str, reached: Iterable[str]) -> str:
    return words if len(words) <= MAX_WORDS else f"{len(set(reached))} gemeenten"
