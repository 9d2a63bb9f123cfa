"""The honeycomb of municipalities."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schakel.core.geography.honeycomb import name_lines, place_on_grid

coordinates = st.floats(min_value=-5, max_value=5, allow_nan=False)
places = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=30).map(
    lambda points: tuple((str(number), x, y) for number, (x, y) in enumerate(points))
)


def test_grid_keeps_four_corners_apart_and_in_place() -> None:
    grid = place_on_grid((("nw", 0, 0), ("ne", 10, 0), ("sw", 0, 10), ("se", 10, 10)))
    assert grid["nw"][0] < grid["ne"][0]
    assert grid["sw"][0] < grid["se"][0]
    assert grid["nw"][1] < grid["sw"][1]
    assert grid["ne"][1] < grid["se"][1]


@given(places)
def test_grid_gives_every_place_its_own_cell(points: tuple[tuple[str, float, float], ...]) -> None:
    grid = place_on_grid(points)
    assert len(set(grid.values())) == len(points)
    assert place_on_grid(points) == grid


def test_grid_of_nothing_is_empty() -> None:
    assert place_on_grid(()) == {}


def test_long_names_break_after_their_hyphens() -> None:
    assert name_lines("Ronse") == ("Ronse",)
    assert name_lines("Sint-Lievens-Houtem") == ("Sint-", "Lievens-", "Houtem")
    assert name_lines("Wortegem-Petegem") == ("Wortegem-", "Petegem")
