"""The rule most_changes: a repair changes at most so much of what people were told."""

import pytest

from models.continuity.most_changes import most_changes
from tests.rules.small import found, roster, small

TOLD = roster(None, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")


def test_the_sentence_has_the_number() -> None:
    assert most_changes(1).sentence == "At most 1 change of what people were told."
    assert most_changes(20).sentence == "At most 20 changes of what people were told."


@pytest.mark.parametrize("allowed", range(4))
def test_as_many_changes_as_are_allowed_may_be_made_and_no_more(allowed: int) -> None:
    instance = small(published=TOLD)
    made = [
        roster(instance, "C1, S1, 09:00, 12:00", "P, S1, 10:00, 11:00"),
        roster(instance, "C1, S1, 09:00, 12:00"),
        roster(instance),
        roster(instance, "C2, S2, 13:30, 16:30"),
    ]
    for number, each in enumerate(made):
        says = f"{number} {'change' if number == 1 else 'changes'} made, {allowed} allowed."
        over = [(says, "", number - allowed)] if number > allowed else []
        assert found(most_changes(allowed), instance, each) == over


def test_without_a_published_roster_nothing_is_a_change() -> None:
    instance = small()
    assert found(most_changes(0), instance, roster(instance, "C1, S1, 09:00, 12:00")) == []
