"""What differs for coaches, for rooms and in the costs."""

from roster.changes import changes_between
from roster.domain import Roster
from roster.edits import apply_edits, parse_edits
from roster.instance import Instance
from tests.changes.town import told, town


def after(edits: str) -> Instance:
    """The town after edits."""
    return apply_edits(town(), parse_edits(edits))


# -- coaches --------------------------------------------------------------------------------------------------


def test_a_coach_has_visits_fewer_and_more_and_their_minutes_on_the_road() -> None:
    changes = changes_between(town(), town(), told("C1 S1", "C1 S3"), told("C1 S1", "C1 S5"))
    (coach,) = changes.coaches
    assert [slot.session_id for slot in coach.lost] == ["S3"]
    assert [slot.session_id for slot in coach.gained] == ["S5"]
    assert (coach.road_was, coach.road_now) == (10 + 11 + 10 + 11, 10 + 11 + 20 + 21)
    assert coach.says == (
        "C1: 1 visit fewer (Thursday 11 March 2027, 9am to midday, at Riverside Surgery), 1 visit more "
        "(Tuesday 16 March 2027, 9am to midday, at Central Library), 62 minutes on the road, was 42."
    )


def test_a_visit_handed_over_is_one_fewer_for_one_coach_and_one_more_for_another() -> None:
    changes = changes_between(town(), town(), told("C1 S1", "C2 S2"), told("C3 S1", "C2 S2"))
    found = {coach.coach_id: (len(coach.lost), len(coach.gained), coach.road_now) for coach in changes.coaches}
    assert found == {"C1": (1, 0, 0), "C3": (0, 1, 101)}


def test_a_coach_whose_roads_alone_differ_is_listed() -> None:
    faster = town().replaced(travel=tuple(row.model_copy(update={"minutes": 1}) for row in town().travel))
    (coach,) = changes_between(town(), faster, told("C1 S1"), told("C1 S1")).coaches
    assert coach.says == "C1: 2 minutes on the road, was 21."


def test_a_coach_who_is_gone_has_the_roads_that_were_theirs_and_none_now() -> None:
    gone = after('[{"op": "remove_coach", "coach_id": "C1"}]')
    changes = changes_between(town(), gone, told("C1 S1"), told("C2 S1"))
    found = {coach.coach_id: (coach.road_was, coach.road_now) for coach in changes.coaches}
    assert found == {"C1": (21, 0), "C2": (0, 61)}


def test_roads_to_a_session_that_no_data_know_are_not_known() -> None:
    changes = changes_between(town(), town(), told("C1 OLD"), told("C1 S1"))
    (coach,) = changes.coaches
    assert (coach.road_was, coach.road_now) == (None, 21)
    assert coach.says == (
        "C1: 1 visit fewer (session OLD, 9am to midday), 1 visit more (Tuesday 9 March 2027, 9am to midday, "
        "at Riverside Surgery)."
    )


def test_without_data_no_road_is_known() -> None:
    found = changes_between(None, None, told("C1 S1"), told("C2 S1")).coaches
    assert [(coach.road_was, coach.road_now) for coach in found] == [(None, None), (None, None)]


def test_a_session_moved_to_another_day_is_another_visit() -> None:
    moved = after('[{"op": "set", "table": "sessions", "id": "S1", "field": "date", "value": "2027-03-12"}]')
    (coach,) = changes_between(town(), moved, told("C1 S1"), told("C1 S1")).coaches
    assert [str(slot.date) for slot in (*coach.lost, *coach.gained)] == ["2027-03-09", "2027-03-12"]


# -- rooms ----------------------------------------------------------------------------------------------------


def test_a_room_is_no_longer_used_now_used_or_used_by_another_coach() -> None:
    was, now = told("C1 S1", "C2 S3", "C1 S5"), told("C3 S1", "C1 S4", "C1 S5")
    changes = changes_between(town(), town(), was, now)
    assert [(room.room_id, room.site, room.practices) for room in changes.rooms] == [
        ("Y-1", "Central Library", ("P3",)),
        ("X-1", "Riverside Surgery", ("P1", "P2")),
    ]
    assert [room.says for room in changes.rooms] == [
        "Room Y-1 at Central Library: now used on Thursday 11 March 2027, 9am to midday (coach C1).",
        "Room X-1 at Riverside Surgery: no longer used on Thursday 11 March 2027, 9am to midday (coach C2), another "
        "coach on Tuesday 9 March 2027, 9am to midday (coach C3 instead of C1).",
    ]


def test_a_room_that_is_gone_is_known_by_what_it_was() -> None:
    gone = after('[{"op": "remove_room", "room_id": "X-2"}]')
    (room,) = changes_between(town(), gone, told("C1 S2"), told()).rooms
    assert (room.room_id, room.site, room.practices) == ("X-2", "Riverside Surgery", ("P1", "P2"))


def test_of_a_session_that_no_data_know_the_room_has_no_name() -> None:
    (room,) = changes_between(None, None, told("C1 S1"), told("C2 S1")).rooms
    assert room.says == (
        "A room that the data do not name: another coach on session S1, 9am to midday (coach C2 instead of C1)."
    )


def test_where_two_coaches_held_a_session_the_one_who_stays_is_no_change() -> None:
    was, now = told("C1 S1", "C2 S1"), told("C1 S1", "C3 S1")
    (room,) = changes_between(town(), town(), was, now).rooms
    assert [(h.was.coach_id, h.now.coach_id) for h in room.other_coach] == [("C2", "C3")]


# -- costs ----------------------------------------------------------------------------------------------------


def test_every_price_has_what_it_was_what_it_is_and_the_difference() -> None:
    changes = changes_between(
        town(), town(), told("C1 S1", waiting=7000, late=60), told("C1 S1", waiting=7400, visit=5)
    )
    assert {cost.name: cost.difference for cost in changes.costs} == {
        "waiting": 400,
        "late": -60,
        "travel": 0,
        "visit": 5,
        "new_face": 0,
        "new_coach": 0,
        "heaviest": 0,
        "change": 0,
    }
    assert [cost.says for cost in (*changes.costs[:3], changes.objective)] == [
        "Waiting: 7,400 minutes of coach time, was 7,000: 400 more.",
        "Late: 0 minutes of coach time, was 60: 60 less.",
        "Travel: 0 minutes of coach time, as before.",
        "Total: 7,405 minutes of coach time, was 7,060: 345 more.",
    ]


def test_a_price_that_one_roster_does_not_state_has_no_difference() -> None:
    without: Roster = told("C1 S1").model_copy(update={"costs": {}})
    cost = changes_between(town(), town(), without, told("C1 S1", new_face=20)).costs[4]
    assert (cost.was, cost.now, cost.difference) == (None, 20, None)
    assert cost.says == "New face: not stated in both."
