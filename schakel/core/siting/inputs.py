"""What comes from outside, checked once for every siting question; each refusal says where and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from schakel.core.errors import InvalidInput
from schakel.core.siting.problem import Flags, Numbers, Places


@dataclass(frozen=True)
class Sites:
    """How many sites to choose, among which columns, beside which existing ones; `member`: groups not yet served."""

    p: int
    candidates: Places
    existing: Places
    member: Flags


def checked_cost(cost: Any) -> Numbers:
    """Dense costs, demand x sites, infinite where a site cannot be reached; a stored 0 in a sparse matrix stays 0."""
    if sparse.issparse(cost):
        stored = cost.tocoo()
        table = np.full(cost.shape, np.inf)
        table[stored.row, stored.col] = stored.data
    else:
        table = np.array(cost, dtype=np.float64)
    _check_table(table.shape)
    wrong = np.argwhere(np.isnan(table) | (table < 0))
    if wrong.size:
        row, column = wrong[0]
        raise InvalidInput(
            f"The cost from demand point {row} to site {column} is {table[row, column]}; it must be 0 or more,"
            " or infinite (left out of a sparse matrix) when the site cannot be reached"
        )
    return table


def checked_cover(cover: Any) -> Flags:
    """Dense yes or no, demand x sites; numbers other than 0 and 1 are refused, since travel times are not a cover."""
    table = cover.toarray() if sparse.issparse(cover) else np.asarray(cover)
    _check_table(table.shape)
    if table.dtype != np.bool_ and not np.isin(table, (0, 1)).all():
        raise InvalidInput("The cover must hold only yes and no (1 and 0); make it from costs with `within`")
    return np.asarray(table, dtype=np.bool_)


def checked_demand(demand: ArrayLike | None, rows: int) -> Numbers:
    """Demand per row, 1 each when not given."""
    if demand is None:
        return np.ones(rows)
    weights = np.asarray(demand, dtype=np.float64)
    if weights.shape != (rows,):
        raise InvalidInput(f"The demand has shape {weights.shape}; the table asks for {rows} values")
    wrong = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
    if wrong.size:
        raise InvalidInput(f"The demand at point {wrong[0]} is {weights[wrong[0]]}; it must be a number of 0 or more")
    return weights


def checked_sites(
    p: int,
    columns: int,
    *,
    existing: Iterable[int],
    candidates: Iterable[int] | None,
    at_least_one_of: Sequence[Iterable[int]],
) -> Sites:
    """Which columns may be chosen: the candidates without the existing sites; p may be 0 only beside existing sites."""
    there = _checked_columns(existing, columns, "existing site")
    free = np.arange(columns) if candidates is None else _checked_columns(candidates, columns, "candidate")
    free = np.setdiff1d(free, there)
    if isinstance(p, bool) or int(p) != p or p < 0 or (p == 0 and there.size == 0):
        raise InvalidInput(f"The number of sites to open is {p}; give a whole number of 1 or more")
    if p > free.size:
        raise InvalidInput(f"{p} sites to open, but only {free.size} candidates that do not exist yet; ask for fewer")
    groups = [_checked_columns(group, columns, "site of a group") for group in at_least_one_of]
    member = np.zeros((len(groups), free.size), dtype=np.bool_)
    for number, group in enumerate(groups):
        member[number] = np.isin(free, group)
        if not member[number].any() and not np.isin(there, group).any():
            raise InvalidInput(f"Group {number} has no candidate and no existing site, so it can never have one")
    served = np.array([bool(np.isin(there, group).any()) for group in groups], dtype=np.bool_)
    return Sites(int(p), free.astype(np.int64), there, member[~served])


def _check_table(shape: tuple[int, ...]) -> None:
    if len(shape) != 2 or 0 in shape:
        raise InvalidInput(
            f"The table has shape {shape}; it needs at least one demand point (row) and one site (column)"
        )


def _checked_columns(numbers: Iterable[int], columns: int, name: str) -> Places:
    found = np.unique(np.array(list(numbers), dtype=np.int64))
    wrong = found[(found < 0) | (found >= columns)]
    if wrong.size:
        raise InvalidInput(f"There is no column {wrong[0]} for the {name}; columns go from 0 to {columns - 1}")
    return found
