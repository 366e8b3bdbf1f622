"""The rule history: what was published and lies before as_of stays as it was, and nothing is added."""

import pytest

from models.availability.history import RULE
from roster.domain import Roster
from roster.instance import Instance
from tests.rules.small import found, roster, small

VISIT = "C1, S1, 09:15, 12:15, B1\n"
SEEN = "P, S1, 09:20, 10:20\n"
BOOKINGS = "booking_id, skill, date, start, end\nB1, bsl, 2027-03-08, 09:00, 13:00\nB2, bsl, 2027-03-08, 09:00, 13:00"
S1 = "session S1 at Site X on 8 March 2027, 9am to midday"
S2 = "session S2 at Site Y on 8 March 2027, 1:30pm to 4:30pm"
LOST_VISIT = (f"C1 held {S1}; the roster does not have it as it was.", "", 1)
NEW_VISIT = (f"The roster says that C1 held {S1}; it was not so.", "", 1)
LOST_SEEN = (f"P was seen in {S1}; the roster does not have it as it was.", "", 1)
NEW_SEEN = (f"The roster says that P was seen in {S1}; it was not so.", "", 1)


def past(told: Roster | None = None) -> Instance:
    """On 9 March: what was published for 8 March has happened."""
    return small(as_of="2027-03-09", published=told or roster(None, VISIT, SEEN), interpreters=BOOKINGS)


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "What was published and has happened stays as it was, and nothing is added to the past."


def test_what_happened_as_it_was_is_fine_with_new_visits_from_today_on() -> None:
    instance = past()
    assert found(RULE, instance, roster(instance, VISIT, SEEN)) == []
    made = roster(instance, VISIT + "C2, S3, 09:00, 12:00", SEEN + "Q, S3, 09:00, 09:40")
    assert found(RULE, instance, made) == []


def test_a_visit_that_happened_and_is_left_out_is_found_with_its_appointments() -> None:
    instance = past()
    assert found(RULE, instance, roster(instance)) == [LOST_VISIT, LOST_SEEN]


def test_a_visit_that_happened_with_nobody_seen_and_no_interpreter_cannot_be_dropped_either() -> None:
    instance = past(roster(None, "C1, S1, 09:15, 12:15"))
    assert found(RULE, instance, roster(instance)) == [LOST_VISIT]


@pytest.mark.parametrize("visit", ["C1, S1, 09:00, 12:15, B1", "C1, S1, 09:15, 12:00, B1"])
def test_a_visit_that_happened_at_other_times_is_found(visit: str) -> None:
    instance = past()
    made = roster(instance, visit, SEEN)
    assert [(f.says, f.fact, f.amount) for f in RULE.check(instance, made)] == [LOST_VISIT, NEW_VISIT]


@pytest.mark.parametrize("visit", ["C1, S1, 09:15, 12:15", "C1, S1, 09:15, 12:15, B2", "C1, S1, 09:15, 12:15, B1;B2"])
def test_a_visit_that_happened_with_other_interpreters_is_found(visit: str) -> None:
    instance = past()
    assert found(RULE, instance, roster(instance, visit, SEEN)) == [LOST_VISIT, NEW_VISIT]


def test_the_order_of_interpreters_does_not_matter() -> None:
    instance = past(roster(None, "C1, S1, 09:15, 12:15, B2;B1", SEEN))
    assert found(RULE, instance, roster(instance, "C1, S1, 09:15, 12:15, B1;B2", SEEN)) == []


def test_a_visit_that_did_not_happen_is_found() -> None:
    instance = past()
    made = roster(instance, VISIT + "C2, S2, 13:30, 16:30", SEEN)
    says = f"The roster says that C2 held {S2}; it was not so."
    assert found(RULE, instance, made) == [(says, "", 1)]


def test_an_appointment_that_happened_and_is_left_out_is_found() -> None:
    instance = past()
    assert found(RULE, instance, roster(instance, VISIT)) == [LOST_SEEN]


@pytest.mark.parametrize("seen", ["P, S1, 09:15, 10:20", "P, S1, 09:20, 10:15"])
def test_an_appointment_that_happened_at_other_times_is_found(seen: str) -> None:
    instance = past()
    made = roster(instance, VISIT, seen)
    assert [(f.says, f.fact, f.amount) for f in RULE.check(instance, made)] == [LOST_SEEN, NEW_SEEN]


def test_an_appointment_that_did_not_happen_is_found() -> None:
    instance = past()
    made = roster(instance, VISIT, SEEN + "Q, S1, 10:20, 11:00")
    assert found(RULE, instance, made) == [(f"The roster says that Q was seen in {S1}; it was not so.", "", 1)]


def test_as_many_appointments_of_a_referral_as_there_were_have_happened() -> None:
    two = "P, S1, 09:20, 10:20\nP, S1, 10:20, 11:20"
    instance = small(
        as_of="2027-03-09",
        published=roster(None, "C1, S1, 09:15, 12:15", two),
        referrals="referral_id, practice_id, referred_on, band, minutes, count\nP, PX, 2027-02-15, A, 60, 3",
    )
    assert found(RULE, instance, roster(instance, "C1, S1, 09:15, 12:15", two)) == []
    assert found(RULE, instance, roster(instance, "C1, S1, 09:15, 12:15", SEEN)) == [LOST_SEEN]
    again = two + "\nP, S1, 10:20, 11:20"
    made = roster(instance, "C1, S1, 09:15, 12:15", again)
    assert found(RULE, instance, made) == [NEW_SEEN]


def test_several_differences_are_sorted_by_who_and_where() -> None:
    told = "C2, S2, 13:30, 16:30\nC1, S1, 09:15, 12:15"
    instance = past(roster(None, told, "Q, S2, 13:30, 14:10\nP, S1, 09:20, 10:20"))
    made = roster(instance, "C2, S1, 09:00, 12:00\nC1, S2, 13:30, 16:30", "Q, S1, 09:00, 09:40\nP, S2, 13:30, 14:30")
    assert [says for says, _, _ in found(RULE, instance, made)] == [
        f"C1 held {S1}; the roster does not have it as it was.",
        f"C2 held {S2}; the roster does not have it as it was.",
        f"The roster says that C1 held {S2}; it was not so.",
        f"The roster says that C2 held {S1}; it was not so.",
        f"P was seen in {S1}; the roster does not have it as it was.",
        f"Q was seen in {S2}; the roster does not have it as it was.",
        f"The roster says that P was seen in {S2}; it was not so.",
        f"The roster says that Q was seen in {S1}; it was not so.",
    ]


@pytest.mark.parametrize(
    ("visits", "seen"),
    [
        ("C9, S1, 09:15, 12:15", "P, S1, 09:20, 10:20"),
        ("C1, S9, 09:15, 12:15", "P, S9, 09:20, 10:20"),
        ("", "P, S1, 09:20, 10:20"),
    ],
)
def test_what_names_a_coach_or_a_session_that_is_gone_is_left_out_with_its_appointments(visits: str, seen: str) -> None:
    instance = past(roster(None, visits, seen))
    assert found(RULE, instance, roster(instance)) == []


def test_appointments_of_people_who_are_gone_and_bookings_that_are_gone_are_left_out() -> None:
    instance = past(roster(None, "C1, S1, 09:15, 12:15, B1;B9", SEEN + "R9, S1, 10:20, 11:00"))
    assert found(RULE, instance, roster(instance, VISIT, SEEN)) == []


def test_visits_of_today_are_not_history() -> None:
    instance = small(as_of="2027-03-08", published=roster(None, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00"))
    assert found(RULE, instance, roster(instance)) == []
    assert found(RULE, instance, roster(instance, "C2, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")) == []


def test_a_session_that_two_coaches_held_at_once_stays_as_it_was() -> None:
    visits = "C1, S1, 09:15, 12:15\nC2, S1, 09:15, 12:15"
    instance = past(roster(None, visits, SEEN))
    assert found(RULE, instance, roster(instance, visits, SEEN)) == []
