"""Rules that need a whole table at once: succession that runs in a circle, neighbours that disagree."""

from __future__ import annotations

from collections.abc import Mapping

from schakel.core.model import Fault
from schakel.sources.region_pack.decode import DecodedFile

_SUCCESSIONS = (("organisations", "slug", "succeeded_by"), ("establishments", "key", "replaced_by"))


def _pairs(content: DecodedFile | None, own: str, other: str) -> dict[str, tuple[int, str]]:
    """Own key -> (row, cell of the other column), for rows that have both."""
    if content is None or own not in content.header or other not in content.header:
        return {}
    first, second = content.header.index(own), content.header.index(other)
    return {
        texts[first]: (row, texts[second])
        for row, texts in content.rows
        if max(first, second) < len(texts) and texts[first] and texts[second]
    }


def find_loops(decoded: Mapping[str, DecodedFile]) -> list[Fault]:
    """One fault per circle of "replaced by", at its first row; something that replaces itself is said elsewhere."""
    faults = []
    for table, own, other in _SUCCESSIONS:
        following = _pairs(decoded.get(table), own, other)
        done: set[str] = set()
        for start in following:
            path: list[str] = []
            here = start
            while here in following and here not in done:
                done.add(here)
                path.append(here)
                here = following[here][1]
            if here in path and following[here][1] != here:
                circle = path[path.index(here) :]
                found = " → ".join([*circle[:5], "…"] if len(circle) > 5 else [*circle, here])
                first = min(circle, key=lambda key: following[key][0])
                expected = "opvolging die niet in een kring loopt"
                faults.append(Fault(f"{table}.csv", following[first][0], other, found, expected))
    return faults


def find_one_sided_neighbours(decoded: Mapping[str, DecodedFile]) -> list[Fault]:
    """A fault for each municipality that names a neighbour of the region which does not name it back."""
    rows = _pairs(decoded.get("municipalities"), "nis_code", "neighbours")
    named = {code: {part.strip() for part in cell.split(";")} for code, (_, cell) in rows.items()}
    content = decoded.get("municipalities")
    known: set[str] = set()
    if content is not None and "nis_code" in content.header:
        place = content.header.index("nis_code")
        known = {texts[place] for _, texts in content.rows if place < len(texts)}
    return [
        Fault(
            "municipalities.csv",
            rows[code][0],
            "neighbours",
            other,
            f"buren die elkaar noemen: {other} noemt {code} niet",
        )
        for code, others in named.items()
        for other in sorted(others & known - {code})
        if code not in named.get(other, set())
    ]
