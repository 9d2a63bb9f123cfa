"""The page of an organisation: offers that differ only in for whom they are, stand on one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from schakel.core.model import AreaKnowledge, Fact, LifeStatus, OfferRecord, Provenance, ServiceArea, SourceRank
from schakel.pages.presenters.organisation import present_organisation
from schakel.pages.standing import standing
from schakel.register import read

pytestmark = pytest.mark.usefixtures("klein")


def offer(number: int, customer: str, words: str = "strijk aan huis") -> OfferRecord:
    said = Provenance(
        number,
        "Bron",
        SourceRank.PUBLICATION,
        "https://voorbeeld.example/",
        "2026",
        datetime(2026, 1, 1, tzinfo=UTC),
        "",
        True,
    )
    area = ServiceArea(AreaKnowledge.STATED, frozenset({"45041"}), "Ronse")
    facts = {"words": Fact(words, said), "service": Fact("laundry_ironing", said), "area": Fact("Ronse", said)}
    return OfferRecord(f"x/{number}", "laundry_ironing", LifeStatus.LIVE, (customer,), area, None, facts)


def lines(*offers: OfferRecord) -> list[tuple[str, str]]:
    record = read.get_organisation("voorbeeld-strijkerij")
    assert record is not None
    page = present_organisation(
        replace(record, offers=offers), tasks=(), initiatives=(), region=standing(), today=date(2026, 11, 23)
    )
    return [(line.words, line.customers) for line in page.offers]


def test_offers_for_other_customers_become_one_line() -> None:
    assert lines(offer(1, "local_government"), offer(2, "citizen")) == [
        ("strijk aan huis", "inwoners, lokale besturen")
    ]


def test_offers_that_differ_in_anything_else_stay_apart() -> None:
    assert lines(offer(1, "citizen"), offer(2, "company", "bedrijfswas")) == [
        ("strijk aan huis", "inwoners"),
        ("bedrijfswas", "bedrijven"),
    ]
    elsewhere = replace(offer(2, "company"), area=ServiceArea(AreaKnowledge.ASSUMED, frozenset({"45041"}), "Ronse"))
    assert len(lines(offer(1, "citizen"), elsewhere)) == 2
    assert len(lines(offer(1, "citizen"), replace(offer(2, "company"), status=LifeStatus.UNCERTAIN))) == 2


def test_each_fact_still_refers_to_its_source(client: Client) -> None:
    page = client.get("/organisatie/voorbeeld-klusdienst").content.decode()
    assert 'aria-label="bron 1">1</a>' in page
    assert 'aria-label="source 1">1</a>' in client.get("/fr/organisatie/voorbeeld-klusdienst").content.decode()
