"""Cards and names in plain SQL say the same as the models do."""

from __future__ import annotations

import pytest

from schakel.core.model import FINDABLE, AreaKnowledge
from schakel.register import models, read
from schakel.sources.region_pack.model import RegionPack

pytestmark = pytest.mark.django_db


def test_cards_say_the_same_as_the_models(loaded: RegionPack) -> None:
    rows = list(models.Organisation.objects.all())
    cards = {card.slug: card for card in read.list_cards([row.slug for row in rows])}
    assert set(cards) == {row.slug for row in rows}
    for row in rows:
        card = cards[row.slug]
        offers = list(row.offers.filter(status__in=FINDABLE).order_by("key"))
        places = row.establishments.filter(status__in=FINDABLE, nis_code__isnull=False)
        assert (card.name, list(card.kinds), card.status) == (row.name, row.kinds, row.status)
        assert (card.description, card.newest_on, card.verified) == (row.description, row.newest_on, row.verified)
        assert (card.phone, card.email, card.website) == (row.phone or "", row.email or "", row.website or "")
        assert card.services == tuple(sorted({offer.service for offer in offers}))
        assert card.customers == tuple(sorted({one for offer in offers for one in offer.customers}))
        assert card.seats == tuple(sorted({place.nis_code or "" for place in places}))
        assert card.served.nis_codes == {code for offer in offers if offer.area for code in offer.area.nis_codes}
        assert card.served.knowledge in AreaKnowledge
        assert type(card.verified) is bool


def test_names_of_those_that_exist(loaded: RegionPack) -> None:
    name = models.Organisation.objects.get(slug="fiets").name
    assert read.list_names(["fiets", "nergens", "\0", "fiets"]) == {"fiets": name}
    assert read.list_names([]) == {}
    assert read.list_cards([]) == ()
