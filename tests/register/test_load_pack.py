"""Loading a region pack."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from schakel.core.errors import InvalidInput
from schakel.core.model import AreaKnowledge, LifeStatus, PointPrecision
from schakel.register import models, read, write
from schakel.register.write import facts
from schakel.sources.region_pack.model import RegionPack
from tests.register.packs import BRAKEL, MAARKEDAL, NOW, RONSE, SETTINGS, load, replaced, small_pack

pytestmark = pytest.mark.django_db


def test_load_brings_every_row_of_the_pack(pack: RegionPack) -> None:
    summary = load(pack)
    assert summary.changed
    assert summary.counts["organisations"] == 3
    assert summary.counts["statements_added"] == 3 + 4 + 1 + 4 + 4
    assert models.Organisation.objects.count() == 3
    assert models.Establishment.objects.count() == 4
    assert models.Offer.objects.count() == 4
    assert models.Recognition.objects.count() == 1
    assert models.Employment.objects.count() == 4
    assert [place.name for place in read.list_municipalities()] == ["Brakel", "Maarkedal", "Ronse"]
    assert [place.name for place in read.list_localities()] == ["Élst", "Everbeek", "Ronse"]
    assert read.revision() == 1


def test_load_same_pack_again_changes_nothing(pack: RegionPack) -> None:
    first = load(pack)
    statements = list(models.Statement.objects.order_by("id").values())
    second = load(pack, NOW + timedelta(days=1))
    assert not second.changed
    assert second.run_id == first.run_id
    assert read.revision() == 1
    assert models.Run.objects.count() == 1
    assert list(models.Statement.objects.order_by("id").values()) == statements


def test_load_newer_pack_touches_only_what_changed(pack: RegionPack) -> None:
    load(pack)
    before = read.get_organisation("groen")
    newer = small_pack(organisations=replaced(pack.organisations, "fiets", phone="055 99"))
    summary = load(newer, NOW + timedelta(days=1))
    assert (summary.counts["statements_added"], summary.counts["statements_withdrawn"]) == (1, 1)
    assert summary.counts["organisations_written"] == 1
    assert read.get_organisation("groen") == before
    changed = read.get_organisation("fiets")
    assert changed is not None
    assert changed.facts["phone"].value == "055 99"
    assert models.Statement.objects.filter(key="fiets", entity="organisation").count() == 2  # history stays


def test_load_pack_without_an_organisation_removes_it_and_keeps_its_statements(pack: RegionPack) -> None:
    load(pack)
    tables = {
        name: tuple(row for row in getattr(pack, name) if row.organisation != "oud")
        for name in ("establishments", "offers", "employment")
    }
    load(small_pack(organisations=pack.organisations[:2], **tables))
    assert read.get_organisation("oud") is None
    assert models.Establishment.objects.filter(key="oud/ronse").count() == 0
    assert models.Statement.objects.filter(organisation_key="oud", withdrawn_at__isnull=False).count() == 4


def test_load_offer_that_moves_to_another_organisation(pack: RegionPack) -> None:
    load(pack)
    load(small_pack(offers=replaced(pack.offers, "groen/onderhoud", organisation="fiets")))
    fiets, groen = read.get_organisation("fiets"), read.get_organisation("groen")
    assert fiets is not None
    assert groen is not None
    assert [offer.key for offer in fiets.offers] == ["fiets/herstel", "groen/onderhoud", "fiets/kringwinkel"]
    assert groen.offers == ()


def test_load_resolves_areas(loaded: RegionPack) -> None:
    areas = {offer.key: offer for offer in models.Offer.objects.select_related("area")}
    stated = areas["fiets/herstel"]
    assert (stated.area_knowledge, stated.area and stated.area.nis_codes) == (AreaKnowledge.STATED, [RONSE])
    cluster = areas["fiets/kringwinkel"]
    assert cluster.area is not None
    assert cluster.area.nis_codes == [RONSE, BRAKEL]  # Maarkedal left in 2022
    assumed = areas["groen/onderhoud"]
    assert assumed.area is not None
    assert (assumed.area_knowledge, assumed.area.nis_codes) == (AreaKnowledge.ASSUMED, [RONSE, MAARKEDAL])


def test_load_another_neighbour_resolves_areas_again(pack: RegionPack) -> None:
    load(pack)
    load(small_pack(municipalities=replaced(pack.municipalities, "ronse", neighbours=(MAARKEDAL, BRAKEL))))
    offer = models.Offer.objects.select_related("area").get(key="groen/onderhoud")
    assert offer.area is not None
    assert offer.area.nis_codes == [RONSE, BRAKEL, MAARKEDAL]


def test_load_places_establishments_as_exactly_as_is_known(loaded: RegionPack) -> None:
    precision = dict(models.Establishment.objects.values_list("key", "precision"))
    assert precision["fiets/ronse"] == PointPrecision.ADDRESS
    assert precision["fiets/elst"] == PointPrecision.LOCALITY
    assert precision["groen/ronse"] == PointPrecision.MUNICIPALITY


def test_load_offer_of_a_closed_organisation_is_not_live(loaded: RegionPack) -> None:
    assert models.Offer.objects.get(key="oud/strijk").status == LifeStatus.CLOSED
    assert models.Establishment.objects.get(key="oud/ronse").status == LifeStatus.CLOSED
    assert models.Offer.objects.get(key="fiets/herstel").status == LifeStatus.LIVE


def test_load_pack_of_another_region_is_refused_whole(loaded: RegionPack) -> None:
    other = small_pack(settings=dataclasses.replace(SETTINGS, slug="elders"))
    with pytest.raises(InvalidInput, match="één regio"):
        write.load_pack(other, source_key="ander", version="1", now=NOW)
    assert models.Source.objects.count() == 1
    assert read.revision() == 1


def test_load_that_breaks_half_way_leaves_the_previous_content(
    pack: RegionPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(pack)
    before = [read.get_organisation(slug) for slug in ("fiets", "groen", "oud")]

    def break_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("schakel.register.write.pack.resolve_organisations", break_off)
    with pytest.raises(KeyboardInterrupt):
        load(small_pack(organisations=replaced(pack.organisations, "fiets", name="Half")))
    assert [read.get_organisation(slug) for slug in ("fiets", "groen", "oud")] == before
    assert models.Statement.objects.filter(withdrawn_at__isnull=False).count() == 0
    assert read.revision() == 1


def test_load_tells_progress_and_listeners(
    pack: RegionPack, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    told: list[object] = []
    monkeypatch.setattr("schakel.register.write.revision.listeners", [lambda: told.append("listener")])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        write.load_pack(pack, source_key="pakket", version="1", now=NOW, progress=lambda *step: told.append(step))
    assert told == [("uitspraken opslaan", 3, 3), ("gegevens samenvoegen", 3, 3), "listener"]


def test_geography_fingerprint_ignores_what_areas_do_not_depend_on(pack: RegionPack) -> None:
    other = small_pack(municipalities=replaced(pack.municipalities, "ronse", population={2030: 1}))
    assert facts.geography_fingerprint(pack) == facts.geography_fingerprint(other)
    moved = small_pack(municipalities=replaced(pack.municipalities, "ronse", lat=50.0))
    assert facts.geography_fingerprint(pack) != facts.geography_fingerprint(moved)
