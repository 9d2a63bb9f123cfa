"""MapLibre GL JS, from the Python package that ships it: collected with our own static files, never copied in here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

PREFIX = "maplibre"
FILES = ("maplibre-gl.js", "maplibre-gl.css")


class _LibraryStorage(FileSystemStorage):
    """The package's files, without the mention of a source map that it does not ship."""

    prefix = PREFIX

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        content = Path(self.path(name)).read_bytes()
        return ContentFile(content.split(b"\n//# sourceMappingURL=")[0].rstrip() + b"\n", name=name)


class MapLibreFinder(BaseFinder):
    """Finds the two files of MapLibre that maps need.

    The package is located without importing it: importing warns about parts that we do not use.
    """

    def __init__(self, app_names: object = None, *args: object, **kwargs: object) -> None:
        spec = find_spec("maplibre")
        roots = spec.submodule_search_locations if spec is not None else None
        folder = Path(roots[0]) / "srcjs" if roots else Path("/nonexistent")
        self.storage = _LibraryStorage(location=folder)

    def check(self, **kwargs: object) -> list[Any]:
        """Nothing to configure."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> Any:
        """The file behind `maplibre/…`; empty when it is none of ours."""
        prefix, _, name = path.partition("/")
        found = self.storage.path(name) if prefix == PREFIX and name in FILES and self.storage.exists(name) else None
        return ([found] if found else []) if find_all else found or []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Each file with the storage that holds it."""
        for name in FILES:
            if self.storage.exists(name):
                yield name, self.storage
