"""Builds the index from the register's search records, reading them once and in any order."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from schakel.core import taxonomy
from schakel.core.errors import InvalidInput
from schakel.core.model import (
    FINDABLE,
    Cluster,
    LifeStatus,
    Locality,
    Municipality,
    Point,
    SearchOffer,
    SearchRecord,
)
from schakel.search.analysis import fold, forms, is_stop_word, split_words
from schakel.search.concepts import known_words
from schakel.search.content import (
    CUSTOMERS,
    KINDS,
    KNOWLEDGE,
    NO_SERVICE,
    PRECISIONS,
    STATUSES,
    Content,
    RegionWords,
    Texts,
    Where,
    bits,
    unit_vector,
)
from schakel.search.typos import TypoTable

MOST_CLUSTERS = 64
_PART_SHIFT = 4
_KINDS = {kind.value: place for place, kind in enumerate(KINDS)}
_CUSTOMERS = {customer.value: place for place, customer in enumerate(CUSTOMERS)}


def _add_text(
    found: dict[str, int], plain: set[str], text: str, where: Where, *, keep_stop_words: bool = False
) -> None:
    for word in split_words(text):
        if is_stop_word(word) and not keep_stop_words:
            continue
        known = forms(word)
        plain.add(word)
        for key in (known.plain, known.stem):
            found[key] = found.get(key, 0) | where
        for part in known.parts:
            found[part] = found.get(part, 0) | (where << _PART_SHIFT)


@dataclass
class _Columns:
    """The columns as they grow, in the order in which the records come."""

    names: list[str] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    seats: list[int] = field(default_factory=list)
    organisation: array[int] = field(default_factory=lambda: array("i"))
    service: array[int] = field(default_factory=lambda: array("B"))
    status: array[int] = field(default_factory=lambda: array("B"))
    knowledge: array[int] = field(default_factory=lambda: array("B"))
    customers: array[int] = field(default_factory=lambda: array("B"))
    served: list[int] = field(default_factory=list)
    points: list[tuple[Point, ...]] = field(default_factory=list)
    plain: set[str] = field(default_factory=lambda: set(known_words()))
    terms: dict[str, int] = field(default_factory=dict)
    posting_term: array[int] = field(default_factory=lambda: array("I"))
    posting_doc: array[int] = field(default_factory=lambda: array("I"))
    posting_flags: array[int] = field(default_factory=lambda: array("B"))


def _worse(left: LifeStatus, right: LifeStatus) -> LifeStatus:
    """An offer is never livelier than its organisation."""
    return left if left not in FINDABLE else right if left is LifeStatus.LIVE else max(left, right, key=STATUSES.index)


class _Builder:
    def __init__(self, municipalities: Sequence[Municipality]) -> None:
        self.columns = _Columns()
        self.places = {municipality.nis_code: bit for bit, municipality in enumerate(municipalities)}
        self.services = {service.code: number for number, service in enumerate(taxonomy.services())}

    def add(self, record: SearchRecord) -> None:
        columns = self.columns
        columns.names.append(fold(record.name))
        columns.slugs.append(record.slug)
        columns.kinds.append(bits(record.kinds, _KINDS))
        columns.seats.append(bits(record.seats, self.places))
        words: dict[str, int] = {}
        plain = columns.plain
        _add_text(words, plain, record.name, Where.NAME, keep_stop_words=True)
        for name in record.other_names:
            _add_text(words, plain, name, Where.OTHER_NAME, keep_stop_words=True)
        _add_text(words, plain, record.description, Where.DESCRIPTION)
        documents = [(offer, _worse(record.status, offer.status)) for offer in record.offers]
        if not any(status in FINDABLE for _, status in documents):
            self._add_document(record, None, record.status, words)
        for offer, status in documents:
            self._add_document(record, offer, status, words)

    def _add_document(
        self, record: SearchRecord, offer: SearchOffer | None, status: LifeStatus, words: dict[str, int]
    ) -> None:
        columns = self.columns
        document = len(columns.organisation)
        columns.organisation.append(len(columns.slugs) - 1)
        columns.status.append(STATUSES.index(status))
        columns.points.append(offer.points if offer else record.points)
        if offer is None:
            columns.service.append(NO_SERVICE)
            columns.knowledge.append(KNOWLEDGE.index(KNOWLEDGE[-1]))
            columns.customers.append(0)
            columns.served.append(0)
        else:
            columns.service.append(self.services.get(offer.service, NO_SERVICE))
            columns.knowledge.append(KNOWLEDGE.index(offer.area.knowledge))
            columns.customers.append(bits(offer.customers, _CUSTOMERS))
            columns.served.append(bits(sorted(offer.area.nis_codes), self.places))
            words = dict(words)
            _add_text(words, columns.plain, offer.words, Where.OFFER)
        for term, flags in words.items():
            columns.posting_term.append(columns.terms.setdefault(term, len(columns.terms)))
            columns.posting_doc.append(document)
            columns.posting_flags.append(flags)


def _bit_words(sets: Sequence[int], count: int) -> NDArray[np.uint64]:
    """Sets of any size as rows of 64 bits each: words x sets."""
    rows = max(1, -(-count // 64))
    low = (1 << 64) - 1
    return np.array([[(value >> (64 * row)) & low for value in sets] for row in range(rows)], dtype=np.uint64)


def _clusters(region: RegionWords, served: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Per document the clusters of which it serves a municipality."""
    if len(region.clusters) > MOST_CLUSTERS:
        raise InvalidInput(
            f"Een regio kan hoogstens {MOST_CLUSTERS} clusters hebben; dit zijn er {len(region.clusters)}."
        )
    places = {municipality.nis_code: bit for bit, municipality in enumerate(region.municipalities)}
    found = np.zeros(served.shape[1], dtype=np.uint64)
    for bit, (_, members) in enumerate(region.clusters):
        wanted = _bit_words([bits(members, places)], len(region.municipalities))
        reached = np.logical_or.reduce((served & wanted) != 0, axis=0)
        found |= reached.astype(np.uint64) << np.uint64(bit)
    return found


def _point_columns(
    points: Sequence[tuple[Point, ...]],
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.uint8]]:
    start = np.zeros(len(points) + 1, dtype=np.int32)
    np.cumsum([len(some) for some in points], out=start[1:])
    flat = [point for some in points for point in some]
    vectors = np.array([unit_vector(point.lat, point.lon) for point in flat], dtype=np.float32).reshape(-1, 3)
    precision = np.array([PRECISIONS.index(point.precision) for point in flat], dtype=np.uint8)
    return start, np.ascontiguousarray(vectors.T), precision


def _posting_columns(
    columns: _Columns, new_place: NDArray[np.int64]
) -> tuple[Texts, NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint8]]:
    """Terms sorted, and their postings by term and document."""
    for word in known_words():
        columns.terms.setdefault(word, len(columns.terms))
    ordered = sorted(columns.terms)
    rank = np.empty(len(ordered), dtype=np.uint32)
    rank[np.array([columns.terms[term] for term in ordered], dtype=np.int64)] = np.arange(len(ordered), dtype=np.uint32)
    term = rank[np.asarray(columns.posting_term, dtype=np.uint32)]
    document = new_place[np.asarray(columns.posting_doc, dtype=np.uint32)].astype(np.uint32)
    order = np.lexsort((document, term))
    start = np.searchsorted(term[order], np.arange(len(ordered) + 1)).astype(np.int64)
    flags = np.asarray(columns.posting_flags, dtype=np.uint8)
    return Texts.of(ordered), start, document[order], flags[order]


def _typo_table(terms: Texts, plain: set[str]) -> TypoTable:
    """Of the words as people write them: a typo is not corrected to a stem."""
    numbered = ((number, terms[number]) for number in range(len(terms)))
    return TypoTable.build(
        (number, term) for number, term in numbered if term in plain and term.isalpha() and not is_stop_word(term)
    )


def _by_name(
    columns: _Columns,
) -> tuple[list[int], NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Organisations in the order of their names; per document its organisation, the new order, and its new place."""
    by_name = sorted(range(len(columns.slugs)), key=lambda number: (columns.names[number], columns.slugs[number]))
    rank = np.empty(len(by_name), dtype=np.int32)
    rank[np.array(by_name, dtype=np.int64)] = np.arange(len(by_name), dtype=np.int32)
    organisation = rank[np.asarray(columns.organisation, dtype=np.int32)]
    order = np.argsort(organisation, kind="stable")
    new_place = np.empty(len(order), dtype=np.int64)
    new_place[order] = np.arange(len(order))
    return by_name, organisation, order, new_place


def build_content(
    records: Iterable[SearchRecord],
    *,
    municipalities: Sequence[Municipality],
    localities: Sequence[Locality],
    clusters: Sequence[Cluster],
    revision: int,
) -> Content:
    """The index of all records. A member of a cluster counts as long as no end of its membership is known."""
    region = RegionWords(
        tuple(municipalities),
        tuple(localities),
        tuple((one.slug, tuple(member.nis_code for member in one.members if member.until is None)) for one in clusters),
    )
    builder = _Builder(municipalities)
    for record in records:
        builder.add(record)
    columns = builder.columns
    by_name, organisation, order, new_place = _by_name(columns)
    terms, term_start, posting_doc, posting_flags = _posting_columns(columns, new_place)
    typos = _typo_table(terms, columns.plain)
    served = _bit_words([columns.served[old] for old in order], len(municipalities))
    service = np.asarray(columns.service, dtype=np.uint8)[order]
    point_start, points, precision = _point_columns([columns.points[old] for old in order])
    return Content(
        revision=revision,
        region=region,
        slugs=Texts.of([columns.slugs[number] for number in by_name]),
        terms=terms,
        term_start=term_start,
        posting_doc=posting_doc,
        posting_flags=posting_flags,
        typo_hashes=typos.hashes,
        typo_words=typos.words,
        doc_start=np.searchsorted(organisation[order], np.arange(len(by_name) + 1)).astype(np.int32),
        organisation=organisation[order],
        service=service,
        status=np.asarray(columns.status, dtype=np.uint8)[order],
        knowledge=np.asarray(columns.knowledge, dtype=np.uint8)[order],
        customers=np.asarray(columns.customers, dtype=np.uint8)[order],
        served=served,
        clusters=_clusters(region, served),
        kinds=np.array([columns.kinds[number] for number in by_name], dtype=np.uint16),
        seats=_bit_words([columns.seats[number] for number in by_name], len(municipalities)),
        service_start=np.searchsorted(np.sort(service), np.arange(257)).astype(np.int64),
        service_doc=np.argsort(service, kind="stable").astype(np.uint32),
        point_start=point_start,
        points=points,
        point_precision=precision,
    )
