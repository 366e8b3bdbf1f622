"""What could be at all: which coach in which session, who could be seen there, which interpreter. No solver.

A candidate is what every rule allows (``Rule.allows_*``). Before as_of only what has happened is a candidate: history
is not asked whether rules would allow it today.

A district has millions of pairs of a person and a session. Rules are asked once about those that are alike in all that
the test may look at (``roster.rule`` says what that is).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from roster.domain import Booking, Coach, Referral, Session
from roster.instance import Instance, Span
from roster.rule import Rule

Wishes = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Practice, sites and needs: what decides which rooms suit somebody."""
Kind = tuple[int, tuple[str, ...]]
"""Minutes and needs: what decides which coaches may see somebody in a session."""


class Stop(NamedTuple):
    """A coach's visit as a place on the road: ``span`` is when it would be, ``order`` sorts a day's visits by time."""

    session: Session
    site_id: str
    span: Span | None
    order: tuple[Span, str]


class Day(NamedTuple):
    """What could be in a coach's day: sessions, and pairs of them that follow straight on one another."""

    sessions: frozenset[str]
    legs: Sequence[tuple[str, str]]


class Candidates:
    """The candidates of one instance under the rules. Everything is in the order of the instance's tables."""

    def __init__(self, instance: Instance, rules: Sequence[Rule]) -> None:
        self._instance = instance
        self._visit_tests = [r.allows_visit for r in rules if r.allows_visit]
        self._leg_tests = [r.allows_leg for r in rules if r.allows_leg]
        self._road_tests = [r.allows_road for r in rules if r.allows_road]
        self._room_tests = [r.allows_room for r in rules if r.allows_room]
        self._appointment_tests = [r.allows_appointment for r in rules if r.allows_appointment]
        self._meeting_tests = [r.allows_meeting for r in rules if r.allows_meeting]
        self._booking_tests = [r.allows_booking for r in rules if r.allows_booking]
        self._ahead: dict[Wishes, tuple[Session, ...]] = {}
        self._who_may_see: dict[Kind, dict[str, frozenset[str]]] = defaultdict(dict)
        self._who_of_company: dict[tuple[Kind, int], frozenset[str]] = {}
        self._meetings: dict[Kind, dict[tuple[str, Span | None], bool]] = defaultdict(dict)
        self._in_time: dict[tuple[str, int | None], bool] = {}

    @cached_property
    def coaches_at(self) -> dict[str, tuple[str, ...]]:
        """The coaches who could hold each session; sessions that nobody could hold are left out."""
        coaches = {
            s.session_id: tuple(c for c in able if s.session_id in self._days[c, s.date].sessions)
            for s, able in self._allowed
        }
        return {session_id: able for session_id, able in coaches.items() if able}

    @cached_property
    def _allowed(self) -> list[tuple[Session, tuple[str, ...]]]:
        """Each session and the coaches whose visit every rule allows, whatever else is on that day."""
        return [
            (s, tuple(c.coach_id for c in self._instance.coaches if self._visit_may_be(c, s)))
            for s in self._instance.sessions
        ]

    def _visit_may_be(self, coach: Coach, session: Session) -> bool:
        if self._instance.is_past(session.date):
            return (coach.coach_id, session.session_id) in self._instance.history
        return all(allows(self._instance, coach, session) for allows in self._visit_tests)

    # -- days ---------------------------------------------------------------------------------------------

    def leg_may_be(self, coach_id: str, a: Session, b: Session) -> bool:
        """Whether the coach would be on in time, going from session ``a`` straight to session ``b`` of the same day."""
        first, then = self._stop(coach_id, a), self._stop(coach_id, b)
        return first.order < then.order and (self._instance.is_past(a.date) or self._is_in_time(coach_id, first, then))

    def legs_on(self, coach_id: str, day: date) -> Sequence[tuple[str, str]]:
        """The pairs of sessions, by id, that the coach could hold one straight after the other that day."""
        found = self._days.get((coach_id, day))
        return found.legs if found else ()

    @cached_property
    def _days(self) -> dict[tuple[str, date], Day]:
        """Each coach's day: what is in it that some way of spending it has, with as little road as can be."""
        sessions: dict[tuple[str, date], list[Session]] = defaultdict(list)
        for session, coaches in self._allowed:
            for coach_id in coaches:
                sessions[coach_id, session.date].append(session)
        return {(coach_id, day): self._day(coach_id, on_day) for (coach_id, day), on_day in sessions.items()}

    def _day(self, coach_id: str, sessions: Sequence[Session]) -> Day:
        stops = {s.session_id: self._stop(coach_id, s) for s in sessions}
        legs = self._legs_in_time(coach_id, list(stops.values()))
        if not self._road_tests or any(self._instance.is_past(s.date) for s in sessions):
            return Day(frozenset(stops), legs)
        coach, road = self._instance.coach[coach_id], self._instance.minutes_between
        to, back = self._roads(coach_id, list(stops.values()), legs)

        def may_be(minutes: int) -> bool:
            return all(allows(self._instance, coach, minutes) for allows in self._road_tests)

        return Day(
            frozenset(s for s in stops if may_be(to[s] + back[s])),
            [(a, b) for a, b in legs if may_be(to[a] + road(stops[a].site_id, stops[b].site_id) + back[b])],
        )

    def _legs_in_time(self, coach_id: str, stops: Sequence[Stop]) -> list[tuple[str, str]]:
        is_past = any(self._instance.is_past(stop.session.date) for stop in stops)
        return [
            (a.session.session_id, b.session.session_id)
            for a in stops
            for b in stops
            if a.order < b.order and (is_past or self._is_in_time(coach_id, a, b))
        ]

    def _roads(
        self, coach_id: str, stops: Sequence[Stop], legs: Sequence[tuple[str, str]]
    ) -> tuple[dict[str, int], dict[str, int]]:
        """The fewest minutes from the base to each session, by way of others or not, and from it to the base."""
        road = self._instance.minutes_between
        site = {stop.session.session_id: stop.site_id for stop in stops}
        order = {stop.session.session_id: stop.order for stop in stops}
        to = {s: road(coach_id, at) for s, at in site.items()}
        back = {s: road(at, coach_id) for s, at in site.items()}
        for a, b in sorted(legs, key=lambda leg: order[leg[0]]):
            to[b] = min(to[b], to[a] + road(site[a], site[b]))
        for a, b in sorted(legs, key=lambda leg: order[leg[1]], reverse=True):
            back[a] = min(back[a], road(site[a], site[b]) + back[b])
        return to, back

    def _stop(self, coach_id: str, session: Session) -> Stop:
        site_id, span = self._instance.site_of(session.session_id), self._instance.span(coach_id, session.session_id)
        return Stop(session, site_id, span, (span or (session.start, session.end), session.session_id))

    def _is_in_time(self, coach_id: str, a: Stop, b: Stop) -> bool:
        key = coach_id, self._to_spare(a, b)
        if key not in self._in_time:
            coach = self._instance.coach[coach_id]
            tests = self._leg_tests
            self._in_time[key] = all(allows(self._instance, coach, a.session, b.session) for allows in tests)
        return self._in_time[key]

    def _to_spare(self, a: Stop, b: Stop) -> int | None:
        """Minutes between the two visits that are not spent on the road; None where one of them has no time."""
        if a.span is None or b.span is None:
            return None
        return b.span[0] - a.span[1] - self._instance.minutes_between(a.site_id, b.site_id)

    # -- appointments -------------------------------------------------------------------------------------

    def sessions_for(self, referral: Referral) -> list[Session]:
        """The sessions in which the person could be seen, whoever holds them: room by room."""
        told = self._told.get(referral.referral_id, ())
        days: dict[date, bool] = {}
        found = []
        for session in self._ahead_for(referral):
            if session.session_id in told:
                allowed = self._day_may_be(referral, session)
            elif session.date in days:
                allowed = days[session.date]
            else:
                allowed = days[session.date] = self._day_may_be(referral, session)
            if allowed:
                found.append(session)
        held = self._held.get(referral.referral_id)
        return sorted([*held, *found], key=lambda s: self._place[s.session_id]) if held else found

    def _ahead_for(self, referral: Referral) -> tuple[Session, ...]:
        """The sessions that are not history, in rooms that suit the person."""
        wishes = referral.practice_id, referral.sites, referral.needs
        if wishes not in self._ahead:
            room = self._instance.room
            suits = {r for r in self._by_room if all(t(self._instance, referral, room[r]) for t in self._room_tests)}
            rooms = (sessions for room_id, sessions in self._by_room.items() if room_id in suits)
            self._ahead[wishes] = tuple(s for in_room in rooms for s in in_room if not self._instance.is_past(s.date))
        return self._ahead[wishes]

    def _day_may_be(self, referral: Referral, session: Session) -> bool:
        return all(allows(self._instance, referral, session) for allows in self._appointment_tests)

    @cached_property
    def _by_room(self) -> dict[str, list[Session]]:
        sessions: dict[str, list[Session]] = defaultdict(list)
        for session in self._instance.sessions:
            sessions[session.room_id].append(session)
        return sessions

    @cached_property
    def _place(self) -> dict[str, int]:
        sessions = (s for in_room in self._by_room.values() for s in in_room)
        return {s.session_id: n for n, s in enumerate(sessions)}

    @cached_property
    def _told(self) -> dict[str, set[str]]:
        """The sessions of each referral's published appointments."""
        return _by_referral(self._instance.told_appointments)

    @cached_property
    def _held(self) -> dict[str, list[Session]]:
        """The sessions before as_of in which people of each referral were seen."""
        held = _by_referral(self._instance.history_appointments)
        return {r: [self._instance.session[s] for s in ids] for r, ids in held.items()}

    def who_may_see(self, referral: Referral, session: Session) -> frozenset[str]:
        """The coaches whose visit to the session may hold an appointment of the referral."""
        known, session_id = self._who_may_see[referral.minutes, referral.needs], session.session_id
        if session_id not in known:
            known[session_id] = self._find_who_may_see(referral, session)
        return known[session_id]

    def _find_who_may_see(self, referral: Referral, session: Session) -> frozenset[str]:
        coaches = self.coaches_at.get(session.session_id, ())
        if self._instance.is_past(session.date) or not coaches:
            return frozenset(coaches)
        key = (referral.minutes, referral.needs), self._company[session.session_id]
        if key not in self._who_of_company:
            self._who_of_company[key] = frozenset(c for c in coaches if self._may_meet(referral, c, session))
        return self._who_of_company[key]

    def _may_meet(self, referral: Referral, coach_id: str, session: Session) -> bool:
        known = self._meetings[referral.minutes, referral.needs]
        visit = coach_id, self._instance.span(coach_id, session.session_id)
        if visit not in known:
            coach = self._instance.coach[coach_id]
            known[visit] = all(allows(self._instance, referral, coach, session) for allows in self._meeting_tests)
        return known[visit]

    @cached_property
    def _company(self) -> dict[str, int]:
        """A number for each session, the same where the same coaches could be there for the same times."""
        numbers: dict[tuple[tuple[str, Span | None], ...], int] = {}
        return {
            session_id: numbers.setdefault(tuple((c, self._instance.span(c, session_id)) for c in able), len(numbers))
            for session_id, able in self.coaches_at.items()
        }

    def who_has(self, booking: Booking, session: Session) -> frozenset[str]:
        """The coaches whose visit to the session the booking may serve."""
        coaches = self.coaches_at.get(session.session_id, ())
        if self._instance.is_past(session.date):
            held = self._instance.history
            return frozenset(c for c in coaches if booking.booking_id in held[c, session.session_id].booking_ids)
        coach, tests = self._instance.coach, self._booking_tests
        return frozenset(
            coach_id
            for at_once in self._by_times.get(session.session_id, ())
            if all(allows(self._instance, booking, coach[at_once[0]], session) for allows in tests)
            for coach_id in at_once
        )

    @cached_property
    def _by_times(self) -> dict[str, list[list[str]]]:
        """For each session the coaches who could hold it, those with the same times together."""
        found: dict[str, list[list[str]]] = {}
        for session_id, coaches in self.coaches_at.items():
            at_once: dict[Span | None, list[str]] = defaultdict(list)
            for coach_id in coaches:
                at_once[self._instance.span(coach_id, session_id)].append(coach_id)
            found[session_id] = list(at_once.values())
        return found


def _by_referral(appointments: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    sessions: dict[str, set[str]] = defaultdict(set)
    for referral_id, session_id in appointments:
        sessions[referral_id].add(session_id)
    return sessions
