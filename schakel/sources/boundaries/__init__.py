"""Municipal boundaries: from a file, a web address, a WFS or an OGC API Features address, to one area per NIS code."""

from schakel.sources.boundaries.fetch import fetch_boundaries
from schakel.sources.boundaries.parse import Boundaries, parse_boundaries

__all__ = ["Boundaries", "fetch_boundaries", "parse_boundaries"]
