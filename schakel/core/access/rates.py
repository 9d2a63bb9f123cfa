"""Rates of small areas: gamma-Poisson empirical Bayes with honest intervals.

Counts are Poisson with the area's own rate; the rates follow one gamma distribution, fitted by its marginal likelihood
(Clayton & Kaldor 1987). That the fit itself is uncertain is carried into the intervals (Kass & Steffey 1989): with the
twenty-odd municipalities of a region the plug-in intervals would be far too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaincinv, gammaln

from schakel.core.errors import InvalidInput, NotEnoughData

Numbers: TypeAlias = NDArray[np.float64]

LARGEST_SPREAD = 3.0  # standard deviation of the rates over their mean; at 3, nearly all events sit in a few areas
SPREADS = 16  # points over which the spread is averaged; 32 moves the limits by less than 0.5%
SMALLEST_SPREAD = 1e-3  # below this the areas cannot be told apart, and the gamma becomes one rate
NO_EXPOSURE = "no exposure"
ONE_RATE = "one common rate: too little to tell areas apart"


@dataclass(frozen=True)
class RateRow:
    """One area's rate per unit of exposure with its 95% interval; None with a reason where it has no meaning."""

    mean: float | None
    low: float | None
    high: float | None
    reason: str | None = None


@dataclass(frozen=True)
class Rates:
    """Shrunk rates per unit of exposure, one per area; `mean`, `low`, `high` are NaN where `known` is false.

    `prior_shape` and `prior_rate` describe the fitted gamma distribution of the areas' rates; both are None when the
    areas do not differ more than chance, or when too little is known to say (`reason` tells which).
    `shape` and `rate` are the gamma posterior of each area.
    """

    mean: Numbers
    low: Numbers
    high: Numbers
    prior_shape: float | None
    prior_rate: float | None
    shape: Numbers
    rate: Numbers
    known: NDArray[np.bool_]
    reason: str | None = None

    def probability_below(self, threshold: float) -> Numbers:
        """Posterior probability that each area's rate lies under `threshold` (same unit); NaN where not known."""
        if not np.isfinite(threshold) or threshold < 0:
            raise InvalidInput(f"The threshold is {threshold}; it must be a number of 0 or more")
        result = np.full(self.mean.shape, np.nan)
        result[self.known] = gammainc(self.shape[self.known], self.rate[self.known] * threshold)
        return result

    def rows(self) -> tuple[RateRow, ...]:
        """The rates as plain rows, None with a reason where an area has no exposure: ready for a page or for JSON."""
        return tuple(
            RateRow(float(mean), float(low), float(high)) if known else RateRow(None, None, None, NO_EXPOSURE)
            for mean, low, high, known in zip(self.mean, self.low, self.high, self.known, strict=True)
        )


def shrink_rates(events: ArrayLike, exposure: ArrayLike, *, whole: bool = True, overlap: float = 1.0) -> Rates:
    """Rate per unit of exposure in each area, drawn towards the region's rate where little is known.

    `events` are whole counts, `exposure` what they are counted over (inhabitants, offers, years). 95% equal-tailed
    posterior intervals. An area without exposure is not known. Without any event, or with a single area, nothing can be
    learnt about differences: every area then gets the posterior of one common rate under Jeffreys' prior.
    `whole=False`: effective counts, which need not be whole (parts of different sizes added up; Kish 1965).
    `overlap`: 1 when no event is counted twice; else in how many areas an event is counted on average. What the areas
    say together about the region is then divided by it (composite likelihood, Ribatet, Cooley & Davison 2012).
    Raises InvalidInput for a negative or unknown number, a broken count or events without exposure, and NotEnoughData
    when no area has any exposure.
    """
    counts, base = _checked(events, exposure, whole)
    if not (np.isfinite(overlap) and overlap >= 1):
        raise InvalidInput(f"The overlap is {overlap}; it must be a number of 1 or more")
    known = base > 0
    if not known.any():
        raise NotEnoughData("No area has any exposure (inhabitants or whatever is counted over), so there is no rate")
    observed, exposed = counts[known], base[known]
    shape, rate = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)
    prior: tuple[float, float] | None = None
    if observed.size == 1 or observed.sum() == 0:
        shape[known], rate[known] = observed.sum() + 0.5, exposed.sum()
    else:
        prior, mean, variance = _posterior(observed, exposed, overlap)
        shape[known], rate[known] = mean * mean / variance, mean / variance
    low, high = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)
    low[known] = gammaincinv(shape[known], 0.025) / rate[known]
    high[known] = gammaincinv(shape[known], 0.975) / rate[known]
    a, b = prior if prior else (None, None)
    return Rates(shape / rate, low, high, a, b, shape, rate, known, None if prior else ONE_RATE)


def _checked(events: ArrayLike, exposure: ArrayLike, whole: bool) -> tuple[Numbers, Numbers]:
    counts, base = np.asarray(events, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    if counts.ndim != 1 or counts.shape != base.shape or counts.size == 0:
        raise InvalidInput(f"Events {counts.shape} and exposure {base.shape} must be two lists of the same length")
    for name, values in (("events", counts), ("exposure", base)):
        wrong = np.flatnonzero(~(np.isfinite(values) & (values >= 0)))
        if wrong.size:
            raise InvalidInput(f"The {name} of area {wrong[0]} are {values[wrong[0]]}; they must be 0 or more")
    broken = np.flatnonzero(counts != np.floor(counts))
    if whole and broken.size:
        raise InvalidInput(f"Area {broken[0]} has {counts[broken[0]]} events; events are counted whole")
    orphan = np.flatnonzero((counts > 0) & (base == 0))
    if orphan.size:
        raise InvalidInput(f"Area {orphan[0]} has {counts[orphan[0]]:g} events without exposure; correct one of them")
    return counts, base


def _posterior(counts: Numbers, base: Numbers, overlap: float) -> tuple[tuple[float, float] | None, Numbers, Numbers]:
    """Fitted prior (None: no spread), and each area's posterior mean and variance averaged over the fit's doubt."""
    spreads = _grid(counts, base, overlap)
    means, information, likelihood = _profile(counts, base, spreads)
    information, likelihood = information / overlap, likelihood / overlap
    best = int(np.argmax(likelihood))
    # Laplace over log(mean) at each spread; flat over the variance of the rates, which keeps the intervals of some
    # twenty areas at 95% where a prior that is flat over the spread leaves them at 93%
    weights = np.exp(likelihood - likelihood[best]) / np.sqrt(information) * spreads
    weights /= weights.sum()
    shape = 1.0 / spreads[:, None] ** 2
    prior_rate = shape / means[:, None]
    posterior_mean = (shape + counts) / (prior_rate + base)
    # how much the posterior mean moves when log(mean of the prior) moves, squared, times that logarithm's variance
    moved = posterior_mean * prior_rate / (prior_rate + base)
    within = posterior_mean / (prior_rate + base) + moved**2 / information[:, None]
    mean = weights @ posterior_mean
    variance = weights @ (within + (posterior_mean - mean) ** 2)
    if spreads[best] <= SMALLEST_SPREAD:
        return None, mean, variance
    peak = _peak(spreads, likelihood, best)
    return (1 / peak**2, 1 / peak**2 / float(np.interp(peak, spreads, means))), mean, variance


def _peak(spreads: Numbers, likelihood: Numbers, best: int) -> float:
    """The most likely spread, between the points of the grid: top of the parabola through the best three."""
    if best in (0, spreads.size - 1):
        return float(spreads[best])
    before, top, after = (float(value) for value in likelihood[best - 1 : best + 2])
    return float(spreads[best] + (spreads[1] - spreads[0]) * (before - after) / (2 * (before - 2 * top + after)))


def _grid(counts: Numbers, base: Numbers, overlap: float) -> Numbers:
    """Spreads worth averaging over: first coarsely over all, then closely where the likelihood is not negligible."""
    coarse = np.linspace(SMALLEST_SPREAD, LARGEST_SPREAD, SPREADS)
    for _ in range(3):
        likelihood = _profile(counts, base, coarse, steps=3)[2] / overlap
        near = np.flatnonzero(likelihood > likelihood.max() - 8)
        low, high = coarse[max(near[0] - 1, 0)], coarse[min(near[-1] + 1, coarse.size - 1)]
        if near.size > SPREADS // 2:
            break
        coarse = np.linspace(low, high, SPREADS)
    return coarse


def _profile(counts: Numbers, base: Numbers, spreads: Numbers, steps: int = 6) -> tuple[Numbers, Numbers, Numbers]:
    """For each spread: the best mean rate, the information on its logarithm, and the log marginal likelihood."""
    shape = (1.0 / spreads**2)[:, None]
    log_mean = np.full(spreads.size, np.log(counts.sum() / base.sum()))
    for _ in range(steps):
        expected = np.exp(log_mean)[:, None] * base
        slack = 1.0 + expected / shape
        slope = ((counts - expected) / slack).sum(axis=1)
        fisher = (expected / slack).sum(axis=1)
        log_mean = log_mean + np.clip(slope / fisher, -1.0, 1.0)
    expected = np.exp(log_mean)[:, None] * base
    total = shape + expected
    # the terms without a parameter, log(count!) and counts * log(base), are left out: they move no comparison
    likelihood = (
        _log_rising(shape, counts) - shape * np.log1p(expected / shape) + counts * (log_mean[:, None] - np.log(total))
    ).sum(axis=1)
    curvature = (expected * shape * (shape + counts) / total**2).sum(axis=1)
    return np.exp(log_mean), curvature, likelihood


def _log_rising(shape: Numbers, counts: Numbers) -> Numbers:
    """log Gamma(shape + count) - log Gamma(shape), once per distinct count."""
    distinct, place = np.unique(counts, return_inverse=True)
    table: Numbers = gammaln(shape + distinct) - gammaln(shape)
    return table[:, place]
