"""The answer to a siting question, always with what has been proven about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TOLERANCE = 1e-6  # a relative gap up to this is rounding of the solver, and counts as none


@dataclass(frozen=True)
class Solution:
    """Chosen sites (column numbers, sorted) with objective, proven bound and gap.

    `bound`: no choice of sites can do better than this; None when nothing is proven. `gap`: the distance between the
    two as a share of the larger, from 0 to 1; None without a bound. `optimal`: proven to be the best. `seconds`: how
    long it took. All numbers are finite.
    """

    sites: tuple[int, ...]
    objective: float
    bound: float | None
    gap: float | None
    optimal: bool
    seconds: float


def make_solution(
    sites: list[int], objective: float, bound: float | None, seconds: float, *, sense: Literal["least", "most"]
) -> Solution:
    """A solution whose bound is never on the wrong side of the objective, and whose gap follows from both."""
    chosen = tuple(sorted(int(site) for site in sites))
    if bound is None:
        return Solution(chosen, objective, None, None, optimal=False, seconds=seconds)
    bound = min(bound, objective) if sense == "least" else max(bound, objective)
    larger = max(abs(bound), abs(objective))
    gap = abs(objective - bound) / larger if larger else 0.0
    if gap <= TOLERANCE:
        bound, gap = objective, 0.0
    return Solution(chosen, objective, bound, gap, optimal=gap == 0.0, seconds=seconds)
