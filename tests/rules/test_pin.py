"""The rule pin: a pinned visit is in the roster; a compromise may drop it."""

import pytest

from models.availability.pin import RULE
from tests.rules.small import found, roster, shortfalls, small

PINS = "coach_id, session_id\nC1, S1"
SAYS = "C1 is pinned to session S1 at Site X on 8 March 2027, 9am to midday, but does not hold it."


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "Every visit that the manager has pinned is in the roster."


def test_a_pinned_visit_that_is_in_the_roster_is_fine() -> None:
    instance = small(pins=PINS)
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == []


@pytest.mark.parametrize("visits", ["", "C2, S1, 09:00, 12:00", "C1, S3, 09:00, 12:00"])
def test_a_pinned_visit_that_is_not_in_the_roster_is_found(visits: str) -> None:
    instance = small(pins=PINS)
    assert found(RULE, instance, roster(instance, visits)) == [(SAYS, "pin:C1:S1", 1)]


def test_a_pin_that_nobody_could_keep_leaves_no_roster() -> None:
    instance = small(as_of="2027-03-09", pins=PINS)
    assert found(RULE, instance, roster(instance)) == [(SAYS, "pin:C1:S1", 1)]


def test_a_compromise_may_drop_a_pin() -> None:
    instance = small(pins=PINS + "\nC2, S3")
    made = roster(instance, "C2, S3, 09:00, 12:00")
    assert shortfalls(RULE, instance, made) == [
        ("pin", "pin:C1:S1", "promises", 4, 1),
        ("pin", "pin:C2:S3", "promises", 4, 0),
    ]


def test_a_pinned_visit_that_has_happened_is_kept() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00")
    instance = small(as_of="2027-03-09", published=told, pins=PINS)
    assert found(RULE, instance, told) == []
