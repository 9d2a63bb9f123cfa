"""What a search gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeAlias

from schakel.search.query import SearchQuery


class Reason(NamedTuple):
    """Why something was found, as a code with its values; `reasons.words` turns it into a sentence."""

    code: str
    values: Mapping[str, str | float | None] = MappingProxyType({})


Counts: TypeAlias = Mapping[str, int]
"""The values of one facet, most first, and the exact number of organisations that choosing each would give."""


class Telling(Protocol):
    """Can tell of the hits of one page why they were found and what they offer; works only when asked."""

    def reasons(self, number: int) -> tuple[Reason, ...]: ...

    def services(self, number: int) -> tuple[str, ...]: ...

    def municipalities(self, number: int) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Hit:
    """One organisation. `score` only orders the hits of one search.

    `distance_km` is as the crow flies to the nearest point of a matching offer; None when no place was asked or no
    point is known. What costs time to tell is worked out when it is read.
    """

    slug: str
    score: float
    distance_km: float | None
    number: int = field(repr=False)  # its place among the hits that `telling` knows
    telling: Telling = field(repr=False, compare=False)

    @property
    def why(self) -> tuple[Reason, ...]:
        """Everything that made it a hit, most telling first."""
        return self.telling.reasons(self.number)

    @property
    def services(self) -> tuple[str, ...]:
        """The services of the offers that matched, in the order of the taxonomy."""
        return self.telling.services(self.number)

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The NIS codes that the offers that matched serve."""
        return self.telling.municipalities(self.number)


def no_history() -> tuple[Hit, ...]:
    """Nothing once was."""
    return ()


@dataclass(frozen=True)
class SearchPage:
    """One page of hits with everything that explains it.

    `count` and facet counts are organisations, exact. `effective` is the search as it was understood, with the place
    in the text as a condition. `interpreted` says what was read in the text, `ignored` what was not used (both as
    reasons, for `reasons.words`). `services` are the services recognised in the text or chosen. When nothing is
    found, `alternatives` holds the nearest hits, `relaxed` the conditions that were let go for them. `suggestion` is
    the text with its typos corrected.
    """

    query: SearchQuery
    effective: SearchQuery
    count: int
    page: int
    size: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Counts]
    ignored: tuple[Reason, ...]
    interpreted: tuple[Reason, ...]
    services: tuple[str, ...]
    alternatives: tuple[Hit, ...]
    relaxed: tuple[str, ...]
    suggestion: str | None
    revision: int
    look_back: Callable[[], tuple[Hit, ...]] = field(default=no_history, repr=False, compare=False)

    @cached_property
    def history(self) -> tuple[Hit, ...]:
        """What once was, or is only announced, on a first page with words: never part of `count`."""
        return self.look_back()

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.count // self.size))
