"""What could be at all: which coach in which session, who could be seen there, which interpreter. No solver.

A candidate is what every rule allows (``Rule.allows_*``). Before as_of only what has happened is a candidate: history
is not asked whether rules would allow it today.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from roster.domain import Booking, Coach, Referral, Session
from roster.instance import Instance, Span
from roster.rule import Rule


class Candidates:
    """The candidates of one instance under the rules. Everything is in the order of the instance's tables."""

    def __init__(self, instance: Instance, rules: Sequence[Rule]) -> None:
        self._instance = instance
        self._visit_tests = [r.allows_visit for r in rules if r.allows_visit]
        self._leg_tests = [r.allows_leg for r in rules if r.allows_leg]
        self._room_tests = [r.allows_room for r in rules if r.allows_room]
        self._appointment_tests = [r.allows_appointment for r in rules if r.allows_appointment]
        self._meeting_tests = [r.allows_meeting for r in rules if r.allows_meeting]
        self._booking_tests = [r.allows_booking for r in rules if r.allows_booking]
        self._who_may_see: dict[tuple[str, int, tuple[str, ...]], frozenset[str]] = {}

    @cached_property
    def coaches_at(self) -> dict[str, tuple[str, ...]]:
        """The coaches who could hold each session; sessions that nobody could hold are left out."""
        coaches = {
            s.session_id: tuple(c.coach_id for c in self._instance.coaches if self._visit_may_be(c, s))
            for s in self._instance.sessions
        }
        return {session_id: able for session_id, able in coaches.items() if able}

    def _visit_may_be(self, coach: Coach, session: Session) -> bool:
        if self._instance.is_past(session.date):
            return (coach.coach_id, session.session_id) in self._instance.history
        return all(allows(self._instance, coach, session) for allows in self._visit_tests)

    def leg_may_be(self, coach_id: str, a: Session, b: Session) -> bool:
        """Whether the coach could go from session ``a`` straight to session ``b`` of the same day: on in time."""
        if self._in_order(coach_id, a) >= self._in_order(coach_id, b):
            return False
        if self._instance.is_past(a.date):
            return True
        coach = self._instance.coach[coach_id]
        return all(allows(self._instance, coach, a, b) for allows in self._leg_tests)

    def _in_order(self, coach_id: str, session: Session) -> tuple[Span, str]:
        span = self._instance.span(coach_id, session.session_id)
        return span or (session.start, session.end), session.session_id

    @cached_property
    def _sessions_by_room(self) -> dict[str, list[Session]]:
        sessions: dict[str, list[Session]] = defaultdict(list)
        for session in self._instance.sessions:
            sessions[session.room_id].append(session)
        return sessions

    def sessions_for(self, referral: Referral) -> Iterator[Session]:
        """The sessions in which the person could be seen, whoever holds them."""
        for room_id, sessions in self._sessions_by_room.items():
            room = self._instance.room[room_id]
            suits = all(allows(self._instance, referral, room) for allows in self._room_tests)
            for session in sessions:
                if self._appointment_may_be(referral, session, suits):
                    yield session

    def _appointment_may_be(self, referral: Referral, session: Session, room_suits: bool) -> bool:
        if self._instance.is_past(session.date):
            return (referral.referral_id, session.session_id) in self._instance.history_appointments
        return room_suits and all(allows(self._instance, referral, session) for allows in self._appointment_tests)

    def who_may_see(self, referral: Referral, session: Session) -> frozenset[str]:
        """The coaches whose visit to the session may hold an appointment of the referral."""
        key = session.session_id, referral.minutes, referral.needs
        if key not in self._who_may_see:
            self._who_may_see[key] = self._find_who_may_see(referral, session)
        return self._who_may_see[key]

    def _find_who_may_see(self, referral: Referral, session: Session) -> frozenset[str]:
        coaches = self.coaches_at.get(session.session_id, ())
        if self._instance.is_past(session.date):
            return frozenset(coaches)
        coach, tests = self._instance.coach, self._meeting_tests
        return frozenset(c for c in coaches if all(t(self._instance, referral, coach[c], session) for t in tests))

    def who_has(self, booking: Booking, session: Session) -> frozenset[str]:
        """The coaches whose visit to the session the booking may serve."""
        coaches = self.coaches_at.get(session.session_id, ())
        if self._instance.is_past(session.date):
            held = self._instance.history
            return frozenset(c for c in coaches if booking.booking_id in held[c, session.session_id].booking_ids)
        coach, tests = self._instance.coach, self._booking_tests
        return frozenset(c for c in coaches if all(t(self._instance, booking, coach[c], session) for t in tests))
