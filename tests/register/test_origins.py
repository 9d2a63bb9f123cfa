"""The points from which people set out, read from the register."""

from __future__ import annotations

import pytest

from schakel.register import read
from schakel.sources.region_pack.model import RegionPack

pytestmark = pytest.mark.django_db


def test_origins_carry_the_population_of_their_municipality(loaded: RegionPack) -> None:
    found = read.list_origins()
    assert (found.level, found.counted) == ("locality", False)
    for municipality in read.list_municipalities():
        here = [o.population for o in found.origins if o.nis_code == municipality.nis_code]
        if municipality.population and here:
            assert sum(p for p in here if p is not None) == pytest.approx(max(municipality.population.items())[1])
    assert found.years is not None
    assert len({origin.key for origin in found.origins}) == len(found.origins)


def test_an_empty_register_has_no_origins(db: None) -> None:
    found = read.list_origins()
    assert (found.origins, found.years, found.source) == ((), None, None)
