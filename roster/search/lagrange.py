"""What no roster can beat, given prices: the rows between coach-days are paid for instead of kept.

At any prices the bound

    sum of price * side of each row + the cheapest coach-day of every coach and day + what is left

holds for every roster (Lagrange; Geoffrion 1974). It is computed in whole numbers, so it is exact and not a matter
of tolerances. Where good prices come from is another matter (``roster.search.sift``, ``roster.search.relax``).
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from roster.model import FREE, Floats, Ints
from roster.search.coach_days import CoachDays, Priced

SCALE = 2**14
"""Prices are whole multiples of 1 / SCALE minutes."""


@dataclass(frozen=True)
class Evaluation:
    """What comes of some prices. ``bound``: what every roster costs at least, in whole minutes."""

    bound: int
    prices: Ints
    exact: int
    constant: int
    coach_days: Priced

    def floors(self) -> Ints:
        """For each variable what a roster costs at least that uses it, in minutes, shape (n,); -FREE: not known."""
        floors = self.coach_days.floors()
        known = floors > -FREE
        floors[known] = -(-(floors[known] + self.exact) // SCALE) + self.constant
        return floors


@dataclass
class Lagrangian:
    """The bound of one problem as a function of prices. Prices have shape (rows between coach-days,).

    They are whole multiples of 1 / SCALE minutes; ``rows`` says which rows of the model they are for.
    """

    days: CoachDays
    rows: Ints = field(init=False)

    def __post_init__(self) -> None:
        matrix = self.days.problem.matrix
        self.rows = np.flatnonzero(self.days.between)
        keep = self.days.between[matrix.row_of_entry]
        self.entry_rows = matrix.row_of_entry[keep]
        self.entry_columns = matrix.columns[keep]
        self.entry_weights = matrix.weights[keep]
        self.outside = np.flatnonzero(~self.days.inside)
        self._least = matrix.at_least[self.rows]
        self._most = matrix.at_most[self.rows]

    def at(self, prices: Ints) -> Evaluation:
        """The bound at these prices, rounded up to whole minutes, and what it comes from."""
        reduced, constant = self.reduced(prices), self.days.problem.matrix.constant
        coach_days = self.days.at(reduced)
        exact = self._without_coach_days(prices, reduced) + coach_days.least()
        return Evaluation(-(-exact // SCALE) + constant, prices, exact, constant, coach_days)

    def reduced(self, prices: Ints) -> Ints:
        """The cost of every variable less what the rows pay for it, in 1 / SCALE minutes, shape (n,)."""
        matrix = self.days.problem.matrix
        by_row = np.zeros(len(matrix.at_least), dtype=np.int64)
        by_row[self.rows] = prices
        paid = np.zeros(len(matrix.lower), dtype=np.int64)
        np.add.at(paid, self.entry_columns, by_row[self.entry_rows] * self.entry_weights)
        return np.asarray(matrix.cost * SCALE - paid)

    def whole(self, duals: Floats) -> Ints:
        """Prices in minutes, one for each of ``rows``, as whole multiples of 1 / SCALE minutes.

        None that wants a side a row does not have.
        """
        whole = np.round(duals * SCALE).astype(np.int64)
        whole[(whole > 0) & (self._least <= -FREE)] = 0
        whole[(whole < 0) & (self._most >= FREE)] = 0
        return np.asarray(whole)

    def mended(self, prices: Ints) -> Ints:
        """Prices at which what coach-days limit is not worth more than the row that limits it takes.

        A variable outside coach-days that is at most what they offer, by one row, would otherwise count as used in
        full where nobody works. Any prices are right; these are better where those given were rough.
        """
        reduced, better = self.reduced(prices), prices.copy()
        rows, columns, weights = self._limits
        np.subtract.at(better, rows, -(np.minimum(reduced[columns], 0) // weights))
        return better

    @cached_property
    def _limits(self) -> tuple[Ints, Ints, Ints]:
        """The rows, by number, that limit one variable outside coach-days by what these offer; it; and its weight."""
        number = np.zeros(len(self.days.problem.matrix.at_least), dtype=np.int64)
        number[self.rows] = np.arange(len(self.rows))
        outside = ~self.days.inside[self.entry_columns]
        row = number[self.entry_rows]
        alone = np.bincount(row[outside], minlength=len(self.rows)) == 1
        entries = outside & (self.entry_weights > 0) & (alone & (self._most == 0) & (self._least <= -FREE))[row]
        return row[entries], self.entry_columns[entries], self.entry_weights[entries]

    def nobody_worth_seeing(self) -> Ints:
        """For each row that only limits people, the price at which none of its people is worth an appointment."""
        matrix = self.days.problem.matrix
        is_seen = np.zeros(len(matrix.lower), dtype=np.bool_)
        is_seen[list(self.days.problem.decisions.seen.values())] = True
        only_people = np.ones(len(matrix.at_least), dtype=np.bool_)
        only_people[self.entry_rows[~is_seen[self.entry_columns]]] = False
        only_people &= (matrix.at_least <= -FREE) & (matrix.at_most < FREE)
        price = np.zeros(len(matrix.at_least))
        np.minimum.at(price, self.entry_rows, matrix.cost[self.entry_columns] / np.maximum(self.entry_weights, 1))
        return self.whole(np.where(only_people, price, 0.0)[self.rows])

    def _without_coach_days(self, prices: Ints, reduced: Ints) -> int:
        """What the rows pay at least and the variables outside coach-days cost at least, in 1 / SCALE minutes."""
        matrix = self.days.problem.matrix
        sides = np.where(prices > 0, self._least, self._most)
        rest = reduced[self.outside]
        least = np.minimum(rest * matrix.lower[self.outside], rest * matrix.upper[self.outside])
        return int((prices * np.where(prices == 0, 0, sides)).sum()) + int(least.sum())
