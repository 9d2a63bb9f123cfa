"""Small-area rates: edges, by hand in the limits, and coverage against known truth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import optimize, stats

from schakel.core.access import shrink_rates
from schakel.core.errors import InvalidInput, NotEnoughData

# synthetic: as uneven as the municipalities of a region, from some 2,000 to some 90,000 inhabitants
REGION = np.array(
    [88, 20.5, 34, 19, 18.8, 18.6, 39.5, 8.2, 27, 20.3, 32.5, 27, 14.7, 6.9, 6.6, 2.1, 6.7, 6.5, 8.3, 16.2, 14.3, 14]
) * 1000  # fmt: skip


def test_one_area_gets_its_own_rate_with_the_exact_interval() -> None:
    rates = shrink_rates([4], [100])
    assert rates.mean.tolist() == [4.5 / 100]
    assert rates.low[0] == pytest.approx(stats.gamma.ppf(0.025, 4.5) / 100)
    assert rates.high[0] == pytest.approx(stats.gamma.ppf(0.975, 4.5) / 100)
    assert rates.prior_shape is None
    assert rates.reason is not None


def test_without_any_event_the_rate_is_low_but_not_zero() -> None:
    rates = shrink_rates([0, 0, 0], [100, 200, 300])
    assert rates.mean == pytest.approx([0.5 / 600] * 3)
    assert (rates.high > 0).all()
    assert (rates.prior_shape, rates.prior_rate) == (None, None)


def test_zero_events_in_a_small_area_is_drawn_to_the_region() -> None:
    rates = shrink_rates([0, 30, 10, 42], [10, 3000, 1000, 3000])
    assert rates.mean[0] > 0.5 * 82 / 7010
    assert rates.low[0] < rates.mean[0] < rates.high[0]


def test_an_area_without_exposure_is_not_known() -> None:
    rates = shrink_rates([5, 0, 9], [100, 0, 300])
    row = rates.rows()[1]
    assert (row.mean, row.low, row.high, row.reason) == (None, None, None, "no exposure")
    assert math.isnan(rates.probability_below(0.1)[1])
    assert rates.rows()[0].mean is not None


def test_areas_that_differ_only_by_chance_share_one_rate() -> None:
    rates = shrink_rates([10] * 10, [1000] * 10)
    assert rates.prior_shape is None
    assert rates.mean == pytest.approx([0.01] * 10, rel=0.05)


def test_prior_is_the_maximum_of_the_marginal_likelihood() -> None:
    """Slow twin: the negative binomial likelihood of SciPy, maximised by a general routine."""
    rng = np.random.default_rng(4)
    exposure = rng.lognormal(6, 1, 300)
    events = rng.poisson(rng.gamma(4, 0.01 / 4, 300) * exposure)

    def cost(at: NDArray[np.float64]) -> float:
        shape, rate = np.exp(at)
        return -float(stats.nbinom.logpmf(events, shape, rate / (rate + exposure)).sum())

    best = optimize.minimize(cost, np.log([1.0, 100.0]), method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9})
    rates = shrink_rates(events, exposure)
    assert [rates.prior_shape, rates.prior_rate] == pytest.approx(np.exp(best.x).tolist(), rel=0.01)
    shape, rate = np.exp(best.x)
    assert rates.mean == pytest.approx((shape + events) / (rate + exposure), rel=0.05)


def test_probability_below_agrees_with_the_interval() -> None:
    rates = shrink_rates([3, 50, 8, 20], [1000, 2000, 1500, 1000])
    assert rates.probability_below(float(rates.low[1]))[1] == pytest.approx(0.025)
    assert rates.probability_below(float(rates.high[0]))[0] == pytest.approx(0.975)
    assert rates.probability_below(0.0).tolist() == [0.0] * 4


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 200), st.floats(0.5, 1e5)), min_size=1, max_size=25))
def test_every_result_is_finite_and_ordered(areas: list[tuple[int, float]]) -> None:
    events, exposure = zip(*areas, strict=True)
    rates = shrink_rates(events, exposure)
    assert np.isfinite([rates.mean, rates.low, rates.high]).all()
    assert (rates.low >= 0).all()
    assert (rates.low <= rates.high).all()
    assert (rates.mean > 0).all()
    chance = rates.probability_below(float(np.mean(rates.mean)))
    assert ((chance >= 0) & (chance <= 1)).all()


def coverage(exposure: NDArray[np.float64], mean: float, spread: float, runs: int, seed: int) -> float:
    rng = np.random.default_rng(seed)
    inside = []
    for _ in range(runs):
        truth = rng.gamma(1 / spread**2, mean * spread**2, exposure.size)
        rates = shrink_rates(rng.poisson(truth * exposure), exposure)
        inside.append(((rates.low <= truth) & (truth <= rates.high)).mean())
    return float(np.mean(inside))


@pytest.mark.slow
@pytest.mark.parametrize(("mean", "spread"), [(1e-4, 0.5), (3e-4, 0.5), (1e-4, 1.0), (1e-3, 0.3), (1e-2, 0.2)])
def test_intervals_of_a_region_cover_the_truth(mean: float, spread: float) -> None:
    assert 0.93 <= coverage(REGION, mean, spread, runs=300, seed=7) <= 0.97


@pytest.mark.slow
def test_intervals_of_a_country_cover_the_truth() -> None:
    exposure = np.random.default_rng(2).lognormal(6, 1, 2500)
    assert 0.93 <= coverage(exposure, 3e-3, 0.4, runs=10, seed=8) <= 0.97


@pytest.mark.parametrize(
    ("events", "exposure", "words"),
    [
        ([], [], "same length"),
        ([1, 2], [1], "same length"),
        ([-1], [10], "events of area 0 are -1.0"),
        ([1, math.nan], [1, 1], "events of area 1 are nan"),
        ([1.5], [10], "counted whole"),
        ([1], [math.inf], "exposure of area 0 are inf"),
        ([2, 1], [10, 0], "Area 1 has 1 events without exposure"),
    ],
)
def test_bad_counts_are_refused_in_words(events: list[float], exposure: list[float], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        shrink_rates(events, exposure)


def test_no_exposure_anywhere_is_refused() -> None:
    with pytest.raises(NotEnoughData, match="No area has any exposure"):
        shrink_rates([0, 0], [0, 0])


def test_bad_threshold_is_refused() -> None:
    with pytest.raises(InvalidInput, match="threshold is nan"):
        shrink_rates([1, 2], [10, 20]).probability_below(math.nan)


def test_overlap_leaves_the_rates_but_makes_the_region_less_sure() -> None:
    events, exposure = [10] * 10, [1000] * 10
    once, thrice = shrink_rates(events, exposure), shrink_rates(events, exposure, overlap=3.0)
    assert (thrice.high - thrice.low > 1.2 * (once.high - once.low)).all()
    assert thrice.mean == pytest.approx(once.mean, rel=0.1)
    assert shrink_rates(events, exposure, overlap=1.0).mean.tolist() == once.mean.tolist()
    with pytest.raises(InvalidInput, match=r"overlap is 0\.5"):
        shrink_rates(events, exposure, overlap=0.5)
