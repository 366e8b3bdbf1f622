"""Every roster of a world as values of a model's variables, with the rest of the variables at their cheapest.

A roster says which visits, roads, appointments and bookings there are. A model may have more variables (what
counts faces, who sees whom, what falls short); they follow from the roster. Here they are found by plain trial of
all their values, without the solver and for all rosters at once, so that a model can be asked about each roster:
does it accept it, and at what cost.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from models import RULES
from roster.decisions import Decisions
from roster.domain import Roster, Visit
from roster.instance import Instance
from roster.model import FREE, Cost, Ints, Matrix, Var
from roster.rule import Rule

Key = tuple[Any, ...]
Mask: TypeAlias = NDArray[np.bool_]
MOST_TRIALS = 5_000
COUNTS_ON = {"budget": ("room", "interpreter"), "dates": ("room", "history")}
"""The rules that a rule's encoding counts on: that a booking is in one visit only; that what happened is fixed."""


@dataclass(frozen=True)
class Answers:
    """For each roster whether the model accepts it, shape (rosters,), and its least cost where it does."""

    accepted: Mask
    cost: Ints


class Rosters:
    """Many rosters of one instance as whole numbers by key: ``numbers`` has shape (rosters, keys)."""

    def __init__(self, instance: Instance, rosters: Sequence[Roster]) -> None:
        self.instance = instance
        self.rosters = rosters
        self.place: dict[Key, int] = {}
        counts = [self._count(roster) for roster in rosters]
        for count in counts:
            for key in count:
                self.place.setdefault(key, len(self.place))
        self.numbers = np.zeros((len(rosters), len(self.place)), dtype=np.int16)
        for row, count in enumerate(counts):
            for key, number in count.items():
                self.numbers[row, self.place[key]] = number

    def _count(self, roster: Roster) -> dict[Key, int]:
        count: Counter[Key] = Counter(("seen", a.referral_id, a.session_id) for a in roster.appointments)
        days: dict[tuple[str, date], list[Visit]] = defaultdict(list)
        for visit in roster.visits:
            count["visit", visit.coach_id, visit.session_id] += 1
            count.update(("booking", booking_id, visit.session_id) for booking_id in visit.booking_ids)
            days[visit.coach_id, self.instance.session[visit.session_id].date].append(visit)
        for (coach_id, day), visits in days.items():
            visits.sort(key=lambda v: (v.start, v.end, v.session_id))
            stops = [None, *(v.session_id for v in visits), None]
            count.update(("leg", coach_id, day, a, b) for a, b in pairwise(stops))
        return count

    def in_variables(self, decisions: Decisions) -> tuple[Ints, Mask]:
        """The rosters as values of the decisions, shape (rosters, n), and which need no other decision."""
        variables = _variables(decisions)
        values = np.zeros((len(self.rosters), len(decisions.model.upper)), dtype=np.int64)
        shared = [(var, self.place[key]) for key, var in variables.items() if key in self.place]
        values[:, [var for var, _ in shared]] = self.numbers[:, [place for _, place in shared]]
        others = [place for key, place in self.place.items() if key not in variables]
        return values, np.logical_not(self.numbers[:, others].any(axis=1))


def _variables(decisions: Decisions) -> dict[Key, Var]:
    return {
        **{("visit", *key): var for key, var in decisions.visits.items()},
        **{("leg", *key): var for key, var in decisions.legs.items()},
        **{("seen", *key): var for key, var in decisions.seen.items()},
        **{("booking", *key): var for key, var in decisions.bookings.items()},
    }


def beside(name: str) -> list[Rule]:
    """The rules that have to be in the model for the rule or preference of this name to mean what it says.

    A session that two coaches hold at once means nothing to any other rule.
    """
    return [rule for rule in RULES if rule.name in COUNTS_ON.get(name, ("room",)) and rule.name != name]


def asked(decisions: Decisions, cost: Cost, rosters: Rosters) -> Answers:
    """What the model says of each roster: the other variables take whichever values cost least."""
    values, known = rosters.in_variables(decisions)
    return _cheapest(decisions.model.matrix(cost), set(_variables(decisions).values()), values, known)


def least(decisions: Decisions, variable: Var, rosters: Rosters) -> Answers:
    """For each roster the least value that one variable of the model can have with it."""
    return asked(decisions, Cost([(variable, 1)]), rosters)


def _cheapest(matrix: Matrix, decided: set[Var], values: Ints, accepted: Mask) -> Answers:
    weights = _dense(matrix)
    sums = np.rint(values.astype(np.float64) @ weights.T.astype(np.float64)).astype(np.int64)
    cost = values @ matrix.cost + matrix.constant
    accepted = accepted & _kept(matrix.lower, values, matrix.upper, sorted(decided))
    rest = [n for n in range(len(matrix.lower)) if n not in decided]
    plain = np.flatnonzero(~weights[:, rest].any(axis=1))
    accepted &= _kept(matrix.at_least, sums, matrix.at_most, plain.tolist())
    for part in _parts(weights, rest):
        rows = np.flatnonzero(weights[:, part].any(axis=1))
        find = _one if len(part) == 1 else _several
        possible, least_cost = find(matrix, weights[rows][:, part], part, rows, sums[:, rows])
        accepted &= possible
        cost = cost + least_cost
    return Answers(accepted, cost)


def _dense(matrix: Matrix) -> Ints:
    weights = np.zeros((len(matrix.at_least), len(matrix.lower)), dtype=np.int64)
    np.add.at(weights, (matrix.row_of_entry, matrix.columns), matrix.weights)
    return weights


def _kept(low: Ints, numbers: Ints, high: Ints, which: Sequence[int]) -> Mask:
    chosen = numbers[:, which]
    return np.asarray(((low[which] <= chosen) & (chosen <= high[which])).all(axis=1))


def _parts(weights: Ints, rest: Sequence[int]) -> list[list[int]]:
    """The variables in groups such that no row joins two groups."""
    groups: list[set[int]] = [{n} for n in rest]
    for row in weights:
        together = set(rest) & set(np.flatnonzero(row).tolist())
        touched = [g for g in groups if g & together]
        groups = [g for g in groups if not g & together] + ([set().union(*touched)] if touched else [])
    return [sorted(group) for group in groups]


def _one(matrix: Matrix, weights: Ints, part: list[int], rows: Ints, sums: Ints) -> tuple[Mask, Ints]:
    """One variable by itself: the cheaper end of what its rows leave."""
    low = np.full(len(sums), matrix.lower[part[0]])
    high = np.full(len(sums), matrix.upper[part[0]])
    for number, row in enumerate(rows.tolist()):
        weight = int(weights[number, 0])
        least_sum = np.maximum(matrix.at_least[row] - sums[:, number], -FREE)
        most_sum = np.minimum(matrix.at_most[row] - sums[:, number], FREE)
        if weight < 0:
            weight, least_sum, most_sum = -weight, -most_sum, -least_sum
        low, high = np.maximum(low, -(-least_sum // weight)), np.minimum(high, most_sum // weight)
    price = int(matrix.cost[part[0]])
    return low <= high, price * np.where(price >= 0, low, high)


def _several(matrix: Matrix, weights: Ints, part: list[int], rows: Ints, sums: Ints) -> tuple[Mask, Ints]:
    """Variables that share rows: every combination of their values."""
    ranges = [range(int(matrix.lower[n]), int(matrix.upper[n]) + 1) for n in part]
    assert np.prod([len(r) for r in ranges]) <= MOST_TRIALS
    best = np.full(len(sums), FREE)
    for trial in product(*ranges):
        there = sums + weights @ np.array(trial)
        kept = ((matrix.at_least[rows] <= there) & (there <= matrix.at_most[rows])).all(axis=1)
        best = np.where(kept, np.minimum(best, int(matrix.cost[part] @ np.array(trial))), best)
    return best < FREE, np.where(best < FREE, best, 0)
