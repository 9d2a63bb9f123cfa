"""The sequential scale: by hand, against a slow twin, and what always holds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.figures import Scale, make_scale

figures = st.lists(st.integers(0, 30) | st.floats(-5, 5, allow_nan=False), min_size=1, max_size=40)


def test_ten_figures_in_five_classes_of_two() -> None:
    scale = make_scale([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, None])
    assert scale.classes == ((1, 2), (3, 4), (5, 6), (7, 8), (9, 10))
    assert [scale.step_of(value) for value in (1, 2, 5, 10)] == [0, 0, 2, 4]
    assert scale.words(str) == ("1–2", "3–4", "5–6", "7–8", "9–10")


def test_equal_figures_share_a_class_and_few_classes_use_the_whole_scale() -> None:
    scale = make_scale([4, 4, 4, 4, 4, 4, 9, 13])
    # below 9 lie six of eight: 5 * 6 // 8 = 3; below 13 lie seven: 5 * 7 // 8 = 4
    assert scale.classes == ((4, 4), (9, 9), (13, 13))
    assert [scale.step(number) for number in range(3)] == [0, 2, 4]
    assert scale.words(str) == ("4", "9", "13")


def test_scale_of_one_figure_is_in_the_middle_and_of_none_is_empty() -> None:
    assert make_scale([7]).step_of(7) == 1
    assert make_scale([]) == make_scale([None]) == Scale(())


def test_figure_outside_the_scale_takes_the_nearest_higher_class() -> None:
    scale = Scale(((1, 2), (5, 6)))
    assert [scale.class_of(value) for value in (0, 3, 6, 99)] == [0, 1, 1, 1]


@pytest.mark.parametrize("classes", [0, 6])
def test_number_of_classes_is_bounded(classes: int) -> None:
    with pytest.raises(ValueError, match="classes must be 1 to 5"):
        make_scale([1], classes)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_figures_are_finite(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        make_scale([1, value])


@given(figures, st.integers(1, 5))
def test_scale_equals_its_slow_twin(values: list[float], classes: int) -> None:
    """The twin puts every figure on its own in the class of its rank, and drops empty classes."""
    rank = {value: classes * sum(other < value for other in values) // len(values) for value in values}
    expected = [
        (min(members), max(members))
        for number in range(classes)
        if (members := [value for value in values if rank[value] == number])
    ]
    assert list(make_scale(values, classes).classes) == expected


@given(figures)
def test_higher_figures_never_look_lower_and_every_figure_is_in_its_class(values: list[float]) -> None:
    scale = make_scale(values)
    steps = [scale.step_of(value) for value in sorted(values)]
    assert steps == sorted(steps)
    for value in values:
        low, high = scale.classes[scale.class_of(value)]
        assert low <= value <= high
