"""The rule one_place: time for the road and the break between two visits of a day."""

import pytest

from models.travel.one_place import RULE
from tests.rules.small import found, roster, small

DAY = "C1, S1, 09:00, 12:00\nC1, S2, {start}, 16:30"


def sessions(start: str) -> str:
    return f"""
        session_id, room_id, date,       start, end
        S1,         X-1,     2027-03-08, 09:00, 12:00
        S2,         Y-1,     2027-03-08, {start}, 16:30"""


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "A coach is in one place at a time, with time for the road and a break between two visits."


def test_exactly_enough_time_for_the_road_and_the_break_is_enough() -> None:
    instance = small("break_minutes = 30", sessions=sessions("12:45"))
    assert found(RULE, instance, roster(instance, DAY.format(start="12:45"))) == []


def test_a_minute_too_little_between_two_visits_is_found() -> None:
    instance = small("break_minutes = 30", sessions=sessions("12:44"))
    says = (
        "C1 leaves session S1 at midday on 8 March 2027 and cannot start session S2 at 12:44pm: "
        "the road takes 15 minutes and the break 30."
    )
    assert found(RULE, instance, roster(instance, DAY.format(start="12:44"))) == [(says, "", 1)]


def test_visits_that_overlap_are_found() -> None:
    instance = small("break_minutes = 0", sessions=sessions("11:00"))
    says = (
        "C1 leaves session S1 at midday on 8 March 2027 and cannot start session S2 at 11am: "
        "the road takes 15 minutes and the break 0."
    )
    assert found(RULE, instance, roster(instance, DAY.format(start="11:00"))) == [(says, "", 1)]


def test_the_road_counts_in_the_direction_in_which_it_is_driven() -> None:
    there_and_back = """
        session_id, room_id, date,       start, end
        S1,         X-1,     2027-03-08, 12:48, 16:00
        S2,         Y-1,     2027-03-08, 09:00, 12:00"""
    instance = small("break_minutes = 30", sessions=there_and_back)
    assert found(RULE, instance, roster(instance, "C1, S1, 12:48, 16:00\nC1, S2, 09:00, 12:00")) == []
    instance = small("break_minutes = 31", sessions=there_and_back)
    assert len(found(RULE, instance, roster(instance, "C1, S1, 12:48, 16:00\nC1, S2, 09:00, 12:00"))) == 1


def test_what_counts_is_the_visit_and_not_the_session() -> None:
    hours = """
        coach_id, weekday, start, end
        C1,       mon,     09:00, 11:30
        C1,       mon,     11:40, 17:00"""
    instance = small("break_minutes = 30", sessions=sessions("12:15"), hours=hours)
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 11:30\nC1, S2, 12:15, 16:30")) == []


def test_only_consecutive_visits_are_compared() -> None:
    far = "C1, X, 1, 1\nC1, Y, 1, 1\nC1, Z, 1, 1\nX, Y, 5, 5\nY, Z, 5, 5\nX, Z, 300, 300"
    instance = small(
        "break_minutes = 0",
        sites="site_id\nX\nY\nZ",
        rooms="room_id, site_id\nX-1, X\nY-1, Y\nZ-1, Z",
        roads=far,
        sessions="""
            session_id, room_id, date,       start, end
            S1,         X-1,     2027-03-08, 09:00, 11:00
            S2,         Y-1,     2027-03-08, 11:05, 13:00
            S3,         Z-1,     2027-03-08, 13:05, 15:00""",
    )
    made = roster(instance, "C1, S3, 13:05, 15:00\nC1, S1, 09:00, 11:00\nC1, S2, 11:05, 13:00")
    assert found(RULE, instance, made) == []


@pytest.mark.parametrize("visits", ["C1, S1, 09:00, 12:00\nC2, S2, 12:00, 16:30", "C1, S1, 09:00, 12:00"])
def test_visits_of_two_coaches_need_no_time_between_them(visits: str) -> None:
    instance = small(sessions=sessions("12:00"))
    assert found(RULE, instance, roster(instance, visits)) == []


def test_what_happened_is_not_asked_whether_there_was_time() -> None:
    told = roster(None, DAY.format(start="11:00"))
    instance = small(as_of="2027-03-09", published=told, sessions=sessions("11:00"))
    assert found(RULE, instance, told) == []
    instance = small(as_of="2027-03-08", published=told, sessions=sessions("11:00"))
    assert len(found(RULE, instance, told)) == 1
