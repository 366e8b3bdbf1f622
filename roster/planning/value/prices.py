"""The prices of the base's relaxation, and what an instance with more in it comes to at the same prices.

The relaxation over coach-days (``roster.search.relax``) is solved once, for the base, in which nothing is more. Its
prices say what an appointment of each person, an hour of a room and a visit of each coach are worth. Of an instance
with something more, each row is paid what its part in the base was paid; what is new in it is then worth exactly what
the coach-days that use it save at these prices (the reduced cost of a column; Dantzig and Wolfe 1960). At any prices
the sum is a bound, so no candidate saves more in the relaxation than is said here.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from roster.explain.questions.limit_prices import Labelled
from roster.instance import Instance
from roster.model import FREE, Cost, Ints
from roster.rule import Preference, Rule
from roster.search.bounding import MOST_ROWS, WORTH_SIFTING, in_bound
from roster.search.coach_days import CoachDays, Column, Mask
from roster.search.lagrange import SCALE, Evaluation, Lagrangian
from roster.search.problem import Problem, nothing_thrown_away
from roster.search.relax import Relaxation
from roster.search.sift import Sift

CoachDate = tuple[str, date]
MISSING = 250.0
"""What one unit short of what a row wants costs in the linear program of the base, in minutes.

Where promises can only just be kept many prices are right, and the highest are of no use: a promise would be worth any
sum. With a low price of falling short the prices stay near what else the people could have had.
"""


@dataclass(frozen=True)
class Model:
    """An instance as coach-days, with the facts of its rows. Raises TooManyPathsError when it is made."""

    lagrangian: Lagrangian
    fact_of_row: dict[int, str]

    @classmethod
    def of(cls, instance: Instance, rules: Sequence[Rule], preferences: Sequence[Preference]) -> "Model":
        """The model of the rules that the bound takes into account."""
        with nothing_thrown_away():
            decisions = Labelled(instance, in_bound(rules))
            costs = [preference.post(decisions) for preference in preferences]
            cost = Cost([term for c in costs for term in c.terms], sum(c.constant for c in costs))
            problem = Problem(decisions, decisions.model.matrix(cost))
        return cls(Lagrangian(CoachDays(problem)), decisions.fact_of_row)

    @property
    def problem(self) -> Problem:
        """The model itself."""
        return self.lagrangian.days.problem

    def names(self) -> Iterator[str]:
        """What each variable is about, in order."""
        model = self.problem.decisions.model
        return map(model.name, range(len(model.upper)))  # type: ignore[arg-type]  # a Var is a number

    def keys(self, known: Ints) -> Iterator[bytes]:
        """What tells each row between coach-days from others: its weights, by ``known`` (-1: not), and its sides."""
        matrix = self.problem.matrix
        for row in self.lagrangian.rows.tolist():
            entries = slice(matrix.starts[row], matrix.starts[row + 1])
            columns, weights = known[matrix.columns[entries]], matrix.weights[entries]
            columns, weights = columns[columns >= 0], weights[columns >= 0]
            order = np.argsort(columns, kind="stable")
            sides = bytes([int(matrix.at_least[row] > -FREE), int(matrix.at_most[row] < FREE)])
            yield columns[order].tobytes() + weights[order].tobytes() + sides if len(columns) else b""


@dataclass(frozen=True)
class Base:
    """The base with the best prices found for it, shape (rows between coach-days,), and the coach-days found.

    ``finished``: no prices are better.
    """

    model: Model
    prices: Ints
    columns: Sequence[Column]
    finished: bool

    @classmethod
    def of(
        cls,
        instance: Instance,
        rules: Sequence[Rule],
        preferences: Sequence[Preference],
        seconds_left: Callable[[], float],
    ) -> "Base":
        """Solve the relaxation of the base, as well as time allows. Raises TooManyPathsError."""
        model = Model.of(instance, rules, preferences)
        lagrangian = model.lagrangian
        prices = lagrangian.nobody_worth_seeing()
        if len(model.problem.matrix.lower) > WORTH_SIFTING:
            for sifted in Sift(lagrangian).rounds(seconds_left):
                prices = sifted.best.prices
        columns: Sequence[Column] = ()
        finished = False
        if len(lagrangian.rows) <= MOST_ROWS:
            relaxation = Relaxation(lagrangian, prices, missing=MISSING).run(seconds_left)
            prices, columns, finished = relaxation.prices, relaxation.columns, relaxation.finished
        return cls(model, prices, columns, finished)

    @cached_property
    def at_prices(self) -> Evaluation:
        """The base at its prices."""
        return self.model.lagrangian.at(self.prices)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.model.names())}

    @cached_property
    def _price_of(self) -> dict[bytes, list[int]]:
        """The prices of the rows, by what tells them from others."""
        found: dict[bytes, list[int]] = defaultdict(list)
        keys = self.model.keys(np.arange(len(self._number), dtype=np.int64))
        for key, price in zip(keys, self.prices.tolist(), strict=True):
            found[key].append(price)
        return found

    def priced(self, model: Model) -> "Priced":
        """An instance with something more at the base's prices."""
        known = self._known(model)
        return Priced(model, model.lagrangian.at(self._carried(model, known)), known < 0)

    def _known(self, model: Model) -> Ints:
        """For each variable of a model the same variable of the base, -1 where it has none, shape (n,)."""
        return np.fromiter((self._number.get(name, -1) for name in model.names()), dtype=np.int64)

    def _carried(self, model: Model, known: Ints) -> Ints:
        """The base's prices for a model's rows; rows with no part in the base cost nothing."""
        left = {key: deque(prices) for key, prices in self._price_of.items()}
        prices = [left[key].popleft() if left.get(key) else 0 for key in model.keys(known)]
        return np.array(prices, dtype=np.int64)

    def saves(self, model: Model, seconds_left: Callable[[], float]) -> float:
        """By how much a model's own relaxation is cheaper than the base's, in minutes.

        It begins with the base's prices and coach-days; where time runs out the answer is too high, not too low.
        """
        known = self._known(model)
        relaxation = Relaxation(model.lagrangian, self._carried(model, known))
        place = np.full(len(self._number), -1, dtype=np.int64)
        place[known[known >= 0]] = np.flatnonzero(known >= 0)
        number = {(day.coach_id, day.day): n for n, day in enumerate(model.lagrangian.days.days)}
        days = self.model.lagrangian.days.days
        for column in self.columns:
            columns, day = place[column.columns], days[column.coach_day]
            if (columns >= 0).all():
                relaxation.add(replace(column, coach_day=number[day.coach_id, day.day], columns=columns))
        best = relaxation.run(seconds_left).best
        return (_in_all(self.at_prices) - _in_all(best)) / SCALE

    def worth_of_fact(self, fact: str) -> float:
        """What the rows of a limit pay for one unit more, in minutes."""
        number = {row: n for n, row in enumerate(self.model.lagrangian.rows.tolist())}
        rows = [number[row] for row, of in self.model.fact_of_row.items() if of == fact and row in number]
        return float(-self.prices[rows].sum()) / SCALE


@dataclass(frozen=True)
class Priced:
    """An instance at the base's prices. ``new``: the variables that the base has not, shape (n,)."""

    model: Model
    evaluation: Evaluation
    new: Mask

    def saves(self, base: Base) -> float:
        """By how much the whole is cheaper than the base, in minutes."""
        return (_in_all(base.at_prices) - _in_all(self.evaluation)) / SCALE

    def by_day(self) -> dict[CoachDate, int]:
        """What each coach-day costs at its cheapest, 0 where it is best not to work, in 1 / SCALE minutes."""
        days = self.evaluation.coach_days
        return {(d.coach_id, d.day): min(0, int(t.min())) for d, t in zip(days.days.days, days.ways, strict=True)}

    def by_session(self) -> dict[str, float]:
        """For each new session what it saves at most: the best coach-day with it and no other, less that without it.

        In minutes; sessions that save nothing are left out.
        """
        found: dict[str, float] = {}
        priced = self.evaluation.coach_days
        columns = np.array([option.column for option in priced.days.options], dtype=np.int64)
        session_of = {int(v): s for (_, s), v in self.model.problem.decisions.visits.items()}
        for day, totals in zip(priced.days.days, priced.ways, strict=True):
            is_new = self.new[columns[day.path_options]]
            numbers = np.add.reduceat(is_new.astype(np.int64), day.option_cuts)
            without = min(0, int(totals[numbers == 0].min(initial=0)))
            which = np.maximum.reduceat(np.where(is_new, columns[day.path_options], -1), day.option_cuts)
            for path in np.flatnonzero((numbers == 1) & (totals < without)).tolist():
                session_id = session_of[int(which[path])]
                found[session_id] = max(found.get(session_id, 0.0), (without - int(totals[path])) / SCALE)
        return found


def _in_all(evaluation: Evaluation) -> int:
    return evaluation.exact + evaluation.constant * SCALE
