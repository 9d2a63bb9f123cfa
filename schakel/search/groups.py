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
        self.starts = self._begins.nonzero()[0]
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
        sizes = np.empty_like(self.starts)
        np.subtract(self.starts[1:], self.starts[:-1], out=sizes[:-1])
        sizes[-1] = len(self.docs) - self.starts[-1]
        which = (sizes > 1).nonzero()[0]
        in_run = ~self._begins
        in_run[self.starts[which]] = True
        sizes = sizes[which]
        return which, in_run.nonzero()[0], sizes.cumsum() - sizes

    def reduce(self, join: np.ufunc, values: NDArray[Number]) -> NDArray[Number]:
        """Per organisation the values of its documents, joined.

        Most organisations have one document, which is simply taken: joining runs of one costs ten times as much.
        """
        found = values.take(self.starts)
        if len(self.starts) < len(self.docs):
            which, members, runs = self._several
            found[which] = join.reduceat(values.take(members), runs)
        return found
