"""Every speed claim, measured: ours, the peer and the limit in one run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured claim. `peer`, `limit` and `ratio` are None where there is none; units are in `what`."""

    name: str
    what: str
    ours: float
    peer: float | None
    limit: float | None
    ratio: float | None  # how many times better than the peer: above 1 is better
    target: str
    note: str = ""
