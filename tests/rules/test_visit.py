"""The price visit: every visit costs, whether anybody is seen in it or not."""

from models.continuity.visit import PREFERENCE
from tests.rules.small import cost, roster, small


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert PREFERENCE.sentence == "No visit is made that is not worth it."


def test_every_visit_costs_with_or_without_appointments() -> None:
    instance = small()
    assert cost(PREFERENCE, instance, roster(instance)) == 0
    two = "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00"
    assert cost(PREFERENCE, instance, roster(instance, two)) == 34
    assert cost(PREFERENCE, instance, roster(instance, two, "P, S1, 09:00, 10:00")) == 34


def test_visits_that_have_happened_cost() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00")
    assert cost(PREFERENCE, small(as_of="2027-03-09", published=told), told) == 17
