"""A model handed to CP-SAT: built from its arrays, solved, and read back.

What holds of every use: whole-number rows only; variables whose bounds meet are left out; a hint is a whole
roster or none; times and seeds are the caller's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from ortools.sat.python import cp_model

from roster.model import FREE, Ints, Matrix

Status = Literal["optimal", "feasible", "infeasible", "unknown"]

_STATUS: dict[int, Status] = {
    int(cp_model.OPTIMAL): "optimal",
    int(cp_model.FEASIBLE): "feasible",
    int(cp_model.INFEASIBLE): "infeasible",
}


@dataclass(frozen=True)
class Answer:
    """What CP-SAT said: a status, a whole-number bound on the cost, and values of shape (n,) where it has any."""

    status: Status
    bound: int
    values: Ints | None


@dataclass(frozen=True)
class Effort:
    """How hard to try. ``subsolvers`` empty: CP-SAT's own choice."""

    seconds: float
    workers: int = 1
    seed: int = 0
    subsolvers: tuple[str, ...] = ()
    presolve: bool = True
    gap: float = 0.0
    deterministic_seconds: float | None = None


FINDING = ("max_lp", "reduced_costs")
"""The two searches that find the best rosters on these models (measured: ``docs/performance.md``)."""
PROVING = (("lb_tree_search", "max_lp"), ("max_lp", "objective_lb_search_max_lp"))
"""Pairs that prove where little is left to decide; luck varies, so they take turns, each time with a new seed."""


@dataclass
class Listener:
    """Who is told while CP-SAT works. ``stopped`` is asked at every message; true ends the search."""

    solution: Callable[[Ints], None] = lambda _: None
    bound: Callable[[int], None] = lambda _: None
    stopped: Callable[[], bool] = lambda: False


@dataclass
class _Watch(cp_model.CpSolverSolutionCallback):
    variables: list[tuple[int, cp_model.IntVar]]
    base: Ints
    listener: Listener
    count: int = field(default=0)

    def __post_init__(self) -> None:
        super().__init__()

    def on_solution_callback(self) -> None:
        values = self.base.copy()
        for column, variable in self.variables:
            values[column] = self.value(variable)
        self.count += 1
        self.listener.solution(values)
        if self.listener.stopped():
            self.stop_search()


def solve(matrix: Matrix, effort: Effort, *, hint: Ints | None = None, listener: Listener | None = None) -> Answer:
    """Solve the model within its bounds. ``values`` of the answer have the full shape (n,)."""
    listener = listener or Listener()
    model, variables = _build(matrix, hint)
    solver = cp_model.CpSolver()
    _set(solver, effort)
    solver.best_bound_callback = lambda bound: _tell_bound(bound, listener, solver)
    base = matrix.lower.copy()
    status = _STATUS.get(int(solver.solve(model, _Watch(variables, base, listener))), "unknown")
    values = None
    if status in ("optimal", "feasible"):
        values = base
        for column, variable in variables:
            values[column] = solver.value(variable)
    bound = int(np.ceil(solver.best_objective_bound - 1e-6)) if status != "infeasible" else FREE
    return Answer(status, bound, values)


def _tell_bound(bound: float, listener: Listener, solver: cp_model.CpSolver) -> None:
    listener.bound(int(np.ceil(bound - 1e-6)))
    if listener.stopped():
        solver.stop_search()


def _set(solver: cp_model.CpSolver, effort: Effort) -> None:
    parameters = solver.parameters
    parameters.max_time_in_seconds = max(effort.seconds, 0.01)
    parameters.num_workers = effort.workers
    parameters.random_seed = effort.seed
    parameters.cp_model_presolve = effort.presolve
    parameters.relative_gap_limit = effort.gap
    if effort.deterministic_seconds is not None:
        parameters.max_deterministic_time = effort.deterministic_seconds
    if effort.subsolvers:
        parameters.subsolvers.extend(effort.subsolvers)
    if effort.workers == 1:
        parameters.linearization_level = 2


def _build(matrix: Matrix, hint: Ints | None) -> tuple[cp_model.CpModel, list[tuple[int, cp_model.IntVar]]]:
    held = matrix.with_bounds(matrix.lower, matrix.upper)
    model = cp_model.CpModel()
    variables: dict[int, cp_model.IntVar] = {}
    for column in np.flatnonzero(matrix.lower < matrix.upper).tolist():
        lower, upper = int(matrix.lower[column]), int(matrix.upper[column])
        is_bool = (lower, upper) == (0, 1)
        variables[column] = model.new_bool_var(f"{column}") if is_bool else model.new_int_var(lower, upper, f"{column}")
    _add_rows(model, held, variables)
    costs = [(v, int(matrix.cost[c])) for c, v in variables.items() if matrix.cost[c]]
    constant = matrix.constant + int(matrix.cost @ np.where(matrix.lower == matrix.upper, matrix.lower, 0))
    model.minimize(cp_model.LinearExpr.weighted_sum([v for v, _ in costs], [w for _, w in costs]) + constant)
    if hint is not None:
        for column, variable in variables.items():
            model.add_hint(variable, int(hint[column]))
    return model, list(variables.items())


def _add_rows(model: cp_model.CpModel, rows: Matrix, variables: dict[int, cp_model.IntVar]) -> None:
    starts, columns, weights = rows.starts.tolist(), rows.columns.tolist(), rows.weights.tolist()
    for row, (least, most) in enumerate(zip(rows.at_least.tolist(), rows.at_most.tolist(), strict=True)):
        begin, end = starts[row], starts[row + 1]
        members = [variables[c] for c in columns[begin:end]]
        model.add_linear_expression_in_domain(
            cp_model.LinearExpr.weighted_sum(members, weights[begin:end]), cp_model.Domain(least, most)
        )
