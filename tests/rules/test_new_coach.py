"""The price new_coach: appointments with another than the usual coach."""

import pytest

from models.continuity.new_coach import PREFERENCE
from tests.rules.small import cost, roster, small

BY_C1 = "C1, S1, 09:00, 12:00"
BY_C2 = "C2, S1, 09:00, 12:00"
SEEN = "P, S1, 09:00, 10:00"


def people(usual: str, needs: str = "", count: int = 1) -> str:
    return f"""
        referral_id, practice_id, referred_on, minutes, band, usual_coach, needs,   count
        P,           PX,          2027-02-15,  60,      A,    {usual},     {needs}, {count}"""


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert PREFERENCE.sentence == "A person with a usual coach sees that coach."


@pytest.mark.parametrize(("visit", "minutes"), [(BY_C1, 0), (BY_C2, 41)])
def test_an_appointment_with_another_than_the_usual_coach_costs(visit: str, minutes: int) -> None:
    instance = small(referrals=people("C1"))
    assert cost(PREFERENCE, instance, roster(instance, visit, SEEN)) == minutes


@pytest.mark.parametrize("visit", [BY_C1, BY_C2])
def test_somebody_without_a_usual_coach_costs_nothing(visit: str) -> None:
    instance = small(referrals=people(""))
    assert cost(PREFERENCE, instance, roster(instance, visit, SEEN)) == 0


def test_somebody_who_is_not_seen_costs_nothing() -> None:
    instance = small(referrals=people("C1"))
    assert cost(PREFERENCE, instance, roster(instance, BY_C2)) == 0


def test_every_appointment_costs() -> None:
    instance = small(referrals=people("C1", count=3))
    two = SEEN + "\nP, S1, 10:00, 11:00"
    assert cost(PREFERENCE, instance, roster(instance, BY_C2, two)) == 2 * 41
    both = roster(instance, BY_C2 + "\nC1, S3, 09:00, 12:00", two + "\nP, S3, 09:00, 10:00")
    assert cost(PREFERENCE, instance, both) == 2 * 41


def test_a_usual_coach_who_never_could_see_the_person_costs_all_the_same() -> None:
    hours = "coach_id, weekday, start, end\nC2, mon, 09:00, 17:00"
    instance = small(referrals=people("C1"), hours=hours)
    assert cost(PREFERENCE, instance, roster(instance, BY_C2, SEEN)) == 41


def test_an_appointment_that_has_happened_with_another_coach_costs() -> None:
    told = roster(None, BY_C2, SEEN)
    instance = small(as_of="2027-03-09", published=told, referrals=people("C1"))
    assert cost(PREFERENCE, instance, told) == 41
