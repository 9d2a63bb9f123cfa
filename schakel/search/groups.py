"""Documents taken together by organisation."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Docs = NDArray[np.intp]
Number = TypeVar("Number", bound=np.generic)


class Groups:
    """A run of documents per organisation, in the order of the organisations' names."""

    def __init__(self, docs: Docs, organisation_of: NDArray[np.int32]) -> None:
        """`docs` ascending and `organisation_of` each of them, ascending too."""
        self.docs = docs
        self._begins = np.ones(len(docs), dtype=np.bool_)
        np.not_equal(organisation_of[1:], organisation_of[:-1], out=self._begins[1:])
        self.starts = np.flatnonzero(self._begins)
        self.organisations = organisation_of.take(self.starts)

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, place: int) -> slice:
        """Where the documents of one organisation stand."""
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.docs)
        return slice(int(self.starts[place]), int(end))

    @cached_property
    def _several(self) -> tuple[Docs, Docs, Docs]:
        """Organisations with more than one document: which, the places of all those documents, and their runs."""
        sizes = np.diff(self.starts, append=len(self.docs))
        which = np.flatnonzero(sizes > 1)
        in_run = ~self._begins
        in_run[self.starts[which]] = True
        sizes = sizes[which]
        return which, np.flatnonzero(in_run), np.cumsum(sizes) - sizes

    def reduce(self, join: np.ufunc, values: NDArray[Number]) -> NDArray[Number]:
        """Per organisation the values of its documents, joined.

        Most organisations have one document, which is simply taken: joining runs of one costs ten times as much.
        """
        found = values.take(self.starts)
        if len(self.starts) < len(self.docs):
            which, members, runs = self._several
            found[which] = join.reduceat(values.take(members), runs)
        return found
