"""Good prices for a bound, quickly: the linear relaxation over few variables, and those that it was wrong to leave out.

A large model has a hundred times as many variables as a good roster could ever use. The linear relaxation is solved
over a few of them: some appointments of everybody on every day, each session's nearest coaches. Its prices give a
bound of the whole problem (``roster.search.lagrange``); what could be worth using at those prices joins, and so on
(sifting: Bixby et al. 1992). Once a bound is much better, what is far from worth using leaves again. The bound is
exact at every round, however rough the relaxation.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from roster.decisions import Decisions
from roster.model import FREE, Ints, Matrix, Var
from roster.search.lagrange import Evaluation, Lagrangian
from roster.search.linear import Linear, Mask, Program

EACH_DAY = 3
"""How many of the appointments that each person could have on a day take part at first."""
MORE = 20
"""How many more of each person's appointments may join in a round: those that the prices favour most."""
COACHES = 8
"""How many of the coaches who could hold a session take part at first: those with the least to travel."""
NEAR = 5
"""Minutes that a coach-day may cost and its variables still join."""
BESIDE = 12_000
"""How many variables beside those that the relaxation uses go on taking part: those with the lowest floors."""
ROUGHEST, FINEST = 4e-3, 1e-5
"""The accuracy of the first relaxation and of the last."""
AIM = 200
"""In between the accuracy is such a part of the share by which the bound is below the relaxation's cost."""
ROUND_SECONDS = 120.0
"""A round may take so long; then its prices are tried as they are."""
FAR = 0.02
"""A bound that is further below the relaxation's cost than this share says little."""
MUCH_BETTER = 0.01
"""A bound that is better by this share is reason to look anew at what should take part."""
ENOUGH = 0.0002
"""A bound within this share of the relaxation's cost cannot get much better."""
LEAST_USE = 1e-4
"""What the linear relaxation uses less of, it does not use."""


@dataclass(frozen=True)
class Sifted:
    """The best bound so far with its prices, and the last linear relaxation of the model ``matrix``."""

    best: Evaluation
    linear: Linear
    matrix: Matrix

    @property
    def used(self) -> Mask:
        """The variables that the linear relaxation uses, shape (n,)."""
        return np.asarray(self.linear.values > LEAST_USE)

    @property
    def says(self) -> float:
        """What the linear relaxation says the month costs."""
        return self.matrix.constant + float(self.matrix.cost @ self.linear.values)

    @property
    def is_near(self) -> bool:
        """Whether the bound is near that; then its prices mean something."""
        return self.far <= FAR

    @property
    def is_there(self) -> bool:
        """Whether it is so near that other prices are not worth looking for."""
        return self.far <= ENOUGH

    @property
    def far(self) -> float:
        """By which share the bound is below that."""
        return (self.says - self.best.bound) / max(1.0, abs(self.says))


@dataclass
class Sift:
    """Rounds of relaxations of one problem; ``best`` is what the best prices so far say."""

    lagrangian: Lagrangian
    best: Evaluation = field(init=False)

    def __post_init__(self) -> None:
        self._problem = self.lagrangian.days.problem
        self._program = Program(self._problem.matrix, self.lagrangian.days.inside)
        self._appointments = _by(self._problem.decisions.seen, 0)
        self._among = self._first()
        self.best = self.lagrangian.at(np.zeros(len(self.lagrangian.rows), dtype=np.int64))

    def rounds(self, seconds_left: Callable[[], float]) -> Iterator["Sifted"]:
        """What is best after each round that helped, until the bound is there, nothing changes, or time is up."""
        linear, accuracy, looked_at = None, ROUGHEST, self.best.bound
        while seconds_left() > 0:
            linear = self._program.solve(self._among, linear, accuracy, min(ROUND_SECONDS, seconds_left()))
            prices = self.lagrangian.whole(linear.duals[self.lagrangian.rows])
            evaluation = self.lagrangian.at(self.lagrangian.mended(prices))
            between = self.lagrangian.at((evaluation.prices + self.best.prices) // 2)
            best = max(self.best, evaluation, between, key=lambda e: e.bound)
            helped, self.best = best is not self.best, best
            sifted = Sifted(best, linear, self._problem.matrix)
            if helped:
                yield sifted
            if sifted.is_there:
                return
            if best.bound > looked_at + MUCH_BETTER * abs(best.bound):
                self._narrow(evaluation.floors(), linear)
                looked_at = best.bound
            before, finer = self._among.copy(), max(FINEST, min(accuracy, sifted.far / AIM))
            self._widen(evaluation, linear)
            if not helped and finer == accuracy and np.array_equal(before, self._among):
                return
            accuracy = finer

    def _narrow(self, floors: Ints, linear: Linear) -> None:
        """Only what the relaxation uses and what has the lowest floors goes on taking part."""
        unused = (floors > -FREE) & (linear.values <= LEAST_USE) & ~self._problem.demanded
        lowest = np.sort(floors[unused])
        if len(lowest) > BESIDE:
            self._among &= ~(unused & (floors > lowest[BESIDE]))

    def _widen(self, evaluation: Evaluation, linear: Linear) -> None:
        """Let join what the prices make worth using."""
        for _, column in evaluation.coach_days.cheapest():
            if column is not None:
                self._among[column.columns] = True
        self._favour(linear)
        self._with_their_coach()

    def _favour(self, linear: Linear) -> None:
        """Let join of each person the appointments that are worth most at the relaxation's prices."""
        matrix = self._problem.matrix
        paid = np.bincount(
            matrix.columns, matrix.weights * linear.duals[matrix.row_of_entry], minlength=len(matrix.lower)
        )
        reduced = np.where(self._among, 0.0, matrix.cost - paid)
        for appointments in self._appointments.values():
            worth = appointments[reduced[appointments] < -1.0]
            self._among[worth[np.argsort(reduced[worth], kind="stable")[:MORE]]] = True

    # -- which variables take part ------------------------------------------------------------------------

    def _first(self) -> Mask:
        matrix, decisions = self._problem.matrix, self._problem.decisions
        among = ~self.lagrangian.days.inside | (matrix.lower > 0) | self._problem.demanded
        for _, _, visited in decisions.visited_variables():
            among[visited] = True
        among[list(decisions.bookings.values())] = True
        for number, referral_id in enumerate(self._appointments):
            for on_day in decisions.seen_on(referral_id).values():
                places = np.linspace(0, len(on_day), EACH_DAY, endpoint=False).astype(np.int64) + number
                among[np.array(on_day)[places % len(on_day)]] = True
        road = _there_and_back(decisions, matrix.cost)
        for visits in _by(decisions.visits, 1).values():
            among[visits[np.argsort(road[visits], kind="stable")[:COACHES]]] = True
        for (coach_id, _, a, b), leg in decisions.legs.items():
            ends = [decisions.visits[coach_id, s] for s in (a, b) if s is not None]
            among[leg] |= bool(among[ends].all())
        self._among = among
        self._with_their_coach()
        return among

    def _with_their_coach(self) -> None:
        """An appointment and a visit that take part bring along who sees whom."""
        decisions = self._problem.decisions
        for (referral_id, session_id, coach_id), by_coach in decisions.seen_by_variables().items():
            seen, visit = decisions.seen[referral_id, session_id], decisions.visits[coach_id, session_id]
            self._among[by_coach] |= self._among[seen] and self._among[visit]


def _by(variables: Mapping[tuple[str, str], Var], part: int) -> dict[str, Ints]:
    """The variables by one part of their key."""
    found: dict[str, list[int]] = defaultdict(list)
    for key, variable in variables.items():
        found[key[part]].append(variable)
    return {name: np.array(columns, dtype=np.int64) for name, columns in found.items()}


def _there_and_back(decisions: Decisions, cost: Ints) -> Ints:
    """Of each visit what the road from the base and back costs, shape (n,)."""
    road = np.zeros(len(cost), dtype=np.int64)
    for (coach_id, _, a, b), leg in decisions.legs.items():
        if a is None and b is not None:
            road[decisions.visits[coach_id, b]] += cost[leg]
        elif b is None and a is not None:
            road[decisions.visits[coach_id, a]] += cost[leg]
    return road
