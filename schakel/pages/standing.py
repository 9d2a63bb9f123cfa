"""What stands still between two writes to the register, kept in memory per revision: one query a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from schakel.core.model import Cluster, Locality, Municipality
from schakel.register import read
from schakel.register.read import RegionInfo


@dataclass(frozen=True, slots=True)
class Standing:
    """The region as it stands at one revision of the register."""

    revision: int
    region: RegionInfo | None
    municipalities: tuple[Municipality, ...]
    by_nis: Mapping[str, Municipality]
    localities: tuple[Locality, ...]
    clusters: tuple[Cluster, ...]

    def place_name(self, nis_code: str | None) -> str:
        """The name of a municipality; empty for None, the code itself outside the region."""
        if nis_code is None:
            return ""
        found = self.by_nis.get(nis_code)
        return found.name if found else nis_code


_lock = Lock()
_kept: Standing | None = None


def standing() -> Standing:
    """The region now. Asks the register for its revision each time; reads the rest only when that changed."""
    global _kept
    revision = read.revision()
    with _lock:
        if _kept is None or _kept.revision != revision:
            municipalities = read.list_municipalities()
            _kept = Standing(
                revision=revision,
                region=read.region(),
                municipalities=municipalities,
                by_nis={municipality.nis_code: municipality for municipality in municipalities},
                localities=read.list_localities(),
                clusters=read.list_clusters(),
            )
        return _kept


def forget() -> None:
    """Forget what is kept. For tests, whose revisions start again at zero."""
    global _kept
    with _lock:
        _kept = None
