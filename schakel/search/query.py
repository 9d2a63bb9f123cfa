"""A search as an address says it: read strictly, refused in plain words, written back the same way."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext

from schakel.core import taxonomy
from schakel.core.errors import InvalidInput
from schakel.core.model import Customer, Delivered, Kind

LONGEST_TEXT = 200
LARGEST_PAGE = 100_000
LARGEST_SIZE = 100
LARGEST_RADIUS_KM = 500.0
MOST_VALUES = 100
SORTS = ("relevance", "distance", "name")
FACETS = ("theme", "service", "customer", "kind", "municipality", "seat", "cluster", "delivered")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_NIS_CODE = re.compile(r"[0-9]{5}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked. Several values of one facet mean "one of these"; different facets all have to hold.

    `municipality` and `seat` are NIS codes: served by the offer, and located there. `near` is (latitude, longitude)
    in degrees; `radius_km` None means no limit. `sort` "" lets the search choose: relevance with words, else distance
    with a place, else name. `literal`: place words in `q` are ordinary words. `cut`: `q` was too long and was cut.
    """

    q: str = ""
    theme: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    municipality: tuple[str, ...] = ()
    seat: tuple[str, ...] = ()
    cluster: tuple[str, ...] = ()
    delivered: tuple[str, ...] = ()
    near: tuple[float, float] | None = None
    radius_km: float | None = None
    sort: str = ""
    page: int = 1
    size: int = 25
    literal: bool = False
    cut: bool = False

    def selected(self, facet: str) -> tuple[str, ...]:
        """The chosen values of one facet of FACETS."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    def without(self, facets: Sequence[str]) -> SearchQuery:
        """The same search with these facets let go."""
        changes: dict[str, Any] = dict.fromkeys(facets, ())
        return replace(self, **changes)

    @property
    def conditions(self) -> tuple[object, ...]:
        """What is asked besides the words, the page and the order: without words, what is found hangs on this alone."""
        found: tuple[object, ...] = _CONDITIONS(self)
        return found

    @property
    def is_empty(self) -> bool:
        """Nothing asked at all: every organisation that can be found."""
        return not self.q and self.near is None and not any(self.selected(facet) for facet in FACETS)

    def to_params(self) -> list[tuple[str, str]]:
        """The parameters of the address that means this search; `parse_query` reads them back."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(facet, value) for facet in FACETS for value in self.selected(facet)]
        if self.near is not None:
            pairs.append(("near", f"{self.near[0]:.6g},{self.near[1]:.6g}"))
        if self.radius_km is not None:
            pairs.append(("radius_km", f"{self.radius_km:g}"))
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.literal:
            pairs.append(("literal", "1"))
        if self.page != 1:
            pairs.append(("page", str(self.page)))
        if self.size != SearchQuery.__dataclass_fields__["size"].default:
            pairs.append(("size", str(self.size)))
        return pairs


_CONDITIONS = attrgetter(*FACETS, "near", "radius_km")


def _values(params: Mapping[str, Any], name: str) -> list[str]:
    """All values of a parameter without blanks; reads a QueryDict, or a mapping to a text or a list of texts."""
    if name not in params:
        return []
    getlist: Callable[[str], Sequence[Any]] | None = getattr(params, "getlist", None)
    found = getlist(name) if getlist else params[name]
    if isinstance(found, (str, int, float)):
        found = [found]
    elif not isinstance(found, (list, tuple)):
        found = []
    texts = [_CONTROL.sub(" ", str(value)).strip() for value in found if value is not None]
    return list(dict.fromkeys(text for text in texts if text))


def _one(params: Mapping[str, Any], name: str) -> str:
    values = _values(params, name)
    return values[-1] if values else ""


def _shown(text: str) -> str:
    """What was asked, as a refusal repeats it."""
    return repr(text if len(text) <= 40 else text[:40] + "…")


@lru_cache(maxsize=1)
def _allowed() -> Mapping[str, frozenset[str]]:
    """The values of the facets that every region has."""
    return {
        "theme": frozenset(theme.code for theme in taxonomy.themes()),
        "service": frozenset(service.code for service in taxonomy.services()),
        "customer": frozenset(Customer),
        "kind": frozenset(Kind),
        "delivered": frozenset(Delivered),
    }


def _remedy(name: str) -> str:
    """What can be chosen for a facet."""
    if name == "service":
        return gettext("Kies een code uit de dienstenlijst.")
    if name in ("municipality", "seat"):
        return gettext("Geef de NIS-code van een gemeente: vijf cijfers.")
    if name == "cluster":
        return gettext("Kies een cluster uit de lijst.")
    return gettext("Kies uit: %(values)s.") % {"values": ", ".join(sorted(_allowed()[name]))}


def _may_be(name: str, value: str) -> bool:
    """Whether a facet can have a value; of places only whether it is written as one."""
    if name in ("municipality", "seat"):
        return bool(_NIS_CODE.fullmatch(value))
    if name == "cluster":
        return bool(_SLUG.fullmatch(value))
    return value in _allowed()[name]


def _choice(params: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = _values(params, name)
    if len(values) > MOST_VALUES:
        said = gettext("Je kiest te veel waarden voor '%(name)s': %(count)s. Kies er hoogstens %(most)s.")
        raise InvalidInput(said % {"name": name, "count": len(values), "most": MOST_VALUES})
    for value in values:
        if not _may_be(name, value):
            said = gettext("We kennen %(value)s niet als waarde van '%(name)s'. %(remedy)s")
            raise InvalidInput(said % {"value": _shown(value), "name": name, "remedy": _remedy(name)})
    return tuple(values)


def _number(text: str, name: str, remedy: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        said = gettext("%(value)s is geen getal dat we kunnen gebruiken voor '%(name)s'. %(remedy)s")
        raise InvalidInput(said % {"value": _shown(text), "name": name, "remedy": remedy})
    return value


def _near(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    remedy = gettext("Geef een breedte en een lengte in graden, bijvoorbeeld near=50.87,3.81.")
    parts = text.split(",")
    if len(parts) != 2:
        said = gettext("De plaats %(value)s begrijpen we niet. %(remedy)s")
        raise InvalidInput(said % {"value": _shown(text), "remedy": remedy})
    lat, lon = (_number(part.strip(), "near", remedy) for part in parts)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        said = gettext("De plaats %(value)s ligt niet op aarde. %(remedy)s")
        raise InvalidInput(said % {"value": _shown(text), "remedy": remedy})
    return lat, lon


def _radius(text: str) -> float | None:
    if not text:
        return None
    remedy = gettext("Geef een afstand in kilometer, meer dan 0 en hoogstens %(most)s.") % {
        "most": f"{LARGEST_RADIUS_KM:g}"
    }
    value = _number(text, "radius_km", remedy)
    if not 0 < value <= LARGEST_RADIUS_KM:
        said = gettext("De straal %(value)s kan niet. %(remedy)s")
        raise InvalidInput(said % {"value": _shown(text), "remedy": remedy})
    return value


def _whole(text: str, name: str, standard: int, largest: int) -> int:
    if not text:
        return standard
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= largest:
        said = gettext("%(value)s kan niet voor '%(name)s'. Geef een geheel getal van 1 tot %(most)s.")
        raise InvalidInput(said % {"value": _shown(text), "name": name, "most": largest})
    return int(text)


def parse_query(params: Mapping[str, Any]) -> SearchQuery:
    """The search that the parameters of an address ask for.

    Accepts Django's QueryDict, or a mapping of name to a text or a list of texts. Unknown parameters and blank values
    are passed over, control characters count as a space, a text over 200 characters is cut (`cut`). Whether a
    municipality or cluster lies in the region is checked by the search itself. Raises InvalidInput, with a message in
    plain words of the language in use, for anything that cannot be meant.
    """
    text = " ".join(_CONTROL.sub(" ", _one(params, "q")).split())
    sort = _one(params, "sort")
    if sort and sort not in SORTS:
        said = gettext("We kunnen niet sorteren op %(value)s. Kies uit: %(values)s.")
        raise InvalidInput(said % {"value": _shown(sort), "values": ", ".join(SORTS)})
    return SearchQuery(
        q=text[:LONGEST_TEXT].rstrip(),
        **{facet: _choice(params, facet) for facet in FACETS},
        near=_near(_one(params, "near")),
        radius_km=_radius(_one(params, "radius_km")),
        sort=sort,
        page=_whole(_one(params, "page"), "page", 1, LARGEST_PAGE),
        size=_whole(_one(params, "size"), "size", 25, LARGEST_SIZE),
        literal=_one(params, "literal") == "1",
        cut=len(text) > LONGEST_TEXT,
    )
