"""The price travel: minutes on the road from base to base."""

from models.travel.travel import PREFERENCE
from tests.rules.small import cost, roster, small


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert PREFERENCE.sentence == "Coaches spend little time on the road."


def test_a_day_is_driven_from_base_to_base_in_the_order_of_its_visits() -> None:
    instance = small()
    assert cost(PREFERENCE, instance, roster(instance)) == 0
    assert cost(PREFERENCE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == 2 * (10 + 12)
    made = roster(instance, "C1, S2, 13:30, 16:30\nC1, S1, 09:00, 12:00")
    assert cost(PREFERENCE, instance, made) == 2 * (10 + 15 + 24)


def test_the_coach_goes_home_every_night() -> None:
    instance = small()
    made = roster(instance, "C1, S1, 09:00, 12:00\nC1, S3, 09:00, 12:00")
    assert cost(PREFERENCE, instance, made) == 2 * (22 + 22)


def test_every_coach_travels() -> None:
    instance = small()
    made = roster(instance, "C1, S1, 09:00, 12:00\nC2, S2, 13:30, 16:30")
    assert cost(PREFERENCE, instance, made) == 2 * (22 + 88)


def test_two_visits_at_one_site_have_no_road_between_them() -> None:
    sessions = """
        session_id, room_id, date,       start, end
        S1,         X-1,     2027-03-08, 09:00, 12:00
        S2,         X-1,     2027-03-08, 13:30, 16:30"""
    instance = small(sessions=sessions)
    made = roster(instance, "C1, S1, 09:00, 12:00\nC1, S2, 13:30, 16:30")
    assert cost(PREFERENCE, instance, made) == 2 * (10 + 12)


def test_roads_that_were_driven_cost() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00\nC1, S2, 13:30, 16:30")
    instance = small(as_of="2027-03-09", published=told)
    assert cost(PREFERENCE, instance, told) == 2 * (10 + 15 + 24)
