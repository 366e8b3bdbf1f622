"""The model of everything that could be added, with what is alike put together: much smaller, and asking for less.

Sessions of one site in one week are one, by whether they are offered already; rows of one rule that speak of the same
coach, site, week or person are added up. Whoever keeps every row keeps their sums, so nothing costs less than the least
here, and no more people can be seen than the most here: that is what it is for. Of a sum each column of a kind has the
weight that asks least.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from roster.calendar import iso_week
from roster.decisions import Decisions
from roster.model import FREE, Ints, Matrix
from roster.planning.need.additions import Universe
from roster.planning.need.model import Extended, Question

_ALL = "*"


@dataclass(frozen=True)
class Together:
    """How columns and rows of a model are put together: the number of the group of each, shapes (n,) and (m,)."""

    group_of_column: Ints
    group_of_row: Ints

    def sums(self, matrix: Matrix) -> Matrix:
        """The matrix with its columns and rows put together."""
        groups, rows = int(self.group_of_column.max()) + 1, int(self.group_of_row.max()) + 1
        size = np.bincount(self.group_of_column, minlength=groups)
        entry_row, entry_column, weight = self._summed(matrix)
        key = entry_row * groups + self.group_of_column[entry_column]
        order = np.argsort(key, kind="stable")
        key, weight = key[order], weight[order]
        begins = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.array([], int)
        least, most = np.minimum.reduceat(weight, begins), np.maximum.reduceat(weight, begins)
        number = np.diff(np.append(begins, len(key)))
        row, group = np.divmod(key[begins], groups)
        some = number < size[group]
        least, most = np.where(some, np.minimum(least, 0), least), np.where(some, np.maximum(most, 0), most)
        upper = np.bincount(self.group_of_column, weights=matrix.upper, minlength=groups).astype(np.int64)
        lower = np.bincount(self.group_of_column, weights=matrix.lower, minlength=groups).astype(np.int64)
        cost = np.full(groups, FREE, dtype=np.int64)
        np.minimum.at(cost, self.group_of_column, matrix.cost)
        below, above = self._sides(matrix, rows)
        return _stacked((row, group, least, most), below, above, (lower, upper, cost, matrix.constant))

    def _summed(self, matrix: Matrix) -> tuple[Ints, Ints, Ints]:
        """The entries of the rows' sums: row, column, weight; one for each row and column."""
        key = self.group_of_row[matrix.row_of_entry] * len(matrix.lower) + matrix.columns
        unique, where = np.unique(key, return_inverse=True)
        weight = np.bincount(where, weights=matrix.weights).astype(np.int64)
        row, column = np.divmod(unique, len(matrix.lower))
        return row, column, weight

    def _sides(self, matrix: Matrix, rows: int) -> tuple[Ints, Ints]:
        """What the rows' sums are at least and at most; FREE where one of them is."""
        below, above = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
        np.add.at(below, self.group_of_row, np.maximum(matrix.at_least, -FREE))
        np.add.at(above, self.group_of_row, np.minimum(matrix.at_most, FREE))
        free_below, free_above = np.zeros(rows, dtype=bool), np.zeros(rows, dtype=bool)
        np.logical_or.at(free_below, self.group_of_row, matrix.at_least <= -FREE)
        np.logical_or.at(free_above, self.group_of_row, matrix.at_most >= FREE)
        return np.where(free_below, -FREE, below), np.where(free_above, FREE, above)


def _stacked(
    entries: tuple[Ints, Ints, Ints, Ints], below: Ints, above: Ints, about: tuple[Ints, Ints, Ints, int]
) -> Matrix:
    """The rows with an upper side, with the least weights, and then those with a lower side, with the most."""
    row, group, least, most = entries
    lower, upper, cost, constant = about
    parts, at_least, at_most, count = [], [], [], 0
    for weight, limited, is_above in ((least, above < FREE, True), (most, below > -FREE, False)):
        number = np.cumsum(limited) - 1 + count
        keep = limited[row] & (weight != 0)
        parts.append((number[row[keep]], group[keep], weight[keep]))
        free = np.full(int(limited.sum()), -FREE if is_above else FREE)
        at_most.append(above[limited] if is_above else free)
        at_least.append(free if is_above else below[limited])
        count += int(limited.sum())
    rows, columns, weights = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    order = np.argsort(rows, kind="stable")
    return Matrix(
        lower=lower,
        upper=upper,
        starts=np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))]),
        columns=columns[order],
        weights=weights[order],
        at_least=np.concatenate(at_least),
        at_most=np.concatenate(at_most),
        cost=cost,
        constant=constant,
    )


class Sums:
    """The whole universe with what is alike put together: what any plan costs at least and reaches at most."""

    def __init__(self, universe: Universe, question: Question) -> None:
        self._extended = Extended(universe, question, apart=True)
        self._together = together(self._extended)

    def asking(self, people: int) -> Matrix:
        """For at least so many people seen in time."""
        return self._together.sums(self._extended.asking(people))

    def most_seen(self, *, with_additions: bool) -> Matrix:
        """For as many people as can be."""
        return self._together.sums(self._extended.most_seen(with_additions=with_additions))

    def price_at_least(self, bound: int) -> int:
        """Pence that every plan costs at least whose cost is at least ``bound``."""
        return self._extended.price_at_least(bound)

    def alike(self, values: Ints) -> set[str]:
        """The additions, by id, that are alike to what the values use."""
        used = values[self._together.group_of_column] > 0
        additions = self._extended.universe.additions.values()
        return {a.id for a in additions if any(used[v] for v in self._extended.used_by(a))}


def together(extended: Extended) -> Together:
    """What is alike in the model."""
    decisions, rule_of_row = extended.decisions, extended.rule_of_row
    about = _about(decisions, extended.universe)
    numbers: dict[Hashable, int] = {}
    columns = np.array([numbers.setdefault(about[v], len(numbers)) for v in range(len(decisions.model.upper))])
    families: dict[Hashable, int] = {}
    starts, entries = decisions.model.row_starts, decisions.model.columns
    rows = [
        families.setdefault((int(rule), *_common([about[v] for v in entries[begin:end]])), len(families))
        for rule, begin, end in zip(rule_of_row, starts, starts[1:], strict=False)
    ]
    return Together(columns, np.array(rows))


_What = tuple[str, str, str, object, str, bool]
"""What a column is about: its kind, coach, site, week, person or skill, and whether it is of something added."""


def _about(decisions: Decisions, universe: Universe) -> list[_What]:
    """What each column is about; the columns of one value are one."""
    instance, added = decisions.instance, universe.additions
    where = {
        s.session_id: (instance.site_of(s.session_id), iso_week(s.date), s.session_id in added)
        for s in instance.sessions
    }
    about: list[_What] = [(f"own {v}", "", "", "", "", False) for v in range(len(decisions.model.upper))]
    for (coach_id, session_id), v in decisions.visits.items():
        site_id, week, new = where[session_id]
        about[v] = ("visit", coach_id, site_id, week, "", new)
    for session_id, coaches, v in decisions.visited_variables():
        if len(coaches) > 1:
            site_id, week, new = where[session_id]
            about[v] = ("visited", " ".join(sorted(coaches)), site_id, week, "", new)
    for (referral_id, session_id), v in decisions.seen.items():
        site_id, week, _ = where[session_id]
        about[v] = ("seen", "", site_id, week, referral_id, False)
    for (booking_id, session_id), v in decisions.bookings.items():
        site_id, week, _ = where[session_id]
        about[v] = ("booked", "", site_id, week, instance.booking[booking_id].skill, booking_id in added)
    return about


def _common(columns: list[_What]) -> tuple[Hashable, ...]:
    """What kinds of columns a row has, and what all of a kind have in common."""
    kinds = frozenset(column[0] for column in columns)
    parts: list[Hashable] = [kinds, len(columns) == 1]
    for place in range(1, 5):
        values = {column[place] for column in columns if column[place] != ""}
        parts.append(next(iter(values)) if len(values) == 1 else _ALL)
    return tuple(parts)
