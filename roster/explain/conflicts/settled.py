"""Whether an instance has a roster: yes with one that every rule's checker accepts, no where two searches agree."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from roster import cpsat
from roster.decisions import Decisions
from roster.domain import Roster
from roster.explain.conflicts.part import part_about, promises, usable_part
from roster.instance import Instance
from roster.model import Cost
from roster.plan import draft_of, plan_of
from roster.rule import Rule

_ONE_QUESTION = 20.0
"""Seconds for one question at most; a question not settled by then is left open."""


@dataclass
class Clock:
    """How long there still is, in seconds."""

    seconds: float
    began: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        """Seconds left, at least a little."""
        return max(0.05, self.seconds - (time.monotonic() - self.began))

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() - self.began >= self.seconds

    def turn(self, most: float = _ONE_QUESTION) -> float:
        """Seconds for one question."""
        return min(most, self.left)


def has_none(instance: Instance, rules: Sequence[Rule], clock: Clock) -> bool:
    """Whether two searches that differ both find that there is no roster."""
    part = usable_part(instance, rules)
    if not instance.has_short_cuts and _both_find_none(Decisions(part, rules, apart=True), clock):
        return True
    return _both_find_none(Decisions(part, rules), clock)


def _both_find_none(decisions: Decisions, clock: Clock) -> bool:
    matrix = decisions.model.matrix(Cost())
    ways = (cpsat.Effort(clock.turn(), workers=2, seed=1), cpsat.Effort(clock.turn(), seed=2, presolve=False))
    return all(cpsat.solve(matrix, effort).status == "infeasible" for effort in ways)


def roster_of(instance: Instance, rules: Sequence[Rule], clock: Clock) -> Roster | None:
    """A roster that keeps every promise and passed every rule's checker; None where none was found in time.

    Nobody is seen in it to whom nothing is promised; it has no prices.
    """
    decisions = Decisions(part_about(instance, promises(instance)), rules)
    answer = cpsat.solve(decisions.model.matrix(Cost()), cpsat.Effort(clock.turn(60.0), workers=2))
    if answer.values is None:
        return None
    roster = draft_of(instance, plan_of(decisions, answer.values))
    return roster if keeps(instance, rules, roster) else None


def keeps(instance: Instance, rules: Sequence[Rule], roster: Roster) -> bool:
    """Whether every rule's checker accepts the roster."""
    return not any(True for rule in rules for _ in rule.check(instance, roster))
