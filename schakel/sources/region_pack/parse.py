"""From the files of a region pack to a RegionPack, or to the list of everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schakel.core import taxonomy
from schakel.core.errors import InvalidInput
from schakel.core.model import Fault, LifeStatus
from schakel.sources.region_pack import cells
from schakel.sources.region_pack.decode import DecodedFile, decode_table
from schakel.sources.region_pack.fetch import fetch_pack, fingerprint
from schakel.sources.region_pack.loops import find_loops, find_one_sided_neighbours
from schakel.sources.region_pack.model import MunicipalityRow, PackFaults, RegionPack, SourcedRow
from schakel.sources.region_pack.rules import RULES, PackIndex, explain_reference
from schakel.sources.region_pack.schema import POPULATION, SERVICES, SETTINGS_FILE, TABLES, Column, Table
from schakel.sources.region_pack.settings import parse_settings

_NOT_KNOWN = frozenset({"-", "–", "—", "?", "onbekend", "n.v.t.", "nvt"})  # written where a cell should be empty
_REMEMBERED = 20_000  # texts per column whose value is kept, since most columns repeat themselves
_FOUND_LENGTH = 80
_NEW = object()  # a text whose value is not remembered; None is a value


def read_pack(folder: Path, *, services: Collection[str] | None = None) -> RegionPack:
    """Read and check a region pack. `services` are the codes offers may use, the built-in list if left out.

    Raises PackFaults with every fault that was found.
    """
    return check_pack(fetch_pack(folder), services=_service_codes() if services is None else services)


def _service_codes() -> frozenset[str]:
    return frozenset(service.code for service in taxonomy.services())


def check_pack(files: Mapping[str, bytes], *, services: Collection[str]) -> RegionPack:
    """Check the files of a pack (name to content) against the schema and the rules; pure.

    Every fault is collected; what cannot be known because of another fault (a reference into a file that is not
    readable, cells of a row with too many cells) is left out. Raises PackFaults, nothing else, whatever the bytes.
    """
    faults = _check_names(files)
    settings = None
    if SETTINGS_FILE in files:
        settings, found = parse_settings(files[SETTINGS_FILE])
        faults += found
    decoded: dict[str, DecodedFile] = {}
    for table in TABLES.values():
        if table.file in files:
            decoded[table.name], found = decode_table(table.file, files[table.file])
            faults += found
    index = _index_keys(decoded, services)
    faults += find_loops(decoded)
    faults += find_one_sided_neighbours(decoded)
    rows: dict[str, tuple[SourcedRow, ...]] = {}
    for name in list(decoded):
        rows[name] = _TableReader(TABLES[name], decoded.pop(name), index, faults).read()  # the texts may go now
    if faults or settings is None:  # settings are None only with a fault that says why
        raise PackFaults(_in_order(faults))
    return RegionPack(settings=settings, fingerprint=fingerprint(files), **rows)  # type: ignore[arg-type]


def _check_names(files: Mapping[str, bytes]) -> list[Fault]:
    faults = []
    required = [SETTINGS_FILE, *(table.file for table in TABLES.values() if table.required)]
    known = {table.file for table in TABLES.values()}
    for name in required:
        if name not in files:
            faults.append(Fault(name, None, None, "", "dit bestand; het ontbreekt"))
    for name in sorted(files):
        if name not in known and name != SETTINGS_FILE:
            faults.append(Fault(name, None, None, "een onbekend bestand", f"een van: {', '.join(sorted(known))}"))
    return faults


def _in_order(faults: list[Fault]) -> list[Fault]:
    files = [SETTINGS_FILE, *(table.file for table in TABLES.values())]

    def place(fault: Fault) -> tuple[int, str, int]:
        position = files.index(fault.file) if fault.file in files else len(files)
        return position, fault.file, fault.row or 0

    return sorted(faults, key=place)


def _index_keys(decoded: Mapping[str, DecodedFile], services: Collection[str]) -> PackIndex:
    """Keys are taken from the raw cells: a row with another fault still exists for those that refer to it."""
    index = PackIndex(keys={SERVICES: frozenset(services)})
    for table in TABLES.values():
        if len(table.unique[0]) > 1:
            continue
        content = decoded.get(table.name)
        if content is None:
            index.keys[table.name] = None if table.required else frozenset()
        else:
            keys = _column_cells(content, table.unique[0][0])
            index.keys[table.name] = None if keys is None else frozenset(keys.values())
    organisations, establishments = decoded.get("organisations"), decoded.get("establishments")
    if organisations is not None:
        slugs = _column_cells(organisations, "slug") or {}
        statuses = _column_cells(organisations, "status") or {}
        for row, slug in slugs.items():
            if statuses.get(row, "") in ("", *LifeStatus):
                index.organisation_status[slug] = LifeStatus(statuses.get(row) or LifeStatus.LIVE)
    if establishments is not None:
        owners = _column_cells(establishments, "organisation") or {}
        known = index.keys["organisations"] or ()
        for row, key in (_column_cells(establishments, "key") or {}).items():
            if owners.get(row) in known:
                index.establishment_owner[key] = owners[row]
    return index


def _column_cells(content: DecodedFile, column: str) -> dict[int, str] | None:
    """Row -> cell of one column; `None` if the file has no such column."""
    if not content.readable or column not in content.header:
        return None
    place = content.header.index(column)
    return {row: texts[place] for row, texts in content.rows if place < len(texts)}


@dataclass(slots=True)
class _TableReader:
    """Reads one table; appends to `faults`."""

    table: Table
    content: DecodedFile
    index: PackIndex
    faults: list[Fault]
    seen: dict[tuple[str, ...], dict[tuple[str, ...], int]] = field(default_factory=dict)
    remembered: dict[str, dict[str, Any]] = field(default_factory=dict)

    def fault(self, row: int | None, column: str | None, found: str, expected: str) -> None:
        short = found if len(found) <= _FOUND_LENGTH else found[: _FOUND_LENGTH - 1] + "…"
        self.faults.append(Fault(self.table.file, row, column, short, expected))

    def read(self) -> tuple[SourcedRow, ...]:
        if not self.content.readable:
            return ()
        columns = self.read_header()
        complete = columns.keys() >= self.required_columns()
        for name, (_, column) in columns.items():
            self.remembered[name] = {} if column.required else {"": column.empty}
        rows = []
        for number, texts in self.content.rows:
            if len(texts) != len(self.content.header):
                continue  # already said; which cell belongs to which column is not known
            before = len(self.faults)
            values = self.read_row(number, columns, texts)
            if complete and len(self.faults) == before:
                rows.append(self.build(values))
        return tuple(rows)

    def required_columns(self) -> set[str]:
        return {column.name for column in self.table.columns.values() if column.required}

    def read_header(self) -> dict[str, tuple[int, Column]]:
        columns: dict[str, tuple[int, Column]] = {}
        for place, name in enumerate(self.content.header):
            column = self.table.columns.get(name) or self.population_column(name)
            if column is None:
                known = ", ".join(self.table.columns)
                self.fault(1, name or f"(kolom {place + 1})", "een onbekende kolom", f"een van: {known}")
            elif name in columns:
                self.fault(1, name, "twee keer dezelfde kolom", "elke kolom één keer")
            else:
                columns[name] = (place, column)
        for name in sorted(self.required_columns() - columns.keys()):
            self.fault(1, name, "", "deze kolom; ze ontbreekt")
        return columns

    def population_column(self, name: str) -> Column | None:
        match = POPULATION.fullmatch(name) if self.table.name == "municipalities" else None
        return Column(name, cells.parse_count) if match and 1800 <= int(match[1]) <= 2100 else None

    def read_row(self, number: int, columns: Mapping[str, tuple[int, Column]], texts: list[str]) -> dict[str, Any]:
        """The values of the cells that are right; every fault of the row is noted."""
        values: dict[str, Any] = {}
        for name, (place, column) in columns.items():
            text = texts[place]
            value = self.remembered[name].get(text, _NEW)
            if value is not _NEW:
                values[name] = value
            else:
                self.read_cell(number, column, text, values)
        for rule in RULES.get(self.table.name, ()):
            for name, expected in rule(values, self.index):
                self.fault(number, name, texts[columns[name][0]] if name in columns else "", expected)
        for unique in self.table.unique:
            # a required column that is missing was said already; without it any two rows may look the same
            if all(name in columns or not self.table.columns[name].required for name in unique):
                self.check_unique(number, unique, tuple(texts[columns[n][0]] if n in columns else "" for n in unique))
        return values

    def read_cell(self, number: int, column: Column, text: str, values: dict[str, Any]) -> None:
        """A text that was not seen before in this column; an empty one gets here only where it is required."""
        if not text:
            self.fault(number, column.name, "", "een ingevuld vak; dit is verplicht")
            return
        before = len(self.faults)
        try:
            value = self.parse_cell(number, column, text)
        except InvalidInput as refusal:
            self.fault(number, column.name, text, str(refusal))
            return
        if len(self.faults) > before:
            return  # a wrong reference: no rule should say the same again in other words
        values[column.name] = value
        known = self.remembered[column.name]
        if len(known) < _REMEMBERED:
            known[text] = value

    def parse_cell(self, number: int, column: Column, text: str) -> Any:
        if text.casefold() in _NOT_KNOWN:
            raise InvalidInput("een leeg vak als het niet bekend is")
        value = column.parse(text)
        if column.max_length is not None:
            longest = max(map(len, text.split(";"))) if isinstance(value, tuple) else len(text)
            if longest > column.max_length:
                raise InvalidInput(f"hoogstens {column.max_length} tekens; dit zijn er {longest}")
        keys = self.index.keys.get(column.refers) if column.refers else None
        if column.refers and keys is not None:
            for item in value if isinstance(value, tuple) else (value,):
                if item not in keys:
                    self.fault(number, column.name, item, explain_reference(column.refers, item, keys))
        return value

    def check_unique(self, number: int, unique: tuple[str, ...], found: tuple[str, ...]) -> None:
        if not found[0]:
            return
        earlier = self.seen.setdefault(unique, {}).setdefault(found, number)
        if earlier != number:
            what = " + ".join(unique)
            expected = f"elke {what} één keer; dit staat ook in rij {earlier}"
            self.fault(number, unique[0], " + ".join(filter(None, found)), expected)

    def build(self, values: dict[str, Any]) -> SourcedRow:
        if self.table.row is MunicipalityRow:
            years = {int(name[-4:]): values.pop(name) for name in list(values) if POPULATION.fullmatch(name)}
            values["population"] = {year: count for year, count in sorted(years.items()) if count is not None}
        return self.table.row(**values)
