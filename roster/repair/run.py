"""A repair: the best one, proved as far as time allows, and then what fewer changes would have cost.

The best repair is looked for by ``roster.solve``, with the price of change and the rules of a repair, from what a
careful person would do. Then a process of its own looks near the published roster for the rosters with fewer changes
(``roster.repair.frontier``). Every roster is checked.
"""

import multiprocessing
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from os import cpu_count

from roster.domain import Outcome, Roster
from roster.instance import Instance
from roster.model import FREE
from roster.plan import Plan, draft_of, plan_of_roster
from roster.repair.frontier import Frontier, Point
from roster.repair.near import near
from roster.repair.record import Buys, Fewest
from roster.repair.terms import Terms
from roster.rule import Rule
from roster.solve import BeginningWith, Options, Progress, Result
from roster.solve import solve as find_roster
from roster.wording import how_many

BEST_SHARE = 0.7
"""Of the time, how much the search for the best repair may take; the rest is for what fewer changes cost."""
FEWEST_SHARE = 0.2
"""Of the time, how much the search for the fewest people to be moved within the notice may take, where some must be."""
CHECK_SECONDS = 5.0
"""How long it may take to check a roster that the second search found, and to give its reasons."""
LATE_SECONDS = 5.0
"""How long after its time the second search may go on."""
FEWER = "looking at fewer changes"


@dataclass(frozen=True)
class Repair:
    """What came of it. ``buys``: from the fewest changes upwards; ``late_notice``: whether nobody is moved within it.

    ``result.roster`` is the best repair, or a compromise; None where none was found, or none with so few changes. It
    says of itself what holds among all rosters; ``proved``: none is better among the repairs that were allowed.
    """

    result: Result
    changes: int
    fewest: Fewest | None
    buys: tuple[Buys, ...]
    late_notice: bool = True
    proved: bool = False


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
    start: Plan | None = None
    began: float = field(default_factory=time.monotonic)

    def run(self) -> Repair:
        found = self._with((*self.terms.rules, self.terms.short_notice(self.terms.rules, frozenset())))
        if found.result.ruled_out:
            found = replace(self._with(self._with_the_fewest_moved_soon()), late_notice=False)
        if found.result.roster is None or found.result.roster.compromise:
            return self._perhaps_with_more(found)
        return found

    def _with_the_fewest_moved_soon(self) -> Sequence[Rule]:
        """The rules where not everybody can keep the notice: all others do, as far as a short search can say."""
        rules = self.terms.rules
        options = replace(self.options, time_limit=FEWEST_SHARE * self.options.time_limit, compromise=False)
        found = find_roster(self.instance, rules, (self.terms.moved_soon(rules),), options, self.tell).roster
        if found is None:
            return rules
        self.start = plan_of_roster(found)
        but = frozenset(self.terms.not_kept(rules, self.instance, found))
        return (*rules, self.terms.short_notice(rules, but))

    def _perhaps_with_more(self, found: Repair) -> Repair:
        """Where nothing was found with so few changes and none is known with more: whether there is any at all."""
        if self.most >= FREE or self.fewest is not None or found.result.stopped:
            return found
        most, self.most = self.most, FREE
        more = replace(self._with(self.terms.rules), late_notice=False)
        if more.result.roster is None or more.result.roster.compromise:
            return more
        self.most = most
        self.fewest = self.fewest or Fewest(changes=more.changes, proved=False)
        return Repair(self._too_few(found.result), 0, self.fewest, ())

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self.began

    def _with(self, rules: Sequence[Rule]) -> Repair:
        """The repair under these rules."""
        self.points, self.fewest = {}, None
        seconds = max(1.0, (self.options.time_limit - self._seconds) * BEST_SHARE)
        result = self._solved(rules, replace(self.options, time_limit=seconds))
        roster = None if result.roster is None or result.roster.compromise else result.roster
        if (roster is not None or self.most < FREE) and not result.stopped:
            self._look_near(rules, roster)
        if roster is None:
            return Repair(self._too_few(result), 0, self.fewest, self._buys())
        return self._found(rules, self._better(rules, result))

    def _found(self, rules: Sequence[Rule], result: Result) -> Repair:
        """The repair that this roster is."""
        assert result.roster is not None
        made, proved = self.terms.changes.price(self.instance, result.roster), result.outcome == "optimal"
        result = self._among_all(rules, result)
        assert result.roster is not None
        return Repair(result, made, self.fewest, self._buys(result.roster, made, proved=proved), proved=proved)

    def _solved(self, rules: Sequence[Rule], options: Options) -> Result:
        """The best roster under these rules; a compromise only where they are those of every month."""
        options = replace(options, compromise=self.most >= FREE and all(rule.in_bound for rule in rules))
        if self.start is not None and options.start is self.options.start:
            options = replace(options, start=BeginningWith(self.start, options.start))
        if self.most < FREE:
            rules = (*rules, self.terms.most_changes(self.most))
        return find_roster(self.instance, rules, self.terms.preferences, options, self.tell)

    def _too_few(self, result: Result) -> Result:
        """The result where there is no repair: too few changes were allowed, or something else stands in the way."""
        if self.fewest is None or self.fewest.changes <= self.most:
            return result
        allowed, fewest = how_many(self.most, "change"), f"{self.fewest.changes:,}"
        if self.fewest.proved:
            says = f"No repair makes at most {allowed}: the fewest that are enough are {fewest}."
            return Result("infeasible", None, says, result.seconds)
        says = f"No repair was found with at most {allowed}: the fewest found that are enough are {fewest}."
        return Result("unknown", None, says, result.seconds)

    def _better(self, rules: Sequence[Rule], result: Result) -> Result:
        """The result, or what the second search found where that is better."""
        assert result.roster is not None
        price = self.instance.settings.prices.change
        within = [p for p in self.points.values() if p.made <= self.most]
        best = min(within, key=lambda p: p.cost + price * p.made, default=None)
        if best is None or best.cost + price * best.made >= result.roster.objective:
            return result
        options = replace(self.options, time_limit=CHECK_SECONDS, start=BeginningWith(best.plan))
        found = self._solved(rules, options)
        if found.roster is None or found.roster.objective >= result.roster.objective:
            return result
        bound = max(found.roster.bound, min(result.roster.bound, found.roster.objective))
        loose = max(result.loose_bound, found.loose_bound)
        return replace(found, roster=found.roster.model_copy(update={"bound": bound}), loose_bound=loose)

    # -- what the roster says of itself -------------------------------------------------------------------

    def _among_all(self, rules: Sequence[Rule], result: Result) -> Result:
        """The result with a roster whose bound and outcome hold among all rosters, not only among repairs."""
        roster, limited = result.roster, self.most < FREE
        assert roster is not None
        if not limited and not self._holds_back(rules):
            return result
        bound = 0 if limited else result.loose_bound
        if bound < roster.objective and (limited or result.outcome == "optimal") and not result.stopped:
            bound = max(bound, self._bound_among_all(roster))
        bound = max(0, min(bound, roster.objective))
        outcome: Outcome = "optimal" if bound == roster.objective else "feasible"
        says = self._says_proved(rules) if result.outcome == "optimal" else result.says
        roster = roster.model_copy(update={"outcome": outcome, "bound": bound})
        return replace(result, outcome=outcome, roster=roster, says=says)

    def _says_proved(self, rules: Sequence[Rule]) -> str:
        few = f" with at most {how_many(self.most, 'change')}" if self.most < FREE else ""
        notice = "" if all(rule.in_bound for rule in rules) else " that keeps the notice"
        return f"This is the best repair there is{few}: no other{notice} has a lower total."

    def _holds_back(self, rules: Sequence[Rule]) -> bool:
        """Whether a rule that holds only in a repair says anything here."""
        nobody = draft_of(self.instance, Plan())
        return any(True for rule in rules if not rule.in_bound for _ in rule.check(self.instance, nobody))

    def _bound_among_all(self, roster: Roster) -> int:
        """What every roster costs at least, as far as a short search can say; 0 where it cannot."""
        options = replace(self.options, time_limit=CHECK_SECONDS, start=BeginningWith(plan_of_roster(roster)))
        found = find_roster(self.instance, self.terms.rules, self.terms.preferences, options, self.tell).roster
        return 0 if found is None or found.compromise else found.bound

    # -- what changes buy ---------------------------------------------------------------------------------

    def _buys(self, best: Roster | None = None, made: int = 0, *, proved: bool = False) -> tuple[Buys, ...]:
        """A row for each number of changes: the cheapest of all rosters with at most so many."""
        price = self.instance.settings.prices.change
        options = [_Option(p.changes, p.made, p.cost, _seen(self.instance, p), p.proved) for p in self.points.values()]
        if best is not None:
            options.append(_Option(made, made, best.objective - price * made, len(best.appointments), proved))
        people = sum(r.count for r in self.instance.people.values())
        rows: list[Buys] = []
        for number in sorted({option.changes for option in options}):
            within = [option for option in options if option.changes <= number]
            cheapest = min(within, key=lambda option: (option.cost, option.made))
            rows.append(
                Buys(
                    changes=number,
                    cost=cheapest.cost,
                    total=cheapest.cost + price * cheapest.made,
                    buys=rows[-1].cost - cheapest.cost if rows else None,
                    unseen=people - cheapest.seen,
                    proved=any(o.proved and o.changes == number and o.cost == cheapest.cost for o in within),
                    best=best is not None and number == made,
                )
            )
        return tuple(rows)

    # -- the second search --------------------------------------------------------------------------------

    def _look_near(self, rules: Sequence[Rule], best: Roster | None) -> None:
        """Listen to the process that looks near the published roster. Ctrl-C ends it; what it found by then counts."""
        left = max(1.0, self.options.time_limit - self._seconds)
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        workers = self.options.workers or cpu_count() or 1
        plan = None if best is None else plan_of_roster(best)
        task = _Task(self.instance, rules, self.terms, time.monotonic() + left, workers, self.most, plan)
        process = context.Process(target=_look, args=(theirs, task), daemon=True)
        process.start()
        theirs.close()
        try:
            while time.monotonic() < task.deadline + LATE_SECONDS and self._hear(ours):
                self._say(best)
        except (EOFError, KeyboardInterrupt):
            pass
        finally:
            process.terminate()
            process.join()
            ours.close()

    def _hear(self, connection: Connection) -> bool:
        """Take in what the process says, if it says anything soon; false at the end."""
        if not connection.poll(0.25):
            return True
        message = connection.recv()
        if isinstance(message, Point):
            self.points[message.changes] = message
        elif isinstance(message, Fewest):
            self.fewest = message
        return message is not None

    def _say(self, best: Roster | None) -> None:
        left = max(0.0, self.options.time_limit - self._seconds)
        objective, bound = (None, None) if best is None else (best.objective, best.bound)
        self.tell(Progress(self._seconds, left, objective, bound, FEWER))


@dataclass(frozen=True)
class _Option:
    """A roster found with at most ``changes`` changes: those it makes, its cost without them, the people it sees."""

    changes: int
    made: int
    cost: int
    seen: int
    proved: bool


def _seen(instance: Instance, point: Point) -> int:
    return len(draft_of(instance, point.plan).appointments)


# -- in the process that looks near the published roster --------------------------------------------------------


@dataclass(frozen=True)
class _Task:
    """What the second search is given. ``best``: the best repair so far."""

    instance: Instance
    rules: Sequence[Rule]
    terms: Terms
    deadline: float
    workers: int
    most: int
    best: Plan | None


def _look(connection: Connection, task: _Task) -> None:
    """Send every point that passes the checker, the fewest changes, and nothing at the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    problem = near(task.instance, task.rules, task.terms.others, task.terms.changes)

    def tell(found: Point | Fewest) -> None:
        if isinstance(found, Fewest) or not _is_broken(task, found):
            connection.send(found)

    Frontier(problem, task.deadline, task.workers, tell, task.most, task.best).run()
    connection.send(None)
    connection.close()


def _is_broken(task: _Task, point: Point) -> bool:
    """Whether the point's roster fails the checker; then nobody hears of it."""
    draft = draft_of(task.instance, point.plan)
    return any(True for rule in task.rules for _ in rule.check(task.instance, draft))
