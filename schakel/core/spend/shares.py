"""How much of the spending went to social enterprises: at least, and of what could be recognised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schakel.core.spend.model import Amount, Standing


@dataclass(frozen=True, slots=True)
class Share:
    """Cents by standing of one year, or of one category in it; `waiting` is the part of UNKNOWN a person can decide."""

    cents: Mapping[Standing, int]
    rows: int

    @property
    def total(self) -> int:
        """Everything; credit notes are taken off."""
        return sum(self.cents.values())

    @property
    def social(self) -> int:
        """What went to social enterprises, as far as is known."""
        return self.cents.get(Standing.SOCIAL, 0)

    @property
    def recognised(self) -> int:
        """What went to somebody who could be compared with the register."""
        return self.total - self.cents.get(Standing.UNKNOWN, 0)

    @property
    def at_least(self) -> float | None:
        """The social part of everything, from 0 to 1; None when it cannot be said."""
        return _ratio(self.social, self.total)

    @property
    def of_recognised(self) -> float | None:
        """The social part of what was recognised, from 0 to 1; None when it cannot be said."""
        return _ratio(self.social, self.recognised)


def compute_shares(amounts: Iterable[Amount]) -> Mapping[tuple[int, str | None], Share]:
    """The share per year (category None) and per year and category ("": not known). No amount is left out."""
    cents: dict[tuple[int, str | None], dict[Standing, int]] = defaultdict(lambda: defaultdict(int))
    rows: dict[tuple[int, str | None], int] = defaultdict(int)
    for amount in amounts:
        for key in ((amount.bucket.year, None), (amount.bucket.year, amount.bucket.category)):
            cents[key][amount.standing] += amount.cents
            rows[key] += amount.rows
    return {key: Share(dict(cents[key]), rows[key]) for key in cents}


def list_shares(shares: Mapping[tuple[int, str | None], Share], year: int) -> list[tuple[str, Share]]:
    """The categories of one year with their shares: most money first, what is not known ("") last."""
    found = [(category, share) for (at, category), share in shares.items() if at == year and category is not None]
    return sorted(found, key=lambda one: (not one[0], -one[1].total, one[0]))


def _ratio(part: int, whole: int) -> float | None:
    """None for a whole that is nothing or negative, and where credit notes make a part no part of it."""
    return part / whole if whole > 0 and 0 <= part <= whole else None
