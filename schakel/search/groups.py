"""Documents taken together by organisation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Docs = NDArray[np.intp]
Places = NDArray[np.integer[Any]]
Number = TypeVar("Number", bound=np.generic)


def after_the_first(start: Places, sizes: Places) -> Iterator[tuple[Docs, Docs]]:
    """Of runs of things: first which runs have a second one, and where it stands; then the third, and so on."""
    for number in range(1, int(sizes.max(initial=0))):
        which = (sizes > number).nonzero()[0]
        yield which, (start.take(which) + number).astype(np.intp, copy=False)


class Groups:
    """A run of documents per organisation, in the order of the organisations' names."""

    def __init__(self, docs: Docs, organisation_of: NDArray[np.int32]) -> None:
        """`docs` ascending and `organisation_of` each of them, ascending too."""
        self.docs = docs
        begins = np.ones(len(docs), dtype=np.bool_)
        np.not_equal(organisation_of[1:], organisation_of[:-1], out=begins[1:])
        self.starts = begins.nonzero()[0]
        self.organisations = organisation_of.take(self.starts)

    def __len__(self) -> int:
        return len(self.starts)

    def documents_of(self, places: Docs) -> tuple[Docs, Docs]:
        """The documents of some organisations, one after the other, and where those of each begin."""
        starts, last = self.starts.take(places), len(self.starts) - 1
        ends = np.where(places < last, self.starts.take(np.minimum(places + 1, last)), len(self.docs))
        sizes = ends - starts
        begins = np.cumsum(sizes) - sizes
        return self.docs.take(np.repeat(starts - begins, sizes) + np.arange(sizes.sum())), begins

    @cached_property
    def _further(self) -> list[tuple[Docs, Docs]]:
        """Which organisations have a second document, a third, and so on, and where it stands."""
        sizes = np.full_like(self.starts, len(self.docs))
        sizes[:-1] = self.starts[1:]
        sizes -= self.starts
        return list(after_the_first(self.starts, sizes))

    def reduce(self, join: np.ufunc, values: NDArray[Number]) -> NDArray[Number]:
        """Per organisation the values of its documents, joined.

        Second documents all at once, then third ones: most have a few, and joining run by run takes twice as long.
        """
        found = values.take(self.starts)
        for which, places in self._further:
            found[which] = join(found.take(which), values.take(places))
        return found
