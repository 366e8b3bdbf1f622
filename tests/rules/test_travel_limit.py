"""The rule travel_limit: minutes on the road from base to base, day by day."""

from models.travel.travel_limit import RULE
from tests.rules.small import found, roster, small

DAY = "C1, S1, 09:00, 12:00\nC1, S2, 13:30, 16:30"
"""10 minutes to X, 15 on to Y, 24 home: 49."""


def limited(minutes: int) -> str:
    return f"coach_id, max_travel_minutes_day\nC1, {minutes}\nC2,"


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "A coach spends no more minutes on the road in a day than their limit."


def test_a_day_of_exactly_the_limit_is_fine() -> None:
    instance = small(coaches=limited(49))
    assert found(RULE, instance, roster(instance, DAY)) == []


def test_a_minute_more_than_the_limit_is_found() -> None:
    instance = small(coaches=limited(48))
    says = "C1 is on the road for 49 minutes on 8 March 2027; the most they may be is 48."
    assert found(RULE, instance, roster(instance, DAY)) == [(says, "travel_limit:C1", 1)]


def test_how_much_more_than_the_limit_is_said() -> None:
    instance = small(coaches=limited(0))
    says = "C1 is on the road for 22 minutes on 9 March 2027; the most they may be is 0."
    assert found(RULE, instance, roster(instance, "C1, S3, 09:00, 12:00")) == [(says, "travel_limit:C1", 22)]


def test_each_day_counts_by_itself() -> None:
    instance = small(coaches=limited(49))
    assert found(RULE, instance, roster(instance, DAY + "\nC1, S3, 09:00, 12:00")) == []


def test_a_coach_without_a_limit_may_travel_as_long_as_it_takes() -> None:
    instance = small(coaches=limited(0))
    assert found(RULE, instance, roster(instance, "C2, S1, 09:00, 12:00")) == []


def test_what_happened_is_not_held_to_the_limit() -> None:
    told = roster(None, DAY)
    instance = small(as_of="2027-03-09", published=told, coaches=limited(48))
    assert found(RULE, instance, told) == []
    instance = small(as_of="2027-03-08", published=told, coaches=limited(48))
    assert len(found(RULE, instance, told)) == 1
