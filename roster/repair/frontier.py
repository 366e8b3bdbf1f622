"""What changes buy: the fewest changes after which a roster exists, the best repair, and what lies between.

For each number of changes the cheapest roster that makes at most so many. All are looked for near the published
roster (``roster.repair.near``), and in a small model among all rosters; then each is proved. Haimes et al. 1971: the
epsilon-constraint method.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from roster import cpsat
from roster.model import FREE, Ints, Matrix
from roster.plan import Plan
from roster.repair.near import Near
from roster.repair.record import Fewest
from roster.search.worker import is_small

MOST_POINTS = 20
"""How many numbers of changes are tried; where there are more of them, they are spread out."""
BEYOND = 2
"""How many changes more than the best repair makes are tried."""
LEAST_SHARE, BEST_SHARE = 0.25, 0.5
"""Of the time that is left, how much the fewest changes and the best repair may take."""
POINT_SECONDS = 3.0
MUCH = 20_000
"""With more variables than these a model is not searched at once, unless no nearer one has a roster."""


@dataclass(frozen=True)
class Point:
    """The cheapest roster found with at most ``changes`` changes.

    ``made``: how many it makes; ``cost``: minutes of coach time without the price of change. ``proved``: no such
    roster costs less.
    """

    changes: int
    made: int
    plan: Plan
    cost: int
    proved: bool


@dataclass
class Frontier:
    """Looks for the points of one problem, until ``deadline`` on the clock of ``time.monotonic``.

    ``most``: no point makes more changes; ``best``: the best repair so far. ``tell`` hears of the fewest changes, of
    each point, and of better ones of the same number later; ``found`` has the values of the cheapest rosters by their
    number of changes.
    """

    near: Near
    deadline: float
    workers: int
    tell: Callable[[Point | Fewest], None]
    most: int = FREE
    best: Plan | None = None
    found: dict[int, Ints] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._exact = is_small(self.near.whole)
        self._matrix = self.near.whole

    @property
    def _seconds_left(self) -> float:
        return max(0.0, self.deadline - time.monotonic())

    def run(self) -> None:
        """Find and tell of the points; of nothing where no roster is found."""
        known = None if self.best is None else self.near.problem.values_of(self.best)
        if known is not None:
            self.found[self.near.number_of_changes(known)] = known
        fewest = self._fewest()
        if fewest.values is None:
            return
        least = self.near.number_of_changes(fewest.values)
        self.tell(Fewest(changes=least, proved=self._exact and fewest.status == "optimal"))
        if least > self.most:
            return
        best = known
        if best is None:
            best = self._at_most(self.most, self._seconds_left * BEST_SHARE, fewest.values, priced=True)
        self._points(least, self.near.number_of_changes(best), fewest.values)

    def _fewest(self) -> cpsat.Answer:
        """The roster with the fewest changes: in a large model in the nearest of those that have one.

        What is looked for after it may be further away, as long as that is not too much.
        """
        answer = cpsat.Answer("unknown", -FREE, None)
        for matrix in [self.near.whole] if self._exact else self.near.widths():
            if answer.values is None:
                self._matrix = matrix
                answer = self._solve(self.near.counting_changes(matrix), self._seconds_left * LEAST_SHARE, None)
            elif int((matrix.lower < matrix.upper).sum()) <= MUCH:
                self._matrix = matrix
        return answer

    def _points(self, least: int, best: int, hint: Ints) -> None:
        """The cheapest roster for each number of changes, from the fewest upwards."""
        last = min(best + BEYOND, self.most)
        numbers = np.unique(np.linspace(least, last, min(MOST_POINTS, last - least + 1)).round().astype(int))
        for number in sorted({*numbers.tolist(), min(best, last)}):
            if self._seconds_left <= 0:
                return
            hint = self._at_most(int(number), min(POINT_SECONDS, self._seconds_left), hint)

    def _at_most(self, number: int, seconds: float, hint: Ints, *, priced: bool = False) -> Ints:
        """The cheapest roster with at most so many changes, with or without their price; at worst the hint."""
        matrix = self._matrix if number >= FREE else self.near.with_most_changes(self._matrix, number)
        within = [v for k, v in self.found.items() if k <= number]
        hint = min([hint, *within], key=self.near.problem.matrix.objective)
        answer = self._solve(self.near.with_price(matrix) if priced else matrix, seconds, hint)
        values = hint if answer.values is None else answer.values
        made = self.near.number_of_changes(values)
        proved = self._exact and answer.status == "optimal"
        self._keep(made if priced else number, values, proved=proved)
        return values

    def _keep(self, number: int, values: Ints, *, proved: bool) -> None:
        problem = self.near.problem
        self.found[number] = values
        made, cost = self.near.number_of_changes(values), problem.matrix.objective(values)
        self.tell(Point(number, made, problem.plan(values), cost, proved))

    def _solve(self, matrix: Matrix, seconds: float, hint: Ints | None) -> cpsat.Answer:
        effort = cpsat.Effort(seconds, self.workers, 0, cpsat.FINDING[: self.workers])
        return cpsat.solve(matrix, effort, hint=hint)
