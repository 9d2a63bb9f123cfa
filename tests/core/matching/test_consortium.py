"""Who could do it together."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from schakel.core.matching import Need, Role, match, prepare
from schakel.core.model import Customer
from tests.core.matching import twin
from tests.core.matching.supplies import MUNICIPALITIES, place, random_suppliers, stated, supplier

TODAY = date(2026, 11, 25)


def asked(*codes: str, places: tuple[str, ...] = ("90001",), **more: Any) -> Need:
    return Need(
        services=tuple((code, 1.0) for code in codes),
        places=tuple(place(nis) for nis in places),
        customer=Customer.LOCAL_GOVERNMENT,
        all_services=True,
        **more,
    )


def test_example_by_hand() -> None:
    """Green in two places and weeds in one: nobody does all of it; `wide` and `weeds` do, and so do three others."""
    supply = prepare(
        [
            supplier("wide", {"area": stated("90001", "90002")}),
            supplier("weeds", {"service": "weed_control", "area": stated("90001", "90002")}),
            supplier("one", {"area": stated("90001")}),
            supplier("two", {"area": stated("90002")}),
        ],
        MUNICIPALITIES,
    )
    answer = match(supply, asked("green_maintenance", "weed_control", places=("90001", "90002")), on=TODAY)
    (together,) = answer.consortia
    assert together.members == ("weeds", "wide")
    assert together.smallest
    assert set(together.roles) == {
        Role("wide", "green_maintenance", ("90001", "90002")),
        Role("weeds", "weed_control", ("90001", "90002")),
    }
    assert not any(one.covers_all for one in answer.matches)


def test_no_consortium_when_one_can_do_it_alone() -> None:
    supply = prepare([supplier("all", {}), supplier("other", {})], MUNICIPALITIES)
    assert match(supply, asked("green_maintenance"), on=TODAY).consortia == ()


def test_capacities_add_up() -> None:
    small = {"capacity": 25.0, "unit": "uren per week"}
    supply = prepare([supplier(slug, small) for slug in ("a", "b", "c")], MUNICIPALITIES)
    answer = match(supply, asked("green_maintenance", amount=60.0, unit="uren per week"), on=TODAY)
    assert [one.members for one in answer.consortia] == [("a", "b", "c")]
    assert {role.slug for role in answer.consortia[0].roles} == {"a", "b", "c"}
    assert match(supply, asked("green_maintenance", amount=90.0, unit="uren per week"), on=TODAY).consortia == ()


def _smallest(suppliers: list[Any], need: Need) -> int | None:
    """The least number of organisations whose matching offers cover every service in every place."""
    wanted = {(code, spot.nis_code) for code, _ in need.services for spot in need.places}
    brought = []
    for one in suppliers:
        cells = {
            (offer.service, nis)
            for offer in one.offers
            if not twin.broken(one, offer, need, TODAY)
            for nis in offer.area.nis_codes
        }
        if cells & wanted:
            brought.append(cells & wanted)
    for size in range(1, 5):
        if any(set().union(*chosen) == wanted for chosen in combinations(brought, size)):
            return size
    return None


@pytest.mark.parametrize("seed", range(15))
def test_equals_the_slow_twin(seed: int) -> None:
    suppliers = random_suppliers(random.Random(seed), 18)
    need = asked("green_maintenance", "weed_control", places=("90001", "90002", "90003"))
    least = _smallest(suppliers, need)
    answer = match(prepare(suppliers, MUNICIPALITIES), need, on=TODAY)
    if least is None or least == 1:
        assert answer.consortia == ()
    else:
        assert answer.consortia
        for together in answer.consortia:
            assert together.smallest
            assert len(together.members) == least
            done = [(role.service, nis) for role in together.roles for nis in role.nis_codes]
            assert sorted(done) == sorted((code, spot.nis_code) for code, _ in need.services for spot in need.places), (
                "every part of the work is somebody's, and nobody else's"
            )


def test_with_many_candidates_nothing_is_claimed_to_be_proven() -> None:
    crowd = [
        supplier(f"g{number:02d}", {"area": stated("90001"), "capacity": 10.0, "unit": "u"}) for number in range(30)
    ]
    answer = match(prepare(crowd, MUNICIPALITIES), asked("green_maintenance", amount=20.0), on=TODAY)
    assert [one.smallest for one in answer.consortia] == [False, False, False]
