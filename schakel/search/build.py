"""Builds the index from the register's search records, reading them once and in any order."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

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
    is_findable,
    unit_vector,
)
from schakel.search.facets import count_together
from schakel.search.selection import Index
from schakel.search.typos import TypoTable

MOST_CLUSTERS = 64
_PART_SHIFT = 4
_KINDS = {kind.value: place for place, kind in enumerate(KINDS)}
_CUSTOMERS = {customer.value: place for place, customer in enumerate(CUSTOMERS)}


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
    status_year: array[int] = field(default_factory=lambda: array("H"))
    knowledge: array[int] = field(default_factory=lambda: array("B"))
    customers: array[int] = field(default_factory=lambda: array("B"))
    served: list[int] = field(default_factory=list)
    points: list[tuple[Point, ...]] = field(default_factory=list)
    plain: set[str] = field(default_factory=lambda: set(known_words()))
    terms: dict[str, int] = field(default_factory=dict)
    posting_count: array[int] = field(default_factory=lambda: array("I"))  # per document
    posting_term: array[int] = field(default_factory=lambda: array("I"))
    posting_flags: array[int] = field(default_factory=lambda: array("B"))


def _worse(left: LifeStatus, right: LifeStatus) -> LifeStatus:
    """An offer is never livelier than its organisation."""
    return left if left not in FINDABLE else right if left is LifeStatus.LIVE else max(left, right, key=STATUSES.index)


def _status_year(record: SearchRecord, offer: SearchOffer | None, status: LifeStatus) -> int:
    """The year that goes with a status, of the offer or else of its organisation; 0 when no source gives one."""
    if status is LifeStatus.LIVE:
        return 0
    dates = [offer.status_date if offer and offer.status is status else None]
    dates.append(record.status_date if record.status is status else None)
    return next((int(date[:4]) for date in dates if date and date[:4].isdecimal()), 0)


class _Word(NamedTuple):
    """A word as it is indexed: whether it is passed over in running text, and the numbers of its terms."""

    is_stop_word: bool
    terms: tuple[int, ...]  # the word and its stem
    parts: tuple[int, ...]


class _Builder:
    def __init__(self, municipalities: Sequence[Municipality]) -> None:
        self.columns = _Columns()
        self.places = {municipality.nis_code: bit for bit, municipality in enumerate(municipalities)}
        self.services = {service.code: number for number, service in enumerate(taxonomy.services())}
        self._words: dict[str, _Word] = {}
        self._sets: dict[frozenset[str], int] = {}  # many offers serve the same municipalities

    def _word(self, word: str) -> _Word:
        known, terms = forms(word), self.columns.terms
        of_word = dict.fromkeys((known.plain, known.stem))
        found = _Word(
            is_stop_word(word),
            tuple(terms.setdefault(term, len(terms)) for term in of_word),
            tuple(terms.setdefault(term, len(terms)) for term in known.parts),
        )
        self._words[word] = found
        return found

    def _add_text(self, found: dict[int, int], text: str, where: Where, *, keep_stop_words: bool = False) -> None:
        whole, part = int(where), int(where) << _PART_SHIFT  # a plain number: flags with a name are slow to join
        words, plain = self._words, self.columns.plain
        for word in split_words(text):
            known = words.get(word) or self._word(word)
            if known.is_stop_word and not keep_stop_words:
                continue
            plain.add(word)
            for term in known.terms:
                found[term] = found.get(term, 0) | whole
            for term in known.parts:
                found[term] = found.get(term, 0) | part

    def _served(self, nis_codes: frozenset[str]) -> int:
        known = self._sets.get(nis_codes)
        if known is None:
            known = self._sets[nis_codes] = bits(sorted(nis_codes), self.places)
        return known

    def add(self, record: SearchRecord) -> None:
        columns = self.columns
        columns.names.append(fold(record.name))
        columns.slugs.append(record.slug)
        columns.kinds.append(bits(record.kinds, _KINDS))
        columns.seats.append(bits(record.seats, self.places))
        words: dict[int, int] = {}
        self._add_text(words, record.name, Where.NAME, keep_stop_words=True)
        for name in record.other_names:
            self._add_text(words, name, Where.OTHER_NAME, keep_stop_words=True)
        self._add_text(words, record.description, Where.DESCRIPTION)
        documents = [(offer, _worse(record.status, offer.status)) for offer in record.offers]
        if not any(status in FINDABLE for _, status in documents):
            self._add_document(record, None, record.status, words)
        for offer, status in documents:
            self._add_document(record, offer, status, words)

    def _add_document(
        self, record: SearchRecord, offer: SearchOffer | None, status: LifeStatus, words: dict[int, int]
    ) -> None:
        columns = self.columns
        columns.organisation.append(len(columns.slugs) - 1)
        columns.status.append(STATUSES.index(status))
        columns.status_year.append(_status_year(record, offer, status))
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
            columns.served.append(self._served(offer.area.nis_codes))
            words = dict(words)
            self._add_text(words, offer.words, Where.OFFER)
        columns.posting_count.append(len(words))
        columns.posting_term.extend(words)
        columns.posting_flags.extend(words.values())


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
    rank = np.empty(len(ordered), dtype=np.uint64)
    rank[np.array([columns.terms[term] for term in ordered], dtype=np.int64)] = np.arange(len(ordered), dtype=np.uint64)
    # Term, document and flags in one number (28, 28 and 8 bits): sorting numbers is far quicker than sorting by two.
    postings = rank[np.asarray(columns.posting_term, dtype=np.uint32)] << np.uint64(36)
    document = np.repeat(new_place, np.asarray(columns.posting_count, dtype=np.uint32))
    postings |= document.astype(np.uint64) << np.uint64(8)
    postings |= np.asarray(columns.posting_flags, dtype=np.uint8)
    postings.sort()
    bounds = np.arange(len(ordered) + 1, dtype=np.uint64) << np.uint64(36)
    start = np.searchsorted(postings, bounds).astype(np.int64)
    doc = ((postings >> np.uint64(8)) & np.uint64((1 << 28) - 1)).astype(np.uint32)
    return Texts.of(ordered), start, doc, (postings & np.uint64(255)).astype(np.uint8)


def _typo_table(terms: Texts, plain: set[str]) -> TypoTable:
    """Of the words as people write them: a typo is not corrected to a stem."""
    numbered = ((number, terms[number]) for number in range(len(terms)))
    return TypoTable.build(
        (number, term) for number, term in numbered if term in plain and term.isalpha() and not is_stop_word(term)
    )


def _by_name(
    columns: _Columns,
) -> tuple[list[int], NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Organisations in the order of their names; per document its organisation, the new order, and its new place.

    Documents that can be hits come first, then those of the past; within both by organisation.
    """
    by_name = sorted(range(len(columns.slugs)), key=lambda number: (columns.names[number], columns.slugs[number]))
    rank = np.empty(len(by_name), dtype=np.int32)
    rank[np.array(by_name, dtype=np.int64)] = np.arange(len(by_name), dtype=np.int32)
    organisation = rank[np.asarray(columns.organisation, dtype=np.int32)]
    is_past = ~is_findable(np.asarray(columns.status, dtype=np.uint8))
    order = np.lexsort((organisation, is_past))
    new_place = np.empty(len(order), dtype=np.int64)
    new_place[order] = np.arange(len(order))
    return by_name, organisation, order, new_place


def _offered(organisation: NDArray[np.int32], service: NDArray[np.uint8], count: int) -> NDArray[np.uint64]:
    """Per organisation the services of all its documents, as bits."""
    bit = np.zeros(NO_SERVICE + 1, dtype=np.uint64)
    services = len(taxonomy.services())
    bit[:services] = np.uint64(1) << np.arange(services, dtype=np.uint64)
    found = np.zeros(count, dtype=np.uint64)
    np.bitwise_or.at(found, organisation, bit[service])
    return found


def _region_words(
    municipalities: Sequence[Municipality], localities: Sequence[Locality], clusters: Sequence[Cluster]
) -> RegionWords:
    return RegionWords(
        tuple(municipalities),
        tuple(localities),
        tuple((one.slug, tuple(member.nis_code for member in one.members if member.until is None)) for one in clusters),
    )


def build_content(
    records: Iterable[SearchRecord],
    *,
    municipalities: Sequence[Municipality],
    localities: Sequence[Locality],
    clusters: Sequence[Cluster],
    revision: int,
) -> Content:
    """The index of all records. A member of a cluster counts as long as no end of its membership is known."""
    region = _region_words(municipalities, localities, clusters)
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
    content = Content(
        revision=revision,
        region=region,
        slugs=Texts.of([columns.slugs[number] for number in by_name]),
        terms=terms,
        term_start=term_start,
        posting_doc=posting_doc,
        posting_flags=posting_flags,
        typo_hashes=typos.hashes,
        typo_words=typos.words,
        organisation=organisation[order],
        service=service,
        status=np.asarray(columns.status, dtype=np.uint8)[order],
        status_year=np.asarray(columns.status_year, dtype=np.uint16)[order],
        knowledge=np.asarray(columns.knowledge, dtype=np.uint8)[order],
        customers=np.asarray(columns.customers, dtype=np.uint8)[order],
        served=served,
        clusters=_clusters(region, served),
        offered=_offered(organisation[order], service, len(by_name)),
        kinds=np.array([columns.kinds[number] for number in by_name], dtype=np.uint16),
        seats=_bit_words([columns.seats[number] for number in by_name], len(municipalities)),
        service_start=np.searchsorted(np.sort(service), np.arange(257)).astype(np.int64),
        service_doc=np.argsort(service, kind="stable").astype(np.uint32),
        point_start=point_start,
        points=points,
        point_precision=precision,
        together=np.zeros((0, 0), dtype=np.int32),
    )
    return replace(content, together=count_together(Index(content)))
