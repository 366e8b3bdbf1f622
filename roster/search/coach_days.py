"""The model seen as coach-days: one coach, one day, the visits in order, and whom each visit sees.

Every roster is a choice of at most one coach-day for each coach and day (Dantzig and Wolfe 1960). A coach-day is a
vector over the model's own variables, so the model stays the one truth: a row is left to the coach-days where every
coach-day keeps it by itself and sums of coach-days then do too, and stays a row between them otherwise.

Left to the coach-days are rows of one coach-day's visits and legs that nothing keeps (the path, its limits), and
rows with right side 0 about one session (an appointment needs a visit that may hold it, an interpreter, room in the
visit). The cheapest coach-day under given prices of the rows between is found exactly: for each visit a knapsack
over the lengths of appointments, for each day the cheapest of its paths.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from roster.decisions import Decisions
from roster.model import FREE, Floats, Ints, Matrix
from roster.search.problem import Problem
from roster.search.visits import SessionVisits, VisitOption, cheapest_visit

Mask = NDArray[np.bool_]
MOST_PATHS = 20_000
"""More paths than these on one coach-day are not enumerated: then there is no such view of the instance."""


class TooManyPathsError(Exception):
    """A coach could spend a day in more ways than can be listed."""


@dataclass(frozen=True)
class CoachDay:
    """``paths``: for each way to spend the day, its visits (indices of options) and its legs (columns)."""

    coach_id: str
    day: date
    paths: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    path_options: Ints
    option_cuts: Ints
    path_legs: Ints
    leg_cuts: Ints

    @classmethod
    def of(cls, coach_id: str, day: date, paths: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> "CoachDay":
        """The paths, and beside them their options and legs one after the other with where each path begins."""
        options, legs = [p[0] for p in paths], [p[1] for p in paths]
        return cls(coach_id, day, tuple(paths), _joined(options), _cuts(options), _joined(legs), _cuts(legs))

    def totals(self, costs: Ints, price: Ints) -> Ints:
        """What each path costs: its visits (``costs`` by option) and its legs (``price`` by column)."""
        visits = np.add.reduceat(costs[self.path_options], self.option_cuts)
        return np.asarray(visits + np.add.reduceat(price[self.path_legs], self.leg_cuts))


@dataclass(frozen=True)
class Column:
    """A coach-day as a vector over the model's variables."""

    coach_day: int
    columns: Ints
    values: Ints


@dataclass
class CoachDays:
    """All coach-days of a problem, and which rows stay between them (``between``, shape (m,))."""

    problem: Problem
    options: list[VisitOption] = field(default_factory=list)
    days: list[CoachDay] = field(default_factory=list)
    between: Mask = field(init=False)
    _option_of: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        reading = _Reading(self.problem)
        self.between = ~(reading.own_rows | reading.session_rows)
        self.inside = reading.inside
        for (coach_id, session_id), visit in self.problem.decisions.visits.items():
            self._option_of[visit] = len(self.options)
            self.options.append(reading.option(coach_id, session_id))
        by_day: dict[tuple[str, date], dict[str | None, list[tuple[str | None, int]]]] = {}
        for (coach_id, day, a, b), leg in self.problem.decisions.legs.items():
            by_day.setdefault((coach_id, day), defaultdict(list))[a].append((b, leg))
        for (coach_id, day), leaving in by_day.items():
            paths = self._paths(coach_id, leaving, reading)
            if paths:
                self.days.append(CoachDay.of(coach_id, day, paths))
        by_session: dict[int, list[int]] = defaultdict(list)
        for number, option in enumerate(self.options):
            by_session[int(reading.session[option.column])].append(number)
        self.visits = [SessionVisits(numbers, [self.options[n] for n in numbers]) for numbers in by_session.values()]

    def _paths(
        self, coach_id: str, leaving: dict[str | None, list[tuple[str | None, int]]], reading: "_Reading"
    ) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Every way from the base through visits and back that keeps the rows of the coach-day."""
        visits = self.problem.decisions.visits
        found: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        stack: list[tuple[str | None, tuple[int, ...], tuple[int, ...]]] = [(None, (), ())]
        while stack:
            at, held, legs = stack.pop()
            for to, leg in leaving[at]:
                if to is None:
                    if reading.day_keeps_its_rows(held, (*legs, leg)):
                        found.append((tuple(self._option_of[v] for v in held), (*legs, leg)))
                else:
                    visit = visits[coach_id, to]
                    if reading.may_go_on((*held, visit)):
                        stack.append((to, (*held, visit), (*legs, leg)))
            if len(found) + len(stack) > MOST_PATHS:
                raise TooManyPathsError(coach_id)
        return found

    # -- pricing ------------------------------------------------------------------------------------------

    def cheapest(self, price: Ints) -> list[tuple[int, Column | None]]:
        """For each coach-day the cost of its cheapest way (0: not working) and that way as a column.

        ``price`` is what each of the model's variables costs, shape (n,).
        """
        costs = self._visit_costs(price)
        found: list[tuple[int, Column | None]] = []
        for number, day in enumerate(self.days):
            totals = day.totals(costs, price)
            best = int(totals.argmin())
            cost = int(totals[best])
            found.append((cost, self._column(number, day.paths[best], price)) if cost < 0 else (0, None))
        return found

    def _visit_costs(self, price: Ints) -> Ints:
        costs = np.zeros(len(self.options), dtype=np.int64)
        for visits in self.visits:
            costs[visits.options] = visits.cheapest(price)
        return costs

    def floors(self, price: Ints) -> Ints:
        """How much dearer than the cheapest its coach-day is at least where a variable is used, shape (n,).

        For visits, legs and appointments; -FREE for the others.
        """
        costs = self._visit_costs(price)
        floors = np.full(len(price), -FREE, dtype=np.int64)
        around = np.full(len(self.options), FREE, dtype=np.int64)
        for day in self.days:
            totals = day.totals(costs, price)
            dearer = totals - min(int(totals.min()), 0)
            rest = np.repeat(dearer, np.diff([*day.option_cuts, len(day.path_options)])) - costs[day.path_options]
            np.minimum.at(around, day.path_options, rest)
            floors[day.path_legs] = FREE
            np.minimum.at(floors, day.path_legs, np.repeat(dearer, np.diff([*day.leg_cuts, len(day.path_legs)])))
        for number, option in enumerate(self.options):
            floors[option.column] = around[number] + costs[number]
        for visits in self.visits:
            visits.floors(price, around[visits.options], floors)
        return floors

    def _column(self, number: int, way: tuple[tuple[int, ...], tuple[int, ...]], price: Ints) -> Column:
        visits = [cheapest_visit(self.options[o], price) for o in way[0]]
        columns = [v[1] for v in visits] + [np.array(way[1], dtype=np.int64)]
        values = [v[2] for v in visits] + [np.ones(len(way[1]), dtype=np.int64)]
        return Column(number, np.concatenate(columns), np.concatenate(values))

    def columns_of(self, values: Ints) -> list[Column]:
        """A roster, shape (n,), as coach-days."""
        found = []
        for number, day in enumerate(self.days):
            for path in day.paths:
                legs = np.array(path[1], dtype=np.int64)
                if values[legs].all():
                    own = [self._own(self.options[o], values) for o in path[0]]
                    columns = np.concatenate([*(c for c in own), legs])
                    found.append(Column(number, columns, values[columns]))
                    break
        return found

    def _own(self, option: VisitOption, values: Ints) -> Ints:
        by = option.by[option.by >= 0]
        booked = np.array(option.bookings, dtype=np.int64)
        own: Ints = np.concatenate([option.base, option.seen, by, booked, option.spare])
        return own[values[own] > 0]


class _Reading:
    """Reads the coach-days off a problem's decisions and rows."""

    def __init__(self, problem: Problem) -> None:
        self.matrix: Matrix = problem.matrix
        self.decisions: Decisions = problem.decisions
        size = len(self.matrix.lower)
        self.coach_day = np.full(size, -1, dtype=np.int64)
        self.session = np.full(size, -1, dtype=np.int64)
        self.is_seen = np.zeros(size, dtype=np.bool_)
        self.is_booking = np.zeros(size, dtype=np.bool_)
        self._place_variables()
        self.inside = (self.session >= 0) | (self.coach_day >= 0)
        self.entry_rows = self.matrix.row_of_entry
        self._sort_rows()
        self._index()

    def _place_variables(self) -> None:
        decisions, sessions = self.decisions, {s.session_id: n for n, s in enumerate(self.decisions.instance.sessions)}
        days: dict[tuple[str, date], int] = {}
        for (coach_id, session_id), var in decisions.visits.items():
            day = decisions.instance.session[session_id].date
            self.coach_day[var] = days.setdefault((coach_id, day), len(days))
            self.session[var] = sessions[session_id]
        for (coach_id, day, _, _), var in decisions.legs.items():
            self.coach_day[var] = days[coach_id, day]
        for (_, session_id), var in decisions.seen.items():
            self.session[var], self.is_seen[var] = sessions[session_id], True
        for (_, session_id), var in decisions.bookings.items():
            self.session[var], self.is_booking[var] = sessions[session_id], True
        for session_id, _, var in decisions.visited_variables():
            self.session[var] = sessions[session_id]
        for (_, session_id, _), var in decisions.seen_by_variables().items():
            self.session[var] = sessions[session_id]

    def _sort_rows(self) -> None:
        matrix, rows = self.matrix, self.entry_rows
        count = len(matrix.at_least)

        def one_of(what: Ints) -> Mask:
            low, high = np.full(count, 2**60), np.full(count, -1)
            np.minimum.at(low, rows, what[matrix.columns])
            np.maximum.at(high, rows, what[matrix.columns])
            return np.asarray((low == high) & (low >= 0))

        self.own_rows: Mask = one_of(self.coach_day) & (matrix.at_least <= 0) & (matrix.at_most >= 0)
        zero_sided = np.isin(matrix.at_least, (0, -FREE)) & np.isin(matrix.at_most, (0, FREE))
        about_one = one_of(self.session) & zero_sided
        people: Floats = np.bincount(rows, weights=self.is_seen[matrix.columns], minlength=count).astype(np.float64)
        self.session_rows: Mask = about_one & (people <= 1)
        self._knapsack_members: dict[int, dict[int, int]] = {}
        self.knapsacks = self._find_knapsacks(about_one, people)
        self.session_rows[list(self.knapsacks.values())] = True

    def _find_knapsacks(self, about_one: Mask, people: Floats) -> dict[int, int]:
        """For each session the row, if any, in which all its people share what its visits offer."""
        matrix = self.matrix
        in_session = np.bincount(self.session[self.is_seen], minlength=1)
        found: dict[int, tuple[int, int]] = {}
        for row in np.flatnonzero(about_one & (people > 0) & (matrix.at_most == 0)).tolist():
            begin, end = matrix.starts[row], matrix.starts[row + 1]
            columns, weights = matrix.columns[begin:end], matrix.weights[begin:end]
            session = int(self.session[columns[0]])
            seen = self.is_seen[columns]
            shared = people[row] == in_session[session] and bool((self.coach_day[columns[~seen]] >= 0).all())
            if shared and np.array_equal(weights > 0, seen):
                size = int(weights[seen].sum())
                found[session] = max(found.get(session, (0, -1)), (size, row))
        return {session: row for session, (_, row) in found.items()}

    def _index(self) -> None:
        matrix = self.matrix
        order = np.argsort(matrix.columns, kind="stable")
        self._rows_by_column = self.entry_rows[order]
        self._weights_by_column = matrix.weights[order]
        self._column_starts = np.searchsorted(matrix.columns[order], np.arange(len(matrix.lower) + 1))
        self._visited: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
        for session_id, coaches, var in self.decisions.visited_variables():
            self._visited[session_id].append((coaches, var))
        self._wants = self._find_wants()
        self._candidates: dict[str, tuple[Ints, list[frozenset[str]], Ints]] = {}
        self._by_coach: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for (referral_id, session_id, coach_id), by_coach in self.decisions.seen_by_variables().items():
            seen = self.decisions.seen[referral_id, session_id]
            if by_coach != seen:
                self._by_coach[session_id, coach_id][seen] = by_coach
        self._own: dict[int, list[tuple[int, int]]] = {}
        is_leg = self.session[matrix.columns] < 0
        legs = np.bincount(self.entry_rows, weights=is_leg, minlength=len(matrix.at_least))
        self._only_visits: Mask = self.own_rows & (legs == 0)

    def _rows_of(self, column: int) -> list[tuple[int, int]]:
        """The rows of the coach-day that the visit or leg is in, with its weight."""
        if column not in self._own:
            begin, end = self._column_starts[column], self._column_starts[column + 1]
            rows, weights = self._rows_by_column[begin:end], self._weights_by_column[begin:end]
            own = self.own_rows[rows]
            self._own[column] = list(zip(rows[own].tolist(), weights[own].tolist(), strict=True))
        return self._own[column]

    def may_go_on(self, visits: tuple[int, ...]) -> bool:
        """Whether rows of the coach-day with only visits in them allow these visits."""
        sums: dict[int, int] = defaultdict(int)
        for visit in visits:
            for row, weight in self._rows_of(visit):
                sums[row] += weight
        return all(total <= self.matrix.at_most[row] for row, total in sums.items() if self._only_visits[row])

    def day_keeps_its_rows(self, visits: tuple[int, ...], legs: tuple[int, ...]) -> bool:
        """Whether the visits and legs together keep every row of the coach-day."""
        sums: dict[int, int] = defaultdict(int)
        for column in (*visits, *legs):
            for row, weight in self._rows_of(column):
                sums[row] += weight
        return all(self.matrix.at_least[row] <= s <= self.matrix.at_most[row] for row, s in sums.items())

    def option(self, coach_id: str, session_id: str) -> VisitOption:
        """The coach in the session."""
        decisions, instance = self.decisions, self.decisions.instance
        session, visit = instance.session[session_id], decisions.visits[coach_id, session_id]
        base = [visit, *(v for coaches, v in self._visited[session_id] if coach_id in coaches and v != visit)]
        knapsack = self._knapsack_of(visit)
        bookings = {
            var
            for booking_id, var in decisions.bookings_in(session_id).items()
            if coach_id in decisions.candidates.who_has(instance.booking[booking_id], session)
        }
        seen, groups, group_of = self._candidates_in(session_id)
        able = np.array([coach_id in coaches for coaches in groups], dtype=np.bool_)[group_of]
        wanted = {int(c): [w & bookings for w in self._wants[int(c)]] for c in seen[able] if int(c) in self._wants}
        able &= np.array([all(wanted.get(int(c), [True])) for c in seen], dtype=np.bool_) if wanted else True
        seen = seen[able]
        wants = tuple((n, tuple(map(frozenset, wanted[c]))) for n, c in enumerate(seen.tolist()) if c in wanted)
        own = self._by_coach.get((session_id, coach_id), {})
        wanted_here = {b for _, needed in wants for some in needed for b in some}
        return VisitOption(
            column=visit,
            base=np.array(base, dtype=np.int64),
            room=-knapsack.get(visit, 0) if knapsack else int(self.matrix.upper[seen].sum()) + 1,
            seen=seen,
            by=np.array([own.get(c, -1) for c in seen.tolist()], dtype=np.int64),
            length=np.array([knapsack.get(c, 1) for c in seen.tolist()], dtype=np.int64),
            most=self.matrix.upper[seen],
            wants=wants,
            bookings=tuple(sorted(wanted_here)),
            spare=np.array(sorted(bookings - wanted_here), dtype=np.int64),
        )

    def _candidates_in(self, session_id: str) -> tuple[Ints, list[frozenset[str]], Ints]:
        """The session's appointments, the different sets of coaches who may hold one, and which set is whose."""
        if session_id not in self._candidates:
            decisions, instance = self.decisions, self.decisions.instance
            session, columns, group_of = instance.session[session_id], [], []
            groups: dict[frozenset[str], int] = {}
            for referral_id, column in decisions.seen_in(session_id).items():
                coaches = decisions.candidates.who_may_see(instance.people[referral_id], session)
                columns.append(column)
                group_of.append(groups.setdefault(coaches, len(groups)))
            of = np.array(columns, dtype=np.int64), list(groups), np.array(group_of, dtype=np.int64)
            self._candidates[session_id] = of
        return self._candidates[session_id]

    def _knapsack_of(self, visit: int) -> dict[int, int]:
        row = self.knapsacks.get(int(self.session[visit]))
        if row is None:
            return {}
        if row not in self._knapsack_members:
            self._knapsack_members[row] = self._members(row)
        return self._knapsack_members[row]

    def _members(self, row: int) -> dict[int, int]:
        begin, end = self.matrix.starts[row], self.matrix.starts[row + 1]
        columns, weights = self.matrix.columns[begin:end], self.matrix.weights[begin:end]
        return dict(zip(columns.tolist(), weights.tolist(), strict=True))

    def _find_wants(self) -> dict[int, list[set[int]]]:
        """For each appointment that can be only with one of some bookings: those bookings, row by row."""
        matrix = self.matrix
        sees = np.bincount(self.entry_rows, weights=self.is_seen[matrix.columns], minlength=len(matrix.at_least))
        books = np.bincount(self.entry_rows, weights=self.is_booking[matrix.columns], minlength=len(matrix.at_least))
        size = np.diff(matrix.starts)
        found: dict[int, list[set[int]]] = defaultdict(list)
        asks = self.session_rows & (sees == 1) & (sees + books == size) & (matrix.at_most == 0)
        for row in np.flatnonzero(asks).tolist():
            members = set(self._members(row))
            seen = next(c for c in members if self.is_seen[c])
            found[seen].append(members - {seen})
        return found


def _joined(parts: list[tuple[int, ...]]) -> Ints:
    return np.array([number for part in parts for number in part], dtype=np.int64)


def _cuts(parts: list[tuple[int, ...]]) -> Ints:
    return np.cumsum([0, *(len(part) for part in parts[:-1])])
