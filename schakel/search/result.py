"""What a search gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schakel.search.query import SearchQuery


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was found, as a code with its values; `reasons.words` turns it into a sentence."""

    code: str
    values: Mapping[str, str | float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and the exact number of organisations that choosing it would give."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One organisation. `services` and `municipalities` (NIS codes, served) are those of the offers that matched.

    `score` only orders the hits of one search. `distance_km` is as the crow flies to the nearest point of a matching
    offer; None when no place was asked or no point is known.
    """

    slug: str
    score: float
    distance_km: float | None
    why: tuple[Reason, ...]
    services: tuple[str, ...]
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits with everything that explains it.

    `count` and facet counts are organisations, exact. `effective` is the search as it was understood, with the place
    in the text as a condition. `interpreted` says what was read in the text, `ignored` what was not used (both as
    reasons, for `reasons.words`). `services` are the services recognised in the text or chosen. When nothing is
    found, `alternatives` holds the nearest hits, `relaxed` the conditions that were let go for them. `suggestion` is
    the text with its typos corrected. `history` holds what once was (or is only announced): never part of `count`.
    """

    query: SearchQuery
    effective: SearchQuery
    count: int
    page: int
    size: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    ignored: tuple[Reason, ...]
    interpreted: tuple[Reason, ...]
    services: tuple[str, ...]
    alternatives: tuple[Hit, ...]
    relaxed: tuple[str, ...]
    suggestion: str | None
    history: tuple[Hit, ...]
    revision: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.count // self.size))
