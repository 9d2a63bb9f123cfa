"""What sites bring: who is reached within some minutes, and how far people go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Effect:
    """The state with some sites open. `reached`: which points reach a site within the limit.

    `people`: how many are reached; `mean`: minutes to the nearest site over those who reach any, None when nobody does;
    `furthest`: of the point that is furthest, None when a point with people reaches none at all.
    """

    reached: NDArray[np.bool_]
    people: float
    mean: float | None
    furthest: float | None


def effect_of(minutes: Numbers, people: Numbers, open_sites: Sequence[int], limit: float) -> Effect:
    """The effect of opening these columns of `minutes` (points x sites, infinite: not reached) for these people."""
    nearest = minutes[:, list(open_sites)].min(axis=1, initial=np.inf)
    near = np.isfinite(nearest) & (people > 0)
    total = float(people[near].sum())
    everybody = bool(near[people > 0].all()) and total > 0
    return Effect(
        reached=nearest <= limit,
        people=float(people[nearest <= limit].sum()),
        mean=float(people[near] @ nearest[near]) / total if total > 0 else None,
        furthest=float(nearest[near].max()) if everybody else None,
    )
