"""A bound that no roster can beat: the relaxation over coach-days, by column generation.

The rows between coach-days get prices from a linear program over the coach-days found so far (GLOP); the cheapest
coach-days under those prices join it, until none helps. Prices are smoothed towards the best ones so far
(Wentges 1997); what they prove is exact at any prices (``roster.search.lagrange``).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from ortools.math_opt.python import mathopt

from roster.model import FREE, Floats, Ints
from roster.search.coach_days import Column, Mask
from roster.search.lagrange import SCALE, Evaluation, Lagrangian

SMOOTHING = 0.85
USELESS = 0.01
EVERY = 12.0
"""Seconds between two reports of what is known while the bound is still rising."""
LEAST_WEIGHT = 1e-6
MISSING = 1e5
"""Minutes that one unit short of what a row wants costs in the linear program."""
PARAMS = mathopt.SolveParameters(presolve=mathopt.Emphasis.OFF, lp_algorithm=mathopt.LPAlgorithm.PRIMAL_SIMPLEX)


@dataclass
class Relaxation:
    """The relaxation of one problem. ``bound`` is a whole number of minutes; ``columns`` are the coach-days found.

    ``prices``: where to start, and then the best so far. ``missing``: what one unit short of what a row wants costs in
    the linear program, in minutes; less of it gives prices that are less extreme.
    """

    lagrangian: Lagrangian
    prices: Ints
    columns: list[Column] = field(default_factory=list)
    bound: int = -FREE
    finished: bool = False
    missing: float = MISSING
    best: Evaluation = field(init=False)

    def __post_init__(self) -> None:
        matrix = self.lagrangian.days.problem.matrix
        self._row_number = {row: number for number, row in enumerate(self.lagrangian.rows.tolist())}
        order = np.argsort(self.lagrangian.entry_columns, kind="stable")
        self._by_column = order
        self._starts = np.searchsorted(self.lagrangian.entry_columns[order], np.arange(len(matrix.lower) + 1))
        self.weights = np.zeros(0)
        self._known: set[bytes] = set()
        self._make_program()

    # -- the linear program -------------------------------------------------------------------------------

    def _make_program(self) -> None:
        matrix, rows = self.lagrangian.days.problem.matrix, self.lagrangian.rows.tolist()
        self._program = mathopt.Model()
        self._program_rows = [
            self._program.add_linear_constraint(lb=_side(matrix.at_least[r]), ub=_side(matrix.at_most[r])) for r in rows
        ]
        self._one_way = [self._program.add_linear_constraint(ub=1.0) for _ in self.lagrangian.days.days]
        for column in self.lagrangian.outside.tolist():
            variable = self._program.add_variable(lb=float(matrix.lower[column]), ub=float(matrix.upper[column]))
            self._program.objective.set_linear_coefficient(variable, float(matrix.cost[column]))
            for row, weight in self._entries(np.array([column]), np.array([1])):
                self._program_rows[row].set_coefficient(variable, weight)
        for number, row in enumerate(rows):
            if matrix.at_least[row] > 0 or matrix.at_most[row] < 0:
                missing = self._program.add_variable(lb=0.0)
                self._program.objective.set_linear_coefficient(missing, self.missing)
                self._program_rows[number].set_coefficient(missing, 1.0 if matrix.at_least[row] > 0 else -1.0)
        self._weights: list[mathopt.Variable] = []
        self._basis: mathopt.Basis | None = None
        self._solver = mathopt.IncrementalSolver(self._program, mathopt.SolverType.GLOP)

    def _entries(self, columns: Ints, values: Ints) -> list[tuple[int, float]]:
        """The rows between coach-days in which these values have a sum, with that sum."""
        sums: dict[int, float] = {}
        for column, value in zip(columns.tolist(), values.tolist(), strict=True):
            for entry in self._by_column[self._starts[column] : self._starts[column + 1]].tolist():
                row = self._row_number[int(self.lagrangian.entry_rows[entry])]
                sums[row] = sums.get(row, 0.0) + float(self.lagrangian.entry_weights[entry] * value)
        return [(row, total) for row, total in sums.items() if total]

    def add(self, column: Column) -> bool:
        """Let the linear program use the coach-day; false where it does already."""
        key = column.columns.tobytes() + column.values.tobytes()
        if key in self._known:
            return False
        self._known.add(key)
        self._put(column)
        return True

    def _put(self, column: Column) -> None:
        variable = self._program.add_variable(lb=0.0)
        cost = int(self.lagrangian.days.problem.matrix.cost[column.columns] @ column.values)
        self._program.objective.set_linear_coefficient(variable, float(cost))
        for row, total in self._entries(column.columns, column.values):
            self._program_rows[row].set_coefficient(variable, total)
        self._one_way[column.coach_day].set_coefficient(variable, 1.0)
        self.columns.append(column)
        self._weights.append(variable)
        if self._basis is not None:
            self._basis.variable_status[variable] = mathopt.BasisStatus.AT_LOWER_BOUND

    def _solve(self) -> Floats:
        """The duals of the rows between coach-days."""
        known = mathopt.ModelSolveParameters(initial_basis=self._basis) if self._basis else None
        result = self._solver.solve(params=PARAMS, model_params=known)
        self._basis = result.solutions[0].basis
        duals = result.dual_values(self._program_rows)
        self.weights = np.array(result.variable_values(self._weights))
        self._way_prices = np.array(result.dual_values(self._one_way)) * SCALE
        return np.array(duals)

    # -- rounds -------------------------------------------------------------------------------------------

    def rounds(
        self, seconds_left: Callable[[], float], tell: Callable[[int], None] = lambda _: None
    ) -> Iterator["Relaxation"]:
        """Rounds from the first prices, until no coach-day helps or time is up; now and then itself, and at the end.

        ``tell`` hears of each better bound.
        """
        first = self.lagrangian.at(self.prices)
        self._keep(first, tell)
        for _, column in first.coach_days.cheapest():
            if column is not None:
                self.add(column)
        told_at = seconds_left()
        while seconds_left() > 0:
            if told_at - seconds_left() > EVERY and len(self.weights):
                told_at = seconds_left()
                yield self
            here = self.lagrangian.whole(self._solve())
            prices = np.round(SMOOTHING * self.prices + (1 - SMOOTHING) * here).astype(np.int64)
            added = self._round(prices, here, tell)
            if not added and not np.array_equal(prices, here):
                added = self._round(here, here, tell)
            if not added:
                self.finished = True
                break
        yield self

    def run(self, seconds_left: Callable[[], float]) -> "Relaxation":
        """All rounds that there is time for."""
        for _ in self.rounds(seconds_left):
            pass
        return self

    def _round(self, prices: Ints, duals: Ints, tell: Callable[[int], None]) -> int:
        """Price the coach-days; keep a better bound; add the coach-days that help the linear program."""
        evaluation = self.lagrangian.at(prices)
        self._keep(evaluation, tell)
        reduced = self.lagrangian.reduced(duals)
        added = 0
        for _, column in evaluation.coach_days.cheapest():
            if column is not None:
                gain = int(reduced[column.columns] @ column.values) - self._way_prices[column.coach_day]
                if gain < -SCALE * USELESS:
                    added += self.add(column)
        return added

    def _keep(self, evaluation: Evaluation, tell: Callable[[int], None]) -> None:
        if evaluation.bound > self.bound:
            self.bound, self.prices, self.best = evaluation.bound, evaluation.prices, evaluation
            tell(self.bound)

    def used(self) -> Mask:
        """Which variables the linear program's coach-days use, shape (n,)."""
        used = np.zeros(len(self.lagrangian.days.problem.matrix.lower), dtype=np.bool_)
        for column, weight in zip(self.columns, self.weights, strict=False):
            if weight > LEAST_WEIGHT:
                used[column.columns] = True
        return used


def _side(value: int) -> float:
    if value >= FREE:
        return float("inf")
    return float("-inf") if value <= -FREE else float(value)
