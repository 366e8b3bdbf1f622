"""Conflicts of random tiny worlds are true: plain enumeration over worlds relaxed by the oracle finds the same."""

from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models import RULES
from roster.explain.conflicts.find import Conflicts
from roster.explain.conflicts.part import promises
from roster.explain.conflicts.settled import Clock
from roster.facts import facts_of
from roster.instance import Instance
from tests.explain.judged import all_are_true, is_conflict
from tests.oracle import enumerate as enumeration
from tests.oracle.relaxed import every_fact, has_roster, with_only, without
from tests.oracle.world import World
from tests.test_search import double_booked, tiny

SEEDS = st.integers(min_value=0, max_value=999_999)
TROUBLED = (64, 145, 151, 770, 424, 600, 706)
"""Seeds whose history alone is too much for a budget or a limit, and seeds in which a need shortens the notice."""


@pytest.mark.parametrize("seed", TROUBLED)
def test_conflicts_of_worlds_that_were_once_trouble_are_true(seed: int) -> None:
    all_are_true(*tiny(seed))


@pytest.mark.parametrize("seed", range(40))
def test_conflicts_of_the_first_tiny_worlds_are_true(seed: int) -> None:
    instance, world = tiny(seed)
    if not double_booked(instance):
        all_are_true(instance, world)


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS)
def test_conflicts_of_random_tiny_worlds_are_true(seed: int) -> None:
    instance, world = tiny(seed)
    assume(not double_booked(instance))
    all_are_true(instance, world)


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_conflicts_of_tiny_worlds_without_short_cuts_are_true(seed: int) -> None:
    instance, world = tiny(seed)
    assume(not double_booked(instance))
    all_are_true(instance.replaced(travel=()), replace(world, travel_rows={}))


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, random=st.randoms(use_true_random=False))
def test_promises_can_be_kept_together_where_enumeration_finds_a_roster_with_them(seed: int, random: Random) -> None:
    instance, world = tiny(seed)
    assume(not double_booked(instance))
    asked = [promise for promise in promises(instance) if random.random() < 0.6]
    others = [promise for promise in promises(instance) if promise not in asked]
    kept = Conflicts(instance, RULES, Clock(60.0)).kept_together(asked)
    assert kept == ("yes" if has_roster(without(world, others)) else "no")


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_every_reason_of_a_promise_that_cannot_be_kept_even_alone_is_found(seed: int) -> None:
    instance, world = tiny(seed)
    assume(not double_booked(instance))
    # Where an interpreter needs less notice, giving up the need may make trouble that there was not.
    assume(world.policy["notice_days"] <= world.policy["interpreter_notice_days"])
    limits = [fact for fact in every_fact(world) if fact not in promises(instance)]
    assume(has_roster(with_only(world, limits)))
    for promise in promises(instance):
        if not has_roster(with_only(world, [promise, *limits])):
            reasons = every_reason(instance, world, promise)
            for given_up in product(*reasons):
                held = [fact for fact in limits if fact not in given_up]
                assert has_roster(with_only(world, [promise, *held]))


def every_reason(instance: Instance, world: World, promise: str) -> list[list[str]]:
    """The other facts of each conflict of the promise; each conflict is true, and none is there twice."""
    clashes = list(Conflicts(instance, RULES, Clock(60.0)).every([promise], most=40))
    assert all(clash.proved and promise in clash.ids for clash in clashes)
    assert [clash.ids for clash in clashes if not is_conflict(world, clash.ids)] == []
    assert len({frozenset(clash.ids) for clash in clashes}) == len(clashes) > 0
    return [[fact for fact in clash.ids if fact != promise] for clash in clashes]


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_the_oracle_lists_the_same_facts(seed: int) -> None:
    instance, world = tiny(seed)
    assert sorted(fact.id for fact in facts_of(instance)) == sorted(every_fact(world))


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_the_oracle_finds_a_roster_person_by_person_where_it_finds_one_among_all(seed: int) -> None:
    _, world = tiny(seed)
    assert has_roster(world) == (next(enumeration.every_roster(world), None) is not None)
