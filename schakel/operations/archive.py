"""The back-up file: a zip with a manifest and one file of JSON lines per table. Pure: no database here.

Chosen over a copy of the database files because it restores on both databases, from one to the other, shows with
ordinary tools what is in it, and carries a checksum per table.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from schakel.core.model import Json
from schakel.operations.errors import BAD_INPUT, OperationFailed

FORMAT = "schakel-backup/1"
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 10 * 1024 * 1024
LARGEST_FILE = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Table:
    """One table in the file: columns in the order of every row, how many rows, SHA-256 of its lines."""

    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file holds. `migrations` are the applied ones as `app.name`, sorted; `files`: photo -> its SHA-256."""

    version: str
    made_at: str
    migrations: tuple[str, ...]
    tables: dict[str, Table]
    files: dict[str, str] = field(default_factory=dict)


def _refused(file: Path, why: str) -> OperationFailed:
    return OperationFailed(f"{file} is geen bruikbare back-up: {why}. Er is niets veranderd.", exit_code=BAD_INPUT)


class Writer:
    """Writes to a temporary file beside the target; the target appears complete or not at all, readable by you only."""

    def __init__(self, target: Path) -> None:
        self._target = target
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")  # mkstemp makes it 0600
        self._path = Path(name)
        self._stream: IO[bytes] = os.fdopen(handle, "wb")
        self._zip = zipfile.ZipFile(self._stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._tables: dict[str, Table] = {}
        self._files: dict[str, str] = {}

    def add(self, name: str, columns: tuple[str, ...], rows: Iterable[list[Json]]) -> int:
        """Add one table; returns the number of rows."""
        digest, count = hashlib.sha256(), 0
        with self._zip.open(f"tables/{name}.jsonl", "w", force_zip64=True) as part:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"
                part.write(line)
                digest.update(line)
                count += 1
        self._tables[name] = Table(columns, count, digest.hexdigest())
        return count

    def add_file(self, name: str, content: bytes) -> None:
        """Add a photo; it is compressed already."""
        self._zip.writestr(zipfile.ZipInfo(f"photos/{name}"), content)
        self._files[name] = hashlib.sha256(content).hexdigest()

    def finish(self, *, version: str, made_at: str, migrations: tuple[str, ...]) -> None:
        """Write the manifest and put the file in its place."""
        manifest = {"format": FORMAT, **asdict(Manifest(version, made_at, migrations, self._tables, self._files))}
        self._zip.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        self._zip.close()
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        self._path.replace(self._target)

    def abandon(self) -> None:
        """Leave no trace."""
        with contextlib.suppress(OSError, ValueError):  # a full disk refuses the end of the zip too
            self._zip.close()
        with contextlib.suppress(OSError):
            self._stream.close()
        self._path.unlink(missing_ok=True)


class Reader:
    """A back-up that was looked at before anything is done with it. Raises OperationFailed with the reason."""

    def __init__(self, file: Path) -> None:
        self._file = file
        if not file.is_file():
            raise OperationFailed(f"{file} bestaat niet of is geen bestand.", exit_code=BAD_INPUT)
        try:
            self._zip = zipfile.ZipFile(file)
        except zipfile.BadZipFile as error:
            raise _refused(file, "het is beschadigd, afgebroken of een ander soort bestand") from error
        self.manifest = self._read_manifest()

    def _read_manifest(self) -> Manifest:
        try:
            if self._zip.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise _refused(self._file, "de inhoudsopgave is veel te groot")
            found = json.loads(self._zip.read(MANIFEST))
            if found["format"] != FORMAT:
                raise _refused(self._file, f"de vorm is {found['format']!r}, deze versie leest {FORMAT!r}")
            tables = {
                str(name): Table(tuple(table["columns"]), int(table["rows"]), str(table["sha256"]))
                for name, table in found["tables"].items()
            }
            files = {str(name): str(digest) for name, digest in found.get("files", {}).items()}
            return Manifest(str(found["version"]), str(found["made_at"]), tuple(found["migrations"]), tables, files)
        except KeyError as error:
            raise _refused(self._file, "het komt niet van Schakel") from error
        except (ValueError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise _refused(self._file, "de inhoudsopgave is beschadigd") from error

    def check(self) -> None:
        """Read everything once: every table is there, whole, and what its checksum says."""
        for name in self.manifest.tables:
            for _ in self.rows(name):
                pass
        for name in self.manifest.files:
            self.file(name)

    def file(self, name: str) -> bytes:
        """One photo, checked."""
        try:
            if self._zip.getinfo(f"photos/{name}").file_size > LARGEST_FILE:
                raise _refused(self._file, f"de foto {name} is veel te groot")
            content = self._zip.read(f"photos/{name}")
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise _refused(self._file, f"de foto {name} ontbreekt of is beschadigd") from error
        if hashlib.sha256(content).hexdigest() != self.manifest.files[name]:
            raise _refused(self._file, f"de foto {name} is niet wat ze bij het maken was")
        return content

    def rows(self, name: str) -> Iterator[list[Json]]:
        """The rows of one table, checked while they are read; the checksum is compared at the end."""
        table = self.manifest.tables[name]
        digest, count = hashlib.sha256(), 0
        try:
            with self._zip.open(f"tables/{name}.jsonl") as part:
                for line in part:
                    digest.update(line)
                    count += 1
                    row = json.loads(line)
                    if not isinstance(row, list) or len(row) != len(table.columns):
                        raise ValueError("row of another length")
                    yield row
        except (KeyError, ValueError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise _refused(self._file, f"de tabel {name} ontbreekt of is beschadigd") from error
        if count != table.rows or digest.hexdigest() != table.sha256:
            raise _refused(self._file, f"de tabel {name} is niet wat ze bij het maken was")

    def close(self) -> None:
        self._zip.close()


def write_archive(target: Path, fill: Callable[[Writer], None]) -> None:
    """Let `fill` add tables and finish; whatever goes wrong, no half file stays behind."""
    if not target.parent.is_dir():
        raise OperationFailed(f"De map {target.parent} bestaat niet. Maak ze eerst.", exit_code=BAD_INPUT)
    if target.is_dir():
        raise OperationFailed(f"{target} is een map. Geef een bestandsnaam.", exit_code=BAD_INPUT)
    writer = Writer(target)
    try:
        fill(writer)
    except BaseException:
        writer.abandon()
        raise
