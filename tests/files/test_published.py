"""published.json: what is no roster is told; what names things that are gone is no fault."""

import json
from typing import Any

import pytest

from roster.files.published import read_published
from roster.privacy import Screen
from tests.files.folder import Folder

PUBLISHED: dict[str, Any] = {
    "schema": "roster/1",
    "instance": "A small town",
    "month": "2027-03",
    "instance_sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "outcome": "optimal",
    "objective": 8123,
    "bound": 8123,
    "costs": {"waiting": 8123},
    "visits": [{"coach_id": "C1", "session_id": "S1", "start": "09:00", "end": "12:00", "booking_ids": []}],
    "appointments": [{"referral_id": "R1", "session_id": "S1", "start": "09:00", "end": "10:00"}],
    "unseen": [{"referral_id": "R3", "count": 1, "reason": "No session that they can reach before 30 March 2027."}],
}


def publish(folder: Folder, **changes: object) -> Folder:
    return folder.put("published.json", json.dumps(PUBLISHED | changes))


def test_a_published_roster_is_read(folder: Folder) -> None:
    published = publish(folder).read().valid().published
    assert published is not None
    assert published.visits[0].start == 9 * 60
    assert published.unseen[0].referral_id == "R3"


def test_a_published_roster_may_name_what_is_gone(folder: Folder) -> None:
    visits = [{"coach_id": "C9", "session_id": "S9", "start": "09:00", "end": "12:00", "booking_ids": ["B9"]}]
    appointments = [{"referral_id": "R9", "session_id": "S9", "start": "09:00", "end": "10:00"}]
    assert publish(folder, visits=visits, appointments=appointments).faults() == ()


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [
        ("", 1, "this cannot be read as JSON"),
        ("{\n  'schema': 1}", 2, "this cannot be read as JSON"),
        ("[" * 100_000, None, "this cannot be read as JSON"),
        ("[]", None, 'this is not a roster: it has no "schema": "roster/1"'),
        ('"roster/1"', None, 'this is not a roster: it has no "schema": "roster/1"'),
        ('{"schema": "report/1"}', None, 'this is not a roster: it has no "schema": "roster/1"'),
    ],
)
def test_what_is_no_roster_is_one_fault(folder: Folder, text: str, row: int | None, says: str) -> None:
    fault = folder.put("published.json", text).only_fault()
    assert (fault.file, fault.row, fault.says) == ("published.json", row, says)
    assert fault.do == "Use the roster.json that was published, unchanged."


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"visits": [{"coach_id": "C1", "session_id": "S1", "start": "9", "end": "12:00"}]}, "visits.0.start", "times"),
        (
            {"visits": [{"coach_id": "C1", "session_id": "S1", "start": "12:00", "end": "09:00"}]},
            "visits.0.end",
            "ends",
        ),
        ({"visits": {}}, "visits", "this must be a list"),
        (
            {"appointments": [{"referral_id": "R1", "session_id": "S1", "start": "09:00"}]},
            "appointments.0.end",
            "missing",
        ),
        ({"outcome": "good"}, "outcome", "this must be optimal, feasible, "),
        ({"objective": "many"}, "objective", "this must be a whole number"),
        ({"unseen": [{"referral_id": "R1", "count": 0, "reason": ""}]}, "unseen.0.count", "more than 0"),
        ({"author": "x"}, "author", "a roster has no such entry"),
    ],
)
def test_a_wrong_entry_is_told_with_its_place(
    folder: Folder, changes: dict[str, object], column: str, says: str
) -> None:
    fault = publish(folder, **changes).only_fault()
    assert (fault.file, fault.column, fault.value) == ("published.json", column, None)
    assert says in fault.says


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"instance": "ask a.b@town.example"}, "instance", "this holds an e-mail address, which is never held"),
        (
            {"unseen": [{"referral_id": "R1", "count": 1, "reason": "ring 01632 960123"}]},
            "unseen.0.reason",
            "this holds a phone number, which is never held",
        ),
        (
            {"appointments": [{"referral_id": "999 000 0018", "session_id": "S1", "start": "09:00", "end": "10:00"}]},
            "appointments.0.referral_id",
            "this holds an NHS number, which is never held",
        ),
        (
            {"diagnosis": "x"},
            "diagnosis",
            "no such entry may be held: it would identify a person or hold a record about one",
        ),
    ],
)
def test_what_identifies_a_person_is_refused(
    folder: Folder, changes: dict[str, object], column: str, says: str
) -> None:
    fault = publish(folder, **changes).only_fault()
    assert (fault.column, fault.value, fault.says) == (column, None, says)


def test_of_what_people_were_told_the_visits_and_appointments_are_enough() -> None:
    told = b'{"schema": "roster/1", "visits": [], "appointments": []}'
    reading = read_published(told, "published.json", Screen())
    assert reading.faults == []
    assert reading.roster is not None
    whole = read_published(told, "roster.json", Screen(), whole=True)
    assert [fault.column for fault in whole.faults][:2] == ["instance", "month"]
