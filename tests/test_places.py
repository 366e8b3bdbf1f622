"""Places that a roster leaves free: how long one is, which weeks count, who is within reach of one."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest

from roster.domain import Referral, Settings
from roster.instance import Instance
from roster.places import (
    free_places,
    most_people,
    people_by_sites,
    place_minutes,
    places_for,
    sites_to_expect,
    wanted_within_reach,
    weeks_ahead,
    weeks_of_places,
    within_reach,
)
from tests.rosters import ragged_roster
from tests.worlds import fortnight_world, ragged_world


def with_people(people: Sequence[tuple[str, int, int]]) -> Instance:
    """The ragged world with other people: band, minutes, and how many."""
    first = ragged_world().referrals[0]
    rows = tuple(
        first.model_copy(update={"referral_id": f"R{n}", "band": band, "minutes": minutes, "count": count})
        for n, (band, minutes, count) in enumerate(people)
    )
    return ragged_world().replaced(referrals=rows)


def as_of(instance: Instance, day: date) -> Instance:
    """The instance on another day."""
    settings: Settings = instance.settings.model_copy(update={"as_of": day})
    return instance.replaced(settings=settings)


@pytest.mark.parametrize(
    ("people", "minutes"),
    [
        ([("A", 60, 1), ("B", 30, 9)], 60),
        ([("A", 40, 2), ("A", 60, 1)], 40),
        ([("A", 40, 1), ("A", 60, 1)], 60),
        ([("B", 30, 2), ("C", 60, 1)], 30),
        ([], 0),
    ],
)
def test_a_place_lasts_as_long_as_most_appointments_of_band_a(people: list[tuple[str, int, int]], minutes: int) -> None:
    assert place_minutes(with_people(people)) == minutes


def test_people_without_consent_do_not_say_how_long_a_place_is() -> None:
    first: Referral = ragged_world().referrals[0]
    refused = first.model_copy(update={"referral_id": "no", "minutes": 15, "consent": "no", "count": 9})
    assert place_minutes(ragged_world().replaced(referrals=(first, refused))) == first.minutes


def test_weeks_begin_where_notice_ends_and_are_those_in_which_sessions_are_offered() -> None:
    world = fortnight_world()
    found = [(week.first_day.day, week.last_day.day, week.session_ids) for week in weeks_ahead(world)]
    assert found == [(2, 8, ("T2", "T3", "T4")), (30, 31, ("T5",))]
    assert weeks_ahead(as_of(world, date(2027, 7, 31)))[0].first_day == date(2027, 8, 5)
    assert weeks_ahead(as_of(world, date(2027, 8, 27))) == ()


@pytest.mark.parametrize(
    ("share", "appointments", "places"),
    [("1/10", 9, 1), ("1/10", 10, 2), ("1/10", 0, 0), ("1/3", 2, 1), ("9/10", 1, 9)],
)
def test_so_many_places_are_the_share_of_all(share: str, appointments: int, places: int) -> None:
    assert places_for(Fraction(share), appointments) == places


def test_people_are_within_reach_of_the_sites_that_they_accept() -> None:
    people = people_by_sites(ragged_world())
    assert people == {frozenset("XY"): 3, frozenset("Y"): 1}
    assert (within_reach(people, {"X"}), within_reach(people, {"Y"}), within_reach(people, set())) == (3, 4, 0)
    assert most_people(people) == 3


def test_what_is_expected_of_a_week_is_what_coaches_can_do() -> None:
    first, last = weeks_ahead(fortnight_world())
    people = people_by_sites(fortnight_world())
    assert people == {frozenset("XY"): 1, frozenset("Y"): 2}
    assert (sites_to_expect(fortnight_world(), first), wanted_within_reach(fortnight_world(), first)) == ({"Y"}, 2)
    assert (sites_to_expect(fortnight_world(), last), wanted_within_reach(fortnight_world(), last)) == (set(), 0)


def test_places_are_free_where_minutes_are_left() -> None:
    world = ragged_world()
    roster = ragged_roster(world)
    assert free_places(world, roster) == {"S1": 0, "S4": 0}
    fewer = roster.model_copy(update={"appointments": roster.appointments[1:2]})
    assert free_places(world, fewer) == {"S1": 1, "S4": 1}


def test_a_week_says_how_many_places_are_free_and_who_is_within_reach_of_one() -> None:
    world = ragged_world()
    roster = ragged_roster(world)
    fewer = roster.model_copy(update={"appointments": roster.appointments[:2]})
    (week,) = weeks_of_places(world, fewer)
    assert (week.first_day, week.last_day) == (date(2027, 3, 3), date(2027, 3, 7))
    assert (week.appointments, week.places) == (2, 1)
    assert week.share == pytest.approx(1 / 3)
    assert (week.people_within_reach, week.people) == (4, 4)
    (empty,) = weeks_of_places(world, roster.model_copy(update={"appointments": (), "visits": ()}))
    assert (empty.share, empty.people_within_reach) == (None, 0)
