"""Access to services over one kept sparse matrix of travel minutes.

2SFCA after Luo & Wang (2003), E2SFCA after Luo & Qi (2009), cumulative opportunities and gravity after
Hansen (1959). Every measure is one or two products of the same weighted matrix with a vector.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from schakel.core.errors import InvalidInput

Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Reach:
    """Which origin reaches which site, and with what weight: made once, then every what-if is one or two products.

    Make it with `Reach.catchment`, `Reach.within` or `Reach.decay`; the pairs that do not count are left out.
    """

    matrix: sparse.csr_matrix

    @classmethod
    def catchment(
        cls, cost: sparse.csr_matrix, *, catchment: float, weights: Mapping[float, float] | None = None
    ) -> Reach:
        """Pairs within `catchment` minutes (inclusive). Without `weights` each counts 1 (2SFCA).

        `weights` maps the upper limit of each zone in minutes, inclusive, to its weight (E2SFCA), as PySAL `access`
        does: {10: 1, 20: 0.68, 30: 0.22}. A pair beyond the last zone does not count.
        """
        checked = _checked_cost(cost)
        limit = _checked_number(catchment, "the catchment", above_zero=False)
        if weights is None:
            return cls(_kept(checked, checked.data <= limit, np.ones(checked.nnz)))
        zones = _checked_zones(weights)
        edges = np.array([edge for edge, _ in zones])
        values = np.array([weight for _, weight in zones] + [0.0])[np.searchsorted(edges, checked.data, side="left")]
        return cls(_kept(checked, (checked.data <= limit) & (values > 0), values))

    @classmethod
    def within(cls, cost: sparse.csr_matrix, *, threshold: float) -> Reach:
        """Pairs within `threshold` minutes, inclusive, each with weight 1."""
        return cls.catchment(cost, catchment=threshold)

    @classmethod
    def decay(cls, cost: sparse.csr_matrix, *, scale: float) -> Reach:
        """All reachable pairs with weight exp(-minutes / scale): 1 next door, 0.37 at `scale` minutes."""
        checked = _checked_cost(cost)
        values = np.exp(checked.data / -_checked_number(scale, "the scale", above_zero=True))
        return cls(_kept(checked, values > 0, values))

    def opportunities(self, supply: ArrayLike) -> Numbers:
        """Weighted supply that each origin reaches; 0 where it reaches none."""
        result: Numbers = self.matrix @ _checked_values(supply, self.matrix.shape[1], "supply")
        return result

    def load(self, demand: ArrayLike) -> Numbers:
        """Weighted demand that each site has within reach; 0 where nobody is near."""
        result: Numbers = self.matrix.T @ _checked_values(demand, self.matrix.shape[0], "demand")
        return result

    def floating_catchment(self, demand: ArrayLike, supply: ArrayLike, *, load: Numbers | None = None) -> Numbers:
        """Supply per unit of demand at each origin; see the function `floating_catchment`.

        Give `load` (from `self.load(demand)`) when only the supply changes: one product instead of two.
        """
        near = self.load(demand) if load is None else load
        offered = _checked_values(supply, self.matrix.shape[1], "supply")
        ratio = np.divide(offered, near, out=np.zeros_like(offered), where=near > 0)
        result: Numbers = self.matrix @ ratio
        return result


def floating_catchment(
    cost: sparse.csr_matrix,
    demand: ArrayLike,
    supply: ArrayLike,
    *,
    catchment: float,
    weights: Mapping[float, float] | None = None,
) -> Numbers:
    """Supply per unit of demand at each origin, by two-step floating catchments.

    Step 1: each site's supply over the (weighted) demand within `catchment` minutes. Step 2: each origin's (weighted)
    sum of those ratios. 2SFCA (Luo & Wang 2003) without `weights`; E2SFCA (Luo & Qi 2009) with
    `weights` = {upper limit of the zone in minutes: weight}.

    `cost` is origins x sites in minutes; an absent entry is unreachable and a stored 0 is zero minutes. Unit of the
    result: supply per person. An origin without a site in reach gets 0: nothing is within the catchment. A site
    whose whole catchment is without demand adds nothing, since only origins without people reach it.
    Raises InvalidInput for a negative, infinite or unknown number and for arrays of another length.
    """
    return Reach.catchment(cost, catchment=catchment, weights=weights).floating_catchment(demand, supply)


def cumulative_opportunities(cost: sparse.csr_matrix, supply: ArrayLike, *, threshold: float) -> Numbers:
    """Supply within `threshold` minutes (inclusive) of each origin, in units of supply; 0 where there is none."""
    return Reach.within(cost, threshold=threshold).opportunities(supply)


def gravity(cost: sparse.csr_matrix, supply: ArrayLike, *, scale: float) -> Numbers:
    """Supply near each origin, each site weighted by exp(-minutes / `scale`) (Hansen 1959, exponential form).

    The exponential form is finite at zero minutes, unlike a power of the distance. Unreachable sites add nothing.
    """
    return Reach.decay(cost, scale=scale).opportunities(supply)


def _checked_cost(cost: Any) -> sparse.csr_matrix:
    """The matrix, refused when a stored cost is negative or not a number; stored zeros stay zero minutes."""
    if not sparse.issparse(cost):
        raise InvalidInput("The travel times must be a sparse matrix (origins x sites); an absent entry is unreachable")
    matrix = cost.tocsr()
    if matrix.shape[0] == 0 or matrix.shape[1] == 0:
        raise InvalidInput(f"The travel times are {matrix.shape[0]} origins x {matrix.shape[1]} sites; need 1 of each")
    if not matrix.has_canonical_format:
        merged = matrix.copy()
        merged.sum_duplicates()
        if merged.nnz != matrix.nnz:
            raise InvalidInput("The travel times hold the same origin and site twice; keep one time for each pair")
        matrix = merged
    data = matrix.data
    if matrix.nnz and not (float(data.min()) >= 0 and math.isfinite(float(data.max()))):
        place = int(np.flatnonzero(~(np.isfinite(data) & (data >= 0)))[0])
        row = int(np.searchsorted(matrix.indptr, place, side="right")) - 1
        raise InvalidInput(
            f"Travel time {data[place]} from origin {row} to site {matrix.indices[place]} is not 0 minutes or more;"
            " leave the entry out when the site cannot be reached"
        )
    return matrix


def _kept(cost: sparse.csr_matrix, counts: NDArray[np.bool_], values: Numbers) -> sparse.csr_matrix:
    """The pairs that count, with `values` as weights; same rows and columns."""
    if counts.all():
        return sparse.csr_matrix((values, cost.indices, cost.indptr), shape=cost.shape)
    before = np.zeros(cost.nnz + 1, dtype=cost.indptr.dtype)
    np.cumsum(counts, out=before[1:])
    return sparse.csr_matrix((values[counts], cost.indices[counts], before[cost.indptr]), shape=cost.shape)


def _checked_zones(weights: Mapping[float, float]) -> list[tuple[float, float]]:
    if not weights:
        raise InvalidInput("The weights are empty; give at least one zone, such as {10: 1}, or None for equal weights")
    return [
        (_checked_number(edge, "the limit of a zone", above_zero=False), _checked_number(weight, "a weight"))
        for edge, weight in sorted(weights.items())
    ]


def _checked_number(value: float, name: str, *, above_zero: bool = False) -> float:
    number = float(value)
    if not math.isfinite(number) or number < 0 or (above_zero and number == 0):
        raise InvalidInput(f"{name.capitalize()} is {value}; it must be {'above 0' if above_zero else '0 or more'}")
    return number


def _checked_values(values: ArrayLike, length: int, name: str) -> Numbers:
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (length,):
        raise InvalidInput(f"The {name} has shape {array.shape}; the travel times ask for {length} values")
    wrong = np.flatnonzero(~(np.isfinite(array) & (array >= 0)))
    if wrong.size:
        raise InvalidInput(f"The {name} at position {wrong[0]} is {array[wrong[0]]}; it must be a number of 0 or more")
    return array
