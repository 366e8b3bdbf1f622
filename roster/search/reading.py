"""Reads off a problem's rows which of them coach-days keep by themselves, and what they say about one session."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from roster.decisions import Decisions
from roster.model import FREE, Ints, Matrix
from roster.search.problem import Problem

Mask = NDArray[np.bool_]


class Reading:
    """What each variable and each row of a problem is about.

    Of shape (n,), by variable: ``coach_day`` and ``session``, numbers or -1; ``is_seen``, ``is_booking``; ``inside``,
    whether it belongs to coach-days. Of shape (m,), by row: ``own_rows``, about one coach-day's visits and legs;
    ``session_rows``, about one session, or implied; ``has_leg``.
    ``knapsacks``: the row, by session's number, in which all its people share what its visits offer.
    ``wants``: for each appointment that can be only with one of some bookings, those bookings, row by row.
    ``visited``: by session, the variables that some of certain coaches hold it. ``by_coach``: by session and coach, for
    an appointment's variable that with this coach.
    """

    def __init__(self, problem: Problem) -> None:
        self.matrix: Matrix = problem.matrix
        self.decisions: Decisions = problem.decisions
        size = len(self.matrix.lower)
        self.coach_day = np.full(size, -1, dtype=np.int64)
        self.session = np.full(size, -1, dtype=np.int64)
        self.is_seen = np.zeros(size, dtype=np.bool_)
        self.is_booking = np.zeros(size, dtype=np.bool_)
        self._place_variables()
        self.inside = problem.inside
        self._sort_rows()
        self.wants = self._find_wants()
        self._list_visits()

    def _place_variables(self) -> None:
        decisions = self.decisions
        self.number = {s.session_id: n for n, s in enumerate(decisions.instance.sessions)}
        days: dict[tuple[str, date], int] = {}
        for (coach_id, session_id), var in decisions.visits.items():
            day = decisions.instance.session[session_id].date
            self.coach_day[var] = days.setdefault((coach_id, day), len(days))
        for (coach_id, day, _, _), var in decisions.legs.items():
            self.coach_day[var] = days[coach_id, day]
        seen, seen_by = decisions.seen, decisions.seen_by_variables()
        visited = decisions.visited_variables()
        self._put(decisions.visits.values(), (s for _, s in decisions.visits))
        self.is_seen[self._put(seen.values(), (s for _, s in seen))] = True
        self.is_booking[self._put(decisions.bookings.values(), (s for _, s in decisions.bookings))] = True
        self._put((var for _, _, var in visited), (s for s, _, _ in visited))
        self._put(seen_by.values(), (s for _, s, _ in seen_by))

    def _put(self, variables: Iterable[int], session_ids: Iterable[str]) -> Ints:
        """The variables are about these sessions."""
        columns = np.fromiter(variables, dtype=np.int64)
        self.session[columns] = np.fromiter((self.number[s] for s in session_ids), dtype=np.int64)
        return columns

    def _list_visits(self) -> None:
        self.visited: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
        for session_id, coaches, var in self.decisions.visited_variables():
            self.visited[session_id].append((coaches, var))
        self.by_coach: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for (referral_id, session_id, coach_id), by_coach in self.decisions.seen_by_variables().items():
            seen = self.decisions.seen[referral_id, session_id]
            if by_coach != seen:
                self.by_coach[session_id, coach_id][seen] = by_coach

    def _sort_rows(self) -> None:
        matrix = self.matrix
        day, session = self._one_of(self.coach_day), self._one_of(self.session)
        self.own_rows: Mask = (day >= 0) & (matrix.at_least <= 0) & (matrix.at_most >= 0)
        zero_sided = np.isin(matrix.at_least, (0, -FREE)) & np.isin(matrix.at_most, (0, FREE))
        about_one = (session >= 0) & zero_sided
        people = self._count(self.is_seen)
        self.has_leg: Mask = self._count(self.session < 0) > 0
        self.session_rows: Mask = about_one & (people <= 1)
        shared = about_one & (matrix.at_most == 0) & (people > 0)
        in_session = np.bincount(self.session[self.is_seen], minlength=len(self.number) + 1)  # the last: of none
        self.knapsacks = self._find_knapsacks(np.flatnonzero(shared & (people == in_session[session])), session)
        self.session_rows[list(self.knapsacks.values())] = True
        self.session_rows[list(self.decisions.model.implied)] = True

    def _one_of(self, what: Ints) -> Ints:
        """For each row what all its variables are about, or -1, shape (m,)."""
        found = np.full(len(self.matrix.at_least), -1, dtype=np.int64)
        filled = np.flatnonzero(np.diff(self.matrix.starts))
        if len(filled):
            about = what[self.matrix.columns]
            low = np.minimum.reduceat(about, self.matrix.starts[filled])
            high = np.maximum.reduceat(about, self.matrix.starts[filled])
            found[filled] = np.where(low == high, low, -1)
        return found

    def _count(self, which: Mask) -> Ints:
        """How many variables of the kind each row has, shape (m,)."""
        rows = self.matrix.row_of_entry[which[self.matrix.columns]]
        return np.bincount(rows, minlength=len(self.matrix.at_least))

    def _find_knapsacks(self, rows: Ints, session_of: Ints) -> dict[int, int]:
        found: dict[int, tuple[int, int]] = {}
        for row in rows.tolist():
            columns, weights = self._entries(row)
            seen = self.is_seen[columns]
            if bool((self.coach_day[columns[~seen]] >= 0).all()) and np.array_equal(weights > 0, seen):
                session = int(session_of[row])
                found[session] = max(found.get(session, (0, -1)), (int(weights[seen].sum()), row))
        return {session: row for session, (_, row) in found.items()}

    def _entries(self, row: int) -> tuple[Ints, Ints]:
        begin, end = self.matrix.starts[row], self.matrix.starts[row + 1]
        return self.matrix.columns[begin:end], self.matrix.weights[begin:end]

    def knapsack_of(self, session_id: str) -> dict[int, int]:
        """The weights, by column, of the row in which the session's people share what its visits offer, if any."""
        row = self.knapsacks.get(self.number[session_id])
        if row is None:
            return {}
        columns, weights = self._entries(row)
        return dict(zip(columns.tolist(), weights.tolist(), strict=True))

    def _find_wants(self) -> dict[int, list[frozenset[int]]]:
        sees, books = self._count(self.is_seen), self._count(self.is_booking)
        size = np.diff(self.matrix.starts)
        found: dict[int, list[frozenset[int]]] = defaultdict(list)
        asks = self.session_rows & (sees == 1) & (sees + books == size) & (self.matrix.at_most == 0)
        for row in np.flatnonzero(asks).tolist():
            members = self._entries(row)[0].tolist()
            seen = next(c for c in members if self.is_seen[c])
            found[seen].append(frozenset(members) - {seen})
        return found
