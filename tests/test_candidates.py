"""Candidates: rules are asked once about candidates that are alike, and the answer is the rules' answer for each."""

from itertools import permutations
from pathlib import Path

import pytest

from models import RULES
from roster.candidates import Candidates
from roster.domain import Session
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


def test_a_coach_goes_on_exactly_where_every_rule_allows_it_and_in_order_of_time(
    instance: Instance, candidates: Candidates
) -> None:
    tests = [r.allows_leg for r in RULES if r.allows_leg]
    for coach in instance.coaches:
        for day in {s.date for s in ahead(instance)}:
            on_day = [s for s in instance.sessions if s.date == day]
            sessions = [s for s in on_day if coach.coach_id in candidates.coaches_at.get(s.session_id, ())]
            spans = {s.session_id: instance.span(coach.coach_id, s.session_id) for s in sessions}
            legs = {
                (a.session_id, b.session_id)
                for a, b in permutations(sessions, 2)
                if (spans[a.session_id], a.session_id) < (spans[b.session_id], b.session_id)
                and all(allows(instance, coach, a, b) for allows in tests)
            }
            found = candidates.legs_among(coach.coach_id, sessions)
            assert (len(found), set(found)) == (len(legs), legs)
            assert legs == {
                (a.session_id, b.session_id)
                for a, b in permutations(sessions, 2)
                if candidates.leg_may_be(coach.coach_id, a, b)
            }
