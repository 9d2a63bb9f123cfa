"""Organisations as cards in a list: read with every search, so in plain SQL.

The ORM spends five times as long on writing these queries and on making objects as the database does on answering
(25 cards: 4.6 ms against 0.8 ms). Table names come from the models, values only travel as parameters, and the same
text runs on both databases.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

from schakel.core.model import FINDABLE, AreaKnowledge, LifeStatus, OrganisationCard, ServiceArea
from schakel.register import models

LARGEST_LIST = 1000
MOST_NAMES = 2000

_Offer = tuple[str, tuple[str, ...], ServiceArea]  # service, customers, area
_TABLES = {
    "organisation": models.Organisation._meta.db_table,
    "offer": models.Offer._meta.db_table,
    "area": models.Area._meta.db_table,
    "establishment": models.Establishment._meta.db_table,
}
_ORGANISATIONS = """
SELECT id, slug, name, kinds, status, description, phone, email, website, newest_on, verified
FROM {organisation} WHERE slug IN ({wanted})
"""
_OFFERS = """
SELECT o.organisation_id, o.service, o.customers, a.nis_codes, o.area_knowledge, o.area_words
FROM {offer} o LEFT JOIN {area} a ON a.id = o.area_id
WHERE o.organisation_id IN ({wanted}) AND o.status IN ({findable}) ORDER BY o.key
"""
_SEATS = """
SELECT DISTINCT organisation_id, nis_code FROM {establishment}
WHERE organisation_id IN ({wanted}) AND status IN ({findable}) AND nis_code IS NOT NULL ORDER BY nis_code
"""
_NAMES = "SELECT slug, name FROM {organisation} WHERE slug IN ({wanted})"


def list_cards(slugs: Sequence[str]) -> tuple[OrganisationCard, ...]:
    """Cards in the order asked; slugs that do not exist (or were merged) are left out. At most 1,000 at a time."""
    wanted = _asked(slugs, LARGEST_LIST)
    rows = {row[1]: row for row in _ask(_ORGANISATIONS, wanted)}
    numbers = [row[0] for row in rows.values()]
    offers: dict[int, list[_Offer]] = defaultdict(list)
    for number, service, customers, nis_codes, knowledge, area_words in _ask(_OFFERS, numbers, *FINDABLE):
        area = ServiceArea(AreaKnowledge(knowledge), _codes(nis_codes), area_words)
        offers[number].append((service, _texts(customers), area))
    seats: dict[int, list[str]] = defaultdict(list)
    for number, nis_code in _ask(_SEATS, numbers, *FINDABLE):
        seats[number].append(nis_code)
    found = (rows[slug] for slug in wanted if slug in rows)
    return tuple(_card(row, offers[row[0]], seats[row[0]]) for row in found)


def list_names(slugs: Sequence[str]) -> Mapping[str, str]:
    """Slug to name, for those that exist; at most 2,000 at a time."""
    return dict(_ask(_NAMES, _asked(slugs, MOST_NAMES)))


def iter_findable_slugs() -> Iterator[str]:
    """The slug of every organisation that exists today, as far as known, in the order in which they came in.

    One query, read as it goes: memory does not grow with the register.
    """
    rows = models.Organisation.objects.filter(status__in=FINDABLE).order_by("pk")
    yield from rows.values_list("slug", flat=True).iterator()


def _asked(slugs: Sequence[str], most: int) -> list[str]:
    return [slug for slug in dict.fromkeys(slugs) if "\0" not in slug][:most]


def _ask(query: str, wanted: Sequence[str | int], *findable: str) -> list[tuple[Any, ...]]:
    """The rows for the keys in `wanted`; for no keys none, without a query."""
    if not wanted:
        return []
    marks = {"wanted": ", ".join(["%s"] * len(wanted)), "findable": ", ".join(["%s"] * len(findable))}
    with connection.cursor() as cursor:
        cursor.execute(query.format(**_TABLES, **marks), [*wanted, *map(str, findable)])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@lru_cache(maxsize=1024)
def _texts(stored: str) -> tuple[str, ...]:
    """A stored list of texts: the same few come back all the time."""
    return tuple(json.loads(stored))


@lru_cache(maxsize=1024)
def _codes(stored: str | None) -> frozenset[str]:
    """A stored set of municipalities; empty for none."""
    return frozenset(json.loads(stored)) if stored else frozenset()


def _card(row: tuple[Any, ...], offers: Sequence[_Offer], seats: Sequence[str]) -> OrganisationCard:
    _, slug, name, kinds, status, description, phone, email, website, newest_on, verified = row
    return OrganisationCard(
        slug=slug,
        name=name,
        kinds=_texts(kinds),
        status=LifeStatus(status),
        description=description,
        services=tuple(sorted({service for service, _, _ in offers})),
        customers=tuple(sorted({customer for _, customers, _ in offers for customer in customers})),
        seats=tuple(seats),
        served=_served([area for _, _, area in offers]),
        phone=phone or "",
        email=email or "",
        website=website or "",
        newest_on=newest_on,
        verified=bool(verified),
    )


def _served(areas: Sequence[ServiceArea]) -> ServiceArea:
    """The union: stated only if every area is; unknown only if every area is (or there is none)."""
    knowledge = {area.knowledge for area in areas}
    together = frozenset().union(*(area.nis_codes for area in areas))
    words = "; ".join(dict.fromkeys(area.words for area in areas if area.words))
    if knowledge == {AreaKnowledge.STATED}:
        return ServiceArea(AreaKnowledge.STATED, together, words)
    if knowledge <= {AreaKnowledge.UNKNOWN}:
        return ServiceArea(AreaKnowledge.UNKNOWN, together, words)
    return ServiceArea(AreaKnowledge.ASSUMED, together, words)
