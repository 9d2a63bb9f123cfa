"""Who could do it together."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
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


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("amount", [None, 60.0])
def test_equals_the_slow_twin(seed: int, amount: float | None) -> None:
    suppliers = random_suppliers(random.Random(seed), 18)
    need = asked("green_maintenance", "weed_control", places=("90001", "90002", "90003"), amount=amount)
    answer = match(prepare(suppliers, MUNICIPALITIES), need, on=TODAY)
    alone = any(one.covers_all for one in answer.matches)
    expected = [] if alone else twin.together(suppliers, need, TODAY)
    assert [one.members for one in answer.consortia] == expected[:3]
    for together in answer.consortia:
        assert together.smallest
        done = [(role.service, nis) for role in together.roles for nis in role.nis_codes]
        cells = {(code, spot.nis_code) for code, _ in need.services for spot in need.places}
        assert set(done) == cells
        assert amount is not None or len(done) == len(cells), "every part of the work is somebody's, nobody else's"


@pytest.mark.parametrize("seed", range(10))
def test_alternative_services_are_one_task(seed: int) -> None:
    """Guessed services are alternatives: one of them in every place is enough."""
    suppliers = random_suppliers(random.Random(seed), 12)
    places = ("90001", "90002", "90003", "90004")
    need = replace(asked("green_maintenance", "garden_service", places=places), all_services=False)
    answer = match(prepare(suppliers, MUNICIPALITIES), need, on=TODAY)
    alone = any(one.covers_all for one in answer.matches)
    expected = [] if alone else twin.together(suppliers, need, TODAY)
    assert [one.members for one in answer.consortia] == expected[:3]


def test_with_many_candidates_nothing_is_claimed_to_be_proven() -> None:
    crowd = [
        supplier(f"g{number:02d}", {"area": stated("90001"), "capacity": 10.0, "unit": "u"}) for number in range(30)
    ]
    answer = match(prepare(crowd, MUNICIPALITIES), asked("green_maintenance", amount=20.0), on=TODAY)
    assert [one.smallest for one in answer.consortia] == [False, False, False]
