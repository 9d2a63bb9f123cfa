"""People shared out over points: nobody is lost, doubled or invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.geography.population import share_over_localities
from schakel.core.model import FactSource, Locality, Municipality, Point

HERE = Point(50.9, 4.0)


def municipality(code: str, population: dict[int, int], point: Point | None = HERE) -> Municipality:
    return Municipality(code, code, code, "", None, point, frozenset(), population, FactSource("", "", None))


def locality(name: str, code: str, area: float | None, point: Point | None = HERE) -> Locality:
    return Locality(name, code, "9000", point, area)


def test_people_are_shared_out_by_area_of_the_latest_year() -> None:
    found = share_over_localities(
        [municipality("1", {2020: 900, 2025: 1000})], [locality("Groot", "1", 3.0), locality("Klein", "1", 1.0)]
    )
    assert [(origin.name, origin.population) for origin in found] == [("Groot", 750.0), ("Klein", 250.0)]


def test_one_unknown_area_gives_equal_parts() -> None:
    found = share_over_localities(
        [municipality("1", {2025: 1000})], [locality("Groot", "1", 3.0), locality("Klein", "1", None)]
    )
    assert [origin.population for origin in found] == [500.0, 500.0]


def test_a_locality_without_a_point_leaves_its_people_to_the_others() -> None:
    found = share_over_localities(
        [municipality("1", {2025: 1000})], [locality("Groot", "1", 3.0), locality("Nergens", "1", 1.0, None)]
    )
    assert [(origin.name, origin.population) for origin in found] == [("Groot", 1000.0)]


def test_a_municipality_without_localities_stands_at_its_own_point() -> None:
    assert share_over_localities([municipality("1", {2025: 7})], [])[0].population == 7.0
    assert share_over_localities([municipality("1", {2025: 7}, point=None)], []) == ()


def test_unknown_population_stays_unknown() -> None:
    assert share_over_localities([municipality("1", {})], [locality("Dorp", "1", 1.0)])[0].population is None


@given(st.lists(st.one_of(st.none(), st.floats(0.01, 100)), min_size=1, max_size=12), st.integers(0, 300_000))
def test_the_parts_add_up_to_the_whole(areas: list[float | None], people: int) -> None:
    places = [locality(str(number), "1", area) for number, area in enumerate(areas)]
    found = share_over_localities([municipality("1", {2025: people})], places)
    parts = [origin.population for origin in found if origin.population is not None]
    assert len(parts) == len(areas)
    assert sum(parts) == pytest.approx(people)
    assert min(parts) >= 0
