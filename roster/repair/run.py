"""A repair: what changes buy, and the best repair, proved as far as time allows.

The search near the published roster (``roster.repair.frontier``) is where ``roster.solve`` begins, with the price of
change and the rules of a repair; a bound is looked for beside it from the first second. Every roster is checked.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from os import cpu_count

from roster.domain import Roster
from roster.instance import Instance
from roster.model import FREE
from roster.plan import Plan, draft_of
from roster.repair.frontier import Frontier, Point
from roster.repair.near import near
from roster.repair.record import Buys, Fewest
from roster.repair.terms import Terms
from roster.rule import Rule
from roster.solve import Options, Progress, Result
from roster.solve import solve as find_roster

NEAR_SHARE = 0.5
"""Of the time, how much the search near the published roster may take."""


@dataclass(frozen=True)
class Repair:
    """What came of it. ``buys``: from the fewest changes upwards; ``late_notice``: whether nobody is moved within it.

    ``result.roster`` is the best repair, or a compromise; None where none was found, or none with so few changes.
    """

    result: Result
    changes: int
    fewest: Fewest | None
    buys: tuple[Buys, ...]
    late_notice: bool


def repair(
    instance: Instance,
    terms: Terms,
    options: Options,
    most: int | None = None,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Repair:
    """The best repair of the instance's published roster with at most so many changes, and what each buys.

    ``instance``: after what has happened, as of the day of the repair. Raises ValueError where nothing is published.
    KeyboardInterrupt ends the search, and the best repair found counts.
    """
    if instance.published is None:
        raise ValueError("no roster is published")
    return _Run(instance, terms, options, FREE if most is None else most, tell).run()


@dataclass
class _Run:
    instance: Instance
    terms: Terms
    options: Options
    most: int
    tell: Callable[[Progress], None]
    points: dict[int, Point] = field(default_factory=dict)
    fewest: Fewest | None = None
    began: float = field(default_factory=time.monotonic)

    def run(self) -> Repair:
        rules = (*self.terms.rules, self.terms.short_notice(self.terms.rules))
        found = self._with(rules)
        if found.result.outcome != "infeasible" or self._too_few_allowed:
            return found
        return replace(self._with(self.terms.rules), late_notice=False)

    @property
    def _too_few_allowed(self) -> bool:
        return self.fewest is not None and self.fewest.changes > self.most

    def _with(self, rules: Sequence[Rule]) -> Repair:
        """The repair under these rules."""
        self.points, self.fewest = {}, None
        seconds = max(1.0, self.options.time_limit - (time.monotonic() - self.began))
        all_rules = rules if self.most >= FREE else (*rules, self.terms.most_changes(self.most))
        ours, theirs = Pipe(duplex=False)
        with ours, theirs:
            start = partial(
                _look_near, _Near(theirs, rules, self.terms, seconds * NEAR_SHARE, self._workers, self.most)
            )
            options = replace(self.options, time_limit=seconds, start=start)

            def tell(progress: Progress) -> None:
                self._hear(ours)
                self.tell(progress)

            result = find_roster(self.instance, all_rules, self.terms.preferences, options, tell)
            self._hear(ours)
        return self._repair(result)

    @property
    def _workers(self) -> int:
        return self.options.workers or cpu_count() or 1

    def _hear(self, connection: Connection) -> None:
        """Take in what the search near the published roster has found."""
        while connection.poll():
            found = connection.recv()
            if isinstance(found, Fewest):
                self.fewest = found
            else:
                self.points[found.changes] = found

    def _repair(self, result: Result) -> Repair:
        roster = result.roster
        if self._too_few_allowed and (roster is None or roster.compromise):
            assert self.fewest is not None
            says = f"No repair was found with at most {self.most} changes: the fewest found is {self.fewest.changes}."
            return Repair(Result("unknown", None, says, result.seconds), 0, self.fewest, self._buys(), late_notice=True)
        if roster is None or roster.compromise:
            return Repair(result, 0, self.fewest, self._buys(), late_notice=True)
        made = self.terms.changes.price(self.instance, roster)
        return Repair(result, made, self.fewest, self._buys(roster, made), late_notice=True)

    # -- what changes buy ---------------------------------------------------------------------------------

    def _buys(self, best: Roster | None = None, made: int = 0) -> tuple[Buys, ...]:
        """A row for each number of changes: the cheapest of all rosters with at most so many."""
        options = [_Option(p.changes, p.cost, _seen(self.instance, p), p.proved) for p in self.points.values()]
        if best is not None:
            cost = best.objective - self.instance.settings.prices.change * made
            options.append(_Option(made, cost, len(best.appointments), proved=False))
        people = sum(r.count for r in self.instance.people.values())
        rows: list[Buys] = []
        for number in sorted({option.changes for option in options}):
            within = [option for option in options if option.changes <= number]
            cheapest = min(within, key=lambda option: (option.cost, option.changes))
            rows.append(
                Buys(
                    changes=number,
                    cost=cheapest.cost,
                    total=cheapest.cost + self.instance.settings.prices.change * number,
                    buys=rows[-1].cost - cheapest.cost if rows else None,
                    unseen=people - cheapest.seen,
                    proved=any(o.proved and o.changes == number and o.cost == cheapest.cost for o in within),
                    best=best is not None and number == made,
                )
            )
        return tuple(rows)


@dataclass(frozen=True)
class _Option:
    """A roster found: its number of changes, its cost without them, how many people it sees."""

    changes: int
    cost: int
    seen: int
    proved: bool


def _seen(instance: Instance, point: Point) -> int:
    return len(draft_of(instance, point.plan).appointments)


# -- in the process that looks for rosters --------------------------------------------------------------------


@dataclass(frozen=True)
class _Near:
    """What the search near the published roster is given, and where it tells of points."""

    connection: Connection
    rules: Sequence[Rule]
    terms: Terms
    seconds: float
    workers: int
    most: int


def _look_near(given: _Near, instance: Instance, _rules: Sequence[Rule]) -> Iterator[Plan]:
    """The best roster near the published one, after telling of every point that passes the checker."""
    deadline = time.monotonic() + given.seconds
    points: list[Point] = []

    def tell(found: Point | Fewest) -> None:
        if isinstance(found, Point):
            draft = draft_of(instance, found.plan)
            if any(True for rule in given.rules for _ in rule.check(instance, draft)):
                return
            points.append(found)
        given.connection.send(found)

    price = instance.settings.prices.change
    frontier = Frontier(
        near(instance, given.rules, given.terms.others, given.terms.changes), deadline, given.workers, tell, given.most
    )
    for _ in frontier.steps():
        if points:
            yield min(points, key=lambda p: p.cost + price * p.made).plan
            points.clear()
