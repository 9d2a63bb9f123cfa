"""Which social enterprises could take part in what a municipality buys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from schakel.cooperation.matching import current_supply
from schakel.cooperation.tasks import Candidate, candidates_for
from schakel.core.matching import NearMiss
from schakel.core.spend import list_categories


@dataclass(frozen=True, slots=True)
class Takers:
    """Who could do a category: the best matches, how many in all, and who nearly could (when nobody can)."""

    candidates: tuple[Candidate, ...]
    found: int
    near: tuple[NearMiss, ...]


def takers_of(nis_code: str, categories: Iterable[str], on: date) -> Mapping[str, Takers]:
    """Category -> who could do it there. Absent: not known what it is, or none of our services is this work."""
    supply, wanted = current_supply(), set(categories)
    places = [nis_code] if nis_code in supply.municipalities else []
    return {
        one.code: Takers(*candidates_for(supply, one.services, places, on))
        for one in list_categories()
        if one.code in wanted and one.services
    }
