"""The rule within: at least so many people are seen within so many days of being referred."""

from datetime import timedelta

import pytest

from models.urgency.within import within
from roster import cpsat
from roster.decisions import Decisions
from tests.rules.small import found, roster, small


def test_the_sentence_has_both_numbers() -> None:
    assert within(28, 1).sentence == "At least 1 person is seen within 28 days."
    assert within(1, 20).sentence == "At least 20 people are seen within 1 day."


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_the_last_day_counts_and_the_day_after_does_not(late: int) -> None:
    instance = small()
    session = instance.session["S1"]
    days = (session.date - instance.people["P"].referred_on).days - late
    seen = roster(instance, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")
    missing = [(f"0 people are seen within {days} days, not 1.", "", 1)] if late > 0 else []
    assert found(within(days, 1), instance, seen) == missing
    assert session.date - timedelta(days=days + late) == instance.people["P"].referred_on


def test_the_row_and_the_checker_ask_for_the_same() -> None:
    instance = small()
    decisions = Decisions(instance, (within(1000, 1),))
    answer = cpsat.solve(decisions.model.matrix(decisions.cost(())), cpsat.Effort(10.0))
    assert answer.values is not None
    assert sum(answer.values[v] for v in decisions.seen.values()) >= 1
    none = Decisions(instance, (within(0, 1),))
    assert cpsat.solve(none.model.matrix(none.cost(())), cpsat.Effort(10.0)).status == "infeasible"
