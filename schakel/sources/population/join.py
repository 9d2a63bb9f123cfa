"""People put on the map: each row of a table at its own point or at its area, a municipality's shared out by area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schakel.core.errors import CoreError
from schakel.core.model import Fault, Origin, Point, PointPrecision
from schakel.sources.population.areas import Area, Areas
from schakel.sources.population.table import PopulationRow

MOST_UNPLACED = 0.05  # of a municipality's people: more without a place means that a file is missing


class PopulationFaults(CoreError):
    """Everything that is wrong with the files; nothing was loaded."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True)
class PlacedPopulation:
    """Points with people. `counted`: each was counted there; else a municipality's were shared out by area.

    `year`: of the figures, None when no file tells. `outside`: rows outside the region. `unplaced`: people whose place
    is not known, spread over the points of their municipality in proportion.
    """

    origins: tuple[Origin, ...]
    counted: bool
    year: int | None
    outside: int
    unplaced: float


def place_population(
    file: str, rows: Sequence[PopulationRow], areas: Areas, known: Mapping[str, float | None]
) -> PlacedPopulation:
    """Join rows and areas for the municipalities in `known` (NIS code -> people in the register, None: not known).

    Without rows, areas that tell their people count, and else the register's population of each municipality is shared
    out over its areas. Raises PopulationFaults, each with its row and what to do.
    """
    outlines = {code: area for code, area in areas.by_code.items() if _home(area, areas) in known}
    if not rows:
        counted = bool(outlines) and all(area.people is not None for area in outlines.values())
        people = {code: area.people for code, area in outlines.items()} if counted else _by_area(outlines, areas, known)
        origins = tuple(_origin(area, areas, people[code]) for code, area in outlines.items())
        return _checked(file, PlacedPopulation(origins, counted, None, len(areas.by_code) - len(outlines), 0.0))
    return _checked(file, _join(file, rows, areas, outlines, known))


def _join(
    file: str,
    rows: Sequence[PopulationRow],
    areas: Areas,
    outlines: Mapping[str, Area],
    known: Mapping[str, float | None],
) -> PlacedPopulation:
    placed: dict[str, float] = defaultdict(float)
    own: list[Origin] = []
    whole: dict[str, float] = {}
    loose: dict[str, list[PopulationRow]] = defaultdict(list)
    outside, faults = 0, []
    for row in rows:
        area = areas.find(row.code)
        nis = (_home(area, areas) if area is not None else None) or _told(row, areas)
        nis = nis or (row.code if row.code in known else None)  # the code of a whole municipality is its NIS code
        if nis is None:
            faults.append(_homeless(file, row))
        elif nis not in known:
            outside += 1
        elif row.code == nis:
            whole[nis] = row.people
        elif area is not None:
            placed[area.code] += row.people
        elif row.point is not None:
            point = Point(*row.point, PointPrecision.LOCALITY)
            own.append(Origin(row.code, row.name or row.code, nis, point, row.people))
        else:
            loose[nis].append(row)
    origins = own + [_origin(outlines[code], areas, people) for code, people in placed.items() if code in outlines]
    shared = {nis: people for nis, people in whole.items() if not any(o.nis_code == nis for o in origins)}
    parts = {code: area for code, area in outlines.items() if _home(area, areas) in shared}
    origins += [_origin(parts[code], areas, people) for code, people in _by_area(parts, areas, shared).items()]
    origins, unplaced = _spread(file, origins, loose, faults)
    if faults:
        raise PopulationFaults(faults)
    years = [row.year for row in rows if row.year is not None]
    return PlacedPopulation(tuple(origins), not shared, max(years, default=None), outside, unplaced)


def _told(row: PopulationRow, areas: Areas) -> str | None:
    """The municipality by the row's own column, else by the lookup, else by the outline around its point."""
    by_lookup = next((code for code in areas.lookup.get(row.code, ()) if len(code) == 5 and code.isdigit()), None)
    found = by_lookup or row.nis_code
    return areas.municipality(*row.point) if found is None and row.point is not None else found


def _homeless(file: str, row: PopulationRow) -> Fault:
    expected = (
        "een code waarvan de gemeente bekend is: geef een kolom nis_code of CD_REFNIS, of met --areas een bestand met "
        "de grenzen of een tabel die de code bij haar gemeente zet"
    )
    return Fault(file, row.row, None, row.code, expected)


def _home(area: Area, areas: Areas) -> str | None:
    by_lookup = (code for code in areas.lookup.get(area.code, ()) if len(code) == 5 and code.isdigit())
    return area.nis_code or next(by_lookup, None)


def _origin(area: Area, areas: Areas, people: float | None) -> Origin:
    """The origin of an area of which the municipality is known."""
    point = Point(area.lat, area.lon, PointPrecision.LOCALITY)
    return Origin(area.code, area.name, _home(area, areas) or "", point, people)


def _by_area(parts: Mapping[str, Area], areas: Areas, whole: Mapping[str, float | None]) -> dict[str, float | None]:
    """Each municipality's people over its areas by size; in equal parts where a size is not known."""
    groups: dict[str, list[Area]] = defaultdict(list)
    for area in parts.values():
        groups[_home(area, areas) or ""].append(area)
    found: dict[str, float | None] = {}
    for nis, members in groups.items():
        people = whole.get(nis)
        sizes = [member.km2 or 0.0 for member in members]
        equal = not all(sizes)
        for member, size in zip(members, sizes, strict=True):
            share = 1 / len(members) if equal else size / sum(sizes)
            found[member.code] = None if people is None else people * share
    return found


def _spread(
    file: str, origins: list[Origin], loose: Mapping[str, list[PopulationRow]], faults: list[Fault]
) -> tuple[list[Origin], float]:
    """People without a place (a few per municipality: sectors "not to be located") go where the others live."""
    total: dict[str, float] = defaultdict(float)
    for origin in origins:
        total[origin.nis_code] += origin.population or 0.0
    grow: dict[str, float] = {}
    unplaced = 0.0
    for nis, rows in loose.items():
        extra = sum(row.people for row in rows)
        if extra > MOST_UNPLACED * (extra + total[nis]):
            expected = "codes waarvan de plaats bekend is: geef met --areas een bestand met hun punten of grenzen"
            found = f"{rows[0].code} en {len(rows) - 1} andere codes van {nis}, samen {extra:.0f} inwoners"
            faults.append(Fault(file, rows[0].row, None, found, expected))
        elif extra:
            grow[nis] = 1 + extra / total[nis]
            unplaced += extra
    moved = [
        Origin(o.key, o.name, o.nis_code, o.point, o.population * grow.get(o.nis_code, 1.0))
        if o.population is not None
        else o
        for o in origins
    ]
    return moved, unplaced


def _checked(file: str, placed: PlacedPopulation) -> PlacedPopulation:
    if not placed.origins:
        expected = "minstens één gebied in een gemeente van deze regio; geef met --areas een bestand met hun plaats"
        raise PopulationFaults([Fault(file, None, None, "geen enkel gebied van de regio", expected)])
    return placed
