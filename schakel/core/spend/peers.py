"""What other municipalities do, without saying what any of them does.

One average per year, and per category, over all municipalities that take part: the same for everybody, so two readers
together know no more than one. It is released over at least GROUP municipalities, so that whoever takes part sees at
least five others. And it is only renewed when the shares of at least GROUP of them changed, so that the difference
between two releases is never that of one, two, three or four others.
"""

from __future__ import annotations

from collections.abc import Mapping

from schakel.core.disclosure import SMALLEST_COUNT

GROUP = SMALLEST_COUNT + 1
"""Five others and whoever looks."""
PARTS = 10_000
"""A share is kept in ten-thousandths: a hundredth of a percent."""


def release(before: Mapping[str, int] | None, now: Mapping[str, int]) -> Mapping[str, int] | None:
    """What the published average is made of: municipality -> share in ten-thousandths; None: nothing may be shown.

    `before` is what it was made of so far. It stays until enough changed, and where fewer than GROUP take part now.
    Leaving is a change like another.
    """
    known = before or {}
    changed = {code for code in {*known, *now} if known.get(code) != now.get(code)}
    if len(now) < GROUP or len(changed) < GROUP:
        return before
    return dict(now)


def average(shares: Mapping[str, int]) -> int:
    """The plain average, so that a large municipality does not show through; halves up. Raises ValueError for none."""
    if not shares:
        raise ValueError("no shares")
    return (2 * sum(shares.values()) + len(shares)) // (2 * len(shares))


def as_parts(share: float) -> int:
    """A share from 0 to 1 in ten-thousandths."""
    return round(share * PARTS)
