"""One instance as one problem: its decisions, its model as arrays, and what each variable is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from roster.decisions import Decisions
from roster.instance import Instance
from roster.model import Cost, Ints, Matrix
from roster.plan import Plan, plan_of
from roster.rule import Preference, Rule


@dataclass(frozen=True)
class Problem:
    """The model of an instance with its cost. The same instance always gives the same order of variables."""

    decisions: Decisions
    matrix: Matrix

    def plan(self, values: Ints) -> Plan:
        """The plan that values of shape (n,) stand for."""
        return plan_of(self.decisions, values)

    @cached_property
    def demanded(self) -> Ints:
        """The variables that some row wants to be more than nothing, by column: the others may all be 0.

        A row wants more where its lower side is above 0, or where the variable can make room for another one.
        """
        seen = set(self.decisions.seen.values())
        asks = self.matrix.at_least > 0
        asked = np.unique(self.matrix.columns[asks[self.matrix.row_of_entry]])
        return np.array([c for c in asked.tolist() if c in seen], dtype=np.int64)

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
        upper = matrix.upper.copy()
        optional = np.setdiff1d(np.fromiter(self.decisions.seen.values(), dtype=np.int64), self.demanded)
        upper[optional] = matrix.lower[optional]
        return matrix.with_bounds(matrix.lower, upper)


def problem_of(
    instance: Instance,
    rules: Sequence[Rule],
    preferences: Sequence[Preference],
    *,
    promises_may_break: bool = False,
) -> Problem:
    """Build the model of the instance with its cost."""
    decisions = Decisions(instance, rules, promises_may_break=promises_may_break)
    costs = [preference.post(decisions) for preference in preferences]
    cost = Cost([term for c in costs for term in c.terms], sum(c.constant for c in costs))
    return Problem(decisions, decisions.model.matrix(cost))
