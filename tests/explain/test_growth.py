"""The same trouble in regions of growing size: the same conflicts, whatever else there is."""

import pytest

from benchmarks.explain import CONFLICTS, region, with_trouble
from models import RULES
from roster.explain.conflicts.find import Conflicts
from roster.explain.conflicts.part import promises
from roster.explain.conflicts.settled import Clock
from roster.explain.counting.bottlenecks import bottlenecks, circuits
from roster.validity import faults_of

RECIPES = ("tiny-one-room", "pilot", "rural", "borough")


@pytest.mark.parametrize("recipe", RECIPES)
def test_the_conflicts_of_a_trouble_are_the_same_in_a_region_of_any_size(recipe: str) -> None:
    instance = with_trouble(region(recipe, 1))
    assert faults_of(instance) == []
    people = [group for count in bottlenecks(instance, RULES) for group in circuits(instance, RULES, count.people)]
    seeds = [[f"see_by:{referral_id}" for referral_id in sorted(group)] for group in people]
    clashes = list(Conflicts(instance, RULES, Clock(120.0)).apart(seeds))
    assert all(clash.proved for clash in clashes)
    assert {frozenset(clash.ids) for clash in clashes} == CONFLICTS


@pytest.mark.parametrize("recipe", RECIPES)
def test_without_the_trouble_every_promise_of_the_region_can_be_kept(recipe: str) -> None:
    instance = region(recipe, 1)
    assert Conflicts(instance, RULES, Clock(120.0)).kept_together(promises(instance)) == "yes"
