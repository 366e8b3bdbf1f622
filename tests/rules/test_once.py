"""The rule once: no more appointments than people."""

from models.appointments.once import RULE
from tests.rules.small import found, roster, small

VISITS = "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00"
REFERRALS = """
    referral_id, practice_id, referred_on, band, minutes, count
    P,           PX,          2027-02-15,  A,    60,      2
    Q,           PY,          2027-02-15,  B,    40,      1"""


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "A referral has no more appointments than it has people."


def test_as_many_appointments_as_people_are_fine() -> None:
    instance = small(referrals=REFERRALS)
    seen = "P, S1, 09:00, 10:00\nP, S3, 09:00, 10:00\nQ, S3, 10:00, 10:40"
    assert found(RULE, instance, roster(instance, VISITS, seen)) == []


def test_a_second_appointment_of_one_person_is_found() -> None:
    instance = small(referrals=REFERRALS)
    seen = "Q, S1, 09:00, 09:40\nQ, S3, 09:00, 09:40"
    assert found(RULE, instance, roster(instance, VISITS, seen)) == [("Q has 2 appointments for 1 person.", "", 1)]


def test_more_appointments_than_people_are_found_with_how_many_more() -> None:
    instance = small(referrals=REFERRALS)
    seen = "P, S1, 09:00, 10:00\nP, S1, 10:00, 11:00\nP, S3, 09:00, 10:00\nP, S3, 10:00, 11:00"
    assert found(RULE, instance, roster(instance, VISITS, seen)) == [("P has 4 appointments for 2 people.", "", 2)]


def test_appointments_that_have_happened_count() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00", "Q, S1, 09:00, 09:40")
    instance = small(as_of="2027-03-09", published=told, referrals=REFERRALS)
    seen = "Q, S1, 09:00, 09:40\nQ, S3, 09:00, 09:40"
    assert found(RULE, instance, roster(instance, VISITS, seen)) == [("Q has 2 appointments for 1 person.", "", 1)]
    assert found(RULE, instance, told) == []
