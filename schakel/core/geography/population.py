"""Where the people of a municipality live, as points that carry population.

Without a count per sector, the population of a municipality is shared out over its localities by their area; where the
area of one of them is not known, in equal parts. That spreads people too evenly: pages say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from schakel.core.model import Locality, Municipality, Origin


def latest_population(municipality: Municipality) -> tuple[int, int] | None:
    """The last year for which the population is known, with the number of inhabitants; None when it never is."""
    return max(municipality.population.items(), default=None)


def share_over_localities(municipalities: Iterable[Municipality], localities: Iterable[Locality]) -> tuple[Origin, ...]:
    """One origin per locality with a known point, in the order of the localities within the order of municipalities.

    A municipality without any such locality gets one origin at its own point, or none when that is not known either.
    The population of an origin is None where that of its municipality is not known: unknown is not nobody.
    """
    placed: dict[str, list[Locality]] = defaultdict(list)
    for locality in localities:
        if locality.point is not None:
            placed[locality.nis_code].append(locality)
    found: list[Origin] = []
    for municipality in municipalities:
        known = latest_population(municipality)
        people = None if known is None else float(known[1])
        parts = placed.get(municipality.nis_code, [])
        for locality, share in zip(parts, _shares(parts), strict=True):
            assert locality.point is not None, "only localities with a point were kept"
            key = f"{locality.nis_code}:{locality.postal_code}:{locality.name}"
            part = None if people is None else people * share
            found.append(Origin(key, locality.name, locality.nis_code, locality.point, part))
        if not parts and municipality.point is not None:
            code = municipality.nis_code
            found.append(Origin(code, municipality.name, code, municipality.point, people))
    return tuple(found)


def _shares(parts: Sequence[Locality]) -> list[float]:
    areas = [part.area_km2 for part in parts]
    known = [area for area in areas if area is not None and area > 0]
    if len(known) < len(areas):
        return [1 / len(areas)] * len(areas)
    total = sum(known)
    return [area / total for area in known]
