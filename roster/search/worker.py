"""The child process that looks for rosters: first ones, better ones, and compromises where there is none."""

import random
import signal
import time
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection

import numpy as np
from numpy.typing import NDArray

from roster import cpsat
from roster.decisions import Tier
from roster.model import FREE, Floats, Ints, Matrix
from roster.plan import Plan, draft_of
from roster.search.bounding import in_bound, outranked_by, relaxed
from roster.search.dive import Dive
from roster.search.improve import KINDS, START_SIZE, Improver, Kind
from roster.search.inbox import Inbox
from roster.search.messages import Bound, Ended, Floors, Found, NoRoster, Task
from roster.search.problem import Problem, problem_of

Mask = NDArray[np.bool_]

SMALL = 4_000
"""With at most so many variables CP-SAT is given the whole model and the proof is its own."""
LARGE = 10_000
"""With more variables than these a dive in the relaxation finds a good roster sooner than CP-SAT does by itself.

And what the floors leave is then searched part by part and at once in turns.
"""
WHOLE_SECONDS = 3.0
"""How long CP-SAT has for a small model by itself."""
NARROW = (0, 2_000, 4_000, 8_000, 16_000)
"""How many variables beside those that the relaxation uses the narrowed models have at most, one after another."""
BESIDE = 60_000
"""How many variables beside those take part where a roster is looked for part by part."""
MUCH = 16_000
"""More variables than these are not searched at once."""
PARTS_SECONDS = 8.0
"""How long parts have before all that is left is searched at once, where it is not too much."""
NARROW_SECONDS = 8.0
"""How long CP-SAT has for a narrowed model before it goes on, or to the next."""
PROOF_SECONDS = 3.0
"""How long the first attempt at a proof has; each has a second more than the one before."""
WORTH_GOING_ON = 0.001
"""A narrowed model that made the roster better by less than this share gives way to the next."""
COMPROMISE_SECONDS = 20.0
"""A compromise may take this long even where the time is up."""
TIERS: tuple[Tier, ...] = ("people", "promises")
FOR_EVER = float("inf")
WORTH_DIVING = 0.03
"""A bound that is better by this share is reason for another dive."""


@dataclass
class Search:
    """Looks for rosters of one task and tells the parent of each better one."""

    task: Task
    connection: Inbox
    problem: Problem
    values: Ints | None = None
    bound: int = -FREE
    floors: Floors | None = None
    width: int = 0
    proofs: int = 0
    dived_at: int = -FREE
    alone: bool = False
    parts_are_next: bool = True
    sizes: dict[Kind, float] = field(default_factory=lambda: dict.fromkeys(KINDS, START_SIZE))
    guide: Floats | None = None
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
                self._improve(self.problem)
            elif self._may_dive(self.floors):
                self._dive(self.floors)
            elif self._is_large and (self.parts_are_next or self._leave_much()):
                self._improve(self._few(), FOR_EVER if self._leave_much() else PARTS_SECONDS)
            elif self._narrowed():
                return Ended(proved=True)
        return Ended(proved=self.bound >= self.objective)

    @property
    def _is_large(self) -> bool:
        return len(self.problem.matrix.lower) > LARGE

    def _whole(self) -> Ended | None:
        """CP-SAT on the whole model, for a while. None: there is a roster, and more to do."""
        listener = cpsat.Listener(self.found, self.at_least, stopped=self.proved)
        effort = self._effort(WHOLE_SECONDS, gap=self.task.gap)
        answer = cpsat.solve(self.problem.matrix, effort, hint=self.values, listener=listener)
        if answer.status == "infeasible":
            return self._compromise()
        if answer.values is not None:
            self.found(answer.values)
        self.at_least(answer.bound)
        if answer.status == "optimal" and self.task.gap == 0.0:
            return Ended(proved=True)
        return None if self.values is not None else self._begin_large()

    def _begin_large(self) -> Ended | None:
        if self.values is not None:
            return None
        status = self._start()
        if status == "infeasible":
            return self._compromise()
        return None if status == "optimal" else Ended()

    def _relax_here(self, seconds: float) -> None:
        """The bound and the floors by this process itself."""
        until, problem = time.monotonic() + seconds, self.problem
        if not self.alone and in_bound(self.task.rules) != tuple(self.task.rules):
            problem = problem_of(self.task.instance, in_bound(self.task.rules), self.task.preferences)
        for floors in relaxed(problem, lambda: until - time.monotonic(), self.at_least):
            self.floors = floors
        if self.floors is not None:
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

    def _improve(self, problem: Problem, seconds: float = FOR_EVER) -> None:
        """Neighbourhoods until there are new floors, or time is up or that for this turn."""
        assert self.values is not None
        improver = Improver(problem, self.values, self.rng, self.sizes, self.guide)
        known, until = self.floors, self.seconds_left - seconds
        while not self.done() and self.floors is known and self.seconds_left > until:
            if improver.step(self.seconds_left, lambda: self.seconds_left <= 0):
                self.found(improver.values)
        self.parts_are_next = False

    def _leave_much(self) -> bool:
        """Whether the floors leave more than CP-SAT can be given at once."""
        assert self.floors is not None
        left = self._in_question() & (self.floors.minutes < self.objective)
        return int(left.sum()) > MUCH

    def _few(self) -> Problem:
        """The problem with only the variables that the floors do not speak against."""
        assert self.values is not None
        matrix, out = self.problem.matrix, np.flatnonzero(~self._beside(BESIDE))
        upper = np.maximum(matrix.holding(out, matrix.lower[out]).upper, self.values)
        return replace(self.problem, matrix=matrix.with_bounds(matrix.lower, upper))

    def _may_dive(self, floors: Floors) -> bool:
        """Whether a dive may find what the last one could not: the floors are much better, or the first."""
        return self._is_large and floors.bound > self.dived_at + WORTH_DIVING * abs(floors.bound)

    def _dive(self, floors: Floors) -> None:
        """From the linear relaxation straight to a roster."""
        self.dived_at = floors.bound
        dive = Dive(self.problem, self._beside, lambda: self.seconds_left)
        values, self.guide, self.parts_are_next = dive.run(), dive.guide, True
        if values is not None:
            self.found(values)

    def _narrowed(self) -> bool:
        """CP-SAT on the part of the model that the floors leave; true where that proves the best roster best."""
        before = self.objective
        matrix, exact = self._narrow(NARROW[min(self.width, len(NARROW) - 1)])
        effort = self._next_proof() if exact else self._effort(NARROW_SECONDS)
        answer = cpsat.solve(matrix, effort, hint=self.values, listener=cpsat.Listener(self.found, stopped=self.done))
        self.parts_are_next = True
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
        beyond = self._in_question() & (floors > self.objective - 1)
        exact = int((self._in_question() & ~beyond & ~self.floors.used).sum()) <= most
        out = beyond if exact else ~self._beside(most)
        return matrix.with_bounds(matrix.lower, np.where(out, matrix.lower, matrix.upper)), exact

    def _in_question(self) -> Mask:
        """The variables that the best roster does not use and that have floors."""
        assert self.values is not None
        assert self.floors is not None
        matrix = self.problem.matrix
        return np.asarray((matrix.lower < matrix.upper) & (self.floors.minutes > -FREE) & (self.values == 0))

    def _beside(self, most: int) -> Mask:
        """All variables but those in question that the relaxation does not use and that ``most`` others are below."""
        assert self.floors is not None
        floors, unused = self.floors.minutes, self._in_question() & ~self.floors.used
        lowest = np.sort(floors[unused])
        limit = int(lowest[most]) if most < len(lowest) else FREE
        return np.asarray(~(unused & (floors > min(limit, self.objective - 1))))


def is_small(matrix: Matrix) -> bool:
    """Whether CP-SAT can be given the whole model."""
    return int((matrix.lower < matrix.upper).sum()) <= SMALL


def search(connection: Connection, task: Task) -> None:
    """The process that looks for rosters."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    plan = started(connection, task)
    looking = Search(task, Inbox(connection), problem_of(task.instance, task.rules, task.preferences))
    looking.values = None if plan is None else looking.problem.values_of(plan)
    connection.send(looking.run())


def started(connection: Connection, task: Task) -> Plan | None:
    """The best of the rosters that need no search; each better one is told of at once."""
    best: tuple[int, Plan] | None = None
    for plan in task.start(task.instance, task.rules) if task.start else ():
        draft = draft_of(task.instance, plan)
        if not any(True for rule in task.rules for _ in rule.check(task.instance, draft)):
            cost = sum(preference.price(task.instance, draft) for preference in task.preferences)
            if best is None or cost < best[0]:
                best = cost, plan
                connection.send(Found(plan))
    return None if best is None else best[1]
