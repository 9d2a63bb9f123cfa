"""How often is a municipality that really has too little found? Simulated at the region's own sizes.

Truth is made up: every municipality gets a rate of starting offers, drawn from a gamma distribution. Offers start in
municipalities by chance and reach the municipality and its neighbours, as the assumed areas do. What each municipality
gets is then known, and so is whether it is under half of the region. The same method as for the grid looks at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from schakel.core.access.blindspots.model import Reach, Rules
from schakel.core.access.blindspots.thin import supply_rates
from schakel.core.errors import NotEnoughData

SPREAD = 0.8  # standard deviation of the true rates over their mean: strongly unequal municipalities


@dataclass(frozen=True, slots=True)
class Power:
    """What the method finds with about `offers` offers in the region, over `runs` made-up regions.

    `thin`: municipalities that really had too little, `found`: of those, how many were called thin. `wrong`: called
    thin without being so, of `enough`. `covered`: part of the true rates inside their 95% interval.
    """

    offers: int
    runs: int
    thin: int
    found: int
    enough: int
    wrong: int
    covered: float


def simulate_thin(
    people: Mapping[str, int],
    neighbours: Mapping[str, AbstractSet[str]],
    offers: Sequence[int],
    rules: Rules,
    *,
    runs: int,
    seed: int,
) -> tuple[Power, ...]:
    """One `Power` per number of offers. Raises NotEnoughData for fewer than three municipalities with inhabitants."""
    codes = sorted(people)
    if len(codes) < 3:
        raise NotEnoughData("A simulation needs three municipalities with a known population or more")
    size = np.array([people[code] for code in codes], dtype=np.float64)
    reach = np.array([[one == other or other in neighbours[one] for other in codes] for one in codes], dtype=np.float64)
    served = reach @ size  # inhabitants that an offer from each municipality reaches
    chance = np.random.default_rng(seed)
    return tuple(_power(number, people, codes, size, reach, served, rules, runs, chance) for number in offers)


def _power(
    offers: int,
    people: Mapping[str, int],
    codes: Sequence[str],
    size: np.ndarray[tuple[int], np.dtype[np.float64]],
    reach: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    served: np.ndarray[tuple[int], np.dtype[np.float64]],
    rules: Rules,
    runs: int,
    chance: np.random.Generator,
) -> Power:
    thin = found = enough = wrong = inside = judged = 0
    for _ in range(runs):
        starting = chance.gamma(1 / SPREAD**2, SPREAD**2, len(codes)) * size
        starting *= offers / starting.sum()
        truth = (starting / served) @ reach  # offers per inhabitant that each municipality really has
        level = offers / size.sum()
        rates = supply_rates(_drawn(chance.poisson(starting), reach, codes), {"x"}, people, {}, rules)
        for code, true in zip(codes, truth, strict=True):
            if code not in rates:
                continue
            flagged = rates[code].apart and rates[code].probability >= rules.thin_probability
            judged += 1
            inside += rates[code].low <= true <= rates[code].high
            if true < rules.thin_part * level:
                thin, found = thin + 1, found + flagged
            else:
                enough, wrong = enough + 1, wrong + flagged
    return Power(offers, runs, thin, int(found), enough, int(wrong), float(inside / judged) if judged else 0.0)


def _drawn(
    counts: np.ndarray[tuple[int], np.dtype[np.int64]],
    reach: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    codes: Sequence[str],
) -> dict[str, list[Reach]]:
    drawn: dict[str, list[Reach]] = {code: [] for code in codes}
    for start, count in enumerate(counts.tolist()):
        for number in range(count):
            one = Reach(
                f"{start}/{number}", "", "", "x", (), "assumed", 1.0, None, None, None, True, uncertain=False, old=False
            )
            for place in np.flatnonzero(reach[start]).tolist():
                drawn[codes[place]].append(one)
    return drawn
