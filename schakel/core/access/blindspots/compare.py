"""Which municipalities are comparable, and how often those do have a service: where an hour of phoning teaches most."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from schakel.core.access.blindspots.model import Cell, Nearest, Peers, Place, Reach, Rules
from schakel.core.geography.distance import distance_km
from schakel.core.model import LifeStatus, SupplyOffer

MOST_NEAREST = 3


def comparable_places(nis_code: str, people: Mapping[str, int], count: int) -> tuple[str, ...]:
    """The `count` municipalities nearest in population (by ratio, ties by code), without itself.

    Size is what decides most which services a municipality can carry, and it is known everywhere. Without a known
    population nothing can be compared: then none.
    """
    if nis_code not in people:
        return ()
    own = math.log(people[nis_code])
    others = (code for code in people if code != nis_code)
    return tuple(sorted(others, key=lambda code: (abs(math.log(people[code]) - own), code))[:count])


def count_peers(nis_code: str, having: Collection[str], people: Mapping[str, int], rules: Rules) -> Peers | None:
    """How many comparable municipalities have it; `None` when nothing can be compared.

    `having`: the NIS codes that have it. The share is drawn towards that of the whole region as if `prior_places` more
    municipalities with the region's share had been looked at; the region's own share counts half a municipality extra
    on both sides (Jeffreys), so that what is nowhere is rare but not impossible.
    """
    others = comparable_places(nis_code, people, rules.comparable)
    if not others:
        return None
    have = sum(code in having for code in others)
    region = (sum(code in having for code in people) + 0.5) / (len(people) + 1)
    share = (have + rules.prior_places * region) / (len(others) + rules.prior_places)
    return Peers(have, len(others), share, people[nis_code], people[nis_code] * share)


def rank_suspected(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The same cells; the suspected ones get the rank of their priority: 1 is the highest, ties by code."""
    order = sorted(
        (cell for cell in cells if cell.suspected and cell.peers is not None),
        key=lambda cell: (-cell.peers.priority if cell.peers else 0.0, cell.code, cell.nis_code or ""),
    )
    ranks = {(cell.code, cell.nis_code): number for number, cell in enumerate(order, 1)}
    return tuple(
        replace(cell, peers=replace(cell.peers, rank=ranks[cell.code, cell.nis_code]))
        if cell.peers is not None and (cell.code, cell.nis_code) in ranks
        else cell
        for cell in cells
    )


def nearest_offers(
    place: Place, offers: Iterable[SupplyOffer], reached_by: Sequence[Reach], minutes: Mapping[str, float | None]
) -> tuple[Nearest, ...]:
    """The three live offers nearest to the place that do not reach it, one per organisation; () without a point.

    `minutes`: mean travel time per offer, where it was looked at.
    """
    if place.point is None:
        return ()
    here = {one.offer for one in reached_by}
    found: dict[str, Nearest] = {}
    for offer in offers:
        if offer.key in here or not offer.points or offer.status is not LifeStatus.LIVE:
            continue
        km = min(distance_km(place.point, point) for point in offer.points)
        one = Nearest(offer.key, offer.organisation, offer.name, offer.service, round(km, 1), minutes.get(offer.key))
        if offer.organisation not in found or km < found[offer.organisation].km:
            found[offer.organisation] = one
    return tuple(sorted(found.values(), key=lambda one: (one.km, one.organisation))[:MOST_NEAREST])
