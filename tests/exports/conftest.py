"""What the tests of the exports share: the small invented register, also with text that does its worst."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schakel.core.model import Kind
from schakel.exports import About, describe_export
from schakel.sources.region_pack.model import EstablishmentRow, OfferRow, OrganisationRow
from tests.kept_state import begin_from
from tests.register.packs import RONSE, load, small_pack, sourced

BASE = "https://voorbeeld.example"
MADE = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NASTY = (
    '=HYPERLINK("https://kwaad.example";"klik")',
    "N" * 300,
    "<script>alert(1)</script> & 'aan' \"haal\"",
    "🚲 سلام \u202eomgekeerd\u202c ñ",
    "regel een\nregel twee;=1+1\r\nregel drie, @SUM(A1)",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "  -2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "'t Atelier",
    "]]></name><x/>_x0041_",
    "007",
)


@pytest.fixture
def about(db: None) -> About:
    begin_from("the small pack", lambda: load(small_pack()))
    return describe_export(BASE, now=MADE)


@pytest.fixture
def nasty_about(db: None) -> About:
    """A register where every text field holds something that could hurt a reader."""
    organisations = tuple(
        OrganisationRow(
            **sourced(
                slug=f"kwaad-{number}",
                name=text,
                legal_name=text,
                description=text,
                kinds=(Kind.COOPERATIVE,),
                phone="+32 55 00 00 01",
                ondernemingsnummer="0407766422",
            )
        )
        for number, text in enumerate(NASTY)
    )
    places = tuple(
        EstablishmentRow(
            **sourced(
                key=f"kwaad-{number}/plek",
                organisation=f"kwaad-{number}",
                name=text,
                street=text,
                house_number=text,
                nis_code=RONSE,
                lat=50.7425,
                lon=3.603,
            )
        )
        for number, text in enumerate(NASTY)
    )
    offers = tuple(
        OfferRow(
            **sourced(
                key=f"kwaad-{number}/aanbod",
                organisation=f"kwaad-{number}",
                service="bicycle_repair",
                words=text,
                customers=(),
                area=(f"nis:{RONSE}",),
                capacity_amount=0.5,
                capacity_unit=text,
            )
        )
        for number, text in enumerate(NASTY)
    )
    empty = dict.fromkeys(("recognitions", "employment", "tasks", "initiatives"), ())
    load(small_pack(organisations=organisations, establishments=places, offers=offers, **empty))
    return describe_export(BASE, now=MADE)
