"""The model of everything that could be added: every rule, a price for what is used of it, and how many are seen soon.

What is added and not used changes no roster, so an addition is paid for where a visit uses it: a session where somebody
holds it, a coach and a room where any visit is theirs, an interpreter where a visit has the booking. The cost is the
price in units of the largest sum that every price is a multiple of, and among plans of one price fewer additions are
better: a unit weighs more than all additions together.

Only who is seen in time, or has to be seen, is in the model: seeing anybody else uses room and nothing more.
With ``apart`` every visit is a journey of its own (``Decisions``): less is asked, so nothing costs less than its least.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import gcd

import numpy as np

from roster.calendar import iso_week
from roster.decisions import Decisions
from roster.domain import Referral, Roster, Session
from roster.instance import Instance
from roster.model import Cost, Ints, Matrix, Var
from roster.plan import Plan, plan_of
from roster.planning.need.additions import Addition, Universe
from roster.rule import Finding, Rule
from roster.search.problem import Problem, nothing_thrown_away

_LARGEST = 2**30
"""The largest sum of all weights of a cost; where it would be more, additions of one price do not count."""

Within = Callable[[int, int], Rule]
"""The rule that so many people are seen within so many days: of the days and the people."""


@dataclass(frozen=True)
class Question:
    """Within how many days people are to be seen, under which rules; ``within`` makes the rule that asks for it."""

    days: int
    rules: Sequence[Rule]
    within: Within


class Extended:
    """The model of a universe. Rows and columns stay the same for every number of people asked for."""

    def __init__(self, universe: Universe, question: Question, *, apart: bool) -> None:
        self.universe, self.apart = universe, apart
        only = _only(question.days, universe.base.binding)
        with nothing_thrown_away():
            rules = (*question.rules, only, question.within(question.days, 1))
            self._begins: list[int] = []
            self.decisions = Decisions(universe.everything, [self._noting(rule) for rule in rules], apart=apart)
            self._row = len(self.decisions.model.at_least) - 1
            self._begins.append(self._row + 1)
            self._of: dict[str, list[Var]] = {}
            for addition in universe.additions.values():
                self._of[addition.id] = self._paid_for(addition)
            self._in_order()

    def _noting(self, rule: Rule) -> Rule:
        """The rule, which notes where its rows begin."""
        post = rule.post
        if post is None:
            return rule

        def noting(decisions: Decisions) -> None:
            self._begins.append(len(decisions.model.at_least))
            post(decisions)

        return replace(rule, post=noting)

    @property
    def rule_of_row(self) -> Ints:
        """A number for each row, the same for the rows of one rule; 0 for what words mean. Shape (m,)."""
        rows = len(self.decisions.model.at_least)
        return np.searchsorted(np.array(self._begins), np.arange(rows), side="right")

    # -- what is paid for ---------------------------------------------------------------------------------

    def _paid_for(self, addition: Addition) -> list[Var]:
        """Variables that sum to 1 where the addition is used, and to 0 where not."""
        decisions = self.decisions
        if addition.kind == "session":
            return list(decisions.visits_in(addition.id).values())
        if addition.kind == "booking":
            return self._bookings.get(addition.id, [])
        visits = self._visits_of_room(addition) if addition.kind == "room" else decisions.visits_of(addition.id)
        return [self._any(addition, visits)] if visits else []

    @cached_property
    def _bookings(self) -> dict[str, list[Var]]:
        found: dict[str, list[Var]] = defaultdict(list)
        for (booking_id, _), variable in self.decisions.bookings.items():
            found[booking_id].append(variable)
        return found

    def _visits_of_room(self, addition: Addition) -> dict[str, Var]:
        """How often each session of the room is held, by session."""
        decisions, found = self.decisions, dict[str, Var]()
        for session in decisions.instance.sessions:
            able = frozenset(decisions.visits_in(session.session_id))
            visited = decisions.visited_by(session.session_id, able)
            if f"room {session.room_id}" == addition.id and visited is not None:
                found[session.session_id] = visited
        return found

    def _any(self, addition: Addition, visits: dict[str, Var]) -> Var:
        """Whether any of the visits is held; a coach's limits hold only of a coach who is there."""
        decisions = self.decisions
        used = decisions.new_count(1, f"addition {addition.id}")
        for visit in visits.values():
            decisions.model.add_within(visit, 1, used)
        if addition.kind == "coach":
            self._limits(addition.id, visits, used)
        return used

    def _limits(self, coach_id: str, visits: dict[str, Var], used: Var) -> None:
        """What follows of the limits on visits: a part of a coach holds no more than that part of them."""
        coach, sessions = self.decisions.instance.coach[coach_id], self.decisions.instance.session
        groups: dict[object, list[Var]] = defaultdict(list)
        most: dict[object, int] = {}
        for session_id, visit in visits.items():
            day = sessions[session_id].date
            limits: tuple[tuple[object, int | None], ...] = (
                (day, coach.max_sessions_day),
                (iso_week(day), coach.max_sessions_week),
                ("month", coach.max_sessions_month),
            )
            for key, limit in limits:
                if limit is not None:
                    groups[key].append(visit)
                    most[key] = limit
        for key, members in groups.items():
            if len(members) > most[key]:
                self.decisions.model.add([(used, -most[key]), *((v, 1) for v in members)], at_most=0)

    def _in_order(self) -> None:
        """Of additions that are alike the first come first."""
        alike: dict[str, list[Var]] = defaultdict(list)
        for addition in self.universe.additions.values():
            if addition.alike and self._of[addition.id]:
                alike[addition.alike].append(self._of[addition.id][0])
        for variables in alike.values():
            for first, then in pairwise(variables):
                self.decisions.model.add([(then, 1), (first, -1)], at_most=0)

    # -- the model as arrays ------------------------------------------------------------------------------

    @cached_property
    def unit(self) -> int:
        """The largest sum, in pence, that every price is a multiple of."""
        return gcd(*(a.price for a in self.universe.additions.values())) or 1

    @cached_property
    def weight(self) -> int:
        """What a unit of price weighs, where each addition weighs 1 beside; 1 where they weigh nothing."""
        additions = self.universe.additions.values()
        units = sum(a.price // self.unit * len(self._of[a.id]) for a in additions)
        return len(additions) + 1 if units * (len(additions) + 1) < _LARGEST else 1

    @cached_property
    def _matrix(self) -> Matrix:
        terms = []
        for addition in self.universe.additions.values():
            weight = addition.price // self.unit * self.weight + (self.weight > 1)
            terms += [(variable, weight) for variable in self._of[addition.id]]
        return self.decisions.model.matrix(Cost(terms))

    def asking(self, people: int) -> Matrix:
        """The model in which at least so many people are seen in time, at the price of what it takes."""
        at_least = self._matrix.at_least.copy()
        at_least[self._row] = people
        return replace(self._matrix, at_least=at_least)

    def on_days(self, matrix: Matrix, values: Ints, days: Collection[date]) -> Matrix:
        """The matrix in which what is decided on other days is as in the values."""
        decisions, date_of = self.decisions, self.decisions.instance.session
        held = [
            variable
            for decided in (decisions.visits, decisions.seen, decisions.bookings)
            for (_, session_id), variable in decided.items()
            if date_of[session_id].date not in days
        ]
        columns = np.array(held, dtype=np.int64)
        return matrix.holding(columns, values[columns])

    def most_seen(self, *, with_additions: bool) -> Matrix:
        """The model whose cost is less the more people are seen in time, with every addition or with none."""
        upper = self._matrix.upper.copy()
        if not with_additions:
            upper[[variable for variables in self._of.values() for variable in variables]] = 0
        return replace(self.asking(0), upper=upper).with_cost([(Var(int(v)), -1) for v in self._soon])

    @property
    def _soon(self) -> Ints:
        matrix = self._matrix
        return matrix.columns[matrix.starts[self._row] : matrix.starts[self._row + 1]]

    def values_of(self, plan: Plan) -> Ints | None:
        """The values of shape (n,) that stand for the plan, without whom nobody asks for; None where it is no plan."""
        return Problem(self.decisions, self.asking(0)).values_of(plan)

    # -- what values say ----------------------------------------------------------------------------------

    def price_at_least(self, bound: int) -> int:
        """Pence that every plan costs at least whose cost is at least ``bound``."""
        return max(0, bound) // self.weight * self.unit

    def chosen(self, values: Ints) -> tuple[Addition, ...]:
        """The additions that values of shape (n,) use."""
        used = (a for a in self.universe.additions.values() if any(values[v] for v in self._of[a.id]))
        return tuple(used)

    def used_by(self, addition: Addition) -> Sequence[Var]:
        """The variables that are 0 where the addition is not used."""
        return self._of[addition.id]

    @property
    def counts_each(self) -> bool:
        """Whether among plans of one price fewer additions are better: then none of the cheapest is superfluous."""
        return self.weight > 1

    def seen_soon(self, values: Ints) -> int:
        """How many people the values see in time."""
        return int(np.sum(values[self._soon]))

    def plan(self, values: Ints) -> Plan:
        """The plan that the values stand for."""
        return plan_of(self.decisions, values)


def _only(days: int, demanded: frozenset[str]) -> Rule:
    """Leaves out what nobody asks for: seeing people too late to count and, where a date binds, after it."""

    def allows(instance: Instance, referral: Referral, session: Session) -> bool:
        del instance
        in_time = (session.date - referral.referred_on).days <= days
        by = referral.see_by if referral.referral_id in demanded else None
        return in_time or (by is not None and session.date <= by)

    def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
        del instance, roster
        yield from ()

    return Rule(
        name="only",
        sentence="Only who is asked for is seen.",
        formula="seen(r,s) > 0 only if s is in time for r, or see_by(r) binds and s is by then",
        check=check,
        allows_appointment=allows,
    )
