"""Over every roster of tiny worlds with a published roster: what holds and costs in a repair is what is checked."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from models import PREFERENCES, RULES
from models.continuity.change import CHANGES
from models.continuity.most_changes import most_changes
from models.urgency.short_notice import moved_soon, short_notice
from roster.instance import Instance
from roster.rule import Rule
from tests.encoded import beside
from tests.scopes import Scope
from tests.test_agreement import Tried, assert_same
from tests.worlds import published_world


def told_to_another() -> Instance:
    """The published world in which C2, who is there, was to hold U4."""
    world = published_world()
    published = world.published
    assert published is not None
    visits = tuple(v.model_copy(update={"coach_id": "C2"}) if v.session_id == "U4" else v for v in published.visits)
    return world.replaced(published=published.model_copy(update={"visits": visits}))


def interpreter_lacking() -> Instance:
    """The published world in which Q needs an interpreter and none was booked: their appointment cannot be."""
    world = published_world()
    people = tuple(
        r.model_copy(update={"needs": ("interpreter:bsl",)}) if r.referral_id == "Q" else r for r in world.referrals
    )
    return world.replaced(referrals=people)


def longer_notice() -> Instance:
    """The published world with a notice that reaches as far as U4, whose coach is gone."""
    world = published_world()
    policy = world.settings.policy.model_copy(update={"notice_days": 9})
    return world.replaced(settings=world.settings.model_copy(update={"policy": policy}))


WORLDS: dict[str, Callable[[], Instance]] = {
    "published": published_world,
    "published, with an interpreter": partial(published_world, interpreter=True),
    "published, a visit told to another coach": told_to_another,
    "published, an interpreter lacking": interpreter_lacking,
    "published, longer notice": longer_notice,
}


@pytest.fixture(scope="module", params=WORLDS)
def tried(request: pytest.FixtureRequest) -> Tried:
    """Every roster of one world after another."""
    return Tried(Scope(request.param, WORLDS[request.param], 3, 2))


def agree(tried: Tried, rule: Rule) -> int:
    """How many rosters keep the rule beside those it counts on, once model and checker agree on each."""
    others = beside(rule.name)
    possible = tried.asked(others).accepted
    assert_same(tried, tried.asked([*others, rule]).accepted, possible & tried.kept(rule))
    tried_all = [*RULES, rule]
    assert_same(tried, tried.asked(tried_all).accepted, tried.all_kept(tried_all))
    return int(np.sum(tried.kept(rule)))


def test_nobody_is_moved_inside_the_notice_in_the_model_exactly_where_the_checker_says_so(tried: Tried) -> None:
    rule = short_notice(RULES)
    assert 0 < agree(tried, rule) < len(tried.rosters)


@pytest.mark.parametrize("number", range(5))
def test_the_model_makes_at_most_so_many_changes_exactly_where_the_checker_counts_them(
    tried: Tried, number: int
) -> None:
    agree(tried, replace(most_changes(number), name=f"most_changes {number}"))


def test_the_number_of_changes_in_the_model_is_that_of_the_checker_and_its_price_is_that_times_one(
    tried: Tried,
) -> None:
    for rules in (RULES, beside("any")):
        answers = tried.asked(rules, CHANGES)
        counted = tried.prices(CHANGES, answers.accepted)
        assert answers.cost[answers.accepted].tolist() == counted.tolist()
        (change,) = [p for p in PREFERENCES if p.name == "change"]
        price = tried.instance.settings.prices.change
        assert (counted * price).tolist() == tried.prices(change, answers.accepted).tolist()


def test_the_number_of_people_moved_within_the_notice_is_that_of_the_checker(tried: Tried) -> None:
    price = moved_soon(RULES)
    answers = tried.asked(RULES, price)
    assert answers.cost[answers.accepted].tolist() == tried.prices(price, answers.accepted).tolist()
    kept = tried.kept(short_notice(RULES))[answers.accepted]
    assert ((answers.cost[answers.accepted] == 0) == kept).all()
