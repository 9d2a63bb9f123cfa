"""The tiny pack as typed rows: what the others build on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from schakel.core.model import Customer, Fault, Kind, LifeStatus
from schakel.sources.region_pack.fetch import fetch_pack, fingerprint
from schakel.sources.region_pack.model import PackFaults, PreviousName
from schakel.sources.region_pack.parse import read_pack
from tests.sources.region_pack.packs import KLEIN, SERVICES, check, klein, set_cell


def test_valid_pack_gives_typed_rows() -> None:
    pack = read_pack(KLEIN, services=SERVICES)
    assert pack.settings.synthetic is True
    assert pack.settings.name["fr"] == "Région d’exemple"
    assert [goal.key for goal in pack.settings.goals] == ["jobs", "doorstroom"]
    assert pack.settings.assumed_area.remote == "region"
    ironing = pack.organisations[0]
    assert ironing.ondernemingsnummer == "0999000030"
    assert ironing.kinds == (Kind.LOKALE_DIENSTENECONOMIE,)
    assert ironing.previous_names == (
        PreviousName(name="Voorbeeld Strijkatelier", until="2019-06"),
        PreviousName(name="Voorbeeld Wasserij"),
    )
    assert ironing.languages == ("nl", "fr")
    assert ironing.verified is True
    assert pack.establishments[0].opening_hours == {
        "mo": (("09:00", "12:00"), ("13:00", "17:00")),
        "tu": (("09:00", "12:00"),),
        "fr": (("13:00", "18:00"),),
    }
    assert pack.offers[0].customers == (Customer.CITIZEN, Customer.COMPANY)
    assert pack.offers[0].area == ("nis:45041", "nis:45060")
    assert pack.employment[0].key == "voorbeeld-fietsen/2024"


def test_empty_cell_is_not_known_and_never_zero() -> None:
    pack = check(klein())
    maarkedal = next(row for row in pack.municipalities if row.nis_code == "45064")
    assert maarkedal.population == {2020: 6338}
    odd_jobs = next(row for row in pack.organisations if row.slug == "voorbeeld-klusdienst")
    assert (odd_jobs.ondernemingsnummer, odd_jobs.email, odd_jobs.languages) == (None, None, None)
    assert odd_jobs.verified is False
    assert next(row for row in pack.offers if row.organisation == odd_jobs.slug).area is None
    assert pack.employment[1].headcount is None


def test_status_empty_is_live_and_others_are_kept() -> None:
    found = {row.slug: row.status for row in check(klein()).organisations}
    assert found["voorbeeld-groen"] is LifeStatus.LIVE
    assert found["voorbeeld-kringloop-oud"] is LifeStatus.CLOSED
    assert found["voorbeeld-kruidenier"] is LifeStatus.ANNOUNCED
    assert found["voorbeeld-naaiatelier"] is LifeStatus.UNCERTAIN


def test_pack_with_the_built_in_services_is_valid() -> None:
    assert read_pack(KLEIN).offers


def test_fingerprint_depends_on_names_and_contents_only() -> None:
    files = klein()
    assert fingerprint(files) == fingerprint(dict(reversed(files.items())))
    changed = klein()
    set_cell(changed, "offers.csv", 2, "words", "iets anders")
    assert fingerprint(changed) != fingerprint(files)
    renamed = klein()
    renamed["x.csv"] = renamed.pop("tasks.csv")
    assert fingerprint(renamed) != fingerprint(files)


def test_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(PackFaults, match=r"een map met region\.toml"):
        read_pack(tmp_path / "weg", services=SERVICES)


def test_folder_named_like_a_table_is_a_fault_and_other_files_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(KLEIN, folder)
    (folder / "LEESMIJ.md").write_text("Over dit pakket.", encoding="utf-8")
    assert "LEESMIJ.md" not in fetch_pack(folder)
    (folder / "tasks.csv").unlink()
    (folder / "tasks.csv").mkdir()
    with pytest.raises(PackFaults, match="gewoon bestand"):
        fetch_pack(folder)


def test_fault_reads_as_a_sentence_with_its_place() -> None:
    fault = Fault("offers.csv", 3, "service", "strijken", "een code uit de dienstenlijst")
    refusal = PackFaults([fault, fault])
    assert str(refusal).splitlines()[0] == (
        "offers.csv, rij 3, kolom service: gevonden: 'strijken'; verwacht: een code uit de dienstenlijst"
    )
    assert len(refusal.faults) == 2
