"""From the linear relaxation to a roster: fix the visits it is surest of, relax again, and so on; then the people.

Only variables that the relaxation uses, or that could be in a roster nearly as good as its bound, take part. A step
after which nothing is left, or after which the month is much dearer, is taken back, and less is fixed at once. Relax
and fix, by diving: Sadykov et al. 2019, "Primal heuristics for branch and price".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt

from roster import cpsat
from roster.model import FREE, Floats, Ints, Matrix
from roster.search.fixing import Fixing
from roster.search.linear import Mask
from roster.search.problem import Problem

SURE, SOME, WHOLE = 0.9, 0.02, 0.999
"""A visit used so much is as good as held; one used less than ``SOME`` is not. From ``WHOLE`` on a person is seen."""
SHARE = 0.05
"""Of the visits in question this share is fixed at once."""
FASTER = 1.5
"""After a step that went well so many times as much may be fixed at once."""
DEAR = 0.002
"""A step that makes the month dearer by more than this share did too much at once."""
PEOPLE_SECONDS = 20.0


class Relaxed:
    """The linear relaxation of a model, whose variables can be fixed and freed; solved from where it was (GLOP)."""

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        self._program = mathopt.Model()
        self._columns = np.flatnonzero(matrix.lower < matrix.upper)
        self._variables = {
            column: self._program.add_variable(lb=float(matrix.lower[column]), ub=float(matrix.upper[column]))
            for column in self._columns.tolist()
        }
        for column in self._columns[matrix.cost[self._columns] != 0].tolist():
            self._program.objective.set_linear_coefficient(self._variables[column], float(matrix.cost[column]))
        self._add_rows()
        self._solver = mathopt.IncrementalSolver(self._program, mathopt.SolverType.GLOP)
        self.values: Floats = matrix.lower.astype(np.float64)

    def _add_rows(self) -> None:
        matrix = self._matrix
        sides = zip(matrix.at_least.tolist(), matrix.at_most.tolist(), strict=True)
        rows = [
            self._program.add_linear_constraint(
                lb=float(low) if low > -FREE else float("-inf"), ub=float(high) if high < FREE else float("inf")
            )
            for low, high in sides
        ]
        entries = zip(
            matrix.row_of_entry.tolist(), matrix.columns.tolist(), matrix.weights.astype(float).tolist(), strict=True
        )
        for row, column, weight in entries:
            rows[row].set_coefficient(self._variables[column], weight)

    def solve(self, seconds: float) -> bool:
        """Whether there is a solution, found in time; then ``values``, of shape (n,), are the best one."""
        parameters = mathopt.SolveParameters(
            presolve=mathopt.Emphasis.OFF,
            lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX,
            time_limit=timedelta(seconds=max(seconds, 0.01)),
        )
        result = self._solver.solve(params=parameters)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return False
        values = self._matrix.lower.astype(np.float64)
        values[self._columns] = result.variable_values(list(self._variables.values()))
        self.values = values
        return True

    def open(self, columns: Ints) -> Ints:
        """Those of the columns that are not fixed."""
        variables = self._variables
        return np.array(
            [c for c in columns.tolist() if c in variables and variables[c].lower_bound < variables[c].upper_bound],
            dtype=np.int64,
        )

    def fix(self, columns: Sequence[int], value: int) -> None:
        """These have the value from now on."""
        for column in columns:
            self._variables[column].lower_bound = self._variables[column].upper_bound = float(value)

    def free(self, columns: Sequence[int]) -> None:
        """These have the bounds of the model again."""
        for column in columns:
            self._variables[column].lower_bound = float(self._matrix.lower[column])
            self._variables[column].upper_bound = float(self._matrix.upper[column])


@dataclass
class Dive:
    """One dive in one problem. ``kept``: the variables that take part, shape (n,)."""

    problem: Problem
    kept: Mask
    seconds_left: Callable[[], float]
    pace: float = 1000.0
    _visits: Ints = field(init=False)

    def __post_init__(self) -> None:
        self._visits = np.fromiter(self.problem.decisions.visits.values(), dtype=np.int64)

    def run(self) -> Ints | None:
        """A roster, shape (n,), or None where the dive ends without one."""
        matrix, out = self.problem.matrix, np.flatnonzero(~self.kept)
        relaxed = Relaxed(matrix.holding(out, matrix.lower[out]))
        if not relaxed.solve(self.seconds_left()):
            return None
        while self.seconds_left() > 0:
            open_ = relaxed.open(self._visits)
            used = open_[relaxed.values[open_] > SOME]
            if not len(used):
                return self._people(relaxed.values)
            if not self._step(relaxed, used[np.argsort(-relaxed.values[used], kind="stable")].tolist()):
                return None
        return None

    def _step(self, relaxed: Relaxed, used: list[int]) -> bool:
        """Fix the first of the visits ``used``, surest first; fewer where that goes wrong. False: no way on."""
        cost, before = self.problem.matrix.cost, relaxed.values
        sure = int((before[used] >= SURE).sum())
        number = min(max(sure, int(SHARE * len(used)), 1), max(1, int(self.pace)))
        while self.seconds_left() > 0:
            relaxed.fix(used[:number], 1)
            found = relaxed.solve(self.seconds_left())
            dearer = float(cost @ (relaxed.values - before)) / max(1.0, abs(float(cost @ before + self._constant)))
            if found and (number == 1 or dearer <= DEAR):
                self.pace = max(self.pace, FASTER * number + 1)
                return True
            relaxed.free(used[:number])
            if number == 1:
                relaxed.fix(used[:1], 0)
                return relaxed.solve(self.seconds_left())
            self.pace = number = max(1, number // 4)
        return False

    @property
    def _constant(self) -> int:
        return self.problem.matrix.constant

    # -- people -------------------------------------------------------------------------------------------

    def _people(self, relaxed: Floats) -> Ints | None:
        """The visits stand, and the people of whom the relaxation is sure; the rest is solved.

        Where that cannot be, only the visits that are held stand.
        """
        seen = np.fromiter(self.problem.decisions.seen.values(), dtype=np.int64)
        visits = self._visits[np.argsort(-relaxed[self._visits], kind="stable")]
        held = visits[relaxed[visits] > SURE]
        for fixed in (np.concatenate([visits, seen[relaxed[seen] >= WHOLE]]), visits, held):
            effort = cpsat.Effort(min(PEOPLE_SECONDS, self.seconds_left()), subsolvers=cpsat.FINDING[:1])
            answer = cpsat.solve(self._with(relaxed, fixed), effort)
            if answer.values is not None:
                return answer.values
        return None

    def _with(self, relaxed: Floats, columns: Ints) -> Matrix:
        """The model in which these columns have the values of the relaxation, where rows allow it."""
        now = Fixing.of(self.problem.matrix)
        for column in columns.tolist():
            now.fix(column, int(relaxed[column] + 1 - WHOLE))
        return self.problem.matrix.tightened(now.lower, now.upper)
