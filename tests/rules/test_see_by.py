"""The rule see_by: whose date binds is seen by it; a compromise may be late for some."""

import pytest

from models.urgency.see_by import RULE
from tests.rules.small import found, roster, shortfalls, small

BY_8 = "C1, S1, 09:00, 12:00"
BOTH = "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00"
LATE = ("P (band A) is to be seen by 8 March 2027: 1 person is not.", "see_by:P", 1)


def people(
    see_by: str = "2027-03-08", *, band: str = "A", referred_on: str = "2027-02-15", rest: str = ", 1, yes"
) -> str:
    return f"""
        referral_id, practice_id, minutes, band,   referred_on,   see_by,   needs, count, consent
        P,           PX,          60,      {band}, {referred_on}, {see_by}, {rest}"""


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "Where see-by dates are musts, everybody is seen by theirs."


def test_an_appointment_on_the_very_date_is_in_time() -> None:
    instance = small(referrals=people())
    assert found(RULE, instance, roster(instance, BY_8, "P, S1, 09:00, 10:00")) == []


def test_somebody_who_is_not_seen_by_their_date_is_found() -> None:
    instance = small(referrals=people())
    assert found(RULE, instance, roster(instance, BY_8)) == [LATE]
    assert found(RULE, instance, roster(instance, BOTH, "P, S3, 09:00, 10:00")) == [LATE]


def test_everybody_of_a_referral_is_seen_by_the_date() -> None:
    instance = small(referrals=people(rest=", 3, yes"))
    one = roster(instance, BOTH, "P, S1, 09:00, 10:00\nP, S3, 09:00, 10:00")
    says = "P (band A) is to be seen by 8 March 2027: 2 people are not."
    assert found(RULE, instance, one) == [(says, "see_by:P", 2)]
    three = "P, S1, 09:00, 10:00\nP, S1, 10:00, 11:00\nP, S1, 11:00, 12:00"
    assert found(RULE, instance, roster(instance, BY_8, three)) == []


@pytest.mark.parametrize(
    ("as_of", "see_by", "binds"),
    [
        ("2027-03-03", "2027-03-08", True),
        ("2027-03-04", "2027-03-08", False),
        ("2027-03-01", "2027-03-31", True),
        ("2027-03-01", "2027-04-01", False),
        ("2027-02-01", "2027-03-01", True),
        ("2027-02-01", "2027-02-28", False),
    ],
)
def test_a_date_binds_in_the_month_from_the_first_day_with_notice_on(as_of: str, see_by: str, binds: bool) -> None:
    instance = small("notice_days = 5", as_of=as_of, referrals=people(see_by))
    assert bool(found(RULE, instance, roster(instance))) is binds


@pytest.mark.parametrize(("referred_on", "binds"), [("2027-03-07", True), ("2027-03-08", False)])
def test_a_date_binds_from_the_day_after_the_referral_on(referred_on: str, binds: bool) -> None:
    instance = small("notice_days = 0", referrals=people(referred_on=referred_on))
    assert bool(found(RULE, instance, roster(instance))) is binds


@pytest.mark.parametrize(("days", "binds"), [(7, True), (8, False)])
def test_the_notice_of_an_interpreter_counts_for_somebody_who_needs_one(days: int, binds: bool) -> None:
    policy = f"notice_days = 0\ninterpreter_notice_days = {days}"
    instance = small(policy, referrals=people(rest="interpreter:bsl, 1, yes"))
    assert bool(found(RULE, instance, roster(instance))) is binds


def test_being_away_does_not_stop_a_date_from_binding() -> None:
    instance = small(referrals=people(), away={"P": "2027-03-08"})
    assert found(RULE, instance, roster(instance)) == [LATE]


@pytest.mark.parametrize("what", [people(""), people(rest=", 1, no")])
def test_without_a_date_or_without_consent_nothing_binds(what: str) -> None:
    instance = small(referrals=what)
    assert found(RULE, instance, roster(instance)) == []


def test_where_dates_are_only_preferred_none_binds() -> None:
    instance = small('see_by = "prefer"', referrals=people())
    assert found(RULE, instance, roster(instance)) == []


def test_which_dates_bind_is_decided_on_the_instance_as_given() -> None:
    given = small("notice_days = 8", referrals=people())
    policy = given.settings.policy.model_copy(update={"notice_days": 0})
    relaxed = given.relaxed(settings=given.settings.model_copy(update={"policy": policy}))
    assert found(RULE, relaxed, roster(relaxed)) == []
    given = small("notice_days = 0", referrals=people())
    without_date = given.referrals[0].model_copy(update={"see_by": None})
    assert found(RULE, given.relaxed(referrals=(without_date,)), roster(given)) == []


def test_an_appointment_that_has_happened_counts() -> None:
    told = roster(None, BY_8, "P, S1, 09:00, 10:00")
    instance = small("notice_days = 0", as_of="2027-03-09", published=told, referrals=people("2027-03-09"))
    assert found(RULE, instance, told) == []
    assert len(found(RULE, instance, roster(instance))) == 1


@pytest.mark.parametrize(("band", "weight"), [("A", 100), ("B", 10), ("C", 1)])
def test_a_compromise_counts_people_past_their_date_by_band(band: str, weight: int) -> None:
    instance = small(referrals=people(band=band, rest=", 3, yes"))
    made = roster(instance, BOTH, "P, S1, 09:00, 10:00\nP, S3, 09:00, 10:00")
    assert shortfalls(RULE, instance, made) == [("see_by", "see_by:P", "people", weight, 2)]
