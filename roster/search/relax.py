"""A bound that no roster can beat: the relaxation over coach-days, by column generation.

The rows between coach-days get prices from a linear program over the coach-days found so far (GLOP); the cheapest
coach-days under those prices join it, until none helps. At any prices the bound

    sum of price * side of each row + the cheapest coach-day of every coach and day + what is left

holds for every roster (Lagrange); it is computed in whole numbers, so it is exact and not a matter of tolerances.
Prices are smoothed towards the best ones so far (Wentges 1997).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from ortools.math_opt.python import mathopt

from roster.model import FREE, Floats, Ints
from roster.search.coach_days import CoachDays, Column, Mask

SCALE = 2**14
"""Prices are whole multiples of 1 / SCALE minutes."""
SMOOTHING = 0.85
USELESS = 0.01
LEAST_WEIGHT = 1e-6
PARAMS = mathopt.SolveParameters(presolve=mathopt.Emphasis.OFF, lp_algorithm=mathopt.LPAlgorithm.PRIMAL_SIMPLEX)
CLIMB_STEPS = 1
PATIENCE = 6


@dataclass
class Relaxation:
    """The relaxation of one problem. ``bound`` is a whole number of minutes; ``columns`` are the coach-days found."""

    days: CoachDays
    columns: list[Column] = field(default_factory=list)
    bound: int = -FREE
    finished: bool = False

    def __post_init__(self) -> None:
        matrix = self.days.problem.matrix
        self._rows = np.flatnonzero(self.days.between)
        self._row_number = {row: number for number, row in enumerate(self._rows.tolist())}
        keep = self.days.between[matrix.row_of_entry]
        self._entry_rows = matrix.row_of_entry[keep]
        self._entry_columns = matrix.columns[keep]
        self._entry_weights = matrix.weights[keep]
        order = np.argsort(self._entry_columns, kind="stable")
        self._by_column = order
        self._starts = np.searchsorted(self._entry_columns[order], np.arange(len(matrix.lower) + 1))
        self._outside = np.flatnonzero(~self.days.inside)
        self.prices = np.zeros(len(self._rows), dtype=np.int64)
        self.weights = np.zeros(0)
        self._known: set[bytes] = set()
        self._make_program()

    # -- the linear program -------------------------------------------------------------------------------

    def _make_program(self) -> None:
        matrix = self.days.problem.matrix
        self._program = mathopt.Model()
        self._program_rows = [
            self._program.add_linear_constraint(lb=_side(matrix.at_least[r]), ub=_side(matrix.at_most[r]))
            for r in self._rows.tolist()
        ]
        self._one_way = [self._program.add_linear_constraint(ub=1.0) for _ in self.days.days]
        self._short: list[mathopt.Variable] = []
        for column in self._outside.tolist():
            variable = self._program.add_variable(lb=float(matrix.lower[column]), ub=float(matrix.upper[column]))
            self._program.objective.set_linear_coefficient(variable, float(matrix.cost[column]))
            for row, weight in self._entries(np.array([column]), np.array([1])):
                self._program_rows[row].set_coefficient(variable, weight)
        for number, row in enumerate(self._rows.tolist()):
            if matrix.at_least[row] > 0:
                missing = self._program.add_variable(lb=0.0)
                self._program.objective.set_linear_coefficient(missing, 1e5)
                self._program_rows[number].set_coefficient(missing, 1.0)
                self._short.append(missing)
        self._weights: list[mathopt.Variable] = []
        self._basis: mathopt.Basis | None = None
        self._solver = mathopt.IncrementalSolver(self._program, mathopt.SolverType.GLOP)

    def _entries(self, columns: Ints, values: Ints) -> list[tuple[int, float]]:
        """The rows between coach-days in which these values have a sum, with that sum."""
        sums: dict[int, float] = {}
        for column, value in zip(columns.tolist(), values.tolist(), strict=True):
            for entry in self._by_column[self._starts[column] : self._starts[column + 1]].tolist():
                row = self._row_number[int(self._entry_rows[entry])]
                sums[row] = sums.get(row, 0.0) + float(self._entry_weights[entry] * value)
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
        cost = int(self.days.problem.matrix.cost[column.columns] @ column.values)
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

    def run(self, stopped: Callable[[], bool], tell: Callable[[int], None]) -> None:
        """Rounds from prices at which nobody is worth seeing, until no coach-day helps or ``stopped``."""
        self._keep(self._price(first := self._first_prices())[0], first, tell)
        while not stopped():
            duals = self._solve()
            here = self._whole(duals)
            prices = np.round(SMOOTHING * self.prices + (1 - SMOOTHING) * here).astype(np.int64)
            added = self._round(prices, here, tell)
            if not added and not np.array_equal(prices, here):
                added = self._round(here, here, tell)
            if not added:
                self.finished = True
                return

    def _round(self, prices: Ints, duals: Ints, tell: Callable[[int], None]) -> int:
        """Price the coach-days; keep a better bound; add the coach-days that help the linear program."""
        bound, found = self._price(prices)
        self._keep(bound, prices, tell)
        reduced = self.reduced(duals)
        added = 0
        for _, column in found:
            if column is not None:
                gain = int(reduced[column.columns] @ column.values) - self._way_prices[column.coach_day]
                if gain < -SCALE * USELESS:
                    added += self.add(column)
        return added

    def _keep(self, bound: int, prices: Ints, tell: Callable[[int], None]) -> None:
        if bound > self.bound:
            self.bound, self.prices = bound, prices
            tell(bound)

    def _first_prices(self) -> Ints:
        """For each row that only limits people, the price at which none of its people is worth an appointment."""
        matrix = self.days.problem.matrix
        is_seen = np.zeros(len(matrix.lower), dtype=np.bool_)
        is_seen[list(self.days.problem.decisions.seen.values())] = True
        only_people = np.ones(len(matrix.at_least), dtype=np.bool_)
        only_people[self._entry_rows[~is_seen[self._entry_columns]]] = False
        only_people &= (matrix.at_least <= -FREE) & (matrix.at_most < FREE)
        price = np.zeros(len(matrix.at_least))
        np.minimum.at(price, self._entry_rows, matrix.cost[self._entry_columns] / np.maximum(self._entry_weights, 1))
        return self._whole(np.where(only_people, price, 0.0)[self._rows])

    def _whole(self, duals: Floats) -> Ints:
        """Duals as whole multiples of 1 / SCALE, none that wants a side a row does not have."""
        return self._whole_prices(duals * SCALE)

    def _whole_prices(self, prices: Floats) -> Ints:
        matrix = self.days.problem.matrix
        whole = np.round(prices).astype(np.int64)
        whole[(whole > 0) & (matrix.at_least[self._rows] <= -FREE)] = 0
        whole[(whole < 0) & (matrix.at_most[self._rows] >= FREE)] = 0
        return whole

    def reduced(self, prices: Ints) -> Ints:
        """The cost of every variable less what the rows pay for it, in 1 / SCALE minutes, shape (n,)."""
        matrix = self.days.problem.matrix
        paid = np.zeros(len(matrix.lower), dtype=np.int64)
        by_row = np.zeros(len(matrix.at_least), dtype=np.int64)
        by_row[self._rows] = prices
        np.add.at(paid, self._entry_columns, by_row[self._entry_rows] * self._entry_weights)
        return matrix.cost * SCALE - paid

    def _price(self, prices: Ints) -> tuple[int, list[tuple[int, Column | None]]]:
        """The bound at these prices, rounded up to whole minutes, and the cheapest coach-days."""
        reduced = self.reduced(prices)
        cheapest = self.days.cheapest(reduced)
        total = self._without_coach_days(prices, reduced) + sum(cost for cost, _ in cheapest)
        return -(-total // SCALE) + self.days.problem.matrix.constant, cheapest

    def _without_coach_days(self, prices: Ints, reduced: Ints) -> int:
        """What the rows pay at least and the variables outside coach-days cost at least, in 1 / SCALE minutes."""
        matrix = self.days.problem.matrix
        sides = np.where(prices > 0, matrix.at_least[self._rows], matrix.at_most[self._rows])
        rest = reduced[self._outside]
        least = np.minimum(rest * matrix.lower[self._outside], rest * matrix.upper[self._outside])
        return int((prices * np.where(prices == 0, 0, sides)).sum()) + int(least.sum())

    def floors(self) -> Ints:
        """For each variable what a roster costs at least that uses it, in minutes, shape (n,); -FREE: not known."""
        reduced = self.reduced(self.prices)
        floors = self.days.floors(reduced)
        known = floors > -FREE
        total = self._without_coach_days(self.prices, reduced) + sum(c for c, _ in self.days.cheapest(reduced))
        floors[known] = -(-(floors[known] + total) // SCALE) + self.days.problem.matrix.constant
        return floors

    def used(self) -> Mask:
        """Which variables the linear program's coach-days use, shape (n,)."""
        used = np.zeros(len(self.days.problem.matrix.lower), dtype=np.bool_)
        for column, weight in zip(self.columns, self.weights, strict=False):
            if weight > LEAST_WEIGHT:
                used[column.columns] = True
        return used


def _side(value: int) -> float:
    if value >= FREE:
        return float("inf")
    return float("-inf") if value <= -FREE else float(value)
