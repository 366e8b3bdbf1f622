"""What each person, coach and practice is told: what was, what is, that it is voluntary, and never why."""

import json
from collections.abc import Sequence

import pytest

from roster.changes import Message, messages_between
from roster.domain import Roster
from roster.edits import apply_edits, parse_edits
from roster.instance import Instance
from roster.wording import VOLUNTARY
from tests.changes.town import told, town
from tests.plain_words import complaints, complaints_of_a_sentence

LEAVE = '[{"op": "add_leave", "coach_id": "C1", "first_day": "2027-03-09", "last_day": "2027-03-09"}]'


def after(edits: str) -> Instance:
    """The town after edits."""
    return apply_edits(town(), parse_edits(edits))


def messages(was: Roster, now: Roster, instance: Instance | None = None) -> tuple[Message, ...]:
    """The messages, the second roster being of the instance."""
    return messages_between(town(), instance or town(), was, now)


def to_whom(sent: Sequence[Message]) -> list[str | None]:
    """Whom each message is for."""
    return [m.referral_id if m.to == "person" else m.coach_id or m.practice_id for m in sent]


def of(sent: Sequence[Message], id_: str) -> Message:
    """The message to this person, coach or practice."""
    return next(m for m, whom in zip(sent, to_whom(sent), strict=True) if whom == id_)


# -- people ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        (
            "C1 S1 R1@09:30",
            "C1 S1",
            "Your appointment on Tuesday 9 March 2027 at 9:30am at Riverside Surgery with coach C1 cannot take place. "
            "There is no other appointment for you this month.",
        ),
        (
            "C1 S1",
            "C1 S1 R1@09:30",
            "You have an appointment on Tuesday 9 March 2027 at 9:30am at Riverside Surgery with coach C1.",
        ),
        (
            "C1 S1 R1@09:30",
            "C2 S4 R1@11:20",
            "Your appointment on Tuesday 9 March 2027 at 9:30am at Riverside Surgery with coach C1 cannot take place. "
            "Your new appointment is on Thursday 11 March 2027 at 11:20am at Central Library with coach C2.",
        ),
        (
            "C1 S1 R1@09:30",
            "C2 S1 R1@09:30",
            "Your appointment on Tuesday 9 March 2027 at 9:30am at Riverside Surgery stays, with coach C2 instead of "
            "coach C1.",
        ),
        (
            "C1 S1 R1@09:30",
            "C2 S2 R1@09:30",
            "Your appointment on Tuesday 9 March 2027 at 9:30am at Riverside Surgery stays, with coach C2 instead of "
            "coach C1 and in room X-2 instead of room X-1.",
        ),
        (
            "C1 S1 R1@09:00",
            "C1 S1 R1@11:00",
            "Your appointment on Tuesday 9 March 2027 at 9am at Riverside Surgery with coach C1 cannot take place. "
            "Your new appointment is on Tuesday 9 March 2027 at 11am at Riverside Surgery with coach C1.",
        ),
    ],
)
def test_a_person_is_told_what_was_what_is_and_that_it_is_voluntary(was: str, now: str, says: str) -> None:
    message = of(messages(told(was), told(now)), "R1")
    assert message.says == f"{says} {VOLUNTARY}"
    assert (message.to, message.practice_id, message.coach_id) == ("person", "P1", None)


def test_a_person_whose_appointment_stays_as_it_was_is_told_nothing() -> None:
    sent = messages(told("C1 S1 R1@09:00 R2@10:00"), told("C1 S1 R1@09:00"))
    assert to_whom(sent) == ["R2", "C1", "P2"]


def test_each_of_several_people_of_a_referral_is_told() -> None:
    sent = messages(told("C1 S1 R3@09:00 R3@10:00"), told("C1 S3 R3@09:00"))
    assert [m.says[:70] for m in sent if m.to == "person"] == [
        "Your appointment on Tuesday 9 March 2027 at 10am at Riverside Surgery ",
        "Your appointment on Tuesday 9 March 2027 at 9am at Riverside Surgery w",
    ]


def test_a_persons_record_has_day_times_place_and_coach_and_no_referrals() -> None:
    message = of(messages(told("C1 S1 R1@09:30"), told("C1 S1")), "R1")
    assert json.loads(message.model_dump_json())["was"] == [
        {
            "session_id": "S1",
            "date": "2027-03-09",
            "start": "09:30",
            "end": "10:10",
            "site_id": "X",
            "site": "Riverside Surgery",
            "room_id": "X-1",
            "coach_id": "C1",
            "referral_ids": [],
        }
    ]
    assert message.now == ()


# -- coaches --------------------------------------------------------------------------------------------------


def test_a_coach_is_told_which_visits_are_gone_which_are_new_and_whom_they_see_now() -> None:
    was = told("C1 S1 R1@09:00", "C1 S3 R2@09:00 R4@10:00")
    now = told("C1 S5 R1@09:00", "C1 S3 R3@09:00 R4@10:00")
    message = of(messages(was, now), "C1")
    assert message.says.split("\n") == [
        "No longer yours: Tuesday 9 March 2027, 9am to midday, at Riverside Surgery.",
        "New: Tuesday 16 March 2027, 9am to midday, at Central Library, room Y-1. You see R1 at 9am.",
        "Changed: Thursday 11 March 2027, 9am to midday, at Riverside Surgery. You now see R3 at 9am and R4 at 10am. "
        "Before, it was R2 at 9am and R4 at 10am.",
    ]
    assert [slot.referral_ids for slot in message.was] == [("R1",), ("R2", "R4")]
    assert [slot.referral_ids for slot in message.now] == [("R1",), ("R3", "R4")]


def test_a_coach_is_told_of_other_times_another_room_and_that_nobody_comes_yet() -> None:
    was, now = told("C1 S1 R1@09:00"), told("C1 S1")
    longer = now.visits[0].model_copy(update={"end": 13 * 60})
    moved = after('[{"op": "set", "table": "sessions", "id": "S1", "field": "room_id", "value": "X-2"}]')
    message = of(messages(was, now.model_copy(update={"visits": (longer,)}), moved), "C1")
    assert message.says == (
        "Changed: Tuesday 9 March 2027, 9am to 1pm, at Riverside Surgery. It was 9am to midday. The room is X-2, it "
        "was X-1. You now see nobody yet. Before, it was R1 at 9am."
    )


def test_a_coach_is_told_of_other_times_though_they_see_the_same_people() -> None:
    now = told("C1 S1 R1@09:00")
    shorter = now.visits[0].model_copy(update={"end": 11 * 60})
    (message,) = messages(told("C1 S1 R1@09:00"), now.model_copy(update={"visits": (shorter,)}))
    assert message.says == (
        "Changed: Tuesday 9 March 2027, 9am to 11am, at Riverside Surgery. It was 9am to midday. You see R1 at 9am, as "
        "before."
    )


def test_a_coach_for_whom_only_the_time_of_somebody_differs_is_told() -> None:
    sent = messages(told("C1 S1 R1@09:00", "C2 S2"), told("C1 S1 R1@10:00", "C2 S2"))
    assert to_whom(sent) == ["R1", "C1", "P1"]


# -- practices ------------------------------------------------------------------------------------------------


def test_all_practices_at_a_site_are_told_of_its_rooms_and_each_of_its_own_people() -> None:
    sent = messages(told("C1 S1 R1@09:00", "C2 S3 R2@09:00"), told("C3 S1", "C2 S2", "C1 S4 R1@09:00"))
    rooms = [
        "Room X-1 is no longer used on Thursday 11 March 2027, 9am to midday (coach C2).",
        "Room X-1 is used by another coach on Tuesday 9 March 2027, 9am to midday (coach C3 instead of C1).",
        "Room X-2 is now used on Tuesday 9 March 2027, 9am to midday (coach C2).",
    ]
    assert of(sent, "P1").says.split("\n") == [
        *rooms,
        "Your referral R1: was Tuesday 9 March 2027 at 9am at Riverside Surgery with C1; now Thursday 11 March 2027 at "
        "9am at Central Library with C1: 2 days later, another place.",
    ]
    assert of(sent, "P2").says.split("\n") == [
        *rooms,
        "Your referral R2: was Thursday 11 March 2027 at 9am at Riverside Surgery with C2; now no appointment.",
    ]
    assert of(sent, "P3").says == "Room Y-1 is now used on Thursday 11 March 2027, 9am to midday (coach C1)."


def test_a_practices_records_are_the_visits_to_its_rooms() -> None:
    message = of(messages(told("C1 S1 R1@09:00"), told("C3 S1 R1@09:00", "C2 S2")), "P2")
    assert [(slot.session_id, slot.coach_id, slot.referral_ids) for slot in message.was] == [("S1", "C1", ())]
    assert [(slot.session_id, slot.coach_id, slot.referral_ids) for slot in message.now] == [
        ("S1", "C3", ()),
        ("S2", "C2", ()),
    ]


# -- what no message says -------------------------------------------------------------------------------------


def test_who_has_withdrawn_is_told_nothing_and_named_to_nobody() -> None:
    gone = after('[{"op": "remove_referral", "referral_id": "R1"}]')
    sent = messages(told("C1 S1 R1@09:00 R2@10:00"), told("C1 S1 R2@09:00"), gone)
    assert to_whom(sent) == ["R2", "C1", "P2"]
    assert "R1" not in "".join(message.model_dump_json() for message in sent)


def test_where_somebody_withdrew_and_nothing_else_differs_nobody_is_told_anything() -> None:
    gone = after('[{"op": "remove_referral", "referral_id": "R1"}]')
    assert messages(told("C1 S1 R1@09:00 R2@10:00"), told("C1 S1 R2@10:00"), gone) == ()


def test_no_message_says_why_a_coach_is_not_there() -> None:
    sent = messages(told("C1 S1 R1@09:00"), told("C2 S3 R1@09:00"), after(LEAVE))
    assert to_whom(sent) == ["R1", "C1", "C2", "P1", "P2"]
    for message in sent:
        assert not {"leave", "ill", "sick", "away", "because", "absent"} & set(message.says.lower().split())


def test_sessions_coaches_and_rooms_that_are_gone_are_told_of_by_what_they_were() -> None:
    gone = after('[{"op": "remove_room", "room_id": "X-1"}, {"op": "remove_coach", "coach_id": "C1"}]')
    sent = messages(told("C1 S1 R1@09:00"), told("C2 S2 R1@09:00"), gone)
    assert of(sent, "C1").says == "No longer yours: Tuesday 9 March 2027, 9am to midday, at Riverside Surgery."
    assert of(sent, "R1").says.startswith("Your appointment on Tuesday 9 March 2027 at 9am at Riverside Surgery stays")
    assert "Room X-1 is no longer used" in of(sent, "P2").says


def test_every_message_is_plain() -> None:
    was = told("C1 S1 R1@09:00 R3@10:00 R3@10:40", "C2 S2 R2@09:00", "C1 S5 R4@11:00")
    now = told("C2 S1 R1@09:00 R3@10:00", "C1 S3 R2@09:00 R3@09:40", "C3 S2", "C1 S4")
    sent = messages(was, now)
    assert {message.to for message in sent} == {"person", "coach", "practice"}
    found = {line: complaints_of_a_sentence(line) for message in sent for line in message.says.split("\n")}
    assert {line: says for line, says in found.items() if says} == {}
    assert complaints("\n".join(found)) == []
