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
SHARE = 0.15
"""Of the visits in question this share is fixed at once."""
FASTER = 2.0
"""After a step that went well so many times as much may be fixed at once."""
DEAR = 0.01
"""A step that makes the month dearer by more than this share did too much at once."""
BESIDE = 3_000
"""How many variables take part beside those used."""
FOR_PEOPLE = 40_000
"""How many do when people are placed."""
LAST = 50
"""So many visits in question are left to be decided with the people."""
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
        self._basis: mathopt.Basis | None = None
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

    def begin(self, seconds: float) -> bool:
        """The first solution, from nothing: an interior point and then a vertex near it (HiGHS)."""
        parameters = mathopt.SolveParameters(
            lp_algorithm=mathopt.LPAlgorithm.BARRIER, time_limit=timedelta(seconds=max(seconds, 0.01))
        )
        result = mathopt.solve(self._program, mathopt.SolverType.HIGHS, params=parameters)
        self._basis = result.solutions[0].basis if result.solutions else None
        return self.solve(seconds)

    def solve(self, seconds: float) -> bool:
        """Whether there is a solution, found in time; then ``values``, of shape (n,), are the best one."""
        parameters = mathopt.SolveParameters(
            presolve=mathopt.Emphasis.OFF,
            lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX,
            time_limit=timedelta(seconds=max(seconds, 0.01)),
        )
        known = mathopt.ModelSolveParameters(initial_basis=self._basis)
        result = self._solver.solve(params=parameters, model_params=known)
        self._basis = None
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
    """One dive in one problem. ``beside``: of a number, the variables that are used and so many others, shape (n,).

    ``guide``: the relaxation in which it ended, shape (n,).
    """

    problem: Problem
    beside: Callable[[int], Mask]
    seconds_left: Callable[[], float]
    pace: float = 1000.0
    guide: Floats | None = None
    _visits: Ints = field(init=False)
    _fixed: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._visits = np.fromiter(self.problem.decisions.visits.values(), dtype=np.int64)

    def run(self) -> Ints | None:
        """A roster, shape (n,), or None where the dive ends without one."""
        relaxed = Relaxed(self._narrowed(BESIDE))
        if not relaxed.begin(self.seconds_left()):
            return None
        used = self._in_question(relaxed)
        while len(used) > LAST and self._step(relaxed, used):
            used = self._in_question(relaxed)
        self.guide = relaxed.values
        return self._people(self._narrowed(FOR_PEOPLE), relaxed.values)

    def _narrowed(self, beside: int) -> Matrix:
        """The model with what is fixed so far, and only so many variables beside those that are used."""
        matrix = self.problem.matrix
        columns, values = np.flatnonzero(~self.beside(beside)), matrix.lower.copy()
        fixed = np.array(list(self._fixed), dtype=np.int64)
        values[fixed] = list(self._fixed.values())
        columns = np.union1d(columns, fixed)
        return matrix.holding(columns, values[columns])

    def _in_question(self, relaxed: Relaxed) -> list[int]:
        """The visits that are used and not fixed, surest first."""
        open_ = relaxed.open(self._visits)
        used = open_[relaxed.values[open_] > SOME]
        return [int(v) for v in used[np.argsort(-relaxed.values[used], kind="stable")]]

    def _step(self, relaxed: Relaxed, used: list[int]) -> bool:
        """Fix the first of the visits ``used``, surest first; fewer where that goes wrong. False: no good way on."""
        before = relaxed.values
        sure = int((before[used] >= SURE).sum())
        number = min(max(sure, int(SHARE * len(used)), 1), max(1, int(self.pace)))
        while self.seconds_left() > 0:
            if self._tried(relaxed, used[:number], 1, before):
                self.pace = max(self.pace, FASTER * number + 1)
                return True
            if number == 1:
                return self._tried(relaxed, used[:1], 0, before)
            self.pace = number = max(1, number // 4)
        return False

    def _tried(self, relaxed: Relaxed, visits: list[int], value: int, before: Floats) -> bool:
        """Fix these visits; where the month becomes impossible or much dearer by it, free them again."""
        relaxed.fix(visits, value)
        cost, constant = self.problem.matrix.cost, self.problem.matrix.constant
        if relaxed.solve(self.seconds_left()):
            dearer = float(cost @ (relaxed.values - before)) / max(1.0, abs(float(cost @ before) + constant))
            if dearer <= DEAR:
                self._fixed |= dict.fromkeys(visits, value)
                return True
        relaxed.free(visits)
        relaxed.values = before
        return False

    # -- people -------------------------------------------------------------------------------------------

    def _people(self, matrix: Matrix, relaxed: Floats) -> Ints | None:
        """What is sure of the visits stands, and whoever is seen whole in a session that splits nobody.

        Any way to do the rest will do: parts of it are made better soon. Where there is none, all people are free; and
        at last everything but visits that are held.
        """
        visits = self._visits[np.argsort(-relaxed[self._visits], kind="stable")]
        sure = visits[(relaxed[visits] > WHOLE) | (relaxed[visits] < 1 - WHOLE)]
        held = visits[relaxed[visits] > SURE]
        for model, fixed in (
            (matrix, np.concatenate([sure, self._settled(relaxed)])),
            (matrix, sure),
            (self.problem.matrix, held),
        ):
            values = _any_roster(_with(model, relaxed, fixed), min(PEOPLE_SECONDS, self.seconds_left()))
            if values is not None:
                return values
        return None

    def _settled(self, relaxed: Floats) -> Ints:
        """The appointments that are whole in sessions with no others."""
        seen = self.problem.decisions.seen
        split = {s for (_, s), column in seen.items() if 1 - WHOLE < relaxed[column] % 1 < WHOLE}
        return np.array([c for (_, s), c in seen.items() if relaxed[c] >= WHOLE and s not in split], dtype=np.int64)


def _with(matrix: Matrix, relaxed: Floats, columns: Ints) -> Matrix:
    """The model in which these columns have the values of the relaxation, where rows allow it."""
    now = Fixing.of(matrix)
    for column in columns.tolist():
        now.fix(column, int(relaxed[column] + 1 - WHOLE))
    return matrix.tightened(now.lower, now.upper)


def _any_roster(matrix: Matrix, seconds: float) -> Ints | None:
    """The first roster that CP-SAT finds, shape (n,)."""
    first: list[Ints] = []
    effort = cpsat.Effort(seconds, subsolvers=cpsat.FINDING[:1])
    return cpsat.solve(matrix, effort, listener=cpsat.Listener(first.append, stopped=lambda: bool(first))).values
