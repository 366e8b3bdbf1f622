"""The price heaviest: the month's minutes on the road of the coach who travels most."""

import pytest

from models.travel.heaviest import PREFERENCE
from tests.rules.small import cost, roster, small


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert PREFERENCE.sentence == "Nobody travels much more than the others."


@pytest.mark.parametrize(
    ("visits", "minutes"),
    [
        ("", 0),
        ("C1, S1, 09:00, 12:00", 22),
        ("C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00", 66),
        ("C2, S1, 09:00, 12:00\nC1, S3, 09:00, 12:00", 66),
        ("C1, S1, 09:00, 12:00\nC1, S3, 09:00, 12:00", 44),
        ("C1, S1, 09:00, 12:00\nC1, S2, 13:30, 16:30\nC1, S3, 09:00, 12:00\nC2, S4, 09:00, 12:00", 88),
        ("C1, S1, 09:00, 12:00\nC1, S2, 13:30, 16:30\nC1, S3, 09:00, 12:00\nC1, S4, 09:00, 12:00", 115),
    ],
)
def test_the_longest_month_on_the_road_costs(visits: str, minutes: int) -> None:
    instance = small()
    assert cost(PREFERENCE, instance, roster(instance, visits)) == 3 * minutes


def test_where_nobody_could_travel_it_costs_nothing() -> None:
    instance = small(hours="coach_id, weekday, start, end\nC1, sun, 09:00, 17:00")
    assert cost(PREFERENCE, instance, roster(instance)) == 0


def test_roads_that_were_driven_count() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00")
    instance = small(as_of="2027-03-09", published=told)
    assert cost(PREFERENCE, instance, told) == 3 * 22
    made = roster(instance, "C1, S1, 09:00, 12:00\nC1, S3, 09:00, 12:00")
    assert cost(PREFERENCE, instance, made) == 3 * 44


def test_it_costs_also_where_another_coach_has_no_roads_at_all() -> None:
    instance = small(hours="coach_id, weekday, start, end\nC1, mon, 09:00, 17:00")
    assert cost(PREFERENCE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == 3 * 22
