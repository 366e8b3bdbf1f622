"""One instance as one problem: its decisions, its model as arrays, and what each variable is about."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from roster import cpsat
from roster.decisions import Decisions
from roster.instance import Instance
from roster.model import Cost, Ints, Matrix
from roster.plan import Plan, plan_of
from roster.rule import Preference, Rule

Mask = NDArray[np.bool_]
VALUES_SECONDS = 30.0
"""How long it may take to find what a plan leaves open."""


@dataclass(frozen=True)
class Problem:
    """The model of an instance with its cost. The same instance always gives the same order of variables."""

    decisions: Decisions
    matrix: Matrix

    def plan(self, values: Ints) -> Plan:
        """The plan that values of shape (n,) stand for."""
        return plan_of(self.decisions, values)

    def values_of(self, plan: Plan) -> Ints | None:
        """The values of shape (n,) that stand for the plan; None where it is not one of this problem.

        What the plan leaves open (roads, what counts over many) is as cheap as can be.
        """
        decisions, seen = self.decisions, plan.seen or {}
        visits, bookings = set(plan.visits), set(plan.bookings)
        decided = {var: int(key in visits) for key, var in decisions.visits.items()}
        decided |= {var: seen.get(key, 0) for key, var in decisions.seen.items()}
        decided |= {var: int(key in bookings) for key, var in decisions.bookings.items()}
        columns, values = np.array(list(decided), dtype=np.int64), np.array(list(decided.values()), dtype=np.int64)
        return cpsat.solve(self.matrix.holding(columns, values), cpsat.Effort(VALUES_SECONDS)).values

    @cached_property
    def demanded(self) -> Mask:
        """The variables that some row wants to be more than nothing, shape (n,): the others may all be 0."""
        matrix = self.matrix
        demanded = np.zeros(len(matrix.lower), dtype=np.bool_)
        demanded[matrix.columns[(matrix.at_least > 0)[matrix.row_of_entry]]] = True
        return demanded

    @cached_property
    def inside(self) -> Mask:
        """The variables that belong to one coach's day or to one session, shape (n,); the others count over many."""
        decisions = self.decisions
        inside = np.zeros(len(self.matrix.lower), dtype=np.bool_)
        for variables in (decisions.visits, decisions.legs, decisions.seen, decisions.bookings):
            inside[list(variables.values())] = True
        inside[[var for _, _, var in decisions.visited_variables()]] = True
        inside[list(decisions.seen_by_variables().values())] = True
        return inside

    def simple_bound(self) -> int:
        """What every roster costs at least if everybody had the best day for themselves, in whole minutes.

        Each person's cheapest appointment, or none, and of everything else the least it can cost.
        """
        matrix, decisions = self.matrix, self.decisions
        cost = matrix.cost.copy()
        for (referral_id, session_id, _), by_coach in decisions.seen_by_variables().items():
            seen = decisions.seen[referral_id, session_id]
            if by_coach != seen:
                cost[seen] += min(0, cost[by_coach])
                cost[by_coach] = 0
        best: dict[str, int] = {}
        for (referral_id, _), seen in decisions.seen.items():
            best[referral_id] = min(best.get(referral_id, 0), int(cost[seen]))
            cost[seen] = 0
        people = sum(decisions.instance.people[r].count * saved for r, saved in best.items())
        return matrix.constant + people + int(np.minimum(cost * matrix.lower, cost * matrix.upper).sum())

    def without_optional_people(self, matrix: Matrix | None = None) -> Matrix:
        """The model in which only people whom some rule wants seen may be seen.

        It has a roster exactly where the whole model has one: seeing a person nobody demands only uses room.
        """
        matrix = matrix or self.matrix
        seen = np.fromiter(self.decisions.seen.values(), dtype=np.int64)
        return _without(matrix, seen[~self.demanded[seen]])

    def only_demanded_visits(self) -> Matrix:
        """The model in which only visits that some rule wants held may be held, and nobody else is wanted seen.

        A roster of it is one of the whole model; that it has none says nothing.
        """
        decisions = self.decisions
        dropped = {key for key, visit in decisions.visits.items() if not self.demanded[visit]}
        legs = [
            leg
            for (coach_id, _, a, b), leg in decisions.legs.items()
            if (coach_id, a) in dropped or (coach_id, b) in dropped
        ]
        visits = [decisions.visits[key] for key in dropped]
        return _without(self.without_optional_people(), np.array(visits + legs, dtype=np.int64))

    @property
    def wants_people(self) -> bool:
        """Whether some rule wants somebody seen."""
        seen = np.fromiter(self.decisions.seen.values(), dtype=np.int64)
        return bool(self.demanded[seen].any())


def _without(matrix: Matrix, columns: Ints) -> Matrix:
    upper = matrix.upper.copy()
    upper[columns] = matrix.lower[columns]
    return matrix.with_bounds(matrix.lower, upper)


def problem_of(
    instance: Instance,
    rules: Sequence[Rule],
    preferences: Sequence[Preference],
    *,
    promises_may_break: bool = False,
) -> Problem:
    """Build the model of the instance with its cost."""
    return priced_problem(instance, rules, preferences, (), promises_may_break=promises_may_break)[0]


def priced_problem(
    instance: Instance,
    rules: Sequence[Rule],
    preferences: Sequence[Preference],
    beside: Sequence[Preference],
    *,
    promises_may_break: bool = False,
) -> tuple[Problem, tuple[Cost, ...]]:
    """The same, and what the preferences ``beside`` cost in it, which are no part of its cost."""
    with nothing_thrown_away():
        decisions = Decisions(instance, rules, promises_may_break=promises_may_break)
        costs = [preference.post(decisions) for preference in preferences]
        others = tuple(preference.post(decisions) for preference in beside)
        cost = Cost([term for c in costs for term in c.terms], sum(c.constant for c in costs))
        return Problem(decisions, decisions.model.matrix(cost)), others


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """Python does not look for garbage meanwhile: a model has millions of parts and all of them are kept."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
