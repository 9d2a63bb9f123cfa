"""The precedence of states, by hand; a slow and obvious twin; properties."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.core.access.blindspots import Certainty, Heard, Inputs, Place, Rules, State, Travel, classify
from schakel.core.model import AreaKnowledge, Customer, Delivered, LifeStatus, PointPrecision
from tests.core.access.blindspots.region import (
    GREEN,
    PACKING,
    PLACES,
    SHOP,
    TODAY,
    A,
    B,
    C,
    D,
    cell,
    grid,
    offer,
    region,
    search,
)


def test_nothing_known_is_no_data_and_suspected() -> None:
    one = cell(grid(region(offer("groen/a", reaches=A))), GREEN, B)
    assert (one.state, one.suspected, one.certainty, one.doubts) == (
        State.NO_DATA,
        True,
        Certainty.LOW,
        ("nothing_known",),
    )
    assert [near.organisation for near in one.nearest] == ["groen"]
    assert one.nearest[0].km == pytest.approx(6.3, abs=0.1)


def test_a_recent_search_that_found_none_is_absent() -> None:
    twice = (search(GREEN, A, "2026-05-01"), search(GREEN, A, "2026-02", by="gemeente"))
    found = grid(region(searched=(*twice, search(GREEN, B, "2025-01"), search(GREEN, B, "2020", by="gemeente"))))
    fresh, older = cell(found, GREEN, A), cell(found, GREEN, B)
    assert (fresh.state, fresh.certainty, fresh.dated) == (State.ABSENT, Certainty.HIGH, "2026-05-01")
    assert (older.state, older.certainty) == (State.ABSENT, Certainty.MIDDLE)
    assert older.doubts == ("single_search", "search_over_a_year")  # the one of 2020 does not count


@pytest.mark.parametrize(
    ("on", "state"), [("2024-11-25", State.ABSENT), ("2024-11-24", State.NO_DATA), ("2024-11", State.ABSENT)]
)
def test_a_search_counts_24_months(on: str, state: State) -> None:
    one = cell(grid(region(searched=(search(GREEN, A, on),))), GREEN, A)
    assert (one.state, one.suspected) == (state, False)
    if state is State.NO_DATA:
        assert one.doubts == ("old_search",)


def test_the_newest_search_counts() -> None:
    found = grid(region(searched=(search(GREEN, A, "2026-05-01"), search(GREEN, A, "2020"))))
    assert cell(found, GREEN, A).dated == "2026-05-01"


def test_what_is_old_or_uncertain_is_known_of_but_not_counted() -> None:
    doubtful = offer("groen/a", reaches=A, status=LifeStatus.UNCERTAIN)
    old = offer("groen/b", reaches=B, dated="2019")
    found = grid(region(doubtful, old))
    assert [(one.state, one.suspected, one.doubts) for one in (cell(found, GREEN, A), cell(found, GREEN, B))] == [
        (State.NO_DATA, False, ("uncertain_offer",)),
        (State.NO_DATA, False, ("old_offer",)),
    ]
    assert [one.offer for one in cell(found, GREEN, A).doubtful] == ["groen/a"]


def test_a_search_outweighs_an_assumed_area_and_not_a_stated_one() -> None:
    assumed = offer("groen/a", reaches=f"{A} {B}", knowledge=AreaKnowledge.ASSUMED)
    stated = offer("bos/b", reaches=B)
    searched = (search(GREEN, A, "2026-05"), search(GREEN, B, "2026-05"))
    found = grid(region(assumed, stated, searched=searched))
    absent, contradicted = cell(found, GREEN, A), cell(found, GREEN, B)
    assert (absent.state, absent.certainty, absent.doubts) == (
        State.ABSENT,
        Certainty.MIDDLE,
        ("single_search", "assumed_offer"),
    )
    assert contradicted.state is State.SERVED
    assert "searched_none" in contradicted.doubts
    assert contradicted.certainty is Certainty.LOW


def test_an_assumed_area_never_gives_more_than_low_certainty() -> None:
    one = cell(grid(region(offer("groen/a", reaches=A, knowledge=AreaKnowledge.ASSUMED))), GREEN, A)
    assert (one.state, one.certainty) == (State.SERVED, Certainty.LOW)
    assert one.doubts[0] == "assumed_area"


def test_the_offer_that_is_known_best_decides_the_certainty() -> None:
    assumed = offer("groen/a", reaches=A, knowledge=AreaKnowledge.ASSUMED, dated="2026-10")
    stated = offer("bos/b", reaches=A, dated="2026-06")
    one = cell(grid(region(assumed, stated)), GREEN, A)
    assert one.dated == "2026-06"  # of what decides, not of what is newest
    assert "assumed_area" not in one.doubts
    assert one.doubts == ("too_few_to_say", "no_sign_of_use")


def test_a_service_to_visit_goes_by_travel_time_whatever_its_area() -> None:
    shop = offer("winkel/a", SHOP, reaches=D)
    travel = {"winkel/a": {A: Travel(1.0, 4.0), B: Travel(0.5, 14.0), C: Travel(0.2, 22.0)}}
    found = grid(region(shop, travel=travel))
    states = [cell(found, SHOP, code).state for code in (A, B, C, D)]
    assert states == [State.SERVED, State.SERVED, State.NO_DATA, State.NO_DATA]
    assert "estimated_travel" in cell(found, SHOP, A).doubts
    partly = cell(found, SHOP, C)
    assert [one.share for one in partly.partly] == [0.2]
    assert (partly.doubts, partly.suspected) == (("too_far", "estimated_travel"), False)  # something is known
    by_area = cell(grid(replace(region(shop, travel=travel), counted=False, estimated=False)), SHOP, A)
    assert by_area.doubts[0] == "people_by_area"


def test_a_point_in_the_middle_of_a_municipality_is_rough() -> None:
    points = (replace(PLACES[0].point, precision=PointPrecision.MUNICIPALITY),) if PLACES[0].point else ()
    found = grid(region(offer("winkel/a", SHOP, points=points), travel={"winkel/a": {A: Travel(1.0, 4.0)}}))
    assert "rough_point" in cell(found, SHOP, A).doubts


def test_a_remote_service_is_answered_once_for_the_region() -> None:
    found = grid(region(offer("inpak/a", PACKING, knowledge=AreaKnowledge.ASSUMED)))
    cells = [one for one in found.services if one.code == PACKING]
    assert [(one.nis_code, one.state) for one in cells] == [(None, State.SERVED)]
    assert cells[0].certainty is Certainty.MIDDLE  # no sign that anybody uses it
    assert "industry" not in {one.code for one in found.themes}


def test_a_remote_service_is_absent_once_every_municipality_was_searched() -> None:
    """The oldest of the searches counts: A in March 2026, the others in June; one of 2023 counts no more."""
    recent = [search(PACKING, code, "2026-03-02" if code == A else "2026-06-01") for code in (A, B, C, D)]
    (found,) = (one for one in grid(region(searched=tuple(recent))).services if one.code == PACKING)
    assert (found.nis_code, found.state, found.dated) == (None, State.ABSENT, "2026-03-02")
    assert found.doubts == ("single_search",)
    for searched in (recent[1:], [search(PACKING, A, "2023-06-01"), *recent[1:]]):
        (found,) = (one for one in grid(region(searched=tuple(searched))).services if one.code == PACKING)
        assert found.state is State.NO_DATA
    (found,) = (
        one for one in grid(region(offer("inpak/a", PACKING), searched=tuple(recent))).services if one.code == PACKING
    )
    assert found.state is State.SERVED  # who offers it outweighs the search
    assert "searched_none" in found.doubts


def test_buyers_who_did_not_know_it_make_it_unknown() -> None:
    heard = {(GREEN, A): Heard(unaware=2, searches=1), (GREEN, B): Heard(unaware=1, tasks=1)}
    found = grid(region(offer("groen/a", reaches=f"{A} {B} {C}"), heard=heard))
    assert [cell(found, GREEN, code).state for code in (A, B, C)] == [State.UNKNOWN, State.SERVED, State.SERVED]


def test_silence_says_something_only_where_people_search() -> None:
    """Expected in A: 20 searches for green x 30 of all 40 searches are there = 15; in B 20 x 1 of 40 = 0.5."""
    heard = {
        (GREEN, C): Heard(searches=9),
        (GREEN, B): Heard(searches=1),
        (GREEN, D): Heard(searches=10),
        (SHOP, A): Heard(searches=30),
    }
    rows = {key: value for key, value in heard.items() if key != (GREEN, B)} | {(GREEN, B): Heard()}
    found = grid(region(offer("groen/a", reaches=f"{A} {B} {C} {D}"), heard=rows))
    silent = cell(found, GREEN, A)
    assert (silent.state, silent.certainty) == (State.UNKNOWN, Certainty.LOW)
    assert "only_silence" in silent.doubts
    assert cell(found, GREEN, B).state is State.SERVED  # nobody searches there: silence proves nothing
    assert cell(found, GREEN, C).state is State.SERVED


def test_a_customer_sees_only_what_is_meant_for_them() -> None:
    one = cell(grid(region(offer("groen/a", reaches=A, customers=("company",)))), GREEN, A)
    assert one.by_customer[Customer.COMPANY] is State.SERVED
    assert one.by_customer[Customer.CITIZEN] is State.NO_DATA


def test_a_theme_is_reached_by_any_of_its_services_and_absent_only_if_all_were_searched() -> None:
    some = grid(region(searched=(search(GREEN, A, "2026-05"),)))
    assert cell(some, "green", A).state is State.NO_DATA
    every = grid(region(searched=(search(GREEN, A, "2026-05"), search("weed_control", A, "2026-01"))))
    assert (cell(every, "green", A).state, cell(every, "green", A).dated) == (State.ABSENT, "2026-01")
    assert cell(grid(region(offer("groen/a", reaches=A))), "green", A).state is State.SERVED


def test_suspected_cells_are_ranked_by_people_times_how_often_comparable_places_have_it() -> None:
    """Only A, B and D are without. All three have one comparable place of three with it (C).

    Region: (1 + 0.5) / 5 = 0.3; share (1 + 2 x 0.3) / (3 + 2) = 0.32; A 40,000 x 0.32 = 12,800 comes first.
    """
    found = grid(region(offer("groen/a", reaches=C)))
    one = cell(found, GREEN, A)
    assert one.peers is not None
    assert (one.peers.have, one.peers.of, one.peers.rank) == (1, 3, 1)
    assert one.peers.share == pytest.approx(0.32)
    assert one.peers.priority == pytest.approx(12_800)
    last = cell(found, "weed_control", D)
    assert last.peers is not None
    assert last.peers.rank == max(
        each.peers.rank for each in found.services if each.peers is not None and each.peers.rank is not None
    )


def test_a_municipality_without_known_population_is_classified_without_comparison() -> None:
    inputs = replace(region(offer("groen/a", reaches=A)), places=(*PLACES, Place("10005", None, None)))
    one = cell(grid(inputs), GREEN, "10005")
    assert (one.state, one.suspected, one.peers, one.nearest) == (State.NO_DATA, True, None, ())


def test_an_empty_region_is_an_empty_grid() -> None:
    assert classify(Inputs((), (), ()), Rules(), TODAY).services == ()
    nobody = grid(region())
    assert {one.state for one in nobody.services} == {State.NO_DATA}


def obvious(inputs: Inputs, service: str, nis_code: str) -> State:
    """The same by the words of the rule, for services on site without thinness or searches counted."""
    live = [
        one
        for one in inputs.offers
        if one.service == service
        and nis_code in one.area.nis_codes
        and one.status is LifeStatus.LIVE
        and not (one.dated is not None and one.dated < "2021-11")
    ]
    recent = any(
        one.service == service and one.nis_code == nis_code and one.on >= "2024-11-25" for one in inputs.searched
    )
    if recent and not any(one.area.knowledge is AreaKnowledge.STATED for one in live):
        return State.ABSENT
    return State.SERVED if live else State.NO_DATA


@pytest.mark.slow
def test_states_are_those_of_the_obvious_twin() -> None:
    chance = random.Random(5)
    for _ in range(150):
        offers = [
            offer(
                f"o{number}/x",
                chance.choice((GREEN, "weed_control")),
                reaches=" ".join(chance.sample((A, B, C, D), chance.randint(0, 2))),
                knowledge=chance.choice((AreaKnowledge.STATED, AreaKnowledge.ASSUMED)),
                status=chance.choice((LifeStatus.LIVE, LifeStatus.UNCERTAIN)),
                dated=chance.choice((None, "2019", "2021-10", "2021-12-03", "2026")),
            )
            for number in range(chance.randint(0, 6))
        ]
        searched = tuple(
            search(chance.choice((GREEN, "weed_control")), chance.choice((A, B, C, D)), on)
            for on in chance.sample(("2024-11-01", "2025-02-03", "2026-01-09"), chance.randint(0, 3))
        )
        inputs = region(*offers, searched=searched)
        found = grid(inputs, Rules(thin_probability=1.0))
        for service in (GREEN, "weed_control"):
            for code in (A, B, C, D):
                assert cell(found, service, code).state is obvious(inputs, service, code)


@pytest.mark.slow
@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from((GREEN, "weed_control", SHOP, PACKING)),
            st.sets(st.sampled_from((A, B, C, D))),
            st.sampled_from(AreaKnowledge),
            st.sampled_from((LifeStatus.LIVE, LifeStatus.UNCERTAIN)),
            st.none() | st.floats(0, 400, allow_subnormal=False),
        ),
        max_size=8,
    ),
    st.lists(st.tuples(st.sampled_from((GREEN, SHOP)), st.sampled_from((A, B)), st.sampled_from(("2019", "2026-01")))),
)
def test_every_cell_gets_one_state_with_its_evidence(offers: list[tuple], searched: list[tuple]) -> None:  # type: ignore[type-arg]
    made = tuple(
        offer(f"o{number}/x", service, reaches=" ".join(codes), knowledge=knowledge, status=status, fte=fte)
        for number, (service, codes, knowledge, status, fte) in enumerate(offers)
    )
    travel = {one.key: {code: Travel(0.8, 9.0) for code in one.area.nis_codes} for one in made if one.service == SHOP}
    inputs = region(*made, searched=tuple(search(*one) for one in searched), travel=travel)
    found = grid(inputs)
    ways = {service.code: service.delivered for service in inputs.services}
    assert len(found.services) == sum(1 if way is Delivered.REMOTE else len(PLACES) for way in ways.values())
    for one in found.services:
        assert (one.state in (State.THIN, State.UNKNOWN, State.SERVED)) <= bool(one.reached_by)
        assert (one.state is State.ABSENT) <= (one.searched is not None)
        assert one.suspected <= (one.state is State.NO_DATA)
        if one.reached_by and all(each.how == "assumed" for each in one.reached_by):
            assert one.state is State.ABSENT or one.certainty is Certainty.LOW
    assert grid(inputs) == found  # the same inputs give the same grid
    assert (
        grid(replace(inputs, offers=made[::-1])).services == found.services
        or len({o.key for o in made}) < 2
        or [
            (one.code, one.nis_code, one.state, one.certainty)
            for one in grid(replace(inputs, offers=made[::-1])).services
        ]
        == [(one.code, one.nis_code, one.state, one.certainty) for one in found.services]
    )
