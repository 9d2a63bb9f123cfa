"""Supply per inhabitant: shares by hand, the effective number of offers, staff instead of offers."""

from __future__ import annotations

import pytest

from schakel.core.access import shrink_rates
from schakel.core.access.blindspots import Place, Rules, State, classify
from schakel.core.access.blindspots.thin import staff_per_offer
from tests.core.access.blindspots.region import GREEN, TODAY, A, B, cell, grid, offer, region


def test_an_offer_is_shared_out_over_the_people_it_reaches() -> None:
    """One offer for A (40,000) and B (20,000), one for B alone.

    A gets 2/3, B gets 1/3 + 1. Effective numbers: A (2/3)^2 / (2/3)^2 = 1; B (4/3)^2 / (1/9 + 1) = 1.6.
    Exposures: A 40,000 x (2/3) / (4/9) = 60,000; B 20,000 x (4/3) / (10/9) = 24,000. C and D: none, over their own
    10,000 and 2,000. Together 2.6 where there are 2 offers: overlap 1.3. The region has 2 offers for 72,000 people.
    """
    one = cell(grid(region(offer("g/a", reaches=f"{A} {B}"), offer("h/b", reaches=B))), GREEN, B)
    by_hand = shrink_rates([1.0, 1.6, 0.0, 0.0], [60_000, 24_000, 10_000, 2_000], whole=False, overlap=1.3)
    assert one.rate is not None
    assert (one.rate.unit, one.rate.offers) == ("offers", 2)
    assert one.rate.region == pytest.approx(2 / 72_000)
    assert one.rate.mean == pytest.approx(by_hand.mean[1])
    assert one.rate.low == pytest.approx(by_hand.low[1])
    assert one.rate.probability == pytest.approx(by_hand.probability_below(1 / 72_000)[1])


def test_staff_counts_when_it_is_known_of_every_offer() -> None:
    known = region(
        offer("g/a", reaches=A, fte=30.0), offer("g/b", reaches=A, fte=30.0), offer("h/b", reaches=B, fte=5.0)
    )
    one = cell(grid(known), GREEN, A)
    assert one.rate is not None
    assert one.rate.unit == "fte"
    assert one.rate.region == pytest.approx(35 / 72_000)
    partly = cell(grid(region(offer("g/a", reaches=A, fte=30.0), offer("h/b", reaches=B))), GREEN, A)
    assert partly.rate is not None
    assert partly.rate.unit == "offers"


def test_staff_of_an_organisation_is_shared_over_its_offers() -> None:
    staff = staff_per_offer({"g/a": "g", "g/b": "g", "h/a": "h"}, {"g": 30.0, "h": None})
    assert staff == {"g/a": 15.0, "g/b": 15.0, "h/a": None}


def test_a_theme_is_thin_where_many_share_little() -> None:
    """A has 40,000 people and one small offer; B, C and D have twenty each: surely under half of the region's level."""
    many = [offer(f"o{number}/{code}", reaches=code) for code in ("10002", "10003", "10004") for number in range(20)]
    found = grid(region(offer("alone/a", reaches=A), *many))
    one = cell(found, "green", A)
    assert one.rate is not None
    assert one.rate.probability > 0.99
    assert one.state is State.THIN
    assert cell(found, "green", B).state is State.SERVED


def test_a_single_service_is_thin_only_from_30_offers() -> None:
    few = [offer(f"p{number}/x", reaches=B) for number in range(28)]
    below = cell(grid(region(offer("alone/a", reaches=A), *few)), GREEN, A)
    assert (below.state, "too_few_to_say" in below.doubts) == (State.SERVED, True)
    enough = cell(grid(region(offer("alone/a", reaches=A), *few, offer("p/last", reaches=B))), GREEN, A)
    assert (enough.state, "too_few_to_say" in enough.doubts) == (State.THIN, False)


def test_without_any_population_nothing_is_thin() -> None:
    inputs = region(offer("g/a", reaches=A))
    places = tuple(Place(place.nis_code, None, place.point) for place in inputs.places)
    found = classify(type(inputs)(places, inputs.services, inputs.offers), Rules(), TODAY)
    one = cell(found, GREEN, A)
    assert (one.state, one.rate) == (State.SERVED, None)
    assert "too_few_to_say" in one.doubts
