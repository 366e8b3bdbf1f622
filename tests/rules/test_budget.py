"""The rule budget: hire and fees of the month in whole pence."""

from models.rooms.budget import RULE
from tests.rules.small import found, roster, small

SITES = "site_id, hire_pounds\nX, 10.1\nY, 0"
BOOKINGS = """
    booking_id, skill,  date,       start, end,   fee_pounds
    B1,         bsl,    2027-03-08, 08:00, 18:00, 20.2
    B2,         polish, 2027-03-08, 08:00, 18:00, 1.1"""
TWO = "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00"
WITH_B1 = "C1, S1, 09:00, 12:00, B1\nC2, S3, 09:00, 12:00"


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "Hire of rooms and interpreters' fees stay within the budget."


def test_spending_the_budget_to_the_penny_is_fine() -> None:
    instance = small("budget_pounds = 40.4", sites=SITES, interpreters=BOOKINGS)
    assert found(RULE, instance, roster(instance, WITH_B1)) == []


def test_a_penny_more_than_the_budget_is_found() -> None:
    instance = small("budget_pounds = 40.39", sites=SITES, interpreters=BOOKINGS)
    says = "Hire and interpreters cost £40.40; the budget is £40.39."
    assert found(RULE, instance, roster(instance, WITH_B1)) == [(says, "budget", 1)]


def test_how_much_more_than_the_budget_is_counted_in_pence() -> None:
    instance = small("budget_pounds = 0", sites=SITES)
    says = "Hire and interpreters cost £20.20; the budget is £0."
    assert found(RULE, instance, roster(instance, TWO)) == [(says, "budget", 2020)]


def test_a_booking_in_several_visits_costs_its_fee_once() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00, B1\nC2, S2, 13:30, 16:30, B1")
    instance = small("budget_pounds = 30.3", as_of="2027-03-09", published=told, sites=SITES, interpreters=BOOKINGS)
    assert found(RULE, instance, told) == []
    instance = small("budget_pounds = 30.29", as_of="2027-03-09", published=told, sites=SITES, interpreters=BOOKINGS)
    assert found(RULE, instance, told) == [("Hire and interpreters cost £30.30; the budget is £30.29.", "budget", 1)]


def test_every_booking_that_is_used_costs_its_fee() -> None:
    instance = small("budget_pounds = 31.4", sites=SITES, interpreters=BOOKINGS)
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00, B1;B2")) == []
    instance = small("budget_pounds = 31.39", sites=SITES, interpreters=BOOKINGS)
    assert len(found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00, B1;B2"))) == 1


def test_what_is_not_used_costs_nothing() -> None:
    instance = small("budget_pounds = 0", sites=SITES, interpreters=BOOKINGS)
    assert found(RULE, instance, roster(instance, "C1, S2, 13:30, 16:30")) == []


def test_without_a_budget_there_is_no_limit() -> None:
    instance = small(sites=SITES, interpreters=BOOKINGS)
    assert found(RULE, instance, roster(instance, WITH_B1)) == []


def test_what_has_happened_counts() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00")
    instance = small("budget_pounds = 20.19", as_of="2027-03-09", published=told, sites=SITES)
    assert found(RULE, instance, told) == []
    says = "Hire and interpreters cost £20.20; the budget is £20.19."
    assert found(RULE, instance, roster(instance, TWO)) == [(says, "budget", 1)]
