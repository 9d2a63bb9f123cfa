"""One cell of the grid as it was stored, read back: the records of the core, after the small-number rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schakel.core.access.blindspots import Certainty, Nearest, Peers, Rate, Reach, Searched, State
from schakel.core.model import Customer, Json, PointPrecision

KIND = "blind_spots"  # of the runs whose cells these are
SERVICE, THEME = "service", "theme"  # the levels of a cell
OFFER_LISTS = ("reached_by", "partly", "doubtful")  # of a cell; of a very long one only the nearest are named


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs that somebody knows the service, or does not; `None`: there are some, hidden because they are few."""

    tasks: int
    needs: int | None
    searches: int | None
    unaware: int | None
    unmet: int | None


@dataclass(frozen=True, slots=True)
class GridCell:
    """One answer of the grid with its evidence; see `core.access.blindspots.Cell` for what the fields mean.

    `counted`: how many offers each of `OFFER_LISTS` has, also those that are not named.
    """

    code: str
    nis_code: str | None
    state: State
    suspected: bool
    certainty: Certainty
    dated: str | None
    doubts: tuple[str, ...]
    reached_by: tuple[Reach, ...]
    doubtful: tuple[Reach, ...]
    partly: tuple[Reach, ...]
    counted: Mapping[str, int]
    searched: Searched | None
    rate: Rate | None
    signs: Signs
    peers: Peers | None
    nearest: tuple[Nearest, ...]
    by_customer: Mapping[Customer, State]
    evidence: Mapping[str, Json]  # all of it as plain values


def cell_of(code: str, nis_code: str, state: str, content: Mapping[str, Any]) -> GridCell:
    """The cell from a stored row."""
    searched, rate, peers = content["searched"], content["rate"], content["peers"]
    left_out = {"suspected", "certainty"}
    counted = content.get("counted") or {name: len(content[name]) for name in OFFER_LISTS}  # older: all are named
    return GridCell(
        code=code,
        nis_code=nis_code or None,
        state=State(state),
        suspected=content["suspected"],
        certainty=Certainty(content["certainty"]),
        dated=content["dated"],
        doubts=tuple(content["doubts"]),
        reached_by=_reaches(content["reached_by"]),
        doubtful=_reaches(content["doubtful"]),
        partly=_reaches(content["partly"]),
        counted=counted,
        searched=None if searched is None else Searched(**searched),
        rate=None if rate is None else Rate(**rate),
        signs=Signs(**content["heard"]),
        peers=None if peers is None else Peers(**peers),
        nearest=tuple(Nearest(**one) for one in content["nearest"]),
        by_customer={Customer(customer): State(one) for customer, one in content["by_customer"].items()},
        evidence={name: value for name, value in content.items() if name not in left_out} | {"counted": counted},
    )


def _reaches(rows: Sequence[Mapping[str, Any]]) -> tuple[Reach, ...]:
    return tuple(
        Reach(
            **{
                **row,
                "customers": tuple(row["customers"]),
                "precision": None if row["precision"] is None else PointPrecision(row["precision"]),
            }
        )
        for row in rows
    )
