"""What a search means: its words without stop words, and the place that its text names as a condition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schakel.search.analysis import is_stop_word, split_words
from schakel.search.places import DEFAULT_RADIUS_KM, Gazetteer, PlaceFound, PlaceUse
from schakel.search.query import SearchQuery
from schakel.search.result import Reason


@dataclass(frozen=True)
class Reading:
    """A search as it was understood: the query with the place of its text, and the words that must be found."""

    query: SearchQuery
    words: tuple[str, ...]
    all_words: tuple[str, ...]
    interpreted: tuple[Reason, ...]
    ignored: tuple[Reason, ...]


def _with_place(query: SearchQuery, found: PlaceFound) -> SearchQuery | None:
    """The query with the place as a condition; None when a place was already chosen, which then wins."""
    if query.municipality or query.near is not None or query.seat:
        return None
    if found.use is PlaceUse.SERVED or found.place.point is None:
        return replace(query, municipality=(found.place.nis_code,))
    point = found.place.point
    return replace(query, near=(point.lat, point.lon), radius_km=query.radius_km or DEFAULT_RADIUS_KM)


def interpret(query: SearchQuery, gazetteer: Gazetteer) -> Reading:
    """Reads place words (unless `literal`) and leaves stop words out.

    When only stop words remain they are searched after all, so that an organisation called "Wij" can be found.
    """
    words = split_words(query.q)
    all_words = tuple(words)
    interpreted: list[Reason] = []
    ignored = [Reason("cut")] if query.cut else []
    found = None if query.literal else gazetteer.find(words)
    if found is not None:
        taken = " ".join(words[found.start : found.end])
        placed = _with_place(query, found)
        if placed is None:
            ignored.append(Reason("ignored_place", {"words": taken}))
        elif placed.municipality:
            interpreted.append(Reason("place_served", {"words": taken, "place": found.place.label}))
        else:
            km = placed.radius_km or DEFAULT_RADIUS_KM
            interpreted.append(Reason("place_near", {"words": taken, "place": found.place.label, "km": km}))
        query = placed or query
        all_words = (*words[: found.name_at], *split_words(found.place.name), *words[found.end :])
        words = words[: found.start] + words[found.end :]
    elif not query.literal and (outside := gazetteer.find_outside(words)) is not None:
        if query.municipality or query.near is not None or query.seat:
            taken = " ".join(words[outside.start : outside.end])
            ignored.append(Reason("ignored_place", {"words": taken}))
        else:
            ignored.append(Reason("place_outside", {"place": outside.name}))
        words = words[: outside.start] + words[outside.end :]
    if query.radius_km is not None and query.near is None:
        ignored.append(Reason("ignored_radius"))
        query = replace(query, radius_km=None)
    if query.sort == "distance" and query.near is None:
        ignored.append(Reason("ignored_sort"))
    telling = [word for word in words if not is_stop_word(word)]
    return Reading(query, tuple(telling or words), all_words, tuple(interpreted), tuple(ignored))
