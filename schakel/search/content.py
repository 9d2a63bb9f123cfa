"""What the index holds: plain arrays, one row per offer, ordered by the name of its organisation.

A document is one offer; an organisation without offers has one document without a service. Offers that no longer (or
do not yet) exist are documents too, so that a search can tell what once was, but they are never hits: they come after
all the others, so that the hits among any ascending documents are simply the first part. Sets of municipalities,
kinds and clusters are bits of whole numbers; postings say per term in which documents it stands, and with a byte of
flags where. Everything fits in memory: about 700 bytes per organisation of two to three offers.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from schakel.core.model import (
    FINDABLE,
    AreaKnowledge,
    Customer,
    Delivered,
    Kind,
    LifeStatus,
    Locality,
    Municipality,
    PointPrecision,
)

EARTH_RADIUS_KM = 6371.0088
NO_SERVICE = 255
_SIGNPOST_EVERY = 32

STATUSES = tuple(LifeStatus)
KNOWLEDGE = tuple(AreaKnowledge)
CUSTOMERS = tuple(Customer)
KINDS = tuple(Kind)
DELIVERED = tuple(Delivered)
PRECISIONS = tuple(PointPrecision)


class Where(IntFlag):
    """Where in a document a term stands; PART_OF_* when it is only a part of a compound there."""

    NAME = 1
    OTHER_NAME = 2
    OFFER = 4
    DESCRIPTION = 8
    PART_OF_NAME = 16
    PART_OF_OTHER_NAME = 32
    PART_OF_OFFER = 64
    PART_OF_DESCRIPTION = 128


class Texts:
    """Many short texts in one block of bytes: an array costs less memory than a list of Python strings."""

    def __init__(self, block: NDArray[np.uint8], ends: NDArray[np.uint32]) -> None:
        self.block = block
        self.ends = ends
        # Views, because reading one number of them is several times faster than of an array.
        self._block = block.data
        self._ends = ends.data
        self._signposts: list[str] | None = None

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        encoded = [text.encode() for text in texts]
        ends = np.cumsum([len(text) for text in encoded], dtype=np.uint32)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        return str(self._block[start : self._ends[number]], "utf-8")

    def find(self, text: str) -> int | None:
        """The place of a text; the texts must be sorted. One text in 32 is kept ready, so few have to be decoded."""
        if self._signposts is None:
            self._signposts = [self[place] for place in range(0, len(self), _SIGNPOST_EVERY)]
        low = max(0, bisect_right(self._signposts, text) - 1) * _SIGNPOST_EVERY
        high = min(low + _SIGNPOST_EVERY, len(self))
        place = bisect_left(self, text, low, high)
        return place if place < high and self[place] == text else None


@dataclass(frozen=True, slots=True)
class RegionWords:
    """The places of the region as a search needs them; the bit of a municipality is its place in the tuple."""

    municipalities: tuple[Municipality, ...]
    localities: tuple[Locality, ...]
    clusters: tuple[tuple[str, tuple[str, ...]], ...]  # slug, NIS codes of its members today


@dataclass(frozen=True, slots=True)
class Content:
    """The arrays of one index.

    D documents, O organisations, T terms, V values of facets, W words of 64 municipalities.
    """

    revision: int
    region: RegionWords
    slugs: Texts  # O
    terms: Texts  # T, sorted
    term_start: NDArray[np.int64]  # T + 1
    posting_doc: NDArray[np.uint32]
    posting_flags: NDArray[np.uint8]
    typo_hashes: NDArray[np.uint32]
    typo_words: NDArray[np.uint32]
    organisation: NDArray[np.int32]  # D, ascending among the live documents and among the past ones
    service: NDArray[np.uint8]  # D, place in the taxonomy
    status: NDArray[np.uint8]  # D
    status_year: NDArray[np.uint16]  # D, 0: not known
    knowledge: NDArray[np.uint8]  # D
    customers: NDArray[np.uint8]  # D, bits
    served: NDArray[np.uint64]  # W x D, bits
    clusters: NDArray[np.uint64]  # D, bits
    kinds: NDArray[np.uint16]  # O, bits
    offered: NDArray[np.uint64]  # O, bits: services, also of the past
    seats: NDArray[np.uint64]  # W x O, bits
    service_start: NDArray[np.int64]  # 257: documents by service
    service_doc: NDArray[np.uint32]
    point_start: NDArray[np.int32]  # D + 1
    points: NDArray[np.float32]  # 3 x points, on the unit sphere
    point_precision: NDArray[np.uint8]
    together: NDArray[np.int32]  # 1 + V x V, how many organisations have a value, or two in one offer: see `facets`

    def postings(self, term: str) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        """Documents in which a term stands, ascending, with the flags of Where; both empty when it is not known."""
        number = self.terms.find(term)
        if number is None:
            return self.posting_doc[:0], self.posting_flags[:0]
        span = slice(int(self.term_start[number]), int(self.term_start[number + 1]))
        return self.posting_doc[span], self.posting_flags[span]

    def stands_in(self, term: str, docs: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a term stands in each of a few documents."""
        postings, _ = self.postings(term)
        if not len(postings):
            return np.zeros(len(docs), dtype=np.bool_)
        at = np.searchsorted(postings, docs)
        at[at == len(postings)] = 0
        found: NDArray[np.bool_] = postings[at] == docs
        return found

    def documents_of_service(self, number: int) -> NDArray[np.uint32]:
        """Documents of one service, ascending."""
        return self.service_doc[int(self.service_start[number]) : int(self.service_start[number + 1])]

    @property
    def memory_bytes(self) -> int:
        """Bytes of all arrays together."""
        arrays = [getattr(self, name) for name in self.__slots__]
        texts = sum(item.block.nbytes + item.ends.nbytes for item in arrays if isinstance(item, Texts))
        return texts + sum(item.nbytes for item in arrays if isinstance(item, np.ndarray))


def is_findable(status: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which documents, by their status, can be hits."""
    findable = np.array([one in FINDABLE for one in STATUSES])
    found: NDArray[np.bool_] = findable[status]
    return found


def bits(values: Sequence[str], places: Mapping[str, int]) -> int:
    """The values as bits of one number; values without a place are left out."""
    found = 0
    for value in values:
        if value in places:
            found |= 1 << places[value]
    return found


def unit_vector(lat: float, lon: float) -> tuple[float, float, float]:
    """A point in degrees as a point on the unit sphere."""
    phi, theta = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi)
