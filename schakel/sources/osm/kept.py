"""The roads as one compact file in the data folder: written whole or not at all, refused when it is not what it was."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from schakel.core.errors import CoreError
from schakel.core.geography.travel import Mode, Places, RoadGraph, Stretches
from schakel.sources.osm.parse import ParsedRoads

FORM = "schakel-roads/1"
MICRO = 1e7  # OpenStreetMap keeps ten millionths of a degree


class DamagedRoads(CoreError):
    """The kept roads cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class KeptRoads:
    """Roads as they were kept: the graph, the stops of public transport, and what is told about the source."""

    graph: RoadGraph
    stops: Places
    dated: str | None  # day of the newest data in the extract
    read_on: str  # day on which the extract was read
    file: str  # name of the extract


@dataclass(frozen=True)
class KeptStops:
    """Where public transport stops; `dated`: day of the extract `file`, or when that is not told, of reading it."""

    places: Places
    dated: str
    file: str


def write_roads(target: Path, parsed: ParsedRoads, *, read_on: str, file: str) -> None:
    """Keep the roads in `target`; what stood there before is replaced in one step."""
    graph = parsed.graph
    about = {
        "form": FORM, "fingerprint": graph.fingerprint, "dated": parsed.dated, "read_on": read_on, "file": file,
    }  # fmt: skip
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            speeds = {
                f"{mode}_{way}": np.round(values).astype(np.uint8)
                for mode, pair in graph.stretches.speeds.items()
                for way, values in zip(("there", "back"), pair, strict=True)
            }
            parts = {
                "about": np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
                "lats": np.round(graph.lats * MICRO).astype(np.int32),
                "lons": np.round(graph.lons * MICRO).astype(np.int32),
                "start": graph.stretches.start.astype(np.int32),
                "end": graph.stretches.end.astype(np.int32),
                "metres": (graph.stretches.km * 1000).astype(np.float32),
                "stop_lats": parsed.stop_lats,
                "stop_lons": parsed.stop_lons,
            }
            np.savez_compressed(stream, **parts, **speeds)  # type: ignore[arg-type]
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_stops(file: Path) -> KeptStops | None:
    """Only the stops, without the roads; None when there are no kept roads, they are damaged or hold no stop."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as parts:
            about = json.loads(bytes(parts["about"]))
            stops = Places.at(parts["stop_lats"], parts["stop_lons"])
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error, CoreError):
        return None  # `schakel check` tells what is wrong with the file
    return KeptStops(stops, about["dated"] or about["read_on"], about["file"]) if len(stops) else None


def read_roads(file: Path) -> KeptRoads | None:
    """The kept roads; None when there are none. Raises DamagedRoads when the file is not one that we wrote."""
    if not file.exists():
        return None
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as parts:
            about = json.loads(bytes(parts["about"]))
            if about["form"] != FORM:
                raise ValueError(f"vorm {about['form']}")
            stretches = Stretches(
                parts["start"].astype(np.int64),
                parts["end"].astype(np.int64),
                parts["metres"].astype(np.float64) / 1000,
                {
                    mode: (parts[f"{mode}_there"].astype(np.float64), parts[f"{mode}_back"].astype(np.float64))
                    for mode in Mode
                },
            )
            graph = RoadGraph(parts["lats"] / MICRO, parts["lons"] / MICRO, stretches, about["fingerprint"])
            stops = Places.at(parts["stop_lats"], parts["stop_lons"])
            return KeptRoads(graph, stops, about["dated"], about["read_on"], about["file"])
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error, CoreError) as error:
        raise DamagedRoads(
            f"Het wegenbestand {file} is beschadigd of van een andere versie ({error}). "
            "Lees het uittreksel opnieuw in met: schakel load osm BESTAND"
        ) from error
