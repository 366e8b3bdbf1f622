"""The rule wait_at: the people of one practice wait at most so many days in all."""

import numpy as np
import pytest

from models.urgency.wait_at import days_at, wait_at
from tests.encoded import beside
from tests.rules.small import cost, found, roster, small
from tests.scopes import SCOPES, Scope
from tests.test_agreement import Tried, assert_same

WORLDS = ("ragged", "fortnight", "published")
UNSEEN = 72
"""Days from 15 February to 28 April 2027, which is 28 days after the month."""


def test_the_sentence_has_the_practice_and_the_number() -> None:
    assert wait_at("PX", 1).sentence == "The people of practice PX wait at most 1 day in all."
    assert wait_at("PX", 1200).sentence == "The people of practice PX wait at most 1,200 days in all."


@pytest.mark.parametrize("most", [20, 21, 22, UNSEEN - 1, UNSEEN])
def test_days_are_those_to_the_appointment_or_to_so_many_days_after_the_month(most: int) -> None:
    instance = small()
    seen = roster(instance, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")
    for days, made in ((21, seen), (UNSEEN, roster(instance))):
        says = f"The people of practice PX wait {days} days in all, {most} are allowed."
        assert found(wait_at("PX", most), instance, made) == ([(says, "", days - most)] if days > most else [])


def test_the_people_of_other_practices_do_not_count() -> None:
    instance = small()
    made = roster(instance, "C1, S2, 13:30, 16:30", "Q, S2, 13:30, 14:10")
    assert cost(days_at("PX"), instance, made) == UNSEEN
    assert cost(days_at("PY"), instance, made) == 21
    assert found(wait_at("PY", 21), instance, made) == []


def test_of_a_practice_without_people_nothing_is_asked() -> None:
    assert found(wait_at("PZ", 0), small(), roster(small())) == []


@pytest.fixture(scope="module", params=[s for s in SCOPES if s.name in WORLDS], ids=lambda scope: scope.name)
def tried(request: pytest.FixtureRequest) -> Tried:
    """Every roster of one world after another."""
    assert isinstance(request.param, Scope)
    return Tried(request.param)


def test_the_model_accepts_exactly_the_rosters_that_keep_it_and_counts_the_same_days(tried: Tried) -> None:
    possible = tried.asked(beside("wait_at"))
    for practice in tried.instance.practices:
        preference = days_at(practice.practice_id)
        answers = tried.asked(beside("wait_at"), preference)
        days = tried.prices(preference, answers.accepted)
        assert answers.cost[answers.accepted].tolist() == days.tolist()
        if len(set(days.tolist())) > 1:
            middle = int(np.median(days))
            rule = wait_at(practice.practice_id, middle)
            kept = possible.accepted.copy()
            kept[possible.accepted] = days <= middle
            checked = [
                not any(True for _ in rule.check(tried.instance, tried.rosters[n]))
                for n in np.flatnonzero(possible.accepted)
            ]
            assert kept[possible.accepted].tolist() == checked
            assert_same(tried, tried.asked([*beside("wait_at"), rule]).accepted, kept)
