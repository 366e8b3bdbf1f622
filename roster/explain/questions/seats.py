"""Seats: what an appointment is worth, and what becomes of the roster where one more person is put into a session.

What an appointment saves is the sum of the prices that depend on who is seen where, against not being seen at all. It
says where to look; what is claimed is the total of a roster that the checker was asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import combinations

from roster.domain import Referral, Session
from roster.explain.questions.given import Given, Trial, with_booking, with_person, with_visit, without_people
from roster.fault import listed
from roster.instance import Instance
from roster.plan import Plan
from roster.search.problem import Problem, problem_of

NOT_KNOWN = 10_000


@dataclass(frozen=True)
class Person:
    """One person of a referral: who is to be seen, and the session in which they are seen now, if they are."""

    referral: Referral
    now: str | None = None

    @property
    def id(self) -> str:
        """The referral's id."""
        return self.referral.referral_id


@dataclass(frozen=True)
class Seats:
    """The seats of one roster. Minutes saved are minutes of coach time."""

    given: Given
    _openings: dict[tuple[str, str], Trial] = field(default_factory=dict)

    @property
    def instance(self) -> Instance:
        """The instance of the roster."""
        return self.given.instance

    @cached_property
    def problem(self) -> Problem:
        """The model, which knows what each appointment saves."""
        return problem_of(self.instance, self.given.rules, self.given.preferences)

    def saves(self, referral_id: str, session_id: str, coach_id: str) -> int:
        """What an appointment there saves against not being seen; 0 where the person could not be seen there."""
        decisions, cost = self.problem.decisions, self.problem.matrix.cost
        seen = decisions.seen.get((referral_id, session_id))
        if seen is None:
            return 0
        by_coach = decisions.existing_seen_by(referral_id, session_id, coach_id)
        more = 0 if by_coach is None or by_coach == seen else int(cost[by_coach])
        return -int(cost[seen]) - more

    def gains(self, person: Person, session_id: str, coach_id: str) -> int:
        """What being seen there saves against being seen as now."""
        saved = self.saves(person.id, session_id, coach_id)
        visit = self.given.visit_in.get(person.now) if person.now else None
        return saved - (self.saves(person.id, visit.session_id, visit.coach_id) if visit else 0)

    @cached_property
    def _by_date(self) -> dict[str, dict[date, int]]:
        """What an appointment of each referral saves at most, by date."""
        decisions, cost = self.problem.decisions, self.problem.matrix.cost
        found: dict[str, dict[date, int]] = {}
        for (referral_id, session_id), seen in decisions.seen.items():
            day = self.instance.session[session_id].date
            saved = found.setdefault(referral_id, {})
            saved[day] = max(saved.get(day, 0), -int(cost[seen]))
        return found

    def saves_on(self, referral_id: str, day: date) -> int:
        """Roughly what an appointment on the day saves: as on the nearest later day on which there is one.

        Where the person can be seen on no day at all it is taken to be much, and more the sooner it is.
        """
        saved = self._by_date.get(referral_id)
        if not saved:
            return NOT_KNOWN - (day - self.instance.days[0]).days
        later = [d for d in saved if d >= day] or [max(saved)]
        return saved[min(later)]

    # -- what could be ------------------------------------------------------------------------------------

    def sessions_for(self, person: Person, until: date | None = None) -> list[Session]:
        """The sessions that the person could use from now on, until a day where one is given, but the one they use."""
        ids = self.problem.decisions.seen_of(person.id)
        sessions = [self.instance.session[s] for s in ids if s != person.now]
        return sorted(
            (s for s in sessions if not self.instance.is_past(s.date) and (until is None or s.date <= until)),
            key=lambda s: (s.date, s.start, s.session_id),
        )

    def able(self, person: Person, session: Session) -> list[str]:
        """The coaches who could see the person there, in the order of their table."""
        able = self.given.candidates.who_may_see(person.referral, session)
        return [c.coach_id for c in self.instance.coaches if c.coach_id in able]

    # -- what is tried ------------------------------------------------------------------------------------

    def opened(self, coach_id: str, session_id: str) -> Trial:
        """The roster with one more visit and nobody in it."""
        key = coach_id, session_id
        if key not in self._openings:
            self._openings[key] = self.given.tried(with_visit(self.given.plan, *key))
        return self._openings[key]

    def seated(
        self,
        person: Person,
        coach_id: str,
        session_id: str,
        *,
        instead_of: Sequence[str] = (),
        instance: Instance | None = None,
    ) -> Trial:
        """The roster with the person in the session, held by the coach, in the place of these people (not seen then).

        ``instance``: an edited one. A visit is added where nobody holds the session, and interpreters as needed.
        """
        instance = instance or self.instance
        plan = without_people(self.given.plan, [(p, session_id) for p in instead_of])
        if (coach_id, session_id) not in plan.visits:
            plan = with_visit(plan, coach_id, session_id)
        plan = with_person(plan, person.id, session_id, person.now)
        plan = with_booking(plan, self._interpreters(person, coach_id, session_id, plan, instance), session_id)
        return self.given.tried(plan, instance)

    def _interpreters(
        self, person: Person, coach_id: str, session_id: str, plan: Plan, instance: Instance
    ) -> Iterator[str]:
        """A free booking of each skill that the person needs and the session has not, the cheapest that covers it."""
        there = {instance.booking[b].skill for b, s in plan.bookings if s == session_id}
        used = {b for b, _ in plan.bookings}
        span, day = instance.span(coach_id, session_id), instance.session[session_id].date
        for skill in sorted(instance.needed(person.referral, "interpreter") - there):
            fitting = [
                b
                for b in instance.interpreters
                if span and b.skill == skill and b.date == day and b.start <= span[0] and span[1] <= b.end
            ]
            free = sorted((b.fee_pounds, b.booking_id) for b in fitting if b.booking_id not in used)
            yield from (booking_id for _, booking_id in free[:1])

    def least_displaced(self, person: Person, session_id: str) -> tuple[str, ...] | None:
        """Those in the session, one or two, whose places are long enough and whose appointments save least."""
        visit = self.given.visit_in[session_id]
        short = person.referral.minutes - self.given.free_minutes(session_id)
        seated = [a for a in self.given.seen_in.get(session_id, ()) if a.referral_id != person.id]
        groups = [g for n in (1, 2) for g in combinations(seated, n) if sum(a.end - a.start for a in g) >= short]
        if not groups:
            return None
        least = min(
            groups, key=lambda g: (sum(self.saves(a.referral_id, session_id, visit.coach_id) for a in g), len(g))
        )
        return tuple(a.referral_id for a in least)


def people_words(referral_ids: Sequence[str]) -> str:
    """``R3, R7 (2 people) and R9``: each referral once."""
    count = Counter(referral_ids)
    return listed([r if n == 1 else f"{r} ({n:,} people)" for r, n in count.items()], "and")
