"""The decisions a roster is made of, as CP-SAT variables, and the small language that rules speak.

Four kinds of decision, keyed by ids:

- ``visits[coach_id, session_id]``: 0 or 1, the coach holds the session;
- ``legs[coach_id, day, a, b]``: 0 or 1, the coach goes from session ``a`` straight to session ``b`` (None is
  the coach's base). A day is one path from the base through the day's visits and back, in order of time;
- ``seen[referral_id, session_id]``: how many people of the referral are seen in the session;
- ``bookings[booking_id, session_id]``: 0 or 1, the interpreter is at the visit.

Only candidates that every rule allows become variables; what is not there is 0. Here stands what the words
mean (a leg joins visits, an appointment needs a visit that may hold it); what a roster must be and what it
costs stands in ``models/``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from ortools.sat.python import cp_model

from roster.domain import Referral, Session
from roster.instance import Instance
from roster.rule import Rule

Var: TypeAlias = cp_model.IntVar
Terms: TypeAlias = Iterable[tuple[Var, int]]
Tier = Literal["people", "promises"]
Leg = tuple[str, date, str | None, str | None]


@dataclass(frozen=True)
class Cost:
    """A linear cost in minutes of coach time: ``constant + sum(weight * variable)``."""

    terms: Sequence[tuple[Var, int]] = ()
    constant: int = 0


@dataclass(frozen=True)
class Shortfall:
    """How far a promise is missed in a compromise: ``variable`` units, at ``price`` each, in its tier."""

    rule: str
    fact: str
    tier: Tier
    price: int
    variable: Var


@dataclass
class Decisions:
    """The variables of one instance, and what may be asked and required of them.

    With ``promises_may_break`` each demand made through ``demand`` gets a shortfall instead of being hard:
    that is the model of a compromise roster.
    """

    instance: Instance
    rules: Sequence[Rule]
    promises_may_break: bool = False
    people: Mapping[str, Referral] | None = None
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    visits: dict[tuple[str, str], Var] = field(default_factory=dict)
    legs: dict[Leg, Var] = field(default_factory=dict)
    seen: dict[tuple[str, str], Var] = field(default_factory=dict)
    bookings: dict[tuple[str, str], Var] = field(default_factory=dict)
    shortfalls: list[Shortfall] = field(default_factory=list)
    _visited_by: dict[tuple[str, frozenset[str]], Var | None] = field(default_factory=dict)
    _coaches_at: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _sessions_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _seen_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _seen_in: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self._make_visits()
        self._make_legs()
        self._make_appointments()
        self._make_bookings()
        for rule in self.rules:
            if rule.post is not None:
                rule.post(self)

    # -- candidates ---------------------------------------------------------------------------------------

    def _make_visits(self) -> None:
        tests = [r.allows_visit for r in self.rules if r.allows_visit is not None]
        for session in self.instance.sessions:
            for coach in self.instance.coaches:
                if all(allows(self.instance, coach, session) for allows in tests):
                    key = coach.coach_id, session.session_id
                    self.visits[key] = self.model.new_bool_var(f"visit {key[0]} {key[1]}")
                    self._coaches_at[key[1]].append(key[0])
                    self._sessions_of[key[0]].append(key[1])

    def _make_legs(self) -> None:
        for coach_id, session_ids in self._sessions_of.items():
            by_day: dict[date, list[Session]] = defaultdict(list)
            for session_id in session_ids:
                session = self.instance.session[session_id]
                by_day[session.date].append(session)
            for day, sessions in by_day.items():
                self._make_day(coach_id, day, sessions)

    def _make_day(self, coach_id: str, day: date, sessions: list[Session]) -> None:
        """One path: from the base, through each visited session once, and back; at most one a day."""
        tests = [r.allows_leg for r in self.rules if r.allows_leg is not None]
        coach = self.instance.coach[coach_id]
        leaving: dict[str | None, list[Var]] = defaultdict(list)
        arriving: dict[str | None, list[Var]] = defaultdict(list)
        pairs: list[tuple[str | None, str | None]] = [
            (a.session_id, b.session_id)
            for a in sessions
            for b in sessions
            if a is not b and all(allows(self.instance, coach, a, b) for allows in tests)
        ]
        ids = [s.session_id for s in sessions]
        for a, b in [(None, i) for i in ids] + pairs + [(i, None) for i in ids]:
            leg = self.model.new_bool_var(f"leg {coach_id} {day} {a or 'base'} {b or 'base'}")
            self.legs[coach_id, day, a, b] = leg
            leaving[a].append(leg)
            arriving[b].append(leg)
        for session_id in ids:
            visit = self.visits[coach_id, session_id]
            self.model.add(total(leaving[session_id]) == visit)
            self.model.add(total(arriving[session_id]) == visit)
        self.model.add_at_most_one(leaving[None])

    def _make_appointments(self) -> None:
        people = self.instance.people if self.people is None else self.people
        tests = [r.allows_appointment for r in self.rules if r.allows_appointment is not None]
        for referral in people.values():
            for session in self.instance.sessions:
                if self._coaches_at.get(session.session_id) and all(
                    allows(self.instance, referral, session) for allows in tests
                ):
                    self._make_appointment(referral, session)

    def _make_appointment(self, referral: Referral, session: Session) -> None:
        coaches = self._who_may_see(referral, session)
        visited = self.visited_by(session.session_id, coaches)
        if visited is None:
            return
        key = referral.referral_id, session.session_id
        self.seen[key] = seen = self.model.new_int_var(0, referral.count, f"seen {key[0]} {key[1]}")
        self.model.add(seen <= referral.count * visited)
        self._seen_of[key[0]].append(key[1])
        self._seen_in[key[1]].append(key[0])

    def _who_may_see(self, referral: Referral, session: Session) -> frozenset[str]:
        tests = [r.allows_meeting for r in self.rules if r.allows_meeting is not None]
        return frozenset(
            c
            for c in self._coaches_at[session.session_id]
            if all(allows(self.instance, referral, self.instance.coach[c], session) for allows in tests)
        )

    def _make_bookings(self) -> None:
        tests = [r.allows_booking for r in self.rules if r.allows_booking is not None]
        for booking in self.instance.interpreters:
            for session in self.instance.sessions:
                covered = frozenset(
                    c
                    for c in self._coaches_at.get(session.session_id, ())
                    if all(allows(self.instance, booking, self.instance.coach[c], session) for allows in tests)
                )
                visited = self.visited_by(session.session_id, covered)
                if visited is not None:
                    key = booking.booking_id, session.session_id
                    self.bookings[key] = self.model.new_bool_var(f"booking {key[0]} {key[1]}")
                    self.model.add(self.bookings[key] <= visited)

    # -- what rules ask -----------------------------------------------------------------------------------

    def visited_by(self, session_id: str, coaches: frozenset[str]) -> Var | None:
        """0 or 1: one of these coaches holds the session. None where none of them ever could."""
        able = coaches.intersection(self._coaches_at.get(session_id, ()))
        key = session_id, able
        if key not in self._visited_by:
            self._visited_by[key] = self._new_visited_by(session_id, able)
        return self._visited_by[key]

    def _new_visited_by(self, session_id: str, coaches: frozenset[str]) -> Var | None:
        visits = [self.visits[c, session_id] for c in sorted(coaches)]
        if len(visits) < 2:
            return visits[0] if visits else None
        visited = self.model.new_bool_var(f"visited {session_id} by {' '.join(sorted(coaches))}")
        self.model.add(total(visits) == visited)
        return visited

    def visits_of(self, coach_id: str) -> dict[str, Var]:
        """The coach's possible visits, by session."""
        return {s: self.visits[coach_id, s] for s in self._sessions_of.get(coach_id, ())}

    def visits_in(self, session_id: str) -> dict[str, Var]:
        """The session's possible visits, by coach."""
        return {c: self.visits[c, session_id] for c in self._coaches_at.get(session_id, ())}

    def visits_at(self, site_id: str) -> dict[tuple[str, str], Var]:
        """The site's possible visits, by (coach, session)."""
        return {key: visit for key, visit in self.visits.items() if self.instance.site_of(key[1]) == site_id}

    def seen_of(self, referral_id: str) -> dict[str, Var]:
        """How many people of the referral are seen in each session they could use."""
        return {s: self.seen[referral_id, s] for s in self._seen_of.get(referral_id, ())}

    def seen_in(self, session_id: str) -> dict[str, Var]:
        """How many people of each referral are seen in the session."""
        return {r: self.seen[r, session_id] for r in self._seen_in.get(session_id, ())}

    def road(self, coach_id: str, day: date | None = None) -> list[tuple[Var, int]]:
        """The coach's legs, each with its minutes on the road: on one day, or in the month."""
        return [
            (leg, minutes)
            for (coach, when, a, b), leg in self.legs.items()
            if coach == coach_id and day in (None, when)
            if (minutes := self.minutes_of_leg(coach, a, b))
        ]

    def minutes_of_leg(self, coach_id: str, a: str | None, b: str | None) -> int:
        """Minutes on the road from session ``a`` to session ``b``; None is the coach's base."""
        start = coach_id if a is None else self.instance.site_of(a)
        end = coach_id if b is None else self.instance.site_of(b)
        return self.instance.minutes_between(start, end)

    def days_of(self, coach_id: str) -> list[date]:
        """The days on which the coach could hold a visit, in order."""
        return sorted({self.instance.session[s].date for s in self._sessions_of.get(coach_id, ())})

    # -- what rules require -------------------------------------------------------------------------------

    def new_count(self, upper: int, name: str) -> Var:
        """A whole number from 0 to ``upper`` that a rule needs beside the decisions."""
        return self.model.new_int_var(0, upper, name)

    def require(self, condition: cp_model.BoundedLinearExpression | bool) -> None:
        """``condition`` holds in every roster. A condition that is already decided may be a plain bool."""
        if isinstance(condition, bool):
            if not condition:
                self.model.add_bool_or([])
            return
        self.model.add(condition)

    def at_most_one(self, variables: Iterable[Var]) -> None:
        """At most one of these 0-or-1 variables is 1."""
        self.model.add_at_most_one(variables)

    def demand(
        self, variables: Iterable[Var], at_least: int, *, rule: str, fact: str, tier: Tier, price: int
    ) -> None:
        """A promise: the variables sum to at least so much. A compromise may fall short of it, at a price a unit."""
        amount = total(variables)
        if self.promises_may_break:
            short = self.new_count(at_least, f"short of {fact}")
            self.shortfalls.append(Shortfall(rule, fact, tier, price, short))
            amount = amount + short
        self.require(amount >= at_least)


def total(variables: Iterable[Var]) -> cp_model.LinearExpr:
    """The sum of variables; an expression also where there are none."""
    return cp_model.LinearExpr.sum(list(variables))


def weighted(terms: Terms) -> cp_model.LinearExpr:
    """The sum of weight times variable; an expression also where there are none."""
    pairs = list(terms)
    return cp_model.LinearExpr.weighted_sum([v for v, _ in pairs], [w for _, w in pairs])
