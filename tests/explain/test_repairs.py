"""Repairs are true and the cheapest there are: against plain enumeration on tiny worlds, and of known amounts."""

from random import Random
from typing import get_args

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from models import RULES
from roster.audit.prices import price_of
from roster.domain import RepairPrices
from roster.edits import EditError
from roster.explain.conflicts.part import promises
from roster.explain.conflicts.settled import Clock
from roster.explain.repairs.find import Mended, Repairs
from roster.explain.repairs.universe import Scope
from roster.facts import Owner
from roster.instance import Instance
from tests.explain.cheapest import TooManyWaysError, cheaper_ways, has_roster_after, that_leave_a_roster
from tests.oracle.relaxed import has_roster
from tests.test_search import double_booked, tiny

NOBODY = 6
"""Points below which no change of an owner who has no repair may leave a roster."""
NOTICE_FIRST = dict.fromkeys(RepairPrices.model_fields, 9) | {
    **dict.fromkeys(("session", "booking"), 30),
    **dict.fromkeys(("notice", "notice_more", "interpreter_notice", "interpreter_notice_more", "needs"), 1),
    "see_by": 2,
    "see_by_more": 1,
}
"""Prices at which the notice is the first thing to change: with less of it more dates bind."""
SEEDS = st.integers(min_value=0, max_value=999_999)


def with_prices(instance: Instance, **prices: int) -> Instance:
    """The instance with other repair prices; ``break`` is written ``break_minutes``."""
    table = instance.settings.repair_prices.model_copy(update=prices)
    return instance.replaced(settings=instance.settings.model_copy(update={"repair_prices": table}))


def with_random_prices(instance: Instance, seed: int) -> Instance:
    """The instance with a price from 1 to 9 for every fact; what is added costs as much, or more than any fact."""
    random = Random(seed)
    prices = {name: random.randint(1, 9) for name in RepairPrices.model_fields}
    return with_prices(instance, **prices | {"session": random.choice([2, 20, 20]), "booking": random.choice([3, 20])})


def cheapest(instance: Instance) -> Mended:
    """The cheapest repair, proved cheapest, of which each edit is proved to be needed."""
    mended = Repairs(instance, RULES, set(promises(instance)), Clock(60.0)).cheapest()
    assert mended is not None
    assert mended.proved
    assert mended.each_needed
    return mended


def is_true(instance: Instance, mended: Mended) -> None:
    """There is a roster after the edits and none without any of them, and they cost what the table says."""
    assert mended.price == price_of(instance, mended.edits)
    assert has_roster_after(instance, mended.edits)
    for edit in mended.edits:
        try:
            assert not has_roster_after(instance, [other for other in mended.edits if other is not edit])
        except EditError:
            continue


@pytest.mark.parametrize("seed", [7, 16, 17])
def test_nothing_is_cheaper_than_the_cheapest_at_the_prices_given(seed: int) -> None:
    instance, world = tiny(seed)
    mended = cheapest(instance)
    is_true(instance, mended)
    assert that_leave_a_roster(world, cheaper_ways(instance, world, mended.price, 200)) == []


@pytest.mark.parametrize("seed", [0, 4, 9, 17, 20, 25, 34, 70, 77, 82, 105])
def test_the_cheapest_repair_costs_as_much_as_the_cheapest_that_is_found_one_by_one(seed: int) -> None:
    instance, world = tiny(seed)
    instance = with_random_prices(instance, seed)
    mended = cheapest(instance)
    is_true(instance, mended)
    assert that_leave_a_roster(world, cheaper_ways(instance, world, mended.price, 800)) == []
    assert that_leave_a_roster(world, cheaper_ways(instance, world, mended.price + 1, 800)) != []


@pytest.mark.parametrize("seed", [7, 17, 20, 51, 82])
def test_the_cheapest_repair_is_so_where_notice_and_needs_that_shorten_it_are_what_gives_way_first(seed: int) -> None:
    instance, world = tiny(seed)
    instance = with_prices(instance, **NOTICE_FIRST)
    mended = cheapest(instance)
    is_true(instance, mended)
    assert that_leave_a_roster(world, cheaper_ways(instance, world, mended.price, 800)) == []


@pytest.mark.parametrize("seed", [20, 34, 64, 72])
def test_the_cheapest_repair_of_each_owner_alone_costs_as_much_as_the_cheapest_that_is_found_one_by_one(
    seed: int,
) -> None:
    instance, world = tiny(seed)
    instance = with_random_prices(instance, seed)
    repairs = Repairs(instance, RULES, set(promises(instance)), Clock(60.0))
    repairs.cheapest()
    for owner in get_args(Owner):
        mended = repairs.cheapest(Scope(owner=owner))
        if mended is None:
            assert that_leave_a_roster(world, cheaper_ways(instance, world, NOBODY, 800, owner)) == []
        else:
            assert mended.proved
            assert mended.owners == (owner,)
            is_true(instance, mended)
            assert that_leave_a_roster(world, cheaper_ways(instance, world, mended.price, 800, owner)) == []
            assert that_leave_a_roster(world, cheaper_ways(instance, world, mended.price + 1, 800, owner)) != []


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_the_cheapest_repair_of_a_random_tiny_world_is_true_and_nothing_is_cheaper(seed: int) -> None:
    instance, world = tiny(seed)
    assume(not double_booked(instance) and not has_roster(world))
    instance = with_random_prices(instance, seed)
    repairs = Repairs(instance, RULES, set(promises(instance)), Clock(60.0))
    mended = repairs.cheapest()
    assert mended is not None
    is_true(instance, mended)
    assert mended.each_needed
    assert mended.proved or repairs.closed
    try:
        ways = cheaper_ways(instance, world, mended.at_least, 300)
    except TooManyWaysError:
        reject()
    assert that_leave_a_roster(world, ways) == []
