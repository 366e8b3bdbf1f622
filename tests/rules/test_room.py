"""The rule room: one coach at a time, whatever sessions are offered."""

import pytest

from models.rooms.room import RULE
from tests.rules.small import found, roster, small

S1 = "session S1 at Site X on 8 March 2027, 9am to midday"


def sessions(room: str, day: str, start: str, end: str) -> str:
    return f"""
        session_id, room_id, date,       start, end
        S1,         X-1,     2027-03-08, 09:00, 12:00
        S2,         {room},  {day}, {start}, {end}"""


ROOMS = "room_id, site_id\nX-1, X\nX-2, X\nY-1, Y"


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "A room is used by one coach at a time."


def test_one_coach_in_a_session_is_fine() -> None:
    instance = small()
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00\nC2, S2, 13:30, 16:30")) == []


def test_two_coaches_in_one_session_are_found() -> None:
    instance = small()
    made = roster(instance, "C1, S1, 09:00, 12:00\nC2, S1, 09:00, 12:00")
    assert found(RULE, instance, made) == [(f"C1 and C2 both hold {S1}.", "", 1)]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("11:59", "13:30", "11:59am to 1:30pm"),
        ("08:30", "09:01", "8:30am to 9:01am"),
        ("10:00", "11:00", "10am to 11am"),
        ("09:00", "12:00", "9am to midday"),
        ("08:00", "13:00", "8am to 1pm"),
    ],
)
def test_sessions_of_one_room_that_overlap_are_not_both_visited(start: str, end: str, words: str) -> None:
    instance = small(sessions=sessions("X-1", "2027-03-08", start, end), rooms=ROOMS)
    made = roster(instance, f"C1, S1, 09:00, 12:00\nC2, S2, {start}, {end}")
    says = f"Room X-1 is used twice at once: {S1}, and session S2 at Site X on 8 March 2027, {words}."
    assert found(RULE, instance, made) == [(says, "", 1)]


@pytest.mark.parametrize(
    ("room", "day", "start", "end"),
    [
        ("X-1", "2027-03-08", "12:00", "13:30"),
        ("X-1", "2027-03-08", "08:00", "09:00"),
        ("X-2", "2027-03-08", "09:00", "12:00"),
        ("X-1", "2027-03-09", "09:00", "12:00"),
        ("Y-1", "2027-03-08", "09:00", "12:00"),
    ],
)
def test_sessions_that_touch_or_are_in_other_rooms_or_on_other_days_may_both_be_visited(
    room: str, day: str, start: str, end: str
) -> None:
    instance = small(sessions=sessions(room, day, start, end), rooms=ROOMS)
    assert found(RULE, instance, roster(instance, f"C1, S1, 09:00, 12:00\nC2, S2, {start}, {end}")) == []


def test_of_three_sessions_in_a_row_the_first_and_the_last_may_be_visited() -> None:
    instance = small(
        sessions="""
            session_id, room_id, date,       start, end
            S1,         X-1,     2027-03-08, 09:00, 11:00
            S2,         X-1,     2027-03-08, 10:00, 12:00
            S3,         X-1,     2027-03-08, 11:00, 13:00"""
    )
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 11:00\nC2, S3, 11:00, 13:00")) == []
    assert len(found(RULE, instance, roster(instance, "C1, S1, 09:00, 11:00\nC2, S2, 10:00, 12:00"))) == 1
    assert len(found(RULE, instance, roster(instance, "C1, S2, 10:00, 12:00\nC2, S3, 11:00, 13:00"))) == 1


def test_what_happened_is_not_asked_whether_a_room_was_used_twice() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00\nC2, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")
    assert found(RULE, small(as_of="2027-03-09", published=told), told) == []
    assert len(found(RULE, small(as_of="2027-03-08", published=told), told)) == 1
