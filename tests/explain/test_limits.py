"""What holds a roster back: with one unit more the best roster is better, by counting; how good it is, in words."""

import re
from collections.abc import Callable

import pytest

from roster.edits import Edit, Set, apply_edits
from roster.explain.questions.forced import Clock
from roster.explain.questions.given import Given
from roster.explain.questions.limit_prices import limit_prices
from roster.explain.questions.limits import limits_of_roster
from roster.explain.questions.offers import limits_of, one_looser
from roster.explain.questions.why import how_far
from roster.explanations import Limit
from roster.instance import Instance
from roster.plan import Plan
from tests.explained import given_best, kept_rosters, least_total
from tests.plain_words import complaints
from tests.worlds import edges_world, fortnight_world, long_day_world, published_world


def month_of_nothing() -> Instance:
    """The fortnight in which coach C1 may hold no visit in the month."""
    edits: list[Edit] = [Set(table="coaches", id="C1", field="max_sessions_month", value=0)]
    return apply_edits(fortnight_world(), edits)


WORLDS: dict[str, tuple[Callable[[], Instance], int, int]] = {
    "edges": (edges_world, 5, 3),
    "published": (published_world, 3, 4),
    "a coach at their limit": (month_of_nothing, 3, 3),
}


def limits(given: Given, seconds: float = 60.0) -> tuple[Limit, ...]:
    return limits_of_roster(given, (), Clock.of(seconds, workers=1))[0]


@pytest.mark.parametrize("name", WORLDS)
def test_every_limit_claimed_makes_a_better_roster_possible_when_one_looser(name: str) -> None:
    world, *scope = WORLDS[name]
    given = given_best(world())
    now = least_total(list(kept_rosters(given.instance, *scope)))
    found = limits(given)
    for limit in found:
        edited = apply_edits(given.instance, limit.change.edits)
        then = least_total(list(kept_rosters(edited, *scope)))
        assert limit.proved
        assert now is not None
        assert then is not None
        assert then <= limit.total < now
        assert complaints(limit.says) == [], limit.says


def test_a_limit_of_a_coach_that_keeps_somebody_out_is_found() -> None:
    found = {limit.about: limit.says for limit in limits(given_best(month_of_nothing()))}
    assert found["workload:C1:month"].startswith(
        "The visits a month of coach C1: Let coach C1 hold at most 1 visit in the month instead of 0. "
        "With it a roster has a total of "
    )
    assert "; without it none is below " in found["workload:C1:month"]


def test_a_limit_that_changes_nothing_is_not_claimed() -> None:
    given = given_best(long_day_world())
    for limit in limits(given):
        edited = apply_edits(given.instance, limit.change.edits)
        assert given_best(edited).roster.objective < given.roster.objective


def test_of_a_roster_that_is_not_proved_the_best_no_limit_is_proved() -> None:
    given = given_best(month_of_nothing())
    open_ = Given(
        given.instance,
        given.rules,
        given.preferences,
        given.roster.model_copy(update={"outcome": "feasible", "bound": 0}),
    )
    found, not_proved = limits_of_roster(open_, (), Clock.of(60.0, workers=1))
    assert found
    assert not any(limit.proved for limit in found)
    assert all("Not proved: a better roster may exist without it." in limit.says for limit in found)
    assert not_proved == (
        "This roster is not proved the best, so some of what is said of it may be true of a better one only.",
    )


def test_without_time_it_is_said_how_many_limits_were_not_tried() -> None:
    found, not_proved = limits_of_roster(given_best(month_of_nothing()), (), Clock.of(0.0, workers=1))
    assert found == ()
    assert len(not_proved) == 1
    assert re.fullmatch(r"Time ran out before \d+ limits? could be tried one looser\.", not_proved[0])


def test_the_prices_name_the_limit_that_binds() -> None:
    assert limit_prices(given_best(month_of_nothing()), 10.0)["workload:C1:month"] > 0


@pytest.mark.parametrize("world", [long_day_world, fortnight_world, published_world])
def test_every_limit_can_be_one_looser(world: Callable[[], Instance]) -> None:
    instance = world()
    facts = list(limits_of(instance))
    assert facts
    for fact in facts:
        edit = one_looser(instance, fact)
        assert edit is not None
        assert apply_edits(instance, [edit]) != instance
    assert one_looser(instance, "see_by:P") is None


@pytest.mark.parametrize(
    ("bound", "says"),
    [
        (None, "No roster can have a total below 1,152, and this one has exactly that: it is the best there is."),
        (1000, "No roster can have a total below 1,000; this one has 1,152, at most 13.2% from the best possible."),
        (0, "The total is 1,152. How much lower another could be is not known."),
    ],
)
def test_how_good_a_roster_is_stands_in_plain_words(bound: int | None, says: str) -> None:
    given = given_best(fortnight_world())
    roster = given.roster if bound is None else given.roster.model_copy(update={"bound": bound})
    assert how_far(Given(given.instance, given.rules, given.preferences, roster)) == says


def test_a_better_roster_that_does_not_need_the_unit_more_is_no_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roster.explain.questions.limits.limit_prices", lambda *_: {})
    given = given_best(month_of_nothing())
    emptied = given.tried(Plan())
    assert emptied.kept
    poor = Given(given.instance, given.rules, given.preferences, emptied.roster)
    claimed = {limit.about for limit in limits_of_roster(poor, (), Clock.of(60.0, workers=1))[0]}
    assert set(limits_of(given.instance)) - claimed
    for fact in set(limits_of(given.instance)) & claimed:
        edit = one_looser(given.instance, fact)
        assert edit is not None
        assert given_best(apply_edits(given.instance, [edit])).roster.objective < emptied.total
