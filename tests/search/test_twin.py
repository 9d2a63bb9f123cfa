"""The index against a slow, obvious twin: plain loops over the records."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from typing import Any

import pytest

from schakel.core import taxonomy
from schakel.core.model import FINDABLE, AreaKnowledge, LifeStatus, Point, SearchOffer, SearchRecord, ServiceArea
from schakel.search.build import build_content
from schakel.search.engine import find_slugs, run_search
from schakel.search.query import SearchQuery
from schakel.search.result import Hit, SearchPage
from schakel.search.selection import Index
from tests.search.conftest import AALST, CLUSTERS, HAALTERT, MUNICIPALITIES, POINTS, record

CODES = sorted(POINTS)
HANDEL = {AALST, HAALTERT}
COUNTED = ("theme", "service", "customer", "kind", "municipality", "seat", "cluster", "delivered")


def _records(seed: int) -> list[SearchRecord]:
    rng = random.Random(seed)
    made = []
    for number in range(60):
        offers = [
            SearchOffer(
                f"{number}/{place}",
                rng.choice(taxonomy.services()).code,
                "",
                tuple(rng.sample(["citizen", "company", "local_government"], rng.randint(0, 2))),
                ServiceArea(AreaKnowledge.STATED, frozenset(rng.sample(CODES, rng.randint(0, 3)))),
                rng.choice(list(LifeStatus)),
                tuple(Point(50.7 + rng.random() / 3, 3.6 + rng.random() / 2) for _ in range(rng.randint(0, 2))),
            )
            for place in range(rng.randint(0, 4))
        ]
        seats = tuple(rng.sample(CODES, rng.randint(0, 2)))
        kinds = tuple(rng.sample(["cooperative", "maatwerkbedrijf", "energiehuis"], rng.randint(1, 2)))
        status = rng.choice([*FINDABLE, *FINDABLE, LifeStatus.CLOSED])
        made.append(record(f"o{number}", f"Naam {rng.random()}", *offers, seats=seats, kinds=kinds, status=status))
    return made


def kilometres_to(one: tuple[float, float], other: Point) -> float:
    lat, lon, lat2, lon2 = map(math.radians, (*one, other.lat, other.lon))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def _holds(one: SearchRecord, offer: SearchOffer | None, query: SearchQuery) -> bool:
    service = taxonomy.service(offer.service) if offer else None
    checks: list[tuple[tuple[str, ...], set[str]]] = [
        (query.kind, set(one.kinds)),
        (query.seat, set(one.seats)),
        (query.service, {service.code} if service else set()),
        (query.theme, {service.theme} if service else set()),
        (query.delivered, {service.delivered.value} if service else set()),
        (query.customer, set(offer.customers) if offer else set()),
        (query.municipality, set(offer.area.nis_codes) if offer else set()),
        (query.cluster, {"handel"} if offer and HANDEL & offer.area.nis_codes else set()),
    ]
    if any(chosen and not have & set(chosen) for chosen, have in checks):
        return False
    if query.near is not None and query.radius_km is not None:
        points = offer.points if offer else one.points
        return any(kilometres_to(query.near, point) <= query.radius_km for point in points)
    return True


def _twin(records: list[SearchRecord], query: SearchQuery) -> dict[str, float | None]:
    """Who is found, and how far the nearest point of what was found there is."""
    found = {}
    for one in records:
        if one.status not in FINDABLE:
            continue
        live: list[SearchOffer | None] = [offer for offer in one.offers if offer.status in FINDABLE]
        holding = [offer for offer in live or [None] if _holds(one, offer, query)]
        if holding:
            points = [point for offer in holding for point in (offer.points if offer else one.points)]
            far = [] if query.near is None else [kilometres_to(query.near, point) for point in points]
            found[one.slug] = min(far, default=None)
    return found


def _queries(seed: int) -> list[SearchQuery]:
    rng = random.Random(seed)
    themes = [theme.code for theme in taxonomy.themes()]
    made = []
    for _ in range(60):
        made.append(
            SearchQuery(
                theme=tuple(rng.sample(themes, rng.choice([0, 0, 1, 3]))),
                customer=tuple(rng.sample(["citizen", "company"], rng.choice([0, 1]))),
                kind=tuple(rng.sample(["cooperative", "maatwerkbedrijf"], rng.choice([0, 0, 1, 2]))),
                municipality=tuple(rng.sample(CODES, rng.choice([0, 0, 1, 2]))),
                seat=tuple(rng.sample(CODES, rng.choice([0, 0, 1]))),
                delivered=tuple(rng.sample(["visit", "remote"], rng.choice([0, 1]))),
                near=(50.85, 3.8) if rng.random() < 0.4 else None,
                radius_km=rng.choice([None, 5.0, 15.0]),
                size=100,
            )
        )
    return made


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_found_and_counted_as_by_plain_loops(seed: int) -> None:
    records = _records(seed)
    index = Index(build_content(records, municipalities=MUNICIPALITIES, localities=(), clusters=CLUSTERS, revision=1))
    for query in _queries(seed):
        page = run_search(index, query)
        expected = _twin(records, query)
        assert {hit.slug: hit.distance_km for hit in page.hits} == pytest.approx(expected, abs=0.02)
        assert page.count == len(page.hits)
        _assert_counted(records, query, page)


def _choosing(query: SearchQuery, facet: str, value: str) -> SearchQuery:
    """The same search with this one value of a facet."""
    changes: dict[str, Any] = {facet: (value,)}
    return replace(query, **changes)


def _assert_counted(records: list[SearchRecord], query: SearchQuery, page: SearchPage) -> None:
    for facet in COUNTED:
        assert list(page.facets[facet].values()) == sorted(page.facets[facet].values(), reverse=True)
        for value, count in page.facets[facet].items():
            assert count == len(_twin(records, _choosing(query, facet, value))), (facet, value)


@pytest.mark.slow
@pytest.mark.parametrize("near", [None, (50.85, 3.8)], ids=["alone", "nearest first"])
def test_single_filter_is_found_and_counted_as_by_plain_loops(near: tuple[float, float] | None) -> None:
    records = _records(11)
    index = Index(build_content(records, municipalities=MUNICIPALITIES, localities=(), clusters=CLUSTERS, revision=1))
    for facet in COUNTED:
        for value in index.codes.values[facet]:
            query = _choosing(SearchQuery(near=near, size=100), facet, value)
            page = run_search(index, query)
            expected = _twin(records, query)
            assert {hit.slug: hit.distance_km for hit in page.hits} == pytest.approx(expected, abs=0.02)
            if facet != "service" or page.count:  # most of the services nobody offers: one of them is enough
                _assert_counted(records, query, page)


def _sharing_points(seed: int) -> list[SearchRecord]:
    """The same organisations; most offers of one have the same point, which others have too."""
    rng = random.Random(seed)
    places = [Point(50.7 + rng.random() / 3, 3.6 + rng.random() / 2) for _ in range(8)]

    def changed(offer: SearchOffer, own: Point) -> SearchOffer:
        points = (own,) if rng.random() < 0.8 else tuple(rng.sample(places, rng.randint(0, 2)))
        return replace(offer, points=points, status=rng.choice([*FINDABLE, *FINDABLE, LifeStatus.CLOSED]))

    made = []
    for one in _records(seed):
        own = rng.choice(places)
        made.append(replace(one, offers=tuple([changed(offer, own) for offer in one.offers])))
    return made


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("radius_km", [None, 6.0, 15.0])
def test_around_a_place_everybody_is_found_counted_and_told_as_by_plain_loops(
    seed: int, radius_km: float | None
) -> None:
    records = _sharing_points(seed)
    index = Index(build_content(records, municipalities=MUNICIPALITIES, localities=(), clusters=CLUSTERS, revision=1))
    assert len(index.spots.every) < len(index.documents.every)
    query = SearchQuery(near=(50.85, 3.8), radius_km=radius_km, size=100)
    page = run_search(index, query)
    expected = _twin(records, query)
    assert expected
    assert {hit.slug: hit.distance_km for hit in page.hits} == pytest.approx(expected, abs=0.02)
    _assert_counted(records, query, page)
    by_slug = {one.slug: one for one in records}
    for hit in page.hits:
        one = by_slug[hit.slug]
        inside = [offer for offer in one.offers if offer.status in FINDABLE and _holds(one, offer, query)]
        assert set(hit.services) == {offer.service for offer in inside}
        assert set(hit.municipalities) == {code for offer in inside for code in offer.area.nis_codes}


@pytest.mark.slow
def test_what_is_kept_gives_the_same_page_as_a_search_that_forgot() -> None:
    records = _records(7)
    content = build_content(records, municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1)
    keeps = Index(content)
    rng = random.Random(7)
    texts = ["", "", "strijk", "naam", "poetsen", "naam strijk", "zzz"]
    queries = [replace(query, q=rng.choice(texts), page=rng.choice([1, 1, 2]), size=5) for query in _queries(7)]
    for query in rng.choices(queries, k=4 * len(queries)):
        with_facets = rng.random() < 0.7
        seen, fresh = (run_search(one, query, facets=with_facets) for one in (keeps, Index(content)))
        assert seen == fresh, query
        assert [_told(hit) for hit in seen.hits] == [_told(hit) for hit in fresh.hits], query
        assert [_told(hit) for hit in seen.history] == [_told(hit) for hit in fresh.history], query
        assert find_slugs(keeps, query) == find_slugs(Index(content), query), query


def _told(hit: Hit) -> tuple[object, ...]:
    return hit.slug, hit.distance_km, hit.why, hit.services, hit.municipalities
