"""The ways in which a coach can spend a day: paths from the base through visits and back that keep the day's rows."""

from collections import defaultdict

import numpy as np

from roster.model import ranges
from roster.search.reading import Reading

Way = tuple[tuple[int, ...], tuple[int, ...]]
"""The columns of the visits and those of the legs, in order."""
Leaving = dict[str | None, list[tuple[str | None, int | None, int]]]
"""From each session (None: the base) where one can go: session, its visit's column (None for the base), the leg's."""
MOST_PATHS = 20_000
"""More paths than these on one coach-day are not enumerated: then there is no such view of the instance."""


class TooManyPathsError(Exception):
    """A coach could spend a day in more ways than can be listed."""


class OwnRows:
    """The rows that are left to coach-days, asked about ways to spend a day."""

    def __init__(self, reading: Reading) -> None:
        self._matrix = matrix = reading.matrix
        entries = np.flatnonzero(reading.own_rows[matrix.row_of_entry])
        order = entries[np.argsort(matrix.columns[entries], kind="stable")]
        self._rows, self._weights = matrix.row_of_entry[order], matrix.weights[order]
        self._starts = np.searchsorted(matrix.columns[order], np.arange(len(matrix.lower) + 1))
        self._of_visit: dict[int, list[tuple[int, int]]] = defaultdict(list)
        only_visits = reading.own_rows & ~reading.has_leg
        of_visits = order[only_visits[self._rows]]
        parts = matrix.columns[of_visits], matrix.row_of_entry[of_visits], matrix.weights[of_visits]
        for column, row, weight in zip(*(part.tolist() for part in parts), strict=True):
            self._of_visit[column].append((row, weight))
        self._limits = {row: int(matrix.at_most[row]) for row in np.flatnonzero(only_visits).tolist()}

    def may_go_on(self, visits: tuple[int, ...]) -> bool:
        """Whether the rows with only visits in them allow these visits, whatever comes after."""
        sums: dict[int, int] = defaultdict(int)
        for visit in visits:
            for row, weight in self._of_visit.get(visit, ()):
                sums[row] += weight
        return all(total <= self._limits[row] for row, total in sums.items())

    def kept_by(self, ways: list[Way]) -> list[Way]:
        """Those ways that keep every row."""
        columns = np.array([column for way in ways for part in way for column in part], dtype=np.int64)
        number = np.repeat(np.arange(len(ways)), [len(visits) + len(legs) for visits, legs in ways])
        entries = ranges(self._starts, columns)
        number = np.repeat(number, self._starts[columns + 1] - self._starts[columns])
        rows, place = np.unique(self._rows[entries], return_inverse=True)
        sums = np.bincount(
            number * len(rows) + place, weights=self._weights[entries], minlength=len(ways) * len(rows)
        ).reshape(len(ways), len(rows))
        within = (self._matrix.at_least[rows] <= sums) & (sums <= self._matrix.at_most[rows])
        return [way for way, all_kept in zip(ways, np.all(within, axis=1).tolist(), strict=True) if all_kept]


def paths_of(leaving: Leaving, rows: OwnRows) -> list[Way]:
    """Every way from the base through visits and back that keeps the rows. Raises TooManyPathsError."""
    kept: list[Way] = []
    found: list[Way] = []
    stack: list[tuple[str | None, tuple[int, ...], tuple[int, ...]]] = [(None, (), ())]
    while stack:
        at, held, legs = stack.pop()
        for to, visit, leg in leaving[at]:
            if visit is None:
                found.append((held, (*legs, leg)))
            elif rows.may_go_on((*held, visit)):
                stack.append((to, (*held, visit), (*legs, leg)))
        if len(kept) + len(found) + len(stack) > MOST_PATHS:
            kept, found = kept + rows.kept_by(found), []
            if len(kept) + len(stack) > MOST_PATHS:
                raise TooManyPathsError
    return kept + rows.kept_by(found)
