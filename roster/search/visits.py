"""Visits under given prices: for one coach in one session, whom to see and which interpreters to have there.

The cheapest choice is exact: a knapsack over the lengths of appointments, for each set of interpreters worth having.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from roster.model import FREE, Ints


@dataclass(frozen=True)
class VisitOption:
    """One coach in one session: its columns, and who may be seen there.

    ``base``: columns that are 1 whenever the visit is held. For each candidate: ``seen`` the column, ``by`` a second
    column that is equal to it with this coach (or -1), ``length`` its use of ``room``, and ``most`` how many people.
    ``wants``: of each candidate who can come only with one of some bookings the position, and those bookings by row.
    ``bookings``: those that somebody wants; ``spare``: those that nobody does.
    """

    column: int
    base: Ints
    room: int
    seen: Ints
    by: Ints
    length: Ints
    most: Ints
    wants: tuple[tuple[int, tuple[frozenset[int], ...]], ...]
    bookings: tuple[int, ...]
    spare: Ints


@dataclass(frozen=True)
class _Way:
    """A set of interpreters in a session: the ``rows`` of the coaches who can have them, and whom each can see then.

    ``able`` has shape (rows, places).
    """

    bookings: Ints
    rows: Ints
    able: NDArray[np.bool_]


class SessionVisits:
    """All visits to one session: their cheapest costs under given prices, for all coaches at once."""

    def __init__(self, numbers: list[int], options: list[VisitOption]) -> None:
        self.options = np.array(numbers, dtype=np.int64)
        self._base = [option.base for option in options]
        self._spare = [option.spare for option in options]
        self._room = np.array([option.room for option in options], dtype=np.int64)
        self._bookings = [(n, np.array(option.bookings)) for n, option in enumerate(options) if option.bookings]
        union = np.unique(np.concatenate([option.seen for option in options]))
        length, most = np.zeros(len(union), dtype=np.int64), np.zeros(len(union), dtype=np.int64)
        places = [np.searchsorted(union, option.seen) for option in options]
        for option, place in zip(options, places, strict=True):
            length[place] = option.length
            fit = option.room // option.length + 1
            most[place] = np.maximum(most[place], np.minimum(option.most, fit))
        person = np.repeat(np.arange(len(union)), most)
        self._seen, lengths = union[person], length[person]
        self._able = np.zeros((len(options), len(person)), dtype=np.bool_)
        by = np.full((len(options), len(person)), -1, dtype=np.int64)
        for row, (option, place) in enumerate(zip(options, places, strict=True)):
            second = np.full(len(union), -2, dtype=np.int64)
            second[place] = option.by
            self._able[row], by[row] = second[person] > -2, second[person]
        self._by_row, self._by_place = np.nonzero(by >= 0)
        self._by_column = by[self._by_row, self._by_place]
        self._step = int(np.gcd.reduce(np.append(lengths, self._room)))
        self._of_length = [(int(x) // self._step, np.flatnonzero(lengths == x)) for x in np.unique(lengths)]
        self._ways = self._find_ways(options, places, person)

    def _find_ways(self, options: list[VisitOption], places: list[Ints], person: Ints) -> list["_Way"]:
        """Each set of interpreters that some of the coaches could have there."""
        ways = []
        for booked in _sets({b for option in options for b in option.bookings}):
            rows = [n for n, option in enumerate(options) if booked <= set(option.bookings)]
            able = np.ones((len(rows), len(person)), dtype=np.bool_)
            for row, number in enumerate(rows):
                wants = options[number].wants
                missed = [places[number][n] for n, needed in wants if not all(some & booked for some in needed)]
                able[row] = ~np.isin(person, missed)
            ways.append(_Way(np.array(sorted(booked), dtype=np.int64), np.array(rows, dtype=np.int64), able))
        return ways

    def cheapest(self, price: Ints) -> Ints:
        """The cost of each coach's cheapest visit, in the order of ``options``."""
        cost, best = self._costs(price), np.full(len(self._room), FREE, dtype=np.int64)
        for way in self._ways:
            table = self._knapsacks(np.where(way.able, cost[way.rows], 0))
            total = table[np.arange(len(way.rows)), self._room[way.rows] // self._step] + price[way.bookings].sum()
            best[way.rows] = np.minimum(best[way.rows], total)
        return self._fixed(price) + best

    def floors(self, price: Ints, around: Ints, floors: Ints) -> None:
        """Put into ``floors`` what a coach-day costs at least in which a person is seen in this session.

        ``around``: for each visit the least that the rest of its coach-day costs. Who else is seen is relaxed: the
        person may be counted twice, and an interpreter comes wherever that pays.
        """
        cost = self._costs(price)
        table = self._knapsacks(cost)
        fixed = self._fixed(price)
        for row, bookings in self._bookings:
            fixed[row] += np.minimum(price[bookings], 0).sum()
        floors[self._seen] = FREE
        for length, places in self._of_length:
            left = self._room // self._step - length
            rest = np.where(left >= 0, table[np.arange(len(left)), np.maximum(left, 0)] + fixed + around, FREE)
            with_person = np.where(self._able[:, places], cost[:, places] + rest[:, None], FREE)
            np.minimum.at(floors, self._seen[places], np.minimum(with_person.min(axis=0), FREE))

    def _fixed(self, price: Ints) -> Ints:
        base = np.array([int(price[base].sum()) for base in self._base], dtype=np.int64)
        return base + np.array([int(np.minimum(price[spare], 0).sum()) for spare in self._spare], dtype=np.int64)

    def _costs(self, price: Ints) -> Ints:
        """What seeing each person costs with each coach, shape (coaches, places); 0 where they cannot meet."""
        cost = np.where(self._able, price[self._seen], 0)
        cost[self._by_row, self._by_place] += price[self._by_column]
        return cost

    def _knapsacks(self, cost: Ints) -> Ints:
        """The least that the people in a visit cost, by coach and room in steps, shape (coaches, steps + 1)."""
        cost = np.minimum(cost, 0)
        units = int(self._room.max(initial=0)) // self._step
        table = np.zeros((len(cost), units + 1), dtype=np.int64)
        for length, places in self._of_length:
            most = min(units // length, len(places))
            part = cost[:, places]
            if most < len(places):
                part = np.partition(part, most, axis=1)[:, :most]
            sums = np.cumsum(np.sort(part, axis=1), axis=1)
            before = table.copy()
            for number in range(1, most + 1):
                reach = number * length
                with_them = before[:, : units + 1 - reach] + sums[:, number - 1 : number]
                np.minimum(table[:, reach:], with_them, out=table[:, reach:])
        return table


def cheapest_visit(option: VisitOption, price: Ints) -> tuple[int, Ints, Ints]:
    """The cheapest way to hold the visit: which bookings, and whom to see within its room."""
    spare = option.spare[price[option.spare] < 0]
    fixed = int(price[option.base].sum()) + int(price[spare].sum())
    cost = price[option.seen] + np.where(option.by >= 0, price[option.by], 0)
    best: tuple[int, Ints, Ints] | None = None
    for present in _sets(set(option.bookings)):
        able = np.ones(len(cost), dtype=np.bool_)
        able[[n for n, needed in option.wants if not all(w & present for w in needed)]] = False
        gain, chosen, numbers = _knapsack(option, np.where(able, cost, 0))
        booked = np.array(sorted(present), dtype=np.int64)
        total = fixed + gain + int(price[booked].sum())
        if best is None or total < best[0]:
            by = option.by[chosen]
            interpreters = np.concatenate([booked, spare])
            columns = np.concatenate([option.base, option.seen[chosen], by[by >= 0], interpreters])
            ones = np.ones(len(option.base), dtype=np.int64)
            values = np.concatenate([ones, numbers, numbers[by >= 0], np.ones(len(interpreters), dtype=np.int64)])
            best = total, columns, values
    assert best is not None
    return best


def _sets(bookings: AbstractSet[int]) -> Iterator[frozenset[int]]:
    """Every set of these, the smallest first."""
    for size in range(len(bookings) + 1):
        yield from map(frozenset, combinations(sorted(bookings), size))


def _knapsack(option: VisitOption, cost: Ints) -> tuple[int, Ints, Ints]:
    """The cheapest people to see within the room: the (negative) cost, the candidates and how many of each.

    Of one length the cheapest people come first, so for each length only a number of people is to be chosen:
    a table over the room, one length after another.
    """
    useful = np.flatnonzero(cost < 0)
    if not len(useful):
        return 0, useful, useful
    step = int(np.gcd.reduce(np.append(option.length[useful], option.room)))
    room = option.room // step
    table = np.zeros(room + 1, dtype=np.int64)
    choices: list[tuple[Ints, Ints]] = []
    for length in np.unique(option.length[useful]).tolist():
        of_length = useful[option.length[useful] == length]
        of_length = of_length[np.argsort(cost[of_length], kind="stable")]
        people = np.repeat(of_length, option.most[of_length])[: room * step // length]
        sums = np.concatenate([[0], np.cumsum(cost[people])])
        taken = np.zeros(room + 1, dtype=np.int64)
        better = table.copy()
        units = length // step
        for number in range(1, len(sums)):
            reach = number * units
            candidate = table[: room + 1 - reach] + sums[number]
            gains = candidate < better[reach:]
            better[reach:][gains] = candidate[gains]
            taken[reach:][gains] = number
        choices.append((people, taken))
        table = better
    left, picked = room, []
    lengths = np.unique(option.length[useful]).tolist()
    for (people, taken), length in zip(reversed(choices), reversed(lengths), strict=True):
        picked.append(people[: taken[left]])
        left -= int(taken[left]) * (length // step)
    who, numbers = np.unique(np.concatenate(picked), return_counts=True)
    return int(table[room]), who, numbers
