"""The rule interpreter: one of each skill for the whole visit, and each booking in one visit."""

import pytest

from models.appointments.interpreter import RULE
from tests.rules.small import found, roster, small

SEEN = "P, S1, 09:30, 10:30"
S1 = "session S1 at Site X on 8 March 2027, 9am to midday"
NONE_BOOKED = (f"P needs an interpreter (bsl) and none is booked for {S1}.", "needs:P", 1)
POLICY = "interpreter_notice_days = 0"


def people(needs: str = "interpreter:bsl") -> str:
    return f"""
        referral_id, practice_id, referred_on, band, minutes, needs,   count
        P,           PX,          2027-02-15,  A,    60,      {needs}, 2
        Q,           PX,          2027-02-15,  A,    30,      ,        1"""


def bookings(*lines: str) -> str:
    return "\n".join(["booking_id, skill, date, start, end", *lines])


COVERS = bookings("B1, bsl, 2027-03-08, 09:00, 12:00")


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == (
        "A person who needs an interpreter has one for the whole visit; an interpreter is in one visit only."
    )


def test_a_booking_that_covers_the_visit_to_the_minute_is_fine_for_everybody_in_it() -> None:
    instance = small(POLICY, referrals=people(), interpreters=COVERS)
    made = roster(instance, "C1, S1, 09:00, 12:00, B1", SEEN + "\nP, S1, 10:30, 11:30\nQ, S1, 11:30, 12:00")
    assert found(RULE, instance, made) == []


def test_a_visit_without_an_interpreter_that_somebody_needs_is_found() -> None:
    instance = small(POLICY, referrals=people(), interpreters=COVERS)
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00", SEEN)) == [NONE_BOOKED]


def test_somebody_who_needs_an_interpreter_is_named_once() -> None:
    instance = small(POLICY, referrals=people())
    made = roster(instance, "C1, S1, 09:00, 12:00", SEEN + "\nP, S1, 10:30, 11:30")
    assert found(RULE, instance, made) == [NONE_BOOKED]


def test_a_visit_without_people_who_need_an_interpreter_needs_none() -> None:
    instance = small(POLICY, referrals=people(), interpreters=COVERS)
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00", "Q, S1, 09:00, 09:30")) == []


def test_a_booking_that_nobody_needs_does_no_harm() -> None:
    instance = small(POLICY, referrals=people(), interpreters=COVERS)
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00, B1", "Q, S1, 09:00, 09:30")) == []


@pytest.mark.parametrize(
    "booking",
    ["2027-03-08, 09:01, 12:00", "2027-03-08, 09:00, 11:59", "2027-03-09, 09:00, 12:00", "2027-03-08, 12:00, 17:00"],
)
def test_a_booking_that_does_not_cover_the_whole_visit_is_found(booking: str) -> None:
    instance = small(POLICY, referrals=people(), interpreters=bookings(f"B1, bsl, {booking}"))
    says = f"Booking B1 does not cover the whole of {S1}."
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00, B1")) == [(says, "", 1)]
    made = roster(instance, "C1, S1, 09:00, 12:00, B1", SEEN)
    assert found(RULE, instance, made) == [(says, "", 1), NONE_BOOKED]


def test_what_a_booking_has_to_cover_is_the_visit_and_not_the_session() -> None:
    hours = "coach_id, weekday, start, end\nC1, mon, 10:00, 11:30"
    booked = bookings("B1, bsl, 2027-03-08, 10:00, 11:30")
    instance = small(POLICY, referrals=people(), interpreters=booked, hours=hours)
    assert found(RULE, instance, roster(instance, "C1, S1, 10:00, 11:30, B1", "P, S1, 10:00, 11:00")) == []


def test_an_interpreter_of_another_skill_is_not_enough() -> None:
    instance = small(POLICY, referrals=people(), interpreters=bookings("B1, polish, 2027-03-08, 09:00, 12:00"))
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00, B1", SEEN)) == [NONE_BOOKED]


def test_every_skill_that_somebody_needs_is_booked() -> None:
    instance = small(
        POLICY,
        referrals=people("interpreter:polish;interpreter:bsl"),
        interpreters=bookings("B1, bsl, 2027-03-08, 09:00, 12:00", "B2, polish, 2027-03-08, 09:00, 12:00"),
    )
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00, B1;B2", SEEN)) == []
    says = f"P needs an interpreter (polish) and none is booked for {S1}."
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00, B1", SEEN)) == [(says, "needs:P", 1)]
    facts = found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00", SEEN))
    assert facts == [NONE_BOOKED, (says, "needs:P", 1)]


def test_a_booking_in_two_visits_at_once_is_found() -> None:
    sessions = """
        session_id, room_id, date,       start, end
        S1,         X-1,     2027-03-08, 09:00, 12:00
        S2,         Y-1,     2027-03-08, 09:00, 12:00"""
    instance = small(POLICY, referrals=people(), interpreters=COVERS, sessions=sessions)
    made = roster(instance, "C1, S1, 09:00, 12:00, B1\nC2, S2, 09:00, 12:00, B1")
    assert found(RULE, instance, made) == [("Booking B1 is used in 2 visits; it can be in one.", "", 1)]


def test_a_booking_in_two_visits_is_found_even_if_it_covers_both_one_after_the_other() -> None:
    booked = bookings("B1, bsl, 2027-03-08, 08:00, 18:00")
    instance = small(POLICY, referrals=people(), interpreters=booked)
    made = roster(instance, "C1, S1, 09:00, 12:00, B1\nC2, S2, 13:30, 16:30, B1")
    assert found(RULE, instance, made) == [("Booking B1 is used in 2 visits; it can be in one.", "", 1)]


def test_what_happened_is_not_asked_for_interpreters() -> None:
    booked = bookings("B1, bsl, 2027-03-08, 10:00, 11:00")
    for visits in ("C1, S1, 09:00, 12:00", "C1, S1, 09:00, 12:00, B1\nC2, S2, 13:30, 16:30, B1"):
        told = roster(None, visits, SEEN)
        instance = small(POLICY, as_of="2027-03-09", published=told, referrals=people(), interpreters=booked)
        assert found(RULE, instance, told) == []
        instance = small(POLICY, as_of="2027-03-08", published=told, referrals=people(), interpreters=booked)
        assert found(RULE, instance, told) != []


def test_a_booking_that_was_in_a_visit_that_happened_is_in_no_other_visit() -> None:
    booked = bookings("B1, bsl, 2027-03-09, 09:00, 12:00")
    told = roster(None, "C1, S1, 09:00, 12:00, B1\nC2, S2, 13:30, 16:30, B1")
    instance = small(POLICY, as_of="2027-03-09", published=told, referrals=people(), interpreters=booked)
    assert found(RULE, instance, told) == []
    visits = "C1, S1, 09:00, 12:00, B1\nC2, S2, 13:30, 16:30, B1\nC1, S3, 09:00, 12:00, B1"
    says = "Booking B1 is used in 3 visits; it can be in one."
    assert found(RULE, instance, roster(instance, visits)) == [(says, "", 2)]
