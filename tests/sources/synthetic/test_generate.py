"""An invented register is valid, says that it is invented, and is the same for the same seed."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from schakel.core.errors import InvalidInput
from schakel.core.model import LifeStatus
from schakel.sources.region_pack import RegionPack, read_pack
from schakel.sources.region_pack.fetch import fetch_pack
from schakel.sources.synthetic import write_synthetic_pack
from tests.sources.region_pack.packs import KLEIN

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> RegionPack:
    out = tmp_path_factory.mktemp("synthetic")
    write_synthetic_pack(out, organisations=800, seed=7, base=KLEIN)
    return read_pack(out)  # raises if anything in it is not valid


def test_pack_says_it_is_invented_and_cannot_pass_for_the_real_region(pack: RegionPack) -> None:
    assert pack.settings.synthetic is True
    assert pack.settings.slug == "voorbeeldstreek-verzonnen"
    assert "verzonnen" in pack.settings.name["nl"]
    assert len(pack.organisations) == 800
    for row in pack.organisations:
        assert row.name.startswith("Voorbeeld ")
        assert row.name.endswith(row.slug.removeprefix("voorbeeld-").lstrip("0"))
        assert re.fullmatch(r"19[0-9]{8}", row.ondernemingsnummer or "")  # far from the numbers in use
        assert row.email is None or row.email.endswith("@voorbeeld.example")
        assert row.website is None or row.website.startswith("https://voorbeeld.example/")
    assert all((row.vestigingseenheidsnummer or "").startswith("89") for row in pack.establishments)


def test_pack_covers_what_a_register_can_hold(pack: RegionPack) -> None:
    assert {row.status for row in pack.organisations} == set(LifeStatus) - {LifeStatus.UNCONFIRMED}  # for silent owners
    offers = Counter(row.organisation for row in pack.offers)
    assert set(offers.values()) == {1, 2, 3, 4, 5}
    assert len(offers) == 800
    kinds = {(row.area or ("none",))[0].partition(":")[0] for row in pack.offers}
    assert kinds == {"nis", "radius", "cluster", "region", "outside", "none"}
    without = {row.slug for row in pack.organisations} - {row.organisation for row in pack.establishments}
    assert without  # some offers have no place, so their area is not known
    assert any(row.lat is None for row in pack.establishments)
    assert sum(row.lat is not None for row in pack.establishments) > 0.9 * len(pack.establishments)
    assert any(row.succeeded_by for row in pack.organisations)
    assert pack.recognitions
    assert pack.employment
    assert pack.negative_statements


def test_services_are_unequally_frequent_and_towns_likelier_than_villages(pack: RegionPack) -> None:
    services = Counter(row.service for row in pack.offers).most_common()
    assert services[0][1] > 5 * services[-1][1]
    seats = Counter(row.nis_code for row in pack.establishments)
    assert seats["45041"] > seats["45060"]  # Ronse has four times as many people as Kluisbergen


def test_same_seed_gives_the_same_files_and_another_seed_does_not(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_synthetic_pack(tmp_path / name, organisations=50, seed=seed, base=KLEIN)
    one, same, other = (fetch_pack(tmp_path / name) for name in "abc")
    assert one == same
    assert one["organisations.csv"] != other["organisations.csv"]
    assert one["municipalities.csv"] == other["municipalities.csv"]


def test_number_out_of_range_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    for wrong in (0, -1, 400_001):
        with pytest.raises(InvalidInput, match="tussen 1 en"):
            write_synthetic_pack(tmp_path / "out", organisations=wrong, base=KLEIN)
    assert not (tmp_path / "out").exists()


def test_built_in_region_is_the_default_base(tmp_path: Path) -> None:
    write_synthetic_pack(tmp_path, organisations=5)
    pack = read_pack(tmp_path)
    assert pack.settings.slug == "zuid-oost-vlaanderen-verzonnen"
    assert len(pack.organisations) == 5
