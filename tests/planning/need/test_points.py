"""What is known of prices stays consistent: more people never cost less, and no price proved is above one found."""

from roster.plan import Plan
from roster.planning.need.points import Found, Points, targets
from tests.planning.need.worlds import scarce

ADDITIONS = tuple(scarce("tiny-one-room", 1, 28, few=5).additions.values())


def plan(people: int, *numbers: int, least: bool | None = None) -> Found:
    """A plan with these of the additions."""
    return Found(tuple(ADDITIONS[n] for n in numbers), people, Plan(), least)


def test_a_plan_for_more_people_is_one_for_fewer() -> None:
    points = Points()
    assert points.add(plan(9, 1))
    assert points.best(7) == plan(9, 1)
    assert points.best(10) is None


def test_what_fewer_people_cost_at_least_more_cost_at_least() -> None:
    points = Points()
    points.costs(5, 700)
    points.costs(7, 300)
    assert [points.at_least(people) for people in (4, 5, 7)] == [0, 700, 700]


def test_no_price_proved_is_above_one_found() -> None:
    points = Points()
    points.costs(5, 10**9)
    points.add(plan(6, 1))
    assert points.at_least(5) == ADDITIONS[1].price
    assert points.proved(5)


def test_of_one_price_what_is_known_to_be_needed_counts_and_what_is_no_better_does_not() -> None:
    points = Points()
    points.add(plan(6, 1))
    assert not points.add(plan(6, 1))
    points.add(plan(6, 1, least=True))
    best = points.best(6)
    assert best is not None
    assert best.least is True
    assert not points.add(plan(6, 1, 2))


def test_what_is_ruled_out_for_some_is_ruled_out_for_more() -> None:
    points = Points()
    points.rule_out(8)
    points.rule_out(9)
    assert [points.impossible(people) for people in (7, 8, 9)] == [False, True, True]


def test_numbers_of_people_are_evenly_apart_with_the_one_asked_for() -> None:
    assert targets(10, 13, 12, 8) == [10, 11, 12, 13]
    assert targets(0, 70, 33, 8) == [0, 10, 20, 30, 33, 40, 50, 60, 70]
    assert targets(5, 5, 9, 8) == [5]
