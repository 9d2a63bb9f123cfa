"""What is chosen from, taken together by organisation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Units = NDArray[np.intp]
Places = NDArray[np.integer[Any]]
Number = TypeVar("Number", bound=np.generic)


def after_the_first(start: Places, sizes: Places) -> Iterator[tuple[Units, Units]]:
    """Of runs of things: first which runs have a second one, and where it stands; then the third, and so on."""
    for number in range(1, int(sizes.max(initial=0))):
        which = (sizes > number).nonzero()[0]
        yield which, (start.take(which) + number).astype(np.intp, copy=False)


def _run_out(start: Places, end: Places) -> tuple[Units, Units]:
    """Of runs of numbers: all of them, one after the other, and where those of each run begin."""
    sizes = end - start
    begins = np.cumsum(sizes) - sizes
    return np.repeat(start - begins, sizes) + np.arange(sizes.sum()), begins


class Grain:
    """The units that are chosen from: single documents or, where all of those are alike, runs of them.

    The units that can be hits come first, in the order of their organisations' names.
    """

    def __init__(
        self, live: int, organisation: NDArray[np.int32], rows: NDArray[np.uint64], starts: Units | None = None
    ) -> None:
        """`live` units can be hits; `rows` are their packed facets.

        `starts`: where the documents of each begin, and the end; None when each unit is the document of its number.
        """
        self.every = np.arange(live)
        self._organisation = organisation
        self._rows = rows
        self._starts = starts

    def groups(self, units: Units) -> Groups:
        """These units by organisation; they must be ascending, and all live or all past."""
        if units is self.every:
            return self._everyone
        return Groups(units, self._organisation.take(units), self._starts)

    @cached_property
    def _everyone(self) -> Groups:
        return Groups(self.every, self._organisation[: len(self.every)], self._starts)

    def row(self, number: int, units: Units) -> NDArray[np.uint64]:
        """One row of the facets of these units."""
        row: NDArray[np.uint64] = self._rows[number]
        return row[: len(self.every)] if units is self.every else row.take(units)


class Groups:
    """A run of units per organisation, in the order of the organisations' names."""

    def __init__(self, units: Units, organisation_of: NDArray[np.int32], documents: Units | None = None) -> None:
        """`units` ascending and `organisation_of` each of them, ascending too.

        `documents`: where those of every unit begin, and the end; None when each unit is the document of its number.
        """
        self.units = units
        self._documents = documents
        begins = np.ones(len(units), dtype=np.bool_)
        np.not_equal(organisation_of[1:], organisation_of[:-1], out=begins[1:])
        self.starts = begins.nonzero()[0]
        self.organisations = organisation_of.take(self.starts)

    def __len__(self) -> int:
        return len(self.starts)

    def documents_of(self, places: Units) -> tuple[Units, Units]:
        """The documents of some organisations, one after the other, and where those of each begin."""
        starts, last = self.starts.take(places), len(self.starts) - 1
        ends = np.where(places < last, self.starts.take(np.minimum(places + 1, last)), len(self.units))
        at, begins = _run_out(starts, ends)
        units = self.units.take(at)
        if self._documents is None:
            return units, begins
        documents, first = _run_out(self._documents.take(units), self._documents.take(units + 1))
        return documents, first.take(begins)

    @cached_property
    def _further(self) -> list[tuple[Units, Units]]:
        """Which organisations have a second unit, a third, and so on, and where it stands."""
        sizes = np.full_like(self.starts, len(self.units))
        sizes[:-1] = self.starts[1:]
        sizes -= self.starts
        return list(after_the_first(self.starts, sizes))

    def reduce(self, join: np.ufunc, values: NDArray[Number]) -> NDArray[Number]:
        """Per organisation the values of its units, joined.

        Second units all at once, then third ones: most have a few, and joining run by run takes twice as long.
        """
        found = values.take(self.starts)
        for which, places in self._further:
            found[which] = join(found.take(which), values.take(places))
        return found
