"""Matching a need with 10,000 enterprises: ours with reasons and near misses, against a plain SQL filter and sort.

    python -m bench.matching [--enterprises 10000]

The peer keeps one row per offer and municipality, filters on service, municipality and customer, and sorts by distance:
no text, no reasons, no near misses, no consortia. Processor time of one thread; the arrays are made once.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from statistics import median

from bench import Row
from bench.search_records import invent_records, read_places
from schakel.core.matching import Need, Place, Recognition, Supplier, SupplyOffer, build_need, match, prepare
from schakel.core.model import Customer, Municipality, SearchRecord

TODAY = date(2026, 11, 25)
TEXTS = (
    "hagen scheren en bermen maaien langs de gemeentewegen",
    "20.000 dozen ompakken en etiketteren",
    "lunch voor 40 mensen op een vergadering",
    "poetsen van de gemeentelijke basisschool",
    "fietsen herstellen voor ons personeel",
)
_FILTER = """
SELECT slug, MIN((lat - ?) * (lat - ?) + 0.4 * (lon - ?) * (lon - ?)) AS far FROM offer
WHERE service = ? AND nis = ? AND customer = ? AND status = 'live' GROUP BY slug ORDER BY far, slug LIMIT 50
"""


def suppliers_of(records: Sequence[SearchRecord]) -> list[Supplier]:
    """The invented organisations as matching needs them, with capacities and recognitions."""
    rng = random.Random(2)
    return [
        Supplier(
            record.slug,
            record.name,
            record.description,
            rng.choice(("2026", "2025-06", None)),
            tuple(
                SupplyOffer(
                    offer.key, offer.service, offer.words, offer.customers, offer.area, offer.status, None,
                    offer.points, rng.choice((None, 20.0, 200.0)), "uren per week", rng.choice((None, "2027-02")),
                )
                for offer in record.offers
            ),
            (Recognition("collectief_maatwerk", None, "2019", None),) if rng.random() < 0.4 else (),
        )
        for record in records
    ]  # fmt: skip


def database_of(suppliers: Sequence[Supplier]) -> sqlite3.Connection:
    """The peer: one row per offer, municipality and kind of customer, with an index on what is filtered."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE offer (slug, service, nis, customer, status, lat REAL, lon REAL)")
    base.executemany(
        "INSERT INTO offer VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (one.slug, offer.service, nis, customer, offer.status.value, offer.points[0].lat, offer.points[0].lon)
            for one in suppliers
            for offer in one.offers
            for nis in offer.area.nis_codes
            for customer in offer.customers
        ),
    )
    base.execute("CREATE INDEX wanted ON offer (service, nis, customer)")
    return base


def _times(work: Callable[[], object], rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        start = time.thread_time()
        work()
        found.append(1000 * (time.thread_time() - start))
    return sorted(found)


def _rows(
    label: str, need: Need, suppliers: Sequence[Supplier], municipalities: Sequence[Municipality]
) -> Iterator[Row]:
    prepared = prepare(suppliers, municipalities)
    ours = _times(lambda: match(prepared, need, on=TODAY), 60)
    base = database_of(suppliers)
    point = need.places[0].point
    assert point is not None

    def peer() -> None:
        for code, _ in need.services:
            asked = (point.lat, point.lat, point.lon, point.lon, code, need.places[0].nis_code, need.customer.value)
            base.execute(_FILTER, asked).fetchall()

    peers = _times(peer, 60)
    found = match(prepared, need, on=TODAY)
    size = f"{found.found} match, {len(suppliers)} enterprises, {len(prepared.offers)} offers"
    note = f"least {ours[0]:.2f}, p95 {ours[56]:.2f}; {size}"
    ratio = median(peers) / median(ours)
    yield Row("matching", f"{label}, ms p50", median(ours), median(peers), None, ratio, "<= 10 ms", note)


def run(enterprises: int = 10_000) -> Iterator[Row]:
    """One need of a usual kind, one with everything asked at once, and one that asks ten services everywhere."""
    municipalities, _ = read_places()
    suppliers = suppliers_of(list(invent_records(enterprises, seed=1, municipalities=municipalities)))
    places = [Place(one.nis_code, one.point) for one in municipalities]
    start = time.thread_time()
    prepare(suppliers, municipalities)
    took = time.thread_time() - start
    yield Row("matching", "arrays made once per revision, s", took, None, None, None, "", f"{enterprises} enterprises")
    usual = build_need(TEXTS[0], places=places[:1], customer=Customer.LOCAL_GOVERNMENT, public=True)
    yield from _rows("text in one municipality", usual, suppliers, municipalities)
    all_at_once = build_need(
        TEXTS[0], places=places[:1], customer=Customer.COMPANY, amount=100, unit="uren per week",
        needed_from=date(2027, 1, 4), reserved=True,
    )  # fmt: skip
    yield from _rows("amount, date and reserved", all_at_once, suppliers, municipalities)
    codes = sorted({offer.service for one in suppliers for offer in one.offers})[:10]
    everything = build_need("alles", places=places, customer=Customer.COMPANY, services=codes)
    yield from _rows("ten services in every municipality", everything, suppliers, municipalities)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--enterprises", type=int, default=10_000)
    for row in run(parser.parse_args().enterprises):
        print(row)
