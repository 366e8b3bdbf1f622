"""The rule hours: kept, broken in each way, and not asked about what has happened."""

import pytest

from models.availability.hours import RULE
from tests.rules.small import found, roster, small

S1 = "session S1 at Site X on 8 March 2027, 9am to midday"


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == (
        "A coach works only within their hours, never on leave, on a bank holiday or outside the month."
    )


def test_a_visit_within_the_coachs_hours_is_fine() -> None:
    instance = small()
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == []


def test_a_visit_lasts_as_long_as_hours_and_session_overlap() -> None:
    instance = small(hours="coach_id, weekday, start, end\nC1, mon, 10:30, 17:00")
    assert found(RULE, instance, roster(instance, "C1, S1, 10:30, 12:00")) == []


@pytest.mark.parametrize(("start", "end"), [("09:00", "12:00"), ("10:30", "11:00")])
def test_a_visit_at_other_times_than_hours_and_session_share_is_found(start: str, end: str) -> None:
    instance = small(hours="coach_id, weekday, start, end\nC1, mon, 10:30, 17:00")
    made = roster(instance, f"C1, S1, {start}, {end}")
    says = {
        "09:00": "the visit should last from 10:30am to midday, not from 9am to midday",
        "10:30": "the visit should last from 10:30am to midday, not from 10:30am to 11am",
    }[start]
    assert [(f.says, f.fact, f.amount) for f in RULE.check(instance, made)] == [
        (f"C1 is booked for {S1}, but {says}.", "", 1)
    ]


def test_a_visit_of_exactly_the_shortest_length_is_fine_and_a_minute_less_is_found() -> None:
    hours = "coach_id, weekday, start, end\nC1, mon, 11:00, 17:00"
    instance = small("min_visit_minutes = 60", hours=hours)
    assert found(RULE, instance, roster(instance, "C1, S1, 11:00, 12:00")) == []
    instance = small("min_visit_minutes = 61", hours=hours)
    says = f"C1 is booked for {S1}, but only 60 minutes of it are in the coach's hours and a visit needs 61."
    assert found(RULE, instance, roster(instance, "C1, S1, 11:00, 12:00")) == [(says, "", 1)]


@pytest.mark.parametrize("hours", ["C2, mon, 09:00, 17:00", "C1, tue, 09:00, 17:00", "C1, mon, 12:00, 17:00"])
def test_a_visit_when_the_coach_does_not_work_is_found(hours: str) -> None:
    instance = small(hours=f"coach_id, weekday, start, end\n{hours}")
    says = f"C1 is booked for {S1}, but the coach does not work then."
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == [(says, "", 1)]


@pytest.mark.parametrize("leave", ["2027-03-08, 2027-03-08", "2027-03-01, 2027-03-08", "2027-03-08, 2027-03-19"])
def test_a_visit_on_leave_is_found(leave: str) -> None:
    instance = small(leave=f"coach_id, first_day, last_day\nC1, {leave}")
    says = f"C1 is booked for {S1}, but the coach is on leave that day."
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == [(says, "", 1)]
    assert found(RULE, instance, roster(instance, "C2, S1, 09:00, 12:00")) == []


@pytest.mark.parametrize("leave", ["2027-03-01, 2027-03-07", "2027-03-09, 2027-03-19"])
def test_leave_before_and_after_a_visit_does_not_matter(leave: str) -> None:
    instance = small(leave=f"coach_id, first_day, last_day\nC1, {leave}")
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == []


def test_a_visit_on_a_bank_holiday_is_found() -> None:
    sessions = "session_id, room_id, date, start, end\nS1, X-1, 2027-03-29, 09:00, 12:00"
    instance = small(sessions=sessions)
    says = "C1 is booked for session S1 at Site X on 29 March 2027, 9am to midday, but that day is a bank holiday."
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == [(says, "", 1)]


@pytest.mark.parametrize(("day", "words"), [("2027-04-05", "5 April 2027"), ("2027-02-22", "22 February 2027")])
def test_a_visit_outside_the_month_is_found(day: str, words: str) -> None:
    sessions = f"session_id, room_id, date, start, end\nS1, X-1, {day}, 09:00, 12:00"
    instance = small(sessions=sessions, as_of="2027-02-15")
    says = (
        f"C1 is booked for session S1 at Site X on {words}, 9am to midday, "
        f"but {words} is not in the month of this roster."
    )
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == [(says, "", 1)]


@pytest.mark.parametrize("day", ["2027-03-01", "2027-03-31"])
def test_the_first_and_the_last_day_of_the_month_are_in_it(day: str) -> None:
    sessions = f"session_id, room_id, date, start, end\nS1, X-1, {day}, 09:00, 12:00"
    hours = "coach_id, weekday, start, end\nC1, mon, 09:00, 17:00\nC1, wed, 09:00, 17:00"
    instance = small(sessions=sessions, hours=hours)
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == []


def test_a_visit_may_break_the_rule_in_several_ways_at_once() -> None:
    leave = "coach_id, first_day, last_day\nC1, 2027-03-08, 2027-03-08"
    instance = small(leave=leave, hours="coach_id, weekday, start, end\nC2, mon, 09:00, 17:00")
    assert [says for says, _, _ in found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00"))] == [
        f"C1 is booked for {S1}, but the coach is on leave that day.",
        f"C1 is booked for {S1}, but the coach does not work then.",
    ]


def test_what_happened_is_not_asked_whether_hours_allow_it() -> None:
    told = roster(None, "C1, S1, 08:00, 12:30")
    leave = "coach_id, first_day, last_day\nC1, 2027-03-08, 2027-03-08"
    instance = small(as_of="2027-03-09", published=told, leave=leave)
    assert found(RULE, instance, told) == []


def test_the_day_the_roster_is_made_is_not_in_the_past() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00")
    leave = "coach_id, first_day, last_day\nC1, 2027-03-08, 2027-03-08"
    instance = small(as_of="2027-03-08", published=told, leave=leave)
    assert [says for says, _, _ in found(RULE, instance, told)] == [
        f"C1 is booked for {S1}, but the coach is on leave that day."
    ]
