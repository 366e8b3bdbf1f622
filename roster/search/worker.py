"""What runs in the child processes: one looks for rosters, one for a bound, and what they tell the parent."""

import random
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection

import numpy as np
from numpy.typing import NDArray

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

Mask = NDArray[np.bool_]

SMALL = 4_000
"""With at most so many variables CP-SAT is given the whole model and the proof is its own."""
WHOLE_SECONDS = 3.0
"""How long CP-SAT has for a small model by itself."""
NARROW = (0, 2_000, 4_000, 8_000, 16_000)
"""How many variables beside those that the relaxation uses the narrowed models have at most, one after another."""
NARROW_SECONDS = 12.0
"""How long CP-SAT has for a narrowed model before it goes on, or to the next."""
PROOF_SECONDS = 3.0
"""How long the first attempt at a proof has; each has a second more than the one before."""
WORTH_GOING_ON = 0.001
"""A narrowed model that made the roster better by less than this share gives way to the next."""
COMPROMISE_SECONDS = 20.0
"""A compromise may take this long even where the time is up."""
TIERS: tuple[Tier, ...] = ("people", "promises")
FLOORS_EVERY = 12.0
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
    """For each variable what a roster costs at least that uses it, and whether the relaxation uses it."""

    minutes: Ints
    used: Mask


@dataclass(frozen=True)
class Outranked:
    """For each referral that could be seen, what a roster costs at least that sees it, in minutes."""

    minutes: Mapping[str, int]


@dataclass(frozen=True)
class NoRoster:
    """No roster keeps every rule, it seems; rosters and bounds that follow are of a compromise."""


@dataclass(frozen=True)
class Ended:
    """The search ended. ``proved``: the best roster is best.

    Of a compromise, ``confirmed``: there is no roster; ``least``: none breaks less.
    """

    proved: bool = False
    confirmed: bool = False
    least: bool = False


Message = Found | Bound | Floors | Outranked | NoRoster | Ended


@dataclass
class Search:
    """Looks for rosters of one task and tells the parent of each better one."""

    task: Task
    connection: Connection
    problem: Problem
    values: Ints | None = None
    bound: int = -FREE
    floors: Floors | None = None
    width: int = 0
    proofs: int = 0
    alone: bool = False
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
        """Take in what the other process found, unless it speaks of another problem (``alone``)."""
        while self.connection.poll():
            message = self.connection.recv()
            if self.alone:
                continue
            if isinstance(message, Bound):
                self.bound = max(self.bound, message.minutes)
            elif isinstance(message, Floors):
                self.floors, self.width = message, min(self.width, 1)

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
        self.at_least(self.problem.simple_bound())
        ended = self._begin()
        return self._go_on() if ended is None else ended

    def _begin(self) -> Ended | None:
        """A first roster, or word that the search has ended with it."""
        return self._whole() if is_small(self.problem.matrix) else self._begin_large()

    def _go_on(self) -> Ended:
        """Better rosters: neighbourhoods until the floors are there, then what the floors leave."""
        if self.task.workers == 1:
            self._relax_here(self.seconds_left / 2)
        while not self.done():
            if self.floors is None:
                self._improve()
            elif self._narrowed():
                return Ended(proved=True)
        return Ended(proved=self.bound >= self.objective)

    def _whole(self) -> Ended | None:
        """CP-SAT on the whole model, for a while. None: there is a roster, and more to do."""
        listener = cpsat.Listener(self.found, self.at_least, stopped=self.proved)
        effort = self._effort(WHOLE_SECONDS, gap=self.task.gap)
        answer = cpsat.solve(self.problem.matrix, effort, listener=listener)
        if answer.status == "infeasible":
            return self._compromise()
        if answer.values is not None:
            self.found(answer.values)
        self.at_least(answer.bound)
        if answer.status == "optimal" and self.task.gap == 0.0:
            return Ended(proved=True)
        return None if self.values is not None else self._begin_large()

    def _begin_large(self) -> Ended | None:
        status = self._start()
        if status == "infeasible":
            return self._compromise()
        return None if status == "optimal" else Ended()

    def _relax_here(self, seconds: float) -> None:
        """The bound and the floors by this process itself."""
        until = time.monotonic() + seconds
        relaxation = relaxation_of(self.problem)
        if relaxation is not None:
            relaxation.run(lambda: time.monotonic() > until, self.at_least)
            self.floors = floors_of(relaxation)
            self.connection.send(outranked_by(self.problem, self.floors))

    def _effort(self, seconds: float, *, gap: float = 0.0, searches: tuple[str, ...] = cpsat.FINDING) -> cpsat.Effort:
        workers = self.task.workers
        return cpsat.Effort(min(seconds, self.seconds_left), workers, self.task.seed, searches[:workers], gap=gap)

    def _start(self) -> cpsat.Status:
        """A first roster: only what some rule wants, and no thought of cost."""
        if not self.problem.wants_people:
            quick = self._first_of(self.problem.only_demanded_visits())
            if quick == "optimal":
                return quick
        return self._first_of(self.problem.without_optional_people())

    def _first_of(self, matrix: Matrix) -> cpsat.Status:
        effort = cpsat.Effort(self.seconds_left, max(2, self.task.workers), self.task.seed)
        answer = cpsat.solve(matrix.with_cost([]), effort)
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
        self.problem = problem_of(self.task.instance, self.task.rules, self.task.preferences, promises_may_break=True)
        self.bound, self.floors, self.alone = -FREE, None, True
        hint: Ints | None = None
        matrix, confirmed, least = self.problem.matrix, False, True
        for tier in TIERS:
            terms = [(s.variable, s.price) for s in self.problem.decisions.shortfalls if s.tier == tier]
            small = self.problem.without_optional_people(matrix).with_cost(terms)
            answer = cpsat.solve(small, self._effort(self.seconds_left / 3), hint=hint)
            if answer.values is None:
                return Ended()
            confirmed = confirmed or answer.bound > 0
            least = least and answer.status == "optimal"
            self.values = hint = answer.values
            matrix = matrix.with_row(terms, at_most=small.objective(answer.values))
        self.problem = replace(self.problem, matrix=matrix)
        if hint is not None:
            self.connection.send(Found(self.problem.plan(hint)))
        self._relax_here(self.seconds_left / 2)
        return replace(self._go_on(), confirmed=confirmed, least=least)

    # -- making it better ---------------------------------------------------------------------------------

    def _improve(self) -> None:
        """Neighbourhoods until time is up or the floors are there."""
        assert self.values is not None
        improver = Improver(self.problem, self.values, self.rng)
        known = self.floors
        while not self.done() and self.floors is known:
            if improver.step(self.seconds_left, lambda: self.seconds_left <= 0):
                self.found(improver.values)

    def _narrowed(self) -> bool:
        """CP-SAT on the part of the model that the floors leave; true where that proves the best roster best."""
        before = self.objective
        matrix, exact = self._narrow(NARROW[min(self.width, len(NARROW) - 1)])
        effort = self._next_proof() if exact else self._effort(NARROW_SECONDS)
        answer = cpsat.solve(matrix, effort, hint=self.values, listener=cpsat.Listener(self.found, stopped=self.done))
        if answer.values is not None:
            self.found(answer.values)
        if exact:
            self.at_least(min(answer.bound, before))
        if answer.status == "optimal" or self.objective > before * (1 - WORTH_GOING_ON):
            self.width += 1
        return exact and answer.status in ("optimal", "infeasible")

    def _next_proof(self) -> cpsat.Effort:
        """Short attempts at first, then longer ones."""
        self.proofs += 1
        effort = self._effort(PROOF_SECONDS + self.proofs, searches=cpsat.PROVING[self.proofs % len(cpsat.PROVING)])
        return replace(effort, seed=self.task.seed + self.proofs)

    def _narrow(self, most: int) -> tuple[Matrix, bool]:
        """The model with only what the relaxation and the best roster use and as many more of the lowest floors.

        And whether every better roster is still in it: then a floor at or above the best cost is all that is out.
        """
        assert self.values is not None
        assert self.floors is not None
        matrix, floors = self.problem.matrix, self.floors.minutes
        optional = (matrix.lower < matrix.upper) & (floors > -FREE) & (self.values == 0)
        in_question = np.sort(floors[optional & ~self.floors.used])
        limit = self.objective - 1
        exact = len(in_question) <= most or bool(in_question[most] > limit)
        if not exact:
            limit = int(in_question[most])
        out = optional & (floors > limit) & (~self.floors.used | exact)
        return matrix.with_bounds(matrix.lower, np.where(out, matrix.lower, matrix.upper)), exact


def is_small(matrix: Matrix) -> bool:
    """Whether CP-SAT can be given the whole model."""
    return int((matrix.lower < matrix.upper).sum()) <= SMALL


def search(connection: Connection, task: Task) -> None:
    """The process that looks for rosters."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    problem = problem_of(task.instance, task.rules, task.preferences)
    connection.send(Search(task, connection, problem).run())


def bound(connection: Connection, task: Task) -> None:
    """The process that looks for a bound."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    relaxation = relaxation_of(problem_of(task.instance, task.rules, task.preferences))
    if relaxation is not None:
        relaxation.run(lambda: time.monotonic() > task.deadline, _telling(connection, relaxation))
        _tell_floors(connection, relaxation)


def floors_of(relaxation: Relaxation) -> Floors:
    """What the relaxation knows of each variable."""
    return Floors(relaxation.floors(), relaxation.used())


def outranked_by(problem: Problem, floors: Floors) -> Outranked:
    """What the floors say of each referral."""
    least: dict[str, int] = {}
    for (referral_id, _), seen in problem.decisions.seen.items():
        least[referral_id] = min(least.get(referral_id, FREE), int(floors.minutes[seen]))
    return Outranked(least)


def relaxation_of(problem: Problem) -> Relaxation | None:
    """The relaxation over coach-days; None where a day can be spent in too many ways to list."""
    try:
        return Relaxation(CoachDays(problem))
    except TooManyPathsError:
        return None


def _telling(connection: Connection, relaxation: Relaxation) -> Callable[[int], None]:
    """Tell each better bound, and now and then the floors that go with it."""
    told_at = time.monotonic()

    def tell(minutes: int) -> None:
        nonlocal told_at
        connection.send(Bound(minutes))
        if time.monotonic() - told_at > FLOORS_EVERY:
            told_at = time.monotonic()
            _tell_floors(connection, relaxation)

    return tell


def _tell_floors(connection: Connection, relaxation: Relaxation) -> None:
    floors = floors_of(relaxation)
    connection.send(floors)
    connection.send(outranked_by(relaxation.days.problem, floors))
