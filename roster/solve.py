"""From an instance to its best roster: child processes search and prove, every answer is checked here.

A crash of a child is an outcome and not the end of the program; so is Ctrl-C: what was found and checked counts.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from os import cpu_count

from roster.domain import Outcome, Referral, Roster
from roster.instance import Instance
from roster.model import FREE
from roster.plan import Plan, draft_of
from roster.reasons import Reasons, unseen_of
from roster.rule import Finding, Preference, Rule
from roster.search import bounding, messages, worker
from roster.search.messages import Start
from roster.verify import breaks_of, verify
from roster.wording import how_good

__all__ = ["BeginningWith", "Options", "Progress", "Result", "Start", "solve"]

NOTHING_KNOWN = 0
"""What every roster costs at least: no price is below nothing."""
GRACE_SECONDS = 45.0
"""How long after its time a search for a compromise may go on; nothing else may."""


@dataclass(frozen=True)
class BeginningWith:
    """Makes the rosters to begin a search with: this one, then the others."""

    plan: Plan
    others: Start | None = None

    def __call__(self, instance: Instance, rules: Sequence[Rule]) -> Iterator[Plan]:
        """The plans, this one first."""
        yield self.plan
        yield from self.others(instance, rules) if self.others else ()


@dataclass(frozen=True)
class Options:
    """``time_limit`` in seconds; ``gap`` as a share of the objective at which to stop; ``workers`` None: all cores.

    ``start`` makes rosters without a search, to begin with; ``compromise``: whether one is looked for where no roster
    keeps every rule.
    """

    time_limit: float = 60.0
    gap: float = 0.0
    workers: int | None = None
    seed: int = 0
    start: Start | None = None
    compromise: bool = True


@dataclass(frozen=True)
class Progress:
    """How far the search is: the best checked roster and the bound, in minutes of coach time."""

    seconds: float
    time_left: float
    best: int | None
    bound: int | None
    says: str

    @property
    def gap(self) -> float | None:
        """(best - bound) / best, where both are known."""
        if self.best is None or self.bound is None:
            return None
        return (self.best - self.bound) / self.best if self.best > 0 else 0.0


@dataclass(frozen=True)
class Result:
    """What came of it. ``roster`` is None where the outcome is unknown or rejected.

    ``loose_bound``: a bound without the rules that are not ``in_bound``; at most 0 says nothing. ``stopped``: by
    KeyboardInterrupt; ``ruled_out``: the search found that no roster keeps every rule, confirmed or not.
    """

    outcome: Outcome
    roster: Roster | None
    says: str
    seconds: float
    findings: tuple[Finding, ...] = ()
    loose_bound: int = 0
    stopped: bool = False
    ruled_out: bool = False


def solve(
    instance: Instance,
    rules: Sequence[Rule],
    preferences: Sequence[Preference],
    options: Options | None = None,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Result:
    """The best roster that the time allows, checked. KeyboardInterrupt ends the search, and the best one counts."""
    return _Run(instance, rules, preferences, options or Options(), tell).run()


class _RejectedError(Exception):
    """A roster failed the checker."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("a roster failed the checker")
        self.findings = findings


@dataclass
class _Run:
    instance: Instance
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    options: Options
    tell: Callable[[Progress], None]
    best: Roster | None = None
    best_plan: Plan | None = None
    bound: int = -FREE
    loose_bound: int = 0
    floors: dict[str, int] = field(default_factory=dict)
    no_roster: bool = False
    ended: messages.Ended | None = None
    stopped: bool = False
    pending: Plan | None = None
    began: float = field(default_factory=time.monotonic)

    def run(self) -> Result:
        connections: dict[Connection, BaseProcess] = {}
        try:
            connections = self._begin()
            self._listen(connections)
        except KeyboardInterrupt:
            self.stopped = True
        except _RejectedError as rejected:
            return self._rejected(rejected)
        finally:
            _end(connections)
        return replace(self._result(), loose_bound=self.loose_bound, stopped=self.stopped, ruled_out=self.no_roster)

    # -- while the children work --------------------------------------------------------------------------

    @property
    def _workers(self) -> int:
        return self.options.workers or cpu_count() or 1

    def _begin(self) -> dict[Connection, BaseProcess]:
        task = messages.Task(
            instance=self.instance,
            rules=self.rules,
            preferences=self.preferences,
            deadline=self.began + self.options.time_limit,
            workers=self._workers,
            seed=self.options.seed,
            gap=self.options.gap,
            start=self.options.start,
        )
        context = multiprocessing.get_context("spawn")
        connections: dict[Connection, BaseProcess] = {}
        for target in (worker.search, bounding.bound):
            ours, theirs = context.Pipe()
            process = context.Process(target=target, args=(theirs, task), daemon=True)
            process.start()
            theirs.close()
            connections[ours] = process
        return connections

    def _listen(self, connections: dict[Connection, BaseProcess]) -> None:
        search, open_ = next(iter(connections)), list(connections)
        while search in open_ and self.ended is None and not self._over():
            for connection in wait(open_, timeout=0.25):
                assert isinstance(connection, Connection)
                if not self._drain(connection, search):
                    open_.remove(connection)
            self._take_pending()
            self._report()

    def _over(self) -> bool:
        grace = GRACE_SECONDS if self.no_roster else 1.0
        late = time.monotonic() - self.began > self.options.time_limit + grace
        return late or (self.best is not None and not self.no_roster and self._close_enough(self.best.objective))

    def _close_enough(self, objective: int) -> bool:
        return objective - self.bound <= self.options.gap * abs(objective)

    def _drain(self, connection: Connection, search: Connection) -> bool:
        """Take in what a child says; false where it has gone."""
        try:
            while connection.poll():
                self._hear(connection.recv(), connection is search, search)
        except (EOFError, OSError):
            return False
        return True

    def _hear(self, message: messages.Message, from_search: bool, search: Connection) -> None:
        match message:
            case messages.Found(plan):
                self.pending = plan
            case messages.Bound(minutes):
                self._hear_bound(minutes, from_search, search)
            case messages.Floors():
                search.send(message)
            case messages.Outranked(minutes):
                self.floors = self.floors if self.no_roster and not from_search else dict(minutes)
            case messages.NoRoster():
                self._take_pending()
                self.no_roster, self.best, self.best_plan, self.bound, self.floors = True, None, None, -FREE, {}
                if not self.options.compromise:
                    self.ended = messages.Ended()
            case messages.Ended():
                self.ended = message

    def _hear_bound(self, minutes: int, from_search: bool, search: Connection) -> None:
        """A bound. Of a compromise only the search knows one: the other process works on the instance as it is."""
        if from_search or not self.no_roster:
            self.bound = max(self.bound, minutes)
        if not from_search:
            self.loose_bound = max(self.loose_bound, minutes)
            search.send(messages.Bound(minutes))

    def _take_pending(self) -> None:
        """Check the newest roster; keep it if it is better."""
        if self.pending is not None:
            plan, self.pending = self.pending, None
            roster = self._checked(plan, "feasible", reasons=False)
            if self.best is None or roster.objective < self.best.objective:
                self.best, self.best_plan = roster, plan

    def _report(self) -> None:
        seconds = time.monotonic() - self.began
        best = None if self.best is None else self.best.objective
        bound = None if self.bound == -FREE else self.bound if best is None else min(self.bound, best)
        left = max(0.0, self.options.time_limit - seconds)
        says = "looking for a compromise" if self.no_roster else "looking for a first roster" if best is None else ""
        self.tell(Progress(seconds, left, best, bound, says))

    # -- a roster and its check ---------------------------------------------------------------------------

    def _checked(self, plan: Plan, outcome: Outcome, *, reasons: bool) -> Roster:
        """The plan as a roster that passed the checker, with or without reasons. Raises _RejectedError."""
        draft = draft_of(self.instance, plan)
        unseen = unseen_of(self.instance, draft.appointments, self._reason() if reasons else None)
        draft = draft.model_copy(update={"outcome": outcome, "unseen": unseen})
        roster = self._priced(draft)
        verdict = verify(self.instance, roster, self.rules, self.preferences)
        if not verdict.accepted:
            raise _RejectedError((*verdict.form, *verdict.broken))
        return roster

    def _reason(self) -> Callable[[Referral], str]:
        """Why somebody is not seen: outranked where no roster that sees them costs less than the best one."""
        assert self.best is not None
        objective, proved = self.best.objective, self._is_proved()
        seen = {a.referral_id for a in self.best.appointments}

        def outranked(referral: Referral) -> bool:
            floor = self.floors.get(referral.referral_id, -FREE)
            return proved or (referral.referral_id not in seen and floor >= objective)

        return Reasons(self.instance, self.rules, outranked).reason

    def _priced(self, draft: Roster) -> Roster:
        costs = {p.name: p.price(self.instance, draft) for p in self.preferences}
        objective = sum(costs.values())
        proved = self.ended is not None and self.ended.proved
        update: dict[str, object] = {
            "objective": objective,
            "bound": objective if proved else min(max(self.bound, NOTHING_KNOWN), objective),
            "costs": costs,
        }
        if self.no_roster:
            broken = [f for rule in self.rules for f in rule.check(self.instance, draft)]
            update |= {"outcome": "infeasible", "compromise": True, "breaks": breaks_of(broken)}
        return draft.model_copy(update=update)

    # -- the outcome --------------------------------------------------------------------------------------

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self.began

    def _result(self) -> Result:
        try:
            self._take_pending()
            if self.best_plan is None:
                return Result("unknown", None, self._why_unknown(), self._seconds)
            if self.no_roster:
                return self._compromise(self.best_plan)
            assert self.best is not None
            outcome: Outcome = "optimal" if self._is_proved() else "feasible"
            roster = self._checked(self.best_plan, outcome, reasons=True)
        except _RejectedError as rejected:
            return self._rejected(rejected)
        return Result(roster.outcome, roster, self._says(roster), self._seconds)

    def _is_proved(self) -> bool:
        assert self.best is not None
        return self.bound >= self.best.objective or (self.ended is not None and self.ended.proved)

    def _compromise(self, plan: Plan) -> Result:
        if self.ended is None or not self.ended.confirmed:
            says = "It seems that no roster keeps every rule, but that could not be confirmed in a second way in time."
            return Result("unknown", None, says, self._seconds)
        roster = self._checked(plan, "infeasible", reasons=True)
        says = "No roster keeps every rule. "
        says += (
            "This compromise breaks as little as it can."
            if self.ended.least
            else "This compromise breaks little; whether another breaks less was not settled in time."
        )
        return Result("infeasible", roster, says, self._seconds)

    def _rejected(self, rejected: _RejectedError) -> Result:
        says = "The answer failed the checker, so nothing is shown. This is a fault of the program, not of your data."
        return Result("rejected", None, says, self._seconds, rejected.findings)

    def _says(self, roster: Roster) -> str:
        if roster.outcome == "optimal":
            return how_good(roster)
        how = "Stopped by you. " if self.stopped else self._crash()
        return how + how_good(roster)

    def _crash(self) -> str:
        over = self._seconds >= self.options.time_limit
        ended = self.ended is not None or over or self._close_enough(self.best.objective if self.best else FREE)
        return "" if ended else "The search broke off. "

    def _why_unknown(self) -> str:
        if self.stopped:
            return "Stopped by you before a roster was found or ruled out."
        if self.no_roster and not self.options.compromise:
            return "It seems that no roster keeps every rule."
        if self.ended is None and self._seconds < self.options.time_limit:
            return "The search broke off before a roster was found or ruled out."
        return "Time ran out before a roster was found or ruled out."


def _end(connections: dict[Connection, BaseProcess]) -> None:
    for connection, process in connections.items():
        process.terminate()
        process.join()
        connection.close()
