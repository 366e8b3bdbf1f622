"""Which facts can hold together: models about a few promises, in which facts can be given up altogether.

They are asked again and again while conflicts are made smaller; what is shown to anybody is confirmed by others.
There are two of them. In the first every visit is a journey of its own: it is small, and what cannot be there cannot
be at all. What can be there is put to the rules' checkers; where they do not accept it the second, with all roads, is
asked. Where some journey is shorter by way of other sites the first says nothing and is left out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from roster import cpsat
from roster.decisions import Decisions
from roster.explain.conflicts.part import is_promise, part_about
from roster.explain.conflicts.settled import keeps
from roster.facts import facts_of, without
from roster.instance import Instance
from roster.model import Cost, Ints, Matrix, Model
from roster.plan import Plan, draft_of, plan_of
from roster.relief import Weighted, Whole
from roster.rule import Rule, Way

Settled = Literal["yes", "no", "unknown"]
_SETTLED: dict[cpsat.Status, Settled] = {"optimal": "yes", "feasible": "yes", "infeasible": "no", "unknown": "unknown"}


_DEAR = 100
"""How many others are given up rather than one that is dear."""


@dataclass(frozen=True)
class Told:
    """Whether the facts can hold together, with a plan in which they do where they can."""

    settled: Settled
    plan: Plan | None = None


class OnlyPromises(Whole):
    """Promises can be given up; every other fact holds."""

    def past(self, way: Way) -> tuple[Weighted, int]:
        """Open only where it is open as long as the fact holds."""
        return [], int(way.kept)

    def beyond(self, fact: str, terms: Weighted, limit: int) -> Weighted:
        """No limit gives way."""
        del fact, terms, limit
        return []


class _Asked:
    """One model, and what is asked of it."""

    def __init__(self, opened: Instance, held: Instance, rules: Sequence[Rule], relief: Whole, *, apart: bool) -> None:
        self._relief = relief
        self._decisions = Decisions(opened, rules, relief=relief, held=held, model=relief.model, apart=apart)
        self._matrix = relief.model.matrix(Cost())

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(self._relief.given_up)

    def ask(self, held: Collection[str], seconds: float, seed: int) -> Told:
        columns = np.array(list(self._relief.given_up.values()), dtype=np.int64)
        values = np.array([fact not in held for fact in self._relief.given_up], dtype=np.int64)
        return self._told(self._matrix.holding(columns, values), cpsat.Effort(seconds, 2, seed, cpsat.FINDING))

    def fewest(self, dear: Collection[str], seconds: float) -> frozenset[str]:
        given_up = self._relief.given_up
        cost = [(variable, _DEAR if fact in dear else 1) for fact, variable in given_up.items()]
        answer = cpsat.solve(self._matrix.with_cost(cost), cpsat.Effort(seconds, 2, 0, cpsat.FINDING))
        values = answer.values
        return frozenset() if values is None else frozenset(fact for fact, v in given_up.items() if values[v])

    def _told(self, matrix: Matrix, effort: cpsat.Effort) -> Told:
        answer = cpsat.solve(matrix, effort)
        return Told(_SETTLED[answer.status], None if answer.values is None else self._plan(answer.values))

    def _plan(self, values: Ints) -> Plan:
        return plan_of(self._decisions, values)


class Together:
    """The facts about the promises ``asked``, and whether some of them can hold while all others are given up.

    With ``only_promises`` the other facts hold throughout, and the models are smaller.
    """

    def __init__(
        self, instance: Instance, rules: Sequence[Rule], asked: Collection[str], *, only_promises: bool = False
    ) -> None:
        self._part = part_about(instance, asked, anywhere=not only_promises)
        self._rules, self._only_promises = rules, only_promises
        self._may_be_apart = not instance.has_short_cuts
        self._facts = facts_of(self._part)

    def _model(self, *, apart: bool) -> _Asked:
        relief = OnlyPromises(Model()) if self._only_promises else Whole(Model())
        opened = self._part if self._only_promises else without(self._part, self._facts)
        return _Asked(opened, self._part, self._rules, relief, apart=apart)

    @cached_property
    def _apart(self) -> _Asked:
        return self._model(apart=True)

    @cached_property
    def _with_roads(self) -> _Asked:
        return self._model(apart=False)

    def facts(self, seconds: float) -> tuple[str, ...]:
        """The facts, by id, that a conflict of all of them can need: those without roads where they cannot hold."""
        if self._may_be_apart and self._apart.ask(self._apart.facts, seconds, 0).settled == "no":
            return self._apart.facts
        return self._with_roads.facts

    def ask(self, held: Collection[str], seconds: float, seed: int = 0) -> Told:
        """Whether these facts can hold together while every other is given up."""
        if self._may_be_apart:
            told = self._apart.ask(held, seconds, seed)
            if told.settled == "no" or (told.plan is not None and self._accepts(told.plan, held)):
                return told
        return self._with_roads.ask(held, seconds, seed)

    def _accepts(self, plan: Plan, held: Collection[str]) -> bool:
        """Whether the plan is a roster where these facts hold: every rule's checker is asked."""
        given_up = [f for f in self._facts if f.id not in held and (not self._only_promises or is_promise(f.id))]
        instance = without(self._part, given_up)
        return keeps(instance, self._rules, draft_of(instance, plan))

    def given_up(self, dear: Collection[str], seconds: float) -> frozenset[str]:
        """Few promises without which the others can be kept, rather not these dear ones; none if none is found."""
        return self._with_roads.fewest(dear, seconds)
