"""The price change: visits in one roster and not in the other, and people whose appointment is not kept."""

import pytest

from models.continuity.change import PREFERENCE
from tests.rules.small import cost, roster, small

TOLD = roster(None, "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00", "P, S1, 09:00, 10:00\nQ, S3, 09:00, 09:40")
VISITS = "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00\n"
SEEN = "P, S1, 09:00, 10:00\nQ, S3, 09:00, 09:40\n"


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert PREFERENCE.sentence == "What people were told changes as little as can be."


@pytest.mark.parametrize(
    ("visits", "seen", "changes"),
    [
        (VISITS, SEEN, 0),
        (VISITS, "P, S1, 10:00, 11:00\nQ, S3, 11:00, 11:40", 0),
        (VISITS, "P, S1, 09:00, 10:00", 1),
        (VISITS, "Q, S3, 09:00, 09:40\nP, S3, 10:00, 11:00", 1),
        (VISITS, "", 2),
        ("C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00", 2),
        ("C2, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00", SEEN, 2),
        (VISITS + "C1, S2, 13:30, 16:30", SEEN, 1),
        ("", "", 4),
    ],
)
def test_every_difference_from_the_published_roster_costs(visits: str, seen: str, changes: int) -> None:
    instance = small(published=TOLD)
    assert cost(PREFERENCE, instance, roster(instance, visits, seen)) == 47 * changes


def test_without_a_published_roster_nothing_is_a_change() -> None:
    instance = small()
    assert cost(PREFERENCE, instance, roster(instance, VISITS, SEEN)) == 0


def test_somebody_seen_who_was_told_nothing_is_no_change() -> None:
    instance = small(published=roster(None, "C1, S1, 09:00, 12:00"))
    assert cost(PREFERENCE, instance, roster(instance, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")) == 0


@pytest.mark.parametrize(
    ("visits", "seen"),
    [("C9, S1, 09:00, 12:00", ""), ("C1, S9, 09:00, 12:00", "P, S9, 09:00, 10:00"), ("", "R9, S1, 09:00, 10:00")],
)
def test_what_names_a_coach_a_session_or_a_referral_that_is_gone_counts_nothing(visits: str, seen: str) -> None:
    instance = small(published=roster(None, visits, seen))
    assert cost(PREFERENCE, instance, roster(instance)) == 0


def test_a_person_whose_visit_was_with_a_coach_who_is_gone_was_told_of_the_session_all_the_same() -> None:
    instance = small(published=roster(None, "C9, S1, 09:00, 12:00", "P, S1, 09:00, 10:00"))
    assert cost(PREFERENCE, instance, roster(instance)) == 47
    assert cost(PREFERENCE, instance, roster(instance, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")) == 47


def test_as_many_people_as_are_missing_cost() -> None:
    people = "referral_id, practice_id, referred_on, band, minutes, count\nP, PX, 2027-02-15, A, 60, 3"
    three = "P, S1, 09:00, 10:00\nP, S1, 10:00, 11:00\nP, S1, 11:00, 12:00"
    told = roster(None, "C1, S1, 09:00, 12:00", three)
    instance = small(published=told, referrals=people)
    for left, changes in ((three, 0), ("P, S1, 09:00, 10:00\nP, S1, 10:00, 11:00", 1), ("P, S1, 09:00, 10:00", 2)):
        assert cost(PREFERENCE, instance, roster(instance, "C1, S1, 09:00, 12:00", left)) == 47 * changes


def test_a_published_appointment_that_can_no_longer_be_costs() -> None:
    people = "referral_id, practice_id, referred_on, band, minutes, consent\nP, PX, 2027-02-15, A, 60, no"
    instance = small(published=TOLD, referrals=people)
    assert cost(PREFERENCE, instance, roster(instance, VISITS)) == 0
    hours = "coach_id, weekday, start, end\nC2, tue, 09:00, 17:00"
    instance = small(published=TOLD, hours=hours)
    made = roster(instance, "C2, S3, 09:00, 12:00", "Q, S3, 09:00, 09:40")
    assert cost(PREFERENCE, instance, made) == 2 * 47


def test_an_appointment_that_can_no_longer_be_costs_as_one_that_is_not_kept() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")
    people = """
        referral_id, practice_id, referred_on, band, minutes, consent, away
        P,           PX,          2027-02-15,  A,    60,      yes,     2027-03-08"""
    instance = small(published=told, referrals=people)
    price = instance.settings.prices.change
    assert cost(PREFERENCE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == price
