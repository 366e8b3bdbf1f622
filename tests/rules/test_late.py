"""The price late: days after the see-by date, whatever the policy of see-by dates is."""

import pytest

from models.urgency.late import PREFERENCE
from tests.rules.small import cost, roster, small

VISITS = "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00"


def people(see_by: str, count: int = 1, consent: str = "yes") -> str:
    return f"""
        referral_id, practice_id, referred_on, minutes, band, see_by,   count,   consent
        P,           PX,          2027-02-15,  60,      A,    {see_by}, {count}, {consent}"""


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert PREFERENCE.sentence == "Nobody is seen after the date they should be seen by."


@pytest.mark.parametrize("policy", ["must", "prefer"])
@pytest.mark.parametrize(
    ("see_by", "days"), [("2027-03-07", 1), ("2027-03-08", 0), ("2027-03-09", 0), ("2027-02-28", 8), ("", 0)]
)
def test_each_day_after_the_date_costs_under_both_policies(policy: str, see_by: str, days: int) -> None:
    instance = small(f'see_by = "{policy}"', referrals=people(see_by))
    assert cost(PREFERENCE, instance, roster(instance, VISITS, "P, S1, 09:00, 10:00")) == 61 * days


@pytest.mark.parametrize(
    ("see_by", "days"), [("2027-03-08", 51), ("2027-04-27", 1), ("2027-04-28", 0), ("2027-05-09", 0), ("", 0)]
)
def test_somebody_who_is_not_seen_counts_as_seen_some_days_after_the_month(see_by: str, days: int) -> None:
    instance = small(referrals=people(see_by))
    assert cost(PREFERENCE, instance, roster(instance, VISITS)) == 61 * days


def test_every_person_of_a_referral_costs() -> None:
    instance = small(referrals=people("2027-03-07", count=3))
    made = roster(instance, VISITS, "P, S1, 09:00, 10:00\nP, S3, 09:00, 10:00")
    assert cost(PREFERENCE, instance, made) == 61 * (1 + 2 + 52)


def test_somebody_without_consent_costs_nothing() -> None:
    instance = small(referrals=people("2027-03-07", consent="no"))
    assert cost(PREFERENCE, instance, roster(instance, VISITS)) == 0


def test_an_appointment_that_has_happened_costs_the_days_it_was_late() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")
    instance = small(as_of="2027-03-09", published=told, referrals=people("2027-03-06"))
    assert cost(PREFERENCE, instance, told) == 61 * 2
