"""Separate ways to find values of a model or to show that there are none: what one says, another has to say as well.

CP-SAT of OR-Tools, HiGHS as a mixed-integer program, and CP-SAT once more without presolve and with another seed.
"""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt

from roster import cpsat
from roster.model import FREE, Ints, Matrix

Values = Ints | None
Way = Callable[[Matrix, float], tuple[cpsat.Status, Values]]
"""Looks at a model for at most so many seconds: a status, and values of shape (n,) where it found any."""

_RULED_OUT = frozenset({mathopt.TerminationReason.INFEASIBLE, mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED})
"""Every variable has two limits, so nothing is ever unbounded."""


def by_constraints(matrix: Matrix, seconds: float) -> tuple[cpsat.Status, Values]:
    """CP-SAT with the searches that find rosters."""
    answer = cpsat.solve(matrix, cpsat.Effort(seconds=seconds, workers=2, subsolvers=cpsat.FINDING))
    return answer.status, answer.values


def by_constraints_again(matrix: Matrix, seconds: float) -> tuple[cpsat.Status, Values]:
    """CP-SAT on the model as written, in another order."""
    answer = cpsat.solve(matrix, cpsat.Effort(seconds=seconds, seed=7, presolve=False))
    return answer.status, answer.values


def by_program(matrix: Matrix, seconds: float) -> tuple[cpsat.Status, Values]:
    """HiGHS. Its values are rounded to whole numbers and count only where they keep every row."""
    model, variables = _program(matrix)
    limit = mathopt.SolveParameters(time_limit=timedelta(seconds=max(seconds, 0.01)))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=limit)
    if result.termination.reason in _RULED_OUT:
        return "infeasible", None
    if not result.has_primal_feasible_solution():
        return "unknown", None
    values = matrix.lower.copy()
    found = result.variable_values(list(variables.values()))
    values[list(variables)] = np.rint(found).astype(np.int64)
    return ("feasible", values) if matrix.accepts(values) else ("unknown", None)


WAYS: tuple[Way, ...] = (by_constraints, by_program, by_constraints_again)


def _program(matrix: Matrix) -> tuple[mathopt.Model, dict[int, mathopt.Variable]]:
    """The model for MathOpt, and its variables by column; those whose limits meet are left out."""
    held = matrix.with_bounds(matrix.lower, matrix.upper)
    model = mathopt.Model()
    variables = {
        column: model.add_integer_variable(lb=float(held.lower[column]), ub=float(held.upper[column]))
        for column in np.flatnonzero(held.lower < held.upper).tolist()
    }
    starts, columns, weights = held.starts.tolist(), held.columns.tolist(), held.weights.tolist()
    for number, (least, most) in enumerate(zip(held.at_least.tolist(), held.at_most.tolist(), strict=True)):
        row = model.add_linear_constraint(lb=_side(least), ub=_side(most))
        for entry in range(starts[number], starts[number + 1]):
            row.set_coefficient(variables[columns[entry]], float(weights[entry]))
    return model, variables


def _side(value: int) -> float:
    if abs(value) >= FREE:
        return float("inf") if value > 0 else float("-inf")
    return float(value)
