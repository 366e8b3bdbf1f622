"""Conflicts judged from outside: plain enumeration over worlds in which the oracle itself has given up facts."""

from collections.abc import Collection, Iterable
from itertools import chain, combinations

from models import RULES
from roster.explain.conflicts.find import Clash, Conflicts
from roster.explain.conflicts.part import promises
from roster.explain.conflicts.settled import Clock
from roster.instance import Instance
from tests.oracle.relaxed import has_roster, with_only, without
from tests.oracle.world import World


def found(instance: Instance) -> list[Clash]:
    """The conflicts that share no promise, in the order in which they are found, each with both halves confirmed."""
    clashes = list(Conflicts(instance, RULES, Clock(60.0)).apart())
    assert all(clash.proved and clash.open_ == () for clash in clashes)
    return clashes


def smaller(facts: Collection[str]) -> Iterable[tuple[str, ...]]:
    """Every proper subset."""
    return chain.from_iterable(combinations(sorted(facts), number) for number in range(len(facts)))


def is_conflict(world: World, facts: Collection[str]) -> bool:
    """Whether there is no roster with all these facts and all others given up, and one with every proper subset."""
    return not has_roster(with_only(world, facts)) and all(
        has_roster(with_only(world, less)) for less in smaller(facts)
    )


def all_are_true(instance: Instance, world: World) -> None:
    """Every conflict is true, no two share a promise, and together they are all that there is to be given up."""
    clashes = found(instance)
    assert bool(clashes) == (not has_roster(world))
    assert [clash.ids for clash in clashes if not is_conflict(world, clash.ids)] == []
    promised = set(promises(instance))
    given_up = [fact for clash in clashes for fact in (set(clash.ids) & promised or clash.ids)]
    assert len(given_up) == len(set(given_up))
    assert has_roster(without(world, given_up))
