"""Links to the files that hold the result of a search."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from schakel import exports
from schakel.pages.presenters.blocks import Link
from schakel.search.query import SearchQuery

FORMATS: Mapping[str, str] = {"CSV": "CSV", "XLSX": "Excel", "GEOJSON": "GeoJSON", "JSON_LD": "JSON-LD"}
_NOT_ASKED = ("page", "size")  # a file holds every page
_OFFERED = tuple(
    (FORMATS[file.file_type], file.path)
    for file in exports.DOWNLOADS
    if file.name in ("organisaties.csv", "register.xlsx", "register.geojson", "register.jsonld")
)


def file_links(query: SearchQuery) -> tuple[Link, ...]:
    """The result of a search, or the whole register when nothing is asked, in every format."""
    pairs = [pair for pair in query.to_params() if pair[0] not in _NOT_ASKED]
    asked = f"?{urlencode(pairs)}" if pairs else ""
    return tuple([Link(label, path + asked) for label, path in _OFFERED])
