"""Which content the API shows at this moment, and what every answer says about it."""

from __future__ import annotations

import threading
from typing import Any

from django.utils import timezone

from schakel.analyses.read import shown_run
from schakel.cooperation.needs.public import public_mark
from schakel.register import read
from schakel.search.index import current_index

ANALYSES = ("/blind-spots",)
_lock = threading.Lock()
_known: tuple[str, dict[str, Any]] | None = None


def content_mark() -> str:
    """Changes whenever an answer could: the revision of the register and that of the index that is searched."""
    return f"{read.revision()}.{current_index().content.revision}"


def mark_of(path: str) -> str:
    """The same for one address: what an analysis found also changes with the run that is shown."""
    if "/ocds/" in path:
        return f"{content_mark()}.{public_mark()}"
    if path.endswith("/task-catalogue"):
        return f"{content_mark()}.{timezone.localdate()}"  # recognitions begin and end on a day
    return f"{content_mark()}.{shown_run()}" if path.endswith(ANALYSES) else content_mark()


def forget_content() -> None:
    """Read it again next time, also when the revision is the same: for tests, which change databases."""
    global _known
    with _lock:
        _known = None


def about_content() -> dict[str, Any]:
    """`synthetic`, `licence`, `last_modified` and `run` of the register; read once per revision."""
    global _known
    mark = content_mark()
    with _lock:
        if _known is not None and _known[0] == mark:
            return dict(_known[1])
    region, counts = read.region(), read.region_counts()
    about = {
        "synthetic": region is not None and region.synthetic,
        "licence": "" if region is None else region.licence,
        "last_modified": counts.changed_at,
        "run": counts.run_id,
    }
    with _lock:
        _known = (mark, about)
    return dict(about)
