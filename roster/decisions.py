"""The decisions a roster is made of, as whole-number variables, and the small language that rules speak.

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
from typing import Literal

from roster.candidates import Candidates, Kind
from roster.domain import Referral, Session
from roster.instance import Instance
from roster.model import FREE, Cost, Model, Terms, Var
from roster.obstacles import Obstacles
from roster.relief import Relief
from roster.rule import Obstacle, Rule, Way

Tier = Literal["people", "promises"]
Leg = tuple[str, date, str | None, str | None]


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
    that is the model of a compromise roster. With ``relief`` facts may give way: ``instance`` is then the one in
    which all of them have, so that everything that could come to be is a candidate, and ``held`` the one in which
    they hold. Rules ask ``given`` (``held``, or else the instance) for what people want and what limits are, and
    ``instance`` for everything else.

    With ``apart`` every visit to come is a journey of its own, there and back, and there are no legs: a much smaller
    model that every roster keeps, where no journey is shorter by way of other sites, and not only rosters.
    """

    instance: Instance
    rules: Sequence[Rule]
    promises_may_break: bool = False
    relief: Relief | None = None
    held: Instance | None = None
    apart: bool = False
    model: Model = field(default_factory=Model)
    visits: dict[tuple[str, str], Var] = field(default_factory=dict)
    legs: dict[Leg, Var] = field(default_factory=dict)
    seen: dict[tuple[str, str], Var] = field(default_factory=dict)
    bookings: dict[tuple[str, str], Var] = field(default_factory=dict)
    shortfalls: list[Shortfall] = field(default_factory=list)
    _seen_by: dict[tuple[str, str, str], Var | None] = field(default_factory=dict)
    _visited_by: dict[tuple[str, frozenset[str]], Var | None] = field(default_factory=dict)
    _visited_for: dict[Kind, dict[str, Var | None]] = field(default_factory=lambda: defaultdict(dict))
    _others_than: dict[tuple[str, frozenset[str], str], Var | None] = field(default_factory=dict)
    _sessions_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _visits_at: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    _roads: dict[tuple[str, date], list[tuple[Var, int]]] = field(default_factory=lambda: defaultdict(list))
    _bookings_in: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _seen_of: dict[str, dict[str, Var]] = field(default_factory=lambda: defaultdict(dict))
    _seen_in: dict[str, dict[str, Var]] = field(default_factory=lambda: defaultdict(dict))
    _seen_on: dict[str, dict[date, list[Var]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.given = self.held or self.instance
        self.obstacles = Obstacles(self.given, self.instance, self.rules, self.relief.offered if self.relief else None)
        self.candidates = Candidates(self.instance, self.rules)
        self._make_visits()
        self._make_legs()
        self._make_appointments()
        self._make_bookings()
        for rule in self.rules:
            if rule.post is not None:
                rule.post(self)

    # -- candidates ---------------------------------------------------------------------------------------

    def _make_visits(self) -> None:
        for session_id, coaches in self.candidates.coaches_at.items():
            for coach_id in coaches:
                key = coach_id, session_id
                visit = self.visits[key] = self.model.new(1, "visit", key)
                if self.relief is not None:
                    self._unless(visit, 1, self.obstacles.to_visit(coach_id, session_id))
                self._sessions_of[coach_id].append(session_id)
                self._visits_at[self.instance.site_of(session_id)].append(key)

    def _make_legs(self) -> None:
        for coach_id, session_ids in self._sessions_of.items():
            by_day: dict[date, list[Session]] = defaultdict(list)
            for session_id in session_ids:
                session = self.instance.session[session_id]
                by_day[session.date].append(session)
            for day, sessions in by_day.items():
                if self.apart and not self.instance.is_past(day):
                    self._make_apart(coach_id, sessions)
                else:
                    self._make_day(coach_id, day, sessions)

    def _make_apart(self, coach_id: str, sessions: list[Session]) -> None:
        """A coach is in one visit at a time."""
        spans = {s.session_id: self.instance.span(coach_id, s.session_id) for s in sessions}
        times = {session_id: span for session_id, span in spans.items() if span is not None}
        for moment in sorted({start for start, _ in times.values()}):
            at_once = [self.visits[coach_id, s] for s, (start, end) in times.items() if start <= moment < end]
            if len(at_once) > 1:
                self.at_most(at_once, 1)

    def _make_day(self, coach_id: str, day: date, sessions: list[Session]) -> None:
        """One path: from the base, through each visited session once, and back; at most one a day."""
        leaving: dict[str | None, list[Var]] = defaultdict(list)
        arriving: dict[str | None, list[Var]] = defaultdict(list)
        ids = [s.session_id for s in sessions]
        between = self.candidates.legs_on(coach_id, day)
        for a, b in [*((None, i) for i in ids), *between, *((i, None) for i in ids)]:
            leg = self.model.new(1, "leg", (coach_id, day, a or "base", b or "base"))
            self.legs[coach_id, day, a, b] = leg
            if self.relief is not None and a is not None and b is not None:
                self._unless(leg, 1, self.obstacles.to_leg(coach_id, a, b))
            self._roads[coach_id, day].append((leg, self.minutes_of_leg(coach_id, a, b)))
            leaving[a].append(leg)
            arriving[b].append(leg)
        for session_id in ids:
            visit = self.visits[coach_id, session_id]
            for legs in (leaving[session_id], arriving[session_id]):
                self.model.add([(visit, -1), *((leg, 1) for leg in legs)], at_least=0, at_most=0)
        self.at_most(leaving[None], 1)

    def _make_appointments(self) -> None:
        for referral in self.instance.people.values():
            by_day = self._seen_on[referral.referral_id] = defaultdict(list)
            known = self._visited_for[referral.minutes, referral.needs]
            for session in self.candidates.sessions_for(referral):
                if session.session_id not in known:
                    able = self.candidates.who_may_see(referral, session)
                    known[session.session_id] = self._visited(session.session_id, able)
                visited = known[session.session_id]
                if visited is not None:
                    by_day[session.date].append(self._make_appointment(referral, session.session_id, visited))

    def _make_appointment(self, referral: Referral, session_id: str, visited: Var) -> Var:
        key = referral.referral_id, session_id
        seen = self.seen[key] = self.model.new(referral.count, "seen", key)
        self.model.add_within(seen, referral.count, visited)
        if self.relief is not None:
            self._unless_blocked(*key, referral.count)
        self._seen_of[key[0]][session_id] = self._seen_in[session_id][key[0]] = seen
        return seen

    def _make_bookings(self) -> None:
        for booking in self.instance.interpreters:
            for session in self.instance.sessions:
                visited = self._visited(session.session_id, self.candidates.who_has(booking, session))
                if visited is not None:
                    key = booking.booking_id, session.session_id
                    self.bookings[key] = self.model.new(1, "booking", key)
                    self.model.add_within(self.bookings[key], 1, visited)
                    if self.relief is not None:
                        self._unless(self.bookings[key], 1, self.relief.offered(booking.booking_id))
                    self._bookings_in[key[1]].append(key[0])

    # -- where facts may give way -------------------------------------------------------------------------

    def _unless(self, variable: Var, most: int, obstacles: Iterable[Obstacle]) -> None:
        """The variable is 0 until a way past each obstacle is open."""
        for obstacle in obstacles:
            ways, constant = self._past(obstacle)
            self.model.add([(variable, 1), *((v, -most * weight) for v, weight in ways)], at_most=most * constant)

    def _past(self, obstacle: Obstacle) -> tuple[list[tuple[Var, int]], int]:
        assert self.relief is not None
        terms: dict[Var, int] = defaultdict(int)
        constant = 0
        for way in obstacle:
            ways, more = self.relief.past(way)
            constant += more
            for variable, weight in ways:
                terms[variable] += weight
        return list(terms.items()), constant

    def _unless_blocked(self, referral_id: str, session_id: str, count: int) -> None:
        """A person is seen only where neither the room, the day nor the coach who is there stands in the way."""
        seen, obstacles = self.seen[referral_id, session_id], self.obstacles
        self._unless(seen, count, obstacles.to_appointment(referral_id, session_id))
        able = self.candidates.who_may_see(self.instance.people[referral_id], self.instance.session[session_id])
        for obstacle, coaches in obstacles.to_meetings(referral_id, session_id, able).items():
            ways, constant = self._past(obstacle)
            others = self._visited(session_id, able - coaches)
            terms = [(seen, 1), *((v, -count * weight) for v, weight in ways)]
            self.model.add(terms + ([(others, -count)] if others is not None else []), at_most=count * constant)

    # -- what rules ask -----------------------------------------------------------------------------------

    def visited_by(self, session_id: str, coaches: frozenset[str]) -> Var | None:
        """How many of these coaches hold the session: 0 or 1 but in the past. None where none of them ever could."""
        return self._visited(session_id, coaches.intersection(self.candidates.coaches_at.get(session_id, ())))

    def _visited(self, session_id: str, able: frozenset[str]) -> Var | None:
        """The same for coaches who all could hold the session."""
        key = session_id, able
        if key not in self._visited_by:
            self._visited_by[key] = self._new_visited_by(session_id, able)
        return self._visited_by[key]

    def _new_visited_by(self, session_id: str, coaches: frozenset[str]) -> Var | None:
        visits = [self.visits[c, session_id] for c in sorted(coaches)]
        if len(visits) < 2:
            return visits[0] if visits else None
        is_past = self.instance.is_past(self.instance.session[session_id].date)
        most = len(visits) if is_past else 1
        visited = self.model.new(most, "visited", (session_id, "by", *sorted(coaches)))
        self.model.add([(visited, -1), *((v, 1) for v in visits)], at_least=0, at_most=0)
        return visited

    def visited_variables(self) -> list[tuple[str, frozenset[str], Var]]:
        """Every variable made by ``visited_by`` so far: session, coaches, variable."""
        made = self._visited_by.items()
        return [(session_id, coaches, var) for (session_id, coaches), var in made if var is not None]

    def existing_seen_by(self, referral_id: str, session_id: str, coach_id: str) -> Var | None:
        """The variable of ``seen_by`` where it was asked for already."""
        return self._seen_by.get((referral_id, session_id, coach_id))

    def seen_by_variables(self) -> dict[tuple[str, str, str], Var]:
        """Every variable made by ``seen_by`` so far, by (referral, session, coach)."""
        return {key: var for key, var in self._seen_by.items() if var is not None}

    def visits_of(self, coach_id: str) -> dict[str, Var]:
        """The coach's possible visits, by session."""
        return {s: self.visits[coach_id, s] for s in self._sessions_of.get(coach_id, ())}

    def visits_in(self, session_id: str) -> dict[str, Var]:
        """The session's possible visits, by coach."""
        return {c: self.visits[c, session_id] for c in self.candidates.coaches_at.get(session_id, ())}

    def visits_at(self, site_id: str) -> dict[tuple[str, str], Var]:
        """The site's possible visits, by (coach, session)."""
        return {key: self.visits[key] for key in self._visits_at.get(site_id, ())}

    def seen_of(self, referral_id: str) -> Mapping[str, Var]:
        """How many people of the referral are seen in each session they could use."""
        return self._seen_of.get(referral_id, {})

    def seen_in(self, session_id: str) -> Mapping[str, Var]:
        """How many people of each referral are seen in the session."""
        return self._seen_in.get(session_id, {})

    def seen_on(self, referral_id: str) -> Mapping[date, Sequence[Var]]:
        """How many people of the referral are seen in each session they could use, by day."""
        return self._seen_on[referral_id]

    def seen_by(self, referral_id: str, session_id: str, coach_id: str) -> Var | None:
        """How many people of the referral are seen in the session by this coach. None where none ever could be."""
        key = referral_id, session_id, coach_id
        if key not in self._seen_by:
            self._seen_by[key] = self._new_seen_by(*key)
        return self._seen_by[key]

    def _new_seen_by(self, referral_id: str, session_id: str, coach_id: str) -> Var | None:
        referral, seen = self.instance.people[referral_id], self.seen[referral_id, session_id]
        able = self.candidates.who_may_see(referral, self.instance.session[session_id])
        if coach_id not in able:
            return None
        others = self._others(session_id, able, coach_id)
        if others is None:
            return seen
        by_coach = self.model.new(referral.count, "seen", (referral_id, session_id, "by", coach_id))
        self.model.add_within(by_coach, 1, seen)
        self.model.add_within(by_coach, referral.count, self.visits[coach_id, session_id])
        self.model.add([(seen, 1), (by_coach, -1), (others, -referral.count)], at_most=0)
        return by_coach

    def _others(self, session_id: str, able: frozenset[str], coach_id: str) -> Var | None:
        """How many of the able coaches but this one hold the session; asked for each person anew, so remembered."""
        key = session_id, able, coach_id
        if key not in self._others_than:
            self._others_than[key] = self._visited(session_id, able - {coach_id})
        return self._others_than[key]

    def bookings_in(self, session_id: str) -> dict[str, Var]:
        """The bookings that could serve the session's visit."""
        return {b: self.bookings[b, session_id] for b in self._bookings_in.get(session_id, ())}

    def bookings_of(self, booking_id: str) -> dict[str, Var]:
        """The booking's possible sessions."""
        return {s: v for (b, s), v in self.bookings.items() if b == booking_id}

    def road(self, coach_id: str, day: date) -> Sequence[tuple[Var, int]]:
        """The coach's possible legs on the day, each with its minutes on the road."""
        return self._roads.get((coach_id, day), [])

    def roads(self, coach_id: str, day: date) -> list[Sequence[tuple[Var, int]]]:
        """The coach's journeys of the day, each as legs with their minutes: one, or one for each visit by itself."""
        if not self.apart or self.instance.is_past(day):
            return [self.road(coach_id, day)]
        return [
            [(visit, self.minutes_of_leg(coach_id, None, s) + self.minutes_of_leg(coach_id, s, None))]
            for s, visit in self.visits_of(coach_id).items()
            if self.instance.session[s].date == day
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
        return self.model.new(upper, name)

    @property
    def is_tight(self) -> bool:
        """Whether rows are wanted that follow from others: not where a model says whether a roster exists, and why."""
        return self.relief is None and not self.apart

    def implied(self, terms: Terms, *, at_least: int = -FREE) -> None:
        """A row that every roster keeps already: the sum is at most 0. It only says so more closely."""
        self.model.implied.append(self.model.add(terms, at_least=at_least, at_most=0))

    def fix(self, variable: Var, value: int) -> None:
        """The variable has this value in every roster."""
        self.model.add([(variable, 1)], at_least=value, at_most=value)

    def at_most(self, variables: Iterable[Var], limit: int, fact: str | None = None) -> None:
        """The variables sum to at most ``limit``, as long as the fact holds where it is one."""
        self.at_most_weighted(((v, 1) for v in variables), limit, fact)

    def at_least(self, variables: Iterable[Var], limit: int) -> None:
        """The variables sum to at least ``limit``; where there are none, there is no roster if it is above 0."""
        self.model.add(((v, 1) for v in variables), at_least=limit)

    def at_least_weighted(self, terms: Terms, limit: int) -> None:
        """The sum of weight times variable is at least ``limit``: what the variables are wanted for."""
        self.model.add(terms, at_least=limit)

    def at_most_weighted(self, terms: Terms, limit: int, fact: str | None = None) -> None:
        """The sum of weight times variable is at most ``limit``, as long as the fact holds where it is one."""
        if self.relief is not None and fact is not None:
            terms = list(terms)
            terms = [*terms, *self.relief.beyond(fact, terms, limit)]
        self.model.add(terms, at_most=limit)

    def at_most_unless(self, terms: Terms, limit: int, obstacle: Obstacle, most: int) -> None:
        """The sum is at most ``limit``, or ``most`` where a way past the obstacle is open."""
        if self.relief is not None:
            ways, constant = self._past(obstacle)
            terms, limit = [*terms, *((v, -most * weight) for v, weight in ways)], limit + most * constant
        self.model.add(terms, at_most=limit)

    def cost(self, terms: Terms, constant: int = 0) -> Cost:
        """A preference's cost, in minutes of coach time."""
        return Cost([(variable, weight) for variable, weight in terms if weight], constant)

    def demand(
        self,
        variables: Iterable[Var],
        at_least: int,
        *,
        rule: str,
        fact: str,
        tier: Tier,
        price: int,
        later: Iterable[tuple[Var, Way]] = (),
    ) -> None:
        """A promise: the variables sum to at least so much. A compromise may fall short of it, at a price a unit.

        ``later``: what counts as well once the fact has given way in part, each with the way.
        """
        terms = [(variable, 1) for variable in variables]
        if self.promises_may_break:
            short = self.new_count(at_least, f"short of {fact}")
            self.shortfalls.append(Shortfall(rule, fact, tier, price, short))
            terms.append((short, 1))
        if self.relief is not None:
            terms += self.relief.short(fact, at_least)
            if self.relief.in_parts:
                terms += [(self._once_open(variable, way), 1) for variable, way in later]
        self.model.add(terms, at_least=at_least)

    def _once_open(self, variable: Var, way: Way) -> Var:
        """As much of the variable as counts: none of it until the way is open."""
        most = self.model.upper[variable]
        counted = self.new_count(most, f"{self.model.name(variable)} counts")
        self.at_most_weighted([(counted, 1), (variable, -1)], 0)
        self._unless(counted, most, [(way,)])
        return counted
