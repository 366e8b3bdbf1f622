"""The best roster that fulfils a wish, and of these the one with the fewest changes from the roster given.

Where the model is small it is solved whole. Where it is large, first only what is near the wish is free and the rest
of the roster stays as it is; the part grows while there is time; what every such roster costs at least comes from
the relaxation over coach-days.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from roster import cpsat
from roster.decisions import Decisions
from roster.explain.questions.given import Given, Trial
from roster.explain.questions.wish import Wish
from roster.instance import Instance
from roster.model import FREE, Cost, Ints, Matrix, Terms, Var
from roster.search.bounding import relaxed
from roster.search.improve import About
from roster.search.problem import Problem, problem_of
from roster.search.worker import is_small

FIRST_PART, GROWTH = 600, 3
"""Roughly how many variables are free in the first part, and how many times more in each that follows."""
PART_SECONDS = 8.0
MINUTES_LIKE_A_DAY = 15.0
"""Minutes on the road that count as near as one day."""
LEAST_SECONDS = 1.0
CHANGES_SHARE = 0.25
"""The share of the time that is left in which the fewest changes are looked for."""


class RejectedError(Exception):
    """A roster failed the checker: a fault of the program."""


@dataclass(frozen=True)
class Clock:
    """Time that is left until a deadline on the clock of ``time.monotonic``, for so many processors."""

    deadline: float
    workers: int
    seed: int = 0

    @classmethod
    def of(cls, seconds: float, workers: int | None = None, seed: int = 0) -> Clock:
        """From now on for so many seconds; ``workers`` None: all processors."""
        return cls(time.monotonic() + seconds, workers or cpu_count() or 1, seed)

    @property
    def left(self) -> float:
        """Seconds that are left, never below 0."""
        return max(0.0, self.deadline - time.monotonic())

    def share(self, part: float) -> Clock:
        """A clock that ends when this share of what is left is used."""
        return replace(self, deadline=time.monotonic() + self.left * part)

    def at_most(self, seconds: float) -> Clock:
        """A clock that ends in so many seconds, or with this one if that is sooner."""
        return replace(self, deadline=min(self.deadline, time.monotonic() + seconds))

    def effort(self, seconds: float = FREE) -> cpsat.Effort:
        """As hard as this clock allows, for at most so many seconds."""
        searches = cpsat.FINDING[: self.workers]
        return cpsat.Effort(min(seconds, self.left), self.workers, self.seed, searches)


@dataclass(frozen=True)
class Forced:
    """What came of it. ``at_least``: no roster with the wish has a lower total.

    ``impossible``: there is none, confirmed in a second way but where ``no_candidate``: then no visit or appointment
    that would do is allowed by the rules, which only the checker can confirm.
    """

    trial: Trial | None
    at_least: int
    impossible: bool = False
    no_candidate: bool = False

    @property
    def proved(self) -> bool:
        """Whether the roster is proved the best of those with the wish."""
        return self.trial is not None and self.at_least >= self.trial.total


@dataclass(frozen=True)
class Forcing:
    """The model of an instance, maybe an edited one, in which a wish (None: nothing) has to come true.

    ``plain`` is the model without the wish, ``problem`` the one with it; ``wished`` are its variables. ``changes``
    are the visits changed and the people moved from the roster given, but for a constant.
    """

    given: Given
    instance: Instance
    wish: Wish | None
    wanted: int
    plain: Matrix
    problem: Problem
    wished: list[Var]
    changes: Terms
    near: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        given: Given,
        wish: Wish | None,
        wanted: int = 1,
        instance: Instance | None = None,
        near: tuple[str, ...] = (),
    ) -> Forcing:
        """Build the models; ``instance`` where it is an edited one; ``near``: where to look if there is no wish."""
        instance = instance or given.instance
        problem = problem_of(instance, given.rules, given.preferences)
        decisions, matrix = problem.decisions, problem.matrix
        wished = wish.variables(decisions) if wish else []
        cost = Cost(_terms(matrix), matrix.constant)
        changes = _changes(given, decisions)
        plain = decisions.model.matrix(cost)
        if wish is not None:
            decisions.at_least(wished, wanted)
        forced = Problem(decisions, decisions.model.matrix(cost))
        return cls(given, instance, wish, wanted, plain, forced, wished, changes, near)

    def best(self, clock: Clock, *, few_changes: bool = True) -> Forced:
        """The best roster with the wish. Raises RejectedError where the checker does not accept what was found."""
        if self.wish is not None and not self.wished:
            return Forced(None, FREE, impossible=True, no_candidate=True)
        if is_small(self.problem.matrix):
            return self._whole(clock, few_changes)
        return self._in_parts(clock, few_changes)

    def within(self, total: int, clock: Clock) -> Forced:
        """The best roster with the wish and at most this total; ``at_least`` is above it where there is none.

        Only of a small model: of a large one it is not known.
        """
        if self.wish is not None and not self.wished:
            return Forced(None, FREE, impossible=True)
        matrix = self.problem.matrix
        if not is_small(matrix):
            return Forced(None, 0)
        narrow = matrix.with_row(_terms(matrix), at_most=total - matrix.constant)
        answer = cpsat.solve(narrow, clock.effort())
        if answer.status == "infeasible":
            return Forced(None, total + 1)
        return Forced(None if answer.values is None else self._checked(answer.values), answer.bound)

    def _checked(self, values: Ints) -> Trial:
        trial = self.given.verified(self.given.tried(self.problem.plan(values), self.instance))
        met = self.wanted if self.wish is None else self.wish.met(trial.roster, self.instance)
        if not trial.kept or met < self.wanted:
            raise RejectedError("; ".join(f.says for f in trial.broken) or "what was asked for is not in it")
        return trial

    # -- the whole model ----------------------------------------------------------------------------------

    def _whole(self, clock: Clock, few_changes: bool, hint: Ints | None = None) -> Forced:
        matrix, began = self.problem.matrix, time.monotonic()
        answer = cpsat.solve(matrix, clock.effort(clock.left * (1 - CHANGES_SHARE)), hint=hint)
        nearby = clock.at_most(max(LEAST_SECONDS, CHANGES_SHARE * 2 * (time.monotonic() - began)))
        if answer.status == "infeasible":
            return Forced(None, FREE, impossible=self._is_impossible(clock))
        if answer.values is None:
            return Forced(None, answer.bound)
        values = self._fewest(matrix, answer.values, nearby) if few_changes else answer.values
        return Forced(self._checked(values), answer.bound)

    def _is_impossible(self, clock: Clock) -> bool:
        """Asked a second way: no cost, nobody who need not be seen, another seed, the model as it is written."""
        effort = cpsat.Effort(clock.left, clock.workers, clock.seed + 1, presolve=False)
        return cpsat.solve(self.problem.without_optional_people().with_cost([]), effort).status == "infeasible"

    def _fewest(self, part: Matrix, values: Ints, clock: Clock) -> Ints:
        """Of the rosters of the part with at most the cost of this one, the nearest to the roster given."""
        matrix = self.problem.matrix
        near = part.with_row(_terms(matrix), at_most=matrix.objective(values) - matrix.constant)
        answer = cpsat.solve(near.with_cost(self.changes), clock.effort(), hint=values)
        return values if answer.values is None else answer.values

    # -- part by part -------------------------------------------------------------------------------------

    def _in_parts(self, clock: Clock, few_changes: bool) -> Forced:
        base = self._of_roster(clock.share(0.3))
        finding = clock.share(0.6 if self.given.is_best else 0.75)
        found, last = (None, None) if base is None else self._grow(base, finding)
        if found is None:
            return self._from_scratch(clock, few_changes)
        if few_changes and last is not None:
            found = self._fewest(last, found, clock.share(0.3))
        return Forced(self._checked(found), self._bound(clock))

    def _of_roster(self, clock: Clock) -> Ints | None:
        """The roster given as values of the model, shape (n,); None where it does not fit an edited instance."""
        decisions, plan = self.problem.decisions, self.given.plan
        lower, upper = self.plain.lower.copy(), self.plain.upper.copy()
        at: dict[Var, int] = dict.fromkeys([*decisions.visits.values(), *decisions.seen.values()], 0)
        at |= dict.fromkeys(decisions.bookings.values(), 0)
        at |= {decisions.visits[key]: 1 for key in plan.visits if key in decisions.visits}
        at |= {decisions.seen[key]: number for key, number in (plan.seen or {}).items() if key in decisions.seen}
        at |= {decisions.bookings[key]: 1 for key in plan.bookings if key in decisions.bookings}
        columns = np.fromiter(at, dtype=np.int64)
        lower[columns] = upper[columns] = np.fromiter(at.values(), dtype=np.int64)
        return cpsat.solve(self.plain.with_bounds(lower, upper), clock.effort()).values

    def _grow(self, base: Ints, clock: Clock) -> tuple[Ints | None, Matrix | None]:
        """The best values found with the wish, and the part they were found in."""
        matrix, about = self.problem.matrix, About.of(self.problem)
        order = self._by_nearness(about)
        best: Ints | None = base if self.wish is None else None
        last: Matrix | None = None
        size, chosen = float(FIRST_PART), np.zeros(len(about.sessions), dtype=np.bool_)
        while clock.left > 0 and not chosen[order].all():
            chosen = _nearest(order, about, base, size)
            part = _part(matrix, base, about.free(matrix, chosen, people_only=False))
            answer = cpsat.solve(part, clock.effort(PART_SECONDS), hint=best)
            if answer.values is not None:
                better = best is None or matrix.objective(answer.values) < matrix.objective(best)
                if not better and answer.status == "optimal":
                    return best, last
                best, last = (answer.values, part) if better else (best, last)
            size *= GROWTH
        return best, last

    def _by_nearness(self, about: About) -> Ints:
        """The sessions that somebody could hold, those of the wish and what is near it in days and roads first."""
        near = [n for n, s in enumerate(about.sessions) if s.session_id in self.near]
        sessions = np.unique(np.append(about.session_of[self._centre()], np.array(near, dtype=np.int64)))
        sessions = sessions[sessions >= 0]
        distance = np.full(len(about.sessions), np.inf)
        for centre in sessions.tolist():
            away = MINUTES_LIKE_A_DAY * np.abs(about.day - about.day[centre])
            distance = np.minimum(distance, away + about.road_from(self.problem, centre))
        usable = np.flatnonzero(about.usable)
        return usable[np.argsort(distance[usable], kind="stable")]

    def _centre(self) -> Ints:
        """The columns the wish is about: a session for what is asked for, and where its person is seen now."""
        decisions = self.problem.decisions
        columns = [int(v) for v in self.wished]
        if self.wish is not None and self.wish.referral_id is not None:
            seen = decisions.seen_of(self.wish.referral_id)
            now = {a.session_id for a in self.given.seen_of[self.wish.referral_id]}
            columns = [int(v) for s, v in seen.items() if s in now or self.wish.fits(self.instance, None, s)]
        return np.array(columns, dtype=np.int64)

    def _from_scratch(self, clock: Clock, few_changes: bool) -> Forced:
        """Where no part has a roster: whether the whole has one, and then that, made as good as time allows."""
        first = cpsat.solve(self.problem.without_optional_people().with_cost([]), clock.effort(clock.left / 2))
        if first.status == "infeasible":
            return Forced(None, FREE, impossible=self._is_impossible(clock))
        if first.values is None:
            return Forced(None, self._least_known)
        return self._whole(clock, few_changes, hint=first.values)

    @property
    def _least_known(self) -> int:
        """What every roster costs at least, as the roster given says."""
        return (self.given.bound or 0) if self.instance is self.given.instance else 0

    def _bound(self, clock: Clock) -> int:
        """What every roster with the wish costs at least; the relaxation is asked where a proof may come of it."""
        known = self._least_known
        if not self.given.is_best or clock.left <= 0:
            return known
        return max((floors.bound for floors in relaxed(self.problem, lambda: clock.left)), default=known)


def _terms(matrix: Matrix) -> list[tuple[Var, int]]:
    """The cost of the model as terms."""
    return [(Var(int(column)), int(matrix.cost[column])) for column in np.flatnonzero(matrix.cost)]


def _changes(given: Given, decisions: Decisions) -> Terms:
    """Visits of one roster that are not in the other, plus people who do not keep their session, but for a constant."""
    held = set(given.plan.visits)
    terms = [(visit, -1 if key in held else 1) for key, visit in decisions.visits.items()]
    for key, number in (given.plan.seen or {}).items():
        seen = decisions.seen.get(key)
        if seen is not None and decisions.model.upper[seen] > number:
            kept = decisions.new_count(number, f"kept {key[0]} {key[1]}")
            decisions.at_most_weighted([(kept, 1), (seen, -1)], 0)
            terms.append((kept, -1))
        elif seen is not None:
            terms.append((seen, -1))
    return terms


def _nearest(order: Ints, about: About, values: Ints, size: float) -> NDArray[np.bool_]:
    """The first sessions of the order that together have so many variables, shape (sessions,)."""
    chosen = np.zeros(len(about.sessions), dtype=np.bool_)
    for session in order.tolist():
        chosen[session] = True
        size -= about.weight(values, session, people_only=False)
        if size <= 0:
            break
    return chosen


def _part(matrix: Matrix, values: Ints, free: Ints) -> Matrix:
    """The model in which only these columns are free and the others are as in the values."""
    lower, upper = values.copy(), values.copy()
    lower[free], upper[free] = matrix.lower[free], matrix.upper[free]
    return matrix.with_bounds(lower, upper)
