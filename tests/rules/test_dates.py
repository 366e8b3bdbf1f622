"""The rule dates: notice, the referral itself, and days on which people are away."""

import pytest

from models.urgency.dates import RULE
from tests.rules.small import found, roster, small

ON_8_MARCH = ("C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")
TWICE = ("C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00\nP, S1, 10:00, 11:00")
WHO = "P has an appointment on 8 March 2027"


def people(referred_on: str = "2027-02-15", needs: str = "", count: int = 1) -> str:
    return f"""
        referral_id, practice_id, referred_on, band, minutes, needs, count
        P,           PX,          {referred_on}, A,  60,      {needs}, {count}"""


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "Nobody is seen without notice, before they were referred, or on a day they are away."


def test_the_first_day_with_notice_is_fine_and_the_day_before_is_found() -> None:
    instance = small("notice_days = 5", as_of="2027-03-03")
    assert found(RULE, instance, roster(instance, *ON_8_MARCH)) == []
    instance = small("notice_days = 5", as_of="2027-03-04")
    says = f"{WHO}, but needs notice: 9 March 2027 is the first day."
    assert found(RULE, instance, roster(instance, *ON_8_MARCH)) == [(says, "notice", 1)]


def test_a_person_who_needs_an_interpreter_needs_the_notice_of_an_interpreter() -> None:
    policy = "notice_days = 0\ninterpreter_notice_days = 6"
    needs = people(needs="interpreter:bsl")
    instance = small(policy, as_of="2027-03-02", referrals=needs)
    assert found(RULE, instance, roster(instance, *ON_8_MARCH)) == []
    instance = small(policy, as_of="2027-03-03", referrals=needs)
    says = f"{WHO}, but needs notice: 9 March 2027 is the first day."
    assert found(RULE, instance, roster(instance, *ON_8_MARCH)) == [(says, "interpreter_notice", 1)]


def test_the_notice_of_an_interpreter_may_be_the_shorter_one() -> None:
    policy = "notice_days = 6\ninterpreter_notice_days = 0"
    instance = small(policy, as_of="2027-03-08", referrals=people(needs="interpreter:bsl"))
    assert found(RULE, instance, roster(instance, *ON_8_MARCH)) == []


def test_nobody_is_seen_on_the_day_they_were_referred_but_from_the_day_after() -> None:
    instance = small(referrals=people(referred_on="2027-03-07"))
    assert found(RULE, instance, roster(instance, *ON_8_MARCH)) == []
    instance = small(referrals=people(referred_on="2027-03-08"))
    says = f"{WHO}, but was referred on 8 March 2027."
    assert found(RULE, instance, roster(instance, *ON_8_MARCH)) == [(says, "", 1)]


def test_nobody_is_seen_on_a_day_they_are_away() -> None:
    instance = small(away={"P": "2027-03-07;2027-03-08"})
    assert found(RULE, instance, roster(instance, *ON_8_MARCH)) == [(f"{WHO}, but is away that day.", "away:P", 1)]
    instance = small(away={"P": "2027-03-07;2027-03-09"})
    assert found(RULE, instance, roster(instance, *ON_8_MARCH)) == []


def test_a_date_may_be_wrong_in_every_way_at_once() -> None:
    instance = small(as_of="2027-03-08", referrals=people(referred_on="2027-03-10"), away={"P": "2027-03-08"})
    facts = [fact for _, fact, _ in found(RULE, instance, roster(instance, *ON_8_MARCH))]
    assert facts == ["", "away:P", "notice"]


def test_an_appointment_that_was_published_in_the_session_needs_no_notice() -> None:
    instance = small(as_of="2027-03-08", published=roster(None, *ON_8_MARCH))
    assert found(RULE, instance, roster(instance, *ON_8_MARCH)) == []


def test_an_appointment_that_was_published_needs_no_notice_with_another_coach_and_at_another_time() -> None:
    instance = small(as_of="2027-03-08", published=roster(None, *ON_8_MARCH))
    made = roster(instance, "C2, S1, 09:00, 12:00", "P, S1, 11:00, 12:00")
    assert found(RULE, instance, made) == []


@pytest.mark.parametrize("told", [("C1, S3, 09:00, 12:00", "P, S3, 09:00, 10:00"), ("C1, S1, 09:00, 12:00", "")])
def test_an_appointment_that_was_published_elsewhere_or_not_at_all_needs_notice(told: tuple[str, str]) -> None:
    instance = small(as_of="2027-03-08", published=roster(None, *told))
    assert [fact for _, fact, _ in found(RULE, instance, roster(instance, *ON_8_MARCH))] == ["notice"]


def test_only_as_many_appointments_as_were_published_in_the_session_need_no_notice() -> None:
    instance = small(as_of="2027-03-08", referrals=people(count=2), published=roster(None, *ON_8_MARCH))
    says = f"{WHO}, but needs notice: 13 March 2027 is the first day."
    assert found(RULE, instance, roster(instance, *TWICE)) == [(says, "notice", 1)]
    instance = small(as_of="2027-03-08", referrals=people(count=2), published=roster(None, *TWICE))
    assert found(RULE, instance, roster(instance, *TWICE)) == []


def test_with_notice_there_may_be_more_appointments_than_were_published() -> None:
    instance = small(as_of="2027-03-03", referrals=people(count=2), published=roster(None, *ON_8_MARCH))
    assert found(RULE, instance, roster(instance, *TWICE)) == []


def test_how_many_people_are_seen_without_notice_is_counted() -> None:
    instance = small(as_of="2027-03-08", referrals=people(count=2))
    assert [amount for _, _, amount in found(RULE, instance, roster(instance, *TWICE))] == [2]


def test_a_published_appointment_on_a_day_the_person_is_away_is_found() -> None:
    instance = small(as_of="2027-03-08", published=roster(None, *ON_8_MARCH), away={"P": "2027-03-08"})
    assert found(RULE, instance, roster(instance, *ON_8_MARCH)) == [(f"{WHO}, but is away that day.", "away:P", 1)]


def test_what_happened_is_not_asked_whether_its_date_was_right() -> None:
    told = roster(None, *ON_8_MARCH)
    instance = small(
        as_of="2027-03-09", published=told, referrals=people(referred_on="2027-03-08"), away={"P": "2027-03-08"}
    )
    assert found(RULE, instance, told) == []
