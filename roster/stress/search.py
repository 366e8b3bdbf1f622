"""The best repair of one case: fewest people past their dates, then promises, then the usual cost with its changes.

That is the order of a compromise (PROBLEM.md section 4), so where every rule can be kept it is the cheapest repair. A
small model is searched whole and proves it best. A large one is searched near the published roster
(``roster.repair.near``), at once and part by part (``roster.search.improve``); of other rosters that says nothing.
"""

import random
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from roster import cpsat
from roster.decisions import Tier
from roster.model import Ints, Matrix, Var
from roster.plan import Plan
from roster.repair.near import Near
from roster.search.improve import Improver
from roster.search.worker import SMALL, TIERS, is_small
from roster.stress.cases import Case

MUCH = 20_000
"""Models with more variables than these are not searched at once, but for the nearest."""
PROVABLE = 8_000
"""With more variables than these no bound over all rosters is asked for: it would not come in time."""
TIER_SHARE = 0.5
"""Of the time that is left, how much each search for fewer broken promises may take."""
PARTS_SHARE = 0.5
"""Of the time that is left, how much a search part by part may take before the model is searched at once."""
BOTH_SECONDS = 1.0
"""How long the mixture of two rosters may take even where the time is over: it is small, and much worse without."""
MINUTES_LIKE_A_PERSON = 2_000
"""What a person of band C past their date counts beside the cost, where both are made less part by part."""
WORTH_SEARCHING = 4.0
"""With fewer seconds left than these a large model is searched part by part only: at once nothing comes in time."""


@dataclass(frozen=True)
class Best:
    """The best repair found. ``people_at_least``: what people past their dates weigh in every roster at least.

    ``proved``: no other repair is better.
    """

    plan: Plan
    people_at_least: int
    proved: bool


def with_case(near: Near, case: Case) -> Near:
    """The same problem in which the case is so."""
    held = [v for key, v in near.problem.decisions.visits.items() if case.takes(*key)]
    return replace(near, held=np.array(held, dtype=np.int64))


def without(plan: Plan, case: Case) -> Plan:
    """What is left of a roster's plan."""
    gone = {session_id for _, session_id in case.visits}
    return Plan(
        visits=tuple(key for key in plan.visits if not case.takes(*key)),
        seen={key: number for key, number in (plan.seen or {}).items() if key[1] not in gone},
        bookings=tuple(key for key in plan.bookings if key[1] not in gone),
    )


def best_repair(near: Near, left: Plan, seconds: float) -> Best | None:
    """The best repair that the time allows; None where none was found. ``left``: what is left of the roster."""
    deadline = time.monotonic() + seconds
    return _Search(near, deadline).run(near.problem.values_of(left))


@dataclass
class _Search:
    near: Near
    deadline: float
    values: Ints | None = None
    limits: list[tuple[list[tuple[Var, int]], int]] = field(default_factory=list)
    proved: bool = True

    def __post_init__(self) -> None:
        self._whole = self.near.whole
        self._exact = is_small(self._whole)
        self._matrices = [self._whole] if self._exact else self._near_matrices()
        self._hurried = not self._exact and self._seconds_left < WORTH_SEARCHING

    def _near_matrices(self) -> list[Matrix]:
        first, *wider = self.near.widths()
        return [first, *(m for m in wider if _free(m) <= MUCH)]

    @property
    def _seconds_left(self) -> float:
        return max(0.0, self.deadline - time.monotonic())

    def run(self, hint: Ints | None) -> Best | None:
        """Tier by tier, then the cost."""
        if hint is not None and self._whole.accepts(hint):
            self.values = hint
        least = {tier: self._fewest(tier) for tier in TIERS}
        self._both(hint)
        self._further()
        self._cheapest()
        if self.values is None:
            return None
        return Best(self.near.problem.plan(self.values), least["people"], self.proved)

    # -- what is broken -----------------------------------------------------------------------------------

    def _fewest(self, tier: Tier) -> int:
        """Break as little of the tier as can be, and keep to that. The least that every roster breaks of it."""
        shortfalls = [s for s in self.near.problem.decisions.shortfalls if s.tier == tier]
        terms = [(s.variable, s.price) for s in shortfalls]
        least = _least(self._whole, terms)
        for matrix in self._matrices:
            if self._sum(terms) > least and not (self._hurried and self.values is not None):
                answer = self._solve(self._demanded(self._within(matrix)).with_cost(terms), self._tier_seconds)
                if self._exact:
                    least = max(least, answer.bound)
        if tier == "people" and not (self._exact or self._hurried) and self._sum(terms) > least:
            least = max(least, self._bound(terms))
        found = self._sum(terms)
        self.proved = self.proved and found == least
        if self.values is not None:
            self.limits.append((terms, int(found)))
        return least

    def _bound(self, terms: Sequence[tuple[Var, int]]) -> int:
        """The same over all rosters: only those whom some rule wants seen are in the model."""
        matrix = self._only_demanded()
        if _free(matrix) > PROVABLE:
            return 0
        return self._solve(matrix.with_cost(terms), self._tier_seconds).bound

    @property
    def _tier_seconds(self) -> float:
        return self._seconds_left * TIER_SHARE

    def _demanded(self, matrix: Matrix) -> Matrix:
        """The model with only people whom some rule wants seen: as little is broken in it, and it is much smaller."""
        return self.near.problem.without_optional_people(matrix)

    def _only_demanded(self) -> Matrix:
        """The model with only people whom some rule wants seen, and visits in which they could be.

        It breaks as little of the tier of people as the whole model: what else there is only uses room.
        """
        problem = self.near.problem
        matrix, decisions = self._demanded(self._whole), problem.decisions
        wanted = {s for (_, s), seen in decisions.seen.items() if matrix.upper[seen] > 0}
        past = decisions.instance.history
        out = [v for key, v in decisions.visits.items() if key[1] not in wanted and key not in past]
        return matrix.holding(np.array(out, dtype=np.int64), np.zeros(len(out), dtype=np.int64))

    def _sum(self, terms: Sequence[tuple[Var, int]]) -> float:
        if self.values is None:
            return float("inf")
        return sum(price * int(self.values[variable]) for variable, price in terms)

    # -- what it costs ------------------------------------------------------------------------------------

    def _both(self, hint: Ints | None) -> None:
        """The cheapest mixture of what is left of the roster and of the one that breaks least.

        That one says nothing of people and visits that nothing demands.
        """
        if hint is None or self.values is None or self.values is hint:
            return
        matrix = self._whole.with_bounds(self._whole.lower, np.maximum(hint, self.values))
        self._solve(self.near.with_price(self._within(matrix)), max(BOTH_SECONDS, self._tier_seconds))

    def _further(self) -> None:
        """In a large model: fewer people past their dates, part by part among all rosters, or in a hurry near ones."""
        if self._exact or len(self.limits) < len(TIERS):
            return
        terms, limit = self.limits[TIERS.index("people")]
        if limit <= _least(self._whole, terms):
            return
        matrix = self.near.with_price(self._within(self._matrices[0] if self._hurried else self._whole))
        cost = matrix.cost.copy()
        for variable, weight in terms:
            cost[variable] += weight * MINUTES_LIKE_A_PERSON
        self._by_parts(replace(matrix, cost=cost))
        self.limits[TIERS.index("people")] = terms, int(self._sum(terms))

    def _cheapest(self) -> None:
        """The cheapest roster that breaks no more, each time among more rosters."""
        status: cpsat.Status = "unknown"
        for matrix in self._matrices:
            if self._seconds_left <= 0:
                break
            within = self.near.with_price(self._within(matrix))
            if _free(matrix) > SMALL:
                self._by_parts(within)
            status = self._solve(within, self._seconds_left).status
        self.proved = self.proved and self._exact and status == "optimal"

    def _by_parts(self, matrix: Matrix) -> None:
        """Make the best roster so far better, one part after another."""
        if self.values is None:
            return
        until = self._seconds_left * (1 - PARTS_SHARE) if self._seconds_left > WORTH_SEARCHING else 0.0
        improver = Improver(replace(self.near.problem, matrix=matrix), self.values, random.Random(0))
        while self._seconds_left > until:
            improver.step(self._seconds_left, lambda: self._seconds_left <= 0)
        self.values = improver.values

    def _within(self, matrix: Matrix) -> Matrix:
        """The model with the best roster so far in it, and none that breaks more."""
        if self.values is not None and np.any(self.values > matrix.upper):
            matrix = self._whole.with_bounds(self._whole.lower, np.maximum(matrix.upper, self.values))
        for terms, limit in self.limits:
            matrix = matrix.with_row(terms, at_most=limit)
        return matrix

    def _solve(self, matrix: Matrix, seconds: float) -> cpsat.Answer:
        """What comes of it is the best roster so far where it is better, or there is none yet."""
        answer = cpsat.solve(matrix, cpsat.Effort(seconds, 1, 0, cpsat.FINDING[:1]), hint=self.values)
        found = answer.values
        if found is not None and (self.values is None or matrix.objective(found) < matrix.objective(self.values)):
            self.values = found
        return answer


def _free(matrix: Matrix) -> int:
    return int((matrix.lower < matrix.upper).sum())


def _least(matrix: Matrix, terms: Collection[tuple[Var, int]]) -> int:
    """What the terms sum to at least, by what the rows say of each variable alone."""
    if not terms:
        return 0
    columns = np.array([variable for variable, _ in terms], dtype=np.int64)
    _, most = matrix.sums(matrix.lower, matrix.upper)
    least = matrix.lower.copy()
    rows, weights = matrix.row_of_entry, matrix.weights
    of_one = weights == 1
    needed = matrix.at_least[rows] - (most[rows] - matrix.upper[matrix.columns])
    np.maximum.at(least, matrix.columns[of_one], needed[of_one])
    prices = np.array([price for _, price in terms], dtype=np.int64)
    return int(prices @ np.minimum(least, matrix.upper)[columns])
