"""Candidates: rules are asked once about candidates that are alike, and the answer is the rules' answer for each."""

from collections.abc import Iterator
from itertools import pairwise, permutations
from pathlib import Path

import pytest

from models import RULES
from roster.candidates import Candidates
from roster.domain import Coach, Session
from roster.edits import Set, apply_edits
from roster.files import read
from roster.instance import Instance

HERE = Path(__file__).resolve().parents[1] / "instances"
FOLDERS = ("pilot", "pilot-published", "tiny-interpreter", "tiny-published", "tiny-two-towns")


@pytest.fixture(scope="module", params=FOLDERS)
def instance(request: pytest.FixtureRequest) -> Instance:
    return read(HERE / request.param).valid()


@pytest.fixture(scope="module")
def candidates(instance: Instance) -> Candidates:
    return Candidates(instance, RULES)


def ahead(instance: Instance) -> list[Session]:
    return [s for s in instance.sessions if not instance.is_past(s.date)]


def test_a_person_could_be_seen_exactly_where_every_rule_allows_it(instance: Instance, candidates: Candidates) -> None:
    room_tests = [r.allows_room for r in RULES if r.allows_room]
    tests = [r.allows_appointment for r in RULES if r.allows_appointment]
    for person in instance.people.values():
        allowed = {
            s.session_id
            for s in ahead(instance)
            if all(allows(instance, person, instance.room[s.room_id]) for allows in room_tests)
            and all(allows(instance, person, s) for allows in tests)
        }
        held = {s for r, s in instance.history_appointments if r == person.referral_id}
        found = [s.session_id for s in candidates.sessions_for(person)]
        assert (len(found), set(found)) == (len(set(found)), allowed | held)


def test_sessions_come_room_by_room_history_among_them(instance: Instance, candidates: Candidates) -> None:
    rooms = list(dict.fromkeys(s.room_id for s in instance.sessions))
    in_order = sorted(instance.sessions, key=lambda s: rooms.index(s.room_id))
    for person in instance.people.values():
        found = candidates.sessions_for(person)
        assert found == [s for s in in_order if s in found]


def test_a_coach_may_see_exactly_those_whom_every_rule_allows(instance: Instance, candidates: Candidates) -> None:
    tests = [r.allows_meeting for r in RULES if r.allows_meeting]
    for person in instance.people.values():
        for session in ahead(instance):
            coaches = candidates.coaches_at.get(session.session_id, ())
            able = {c for c in coaches if all(t(instance, person, instance.coach[c], session) for t in tests)}
            assert candidates.who_may_see(person, session) == able


def test_a_booking_serves_exactly_the_visits_that_every_rule_allows(instance: Instance, candidates: Candidates) -> None:
    tests = [r.allows_booking for r in RULES if r.allows_booking]
    for booking in instance.interpreters:
        for session in ahead(instance):
            coaches = candidates.coaches_at.get(session.session_id, ())
            served = {c for c in coaches if all(t(instance, booking, instance.coach[c], session) for t in tests)}
            assert candidates.who_has(booking, session) == served


def test_a_coach_goes_on_in_time_exactly_where_every_rule_allows_it(instance: Instance, candidates: Candidates) -> None:
    tests = [r.allows_leg for r in RULES if r.allows_leg]
    for coach in instance.coaches:
        for sessions in by_day(instance, {s for s, able in candidates.coaches_at.items() if coach.coach_id in able}):
            spans = {s.session_id: instance.span(coach.coach_id, s.session_id) for s in sessions}
            for a, b in permutations(sessions, 2):
                in_order = (spans[a.session_id], a.session_id) < (spans[b.session_id], b.session_id)
                allowed = in_order and all(allows(instance, coach, a, b) for allows in tests)
                assert candidates.leg_may_be(coach.coach_id, a, b) == allowed


def test_what_is_in_a_day_is_what_some_way_of_spending_it_has_within_the_minutes_on_the_road(
    instance: Instance, candidates: Candidates
) -> None:
    visit_tests = [r.allows_visit for r in RULES if r.allows_visit]
    for coach in instance.coaches:
        allowed = {s.session_id for s in ahead(instance) if all(allows(instance, coach, s) for allows in visit_tests)}
        for sessions in by_day(instance, allowed):
            ways = [
                way for way in ways_of(candidates, coach.coach_id, sessions) if is_short_enough(instance, coach, way)
            ]
            held = {s.session_id for way in ways for s in way}
            able = {s.session_id for s in sessions if coach.coach_id in candidates.coaches_at.get(s.session_id, ())}
            assert able == held
            legs = {(a.session_id, b.session_id) for way in ways for a, b in pairwise(way)}
            found = candidates.legs_on(coach.coach_id, sessions[0].date)
            assert (len(found), set(found)) == (len(legs), legs)


def test_a_site_too_far_for_a_day_is_no_candidate() -> None:
    instance = read(HERE / "tiny-two-towns").valid()
    near = apply_edits(
        instance,
        [Set(table="coaches", id=c.coach_id, field="max_travel_minutes_day", value=1) for c in instance.coaches],
    )
    for session_id, coaches in Candidates(near, RULES).coaches_at.items():
        for coach_id in coaches:
            assert 2 * instance.minutes_between(coach_id, instance.site_of(session_id)) <= 1
    assert len(Candidates(near, RULES).coaches_at) < len(Candidates(instance, RULES).coaches_at)


def by_day(instance: Instance, wanted: set[str]) -> Iterator[list[Session]]:
    for day in sorted({s.date for s in ahead(instance)}):
        sessions = [s for s in instance.sessions if s.date == day and s.session_id in wanted]
        if sessions:
            yield sessions


def ways_of(candidates: Candidates, coach_id: str, sessions: list[Session]) -> Iterator[tuple[Session, ...]]:
    """Every order of some of the sessions in which the coach is always in time."""
    for number in range(1, len(sessions) + 1):
        for way in permutations(sessions, number):
            if all(candidates.leg_may_be(coach_id, a, b) for a, b in pairwise(way)):
                yield way


def is_short_enough(instance: Instance, coach: Coach, way: tuple[Session, ...]) -> bool:
    stops = [coach.coach_id, *(instance.site_of(s.session_id) for s in way), coach.coach_id]
    minutes = sum(instance.minutes_between(a, b) for a, b in pairwise(stops))
    return coach.max_travel_minutes_day is None or minutes <= coach.max_travel_minutes_day
