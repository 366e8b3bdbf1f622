"""The rosters near the published one: what it had, and everything that could stand in for what is gone.

A repair rarely reaches far. Near rosters keep to the published visits and appointments, but for sessions whose own
coach cannot hold them, people who have no appointment (any more, or not yet), and visits where such people could be
seen. There are so few of them that the best is found at once; whether another is better, ``roster.solve`` says.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from roster.instance import Instance
from roster.model import Cost, Ints, Matrix, Var
from roster.rule import Preference, Rule
from roster.search.problem import Problem, priced_problem

MOST_VISITS = 6_000
"""So many visits that were not published take part at most: those of the sessions that most people lack."""


@dataclass(frozen=True)
class Near:
    """A problem after something has happened to a published roster; its cost is without the price of change.

    ``changes``: how many changes a roster makes. ``held``: variables, shape (k,), that are 0 beside what the instance
    says: what is tried as gone (stress).
    """

    problem: Problem
    changes: Cost
    held: Ints

    @property
    def _instance(self) -> Instance:
        return self.problem.decisions.instance

    def number_of_changes(self, values: Ints) -> int:
        """How many changes the roster with these values, shape (n,), makes."""
        return self.changes.constant + sum(weight * int(values[column]) for column, weight in self.changes.terms)

    def counting_changes(self, matrix: Matrix) -> Matrix:
        """The model with the number of changes for its cost."""
        return replace(matrix.with_cost(self.changes.terms), constant=self.changes.constant)

    def with_most_changes(self, matrix: Matrix, number: int) -> Matrix:
        """The model with at most so many changes."""
        return matrix.with_row(self.changes.terms, at_most=number - self.changes.constant)

    def with_price(self, matrix: Matrix) -> Matrix:
        """The model with the price of change in its cost."""
        price = self._instance.settings.prices.change
        counted = self.counting_changes(matrix)
        cost, constant = matrix.cost + price * counted.cost, matrix.constant + price * counted.constant
        return replace(matrix, cost=cost, constant=constant)

    @cached_property
    def whole(self) -> Matrix:
        """The model of all rosters."""
        return self.problem.matrix.holding(self.held, np.zeros(len(self.held), dtype=np.int64))

    def widths(self) -> Iterator[Matrix]:
        """The models of near rosters, each wider than the one before; the last one has every roster of its visits.

        Whoever kept an appointment keeps it or has none; or may move if somebody without one could be seen in their
        session; or may move anyhow.
        """
        decisions = self.problem.decisions
        told, wanted = self._instance.told_appointments, set(self._wanted)
        in_the_way = {r for r, s in told if s in wanted}
        for may_move in (self.without, self.without | in_the_way, frozenset(decisions.instance.people)):
            fixed = [v for (r, s), v in decisions.seen.items() if (r, s) not in told and r not in may_move]
            yield self._without_variables(fixed + self._visits_out)

    def _without_variables(self, variables: list[Var]) -> Matrix:
        whole = self.whole
        columns = np.array([v for v in variables if whole.lower[v] == 0], dtype=np.int64)
        return whole.holding(columns, np.zeros(len(columns), dtype=np.int64))

    @cached_property
    def without(self) -> frozenset[str]:
        """The people who have no appointment that they could keep, or fewer than they want, by referral."""
        kept: dict[str, int] = {}
        for (referral_id, session_id), rows in self._instance.told_appointments.items():
            if self._can_be_kept(referral_id, session_id):
                kept[referral_id] = kept.get(referral_id, 0) + len(rows)
        return frozenset(r.referral_id for r in self._instance.people.values() if kept.get(r.referral_id, 0) < r.count)

    def _can_be_kept(self, referral_id: str, session_id: str) -> bool:
        decisions, upper = self.problem.decisions, self.whole.upper
        seen = decisions.seen.get((referral_id, session_id))
        visits = [decisions.visits.get((c, session_id)) for c in self._coaches_told.get(session_id, ())]
        return seen is not None and upper[seen] > 0 and any(v is not None and upper[v] > 0 for v in visits)

    @cached_property
    def _coaches_told(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for coach_id, session_id in self._instance.told_visits:
            found.setdefault(session_id, []).append(coach_id)
        return found

    @cached_property
    def _wanted(self) -> list[str]:
        """Sessions that were not published and may be wanted: those without their coach, and where people could be.

        Those that most people lack first.
        """
        wanted = dict.fromkeys(self._sessions_without_their_coach(), len(self.without) + 1)
        for referral_id in self._lost_or_new():
            for session_id, seen in self.problem.decisions.seen_of(referral_id).items():
                if self.whole.upper[seen] > 0:
                    wanted[session_id] = wanted.get(session_id, 0) + 1
        return sorted(wanted, key=lambda s: -wanted[s])

    @cached_property
    def _visits_out(self) -> list[Var]:
        """The visits that were not published and are not wanted."""
        decisions = self.problem.decisions
        free: set[tuple[str, str]] = set(self._instance.told_visits)
        for session_id in self._wanted:
            if len(free) > MOST_VISITS:
                break
            free |= {(coach_id, session_id) for coach_id in decisions.visits_in(session_id)}
        return [v for key, v in decisions.visits.items() if key not in free]

    def _sessions_without_their_coach(self) -> list[str]:
        visits, upper = self.problem.decisions.visits, self.whole.upper
        told = self._instance.told_visits
        return [s for c, s in told if (c, s) not in visits or upper[visits[c, s]] == 0]

    def _lost_or_new(self) -> list[str]:
        """People who were told of an appointment that they cannot keep, or of whom nothing was said."""
        published = self._instance.published
        assert published is not None
        told = {referral_id for referral_id, _ in self._instance.told_appointments}
        known = {a.referral_id for a in published.appointments} | {u.referral_id for u in published.unseen}
        return [r for r in sorted(self.without) if r in told or r not in known]


def near(
    instance: Instance,
    rules: Collection[Rule],
    preferences: Collection[Preference],
    changes: Preference,
    *,
    promises_may_break: bool = False,
) -> Near:
    """The problem of the instance, which has a published roster.

    ``preferences``: all but the price of change; ``changes``: its price is the number of changes.
    """
    problem, (number,) = priced_problem(
        instance, tuple(rules), tuple(preferences), (changes,), promises_may_break=promises_may_break
    )
    return Near(problem, number, np.zeros(0, dtype=np.int64))
