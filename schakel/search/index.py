"""The live index: built from the register when that has changed, kept in one file, reloaded when a newer one is there.

The index is disposable: without it, or with a damaged one, the next search builds it again. One process builds at a
time (a lock on a file, freed by the system when the process dies); the others go on with the index they have.
"""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from schakel.register import read
from schakel.search.build import build_content
from schakel.search.content import Content
from schakel.search.selection import Index
from schakel.search.store import DamagedIndex, read_content, read_revision, write_content

log = logging.getLogger(__name__)


class _Signature(NamedTuple):
    path: str
    inode: int
    changed_ns: int
    size: int


@dataclass(frozen=True)
class _Loaded:
    signature: _Signature
    index: Index


_loading = threading.Lock()
_loaded: _Loaded | None = None


def index_file() -> Path:
    """The file of the live index."""
    return Path(settings.SEARCH_INDEX_FOLDER) / "index.npz"


def _signature(file: Path) -> _Signature | None:
    try:
        state = file.stat()
    except FileNotFoundError:
        return None
    return _Signature(str(file), state.st_ino, state.st_mtime_ns, state.st_size)


@contextmanager
def _only_writer(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Holds the writer's lock; gives False at once when another process has it and `wait` is off."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def _build() -> Content:
    # The revision is read first: a write during the reading makes the index older than the register, never newer.
    revision = read.revision()
    return build_content(
        read.iter_search_records(),
        municipalities=read.list_municipalities(),
        localities=read.list_localities(),
        clusters=read.list_clusters(),
        revision=revision,
    )


def ensure_fresh(*, force: bool = False, wait: bool = True) -> bool:
    """Builds the index when it is missing, damaged, or of another revision than the register; True when it did.

    When another process is building: waits for it, and builds only if that is still needed; without `wait` returns
    False at once. `force` builds in any case.
    """
    file = index_file()
    with _only_writer(file.parent, wait=wait) as alone:
        if not alone or (not force and read_revision(file) == read.revision()):
            return False
        started = time.monotonic()
        content = _build()
        write_content(content, file)
        log.info(
            "search index built: revision %d, %d organisations, %d documents, %.1f s",
            content.revision,
            len(content.slugs),
            len(content.organisation),
            time.monotonic() - started,
        )
        return True


def _load(file: Path) -> _Loaded | None:
    signature = _signature(file)
    if signature is None:
        return None
    try:
        return _Loaded(signature, Index(read_content(file)))
    except DamagedIndex as damage:
        log.warning("search index cannot be used and is built again: %s", damage)
        return None


def current_index() -> Index:
    """The newest index there is; a missing or damaged one is built first, so the first search may take seconds."""
    global _loaded
    file = index_file()
    known = _loaded
    if known is not None and known.signature == _signature(file):
        return known.index
    with _loading:
        if _loaded is not None and _loaded.signature == _signature(file):
            return _loaded.index
        found = _load(file)
        if found is None:
            # Under the writer's lock another process may just have built it: `_load` has to fail twice.
            ensure_fresh(force=_signature(file) is not None)
            found = _load(file)
        if found is None:
            raise RuntimeError("the search index was built but cannot be read back")
        _loaded = found
        return found.index
