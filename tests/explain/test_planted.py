"""Planted troubles: exactly their conflicts are found, proved, and plain enumeration says that they are conflicts."""

from collections.abc import Collection
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models import RULES
from roster.edits import EditError
from roster.explain.conflicts.find import Clash, Conflicts
from roster.explain.conflicts.settled import Clock
from roster.facts import KINDS
from roster.files.write import write_folder
from tests.explain.judged import all_are_true, found, is_conflict
from tests.explain.planted import CHAINS, SEVERAL, TROUBLES, TWO_TOWNS, Conflict, mixed, planted, region
from tests.oracle.reading import load
from tests.oracle.relaxed import has_roster

EVERY = {trouble.name: trouble for trouble in (*TROUBLES, *CHAINS, TWO_TOWNS)}
SEVERAL_REASONS = {trouble.name: trouble for trouble in SEVERAL}
APART = (
    ("a place where no room is in time", "more visits than sessions"),
    ("a pin on a bank holiday", "days away"),
    ("a room that nobody has", "a pin on a day without hours"),
    ("two pins of one room at one time", "visits that nobody works for"),
    ("a coach that nobody is", "a pin on a day of leave"),
)
"""Pairs of troubles that have nothing to do with each other."""


def sets(clashes: Collection[Clash]) -> frozenset[Conflict]:
    """The conflicts as sets of facts; none is there twice."""
    as_sets = frozenset(frozenset(clash.ids) for clash in clashes)
    assert len(as_sets) == len(clashes)
    return as_sets


def test_the_region_without_trouble_has_a_roster(tmp_path: Path) -> None:
    write_folder(region(), tmp_path / "region")
    assert has_roster(load(tmp_path / "region"))
    assert found(region()) == []


def test_no_road_of_the_region_is_shorter_by_way_of_another_site() -> None:
    minutes, sites = region().minutes_between, list(region().site)
    places = [*sites, *region().coach]
    assert all(minutes(a, c) <= minutes(a, b) + minutes(b, c) for a in places for b in sites for c in places)


def test_a_trouble_of_every_kind_of_fact_is_planted() -> None:
    kinds = {fact.split(":")[0] for one in EVERY.values() for conflict in one.conflicts for fact in conflict}
    assert kinds == set(KINDS)


@pytest.mark.parametrize("name", EVERY)
def test_exactly_the_planted_conflicts_are_found(name: str) -> None:
    assert sets(found(planted(EVERY[name]))) == EVERY[name].conflicts


@pytest.mark.parametrize("name", EVERY)
def test_what_is_planted_is_a_conflict_as_plain_enumeration_says(name: str, tmp_path: Path) -> None:
    write_folder(planted(EVERY[name]), tmp_path / "region")
    world = load(tmp_path / "region")
    assert all(is_conflict(world, conflict) for conflict in EVERY[name].conflicts)


@pytest.mark.parametrize("names", APART, ids=" and ".join)
def test_troubles_that_have_nothing_to_do_with_each_other_are_told_apart(names: tuple[str, str]) -> None:
    one, other = (EVERY[name] for name in names)
    assert sets(found(planted(one, other))) == one.conflicts | other.conflicts


@pytest.mark.parametrize("name", ["more visits than sessions", "days away"])
def test_conflicts_that_are_looked_at_first_come_first_and_are_the_same(name: str) -> None:
    instance = planted(EVERY["four people and three visits"], EVERY[name])
    seed = [f"see_by:T{number}" for number in range(1, 5)]
    clashes = list(Conflicts(instance, RULES, Clock(30.0)).apart([seed]))
    assert frozenset(clashes[0].ids) == frozenset(seed)
    assert sets(clashes) == EVERY["four people and three visits"].conflicts | EVERY[name].conflicts


def test_of_promises_that_can_all_be_kept_nothing_is_found_though_they_are_looked_at_first() -> None:
    trouble = EVERY["more visits than sessions"]
    clashes = list(Conflicts(planted(trouble), RULES, Clock(30.0)).apart([["see_by:A", "pin:C1:S4"]]))
    assert sets(clashes) == trouble.conflicts


@pytest.mark.parametrize("name", SEVERAL_REASONS)
def test_somebody_who_cannot_be_seen_for_several_reasons_gets_each_of_them(name: str) -> None:
    trouble = SEVERAL_REASONS[name]
    clashes = list(Conflicts(planted(trouble), RULES, Clock(30.0)).every(["see_by:T"]))
    assert all(clash.proved for clash in clashes)
    assert sets(clashes) == trouble.conflicts


@pytest.mark.parametrize("name", SEVERAL_REASONS)
def test_each_of_several_reasons_is_one_as_plain_enumeration_says(name: str, tmp_path: Path) -> None:
    write_folder(planted(SEVERAL_REASONS[name]), tmp_path / "region")
    world = load(tmp_path / "region")
    assert all(is_conflict(world, conflict) for conflict in SEVERAL_REASONS[name].conflicts)


@pytest.mark.parametrize("name", SEVERAL_REASONS)
def test_of_several_reasons_of_one_person_one_is_among_the_conflicts_that_share_no_promise(name: str) -> None:
    clashes = found(planted(SEVERAL_REASONS[name]))
    assert len(clashes) == 1
    assert frozenset(clashes[0].ids) in SEVERAL_REASONS[name].conflicts


def test_no_more_reasons_are_given_than_were_asked_for() -> None:
    instance = planted(SEVERAL_REASONS["a room, the days and the place"])
    assert len(list(Conflicts(instance, RULES, Clock(30.0)).every(["see_by:T"], most=2))) == 2


def test_of_what_can_be_kept_there_is_no_reason() -> None:
    assert list(Conflicts(region(), RULES, Clock(30.0)).every(["see_by:A"])) == []


def test_without_time_nothing_is_claimed() -> None:
    assert list(Conflicts(planted(EVERY["days away"]), RULES, Clock(0.0)).apart()) == []


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(min_value=0, max_value=999_999))
def test_conflicts_of_troubles_mixed_at_random_are_true(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    random = Random(seed)
    try:
        instance = mixed(*random.sample([*TROUBLES, *CHAINS[1:5]], random.choice([2, 3, 3, 4])))
    except EditError:
        assume(False)
        raise
    folder = tmp_path_factory.mktemp("mixed") / "region"
    write_folder(instance, folder)
    all_are_true(instance, load(folder))
