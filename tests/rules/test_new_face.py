"""The price new_face: every coach of a site but the first."""

import pytest

from models.continuity.new_face import PREFERENCE
from tests.rules.small import cost, roster, small

COACHES = "coach_id\nC1\nC2\nC3"
HOURS = "coach_id, weekday, start, end" + "".join(
    f"\nC{n}, {day}, 09:00, 17:00" for n in (1, 2, 3) for day in ("mon", "tue", "wed")
)
SESSIONS = """
    session_id, room_id, date,       start, end
    S1,         X-1,     2027-03-08, 09:00, 12:00
    S2,         Y-1,     2027-03-08, 13:30, 16:30
    S3,         X-1,     2027-03-09, 09:00, 12:00
    S4,         X-1,     2027-03-10, 09:00, 12:00"""
ROADS = "\n".join(f"C{n}, X, 10, 12\nC{n}, Y, 20, 24" for n in (1, 2, 3)) + "\nX, Y, 15, 18"


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert PREFERENCE.sentence == "A surgery sees the same coach, not a new face each time."


@pytest.mark.parametrize(
    ("visits", "faces"),
    [
        ("", 0),
        ("C1, S1, 09:00, 12:00", 0),
        ("C1, S1, 09:00, 12:00\nC1, S3, 09:00, 12:00\nC1, S4, 09:00, 12:00", 0),
        ("C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00", 1),
        ("C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00\nC1, S4, 09:00, 12:00", 1),
        ("C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00\nC3, S4, 09:00, 12:00", 2),
        ("C1, S1, 09:00, 12:00\nC2, S2, 13:30, 16:30", 0),
    ],
)
def test_every_coach_of_a_site_but_the_first_costs_once(visits: str, faces: int) -> None:
    instance = small(coaches=COACHES, hours=HOURS, sessions=SESSIONS, roads=ROADS)
    assert cost(PREFERENCE, instance, roster(instance, visits)) == 29 * faces


def test_the_coaches_of_each_site_count_by_themselves() -> None:
    sessions = SESSIONS + "\nS5, Y-1, 2027-03-09, 13:30, 16:30"
    instance = small(coaches=COACHES, hours=HOURS, sessions=sessions, roads=ROADS)
    made = roster(instance, "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00\nC1, S2, 13:30, 16:30\nC3, S5, 13:30, 16:30")
    assert cost(PREFERENCE, instance, made) == 2 * 29


def test_a_coach_who_was_there_before_is_a_face_too() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00")
    instance = small(as_of="2027-03-09", published=told)
    made = roster(instance, "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00")
    assert cost(PREFERENCE, instance, made) == 29
