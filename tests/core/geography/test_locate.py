"""Where an establishment is: its own point, else its locality, else its municipality."""

from __future__ import annotations

from schakel.core.geography import locate
from schakel.core.model import Point, PointPrecision
from tests.core.geography.small_region import place, small_region


def test_own_coordinates_win() -> None:
    found = locate(small_region(), lat=50.1, lon=3.1, postal_code="9001", locality="Aldorp", nis_code="10001")
    assert found == Point(50.1, 3.1, PointPrecision.ADDRESS)


def test_locality_is_found_by_postal_code_and_name_without_case_accent_or_hyphen() -> None:
    found = locate(small_region(), postal_code="9003", locality="SINT een")
    assert found == Point(0.0, place(20).lon, PointPrecision.LOCALITY)
    assert locate(small_region(), locality="onderbeek") == Point(0.0, place(12).lon, PointPrecision.LOCALITY)


def test_postal_code_of_one_locality_is_enough_and_of_two_gives_the_municipality() -> None:
    assert locate(small_region(), postal_code="9001") == Point(0.0, 0.0, PointPrecision.LOCALITY)
    assert locate(small_region(), postal_code="9002", nis_code="10002") == Point(
        0.0, place(10).lon, PointPrecision.MUNICIPALITY
    )
    assert locate(small_region(), postal_code="9002", locality="Nergens") == Point(
        0.0, place(10).lon, PointPrecision.MUNICIPALITY
    )


def test_municipality_is_the_last_resort_and_nothing_known_gives_no_point() -> None:
    assert locate(small_region(), nis_code="10003") == Point(0.0, place(20).lon, PointPrecision.MUNICIPALITY)
    assert locate(small_region(), nis_code="10004") is None  # nobody gave a point for it or its locality
    assert locate(small_region(), postal_code="1000", locality="Brussel") is None
    assert locate(small_region()) is None
    assert locate(small_region(), lat=50.0) is None
