"""Whether an instance has a roster: yes with one that every rule's checker accepts, no by two ways that agree.

Anything else is not settled. The plan, the roster and the question are made here and not where reports are made, so
that a mistake there does not repeat itself here.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from roster.audit.needed import needed_part, wanted_people
from roster.audit.ways import WAYS, Way
from roster.domain import Roster
from roster.instance import Instance
from roster.model import Ints, Matrix
from roster.plan import Plan, appointments_of, visits_of
from roster.reasons import unseen_of
from roster.rule import Rule
from roster.search.problem import Problem, problem_of
from roster.verify import verify

AGREEING = 2
"""How many ways have to say that there is no roster before it counts."""
SHARE = 0.5
"""Of the time that is left, how much one way may use for one question."""


@dataclass(frozen=True)
class Answer:
    """``roster``: one that was checked. ``none``: there is none. Neither: it was not settled in time."""

    roster: Roster | None = None
    none: bool = False


@dataclass(frozen=True)
class Minutes:
    """Appointments of these people, each by their last day, of at least so many minutes in all."""

    people: Mapping[str, date]
    at_least: int

    def booked(self, instance: Instance, roster: Roster) -> int:
        """How many minutes of such appointments a roster has."""
        return sum(
            instance.people[a.referral_id].minutes
            for a in roster.appointments
            if a.referral_id in self.people and instance.session[a.session_id].date <= self.people[a.referral_id]
        )


@dataclass
class Settler:
    """Answers questions until its time, in seconds, has run out. ``ways`` take turns until the answer is settled."""

    rules: Sequence[Rule]
    time_limit: float
    ways: Sequence[Way] = WAYS
    _began: float = field(default_factory=time.monotonic)

    @property
    def seconds_left(self) -> float:
        """How much time there is."""
        return self.time_limit - (time.monotonic() - self._began)

    def roster(self, instance: Instance, weaker: Iterable[Instance] = ()) -> Answer:
        """Whether the instance has a roster.

        ``weaker`` ask for less and allow more: where one of them has no roster, the instance has none. They are small
        and looked at first.
        """
        if any(self._settle(less, wanted_people(less), None).none for less in weaker):
            return Answer(none=True)
        return self._settle(instance, wanted_people(instance), None)

    def roster_with(self, instance: Instance, minutes: Minutes) -> Answer:
        """Whether the instance, in which nobody has to be seen, has a roster with so many minutes."""
        return self._settle(instance, minutes.people, minutes)

    def _settle(self, instance: Instance, wanted: Mapping[str, date], minutes: Minutes | None) -> Answer:
        if self.seconds_left <= 0:
            return Answer()
        problem = problem_of(needed_part(instance, self.rules, wanted), self.rules, ())
        matrix = problem.matrix if minutes is None else _with_minutes(problem, minutes)
        none = 0
        for way in self.ways:
            status, values = way(matrix, self.seconds_left * SHARE)
            roster = None if values is None else self._checked(instance, problem, values, minutes)
            if roster is not None:
                return Answer(roster)
            none += status == "infeasible"
            if none == AGREEING:
                return Answer(none=True)
        return Answer()

    def _checked(self, instance: Instance, problem: Problem, values: Ints, minutes: Minutes | None) -> Roster | None:
        """The roster that the values stand for, where every rule's checker accepts it for the whole instance."""
        roster = _roster_of(instance, problem.plan(values))
        enough = minutes is None or minutes.booked(instance, roster) >= minutes.at_least
        return roster if enough and verify(instance, roster, self.rules, ()).accepted else None


def _roster_of(instance: Instance, plan: Plan) -> Roster:
    visits = visits_of(instance, plan)
    appointments = appointments_of(instance, plan, visits)
    return Roster(
        instance=instance.settings.name,
        month=instance.settings.month,
        instance_sha256=instance.sha256,
        outcome="feasible",
        objective=0,
        bound=0,
        costs={},
        visits=visits,
        appointments=appointments,
        unseen=unseen_of(instance, appointments),
    )


def _with_minutes(problem: Problem, minutes: Minutes) -> Matrix:
    instance = problem.decisions.instance
    terms = [
        (number, -instance.people[referral_id].minutes)
        for (referral_id, session_id), number in problem.decisions.seen.items()
        if instance.session[session_id].date <= minutes.people[referral_id]
    ]
    return problem.matrix.with_row(terms, at_most=-minutes.at_least)
