"""Facts in one model where each can be given up: it says what the instance says after the edits that relax them."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from models import RULES
from roster import cpsat
from roster.decisions import Decisions
from roster.explain.conflicts.part import part_about, promises
from roster.explain.conflicts.together import Together
from roster.facts import facts_of, without
from roster.instance import Instance
from roster.model import Cost
from tests.test_search import tiny


def relaxed_has_a_roster(instance: Instance, held: set[str]) -> bool:
    """Whether the plain model of the instance, with all other facts relaxed by their edits, has a roster."""
    relaxed = without(instance, [fact for fact in facts_of(instance) if fact.id not in held])
    matrix = Decisions(relaxed, RULES).model.matrix(Cost())
    return cpsat.solve(matrix, cpsat.Effort(60.0)).status == "optimal"


def some_facts(instance: Instance, random: Random) -> set[str]:
    """Facts of the instance, each with a chance that differs from one draw to the next."""
    chance = random.choice([0.3, 0.6, 0.9, 1.0])
    return {fact.id for fact in facts_of(instance) if random.random() < chance}


@settings(max_examples=120)
@given(st.integers(min_value=0, max_value=999_999))
def test_facts_hold_together_exactly_where_the_instance_without_the_others_has_a_roster(seed: int) -> None:
    instance, _ = tiny(seed)
    held = some_facts(instance, Random(seed))
    together = Together(instance, RULES, promises(instance))
    assert together.ask(held, 60.0).settled == ("yes" if relaxed_has_a_roster(instance, held) else "no")


@settings(max_examples=60)
@given(st.integers(min_value=0, max_value=999_999))
def test_the_part_that_some_promises_are_about_has_a_roster_where_the_whole_has(seed: int) -> None:
    instance, _ = tiny(seed)
    random = Random(seed)
    asked = {promise for promise in promises(instance) if random.random() < 0.6}
    others = [fact for fact in facts_of(instance) if fact.id in set(promises(instance)) - asked]
    whole = without(instance, others)
    held = {fact.id for fact in facts_of(whole)}
    small = Together(instance, RULES, asked, only_promises=True)
    assert small.ask(asked, 60.0).settled == ("yes" if relaxed_has_a_roster(whole, held) else "no")
    assert relaxed_has_a_roster(part_about(whole, asked), held) == relaxed_has_a_roster(whole, held)
