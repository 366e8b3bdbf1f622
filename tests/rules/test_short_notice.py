"""The rule short_notice: in a repair nobody is moved within the notice unless their own session is gone."""

import pytest

from models import RULES
from models.urgency.short_notice import moved_soon, not_kept, short_notice
from roster.instance import Instance
from tests.edited import edited
from tests.rules.small import found, roster, small

RULE = short_notice(RULES)
TOLD = roster(
    None,
    "C1, S1, 09:00, 12:00\nC2, S4, 09:00, 12:00",
    "P, S1, 09:00, 10:00\nQ, S4, 09:00, 09:40",
)
SAYS = "P was told of 8 March 2027, which is too soon for a change, and can still be seen then."
MOVED = "C1, S1, 09:00, 12:00\nC1, S4, 09:00, 12:00", "P, S4, 09:00, 10:00"
PEOPLE = "referral_id, practice_id, referred_on, band, minutes, needs\nP, PX, 2027-02-15, A, 60, interpreter:bsl"


def told() -> Instance:
    """S1 on 8 March lies within the notice of five days, S4 on 15 March does not."""
    return small(as_of="2027-03-04", published=TOLD)


def test_the_sentence_says_what_a_manager_reads_and_the_bound_does_without_it() -> None:
    assert RULE.sentence == "Nobody is moved within the notice unless their own session is gone."
    assert not RULE.in_bound


def test_who_was_told_of_a_day_within_the_notice_stays() -> None:
    instance = told()
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")) == []
    assert found(RULE, instance, roster(instance, *MOVED)) == [(SAYS, "", 1)]


def test_an_appointment_that_may_give_way_does_not_break_the_rule() -> None:
    instance = told()
    assert found(short_notice(RULES, frozenset({("P", "S1")})), instance, roster(instance, *MOVED)) == []
    assert moved_soon(RULES).price(instance, roster(instance, *MOVED)) == 1
    assert not_kept(RULES, instance, roster(instance, *MOVED)) == {("P", "S1"): 1}


def test_who_was_told_of_a_later_day_may_be_moved() -> None:
    instance = told()
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00", "P, S1, 10:00, 11:00")) == []


def test_the_day_of_the_repair_is_within_the_notice_and_the_day_on_which_it_ends_is_not() -> None:
    for as_of, number in (("2027-03-03", 0), ("2027-03-04", 1), ("2027-03-08", 1), ("2027-03-09", 0)):
        instance = small(as_of=as_of, published=TOLD)
        assert len(found(RULE, instance, roster(instance))) == number, as_of


def test_another_coach_may_take_the_session() -> None:
    instance = told()
    assert found(RULE, instance, roster(instance, "C2, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")) == []


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "add_leave", "coach_id": "C1", "first_day": "2027-03-08", "last_day": "2027-03-08"},
        {"op": "remove_coach", "coach_id": "C1"},
        {"op": "remove_session", "session_id": "S1"},
        {"op": "remove_room", "room_id": "X-1"},
        {"op": "remove_referral", "referral_id": "P"},
        {"op": "remove_hours", "coach_id": "C1", "weekday": "mon", "start": "09:00"},
        {"op": "set", "table": "sessions", "id": "S1", "field": "start", "value": "09:30"},
        {"op": "set", "table": "sessions", "id": "S1", "field": "date", "value": "2027-03-10"},
        {"op": "set", "table": "referrals", "id": "P", "field": "away", "value": "2027-03-08"},
        {"op": "set", "table": "referrals", "id": "P", "field": "needs", "value": "room:quiet"},
        {"op": "set", "table": "referrals", "id": "P", "field": "sites", "value": "Y"},
        {"op": "set", "table": "referrals", "id": "P", "field": "consent", "value": "no"},
    ],
    ids=lambda edit: " ".join(str(value) for value in edit.values()),
)
def test_nobody_has_to_stay_where_their_own_session_is_gone(edit: dict[str, object]) -> None:
    instance = edited(told(), edit)
    assert found(RULE, instance, roster(instance)) == []


def test_an_interpreter_who_was_cancelled_lets_go_of_the_person() -> None:
    published = roster(None, "C1, S1, 09:00, 12:00, B1", "P, S1, 09:00, 10:00")
    booking = "booking_id, skill, date, start, end, fee_pounds\nB1, bsl, 2027-03-08, 09:00, 12:00, 10"
    instance = small(as_of="2027-03-04", published=published, referrals=PEOPLE, interpreters=booking)
    assert len(found(RULE, instance, roster(instance))) == 1
    cancelled = edited(instance, {"op": "remove_booking", "booking_id": "B1"})
    assert found(RULE, cancelled, roster(cancelled)) == []


def test_of_several_people_as_many_stay_as_were_told_and_are_still_there() -> None:
    people = "referral_id, practice_id, referred_on, band, minutes, count\nP, PX, 2027-02-15, A, 60, 2"
    both = roster(None, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00\nP, S1, 10:00, 11:00")
    instance = small(as_of="2027-03-04", published=both, referrals=people)
    one = roster(instance, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")
    assert [amount for _, _, amount in found(RULE, instance, one)] == [1]
    fewer = edited(instance, {"op": "set", "table": "referrals", "id": "P", "field": "count", "value": 1})
    assert found(RULE, fewer, roster(fewer, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")) == []


def test_without_a_published_roster_it_says_nothing() -> None:
    instance = small()
    assert found(RULE, instance, roster(instance)) == []
