"""The price waiting: a day costs more the longer somebody has waited."""

import pytest

from models.urgency.waiting import PREFERENCE, cost_of_waiting
from tests.rules.small import cost, roster, small

VISITS = "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00"
"""Bands cost 13, 7 and 3 a day; who is not seen counts from 15 February to 28 April, 72 days."""


def people(band: str = "A", count: int = 1, consent: str = "yes", referred_on: str = "2027-02-15") -> str:
    return f"""
        referral_id, practice_id, minutes, band,   count,   consent,   referred_on
        P,           PX,          60,      {band}, {count}, {consent}, {referred_on}"""


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert PREFERENCE.sentence == (
        "People wait as few days as can be, urgent people and those who have waited long first."
    )


@pytest.mark.parametrize(("band", "minutes"), [("A", 477), ("B", 257), ("C", 110)])
def test_a_wait_of_21_days_costs_by_band_rounded_down(band: str, minutes: int) -> None:
    instance = small(referrals=people(band))
    assert cost(PREFERENCE, instance, roster(instance, VISITS, "P, S1, 09:00, 10:00")) == minutes


def test_a_longer_wait_costs_more_a_day() -> None:
    instance = small(referrals=people())
    assert cost(PREFERENCE, instance, roster(instance, VISITS, "P, S3, 09:00, 10:00")) == 13 * 22 * 50 // 28
    assert [cost_of_waiting(instance, "A", days) for days in (0, 1, 28, 56)] == [0, 13, 2 * 28 * 13, 3 * 56 * 13]


def test_somebody_who_is_not_seen_counts_as_seen_some_days_after_the_month() -> None:
    instance = small(referrals=people())
    assert cost(PREFERENCE, instance, roster(instance, VISITS)) == 13 * 72 * 100 // 28
    instance = small("unseen_days = 0", referrals=people())
    assert cost(PREFERENCE, instance, roster(instance, VISITS)) == 13 * 44 * 72 // 28


def test_every_person_of_a_referral_costs() -> None:
    instance = small(referrals=people(count=3))
    made = roster(instance, VISITS, "P, S1, 09:00, 10:00\nP, S3, 09:00, 10:00")
    assert cost(PREFERENCE, instance, made) == 477 + 510 + 3342
    assert cost(PREFERENCE, instance, roster(instance)) == 3 * 3342


def test_somebody_without_consent_costs_nothing() -> None:
    instance = small(referrals=people(consent="no"))
    assert cost(PREFERENCE, instance, roster(instance, VISITS)) == 0


def test_an_appointment_that_has_happened_costs_what_its_day_costs() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")
    instance = small(as_of="2027-03-09", published=told, referrals=people())
    assert cost(PREFERENCE, instance, told) == 477
