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
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from roster.model import FREE, Ints
from roster.search.paths import Leaving, OwnRows, paths_of
from roster.search.paths import TooManyPathsError as TooManyPathsError  # so that whoever asks for coach-days has it
from roster.search.problem import Problem, nothing_thrown_away
from roster.search.reading import Reading
from roster.search.session_options import SessionOptions
from roster.search.visits import SessionVisits, VisitOption, cheapest_visit

Mask = NDArray[np.bool_]


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


@dataclass(frozen=True)
class Priced:
    """Coach-days under prices of the variables, shape (n,): what each visit and each way to spend a day costs."""

    days: "CoachDays"
    price: Ints
    visits: Ints
    ways: list[Ints]

    def least(self) -> int:
        """What all coach-days cost together, each at its cheapest (0: not working)."""
        return sum(min(0, int(totals.min())) for totals in self.ways)

    def cheapest(self) -> list[tuple[int, Column | None]]:
        """For each coach-day the cost of its cheapest way and that way as a column; (0, None): not working."""
        found: list[tuple[int, Column | None]] = []
        for number, (day, totals) in enumerate(zip(self.days.days, self.ways, strict=True)):
            best = int(totals.argmin())
            cost = int(totals[best])
            column = self.days.column(number, day.paths[best], self.price) if cost < 0 else None
            found.append((min(cost, 0), column))
        return found

    def floors(self) -> Ints:
        """How much dearer than the cheapest its coach-day is at least where a variable is used, shape (n,).

        For visits, legs and appointments; -FREE for the others.
        """
        costs, options = self.visits, self.days.options
        floors = np.full(len(self.price), -FREE, dtype=np.int64)
        around = np.full(len(options), FREE, dtype=np.int64)
        for day, totals in zip(self.days.days, self.ways, strict=True):
            dearer = totals - min(int(totals.min()), 0)
            rest = np.repeat(dearer, np.diff([*day.option_cuts, len(day.path_options)])) - costs[day.path_options]
            np.minimum.at(around, day.path_options, rest)
            floors[day.path_legs] = FREE
            np.minimum.at(floors, day.path_legs, np.repeat(dearer, np.diff([*day.leg_cuts, len(day.path_legs)])))
        for number, option in enumerate(options):
            floors[option.column] = around[number] + costs[number]
        for visits in self.days.visits:
            visits.floors(self.price, around[visits.options], floors)
        return floors


@dataclass
class CoachDays:
    """All coach-days of a problem, and which rows stay between them (``between``, shape (m,))."""

    problem: Problem
    options: list[VisitOption] = field(default_factory=list)
    days: list[CoachDay] = field(default_factory=list)
    between: Mask = field(init=False)
    _option_of: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with nothing_thrown_away():
            reading = Reading(self.problem)
            self.between = ~(reading.own_rows | reading.session_rows)
            self.inside = reading.inside
            by_session = self._make_options(reading)
            self._make_days(reading)
            self.visits = [SessionVisits(numbers, [self.options[n] for n in numbers]) for numbers in by_session]

    def _make_options(self, reading: Reading) -> Iterable[list[int]]:
        """The options, and for each session their numbers."""
        sessions: dict[str, SessionOptions] = {}
        by_session: dict[str, list[int]] = defaultdict(list)
        for (coach_id, session_id), visit in self.problem.decisions.visits.items():
            if session_id not in sessions:
                sessions[session_id] = SessionOptions(reading, session_id)
            self._option_of[visit] = len(self.options)
            by_session[session_id].append(len(self.options))
            self.options.append(sessions[session_id].option(coach_id))
        return by_session.values()

    def _make_days(self, reading: Reading) -> None:
        rows = OwnRows(reading)
        by_day: dict[tuple[str, date], Leaving] = {}
        for (coach_id, day, a, b), leg in self.problem.decisions.legs.items():
            visit = None if b is None else self.problem.decisions.visits[coach_id, b]
            by_day.setdefault((coach_id, day), defaultdict(list))[a].append((b, visit, leg))
        for (coach_id, day), leaving in by_day.items():
            paths = [(tuple(self._option_of[v] for v in held), legs) for held, legs in paths_of(leaving, rows)]
            if paths:
                self.days.append(CoachDay.of(coach_id, day, paths))

    # -- pricing ------------------------------------------------------------------------------------------

    def at(self, price: Ints) -> "Priced":
        """All coach-days where each of the model's variables costs ``price``, shape (n,)."""
        costs = np.zeros(len(self.options), dtype=np.int64)
        for visits in self.visits:
            costs[visits.options] = visits.cheapest(price)
        return Priced(self, price, costs, [day.totals(costs, price) for day in self.days])

    def column(self, number: int, way: tuple[tuple[int, ...], tuple[int, ...]], price: Ints) -> Column:
        """This way to spend the day of that number, with the people whom it pays to see at these prices."""
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


def _joined(parts: list[tuple[int, ...]]) -> Ints:
    return np.array([number for part in parts for number in part], dtype=np.int64)


def _cuts(parts: list[tuple[int, ...]]) -> Ints:
    return np.cumsum([0, *(len(part) for part in parts[:-1])])
