"""From JSON to edits and back: what is read, what is refused, and what is never repeated."""

import json
from typing import Any, get_args

import pytest

from roster.edits import OPS, AddCoach, AddSession, EditError, Set, edits_schema, edits_to_json, parse_edits
from roster.edits.parse import RECORDS
from roster.edits.records import KeyedTable
from roster.files.columns import TABLE

ADD_SESSION = {
    "op": "add_session",
    "session_id": "S9",
    "room_id": "X-1",
    "date": "2027-03-10",
    "start": "08:30",
    "end": "12:40",
}
NHS_NUMBER = "943 476 5919"


def refusal(*edits: object) -> EditError:
    """What parsing these edits says."""
    with pytest.raises(EditError) as refused:
        parse_edits(json.dumps(edits))
    return refused.value


def test_the_ops_are_those_of_the_contract() -> None:
    assert " ".join(sorted(OPS)) == (
        "add_booking add_coach add_hours add_leave add_pin add_referral add_room add_session remove_booking "
        "remove_coach remove_hours remove_leave remove_pin remove_referral remove_room remove_session scale_demand set "
        "set_policy set_price"
    )


def test_an_empty_list_holds_no_edits() -> None:
    assert parse_edits("[]") == ()


def test_a_byte_order_mark_before_the_list_is_passed_over() -> None:
    assert parse_edits("\ufeff[]") == ()


def test_an_edit_is_read_with_its_dates_and_times() -> None:
    (edit,) = parse_edits(json.dumps([ADD_SESSION]))
    assert isinstance(edit, AddSession)
    assert (edit.date.isoformat(), edit.start, edit.end) == ("2027-03-10", 510, 760)


@pytest.mark.parametrize("given", [["welsh", "bsl"], "welsh;bsl", "welsh; bsl;"])
def test_a_list_may_be_a_json_list_or_text(given: object) -> None:
    (edit,) = parse_edits(json.dumps([{"op": "add_coach", "coach_id": "C9", "like": "C1", "skills": given}]))
    assert isinstance(edit, AddCoach)
    assert edit.skills == ("welsh", "bsl")


def test_edits_are_written_with_what_was_given_and_read_back_the_same() -> None:
    written = [
        ADD_SESSION,
        {"op": "add_coach", "coach_id": "C9", "like": "C1", "skills": None, "base_lat": 51.5},
        {"op": "set", "table": "referrals", "id": "P", "field": "sites", "value": ["X", "Y"]},
        {"op": "set", "table": "referrals", "id": "P", "field": "see_by", "value": None},
        {"op": "set_price", "field": "waiting", "value": {"A": 20}},
        {"op": "set_policy", "field": "budget_pounds", "value": 80.5},
        {"op": "remove_hours", "coach_id": "C1", "weekday": "mon", "start": "00:00"},
        {"op": "scale_demand", "factor": 1.25, "seed": -3},
    ]
    edits = parse_edits(json.dumps(written))
    assert json.loads(edits_to_json(edits)) == written
    assert parse_edits(edits_to_json(edits)) == edits


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The edits: this cannot be read as JSON from line 1, character 1. Write a list of edits, for example ["),
        ('[{"op": "remove_pin",\n}]', "The edits: this cannot be read as JSON from line 2, character 1."),
        ("[" * 100_000, "The edits: this cannot be read as JSON"),
        ("[" + "9" * 5000 + "]", "The edits: this cannot be read as JSON."),
        ('{"op": "remove_pin"}', "The edits: this is not a list of edits."),
        ('[{"op": "remove_room", "room_id": "X", "room_id": "Y"}]', "The edits: in one edit a field is given twice."),
    ],
)
def test_a_text_that_is_no_list_of_edits_is_refused(text: str, says: str) -> None:
    with pytest.raises(EditError) as refused:
        parse_edits(text)
    assert str(refused.value).startswith(says)
    assert refused.value.edit_number == 0


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (3, 'Edit 2: this is not an edit. Write an edit in braces, for example {"op": "remove_session"'),
        ({}, "Edit 2: there is no op. Use add_session, remove_session, add_room,"),
        ({"op": "add_sesion"}, "Edit 2: there is no op 'add_sesion'. Use add_session, remove_session, add_room,"),
        ({"op": ["set"]}, "Edit 2: there is no op ['set']. Use add_session,"),
        (
            ADD_SESSION | {"rom": "X-1"},
            "Edit 2 (add_session): there is no field 'rom' here. The fields are session_id, room_id, date, start and ",
        ),
        (
            {k: v for k, v in ADD_SESSION.items() if k != "end"},
            "Edit 2 (add_session): end: this is missing. The time it ends, as HH:MM.",
        ),
        (ADD_SESSION | {"session_id": ""}, "Edit 2 (add_session): session_id: this may not be empty. Fill it in."),
        (ADD_SESSION | {"session_id": 5}, "Edit 2 (add_session): session_id: this must be text (5)."),
        (ADD_SESSION | {"session_id": "S" * 81}, "Edit 2 (add_session): session_id: this is longer than 80 characters"),
        (ADD_SESSION | {"start": "25:00"}, 'Edit 2 (add_session): start: there is no such time ("25:00").'),
        (ADD_SESSION | {"start": 830}, "Edit 2 (add_session): start: this must be text (830)."),
        (ADD_SESSION | {"date": {}}, "Edit 2 (add_session): date: this must be text. Write it in quotation marks."),
        (
            {"op": "add_hours", "coach_id": "C1", "weekday": "monday", "start": "08:00", "end": "09:00"},
            'Edit 2 (add_hours): weekday: this must be mon, tue, wed, thu, fri, sat or sun ("monday").',
        ),
        (
            {"op": "add_coach", "coach_id": "C9"},
            "Edit 2 (add_coach): like: this is missing. Write the id of the coach to copy from.",
        ),
        (
            {"op": "add_coach", "coach_id": "C9", "like": "C1", "max_sessions_day": True},
            "Edit 2 (add_coach): max_sessions_day: this must be a number (true).",
        ),
        (
            {"op": "add_coach", "coach_id": "C9", "like": "C1", "skills": ["welsh", 3]},
            'Edit 2 (add_coach): skills: this must be a list of texts (["welsh", 3]).',
        ),
        (
            {"op": "set", "table": "coach", "id": "C1", "field": "skills", "value": None},
            'Edit 2 (set): table: this must be a table that set knows ("coach"). Use coaches, sites, rooms,',
        ),
        (
            {"op": "set", "table": "coaches", "id": "C1", "field": "skills"},
            "Edit 2 (set): value: this is missing. Write it as in the table.",
        ),
        (
            {"op": "set", "table": "coaches", "id": "C1", "field": "skills", "value": True},
            "Edit 2 (set): value: this must be text, a number, a list of texts or null (true).",
        ),
        (
            {"op": "set_policy", "field": "see_by", "value": ["must"]},
            'Edit 2 (set_policy): value: this must be text, a number or null (["must"]).',
        ),
        (
            {"op": "set_price", "field": "waiting", "value": {"D": 1}},
            "Edit 2 (set_price): value: this must be a number, or prices for bands. Write 60, or for the field waiting",
        ),
        (
            {"op": "scale_demand", "factor": -0.5, "seed": 1},
            "Edit 2 (scale_demand): factor: this must be a number from 0 to 100 (-0.5).",
        ),
        (
            {"op": "scale_demand", "factor": float("nan"), "seed": 1},
            "Edit 2 (scale_demand): factor: this must be a number from 0 to 100 (NaN).",
        ),
        (
            {"op": "scale_demand", "factor": 2, "seed": 1.5},
            "Edit 2 (scale_demand): seed: this must be a whole number (1.5).",
        ),
    ],
)
def test_an_edit_that_cannot_be_read_is_named_with_its_number_field_and_what_to_do(edit: object, says: str) -> None:
    assert str(refusal(ADD_SESSION, edit)).startswith(says)


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "remove_referral", "referral_id": NHS_NUMBER},
        {"op": "remove_referral", "referral_id": 9434765919},
        {"op": NHS_NUMBER},
        {"op": "remove_room", NHS_NUMBER: "X"},
        {"op": "set", "table": "referrals", "id": "P", "field": NHS_NUMBER, "value": None},
        {"op": "set", "table": "referrals", "id": "P", "field": "needs", "value": ["coach:welsh", NHS_NUMBER]},
        {"op": "set_price", "field": "waiting", "value": {NHS_NUMBER: 1}},
        {"op": "add_leave", "coach_id": "C1", "first_day": "2027-03-01", "reason": NHS_NUMBER},
    ],
)
def test_a_value_that_identifies_a_person_is_refused_and_never_repeated(edit: dict[str, Any]) -> None:
    refused = refusal(edit)
    assert "never held" in str(refused)
    assert "943" not in repr(refused) + str(refused)
    assert refused.__cause__ is None
    assert refused.__suppress_context__


def test_a_postcode_is_refused_in_a_referral_and_allowed_in_the_name_of_a_site() -> None:
    site = {"op": "set", "table": "sites", "id": "X", "field": "name", "value": "Hall, SW1A 1AA"}
    assert isinstance(parse_edits(json.dumps([site]))[0], Set)
    for edit in (
        {"op": "set", "table": "referrals", "id": "P", "field": "needs", "value": "SW1A 1AA"},
        {"op": "add_referral", "referral_id": "SW1A 1AA"},
    ):
        refused = refusal(edit)
        assert "this holds a full postcode, which is never held. Remove it." in str(refused)
        assert "1AA" not in str(refused)


@pytest.mark.parametrize("field", ["reason", "diagnosis", "date_of_birth"])
def test_a_field_that_would_hold_what_is_never_held_is_refused_without_its_value(field: str) -> None:
    leave = {"op": "add_leave", "coach_id": "C1", "first_day": "2027-03-01", "last_day": "2027-03-01", field: "flu"}
    says = f"Edit 1 (add_leave): {field}: no such field may be held: it would identify a person"
    assert str(refusal(leave)).startswith(says)
    assert "flu" not in str(refusal(leave))


def test_the_schema_has_every_op_with_its_fields_and_requires_the_op() -> None:
    schema = edits_schema()
    shapes = {
        shape["properties"]["op"]["const"]: shape for name, shape in schema["$defs"].items() if name != "BandPrices"
    }
    assert set(shapes) == set(OPS)
    assert all(shape["required"][0] == "op" and not shape["additionalProperties"] for shape in shapes.values())
    assert shapes["add_pin"]["required"] == ["op", "coach_id", "session_id"]
    needs = shapes["add_referral"]["properties"]["needs"]["anyOf"]
    assert [way["type"] for way in needs] == ["array", "string", "null"]
    assert shapes["set"]["properties"]["table"]["enum"] == list(get_args(KeyedTable))


def test_the_schema_is_the_same_text_every_time_and_describes_every_op() -> None:
    schema = edits_schema()
    assert json.dumps(schema) == json.dumps(edits_schema())
    assert all(shape["description"] for shape in schema["$defs"].values())


@pytest.mark.parametrize("op", [op for op in OPS if op.startswith("add_")])
def test_what_adds_a_row_has_the_columns_of_its_table(op: str) -> None:
    record = RECORDS[op]
    assert record.columns_of is not None
    assert set(record.model_fields) - {"op", "like"} == set(TABLE[record.columns_of].column)
