"""What runs in the child processes: one looks for rosters, one for a bound, and what they tell the parent."""

import random
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection

import numpy as np

from roster import cpsat
from roster.decisions import Tier
from roster.instance import Instance
from roster.model import FREE, Ints, Matrix
from roster.plan import Plan
from roster.rule import Preference, Rule
from roster.search.coach_days import CoachDays, TooManyPathsError
from roster.search.improve import Improver
from roster.search.problem import Problem, problem_of
from roster.search.relax import Relaxation

SMALL = 4_000
"""With at most so many variables CP-SAT is given the whole model and the proof is its own."""
NARROW = (2_500, 6_000, 15_000)
"""How many variables the narrowed models have at most, one after another."""
COMPROMISE_SECONDS = 20.0
"""A compromise may take this long even where the time is up."""
TIERS: tuple[Tier, ...] = ("people", "promises")
FLOORS_EVERY = 30.0
"""Seconds between two reports of floors while the bound is still rising."""


@dataclass(frozen=True)
class Task:
    """What to solve and how hard to try. ``deadline`` is on the clock of ``time.monotonic``."""

    instance: Instance
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    deadline: float
    workers: int
    seed: int
    gap: float


@dataclass(frozen=True)
class Found:
    """A roster, as a plan."""

    plan: Plan


@dataclass(frozen=True)
class Bound:
    """No roster costs less than this, in minutes of coach time."""

    minutes: int


@dataclass(frozen=True)
class Floors:
    """For each variable, what a roster costs at least that uses it."""

    minutes: Ints


@dataclass(frozen=True)
class NoRoster:
    """No roster keeps every rule, it seems; rosters and bounds that follow are of a compromise."""


@dataclass(frozen=True)
class Ended:
    """The search ended: the best roster is ``proved`` best, or not; that there is none is ``confirmed``, or not."""

    proved: bool = False
    confirmed: bool = False


Message = Found | Bound | Floors | NoRoster | Ended


@dataclass
class Search:
    """Looks for rosters of one task and tells the parent of each better one."""

    task: Task
    connection: Connection
    problem: Problem
    values: Ints | None = None
    bound: int = -FREE
    floors: Ints | None = None
    rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.task.seed)

    @property
    def seconds_left(self) -> float:
        """Seconds to the deadline."""
        return self.task.deadline - time.monotonic()

    @property
    def objective(self) -> int:
        """The cost of the best roster so far."""
        return FREE if self.values is None else self.problem.matrix.objective(self.values)

    def proved(self) -> bool:
        """Whether the best roster is as good as the gap asks for."""
        return self.values is not None and self.objective - self.bound <= self.task.gap * abs(self.objective)

    def done(self) -> bool:
        """Whether there is nothing left to do or no time to do it. Hears the parent first."""
        self.hear()
        return self.proved() or self.seconds_left <= 0

    def hear(self) -> None:
        """Take in what the other process found."""
        while self.connection.poll():
            message = self.connection.recv()
            if isinstance(message, Bound):
                self.bound = max(self.bound, message.minutes)
            elif isinstance(message, Floors):
                self.floors = message.minutes

    def found(self, values: Ints) -> None:
        """Tell of a roster if it is better than the best so far."""
        if self.problem.matrix.objective(values) < self.objective:
            self.values = values
            self.connection.send(Found(self.problem.plan(values)))

    def at_least(self, minutes: int) -> None:
        """Tell of a bound of the whole problem if it is better than the best so far."""
        if self.bound < minutes < FREE:
            self.bound = minutes
            self.connection.send(Bound(minutes))

    def run(self) -> Ended:
        """From nothing to the best roster that time allows."""
        if is_small(self.problem.matrix):
            return self._whole(self.problem.matrix)
        status = self._start()
        if status != "optimal":
            return self._compromise() if status == "infeasible" else Ended()
        while not self.done() and self.floors is None:
            self._improve(self.problem.matrix)
        while not self.done():
            if self._narrowed():
                return Ended(proved=True)
        return Ended(proved=self.proved())

    def _whole(self, matrix: Matrix) -> Ended:
        """CP-SAT on the whole model."""
        listener = cpsat.Listener(self.found, self.at_least, stopped=self.proved)
        answer = cpsat.solve(matrix, self._effort(self.seconds_left, gap=self.task.gap), listener=listener)
        if answer.status == "infeasible":
            return self._compromise()
        if answer.values is not None:
            self.found(answer.values)
        self.at_least(answer.bound)
        return Ended(proved=answer.status == "optimal" and self.task.gap == 0.0)

    def _effort(self, seconds: float, *, gap: float = 0.0) -> cpsat.Effort:
        workers = self.task.workers
        return cpsat.Effort(seconds, workers, self.task.seed, cpsat.PROVING[:workers], gap=gap)

    def _start(self) -> cpsat.Status:
        """A first roster: only the people whom some rule wants seen, and no thought of cost."""
        matrix = self.problem.without_optional_people().with_cost([])
        answer = cpsat.solve(matrix, cpsat.Effort(self.seconds_left, max(2, self.task.workers), self.task.seed))
        if answer.values is not None:
            self.found(answer.values)
        return answer.status

    # -- where no roster keeps every rule -----------------------------------------------------------------

    def _compromise(self) -> Ended:
        """The roster that breaks least: fewest people past their date, then promises, then the usual cost.

        A compromise that has to break something is found by another model than the one that had no roster; so it
        confirms that there is none.
        """
        self.connection.send(NoRoster())
        self.task = replace(self.task, deadline=max(self.task.deadline, time.monotonic() + COMPROMISE_SECONDS))
        self.problem = problem_of(
            self.task.instance, self.task.rules, self.task.preferences, promises_may_break=True
        )
        self.values, self.bound = None, -FREE
        matrix, confirmed = self.problem.matrix, False
        for tier in TIERS:
            terms = [(s.variable, s.price) for s in self.problem.decisions.shortfalls if s.tier == tier]
            small = self.problem.without_optional_people(matrix).with_cost(terms)
            answer = cpsat.solve(small, self._effort(self.seconds_left / 3), hint=self.values)
            if answer.values is None:
                return Ended()
            least = small.objective(answer.values)
            confirmed = confirmed or answer.bound > 0
            self.values = answer.values
            matrix = matrix.with_row(terms, at_most=least)
        self.problem = replace(self.problem, matrix=matrix)
        self.connection.send(Found(self.problem.plan(self.values)))
        return replace(self._finish(matrix), confirmed=confirmed)

    def _finish(self, matrix: Matrix) -> Ended:
        if is_small(matrix):
            return self._whole(matrix)
        self._improve(matrix)
        return Ended()

    # -- making it better ---------------------------------------------------------------------------------

    def _improve(self, matrix: Matrix) -> None:
        """Neighbourhoods until time is up or the floors are there."""
        assert self.values is not None
        improver = Improver(replace(self.problem, matrix=matrix), self.values, self.rng)
        known = self.floors
        while not self.done() and self.floors is known:
            if improver.step(self.seconds_left, lambda: self.seconds_left <= 0):
                self.found(improver.values)

    def _narrowed(self) -> bool:
        """CP-SAT on what the floors leave; true where that proves the best roster best."""
        assert self.values is not None
        assert self.floors is not None
        for most in NARROW:
            matrix, exact = self._narrow(most)
            effort = self._effort(max(self.seconds_left / 3, 20.0))
            above = self.objective
            answer = cpsat.solve(matrix, effort, hint=self.values, listener=cpsat.Listener(self.found, stopped=self.done))
            if answer.values is not None:
                self.found(answer.values)
            if exact:
                self.at_least(min(answer.bound, above))
            if exact and answer.status in ("optimal", "infeasible"):
                return True
            if self.done() or exact:
                break
        return False

    def _narrow(self, most: int) -> tuple[Matrix, bool]:
        """The model with only the variables of the lowest floors; whether every better roster is still in it."""
        assert self.values is not None
        assert self.floors is not None
        matrix = self.problem.matrix
        optional = (matrix.lower < matrix.upper) & (self.floors > -FREE) & (self.values == 0)
        limit = self.objective - 1
        useful = np.sort(self.floors[optional & (self.floors <= limit)])
        exact = len(useful) <= most
        if not exact:
            limit = int(useful[most])
        upper = np.where(optional & (self.floors > limit), matrix.lower, matrix.upper)
        return matrix.with_bounds(matrix.lower, upper), exact


def is_small(matrix: Matrix) -> bool:
    """Whether CP-SAT can be given the whole model."""
    return int((matrix.lower < matrix.upper).sum()) <= SMALL


def search(connection: Connection, task: Task) -> None:
    """The process that looks for rosters."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    problem = problem_of(task.instance, task.rules, task.preferences)
    connection.send(Search(task, connection, problem).run())


def bound(connection: Connection, task: Task) -> None:
    """The process that looks for a bound. Ends where the model is small: then CP-SAT proves by itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    problem = problem_of(task.instance, task.rules, task.preferences)
    if is_small(problem.matrix):
        return
    try:
        relaxation = Relaxation(CoachDays(problem))
    except TooManyPathsError:
        return
    relaxation.run(lambda: time.monotonic() > task.deadline, _telling(connection, relaxation))
    connection.send(Floors(relaxation.floors()))


def _telling(connection: Connection, relaxation: Relaxation) -> Callable[[int], None]:
    """Tell each better bound, and now and then the floors that go with it."""
    told_at = time.monotonic()

    def tell(minutes: int) -> None:
        nonlocal told_at
        connection.send(Bound(minutes))
        if time.monotonic() - told_at > FLOORS_EVERY:
            told_at = time.monotonic()
            connection.send(Floors(relaxation.floors()))

    return tell
