"""Load a region pack: check everything, then bring the register in line with it in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from schakel import __version__
from schakel.ingest.lock import hold_load_lock
from schakel.register import write
from schakel.register.write import RunSummary
from schakel.sources.region_pack import read_pack

PACK_SOURCE = "region-pack"  # the key of the source that speaks through packs; one register serves one region
WAIT_SECONDS = 300.0


def load_region_pack(
    folder: Path,
    *,
    progress: Callable[[str, int, int], None] | None = None,
    wait_seconds: float = WAIT_SECONDS,
) -> RunSummary:
    """Load the pack in `folder`; the same pack again changes nothing.

    `progress` hears what is being done, how many are done and of how many (0 of 0: not counted). All or nothing:
    whatever goes wrong, killing this process included, what the register held before stands. Waits up to
    `wait_seconds` for another load.
    Raises PackFaults with every fault (nothing was written), LoadBusy when another load went on for too long, and
    InvalidInput when the register serves another region.
    """

    def tell(what: str) -> None:
        if progress is not None:
            progress(what, 0, 0)

    tell("regiopakket nakijken")
    pack = read_pack(folder)
    with hold_load_lock(wait_seconds=wait_seconds, on_wait=lambda: tell("wachten op een andere lading")):
        now = timezone.now()
        return write.load_pack(pack, source_key=PACK_SOURCE, version=__version__, now=now, progress=progress)
