"""The reader of full records gives what the reader of one organisation gives, in constant queries."""

from __future__ import annotations

import pytest
from django.test.utils import CaptureQueriesContext

from schakel.core.model import Kind
from schakel.register import read
from schakel.register.write import merge_organisations
from schakel.sources.region_pack.model import OrganisationRow, RegionPack
from tests.register.packs import load, small_pack, sourced


def test_full_records_equal_those_read_one_by_one(loaded: RegionPack) -> None:
    records = list(read.iter_organisations())
    assert [record.slug for record in records] == ["fiets", "groen", "oud"]
    assert records == [read.get_organisation(record.slug) for record in records]


@pytest.mark.parametrize("chunk", [1, 2, 3, 100])
def test_chunks_change_nothing(loaded: RegionPack, chunk: int) -> None:
    assert list(read.iter_organisations(chunk=chunk)) == list(read.iter_organisations())


def test_selection_keeps_the_order_asked_and_leaves_out_the_unknown(loaded: RegionPack) -> None:
    asked = ["oud", "bestaat-niet", "fiets", "oud", "nul\0"]
    for chunk in (1, 2, 10):
        assert [record.slug for record in read.iter_organisations(asked, chunk=chunk)] == ["oud", "fiets"]
    assert list(read.iter_organisations([])) == []


def test_merged_organisations_are_read_under_the_name_that_was_kept(loaded: RegionPack) -> None:
    merge_organisations("fiets", "oud", reason="dezelfde", author=None)
    records = list(read.iter_organisations())
    assert [record.slug for record in records] == ["fiets", "groen"]
    assert records == [read.get_organisation(record.slug) for record in records]
    assert records[0].merged_from == ("oud",)


@pytest.mark.slow
def test_queries_do_not_grow_with_the_number_of_organisations(
    db: None, django_assert_max_num_queries: CaptureQueriesContext
) -> None:
    many = tuple(
        OrganisationRow(**sourced(slug=f"voorbeeld-{number}", name=f"Voorbeeld {number}", kinds=(Kind.COOPERATIVE,)))
        for number in range(40)
    )
    empty = dict.fromkeys(("establishments", "recognitions", "offers", "employment", "tasks", "initiatives"), ())
    load(small_pack(organisations=many, **empty))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert sum(1 for _ in read.iter_organisations(chunk=100)) == 40
