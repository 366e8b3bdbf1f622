"""The rule consent: only people who said yes."""

from models.appointments.consent import RULE
from tests.rules.small import found, roster, small

REFERRALS = """
    referral_id, practice_id, referred_on, band, minutes, consent
    P,           PX,          2027-02-15,  A,    60,      no
    Q,           PY,          2027-02-15,  B,    40,      yes"""
SAYS = "P did not say yes and must not be in the roster."


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "Only people who said yes have appointments; the others are left out of everything."


def test_people_who_said_yes_may_have_appointments() -> None:
    instance = small(referrals=REFERRALS)
    made = roster(instance, "C1, S1, 09:00, 12:00", "Q, S1, 09:00, 09:40")
    assert found(RULE, instance, made) == []


def test_an_appointment_of_somebody_who_did_not_say_yes_is_found() -> None:
    instance = small(referrals=REFERRALS)
    made = roster(instance, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")
    assert found(RULE, instance, made) == [(SAYS, "", 1)]


def test_somebody_who_did_not_say_yes_is_not_listed_as_unseen_either() -> None:
    instance = small(referrals=REFERRALS)
    assert [f.says for f in RULE.check(instance, roster(instance, unseen="P Q"))] == [SAYS]


def test_somebody_who_did_not_say_yes_is_named_once() -> None:
    instance = small(referrals=REFERRALS)
    seen = "P, S1, 09:00, 10:00\nP, S1, 10:00, 11:00"
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00", seen, unseen="P")) == [(SAYS, "", 1)]


def test_an_appointment_in_the_past_of_somebody_who_withdrew_is_found_too() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")
    instance = small(as_of="2027-03-09", published=told, referrals=REFERRALS)
    assert found(RULE, instance, told) == [(SAYS, "", 1)]
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == []
