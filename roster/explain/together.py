"""Which facts can hold together: one model about a few promises, in which facts can be given up altogether.

It is asked again and again while conflicts are made smaller; what is shown to anybody is confirmed by other models.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from roster import cpsat
from roster.decisions import Decisions
from roster.explain.part import one_visit_will_do, part_about
from roster.facts import facts_of, without
from roster.instance import Instance
from roster.model import Cost, Model, Var
from roster.plan import Plan, plan_of
from roster.relief import Weighted, Whole
from roster.rule import Rule, Way

Settled = Literal["yes", "no", "unknown"]
_SETTLED: dict[cpsat.Status, Settled] = {"optimal": "yes", "feasible": "yes", "infeasible": "no", "unknown": "unknown"}


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


class Together:
    """The facts about the promises ``asked``, and whether some of them can hold while all others are given up.

    With ``only_promises`` the other facts hold throughout, and the model is smaller.
    """

    def __init__(
        self, instance: Instance, rules: Sequence[Rule], asked: Collection[str], *, only_promises: bool = False
    ) -> None:
        part, model = part_about(instance, asked, anywhere=not only_promises), Model()
        self.opened = part if only_promises else without(part, facts_of(part))
        self._relief = OnlyPromises(model) if only_promises else Whole(model)
        self._decisions = Decisions(
            self.opened,
            rules,
            relief=self._relief,
            held=part,
            model=model,
            one_visit_a_day=one_visit_will_do(part),
        )
        self._matrix = model.matrix(Cost())

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that play a part at all, by id."""
        return tuple(self._relief.given_up)

    def ask(self, held: Collection[str], seconds: float, seed: int = 0) -> Told:
        """Whether these facts can hold together while every other is given up."""
        columns = np.array(list(self._relief.given_up.values()), dtype=np.int64)
        values = np.array([fact not in held for fact in self._relief.given_up], dtype=np.int64)
        matrix = self._matrix.holding(columns, values)
        answer = cpsat.solve(matrix, cpsat.Effort(seconds, 2, seed, cpsat.FINDING))
        plan = None if answer.values is None else plan_of(self._decisions, answer.values)
        return Told(_SETTLED[answer.status], plan)

    def hint(self, held: Collection[str], seconds: float) -> frozenset[str] | None:
        """Some of these facts that seem not to hold together while all others are given up; to be asked again."""
        by_column = {variable: fact for fact, variable in self._relief.given_up.items()}
        loose = [variable for fact, variable in self._relief.given_up.items() if fact not in held]
        columns = np.array(loose, dtype=np.int64)
        matrix = self._matrix.holding(columns, np.ones(len(columns), dtype=np.int64))
        assumed = [variable for fact, variable in self._relief.given_up.items() if fact in held]
        found = cpsat.core(matrix, assumed, cpsat.Effort(seconds))
        return None if found is None else frozenset(by_column[Var(column)] for column in found)
