"""Mixed-integer linear models solved by HiGHS, with a bound that it has proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

if TYPE_CHECKING:
    import highspy

Numbers: TypeAlias = NDArray[np.float64]
State: TypeAlias = Literal["optimal", "infeasible", "stopped"]


@dataclass(frozen=True)
class Model:
    """Minimise cost @ x + offset with lower <= x <= upper and row_lower <= rows @ x <= row_upper."""

    cost: Numbers
    upper: Numbers
    integer: NDArray[np.bool_]
    rows: sparse.csr_matrix
    row_lower: Numbers
    row_upper: Numbers
    lower: Numbers | None = None
    offset: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What HiGHS found: values and objective (None without a solution), and a proven lower bound (None if none)."""

    state: State
    values: Numbers | None
    objective: float | None
    bound: float | None


def solve(
    model: Model,
    *,
    time_limit: float | None = None,
    start: Numbers | None = None,
    below: float | None = None,
    absolute_gap: float = 1e-6,
) -> Outcome:
    """Solve on one thread, so that the same model gives the same answer wherever the time suffices.

    `start` is a solution to begin with. With `below` only solutions under that objective count, and "infeasible" then
    means that there is none. It stops once solution and bound differ by at most `absolute_gap`, or when the
    `time_limit` in seconds has passed (`state` is then "stopped").
    """
    import highspy

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", absolute_gap),
        ("time_limit", np.inf if time_limit is None else time_limit),
        ("objective_bound", np.inf if below is None else below),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(_as_highs(model))
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = start.tolist()
        solver.setSolution(given)
    solver.run()
    status = solver.getModelStatus()
    info = solver.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kObjectiveBound):
        return Outcome("infeasible", None, None, None)
    solved = status == highspy.HighsModelStatus.kOptimal
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.asarray(solver.getSolution().col_value, dtype=np.float64) if found else None
    objective = float(info.objective_function_value) if found else None
    bound = objective if solved else None
    if model.integer.any():
        bound = float(info.mip_dual_bound) if np.isfinite(info.mip_dual_bound) else None
    return Outcome("optimal" if solved else "stopped", values, objective, bound)


def _as_highs(model: Model) -> highspy.HighsLp:
    import highspy

    matrix = model.rows
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = matrix.shape[1], matrix.shape[0]
    program.col_cost_ = model.cost
    program.col_lower_ = np.zeros(matrix.shape[1]) if model.lower is None else model.lower
    program.col_upper_ = model.upper
    program.row_lower_, program.row_upper_ = model.row_lower, model.row_upper
    program.offset_ = model.offset
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = matrix.indptr
    program.a_matrix_.index_ = matrix.indices
    program.a_matrix_.value_ = matrix.data
    if model.integer.any():
        kinds = highspy.HighsVarType
        program.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in model.integer]
    return program
