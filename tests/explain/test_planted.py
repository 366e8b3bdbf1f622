"""Planted troubles: exactly their conflicts are found, proved, and plain enumeration says that they are conflicts."""

from collections.abc import Collection
from itertools import chain, combinations
from pathlib import Path

import pytest

from models import RULES
from roster.explain.conflicts import Clash, Clock, Conflicts
from roster.facts import KINDS
from roster.files.write import write_folder
from roster.instance import Instance
from tests.explain.planted import CHAINS, TROUBLES, Conflict, Trouble, planted, region, trouble
from tests.oracle.reading import load
from tests.oracle.relaxed import has_roster, with_only

EVERY = [*TROUBLES, *CHAINS]
APART = (
    ("a place where no room is in time", "more visits than sessions"),
    ("a pin on a bank holiday", "days away"),
    ("a room that nobody has", "a pin on a day without hours"),
    ("two pins of one room at one time", "visits that nobody works for"),
    ("a coach that nobody is", "a pin on a day of leave"),
)
"""Pairs of troubles that have nothing to do with each other."""


def found(instance: Instance) -> list[Clash]:
    """The conflicts found, each with both halves confirmed."""
    clashes = list(Conflicts(instance, RULES, Clock(30.0)).apart())
    assert all(clash.proved and clash.open_ == () for clash in clashes)
    return clashes


def sets(clashes: Collection[Clash]) -> frozenset[Conflict]:
    """The conflicts as sets of facts; none is there twice."""
    as_sets = frozenset(frozenset(clash.ids) for clash in clashes)
    assert len(as_sets) == len(clashes)
    return as_sets


def smaller(conflict: Conflict) -> list[Conflict]:
    """Every proper subset."""
    numbers = range(len(conflict))
    return [frozenset(facts) for facts in chain.from_iterable(combinations(sorted(conflict), n) for n in numbers)]


def test_the_region_without_trouble_has_a_roster(tmp_path: Path) -> None:
    write_folder(region(), tmp_path / "region")
    assert has_roster(load(tmp_path / "region"))
    assert found(region()) == []


def test_a_trouble_of_every_kind_of_fact_is_planted() -> None:
    kinds = {fact.split(":")[0] for planted in EVERY for conflict in planted.conflicts for fact in conflict}
    assert kinds == set(KINDS)


@pytest.mark.parametrize("trouble", EVERY, ids=lambda trouble: trouble.name)
def test_exactly_the_planted_conflict_is_found(trouble: Trouble) -> None:
    assert sets(found(trouble.planted())) == trouble.conflicts


@pytest.mark.parametrize("trouble", EVERY, ids=lambda trouble: trouble.name)
def test_what_is_planted_is_a_conflict_as_plain_enumeration_says(trouble: Trouble, tmp_path: Path) -> None:
    write_folder(trouble.planted(), tmp_path / "region")
    world = load(tmp_path / "region")
    for conflict in trouble.conflicts:
        assert not has_roster(with_only(world, conflict))
        assert [facts for facts in smaller(conflict) if not has_roster(with_only(world, facts))] == []
