"""Service areas: stated, assumed, unknown, and the words for them."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.core.errors import InvalidInput
from schakel.core.geography import AreaBase, RegionGeography, check_area, distance_km, parse_area_token, resolve_area
from schakel.core.model import AreaKnowledge, Delivered, ServiceArea
from tests.core.geography.small_region import codes, place, small_region

ALDORP = AreaBase(place(0), "10001")
BEEKDORP = AreaBase(place(10), "10002")
EENDORP = AreaBase(place(20), "10003")


def resolve(stated: list[str] | None, *bases: AreaBase, delivered: Delivered = Delivered.ON_SITE) -> ServiceArea:
    return resolve_area(stated, delivered=delivered, bases=bases, region=small_region())


@pytest.mark.parametrize(
    ("stated", "reached", "words"),
    [
        (["nis:10002"], "2", "Beekdorp"),
        (["nis:10003", "nis:10001"], "13", "Aldorp en Ééndorp"),
        (["nis:44021"], "", "44021"),
        (["region"], "1234", "heel de regio"),
        (["region", "outside"], "1234", "heel de regio en ook buiten de regio"),
        (["outside"], "", "buiten de regio"),
        (["cluster:de-lijn"], "13", "cluster De Lijn"),
        (["radius:8"], "12", "8 km rond Aldorp"),
        (["radius:7.9"], "1", "7,9 km rond Aldorp"),
        (["radius:0.5", "cluster:de-lijn"], "13", "cluster De Lijn en 0,5 km rond Aldorp"),
    ],
)
def test_stated_area_is_the_union_of_its_tokens(stated: list[str], reached: str, words: str) -> None:
    knowledge = AreaKnowledge.STATED if reached or "outside" in stated else AreaKnowledge.UNKNOWN
    assert resolve(stated, ALDORP) == ServiceArea(knowledge, codes(reached), words)


def test_stated_radius_lies_around_every_base_and_holds_its_own_municipality() -> None:
    area = resolve(["radius:1"], ALDORP, BEEKDORP)  # no locality of Beekdorp within 1 km of the base, yet it is there
    assert area == ServiceArea(AreaKnowledge.STATED, codes("12"), "1 km rond Aldorp en Beekdorp")
    nowhere = resolve(["radius:5"], AreaBase(place(20), None))
    assert nowhere == ServiceArea(AreaKnowledge.STATED, codes("3"), "5 km rond de vestiging")


def test_stated_radius_without_a_known_place_is_unknown_but_says_what_was_stated() -> None:
    words = "10 km rond een vestiging waarvan de plaats niet bekend is"
    assert resolve(["radius:10"]) == ServiceArea(AreaKnowledge.UNKNOWN, frozenset(), words)
    assert resolve(["radius:10"], AreaBase(None, "10001")) == ServiceArea(AreaKnowledge.UNKNOWN, frozenset(), words)
    assert resolve(["cluster:weg"]) == ServiceArea(AreaKnowledge.UNKNOWN, frozenset(), "cluster weg")


def test_assumed_area_follows_the_rule_of_the_way_of_delivering() -> None:
    near = resolve(None, EENDORP)
    assert near == ServiceArea(AreaKnowledge.ASSUMED, codes("234"), "Ééndorp en buurgemeenten")
    assert resolve([], ALDORP, EENDORP).words == "Aldorp, Ééndorp en buurgemeenten"
    own = resolve(None, EENDORP, delivered=Delivered.VISIT)
    assert own == ServiceArea(AreaKnowledge.ASSUMED, codes("3"), "Ééndorp")
    everywhere = resolve(None, AreaBase(None, None), delivered=Delivered.REMOTE)
    assert everywhere == ServiceArea(AreaKnowledge.ASSUMED, codes("1234"), "heel de regio")


@pytest.mark.parametrize("delivered", list(Delivered))
def test_area_is_unknown_when_nobody_says_and_there_is_no_live_establishment(delivered: Delivered) -> None:
    assert resolve(None, delivered=delivered) == ServiceArea(AreaKnowledge.UNKNOWN)


def test_area_is_unknown_when_the_only_establishment_lies_outside_the_region() -> None:
    assert resolve(None, AreaBase(place(90), None)) == ServiceArea(AreaKnowledge.UNKNOWN)
    assert resolve(None, AreaBase(place(90), "10009")) == ServiceArea(AreaKnowledge.UNKNOWN)


def test_cluster_counts_the_members_of_the_day() -> None:
    assert small_region(date(2025, 12, 31)).clusters["de-lijn"][1] == codes("12")
    assert small_region(date(2026, 1, 1)).clusters["de-lijn"][1] == codes("13")


def test_words_too_long_for_the_register_become_a_count() -> None:
    area = resolve([f"cluster:{'lang-' * 80}naam", "region", "cluster:de-lijn"], ALDORP)
    assert area.words == "heel de regio"
    area = resolve(["cluster:de-lijn", f"cluster:{'lang-' * 80}naam"], ALDORP)
    assert area.words == "2 gemeenten"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nis:",
        "nis:4100",
        "nis:41002 ",
        "cluster:",
        "cluster:A B",
        "radius:0",
        "radius:-5",
        "radius:nan",
        "radius:inf",
        "radius:1e3",
        "radius:5000",
        "radius:10,5",
        "radius:",
        "region:x",
        "outside:",
        "REGION",
        "\0",
    ],
)
def test_area_token_of_wrong_form_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_area_token(text)


def test_check_area_names_what_the_region_does_not_have() -> None:
    check_area(["cluster:de-lijn", "radius:10", "outside"], small_region())
    with pytest.raises(InvalidInput, match="gemeente van de regio"):
        check_area(["nis:41002"], small_region())
    with pytest.raises(InvalidInput, match="de-lijn"):
        check_area(["cluster:weg"], small_region())


def slow_twin(stated: list[str], bases: list[AreaBase], region: RegionGeography) -> set[str]:
    """Ask of every municipality on its own whether any token reaches it."""

    def reaches(code: str, token: str, base: AreaBase) -> bool:
        points = [row.point for row in region.localities if row.nis_code == code and row.point is not None]
        own = region.municipalities[code].point
        points = points or ([own] if own is not None else [])
        if base.point is None or not token.startswith("radius:"):
            return token == "region" or (token == "cluster:de-lijn" and code in codes("13"))
        radius = float(token.removeprefix("radius:"))
        return code == base.nis_code or any(distance_km(base.point, point) <= radius for point in points)

    always = [*bases, AreaBase(None, None)]
    pairs = list(itertools.product(stated, always))
    found = {code for code in region.municipalities if any(reaches(code, token, base) for token, base in pairs)}
    return (
        found
        | (set(codes("13")) if "cluster:de-lijn" in stated else set())
        | (set(codes("1234")) if "region" in stated else set())
    )


tokens = st.sampled_from(["radius:3", "radius:9", "radius:15", "radius:40", "cluster:de-lijn", "outside", "region"])
bases_drawn = st.sampled_from([ALDORP, BEEKDORP, EENDORP, AreaBase(place(14), None), AreaBase(None, "10004")])


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(tokens, min_size=1, max_size=4), st.lists(bases_drawn, max_size=3))
def test_stated_area_agrees_with_the_slow_twin(stated: list[str], bases: list[AreaBase]) -> None:
    area = resolve(stated, *bases)
    assert area.nis_codes == slow_twin(stated, bases, small_region())
    assert (area.knowledge is AreaKnowledge.UNKNOWN) == (not area.nis_codes and "outside" not in stated)


@pytest.mark.slow
@settings(deadline=None)
@given(st.floats(0.1, 50), st.floats(0.1, 50))
def test_wider_radius_never_reaches_less(one: float, other: float) -> None:
    region = small_region()
    near, far = sorted([one, other])
    assert region.list_within(place(7), near) <= region.list_within(place(7), far)
