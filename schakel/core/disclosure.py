"""The one small-number rule: what may be published of counts of people, and what is hidden.

No count from 1 to 4; no rate on a denominator under 10; when a total would give a hidden count away, another is hidden
with it; counts of persons are rounded to base 5. Hidden is not 0 and not unknown. Applied before a Result is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from schakel.core.errors import InvalidInput

Key = TypeVar("Key", bound=Hashable)

SMALLEST_COUNT = 5  # 1 to 4 are never shown
SMALLEST_DENOMINATOR = 10
ROUND_TO = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that may be published; `value` is `None` when it is hidden for privacy."""

    value: int | None

    @property
    def hidden(self) -> bool:
        """Whether there is a number that nobody may see."""
        return self.value is None


HIDDEN = Shown(None)


def disclose_count(count: int) -> Shown:
    """The count, or hidden from 1 to 4. Raises InvalidInput below 0."""
    if count < 0:
        raise InvalidInput(f"A count is {count}; it must be 0 or more")
    return HIDDEN if 0 < count < SMALLEST_COUNT else Shown(count)


def disclose_persons(count: int) -> Shown:
    """A count of persons: hidden from 1 to 4, else to the nearest multiple of 5 (halves up)."""
    shown = disclose_count(count)
    return shown if shown.value is None else Shown((shown.value + ROUND_TO // 2) // ROUND_TO * ROUND_TO)


def disclose_rate(count: int, denominator: int) -> float | None:
    """Count over denominator; `None` (hidden) when the count may not be shown or the denominator is under 10."""
    if denominator < SMALLEST_DENOMINATOR or disclose_count(count).hidden:
        return None
    return count / denominator


def disclose_list(counts: Mapping[Key, int]) -> Mapping[Key, Shown]:
    """Counts of which the total is published too: what is left after hiding small ones must not give them away."""
    names = list(counts)
    ((row, *_),) = (disclose_table([[counts[name] for name in names]]),) if names else (((),),)
    return dict(zip(names, row, strict=True))


def disclose_table(counts: Sequence[Sequence[int]]) -> tuple[tuple[Shown, ...], ...]:
    """A table of which the totals of rows and columns are published too.

    First every count from 1 to 4 is hidden. Then in each row and column with hidden counts: as long as only one is
    hidden, or the hidden ones add up to less than 5, the smallest other count is hidden as well (a 0 only when nothing
    else is left). In a table of one row or column only that direction has totals. Raises InvalidInput for a count below
    0 or rows of different lengths.
    """
    width = {len(row) for row in counts}
    if len(width) > 1:
        raise InvalidInput(f"The rows of the table have different lengths: {sorted(width)}")
    hidden = [[disclose_count(count).hidden for count in row] for row in counts]
    lines = _lines(len(counts), next(iter(width), 0))
    while any(_protect(line, counts, hidden) for line in lines):
        continue  # hiding one more can leave another line with a single hidden count
    return tuple(
        tuple(HIDDEN if secret else Shown(count) for count, secret in zip(row, secrets, strict=True))
        for row, secrets in zip(counts, hidden, strict=True)
    )


def _lines(height: int, width: int) -> list[list[tuple[int, int]]]:
    rows = [[(row, column) for column in range(width)] for row in range(height) if width > 1]
    columns = [[(row, column) for row in range(height)] for column in range(width) if height > 1]
    return rows + columns


def _protect(line: Sequence[tuple[int, int]], counts: Sequence[Sequence[int]], hidden: list[list[bool]]) -> bool:
    """Hide one more count of this line if its total would give a hidden one away; whether it did."""
    secret = [counts[row][column] for row, column in line if hidden[row][column]]
    if not secret or (len(secret) > 1 and sum(secret) >= SMALLEST_COUNT):
        return False
    left = [spot for spot in line if not hidden[spot[0]][spot[1]]]
    if not left:
        return False
    size: Callable[[tuple[int, int]], tuple[bool, int]] = lambda spot: (  # noqa: E731
        counts[spot[0]][spot[1]] == 0,
        counts[spot[0]][spot[1]],
    )
    row, column = min(left, key=size)
    hidden[row][column] = True
    return True
