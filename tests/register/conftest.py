"""What the tests of the register share."""

from __future__ import annotations

import pytest

from schakel.sources.region_pack.model import RegionPack
from tests.kept_state import begin_from
from tests.register.packs import load, small_pack


@pytest.fixture
def pack() -> RegionPack:
    return small_pack()


@pytest.fixture
def loaded(db: None, pack: RegionPack) -> RegionPack:
    begin_from("the small pack", lambda: load(pack))
    return pack
