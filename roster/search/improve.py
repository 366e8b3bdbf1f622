"""Make a roster better: free a neighbourhood of it, solve that part, keep the rest.

A neighbourhood is a set of sessions that lie near each other in time, in space, or in both. In it the visits,
the people and the roads are free; or only the people, among the visits that are held. CP-SAT solves the part
with the proof-minded settings, from the roster at hand. How large a part is follows from how quickly the last
ones were solved. Large neighbourhood search: Shaw 1998; Pisinger and Ropke 2010.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from roster import cpsat
from roster.domain import Session
from roster.model import Floats, Ints, Matrix
from roster.search.problem import Problem

Kind = Literal["days", "places", "people"]
Mask = NDArray[np.bool_]

KINDS: tuple[Kind, ...] = ("days", "places", "people")
MINUTES_LIKE_A_DAY: dict[Kind, tuple[float, float]] = {
    "days": (15.0, 60.0),
    "places": (0.5, 5.0),
    "people": (1.0, 60.0),
}
"""Minutes on the road that count as near as one day, drawn between these: many for a short span of days."""
START_SIZE = 600.0
SMALLEST, LARGEST = 150.0, 40_000.0
PART_SECONDS = 1.5
GUIDED = 0.5
"""How often a part lies where the roster is far from the guide."""
PART_GAP = 0.0005
"""A part is solved to within this share of the whole cost."""


@dataclass
class Improver:
    """Improves one roster of a problem, one neighbourhood after another. ``values`` has shape (n,).

    ``sizes``: how large the next part of each kind is; changed as parts turn out easy or hard. ``guide``: a roster in
    fractions, shape (n,), that would be better than any.
    """

    problem: Problem
    values: Ints
    rng: random.Random
    sizes: dict[Kind, float] = field(default_factory=lambda: dict.fromkeys(KINDS, START_SIZE))
    guide: Floats | None = None

    @property
    def objective(self) -> int:
        """The cost of the roster at hand, in minutes of coach time."""
        return self.problem.matrix.objective(self.values)

    def step(self, seconds: float, stopped: Callable[[], bool]) -> bool:
        """Re-solve one neighbourhood; true where the roster became better."""
        kind = self.rng.choice(KINDS)
        part = self._part(kind)
        before = self.objective
        limit = min(PART_SECONDS, seconds)
        seed = self.rng.randrange(2**30)
        effort = cpsat.Effort(limit, seed=seed, gap=PART_GAP, deterministic_seconds=limit)
        answer = cpsat.solve(part, effort, hint=self.values, listener=cpsat.Listener(stopped=stopped))
        grow = 1.15 if answer.status == "optimal" else 0.8
        self.sizes[kind] = min(max(self.sizes[kind] * grow, SMALLEST), LARGEST)
        if answer.values is not None and self.problem.matrix.objective(answer.values) <= before:
            self.values = answer.values
        return self.objective < before

    # -- which part ---------------------------------------------------------------------------------------

    def _part(self, kind: Kind) -> Matrix:
        """The model in which only a neighbourhood of the wanted size is free."""
        chosen = np.zeros(len(self._about.sessions), dtype=np.bool_)
        budget = self.sizes[kind]
        held = self._held()
        for session in self._near(kind, held if kind == "people" else None):
            chosen[session] = True
            budget -= self._about.weight(self.values, session, people_only=kind == "people")
            if budget <= 0:
                break
        matrix = self.problem.matrix
        free = self._about.free(matrix, chosen, people_only=kind == "people")
        lower, upper = self.values.copy(), self.values.copy()
        lower[free], upper[free] = matrix.lower[free], matrix.upper[free]
        return matrix.only_rows(matrix.rows_with(free)).tightened(lower, upper)

    def _centre(self, candidates: Ints) -> int:
        """Any of these sessions, or every other time one where the roster is far from the guide."""
        weights: list[float] | None = None
        if self.guide is not None and self.rng.random() < GUIDED:
            seen = np.flatnonzero(self._about.is_seen)
            apart = np.abs(self.problem.matrix.cost[seen]) * np.abs(self.guide[seen] - self.values[seen])
            by_session = np.bincount(self._about.session_of[seen], apart, len(self._about.sessions))
            weights = by_session[candidates].tolist() if by_session[candidates].any() else None
        return int(self.rng.choices(candidates.tolist(), weights)[0])

    def _held(self) -> Mask:
        held = np.zeros(len(self._about.sessions), dtype=np.bool_)
        columns = np.flatnonzero(self._about.is_visit & (self.values > 0))
        held[self._about.session_of[columns]] = True
        return held

    def _near(self, kind: Kind, among: Mask | None) -> Iterator[int]:
        about = self._about
        candidates = np.flatnonzero(about.usable if among is None else about.usable & among)
        if not len(candidates):
            return iter(())
        centre = self._centre(candidates)
        like_a_day = self.rng.uniform(*MINUTES_LIKE_A_DAY[kind])
        distance = like_a_day * np.abs(about.day - about.day[centre]) + about.road_from(self.problem, centre)
        return iter(candidates[np.argsort(distance[candidates], kind="stable")].tolist())

    @cached_property
    def _about(self) -> "About":
        return About.of(self.problem)


@dataclass(frozen=True)
class About:
    """What each variable is about: the session of a visit, an appointment or a booking, the day of a leg."""

    sessions: tuple[Session, ...]
    day: Ints
    usable: Mask
    session_of: Ints
    is_visit: Mask
    is_seen: Mask
    is_other: Mask
    coach_day_of: Ints
    legs_of: tuple[Ints, ...]
    columns_in: tuple[Ints, ...]
    roads: dict[int, Ints]

    @classmethod
    def of(cls, problem: Problem) -> "About":
        """Read it off the problem's decisions."""
        decisions, size = problem.decisions, len(problem.matrix.lower)
        sessions = decisions.instance.sessions
        place = {s.session_id: n for n, s in enumerate(sessions)}
        session_of = np.full(size, -1, dtype=np.int64)
        coach_day_of = np.full(size, -1, dtype=np.int64)
        is_visit, is_seen, is_leg = (np.zeros(size, dtype=np.bool_) for _ in range(3))
        coach_days: dict[tuple[str, date], int] = {}

        def coach_day(coach_id: str, day: date) -> int:
            return coach_days.setdefault((coach_id, day), len(coach_days))

        for (coach_id, session_id), var in decisions.visits.items():
            session_of[var], is_visit[var] = place[session_id], True
            coach_day_of[var] = coach_day(coach_id, sessions[place[session_id]].date)
        for (_, session_id), var in decisions.seen.items():
            session_of[var], is_seen[var] = place[session_id], True
        for (_, session_id), var in decisions.bookings.items():
            session_of[var] = place[session_id]
        for (coach_id, day, _, _), var in decisions.legs.items():
            is_leg[var], coach_day_of[var] = True, coach_day(coach_id, day)
        columns_in = _columns_by_number(session_of, len(sessions))
        usable = np.array([bool(is_visit[c].any()) for c in columns_in], dtype=np.bool_)
        return cls(
            sessions=sessions,
            day=np.array([s.date.toordinal() for s in sessions], dtype=np.int64),
            usable=usable,
            session_of=session_of,
            is_visit=is_visit,
            is_seen=is_seen,
            is_other=(session_of < 0) & ~is_leg,
            coach_day_of=coach_day_of,
            legs_of=_columns_by_number(np.where(is_leg, coach_day_of, -1), len(coach_days)),
            columns_in=columns_in,
            roads={},
        )

    def road_from(self, problem: Problem, centre: int) -> Ints:
        """Minutes on the road from the session's site to every session's, shape (sessions,)."""
        if centre not in self.roads:
            instance = problem.decisions.instance
            start = instance.site_of(self.sessions[centre].session_id)
            minutes = [instance.minutes_between(start, instance.site_of(s.session_id)) for s in self.sessions]
            self.roads[centre] = np.array(minutes, dtype=np.int64)
        return self.roads[centre]

    def weight(self, values: Ints, session: int, *, people_only: bool) -> float:
        """Roughly how many variables the session adds to a part: its visits, and people not held elsewhere."""
        columns = self.columns_in[session]
        here = int((values[columns] > 0).sum())
        visits = 0 if people_only else int(self.is_visit[columns].sum())
        return 3.0 * visits + 0.3 * len(columns) + here + 1.0

    def free(self, matrix: Matrix, chosen: Mask, *, people_only: bool) -> Ints:
        """Which columns are free where these sessions are: with them their roads, and what counts them."""
        columns = np.flatnonzero(chosen[self.session_of] & (self.session_of >= 0))
        if people_only:
            columns = columns[~self.is_visit[columns]]
        else:
            touched = np.unique(self.coach_day_of[columns[self.is_visit[columns]]])
            columns = np.concatenate([columns, *(self.legs_of[d] for d in touched.tolist())])
        new = columns
        for _ in range(2):
            beside = matrix.columns_with(matrix.rows_with(new))
            new = np.setdiff1d(beside[self.is_other[beside]], columns)
            columns = np.concatenate([columns, new])
        return columns


def _columns_by_number(number_of: Ints, numbers: int) -> tuple[Ints, ...]:
    """For each number from 0 the columns that have it."""
    order = np.argsort(number_of, kind="stable")
    cuts = np.searchsorted(number_of[order], np.arange(numbers + 1))
    return tuple(order[cuts[n] : cuts[n + 1]] for n in range(numbers))
