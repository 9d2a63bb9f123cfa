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

    def documents_of(self, place: int) -> list[int]:
        """The documents of one organisation, ascending."""
        after = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.units)
        units: list[int] = self.units[self.starts[place] : after].tolist()
        if self._documents is None:
            return units
        return [doc for unit in units for doc in range(self._documents[unit], self._documents[unit + 1])]

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
