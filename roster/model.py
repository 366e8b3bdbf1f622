"""The model as rules write it: whole-number variables, linear rows, a linear cost. A leaf: it knows no solver.

A model is written once, by ``Decisions`` and the rules, and handed to CP-SAT (``roster.cpsat``), whole or with
most variables held at the values of a known roster, and to linear programming (``roster.bound``).
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NewType, TypeAlias

import numpy as np
from numpy.typing import NDArray

Var = NewType("Var", int)
Terms: TypeAlias = Iterable[tuple[Var, int]]
Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

FREE = 2**40
"""No limit on this side of a row; far beyond any sum a row can have."""
_ROUNDS = 4
"""How often what follows from bounds is looked for again; each round goes one row further."""


@dataclass(frozen=True)
class Cost:
    """A linear cost in minutes of coach time: ``constant + sum(weight * variable)``."""

    terms: Sequence[tuple[Var, int]] = ()
    constant: int = 0


def _numbers(*numbers: int) -> "array[int]":
    return array("q", numbers)


@dataclass
class Model:
    """Variables with whole-number bounds, and rows ``at_least <= sum(weight * variable) <= at_most``.

    A variable is from 0 to its ``upper``. ``implied``: the numbers of the rows that follow from the others.
    Names are put together only where somebody asks: a district has a million.
    """

    upper: "array[int]" = field(default_factory=_numbers)
    row_starts: "array[int]" = field(default_factory=lambda: _numbers(0))
    columns: "array[int]" = field(default_factory=_numbers)
    weights: "array[int]" = field(default_factory=_numbers)
    at_least: "array[int]" = field(default_factory=_numbers)
    at_most: "array[int]" = field(default_factory=_numbers)
    implied: "array[int]" = field(default_factory=_numbers)
    _whats: list[str] = field(default_factory=list)
    _entities: list[Sequence[object]] = field(default_factory=list)

    def new(self, upper: int, what: str, entities: Sequence[object] = ()) -> Var:
        """A whole number from 0 to ``upper``, named after what it decides about which entities."""
        self._whats.append(what)
        self._entities.append(entities)
        self.upper.append(upper)
        return Var(len(self.upper) - 1)

    def name(self, variable: Var) -> str:
        """What the variable decides, and about which entities, in one line."""
        return " ".join([self._whats[variable], *map(str, self._entities[variable])])

    def add(self, terms: Terms, *, at_least: int = -FREE, at_most: int = FREE) -> int:
        """A row, and its number. A variable may appear once in it."""
        columns, weights = self.columns, self.weights
        for variable, weight in terms:
            columns.append(variable)
            weights.append(weight)
        self._end_row(at_least, at_most)
        return len(self.at_least) - 1

    def add_within(self, variable: Var, most: int, times: Var) -> None:
        """The row of a link, of which a model has most: ``variable <= most * times``."""
        self.columns.append(variable)
        self.columns.append(times)
        self.weights.append(1)
        self.weights.append(-most)
        self._end_row(-FREE, 0)

    def _end_row(self, at_least: int, at_most: int) -> None:
        self.row_starts.append(len(self.columns))
        self.at_least.append(at_least)
        self.at_most.append(at_most)

    def matrix(self, cost: Cost) -> "Matrix":
        """The model with a cost, as arrays."""
        size = len(self.upper)
        costs = np.zeros(size, dtype=np.int64)
        np.add.at(
            costs,
            np.fromiter((variable for variable, _ in cost.terms), dtype=np.int64),
            np.fromiter((weight for _, weight in cost.terms), dtype=np.int64),
        )
        return Matrix(
            lower=np.zeros(size, dtype=np.int64),
            upper=np.array(self.upper, dtype=np.int64),
            starts=np.array(self.row_starts, dtype=np.int64),
            columns=np.array(self.columns, dtype=np.int64),
            weights=np.array(self.weights, dtype=np.int64),
            at_least=np.array(self.at_least, dtype=np.int64),
            at_most=np.array(self.at_most, dtype=np.int64),
            cost=costs,
            constant=cost.constant,
        )


@dataclass(frozen=True)
class Matrix:
    """A model as arrays: n variables, m rows in compressed form.

    ``lower``, ``upper``, ``cost`` have shape (n,); ``at_least``, ``at_most`` shape (m,); row i has the columns
    and weights from ``starts[i]`` to ``starts[i + 1]``. All are whole numbers; costs are minutes of coach time.
    """

    lower: Ints
    upper: Ints
    starts: Ints
    columns: Ints
    weights: Ints
    at_least: Ints
    at_most: Ints
    cost: Ints
    constant: int

    @cached_property
    def row_of_entry(self) -> Ints:
        """The row of each stored entry, shape (number of entries,)."""
        return np.repeat(np.arange(len(self.at_least)), np.diff(self.starts))

    @cached_property
    def _by_column(self) -> tuple[Ints, Ints]:
        """The rows of the entries sorted by column, and where each column begins, shape (n + 1,)."""
        order = self._entries_by_column
        return self.row_of_entry[order], np.searchsorted(self.columns[order], np.arange(len(self.lower) + 1))

    def entries_of(self, column: int) -> tuple[Ints, Ints]:
        """The rows that have an entry in the column, and the entries' weights."""
        entries = self._entries_by_column
        begin, end = self._by_column[1][column : column + 2]
        return self._by_column[0][begin:end], self.weights[entries[begin:end]]

    @cached_property
    def _entries_by_column(self) -> Ints:
        return np.argsort(self.columns, kind="stable")

    def rows_with(self, columns: Ints) -> Ints:
        """The rows that have an entry in one of these columns, in order."""
        rows, starts = self._by_column
        return np.unique(rows[ranges(starts, columns)])

    def columns_with(self, rows: Ints) -> Ints:
        """The columns that have an entry in one of these rows, in order."""
        return np.unique(self.columns[ranges(self.starts, rows)])

    def only_rows(self, rows: Ints) -> "Matrix":
        """The same variables and cost with only these rows."""
        entries = ranges(self.starts, rows)
        return replace(
            self,
            starts=np.concatenate([[0], np.cumsum(np.diff(self.starts)[rows])]),
            columns=self.columns[entries],
            weights=self.weights[entries],
            at_least=self.at_least[rows],
            at_most=self.at_most[rows],
        )

    def objective(self, values: Ints) -> int:
        """The cost of ``values``, shape (n,)."""
        return int(self.cost @ values) + self.constant

    def activity(self, values: Ints) -> Ints:
        """What each row sums to under ``values``, shape (m,)."""
        return np.bincount(
            self.row_of_entry, weights=self.weights * values[self.columns], minlength=len(self.at_least)
        ).astype(np.int64)

    def sums(self, lower: Ints, upper: Ints) -> tuple[Ints, Ints]:
        """What each row sums to at least and at most within these bounds, each of shape (m,)."""
        low, high, up = lower[self.columns], upper[self.columns], self.weights > 0
        least = np.bincount(self.row_of_entry, self.weights * np.where(up, low, high), len(self.at_least))
        most = np.bincount(self.row_of_entry, self.weights * np.where(up, high, low), len(self.at_least))
        return least.astype(np.int64), most.astype(np.int64)

    def accepts(self, values: Ints) -> bool:
        """Whether ``values`` keep every bound and every row."""
        activity = self.activity(values)
        return bool(
            np.all((self.lower <= values) & (values <= self.upper))
            and np.all((self.at_least <= activity) & (activity <= self.at_most))
        )

    def with_row(self, terms: Terms, *, at_most: int) -> "Matrix":
        """The same model with one more row: the sum of weight times variable is at most so much."""
        pairs = list(terms)
        return replace(
            self,
            starts=np.append(self.starts, len(self.columns) + len(pairs)),
            columns=np.append(self.columns, np.array([v for v, _ in pairs], dtype=np.int64)),
            weights=np.append(self.weights, np.array([w for _, w in pairs], dtype=np.int64)),
            at_least=np.append(self.at_least, -FREE),
            at_most=np.append(self.at_most, at_most),
        )

    def with_cost(self, terms: Terms) -> "Matrix":
        """The same rows with another cost."""
        cost = np.zeros_like(self.cost)
        for variable, weight in terms:
            cost[variable] += weight
        return replace(self, cost=cost, constant=0)

    def with_bounds(self, lower: Ints, upper: Ints) -> "Matrix":
        """The same rows and cost with other bounds; rows that can no longer bind are left out.

        A variable whose bounds meet is taken out of its rows and put into their sides.
        """
        fixed = lower == upper
        rows = self.row_of_entry
        held = np.where(fixed[self.columns], self.weights * lower[self.columns], 0)
        shift = np.bincount(rows, weights=held, minlength=len(self.at_least)).astype(np.int64)
        least, most = self.sums(lower, upper)
        keep_row = (least < self.at_least) | (most > self.at_most)
        keep = keep_row[rows] & ~fixed[self.columns]
        lengths = np.bincount(rows[keep], minlength=len(self.at_least))[keep_row]
        return Matrix(
            lower=lower,
            upper=upper,
            starts=np.concatenate([[0], np.cumsum(lengths)]),
            columns=self.columns[keep],
            weights=self.weights[keep],
            at_least=np.maximum((self.at_least - shift)[keep_row], -FREE),
            at_most=np.minimum((self.at_most - shift)[keep_row], FREE),
            cost=self.cost,
            constant=self.constant,
        )

    def tightened(self, lower: Ints, upper: Ints) -> "Matrix":
        """The model within bounds, with upper bounds that rows imply."""
        part = self.with_bounds(lower, upper)
        rows, up = part.row_of_entry, part.weights > 0
        least, most = part.sums(lower, upper)
        room = np.where(up, part.at_most[rows] - least[rows], most[rows] - part.at_least[rows])
        implied = lower[part.columns] + room // np.maximum(np.abs(part.weights), 1)
        tighter = upper.copy()
        np.minimum.at(tighter, part.columns, np.maximum(implied, lower[part.columns]))
        return part.with_bounds(lower, tighter) if np.any(tighter < upper) else part

    def holding(self, columns: Ints, values: Ints) -> "Matrix":
        """The model in which these columns have these values, tightened until nothing more follows."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[columns] = upper[columns] = values
        part = self
        for _ in range(_ROUNDS):
            part, before = part.tightened(lower, upper), upper
            upper = part.upper
            if not np.any(upper < before):
                break
        return part


def ranges(starts: Ints, which: Ints) -> Ints:
    """The positions from ``starts[i]`` to ``starts[i + 1]`` for each i of ``which``, one after the other."""
    lengths = starts[which + 1] - starts[which]
    offsets = np.repeat(starts[which] - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    return np.asarray(offsets + np.arange(len(offsets)))
