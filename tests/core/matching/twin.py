"""Matching once more, slowly and one offer at a time, as the definition reads."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations

from schakel.core.geography import distance_km
from schakel.core.identifiers import first_day, last_day
from schakel.core.matching import Condition, Need, Supplier, SupplyOffer
from schakel.core.matching.text import content_words
from schakel.core.model import AreaKnowledge, LifeStatus

WEIGHTS = {"fit": 0.4, "area": 0.1, "proximity": 0.2, "capacity": 0.1, "freshness": 0.1, "turn": 0.1}


def same_unit(one: str, other: str) -> bool:
    return one.lower().split() == other.lower().split()


def is_recognised(one: Supplier, offer: SupplyOffer, on: date) -> bool:
    """Of several recognitions the one that lasts longest counts."""
    spans = [
        (last_day(row.until) if row.until else date.max, first_day(row.since) if row.since else date.min)
        for row in one.recognitions
        if row.law == "collectief_maatwerk" and row.establishment in (None, offer.establishment)
    ]
    if not spans:
        return False
    until = max(end for end, _ in spans)
    since = min(start for end, start in spans if end == until)
    return since <= on <= until


def broken(one: Supplier, offer: SupplyOffer, need: Need, on: date) -> Condition:
    """Every condition that one offer breaks."""
    found = Condition(0)
    if offer.status is not LifeStatus.LIVE:
        found |= Condition.LIVE
    if need.customer not in offer.customers:
        found |= Condition.CUSTOMER
    if not any(place.nis_code in offer.area.nis_codes for place in need.places):
        found |= Condition.AREA
    if need.needed_from and offer.free_from and first_day(offer.free_from) > need.needed_from:
        found |= Condition.DATE
    if need.amount is not None and can_compare(offer, need) and (offer.capacity or 0) < need.amount:
        found |= Condition.CAPACITY
    if need.reserved and not is_recognised(one, offer, on):
        found |= Condition.RECOGNITION
    return found


def can_compare(offer: SupplyOffer, need: Need) -> bool:
    return offer.capacity is not None and (not need.unit or same_unit(offer.unit, need.unit))


def ranked(
    suppliers: Sequence[Supplier], need: Need, on: date, turns: Mapping[str, int]
) -> list[tuple[str, str, float]]:
    """Slug, key of the best offer and score of everybody who matches, best first."""
    offers = [(one, offer) for one in suppliers for offer in one.offers]
    holders: Counter[str] = Counter()
    spoken = {}
    for one, offer in offers:
        spoken[offer.key] = set(content_words(f"{offer.words} {one.name} {one.description}"))
        holders.update(spoken[offer.key])
    weights = dict(need.services)
    rarity = {stem: math.log(1 + len(offers) / holders[stem]) for stem in set(need.stems) if holders[stem]}
    found = []
    for one in suppliers:
        fine = [offer for offer in one.offers if offer.service in weights and not broken(one, offer, need, on)]
        if not fine:
            continue
        cells = {
            (number, place.nis_code)
            for number, group in enumerate(need.groups)
            for offer in fine
            if offer.service in group
            for place in need.places
            if place.nis_code in offer.area.nis_codes
        }
        covered = len(cells) / (len(need.groups) * len(need.places))
        scores = []
        for offer in sorted(fine, key=lambda offer: offer.key):
            fit = weights[offer.service]
            if rarity:
                said = sum(rarity[stem] for stem in rarity if stem in spoken[offer.key]) / sum(rarity.values())
                fit = 0.75 * fit + 0.25 * said
            parts = {
                "fit": fit * covered,
                "area": 1 if offer.area.knowledge is AreaKnowledge.STATED else 0.5,
                "freshness": freshness(one, on),
            }
            points = [place.point for place in need.places if place.point]
            if points:
                kms = [distance_km(point, spot) for point in points for spot in offer.points]
                parts["proximity"] = 1 / (1 + min(kms) / 10) if kms else 0.5
            if need.amount is not None:
                parts["capacity"] = 1 if can_compare(offer, need) else 0.5
            if need.turn:
                parts["turn"] = 1 / (1 + turns.get(one.slug, 0))
            weight = sum(WEIGHTS[name] for name in parts)
            scores.append((sum(WEIGHTS[name] * parts[name] for name in parts) / weight, offer.key))
        best = max(score for score, _ in scores)
        key = next(key for score, key in scores if score > best - 1e-9)
        found.append((one.slug, key, best))
    return sorted(found, key=lambda row: (-round(row[2], 6), row[0]))


def freshness(one: Supplier, on: date) -> float:
    if one.newest_on is None:
        return 0.5
    days = (on - last_day(one.newest_on)).days
    return 1 - min(1, max(0, (days - 183) / (1096 - 183)))


def together(suppliers: Sequence[Supplier], need: Need, on: date) -> list[tuple[str, ...]]:
    """Every smallest set of two to four that does all of it, in order: the widest sets first, then by slug.

    Without an amount, whom another one replaces everywhere is left out. Members: the widest first, then by slug.
    """
    brought: dict[str, set[tuple[int, str]]] = {}
    amounts: dict[str, list[float]] = {}
    for one in sorted(suppliers, key=lambda one: one.slug):
        cells: set[tuple[int, str]] = set()
        amount = [0.0] * len(need.groups)
        for number, group in enumerate(need.groups):
            fine = [
                offer
                for offer in sorted(one.offers, key=lambda offer: offer.key)
                if offer.service in group and not broken(one, offer, need, on) & ~Condition.CAPACITY
            ]
            reached = [{p.nis_code for p in need.places} & offer.area.nis_codes for offer in fine]
            cells |= {(number, nis) for codes in reached for nis in codes}
            if fine:
                widest = fine[max(range(len(fine)), key=lambda place: (len(reached[place]), -place))]
                stated = need.amount is not None and can_compare(widest, need)
                amount[number] = (widest.capacity or 0.0) if stated else math.inf
        if cells and (need.amount is not None or cells not in brought.values()):
            brought[one.slug], amounts[one.slug] = cells, amount
    if need.amount is None:
        brought = {slug: cells for slug, cells in brought.items() if not any(cells < more for more in brought.values())}
    order = sorted(brought, key=lambda slug: (-len(brought[slug]), slug))
    everything = len(need.groups) * len(need.places)
    for size in range(2, 5):
        sets = [
            chosen
            for chosen in combinations(order, size)
            if len(set().union(*(brought[slug] for slug in chosen))) == everything
            and all(sum(own) >= (need.amount or 0) for own in zip(*(amounts[slug] for slug in chosen), strict=True))
        ]
        if sets:
            return sorted(sets, key=lambda chosen: (-sum(len(brought[slug]) for slug in chosen), chosen))
    return []
