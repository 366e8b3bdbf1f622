"""The rule capacity: the appointments of a visit fit into it."""

from models.appointments.capacity import RULE
from tests.rules.small import found, roster, small

S1 = "session S1 at Site X on 8 March 2027, 9am to midday"
HOURS = "coach_id, weekday, start, end\nC1, mon, 09:00, 10:40\nC2, mon, 09:00, 10:39"
TWO = "P, S1, 09:00, 10:00\nQ, S1, 10:00, 10:40"


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "The appointments of a visit fit into it."


def test_appointments_that_fill_a_visit_to_the_minute_are_fine() -> None:
    instance = small(hours=HOURS)
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 10:40", TWO)) == []


def test_appointments_a_minute_longer_than_the_visit_are_found() -> None:
    instance = small(hours=HOURS)
    says = f"100 minutes are booked in {S1}; the visit has 99."
    assert found(RULE, instance, roster(instance, "C2, S1, 09:00, 10:39", TWO)) == [(says, "", 1)]


def test_one_appointment_longer_than_the_visit_is_found() -> None:
    people = "referral_id, practice_id, referred_on, band, minutes\nP, PX, 2027-02-15, A, 105"
    instance = small(hours=HOURS, referrals=people)
    says = f"105 minutes are booked in {S1}; the visit has 99."
    made = roster(instance, "C2, S1, 09:00, 10:39", "P, S1, 09:00, 10:45")
    assert found(RULE, instance, made) == [(says, "", 6)]


def test_one_appointment_exactly_as_long_as_the_visit_is_fine() -> None:
    people = "referral_id, practice_id, referred_on, band, minutes\nP, PX, 2027-02-15, A, 99"
    instance = small(hours=HOURS, referrals=people)
    assert found(RULE, instance, roster(instance, "C2, S1, 09:00, 10:39", "P, S1, 09:00, 10:39")) == []


def test_the_people_of_a_referral_count_each() -> None:
    people = "referral_id, practice_id, referred_on, band, minutes, count\nP, PX, 2027-02-15, A, 50, 3"
    instance = small(hours=HOURS, referrals=people)
    two = "P, S1, 09:00, 09:50\nP, S1, 09:50, 10:40"
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 10:40", two)) == []
    three = two + "\nP, S1, 10:40, 11:30"
    says = f"150 minutes are booked in {S1}; the visit has 100."
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 10:40", three)) == [(says, "", 50)]


def test_each_visit_counts_by_itself() -> None:
    instance = small(hours=HOURS + "\nC1, tue, 09:00, 10:00")
    visits = "C1, S1, 09:00, 10:40\nC1, S3, 09:00, 10:00"
    assert found(RULE, instance, roster(instance, visits, "Q, S1, 09:00, 09:40\nP, S3, 09:00, 10:00")) == []
    seen = "P, S1, 09:00, 10:00\nP, S3, 09:00, 10:00\nQ, S3, 10:00, 10:40"
    says = "100 minutes are booked in session S3 at Site X on 9 March 2027, 9am to midday; the visit has 60."
    people = (
        "referral_id, practice_id, referred_on, band, minutes, count\n"
        "P, PX, 2027-02-15, A, 60, 2\nQ, PX, 2027-02-15, A, 40, 1"
    )
    instance = small(hours=HOURS + "\nC1, tue, 09:00, 10:00", referrals=people)
    assert found(RULE, instance, roster(instance, visits, seen)) == [(says, "", 40)]


def test_people_without_a_visit_have_no_minutes() -> None:
    instance = small()
    says = f"60 minutes are booked in {S1}; the visit has 0."
    assert found(RULE, instance, roster(instance, "", "P, S1, 09:00, 10:00")) == [(says, "", 60)]


def test_what_happened_is_not_asked_whether_it_fitted() -> None:
    told = roster(None, "C2, S1, 09:00, 10:39", TWO)
    assert found(RULE, small(as_of="2027-03-09", published=told, hours=HOURS), told) == []
    assert len(found(RULE, small(as_of="2027-03-08", published=told, hours=HOURS), told)) == 1


def test_an_appointment_of_somebody_who_did_not_say_yes_takes_no_minutes() -> None:
    people = """
        referral_id, practice_id, referred_on, band, minutes, consent
        P,           PX,          2027-02-15,  A,    60,      no
        Q,           PX,          2027-02-15,  A,    181,     yes"""
    instance = small(referrals=people)
    made = roster(instance, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00\nQ, S1, 09:00, 12:01")
    assert [f.amount for f in RULE.check(instance, made)] == [1]
