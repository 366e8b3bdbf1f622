"""The rule workload: visits in a day, an ISO week and the month."""

import pytest

from models.availability.workload import RULE
from tests.rules.small import found, roster, small

DAY = "C1, S1, 09:00, 12:00\nC1, S2, 13:30, 16:30\n"
WEEK = DAY + "C1, S3, 09:00, 12:00\n"
MONTH = WEEK + "C1, S4, 09:00, 12:00\n"


def limited(period: str, limit: int) -> str:
    return f"coach_id, max_sessions_{period}\nC1, {limit}\nC2,"


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "A coach makes no more visits in a day, a week and a month than their limits allow."


@pytest.mark.parametrize(("period", "visits", "most"), [("day", DAY, 2), ("week", WEEK, 3), ("month", MONTH, 4)])
def test_exactly_as_many_visits_as_the_limit_are_fine(period: str, visits: str, most: int) -> None:
    instance = small(coaches=limited(period, most))
    assert found(RULE, instance, roster(instance, visits)) == []


@pytest.mark.parametrize(
    ("period", "visits", "limit", "says"),
    [
        ("day", DAY, 1, "C1 has 2 visits on 8 March 2027; the most they may have in a day is 1."),
        ("week", WEEK, 1, "C1 has 3 visits in the week of 8 March 2027; the most they may have in a week is 1."),
        ("month", MONTH, 3, "C1 has 4 visits in the month of 8 March 2027; the most they may have in a month is 3."),
        ("day", "C1, S3, 09:00, 12:00", 0, "C1 has 1 visit on 9 March 2027; the most they may have in a day is 0."),
    ],
)
def test_more_visits_than_the_limit_are_found(period: str, visits: str, limit: int, says: str) -> None:
    instance = small(coaches=limited(period, limit))
    over = visits.strip().count("\n") + 1 - limit
    assert found(RULE, instance, roster(instance, visits)) == [(says, f"workload:C1:{period}", over)]


def test_the_days_and_weeks_of_a_month_count_each_by_itself() -> None:
    instance = small(coaches="coach_id, max_sessions_day, max_sessions_week\nC1, 1, 2\nC2,,")
    spread = "C1, S1, 09:00, 12:00\nC1, S3, 09:00, 12:00\nC1, S4, 09:00, 12:00"
    assert found(RULE, instance, roster(instance, spread)) == []


@pytest.mark.parametrize(("sunday", "monday"), [("2027-03-14", "2027-03-15"), ("2027-01-03", "2027-01-04")])
def test_a_week_is_from_monday_to_sunday(sunday: str, monday: str) -> None:
    sessions = f"""
        session_id, room_id, date,     start, end
        S1,         X-1,     {sunday}, 09:00, 12:00
        S2,         Y-1,     {monday}, 09:00, 12:00"""
    hours = "coach_id, weekday, start, end\nC1, sun, 09:00, 17:00\nC1, mon, 09:00, 17:00"
    instance = small(
        month=sunday[:7], as_of=f"{sunday[:7]}-01", sessions=sessions, hours=hours, coaches=limited("week", 1)
    )
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00\nC1, S2, 09:00, 12:00")) == []


def test_a_week_may_lie_in_two_years() -> None:
    sessions = """
        session_id, room_id, date,       start, end
        S1,         X-1,     2027-12-31, 09:00, 12:00
        S2,         Y-1,     2028-01-02, 09:00, 12:00"""
    told = roster(None, "C1, S1, 09:00, 12:00")
    hours = "coach_id, weekday, start, end\nC1, sun, 09:00, 17:00"
    instance = small(
        month="2028-01",
        as_of="2028-01-01",
        sessions=sessions,
        hours=hours,
        coaches=limited("week", 1),
        published=told,
    )
    made = roster(instance, "C1, S1, 09:00, 12:00\nC1, S2, 09:00, 12:00")
    says = "C1 has 2 visits in the week of 31 December 2027; the most they may have in a week is 1."
    assert found(RULE, instance, made) == [(says, "workload:C1:week", 1)]


def test_a_coach_without_limits_may_hold_as_many_visits_as_there_are() -> None:
    instance = small(coaches=limited("month", 0))
    assert found(RULE, instance, roster(instance, MONTH.replace("C1", "C2"))) == []


def test_the_limits_of_one_coach_do_not_count_the_visits_of_another() -> None:
    instance = small(coaches=limited("day", 1))
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00\nC2, S2, 13:30, 16:30")) == []


def test_a_day_that_has_happened_is_not_held_to_the_limit_but_counts_in_its_week_and_month() -> None:
    told = roster(None, DAY)
    instance = small(as_of="2027-03-09", published=told, coaches=limited("day", 1))
    assert found(RULE, instance, told) == []
    for period in ("week", "month"):
        instance = small(as_of="2027-03-09", published=told, coaches=limited(period, 2))
        assert found(RULE, instance, told) == []
        assert len(found(RULE, instance, roster(instance, WEEK))) == 1


def test_visits_of_another_month_do_not_count_in_the_month() -> None:
    sessions = """
        session_id, room_id, date,       start, end
        S1,         X-1,     2027-02-22, 09:00, 12:00
        S2,         X-1,     2027-02-23, 09:00, 12:00
        S4,         Y-1,     2027-03-15, 09:00, 12:00"""
    told = roster(None, "C1, S1, 09:00, 12:00\nC1, S2, 09:00, 12:00")
    instance = small(as_of="2027-02-24", published=told, sessions=sessions, coaches=limited("month", 1))
    made = roster(instance, "C1, S1, 09:00, 12:00\nC1, S2, 09:00, 12:00\nC1, S4, 09:00, 12:00")
    assert found(RULE, instance, made) == []
