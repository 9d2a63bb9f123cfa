"""A search as an address says it: read strictly, refused in plain words, written back the same way."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

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
    def conditions(self) -> SearchQuery:
        """What is asked besides the words, the page and the order: without words, what is found hangs on this alone."""
        return replace(self, q="", page=1, size=1, sort="", literal=False, cut=False)

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


def _values(params: Mapping[str, Any], name: str) -> list[str]:
    """All values of a parameter without blanks; reads a QueryDict, or a mapping to a text or a list of texts."""
    getlist: Callable[[str], Sequence[Any]] | None = getattr(params, "getlist", None)
    found = getlist(name) if getlist else params.get(name, ())
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
    return text if len(text) <= 40 else text[:40] + "…"


def _choice(params: Mapping[str, Any], name: str, allowed: Callable[[str], bool], remedy: str) -> tuple[str, ...]:
    values = _values(params, name)
    if len(values) > MOST_VALUES:
        raise InvalidInput(f"Je kiest te veel waarden voor {name!r}: {len(values)}. Kies er hoogstens {MOST_VALUES}.")
    for value in values:
        if not allowed(value):
            raise InvalidInput(f"We kennen {_shown(value)!r} niet als waarde van {name!r}. {remedy}")
    return tuple(values)


def _number(text: str, name: str, remedy: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InvalidInput(f"{_shown(text)!r} is geen getal dat we kunnen gebruiken voor {name!r}. {remedy}")
    return value


def _near(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    remedy = "Geef een breedte en een lengte in graden, bijvoorbeeld near=50.87,3.81."
    parts = text.split(",")
    if len(parts) != 2:
        raise InvalidInput(f"De plaats {_shown(text)!r} begrijpen we niet. {remedy}")
    lat, lon = (_number(part.strip(), "near", remedy) for part in parts)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise InvalidInput(f"De plaats {_shown(text)!r} ligt niet op aarde. {remedy}")
    return lat, lon


def _radius(text: str) -> float | None:
    if not text:
        return None
    remedy = f"Geef een afstand in kilometer, meer dan 0 en hoogstens {LARGEST_RADIUS_KM:g}."
    value = _number(text, "radius_km", remedy)
    if not 0 < value <= LARGEST_RADIUS_KM:
        raise InvalidInput(f"De straal {_shown(text)!r} kan niet. {remedy}")
    return value


def _whole(text: str, name: str, standard: int, largest: int) -> int:
    if not text:
        return standard
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= largest:
        raise InvalidInput(f"{_shown(text)!r} kan niet voor {name!r}. Geef een geheel getal van 1 tot {largest}.")
    return int(text)


def parse_query(params: Mapping[str, Any]) -> SearchQuery:
    """The search that the parameters of an address ask for.

    Accepts Django's QueryDict, or a mapping of name to a text or a list of texts. Unknown parameters and blank values
    are passed over, control characters count as a space, a text over 200 characters is cut (`cut`). Whether a
    municipality or cluster lies in the region is checked by the search itself. Raises InvalidInput, with a message in
    plain Dutch, for anything that cannot be meant.
    """
    text = " ".join(_CONTROL.sub(" ", _one(params, "q")).split())
    sort = _one(params, "sort")
    if sort and sort not in SORTS:
        raise InvalidInput(f"We kunnen niet sorteren op {_shown(sort)!r}. Kies uit: {', '.join(SORTS)}.")
    themes = {theme.code for theme in taxonomy.themes()}
    services = {service.code for service in taxonomy.services()}
    municipal = "Geef de NIS-code van een gemeente: vijf cijfers."
    return SearchQuery(
        q=text[:LONGEST_TEXT].rstrip(),
        theme=_choice(params, "theme", themes.__contains__, f"Kies uit: {', '.join(sorted(themes))}."),
        service=_choice(params, "service", services.__contains__, "Kies een code uit de dienstenlijst."),
        customer=_choice(params, "customer", set(Customer).__contains__, f"Kies uit: {', '.join(Customer)}."),
        kind=_choice(params, "kind", set(Kind).__contains__, f"Kies uit: {', '.join(Kind)}."),
        municipality=_choice(params, "municipality", lambda text: bool(_NIS_CODE.fullmatch(text)), municipal),
        seat=_choice(params, "seat", lambda text: bool(_NIS_CODE.fullmatch(text)), municipal),
        cluster=_choice(params, "cluster", lambda text: bool(_SLUG.fullmatch(text)), "Kies een cluster uit de lijst."),
        delivered=_choice(params, "delivered", set(Delivered).__contains__, f"Kies uit: {', '.join(Delivered)}."),
        near=_near(_one(params, "near")),
        radius_km=_radius(_one(params, "radius_km")),
        sort=sort,
        page=_whole(_one(params, "page"), "page", 1, LARGEST_PAGE),
        size=_whole(_one(params, "size"), "size", 25, LARGEST_SIZE),
        literal=_one(params, "literal") == "1",
        cut=len(text) > LONGEST_TEXT,
    )
