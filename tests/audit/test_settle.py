"""Whether there is a roster: as plain enumeration says, for a part as for the whole, and by two ways or not at all."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from models import RULES
from roster import cpsat
from roster.audit.settle import Minutes, Settler
from roster.audit.ways import WAYS, Way, by_program
from roster.edits import apply_edits, parse_edits
from roster.facts import facts_of, without
from roster.files import read
from roster.instance import Instance
from roster.model import Cost, Ints, Matrix, Model
from roster.search.problem import problem_of
from roster.verify import verify
from tests.audit.trouble import AFTERNOON, troubled
from tests.oracle import enumerate as enumeration
from tests.oracle.contract import load
from tests.oracle.tiny import write_tiny
from tests.worlds import interpreter_world, long_day_world, published_world, ragged_world

SEEDS = range(24)
WORLDS = (ragged_world, published_world, interpreter_world, long_day_world)


def settled(instance: Instance, ways: tuple[Way, ...] = WAYS) -> str:
    """What came out; a roster counts only where the checker accepts it."""
    answer = Settler(RULES, 60.0, ways).roster(instance)
    if answer.roster is not None:
        assert verify(instance, answer.roster, RULES, ()).accepted
        return "roster"
    return "none" if answer.none else "not settled"


def by_whole(instance: Instance) -> str:
    """The same from the model of the whole instance, with nothing left out."""
    status = cpsat.solve(problem_of(instance, RULES, ()).matrix, cpsat.Effort(seconds=60.0)).status
    return {"optimal": "roster", "infeasible": "none"}[status]


def says(status: cpsat.Status, values: Ints | None = None) -> Way:
    """A way that always says the same."""

    def way(matrix: Matrix, seconds: float) -> tuple[cpsat.Status, Ints | None]:
        assert seconds > 0
        return status, values if values is None else np.resize(values, len(matrix.lower))

    return way


def test_there_is_a_roster_exactly_where_plain_enumeration_finds_one(tmp_path: Path) -> None:
    found = set()
    for seed in SEEDS:
        folder = write_tiny(tmp_path / str(seed), seed)
        expected = "none" if enumeration.best(load(folder)) is None else "roster"
        assert settled(read(folder).valid()) == expected, seed
        found.add(expected)
    assert found == {"none", "roster"}


def test_the_part_that_is_looked_at_has_a_roster_exactly_where_the_whole_has_one(tmp_path: Path) -> None:
    found = []
    instances = [read(write_tiny(tmp_path / str(seed), seed)).valid() for seed in SEEDS]
    for number, instance in enumerate([*instances, *(world() for world in WORLDS), troubled()]):
        random = Random(number)
        facts = facts_of(instance)
        for _ in range(6):
            kept = without(instance, random.sample(facts, random.randrange(len(facts))))
            expected = by_whole(kept)
            assert settled(kept) == expected, number
            found.append(expected)
    assert min(found.count("none"), found.count("roster")) > 15


@pytest.mark.parametrize("way", WAYS)
def test_each_way_by_itself_says_the_same_of_a_trouble_and_of_what_mends_it(way: Way) -> None:
    instance = troubled()
    mended = apply_edits(instance, parse_edits(AFTERNOON))
    assert settled(instance, (way, says("infeasible"))) == "none"
    assert settled(mended, (way,)) == "roster"


def test_one_way_alone_does_not_rule_a_roster_out() -> None:
    assert settled(troubled(), WAYS[:1]) == "not settled"
    assert settled(ragged_world(), (says("infeasible"), says("unknown"), says("unknown"))) == "not settled"


def test_ways_that_give_up_settle_nothing() -> None:
    assert settled(ragged_world(), (says("unknown"), says("unknown"))) == "not settled"


def test_a_roster_that_was_checked_outweighs_a_way_that_rules_it_out() -> None:
    assert settled(ragged_world(), (says("infeasible"), *WAYS)) == "roster"


def test_a_roster_that_breaks_a_rule_is_none() -> None:
    nothing = np.zeros(1, dtype=np.int64)
    assert settled(ragged_world(), (says("feasible", nothing), says("unknown"))) == "not settled"


def test_without_time_nothing_is_settled() -> None:
    answer = Settler(RULES, 0.0).roster(ragged_world())
    assert (answer.roster, answer.none) == (None, False)


@pytest.mark.parametrize(("at_least", "outcome"), [(170, "roster"), (171, "none")])
def test_the_minutes_that_can_be_held_are_found_to_the_minute(at_least: int, outcome: str) -> None:
    instance = troubled()
    free = without(instance, (fact for fact in facts_of(instance) if fact.kind == "see_by"))
    people = {r: instance.people[r].see_by for r in ("P", "Q")}
    minutes = Minutes({r: by for r, by in people.items() if by is not None}, at_least=at_least)
    answer = Settler(RULES, 60.0).roster_with(free, minutes)
    assert answer.none == (outcome == "none")
    assert answer.roster is None or minutes.booked(free, answer.roster) == at_least


def test_the_second_way_leaves_open_what_it_has_no_time_for() -> None:
    model = Model()
    numbers = [model.new(10**6, f"number {n}") for n in range(60)]
    random = Random(1)
    for _ in range(40):
        weights = [random.randrange(10**3, 10**4) for _ in numbers]
        model.add(zip(numbers, weights, strict=True), at_least=10**7 + 1, at_most=10**7 + 1)
    assert by_program(model.matrix(Cost()), 0.01) == ("unknown", None)


def test_where_less_is_asked_and_there_is_no_roster_the_whole_has_none() -> None:
    instance = troubled()
    less = without(instance, (fact for fact in facts_of(instance) if fact.id == "see_by:R"))
    largest = 0

    def only_small(matrix: Matrix, seconds: float) -> tuple[cpsat.Status, Ints | None]:
        nonlocal largest
        largest = max(largest, len(matrix.lower))
        return ("infeasible" if seconds > 0 and len(matrix.lower) < largest else "unknown"), None

    settler = Settler(RULES, 60.0, (only_small, only_small))
    assert not settler.roster(instance).none
    assert settler.roster(instance, [instance, less]).none
    assert not settler.roster(instance, [instance]).none
