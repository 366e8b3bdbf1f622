"""The cheapest additions are those that trying every set of them finds."""

import pytest

from roster.edits.apply import apply_edits
from roster.planning.need.additions import edits_of
from tests.planning.need.worlds import cheapest_by_trying, found, most_soon, scarce

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
