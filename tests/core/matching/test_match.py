"""Who can do it, who nearly can, and why."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.core.errors import InvalidInput
from schakel.core.matching import (
    Condition,
    Need,
    Place,
    Recognition,
    build_need,
    guess_services,
    match,
    prepare,
    why_not,
)
from schakel.core.model import AreaKnowledge, Customer, LifeStatus, ServiceArea
from tests.core.matching import twin
from tests.core.matching.supplies import MUNICIPALITIES, place, random_suppliers, stated, supplier

TODAY = date(2026, 11, 25)
HERE = place("90001")


def asked(**changes: Any) -> Need:
    """Green maintenance in 90001 for a local government."""
    standard: dict[str, Any] = {
        "services": (("green_maintenance", 1.0),),
        "places": (HERE,),
        "customer": Customer.LOCAL_GOVERNMENT,
    }
    return Need(**standard | changes)


def test_example_by_hand() -> None:
    """Four enterprises; parts and weights are added on paper.

    near: fit 1, stated 1, 0 km 1, fresh 1 -> (0.4 + 0.1 + 0.2 + 0.1) / 0.8 = 1.
    assumed: area 0.5 -> (0.4 + 0.05 + 0.2 + 0.1) / 0.8 = 0.9375.
    no-place: distance and date not known: 0.5 each -> (0.4 + 0.1 + 0.1 + 0.05) / 0.8 = 0.8125.
    company-only serves companies, so it is no match.
    """
    supply = prepare(
        [
            supplier("no-place", {"points": ()}, newest_on=None),
            supplier("near", {}),
            supplier("assumed", {"area": ServiceArea(AreaKnowledge.ASSUMED, frozenset({"90001"}))}),
            supplier("company-only", {"customers": ("company",)}),
        ],
        MUNICIPALITIES,
    )
    answer = match(supply, asked(), on=TODAY)
    assert [(one.slug, one.score) for one in answer.matches] == [
        ("near", 1.0),
        ("assumed", 0.9375),
        ("no-place", 0.8125),
    ]
    assert [miss.slug for miss in answer.near_misses] == ["company-only"]
    assert answer.near_misses[0].missing[0].code == "customer"
    assert answer.refused == ((Condition.CUSTOMER, 1),)
    assert all(one.why for one in answer.matches)


def test_near_misses_say_what_would_have_to_be_different() -> None:
    supply = prepare(
        [
            supplier("later", {"free_from": "2027-03"}),
            supplier("next-door", {"area": stated("90002")}),
            supplier("far", {"area": stated("90003")}),
            supplier("unknown-area", {"area": ServiceArea(AreaKnowledge.UNKNOWN)}),
            supplier("small", {"capacity": 10.0, "unit": "uren per week"}),
            supplier("doubtful", {"status": LifeStatus.UNCERTAIN}),
            supplier("gone", {"status": LifeStatus.CLOSED}),
            supplier(
                "three-things", {"status": LifeStatus.UNCERTAIN, "area": stated("90003"), "customers": ("citizen",)}
            ),
            supplier("other-work", {"service": "catering"}),
        ],
        MUNICIPALITIES,
    )
    need = asked(needed_from=date(2027, 1, 1), amount=40.0, unit="Uren per week")
    answer = match(supply, need, on=TODAY)
    assert answer.matches == ()
    said = {miss.slug: (miss.missing[0].code, dict(miss.missing[0].values)) for miss in answer.near_misses}
    assert list(said) == ["later", "small", "next-door", "far", "unknown-area", "doubtful"]
    assert said["later"] == ("from", {"on": "2027-03"})
    assert said["small"] == ("capacity", {"amount": 10.0, "unit": "uren per week", "asked": 40.0})
    assert said["next-door"] == ("area", {"km": 8, "nearest": "90002"})  # 0.1 degree at 50.8 north is 7.03 km
    assert said["far"][1]["nearest"] == "90003"
    assert said["unknown-area"][0] == "area_unknown"
    assert said["doubtful"][0] == "uncertain"
    for slug in ("gone", "three-things", "other-work"):
        assert why_not(supply, need, slug, on=TODAY) is not None, "everybody else can be asked about"
    ended = why_not(supply, need, "gone", on=TODAY)
    assert ended is not None
    assert ended.missing[0].code == "ended"


def test_all_conditions_hold_within_one_offer() -> None:
    """Green work in 90002 and catering in 90001 is no green work in 90001."""
    both = supplier("both", {"area": stated("90002")}, {"service": "catering"})
    assert match(prepare([both], MUNICIPALITIES), asked(), on=TODAY).matches == ()


def test_reserved_contract_asks_for_a_recognition_that_holds_today() -> None:
    def recognised(slug: str, law: str, since: str | None, until: str | None, at: str | None = None) -> Any:
        return supplier(slug, {}, recognitions=(Recognition(law, at, since, until),))

    supply = prepare(
        [
            recognised("yes", "collectief_maatwerk", "2019", None),
            recognised("ended", "collectief_maatwerk", "2019", "2026-11-24"),
            recognised("not-yet", "collectief_maatwerk", "2027", None),
            recognised("other-law", "dienstencheques", None, None),
            recognised("elsewhere", "collectief_maatwerk", None, None, "elsewhere/x"),
        ],
        MUNICIPALITIES,
    )
    answer = match(supply, asked(reserved=True), on=TODAY)
    assert [one.slug for one in answer.matches] == ["yes"]
    assert {miss.slug: miss.missing[0].code for miss in answer.near_misses} == dict.fromkeys(
        ("ended", "not-yet", "other-law", "elsewhere"), "recognition"
    )
    assert len(match(supply, asked(), on=TODAY).matches) == 5


def test_turn_puts_the_same_winner_behind_and_can_be_off() -> None:
    supply = prepare([supplier("again", {}), supplier("fresh", {})], MUNICIPALITIES)
    turns = {"again": 3}
    with_turn = match(supply, asked(turn=True), on=TODAY, turns=turns)
    assert [one.slug for one in with_turn.matches] == ["fresh", "again"]
    assert ("turn", 0.25) in with_turn.matches[1].parts
    without = match(supply, asked(), on=TODAY, turns=turns)
    assert [one.slug for one in without.matches] == ["again", "fresh"]
    assert build_need("hagen scheren", places=(HERE,), customer=Customer.COMPANY, public=True).turn is False


@pytest.mark.parametrize("seed", range(20))
def test_equals_the_slow_twin(seed: int) -> None:
    rng = random.Random(seed)
    suppliers = random_suppliers(rng, 40)
    codes = rng.sample(["green_maintenance", "garden_service", "weed_control"], rng.randint(1, 3))
    need = Need(
        services=tuple((code, rng.choice((1.0, 0.4))) for code in codes),
        places=tuple(place(nis) for nis in rng.sample(["90001", "90002", "90003", "90004"], rng.randint(1, 4))),
        customer=rng.choice(list(Customer)),
        all_services=rng.random() < 0.5,
        stems=rng.choice(((), ("hag", "scher"), ("bestaatniet",))),
        amount=rng.choice((None, 20.0)),
        unit=rng.choice(("", "uren per week")),
        needed_from=rng.choice((None, date(2027, 1, 1))),
        reserved=rng.random() < 0.3,
        turn=rng.random() < 0.5,
    )
    turns = {one.slug: rng.randint(0, 3) for one in suppliers}
    supply = prepare(suppliers, MUNICIPALITIES)
    answer = match(supply, need, on=TODAY, turns=turns)
    expected = twin.ranked(suppliers, need, TODAY, turns)
    assert [(one.slug, one.offer) for one in answer.matches] == [(slug, offer) for slug, offer, _ in expected]
    assert [one.score for one in answer.matches] == pytest.approx([score for *_, score in expected], abs=1e-6)
    asked_for = {code for code, _ in need.services}
    nearest: dict[Condition, int] = {}
    for one in suppliers:
        tested = [twin.broken(one, offer, need, TODAY) for offer in one.offers if offer.service in asked_for]
        count = min((flags.bit_count() for flags in tested), default=-1)
        missing = why_not(supply, need, one.slug, on=TODAY)
        assert (missing is None) == (count == 0)
        if count < 0:
            nearest[Condition.SERVICE] = nearest.get(Condition.SERVICE, 0) + 1
        elif missing is not None:
            assert len(missing.missing) == count
    for miss in answer.near_misses:
        assert why_not(supply, need, miss.slug, on=TODAY) == miss, "asked by name or in the list: the same is missing"
    assert dict(answer.refused).get(Condition.SERVICE, 0) == nearest.get(Condition.SERVICE, 0)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), order=st.randoms(use_true_random=False))
def test_order_of_the_input_changes_nothing(seed: int, order: random.Random) -> None:
    suppliers = random_suppliers(random.Random(seed), 25)
    mixed = list(suppliers)
    order.shuffle(mixed)
    need = asked(services=(("green_maintenance", 1.0), ("garden_service", 0.5)), places=(HERE, place("90002")))
    assert match(prepare(mixed, MUNICIPALITIES), need, on=TODAY) == match(
        prepare(suppliers, MUNICIPALITIES), need, on=TODAY
    )


def test_words_choose_the_services_and_the_telling_words_are_named() -> None:
    need = build_need("Wij laten onze hagen scheren", places=(HERE,), customer=Customer.LOCAL_GOVERNMENT, public=True)
    assert "green_maintenance" in dict(need.services)
    answer = match(prepare([supplier("a", {})], MUNICIPALITIES), need, on=TODAY)
    assert ("words", (("words", "hagen, scheren"),)) in [(one.code, one.values) for one in answer.matches[0].why]


def test_services_that_the_words_hardly_speak_of_are_not_matched() -> None:
    assert [code for code, _ in guess_services("de leasefietsen van ons personeel herstellen en nakijken")] == [
        "bicycle_repair",
        "bicycle_sharing",
    ]
    several = dict(guess_services("een huis leegmaken en de meubels naar de kringwinkel brengen"))
    assert {"reuse_collection", "second_hand_shop"} <= set(several)
    assert guess_services("asfalteren van de Stationsstraat") == []


def test_no_supply_and_no_service_is_an_empty_answer() -> None:
    assert match(prepare([], MUNICIPALITIES), asked(), on=TODAY).matches == ()
    nothing = match(prepare([supplier("a", {})], MUNICIPALITIES), asked(services=()), on=TODAY)
    assert (nothing.matches, nothing.near_misses, nothing.consortia) == ((), (), ())
    assert nothing.refused == ((Condition.SERVICE, 1),)


@pytest.mark.parametrize(
    "changes",
    [
        {"places": ()},
        {"places": (Place("11001", None),)},
        {"services": (("bestaat_niet", 1.0),)},
        {"services": tuple((f"x{number}", 1.0) for number in range(11))},
    ],
)
def test_needs_that_cannot_be_matched_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        match(prepare([], MUNICIPALITIES), asked(**changes), on=TODAY)


@pytest.mark.parametrize("text", ["", "  \n", "\0\0", "x" * 4001])
def test_text_that_says_nothing_or_too_much_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        build_need(text, places=(HERE,), customer=Customer.CITIZEN)


@pytest.mark.parametrize("amount", [0, -1, float("nan"), float("inf"), 1e12])
def test_what_is_no_amount_is_refused(amount: float) -> None:
    with pytest.raises(InvalidInput):
        build_need("hagen scheren", places=(HERE,), customer=Customer.CITIZEN, amount=amount)
