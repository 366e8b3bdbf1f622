"""From the linear relaxation to a roster: fix the visits it is surest of, relax again, and so on; then the people.

Only variables that the relaxation uses, or that could be in a roster nearly as good as its bound, take part. A step
after which nothing is left is taken back, and less is fixed at once. Relax and fix, with diving: Danna et al. 2005,
"Exploring relaxation induced neighborhoods"; Sadykov et al. 2019, "Primal heuristics for branch and price".
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from roster import cpsat
from roster.model import Ints, Matrix
from roster.search.fixing import Fixing
from roster.search.linear import Effort, Linear, Mask, Program
from roster.search.problem import Problem

ACCURACY = 1e-3
STEPS, LONGER = 2_000, 3
"""A relaxation that takes so many times the steps of the longest before has no solution, as far as a dive cares."""
SURE, SOME, PERSON = 0.9, 0.02, 0.6
"""A visit used so much is as good as held; one used less than ``SOME`` is not. A person is rounded from ``PERSON``."""
SHARE = 0.04
"""Of the visits in question this share is fixed at once."""
FASTER = 1.5
"""After a step that went well so many times as much may be fixed at once."""
DEAR = 0.004
"""A step that makes the month dearer by more than this share did too much at once."""
TURNS = 3
"""So often a dive that finds nothing left goes back to where half of its steps were taken."""
PEOPLE_SECONDS = 6.0


@dataclass(frozen=True)
class State:
    """What is fixed, and the relaxation of what is left."""

    now: Fixing
    linear: Linear


@dataclass
class Dive:
    """One dive in one problem. ``kept``: the variables that take part, shape (n,); ``linear``: the relaxation."""

    problem: Problem
    kept: Mask
    linear: Linear
    seconds_left: Callable[[], float]
    pace: float = 1000.0
    longest: int = STEPS // LONGER

    def run(self) -> Ints | None:
        """A roster, shape (n,), or None where the dive ends without one."""
        rows, now = self._begin()
        start = Linear(self.linear.values, self.linear.duals[rows], reached=True)
        states = [State(now, self._relaxed(now, start))]
        turns = 0
        while self.seconds_left() > 0:
            used = self._used(states[-1])
            if not len(used):
                return self._people(states[-1])
            after = self._step(states[-1], used)
            if after is not None:
                states.append(after)
            elif turns == TURNS or len(states) == 1:
                return None
            else:
                turns += 1
                del states[(len(states) + 1) // 2 :]
        return None

    def _begin(self) -> tuple[Ints, Fixing]:
        """The rows that can bind among the variables that take part, and the model of these rows."""
        matrix, out = self.problem.matrix, np.flatnonzero(~self.kept)
        upper = matrix.holding(out, matrix.lower[out]).upper
        least, most = matrix.sums(matrix.lower, upper)
        rows = np.flatnonzero((least < matrix.at_least) | (most > matrix.at_most))
        return rows, Fixing.of(replace(matrix.only_rows(rows), upper=upper))

    def _relaxed(self, now: Fixing, start: Linear) -> Linear:
        program = Program(now.bounded(), np.zeros(len(now.lower), dtype=np.bool_))
        effort = Effort(ACCURACY, self.seconds_left(), LONGER * self.longest)
        relaxed = program.solve(now.upper > 0, start, effort)
        if relaxed.reached:
            self.longest = max(self.longest, relaxed.steps)
        return relaxed

    def _used(self, state: State) -> Ints:
        """The visits in question that the relaxation uses, the surest first."""
        visits = np.fromiter(self.problem.decisions.visits.values(), dtype=np.int64)
        open_ = visits[state.now.lower[visits] < state.now.upper[visits]]
        used = open_[state.linear.values[open_] > SOME]
        return np.asarray(used[np.argsort(-state.linear.values[used], kind="stable")])

    def _step(self, state: State, used: Ints) -> State | None:
        """Fix the first of the visits ``used``, fewer where nothing would be left; None where there is no way on."""
        sure = int((state.linear.values[used] >= SURE).sum())
        number = min(max(sure, int(SHARE * len(used)), 1), max(1, int(self.pace)))
        while self.seconds_left() > 0:
            after = self._with(state, used[:number], 1)
            if after.linear.reached and (number == 1 or self._is_cheap(state, after)):
                self.pace = max(self.pace, FASTER * number + 1)
                return after
            if number == 1:
                after = self._with(state, used[:1], 0)
                return after if after.linear.reached else None
            self.pace = number = max(1, number // 4)
        return None

    def _is_cheap(self, state: State, after: State) -> bool:
        """Whether the step does not make the month much dearer."""
        cost, constant = self.problem.matrix.cost, self.problem.matrix.constant
        before, now = constant + cost @ state.linear.values, constant + cost @ after.linear.values
        return bool(now <= before + DEAR * abs(before))

    def _with(self, state: State, visits: Ints, value: int) -> State:
        """The visits fixed to the value, or to the other where that cannot be; and the relaxation then."""
        now = state.now.copy()
        for visit in visits.tolist():
            if not now.fix(visit, value):
                now.fix(visit, 1 - value)
        return State(now, self._relaxed(now, state.linear))

    # -- people -------------------------------------------------------------------------------------------

    def _people(self, state: State) -> Ints | None:
        """The visits stand; people are rounded where the relaxation is clear, and the rest is solved."""
        decisions, values = self.problem.decisions, state.linear.values
        visits = np.fromiter(decisions.visits.values(), dtype=np.int64)
        now = Fixing.of(self.problem.matrix)
        for visit in sorted(visits.tolist(), key=lambda v: -int(state.now.lower[v])):
            if not now.fix(visit, int(state.now.lower[visit])):
                return None
        seen = np.fromiter(decisions.seen.values(), dtype=np.int64)
        part = self._part(now)
        for person in seen[np.argsort(-values[seen], kind="stable")].tolist():
            if values[person] < PERSON:
                break
            now.fix(person, int(values[person] + 1 - PERSON))
        for matrix in (self._part(now), part):
            effort = cpsat.Effort(min(PEOPLE_SECONDS, self.seconds_left()), subsolvers=cpsat.FINDING[:1])
            answer = cpsat.solve(matrix, effort)
            if answer.values is not None:
                return answer.values
        return None

    def _part(self, now: Fixing) -> Matrix:
        return self.problem.matrix.tightened(now.lower, now.upper)
