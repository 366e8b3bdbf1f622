"""General solvers on the plain model: CP-SAT on all of it, HiGHS and SCIP on the same rows as a mixed-integer program.

HiGHS and SCIP are those that ortools ships, called through MathOpt. Neither tells of rosters on the way there, so what
they had found when is read from the lines they write; their last roster is the one that is checked.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from roster import cpsat
from roster.model import FREE, Ints, Matrix

WORKERS = 2
Tell = Callable[[int | None, int | None], None]
"""Takes the cost of the best roster so far and the bound, in minutes of coach time; None where there is none."""


@dataclass(frozen=True)
class Answer:
    """What a solver ended with: values of shape (n,) and a whole-number bound, each where it has one.

    ``none_exists``: it says that no values keep every row.
    """

    values: Ints | None
    bound: int | None
    none_exists: bool = False


def by_cpsat(matrix: Matrix, effort: cpsat.Effort, listener: cpsat.Listener) -> Answer:
    """The whole model given to CP-SAT."""
    answer = cpsat.solve(matrix, effort, listener=listener)
    bound = answer.bound if abs(answer.bound) < FREE else None
    return Answer(answer.values, bound, answer.status == "infeasible")


def by_highs(matrix: Matrix, seconds: float, seed: int, tell: Tell) -> Answer:
    """The mixed-integer program given to HiGHS with two threads, until it is proved best or the time is up."""
    parameters = _parameters(seconds, seed)
    parameters.highs.int_options["threads"] = WORKERS
    return _solve(matrix, mathopt.SolverType.HIGHS, parameters, _telling(tell, read_highs))


def by_scip(matrix: Matrix, seconds: float, seed: int, tell: Tell) -> Answer:
    """The mixed-integer program given to SCIP, which uses one thread, until it is proved best or the time is up."""
    return _solve(matrix, mathopt.SolverType.GSCIP, _parameters(seconds, seed), _telling(tell, read_scip))


def _parameters(seconds: float, seed: int) -> mathopt.SolveParameters:
    limit = timedelta(seconds=max(seconds, 0.01))
    return mathopt.SolveParameters(time_limit=limit, random_seed=seed, relative_gap_tolerance=0.0)


def _solve(
    matrix: Matrix,
    solver: mathopt.SolverType,
    parameters: mathopt.SolveParameters,
    hear: Callable[[list[str]], None],
) -> Answer:
    program = mathopt.Model.from_model_proto(program_of(matrix))
    result = mathopt.solve(program, solver, params=parameters, msg_cb=hear)
    bound = whole_bound(result.termination.objective_bounds.dual_bound)
    if not result.has_primal_feasible_solution():
        return Answer(None, bound, result.termination.reason == mathopt.TerminationReason.INFEASIBLE)
    values = np.array(result.variable_values(list(program.variables())))
    return Answer(np.rint(values).astype(np.int64), bound)


def whole_bound(bound: float) -> int | None:
    """The least whole number that a cost can be: costs are whole minutes. None where the solver has no bound."""
    return math.ceil(bound - 1e-6) if math.isfinite(bound) and abs(bound) < FREE else None


def program_of(matrix: Matrix, *, whole: bool = True) -> model_pb2.ModelProto:
    """The model as MathOpt's program: the same variables, rows and cost. ``whole`` false: its linear relaxation."""
    program = model_pb2.ModelProto()
    count = len(matrix.lower)
    program.variables.ids.extend(range(count))
    program.variables.lower_bounds.extend(matrix.lower.astype(float).tolist())
    program.variables.upper_bounds.extend(matrix.upper.astype(float).tolist())
    program.variables.integers.extend([whole] * count)
    costly = np.flatnonzero(matrix.cost)
    program.objective.offset = float(matrix.constant)
    program.objective.linear_coefficients.ids.extend(costly.tolist())
    program.objective.linear_coefficients.values.extend(matrix.cost[costly].astype(float).tolist())
    rows = program.linear_constraints
    rows.ids.extend(range(len(matrix.at_least)))
    rows.lower_bounds.extend(np.where(matrix.at_least > -FREE, matrix.at_least, -math.inf).tolist())
    rows.upper_bounds.extend(np.where(matrix.at_most < FREE, matrix.at_most, math.inf).tolist())
    order = np.lexsort((matrix.columns, matrix.row_of_entry))
    entries = program.linear_constraint_matrix
    entries.row_ids.extend(matrix.row_of_entry[order].tolist())
    entries.column_ids.extend(matrix.columns[order].tolist())
    entries.coefficients.extend(matrix.weights[order].astype(float).tolist())
    return program


# -- what the solvers write while they work ---------------------------------------------------------------

_HIGHS = re.compile(
    r"^ ?[A-Za-z]? +\S+ +\S+ +\S+ +[\d.]+% +(?P<bound>-?(?:inf|[\d.e+]+)) +(?P<best>-?(?:inf|[\d.e+]+)) "
)


def read_highs(line: str) -> tuple[float | None, float | None] | None:
    """Best and bound in a line of HiGHS's progress; None where the line is another."""
    found = _HIGHS.match(line)
    return None if found is None else (_number(found["best"]), _number(found["bound"]))


def read_scip(line: str) -> tuple[float | None, float | None] | None:
    """Best and bound in a line of SCIP's progress; None where the line is another."""
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) < 17 or "s" not in cells[0] or "dualbound" in cells:
        return None
    return _number(cells[-3]), _number(cells[-4])


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < FREE else None


def _telling(
    tell: Tell, read: Callable[[str], tuple[float | None, float | None] | None]
) -> Callable[[list[str]], None]:
    def hear(lines: list[str]) -> None:
        for line in lines:
            found = read(line)
            if found is not None:
                best, bound = found
                tell(None if best is None else round(best), None if bound is None else math.floor(bound))

    return hear
