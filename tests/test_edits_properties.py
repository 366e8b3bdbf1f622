"""What holds of any edits: all or nothing, the instance given stays, in order, and adding then removing is nothing."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.domain import WEEKDAYS, clock
from roster.edits import EditError, edits_to_json, parse_edits
from roster.instance import Instance
from roster.validity import faults_of
from tests.edited import edited, region

REGION = region()
AS_IT_WAS = REGION.model_dump_json()
RUNS = settings(max_examples=60, deadline=None, derandomize=True)


def one_of_ids(table: str, new: str) -> st.SearchStrategy[str]:
    """Mostly an id of the table, sometimes one that is not there."""
    return st.sampled_from([*getattr(REGION, table)] * 3 + [new])


def new_id(table: str, new: str) -> st.SearchStrategy[str]:
    """Mostly an id that is not there, sometimes one of the table."""
    return st.sampled_from([new] * 5 + [*getattr(REGION, table)])


COACH, SITE, ROOM = one_of_ids("coach", "C9"), one_of_ids("site", "Z"), one_of_ids("room", "X-9")
SESSION, BOOKING = one_of_ids("session", "S9"), one_of_ids("booking", "B9")
REFERRAL = one_of_ids("people", "N")
DAY = st.dates(date(2027, 3, 1), date(2027, 3, 31)).map(date.isoformat)
START, END = st.integers(8 * 60, 13 * 60).map(clock), st.integers(12 * 60, 18 * 60).map(clock)
WEEKDAY = st.sampled_from(WEEKDAYS)
WORDS = st.lists(st.sampled_from(["welsh", "farsi", "bsl"]), unique=True)
NUMBER = st.none() | st.integers(-1, 6)


def op(name: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An edit as JSON."""
    return st.fixed_dictionaries({"op": st.just(name)} | fields)


ADDED: dict[str, tuple[st.SearchStrategy[dict[str, Any]], str, tuple[str, ...]]] = {
    "add_session": (
        op("add_session", session_id=new_id("session", "S9"), room_id=ROOM, date=DAY, start=START, end=END),
        "remove_session",
        ("session_id",),
    ),
    "add_room": (
        op("add_room", room_id=new_id("room", "X-9"), site_id=SITE, features=WORDS),
        "remove_room",
        ("room_id",),
    ),
    "add_leave": (
        op("add_leave", coach_id=COACH, first_day=DAY, last_day=DAY),
        "remove_leave",
        ("coach_id", "first_day"),
    ),
    "add_hours": (
        op("add_hours", coach_id=COACH, weekday=WEEKDAY, start=START, end=END),
        "remove_hours",
        ("coach_id", "weekday", "start"),
    ),
    "add_coach": (
        op("add_coach", coach_id=new_id("coach", "C9"), like=COACH, skills=WORDS, max_sessions_day=NUMBER),
        "remove_coach",
        ("coach_id",),
    ),
    "add_booking": (
        op("add_booking", booking_id=new_id("booking", "B9"), skill=st.just("bsl"), date=DAY, start=START, end=END),
        "remove_booking",
        ("booking_id",),
    ),
    "add_referral": (
        op(
            "add_referral",
            referral_id=new_id("people", "R9"),
            practice_id=one_of_ids("practice", "PZ"),
            referred_on=DAY,
            band=st.sampled_from("ABC"),
            minutes=st.integers(0, 60),
            away=st.lists(DAY, max_size=3).map(";".join),
            usual_coach=COACH,
            consent=st.sampled_from(["yes", "no"]),
        ),
        "remove_referral",
        ("referral_id",),
    ),
    "add_pin": (op("add_pin", coach_id=COACH, session_id=SESSION), "remove_pin", ("coach_id", "session_id")),
}
SET = st.one_of(
    op(
        "set",
        table=st.just("coaches"),
        id=COACH,
        field=st.sampled_from(["skills", "max_sessions_week", "base_lat"]),
        value=NUMBER,
    ),
    op(
        "set",
        table=st.just("sites"),
        id=SITE,
        field=st.sampled_from(["min_sessions", "max_sessions"]),
        value=NUMBER,
    ),
    op("set", table=st.just("sessions"), id=SESSION, field=st.sampled_from(["start", "end"]), value=START),
    op("set", table=st.just("referrals"), id=REFERRAL, field=st.just("away"), value=st.lists(DAY, max_size=3)),
    op("set_policy", field=st.sampled_from(["notice_days", "budget_pounds"]), value=NUMBER),
    op("set_price", field=st.sampled_from(["late", "waiting.A"]), value=NUMBER),
    op("scale_demand", factor=st.floats(0, 3), seed=st.integers(0, 9)),
)
REMOVE = st.one_of(
    op("remove_session", session_id=SESSION),
    op("remove_room", room_id=ROOM),
    op("remove_coach", coach_id=COACH),
    op("remove_referral", referral_id=REFERRAL),
    op("remove_booking", booking_id=BOOKING),
    op("remove_pin", coach_id=COACH, session_id=SESSION),
    op("remove_leave", coach_id=COACH, first_day=st.sampled_from(["2027-03-09", "2027-03-15"])),
    op("remove_hours", coach_id=COACH, weekday=WEEKDAY, start=st.just("09:30")),
)
EDIT = st.one_of(SET, REMOVE, *(strategy for strategy, _, _ in ADDED.values()))


def outcome(instance: Instance, *edits: object) -> Instance | str:
    """The instance that comes of edits, or what is said where they are refused."""
    try:
        return edited(instance, *edits)
    except EditError as refused:
        return str(refused)


@RUNS
@given(st.lists(EDIT, max_size=5))
def test_edits_give_an_instance_without_faults_or_nothing_and_the_one_given_stays(edits: list[dict[str, Any]]) -> None:
    after = outcome(REGION, *edits)
    assert REGION.model_dump_json() == AS_IT_WAS
    if isinstance(after, str):
        assert after.startswith("Edit ")
    else:
        assert faults_of(after) == []
        assert after.published == REGION.published
        assert Instance.model_validate(after.model_dump()) == after


@RUNS
@given(st.lists(EDIT, max_size=2), st.lists(EDIT, max_size=2))
def test_edits_made_in_two_parts_give_what_they_give_in_one(
    first: list[dict[str, Any]], then: list[dict[str, Any]]
) -> None:
    between = outcome(REGION, *first)
    if not isinstance(between, str):
        in_two, in_one = outcome(between, *then), outcome(REGION, *first, *then)
        assert in_two == in_one or (isinstance(in_two, str) and isinstance(in_one, str))


@RUNS
@pytest.mark.parametrize("name", ADDED)
@given(data=st.data())
def test_to_add_and_then_to_remove_is_nothing(name: str, data: st.DataObject) -> None:
    strategy, removing, ids = ADDED[name]
    add = data.draw(strategy)
    if not isinstance(outcome(REGION, add), str):
        remove = {"op": removing} | {field: add[field] for field in ids}
        assert edited(REGION, add, remove) == REGION


@RUNS
@given(st.lists(EDIT, max_size=4))
def test_edits_are_written_as_json_that_reads_back_the_same(edits: list[dict[str, Any]]) -> None:
    parsed = parse_edits(json.dumps([edit for edit in edits if "Edit 1" not in str(_refusal(json.dumps([edit])))]))
    assert parse_edits(edits_to_json(parsed)) == parsed


@RUNS
@given(
    st.text(max_size=40)
    | st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=9), st.lists).map(json.dumps)
)
def test_whatever_text_is_read_gives_edits_or_an_error_of_edits(text: str) -> None:
    refused = _refusal(text)
    assert parse_edits(text) == () if refused is None else refused.says and refused.do


def _refusal(text: str) -> EditError | None:
    try:
        parse_edits(text)
    except EditError as refused:
        return refused
    return None


@RUNS
@given(
    st.sampled_from(["add_session", "set", "set_price", "scale_demand", "remove_leave", "add_coach"]),
    st.dictionaries(
        st.sampled_from(
            ["session_id", "table", "id", "field", "value", "factor", "seed", "coach_id", "first_day", "like"]
        ),
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=5)
        | st.lists(st.integers())
        | st.just({}),
    ),
)
def test_whatever_the_fields_hold_an_edit_is_read_or_refused(name: str, fields: dict[str, Any]) -> None:
    after = outcome(REGION, {"op": name} | fields)
    assert after.startswith("Edit 1") if isinstance(after, str) else faults_of(after) == []
