"""The search for the cheapest additions, for one number of people after another.

First how many people can be seen in time with everything and with nothing added; then the number asked for, of whose
additions none may be superfluous; then the numbers between, from the highest down. Every plan is checked before it
counts.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from roster import cpsat
from roster.edits import EditError, apply_edits
from roster.instance import Instance
from roster.model import Ints, Matrix
from roster.plan import draft_of
from roster.planning.need.additions import Addition, Universe, edits_of
from roster.planning.need.model import Extended, Question
from roster.planning.need.points import Found, Points, Reach, targets

MOST_POINTS = 8
"""How many numbers of people, at most, the price is shown for beside the one asked for."""
_SHARES = {"most": 0.2, "base": 0.15, "asked": 0.6, "superfluous": 0.3}
"""What of the time that is left each part may take."""


@dataclass(frozen=True)
class State:
    """What is known so far. ``doing`` says what is being looked at; empty: nothing any more."""

    points: Points
    most: Reach | None
    base: Reach | None
    doing: str


@dataclass
class Search:
    """One search; ``asked`` is the number of people; ``deadline`` on the clock of ``time.monotonic``."""

    universe: Universe
    question: Question
    asked: int
    deadline: float
    workers: int
    seed: int
    frontier: bool
    tell: Callable[[State], None]
    points: Points = field(default_factory=Points)
    most: Reach | None = None
    base: Reach | None = None
    doing: str = ""

    def run(self) -> State:
        """Everything that there is time for."""
        self._say("building the model")
        model = Extended(self.universe, self.question, apart=False)
        self.most = self._reach(model, with_additions=True)
        self.base = self._reach(model, with_additions=False)
        if not self.points.impossible(self.asked):
            self._cheapest(model, self.asked, _SHARES["asked"], "the cheapest additions")
            self._without_superfluous(model)
        for people in reversed(self.numbers()) if self.frontier else ():
            self._cheapest(model, people, 1.0 / (1 + len(self._open())), f"what {people:,} people cost")
        self._say("")
        return self._state

    @property
    def _state(self) -> State:
        return State(self.points, self.most, self.base, self.doing)

    @property
    def _left(self) -> float:
        return max(0.0, self.deadline - time.monotonic())

    def _say(self, doing: str) -> None:
        self.doing = doing
        self.tell(self._state)

    def numbers(self) -> Sequence[int]:
        """The numbers of people that are looked at."""
        low = self.base.found if self.base and self.base.found else 0
        high = self.most.found if self.most and self.most.found else 0
        return targets(min(low, high), high, self.asked, MOST_POINTS)

    def _open(self) -> list[int]:
        return [people for people in self.numbers() if not self.points.proved(people)]

    def _effort(self, seconds: float) -> cpsat.Effort:
        searches = cpsat.FINDING[: self.workers]
        return cpsat.Effort(min(seconds, self._left), self.workers, self.seed, searches)

    # -- how many people ----------------------------------------------------------------------------------

    def _reach(self, model: Extended, *, with_additions: bool) -> Reach:
        """How many people can be seen in time at most."""
        self._say("how many can be seen in time with everything added" if with_additions else "the same without")
        matrix = model.most_seen(with_additions=with_additions)
        listener = cpsat.Listener(solution=lambda values: self._found(model, values))
        share = _SHARES["most" if with_additions else "base"]
        answer = cpsat.solve(matrix, self._effort(self._left * share), listener=listener)
        everybody = sum(r.count for r in self.universe.base.people.values())
        if answer.status == "infeasible":
            if with_additions:
                self.points.rule_out(0)
            return Reach(None, 0)
        at_most = min(everybody, -answer.bound)
        if with_additions:
            self.points.rule_out(at_most + 1)
        else:
            self.points.costs(at_most + 1, self._cheapest_of_all)
        return Reach(None if answer.values is None else model.seen_soon(answer.values), at_most)

    @property
    def _cheapest_of_all(self) -> int:
        return min((a.price for a in self.universe.additions.values()), default=0)

    # -- what it costs ------------------------------------------------------------------------------------

    def _cheapest(self, model: Extended, people: int, share: float, doing: str) -> None:
        """The cheapest additions after which so many people are seen in time."""
        if self._left <= 0 or (self.points.proved(people) and doing.startswith("what")):
            return
        self._say(doing)

        def bound(cost: int) -> None:
            self.points.costs(people, model.price_at_least(cost))

        def stopped() -> bool:
            return doing.startswith("what") and self.points.proved(people)

        listener = cpsat.Listener(lambda values: self._found(model, values), bound, stopped)
        answer = cpsat.solve(model.asking(people), self._effort(self._left * share), listener=listener)
        if answer.status == "infeasible":
            self.points.rule_out(people)
            return
        bound(answer.bound)
        if answer.values is not None:
            least = answer.status == "optimal" and model.counts_each
            self._found(model, answer.values, least=least or None)
        self._say(doing)

    def _found(self, model: Extended, values: Ints, least: bool | None = None) -> None:
        """Take in values of the model as a plan, if it passes the checker."""
        found = Found(model.chosen(values), model.seen_soon(values), model.plan(values), least)
        best = self.points.best(found.people)
        if (best is None or found.rank < best.rank or (least and found.rank == best.rank)) and self._is_right(found):
            self.points.add(found)
            self.tell(self._state)

    def _is_right(self, found: Found) -> bool:
        return is_right(self.universe.base, self.question, found)

    # -- nothing superfluous ------------------------------------------------------------------------------

    def _without_superfluous(self, model: Extended) -> None:
        """Leave out one addition after another, the dearest first, as long as the others are enough."""
        best = self.points.best(self.asked)
        if best is None or best.least is not None:
            return
        self._say("whether each of the additions is needed")
        needed: list[Addition] = []
        known, until = True, self._left * (1 - _SHARES["superfluous"])
        for addition in sorted(best.additions, key=lambda a: (-a.price, a.id)):
            if addition not in best.additions:
                continue
            others = [a for a in best.additions if a is not addition]
            effort = self._effort(max(0.0, (self._left - until) / 2))
            answer = cpsat.solve(only(model, self.asked, others), effort)
            if answer.values is not None:
                self._found(model, answer.values)
                best = self.points.best(self.asked) or best
            else:
                known = known and answer.status == "infeasible"
                needed.append(addition)
        if known:
            self.points.add(replace(best, least=True))
            self.tell(self._state)


def only(model: Extended, people: int, additions: Sequence[Addition]) -> Matrix:
    """The model in which nothing is added but these."""
    matrix, allowed = model.asking(people), {a.id for a in additions}
    upper = matrix.upper.copy()
    for addition in model.universe.additions.values():
        if addition.id not in allowed:
            upper[model.used_by(addition)] = 0
    return replace(matrix, upper=np.asarray(upper))


def is_right(base: Instance, question: Question, found: Found) -> bool:
    """Whether the edits can be made and the roster of the plan passes every rule's checker, with so many people."""
    try:
        edited = apply_edits(base, edits_of(found.additions))
    except EditError:
        return False
    roster = draft_of(edited, found.plan)
    rules = (*question.rules, question.within(question.days, found.people))
    return not any(True for rule in rules for _ in rule.check(edited, roster))
