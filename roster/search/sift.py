"""Good prices for a bound, quickly: the linear relaxation over few variables, and those that it was wrong to leave out.

A large model has a hundred times as many variables as a good roster could ever use. The linear relaxation is solved
over a few of them: some appointments of everybody on every day, each session's nearest coaches. Its prices give a
bound of the whole problem (``roster.search.lagrange``); what could be worth using at those prices joins, and so on
(sifting: Bixby et al. 1992). The bound is exact at every round, however rough the relaxation.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from roster.decisions import Decisions
from roster.model import FREE, Ints, Matrix, Var
from roster.search.lagrange import SCALE, Lagrangian
from roster.search.linear import Linear, Mask, Program

EACH_DAY = 3
"""How many of the appointments that each person could have on a day take part at first."""
MORE = 10
"""How many more of each person's appointments may join in a round: those that the prices favour most."""
COACHES = 8
"""How many of the coaches who could hold a session take part at first: those with the least to travel."""
NEAR = 5
"""Minutes that a coach-day may cost and its variables still join."""
ROUGHEST, FINEST = 1e-3, 1e-4
"""The accuracy of the first relaxation and of the last; each is twice as fine as the one before."""
ROUND_SECONDS = 120.0
"""A round may take so long; then its prices are tried as they are."""
FAR = 0.03
"""A bound that is further below the relaxation's cost than this share says little."""
ENOUGH = 0.002
"""Where fewer variables join than this share of the rows, more rounds are not worth their time."""


@dataclass(frozen=True)
class Sifted:
    """The best bound so far with its prices, and the last linear relaxation of the model ``matrix``."""

    bound: int
    prices: Ints
    linear: Linear
    matrix: Matrix

    @property
    def is_near(self) -> bool:
        """Whether the bound is near what the linear relaxation says the month costs; then its prices mean something."""
        says = self.matrix.constant + float(self.matrix.cost @ self.linear.values)
        return self.bound >= says - FAR * abs(says)


@dataclass
class Sift:
    """Rounds of relaxations of one problem; ``bound`` and ``prices`` are the best so far."""

    lagrangian: Lagrangian
    bound: int = -FREE
    prices: Ints = field(init=False)

    def __post_init__(self) -> None:
        self._problem = self.lagrangian.days.problem
        self._program = Program(self._problem.matrix, self.lagrangian.days.inside)
        self._appointments = _by(self._problem.decisions.seen, 0)
        self._among = self._first()
        self.prices = np.zeros(len(self.lagrangian.rows), dtype=np.int64)

    def rounds(self, seconds_left: Callable[[], float]) -> Iterator["Sifted"]:
        """Rounds until nothing joins at the finest accuracy, or time is up: what is best after each that helped."""
        linear, accuracy = None, ROUGHEST
        while seconds_left() > 0:
            linear = self._program.solve(self._among, linear, accuracy, min(ROUND_SECONDS, seconds_left()))
            before = self.bound
            joined = self._take_in(linear)
            if self.bound > before:
                yield Sifted(self.bound, self.prices, linear, self._problem.matrix)
            if accuracy <= FINEST and joined <= ENOUGH * len(self.prices):
                return
            accuracy = max(accuracy / 2, FINEST)

    def _take_in(self, linear: Linear) -> int:
        """Keep the prices if they are better; let join what they make worth using; how many variables did."""
        prices = self.lagrangian.whole(linear.duals[self.lagrangian.rows])
        evaluation = self.lagrangian.at(prices)
        if evaluation.bound > self.bound:
            self.bound, self.prices = evaluation.bound, prices
        before = int(self._among.sum())
        floors = self.lagrangian.days.floors(self.lagrangian.reduced(prices))
        self._among |= (floors > -FREE) & (floors <= NEAR * SCALE)
        for _, column in evaluation.cheapest:
            if column is not None:
                self._among[column.columns] = True
        self._favour(linear)
        self._with_their_coach()
        return int(self._among.sum()) - before

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
