"""Keeps an index in one file: written beside the live one and moved over it, with a checksum per array."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from schakel.core import taxonomy
from schakel.core.model import FactSource, Locality, Municipality, Point
from schakel.search.content import CUSTOMERS, DELIVERED, KINDS, Content, RegionWords, Texts

FORMAT = 5
_SOURCE = FactSource(source="register", url="", stated_on=None)


class DamagedIndex(Exception):
    """The file is missing, incomplete, changed, or of another version; it has to be built again."""


def _point(row: list[Any] | None) -> Point | None:
    return None if row is None else Point(row[0], row[1])


def _region_row(region: RegionWords) -> dict[str, Any]:
    return {
        "municipalities": [
            [one.nis_code, one.slug, one.name, one.point and [one.point.lat, one.point.lon], sorted(one.neighbours)]
            for one in region.municipalities
        ],
        "localities": [
            [one.name, one.nis_code, one.postal_code, one.point and [one.point.lat, one.point.lon]]
            for one in region.localities
        ],
        "clusters": [[slug, list(members)] for slug, members in region.clusters],
    }


def _region(row: dict[str, Any]) -> RegionWords:
    return RegionWords(
        tuple(
            Municipality(nis, slug, name, "", None, _point(point), frozenset(neighbours), {}, _SOURCE)
            for nis, slug, name, point, neighbours in row["municipalities"]
        ),
        tuple(Locality(name, nis, postal, _point(point)) for name, nis, postal, point in row["localities"]),
        tuple((slug, tuple(members)) for slug, members in row["clusters"]),
    )


def _fingerprint() -> list[Any]:
    """What an index depends on besides the register: another taxonomy, or other values of a facet, make it useless."""
    services = [[one.code, one.theme, one.delivered.value] for one in taxonomy.services()]
    themes = [theme.code for theme in taxonomy.themes()]
    return [FORMAT, services, themes, *([one.value for one in values] for values in (CUSTOMERS, KINDS, DELIVERED))]


def write_content(content: Content, file: Path) -> None:
    """Writes the index and moves it over `file` in one step; readers see the old one or the new one."""
    head = {"revision": content.revision, "made_for": _fingerprint(), "region": _region_row(content.region)}
    arrays: dict[str, NDArray[Any]] = {"head": np.frombuffer(json.dumps(head).encode(), dtype=np.uint8)}
    for column in fields(content):
        value = getattr(content, column.name)
        if isinstance(value, Texts):
            arrays[f"{column.name}.block"], arrays[f"{column.name}.ends"] = value.block, value.ends
        elif isinstance(value, np.ndarray):
            arrays[column.name] = value
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as out:
            np.savez(out, **arrays)  # type: ignore[arg-type]
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _head(archive: Any) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(archive["head"].tobytes())
    if head["made_for"] != _fingerprint():
        raise DamagedIndex("built by another version")
    return head


def read_revision(file: Path) -> int | None:
    """The register revision an index was built from; None when there is no usable index."""
    try:
        with file.open("rb") as handle, np.load(handle, allow_pickle=False) as archive:
            return int(_head(archive)["revision"])
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, DamagedIndex):
        return None


def read_content(file: Path) -> Content:
    """The index in `file`, wholly in memory and checked; raises DamagedIndex when it cannot be used."""
    try:
        with file.open("rb") as handle, np.load(handle, allow_pickle=False) as archive:
            head = _head(archive)
            values: dict[str, Any] = {"revision": int(head["revision"]), "region": _region(head["region"])}
            for name, kind in get_type_hints(Content).items():
                if kind is Texts:
                    values[name] = Texts(archive[f"{name}.block"], archive[f"{name}.ends"])
                elif name not in values:
                    values[name] = archive[name]
            return Content(**values)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise DamagedIndex(str(error)) from error
