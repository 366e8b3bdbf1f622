"""The ways to make a roster that are compared, each run in a process of its own by ``run``."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from benchmarks import plain
from benchmarks.processes import listen
from benchmarks.runs import Point, Run, course
from benchmarks.weekdays import plan_by_weekday
from models import PREFERENCES, RULES
from models.by_hand.planner import Planned, plan_greedily, plans_by_hand
from roster import cpsat
from roster.domain import Roster
from roster.instance import Instance
from roster.model import Ints
from roster.plan import Plan, draft_of
from roster.reasons import unseen_of
from roster.search.problem import Problem, problem_of
from roster.solve import Options, Progress, solve
from roster.verify import verify

OURS = "roster solve"
GRACE = 60.0
"""Seconds beyond its time after which a process that does not stop is ended: rosters are checked at the end."""


@dataclass(frozen=True)
class Task:
    """What to solve, in how many seconds from the start of the process."""

    instance: Instance
    seconds: float
    seed: int


@dataclass(frozen=True)
class End:
    """What a way ended with. ``seconds``: when, before the check of its rosters."""

    seconds: float
    best: int | None
    bound: int | None
    says: str = ""


@dataclass(frozen=True)
class Wire:
    """What a way tells its parent, with the seconds since the start of its process."""

    connection: Connection
    began: float

    @property
    def seconds(self) -> float:
        """Seconds since the process was started."""
        return time.monotonic() - self.began

    def tell(self, best: int | None, bound: int | None, seconds: float | None = None) -> None:
        """How far the way is, now or after so many seconds."""
        self.connection.send(Point(self.seconds if seconds is None else seconds, best, bound))

    def end(self, end: End) -> None:
        """What the way ended with."""
        self.connection.send(end)


Way = Callable[[Task, Wire], None]


def run(name: str, instance_name: str, task: Task, most_memory: int) -> Run:
    """Run the way in a process of its own and sum up what it did."""
    heard = listen(_in_child, (name, task), task.seconds + GRACE + task.seconds / 4, most_memory)
    points = [message for message in heard.messages if isinstance(message, Point)]
    ends = [message for message in heard.messages if isinstance(message, End)]
    bounds = [point.bound for point in points if point.bound is not None]
    broke_off = End(heard.seconds, None, max(bounds, default=None), heard.broke_off or "crashed: it said nothing")
    end = ends[0] if ends else broke_off
    return Run(
        instance=instance_name,
        way=name,
        seed=task.seed,
        limit=task.seconds,
        seconds=end.seconds,
        points=course(sorted(points, key=lambda p: p.seconds), Point(end.seconds, end.best, end.bound)),
        best=end.best,
        bound=end.bound,
        memory=heard.memory,
        says=end.says,
    )


def _in_child(connection: Connection, began: float, name: str, task: Task) -> None:
    WAYS[name](task, Wire(connection, began))


# -- a roster and its check -------------------------------------------------------------------------------


def checked(instance: Instance, plan: Plan) -> tuple[int | None, str]:
    """The cost of the plan's roster, and what the checker finds wrong with it; a cost only where nothing is."""
    draft = draft_of(instance, plan)
    costs = {preference.name: preference.price(instance, draft) for preference in PREFERENCES}
    known = {"costs": costs, "objective": sum(costs.values()), "bound": min(0, sum(costs.values()))}
    return _judged(instance, draft.model_copy(update=known | {"unseen": unseen_of(instance, draft.appointments)}))


def _judged(instance: Instance, roster: Roster) -> tuple[int | None, str]:
    verdict = verify(instance, roster, RULES, PREFERENCES)
    if verdict.accepted:
        return roster.objective, ""
    return None, f"rejected: {(*verdict.form, *verdict.broken)[0].says}"


# -- the ways ---------------------------------------------------------------------------------------------


def _ours(task: Task, wire: Wire) -> None:
    def hear(progress: Progress) -> None:
        wire.tell(progress.best, progress.bound)

    options = Options(
        time_limit=max(0.1, task.seconds - wire.seconds), workers=plain.WORKERS, seed=task.seed, start=plans_by_hand
    )
    result = solve(task.instance, RULES, PREFERENCES, options, hear)
    seconds, roster = wire.seconds, result.roster
    if roster is None or roster.compromise:
        wire.end(End(seconds, None, None, result.says))
    else:
        best, says = _judged(task.instance, roster)
        wire.end(End(seconds, best, roster.bound, says))


def _by_cpsat(subsolvers: tuple[str, ...]) -> Way:
    def way(task: Task, wire: Wire) -> None:
        problem = problem_of(task.instance, RULES, PREFERENCES)
        found: list[tuple[float, Ints]] = []
        listener = cpsat.Listener(
            solution=lambda values: found.append((wire.seconds, values)),
            bound=lambda minutes: wire.tell(None, minutes),
        )
        effort = cpsat.Effort(task.seconds - wire.seconds, plain.WORKERS, task.seed, subsolvers)
        answer = plain.by_cpsat(problem.matrix, effort, listener)
        seconds = wire.seconds
        for when, values in found:
            wire.tell(checked(task.instance, problem.plan(values))[0], None, when)
        _end_of_plain(problem, answer, wire, seconds)

    return way


def _by_mathopt(solver: Callable[..., plain.Answer]) -> Way:
    def way(task: Task, wire: Wire) -> None:
        problem = problem_of(task.instance, RULES, PREFERENCES)
        answer = solver(problem.matrix, task.seconds - wire.seconds, task.seed, wire.tell)
        _end_of_plain(problem, answer, wire, wire.seconds)

    return way


def _end_of_plain(problem: Problem, answer: plain.Answer, wire: Wire, seconds: float) -> None:
    if answer.values is None:
        says = "no roster keeps every rule" if answer.none_exists else "no roster in this time"
        wire.end(End(seconds, None, None if answer.none_exists else answer.bound, says))
        return
    best, says = checked(problem.decisions.instance, problem.plan(answer.values))
    wire.end(End(seconds, best, answer.bound, says))


def _by_hand(planner: Callable[[Instance], Planned]) -> Way:
    def way(task: Task, wire: Wire) -> None:
        planned = planner(task.instance)
        seconds = wire.seconds
        if planned.plan is None:
            wire.end(End(seconds, None, None, planned.says))
        else:
            best, says = checked(task.instance, planned.plan)
            wire.end(End(seconds, best, None, says))

    return way


WAYS: dict[str, Way] = {
    OURS: _ours,
    "CP-SAT": _by_cpsat(()),
    "CP-SAT with LP": _by_cpsat(cpsat.FINDING),
    "HiGHS": _by_mathopt(plain.by_highs),
    "SCIP": _by_mathopt(plain.by_scip),
    "greedy planner": _by_hand(lambda instance: plan_greedily(instance, RULES, PREFERENCES)),
    "fixed weekdays": _by_hand(lambda instance: plan_by_weekday(instance, RULES)),
}
"""The ways by name, in the order in which they are shown."""
