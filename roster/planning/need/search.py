"""The search for the cheapest additions, for one number of people after another.

First how many people can be seen in time with everything and with nothing added; then the number asked for, of whose
additions none may be superfluous; then the numbers between, from the highest down. Every plan is checked before it
counts.
"""

import random
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import get_args

import numpy as np

from roster import cpsat
from roster.edits import EditError, apply_edits
from roster.instance import Instance
from roster.model import Ints, Matrix
from roster.plan import Plan, draft_of
from roster.planning.need.additions import Addition, AdditionKind, Universe, edits_of, too_late
from roster.planning.need.model import Extended, Question
from roster.planning.need.points import Found, Points, Reach, targets
from roster.planning.need.pool import pool
from roster.planning.need.together import Sums
from roster.search.messages import Start

MOST_POINTS = 8
"""How many numbers of people, at most, the price is shown for beside the one asked for."""
THE_CHEAPEST = "the cheapest additions"
_SHARES = {
    "most": 0.3,
    "base": 0.25,
    "bound": 0.15,
    "least": 0.3,
    "asked": 0.6,
    "few": 0.35,
    "turn": 0.2,
    "superfluous": 0.3,
}
"""What of the time that is left each part may take."""


_NO_COACH: tuple[AdditionKind, ...] = ("room", "session", "booking")
"""What is looked at first in a large region: a coach costs most."""
_STRETCH = 8
"""How many days, about, may be other at a time."""
SMALL = (6_000, 40_000)
"""A universe is looked at as a whole up to so many coaches times sessions, and people's rows times sessions."""


def is_small(universe: Universe) -> bool:
    """Whether all of it can be looked at in one model."""
    there = universe.everything
    sizes = len(there.coaches) * len(there.sessions), len(there.people) * len(there.sessions)
    return all(size <= most for size, most in zip(sizes, SMALL, strict=True))


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
    start: Start | None
    tell: Callable[[State], None]
    points: Points = field(default_factory=Points)
    most: Reach | None = None
    base: Reach | None = None
    doing: str = ""
    rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)

    def run(self) -> State:
        """Everything that there is time for."""
        self._say("building the model")
        if is_small(self.universe):
            self._all_of(Extended(self.universe, self.question, apart=False), None)
        else:
            self._in_part()
        self._say("")
        return self._state

    def _all_of(self, model: Extended, sums: Sums | None) -> None:
        """The plans that the model has. ``sums``: where bounds come from if it is only a part of the universe."""
        if self._is_whole(model):
            self.most = self._reach(model, with_additions=True)
            self.base = self._reach(model, with_additions=False)
        if self.points.impossible(self.asked):
            self._confirm((sums or model).asking(self.asked))
        if not self.points.impossible(self.asked):
            self._bound(sums, self.asked, _SHARES["bound"])
            self._settle(model, self.asked, _SHARES["asked"], THE_CHEAPEST)
            self._without_superfluous(model)
        for people in reversed(self.numbers()) if self.frontier else ():
            self._bound(sums, people, _SHARES["bound"] / (1 + len(self._open())))
            self._settle(model, people, 1.0 / (1 + len(self._open())), f"what {people:,} people cost")

    def _in_part(self) -> None:
        """Plans from what helps who is not seen yet; bounds from what is alike put together."""
        self.points.rule_out(self._could_be + 1)
        sums = None if self.universe.base.has_short_cuts else Sums(self.universe, self.question)
        alike: set[str] = set()
        if sums is not None:
            self._say("how many can be seen in time at most")
            at_most = self._most(sums, with_additions=True)
            self.points.rule_out(at_most + 1)
            self.most = Reach(None, at_most)
        nothing = Universe(self.universe.base, self.universe.base, {})
        as_it_is = Extended(nothing, self.question, apart=False)
        self._by_hand(as_it_is)
        self.base = self._reach(as_it_is, with_additions=False)
        if sums is not None:
            self.base = Reach(self.base.found, min(self.base.at_most, self._most(sums, with_additions=False)))
            alike = self._bound(sums, self.asked, _SHARES["least"])
        best = max(self.points.plans, key=lambda p: p.people, default=None)
        part = pool(self.universe, self.question.days, best.plan if best else Plan(), alike)
        self._say("building the model")
        model = Extended(part.universe, self.question, apart=False)
        for people in sorted({self.asked, self._ceiling} if self.frontier else {self.asked}):
            self._say(f"what is enough for {people:,} people with few changes")
            self._on_days(model, part.days, people, _SHARES["few"], kinds=_NO_COACH)
            if self.points.best(people) is None:
                self._on_days(model, part.days, people, _SHARES["few"])
        self._all_of(model, sums)

    @property
    def _ceiling(self) -> int:
        """How many people are not ruled out."""
        return self._could_be if self.points.ruled_out is None else self.points.ruled_out - 1

    def _on_days(
        self,
        model: Extended,
        days: Collection[date],
        people: int,
        share: float,
        kinds: Collection[AdditionKind] = get_args(AdditionKind),
    ) -> None:
        """The cheapest additions where only what is done on these days may be other than in the best plan known."""
        known = self.points.best(people) is not None
        values = self._hint(model, people if known else 0)
        if values is None or self.points.impossible(people) or self.points.proved(people):
            return
        listener = cpsat.Listener(lambda found: self._found(model, found))
        allowed = [a for a in model.universe.additions.values() if a.kind in kinds]
        matrix = model.on_days(only(model, people, allowed), values, days)
        effort = self._effort(self._left * share)
        cpsat.solve(matrix, effort, hint=values if known else None, listener=listener)

    def _in_turns(self, model: Extended, people: int, share: float) -> None:
        """Better and better additions: again and again another stretch of days may be other than in the best plan."""
        days = [day for day in model.decisions.instance.days if not self.universe.base.is_past(day)]
        until = self._left * (1 - share)
        while self._left > until and not self.points.proved(people) and self.points.best(people) and days:
            first = self.rng.randrange(len(days))
            self._on_days(model, days[max(0, first - _STRETCH // 2) : first + _STRETCH], people, _SHARES["turn"])

    def _confirm(self, matrix: Matrix) -> None:
        """That so many people cannot be seen in time is claimed only where a second search, or a sum, says so too."""
        if self.asked > self._could_be:
            return
        effort = cpsat.Effort(self._left * _SHARES["least"], seed=self.seed + 1, presolve=False)
        if cpsat.solve(matrix, effort).status != "infeasible":
            self.points.ruled_out = self._could_be + 1

    @property
    def _could_be(self) -> int:
        """How many people could be seen in time if there were room for everybody."""
        base = self.universe.base
        return sum(r.count for r in base.people.values()) - too_late(base, self.question.days)

    def _most(self, sums: Sums, *, with_additions: bool) -> int:
        """How many people can be seen in time at most."""
        answer = cpsat.solve(sums.most_seen(with_additions=with_additions), self._effort(self._left * _SHARES["bound"]))
        return -1 if answer.status == "infeasible" else min(self._could_be, -answer.bound)

    def _bound(self, sums: Sums | None, people: int, share: float) -> set[str]:
        """What so many people cost at least; and what is alike to the additions that are enough where less is asked."""
        if sums is None or self._left <= 0:
            return set()
        listener = cpsat.Listener(bound=lambda cost: self.points.costs(people, sums.price_at_least(cost)))
        answer = cpsat.solve(sums.asking(people), self._effort(self._left * share), listener=listener)
        if answer.status == "infeasible":
            self.points.rule_out(people)
            return set()
        self.points.costs(people, sums.price_at_least(answer.bound))
        return set() if answer.values is None else sums.alike(answer.values)

    def _is_whole(self, model: Extended) -> bool:
        """Whether what the model proves is proved of everything that could be added."""
        return model.universe is self.universe

    @property
    def _state(self) -> State:
        most = self.most
        if most is not None and not most.proved and self.points.plans:
            most = Reach(max(p.people for p in self.points.plans), most.at_most)
        return State(self.points, most, self.base, self.doing)

    @property
    def _left(self) -> float:
        return max(0.0, self.deadline - time.monotonic())

    def _say(self, doing: str) -> None:
        self.doing = doing
        self.tell(self._state)

    def numbers(self) -> Sequence[int]:
        """The numbers of people that are looked at."""
        low = self.base.found if self.base and self.base.found else 0
        high = max((p.people for p in self.points.plans), default=0)
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
        hint = self._hint(model, 0)
        answer = cpsat.solve(matrix, self._effort(self._left * share), hint=hint, listener=listener)
        everybody = sum(r.count for r in self.universe.base.people.values())
        if answer.status == "infeasible":
            if self._is_whole(model) and with_additions:
                self.points.rule_out(0)
            return Reach(None, 0)
        at_most = min(everybody, -answer.bound)
        if not with_additions:
            self.points.costs(at_most + 1, self._cheapest_of_all)
        elif self._is_whole(model):
            self.points.rule_out(at_most + 1)
        return Reach(None if answer.values is None else model.seen_soon(answer.values), at_most)

    @property
    def _cheapest_of_all(self) -> int:
        return min((a.price for a in self.universe.additions.values()), default=0)

    # -- what it costs ------------------------------------------------------------------------------------

    def _settle(self, model: Extended, people: int, share: float, doing: str) -> None:
        """The cheapest additions: at once, or in turns where the model is only a part and a plan is known."""
        if self._is_whole(model) or self.points.best(people) is None:
            self._cheapest(model, people, share, doing)
        else:
            self._say(doing)
            self._in_turns(model, people, share)

    def _cheapest(self, model: Extended, people: int, share: float, doing: str) -> None:
        """The cheapest additions after which so many people are seen in time."""
        if self._left <= 0 or (self.points.proved(people) and doing != THE_CHEAPEST):
            return
        self._say(doing)

        whole = self._is_whole(model)

        def bound(cost: int) -> None:
            if whole:
                self.points.costs(people, model.price_at_least(cost))

        def stopped() -> bool:
            return doing != THE_CHEAPEST and self.points.proved(people)

        listener = cpsat.Listener(lambda values: self._found(model, values), bound, stopped)
        hint = self._hint(model, people)
        answer = cpsat.solve(model.asking(people), self._effort(self._left * share), hint=hint, listener=listener)
        if answer.status == "infeasible":
            if whole:
                self.points.rule_out(people)
            return
        bound(answer.bound)
        if answer.values is not None:
            least = answer.status == "optimal" and model.counts_each
            self._found(model, answer.values, least=least or None)
        self._say(doing)

    def _hint(self, model: Extended, people: int) -> Ints | None:
        """Where a search begins: with the cheapest plan known for so many people, if the model has it."""
        known = [p for p in self.points.plans if p.people >= people and self._has(model, p)]
        if not known:
            return None
        best = max(known, key=lambda p: p.people) if people == 0 else min(known, key=lambda p: p.rank)
        return model.values_of(best.plan)

    def _has(self, model: Extended, found: Found) -> bool:
        return all(a.id in model.universe.additions for a in found.additions)

    def _by_hand(self, model: Extended) -> None:
        """Plans made without a search, as far as they keep every rule."""
        for plan in self.start(self.universe.base, self.question.rules) if self.start else ():
            values = model.values_of(plan)
            if values is not None:
                self._found(model, values)

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
