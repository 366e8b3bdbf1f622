"""The child process that looks for a bound: which relaxation, when, and what it knows of each variable."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection

from roster.model import FREE
from roster.rule import Rule
from roster.search.coach_days import CoachDays
from roster.search.lagrange import Lagrangian
from roster.search.messages import Bound, Floors, Outranked, Task
from roster.search.paths import TooManyPathsError
from roster.search.problem import Problem, problem_of
from roster.search.relax import Relaxation
from roster.search.sift import Sift

WORTH_SIFTING = 10_000
"""With more variables than these the linear relaxation says sooner than coach-days where good prices are."""
MOST_ROWS = 6_000
"""With more rows between coach-days than these the linear program over coach-days is too slow to help."""


def bound(connection: Connection, task: Task) -> None:
    """The process that looks for a bound."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    problem = problem_of(task.instance, in_bound(task.rules), task.preferences)
    for floors in relaxed(problem, lambda: task.deadline - time.monotonic(), lambda b: connection.send(Bound(b))):
        connection.send(floors)
        connection.send(outranked_by(problem, floors))


def in_bound(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules that the bound takes into account. The problem has the same variables with them alone."""
    return tuple(rule for rule in rules if rule.in_bound)


def relaxed(
    problem: Problem, seconds_left: Callable[[], float], tell: Callable[[int], None] = lambda _: None
) -> Iterator[Floors]:
    """Better and better floors; ``tell`` hears of each better bound. None where days have too many ways to list."""
    try:
        lagrangian = Lagrangian(CoachDays(problem))
    except TooManyPathsError:
        return
    prices = lagrangian.nobody_worth_seeing()
    if len(problem.matrix.lower) > WORTH_SIFTING:
        for sifted in Sift(lagrangian).rounds(seconds_left):
            tell(sifted.best.bound)
            prices = sifted.best.prices
            if sifted.is_near:
                yield Floors(sifted.best.floors(), sifted.used, sifted.best.bound)
    if len(lagrangian.rows) <= MOST_ROWS:
        for relaxation in Relaxation(lagrangian, prices).rounds(seconds_left, tell):
            yield Floors(relaxation.best.floors(), relaxation.used(), relaxation.bound)


def outranked_by(problem: Problem, floors: Floors) -> Outranked:
    """What the floors say of each referral."""
    least: dict[str, int] = {}
    for (referral_id, _), seen in problem.decisions.seen.items():
        least[referral_id] = min(least.get(referral_id, FREE), int(floors.minutes[seen]))
    return Outranked(least)
