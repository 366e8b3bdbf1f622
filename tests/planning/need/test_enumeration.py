"""The cheapest additions are those that trying every set of them finds."""

import time

import pytest

from roster.edits.apply import apply_edits
from roster.planning.need.additions import edits_of, too_late
from roster.planning.need.model import Extended
from tests.planning.need.worlds import cheapest_by_trying, found, most_soon, question, scarce

WORLDS = [
    ("tiny-one-room", 1, 28),
    ("tiny-one-room", 2, 35),
    ("tiny-interpreter", 3, 28),
    ("tiny-interpreter", 4, 40),
    ("tiny-two-towns", 5, 24),
    ("tiny-published", 6, 28),
]


@pytest.mark.parametrize(("name", "seed", "days"), WORLDS)
def test_every_number_of_people_costs_what_trying_every_set_of_additions_finds(name: str, seed: int, days: int) -> None:
    universe = scarce(name, seed, days, few=7)
    prices = cheapest_by_trying(universe, days)
    most = max(prices)
    search, state = found(universe, days, most)
    assert state.most is not None
    assert (state.most.found, state.most.at_most) == (most, most)
    assert state.base is not None
    assert state.base.found == most_soon(universe.base, days)
    for people in search.numbers():
        best = state.points.best(people)
        assert best is not None
        assert (best.price, state.points.at_least(people)) == (prices[people], prices[people])
    assert [state.points.impossible(most), state.points.impossible(most + 1)] == [False, True]
    best = state.points.best(most)
    assert best is not None
    assert best.least is True or not best.additions
    for addition in best.additions:
        others = [a for a in best.additions if a is not addition]
        assert most_soon(apply_edits(universe.base, edits_of(others)), days) < most


def test_some_of_the_worlds_need_more_than_one_thing() -> None:
    needed = []
    for name, seed, days in WORLDS[:4]:
        universe = scarce(name, seed, days, few=7)
        _, state = found(universe, days, most_soon(universe.everything, days))
        best = max(state.points.plans, key=lambda plan: plan.people)
        needed.append(len(best.additions))
    assert max(needed) > 1


def test_that_nothing_is_enough_is_confirmed_a_second_way_where_people_could_come_but_there_is_no_room() -> None:
    universe = scarce("tiny-one-room", 1, 35, few=2, kept=0.2)
    most = most_soon(universe.everything, 35)
    search, state = found(universe, 35, most + 1)
    assert most + 1 <= sum(r.count for r in universe.base.people.values()) - too_late(universe.base, 35)
    assert state.points.impossible(most + 1)
    search.deadline = time.monotonic() + 20
    search.points.rule_out(most)
    search.asked = most
    search._confirm(Extended(universe, question(35), apart=False).asking(most))  # noqa: SLF001  # a wrong claim
    assert not search.points.impossible(most)
