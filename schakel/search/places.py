"""Place words in a search: "in Ronse" (served there), "bij Zottegem" (nearby), "kringwinkel ronse" (at the end)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schakel.core.model import Locality, Municipality, Point
from schakel.search.analysis import split_words
from schakel.search.outside import Outside, find_outside, is_municipality
from schakel.search.typos import is_one_typo_away

DEFAULT_RADIUS_KM = 10.0
SHORTEST_FORGIVEN = 5

_SERVED_BEFORE = frozenset({"in", "te", "a"})
_NEAR_BEFORE = frozenset({"bij", "nabij", "rond", "rondom", "omgeving", "buurt", "near", "pres"})
_FILLERS = frozenset({"de", "het", "van", "in", "stad", "gemeente", "dorp", "of", "the"})
_TAKEN_ALONG = frozenset({"omgeving", "buurt", "in", "de", "het", "van", "ergens", "regio", "of", "the"})


class PlaceUse(StrEnum):
    SERVED = "served"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality or locality of the region. `point` is None when no source gives one."""

    name: str
    nis_code: str
    municipality: str
    point: Point | None

    @property
    def label(self) -> str:
        return self.name if self.name == self.municipality else f"{self.name} ({self.municipality})"


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place read in the text: which, how it is used, and the words it took (positions from `start` to `end`).

    The name itself, without "in" or "in de buurt van", begins at `name_at`.
    """

    place: Place
    use: PlaceUse
    start: int
    name_at: int
    end: int


class Gazetteer:
    """The names of the region's municipalities and localities, found back in a list of words."""

    def __init__(self, municipalities: Iterable[Municipality], localities: Iterable[Locality]) -> None:
        self._places: dict[tuple[str, ...], Place] = {}
        names = {}
        for municipality in municipalities:
            names[municipality.nis_code] = municipality.name
            place = Place(municipality.name, municipality.nis_code, municipality.name, municipality.point)
            self._places[tuple(split_words(municipality.name))] = place
        for locality in localities:
            owner = names.get(locality.nis_code, locality.name)
            key = tuple(split_words(locality.name))
            # A municipality comes before a locality of the same name.
            self._places.setdefault(key, Place(locality.name, locality.nis_code, owner, locality.point))
        self._longest = max((len(key) for key in self._places), default=0)

    def _read_at(self, words: Sequence[str], start: int, *, forgiving: bool) -> tuple[Place, int] | None:
        for length in range(min(self._longest, len(words) - start), 0, -1):
            key = tuple(words[start : start + length])
            key = tuple("sint" if word in ("st", "sint") else word for word in key)
            if place := self._places.get(key):
                return place, start + length
        word = words[start] if start < len(words) else ""
        if forgiving and len(word) >= SHORTEST_FORGIVEN and not is_municipality(word):
            near = [place for key, place in self._places.items() if len(key) == 1 and is_one_typo_away(word, key[0])]
            if len(near) == 1:  # two candidates: we do not guess
                return near[0], start + 1
        return None

    def find(self, words: Sequence[str]) -> PlaceFound | None:
        """The place named in a list of folded words, or None.

        A name after "in" or "te" is a place that must be served, after "bij", "rond" or "in de buurt van" a place to
        be near; a name at the very end counts as served. The last mention wins. A typo is forgiven only after such a
        word, and only when one name fits.
        """
        for position in range(len(words) - 1, -1, -1):
            if words[position] in _NEAR_BEFORE or words[position] in _SERVED_BEFORE:
                first = position + 1
                while first < len(words) and words[first] in _FILLERS:
                    first += 1
                read = self._read_at(words, first, forgiving=True)
                if read:
                    use = PlaceUse.NEAR if words[position] in _NEAR_BEFORE else PlaceUse.SERVED
                    return PlaceFound(read[0], use, self._phrase_start(words, position), first, read[1])
            read = self._read_at(words, position, forgiving=False)
            starts_here = read is not None and read[1] == len(words)
            before = words[position - 1] if position else ""
            if read and starts_here and not self._is_inside_longer_name(words, position, before):
                return PlaceFound(read[0], PlaceUse.SERVED, position, position, read[1])
        return None

    def find_outside(self, words: Sequence[str]) -> Outside | None:
        """The Belgian municipality outside the region that is named after a place word, or None."""
        before = _SERVED_BEFORE | _NEAR_BEFORE
        found = find_outside(words, before, _FILLERS, before | _TAKEN_ALONG)
        return None if found is None or tuple(split_words(found.name)) in self._places else found

    def _is_inside_longer_name(self, words: Sequence[str], position: int, before: str) -> bool:
        """Whether the name continues to the left ("Mere" in "Erpe-Mere") or is introduced by a place word."""
        if before in _NEAR_BEFORE or before in _SERVED_BEFORE or before in _FILLERS:
            return True
        for start in range(max(0, position - self._longest), position):
            read = self._read_at(words, start, forgiving=False)
            if read and read[1] == len(words):
                return True
        return False

    @staticmethod
    def _phrase_start(words: Sequence[str], position: int) -> int:
        """Where the place phrase begins: "in de buurt van Ronse" and "in Ronse" begin at "in"."""
        start = position
        while start > 0 and words[start] in _NEAR_BEFORE and words[start - 1] in _TAKEN_ALONG:
            start -= 1
        while start > 0 and words[start] in ("de", "het", "the") and words[start - 1] in ("in", "rond", "bij"):
            start -= 1
        return start

    def by_nis_code(self) -> Mapping[str, Place]:
        """The municipalities of the region by NIS code."""
        return {place.nis_code: place for place in self._places.values() if place.name == place.municipality}
