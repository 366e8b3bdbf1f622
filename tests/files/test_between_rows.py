"""Faults between rows: references, duplicates, order, overlaps; in files and in instances."""

import pytest

from roster.domain import Hours, Leave, Pin, Session, TravelRow
from roster.validity import faults_of
from tests.files.folder import Folder

REFERENCES = [
    ("hours.csv", 5, "coach_id", "the coach is not in coaches.csv"),
    ("leave.csv", 3, "coach_id", "the coach is not in coaches.csv"),
    ("practices.csv", 3, "site_id", "the site is not in sites.csv"),
    ("rooms.csv", 3, "site_id", "the site is not in sites.csv"),
    ("sessions.csv", 4, "room_id", "the room is not in rooms.csv"),
    ("referrals.csv", 3, "practice_id", "the practice is not in practices.csv"),
    ("referrals.csv", 3, "sites", "the site is not in sites.csv"),
    ("referrals.csv", 3, "usual_coach", "the coach is not in coaches.csv"),
    ("travel.csv", 2, "from_id", "the coach or site is not in coaches.csv or sites.csv"),
    ("travel.csv", 2, "to_id", "the coach or site is not in coaches.csv or sites.csv"),
    ("pins.csv", 3, "coach_id", "the coach is not in coaches.csv"),
    ("pins.csv", 3, "session_id", "the session is not in sessions.csv"),
]


@pytest.mark.parametrize(("file", "row", "column", "says"), REFERENCES)
def test_an_id_that_is_nowhere_is_a_fault(folder: Folder, file: str, row: int, column: str, says: str) -> None:
    fault = folder.cell(file, row, column, "X9").only_fault()
    assert (fault.file, fault.row, fault.column, fault.value, fault.says) == (file, row, column, "X9", says)
    assert fault.do.startswith("Use an id of ")


def test_each_unknown_site_of_a_person_is_named(folder: Folder) -> None:
    folder.cell("referrals.csv", 3, "sites", "V1;V7;V8")
    assert [fault.value for fault in folder.faults()] == ["V7", "V8"]


def test_an_id_in_other_letters_is_a_fault_that_says_which_is_meant(folder: Folder) -> None:
    fault = folder.cell("sessions.csv", 4, "room_id", "m2").only_fault()
    assert fault.do == "rooms.csv holds M2: write it exactly so."


def test_an_id_without_its_zeros_is_a_fault_that_says_which_is_meant(folder: Folder) -> None:
    folder.cell("rooms.csv", 3, "room_id", "007")
    fault = folder.cell("sessions.csv", 4, "room_id", "7").only_fault()
    assert fault.do == "rooms.csv holds 007: write it exactly so."


@pytest.mark.parametrize(
    ("file", "row", "column"),
    [
        ("coaches.csv", 3, "coach_id"),
        ("sites.csv", 3, "site_id"),
        ("practices.csv", 3, "practice_id"),
        ("rooms.csv", 3, "room_id"),
        ("sessions.csv", 4, "session_id"),
        ("referrals.csv", 4, "referral_id"),
        ("interpreters.csv", 3, "booking_id"),
    ],
)
def test_an_id_given_twice_names_both_rows(folder: Folder, file: str, row: int, column: str) -> None:
    first = folder.text(file).splitlines()[1].split(",")[0]
    given = [fault for fault in folder.cell(file, row, column, first).faults() if "same id" in fault.says]
    assert [(f.file, f.row, f.column, f.value, f.says) for f in given] == [
        (file, row, column, first, "row 2 has the same id")
    ]


def test_an_id_given_three_times_is_two_faults(folder: Folder) -> None:
    folder.line("rooms.csv", "M1,V1,").line("rooms.csv", "M1,V1,")
    assert [(fault.row, fault.says) for fault in folder.faults()] == [
        (4, "row 2 has the same id"),
        (5, "row 2 has the same id"),
    ]


@pytest.mark.parametrize(
    ("file", "line", "row", "says"),
    [
        ("travel.csv", "C1,V1,14", 5, "row 2 has the same from_id and to_id"),
        ("pins.csv", "C1,S2", 4, "row 2 has the same coach_id and session_id"),
        ("leave.csv", "C1,2027-03-15,2027-03-16", 4, "row 2 has the same coach_id, first_day and last_day"),
    ],
)
def test_a_row_given_twice_is_a_fault(folder: Folder, file: str, line: str, row: int, says: str) -> None:
    fault = folder.line(file, line).only_fault()
    assert (fault.file, fault.row, fault.says, fault.do) == (file, row, says, "Remove one of the two rows.")


def test_travel_there_and_back_are_two_rows(folder: Folder) -> None:
    assert folder.line("travel.csv", "V2,V1,11").faults() == ()


def test_a_coach_and_a_site_of_one_id_are_told_at_both(folder: Folder) -> None:
    folder.line("sites.csv", "C2,Third,other,51,0,,,,")
    assert [(f.file, f.row, f.column, f.value, f.says) for f in folder.faults()] == [
        ("coaches.csv", 3, "coach_id", "C2", "a site has the same id: sites.csv, row 4, holds it too"),
        ("sites.csv", 4, "site_id", "C2", "a coach has the same id: coaches.csv, row 3, holds it too"),
    ]


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "says"),
    [
        ("sessions.csv", 2, "end", "08:00", "the session ends before it starts"),
        ("sessions.csv", 2, "end", "09:00", "the session ends when it starts"),
        ("hours.csv", 4, "end", "08:00", "the hours end before they start"),
        ("hours.csv", 4, "end", "09:00", "the hours end when they start"),
        ("interpreters.csv", 2, "end", "12:59", "the booking ends before it starts"),
        ("leave.csv", 2, "last_day", "2027-03-14", "the leave ends before it starts"),
    ],
)
def test_an_end_before_the_start_is_a_fault(
    folder: Folder, file: str, row: int, column: str, value: str, says: str
) -> None:
    fault = folder.cell(file, row, column, value).only_fault()
    assert (fault.file, fault.row, fault.column, fault.value, fault.says) == (file, row, column, value, says)


def test_leave_of_one_day_is_no_fault(folder: Folder) -> None:
    assert folder.cell("leave.csv", 2, "last_day", "2027-03-15").faults() == ()


def test_more_sessions_at_least_than_at_most_is_a_fault(folder: Folder) -> None:
    fault = folder.cell("sites.csv", 2, "min_sessions", "5").only_fault()
    assert (fault.row, fault.column, fault.value) == (2, "min_sessions", "5")
    assert fault.says == "the fewest sessions are more than the most"
    assert fault.do == "max_sessions is 4. Lower min_sessions or raise max_sessions."


def test_hours_that_overlap_name_both_rows(folder: Folder) -> None:
    fault = folder.cell("hours.csv", 3, "start", "11:59").only_fault()
    assert (fault.file, fault.row, fault.column) == ("hours.csv", 3, "start")
    assert fault.says == "these hours overlap those of row 2, 09:00 to 12:00"


def test_the_later_row_is_told_whichever_starts_first(folder: Folder) -> None:
    folder.cell("hours.csv", 2, "start", "13:00").cell("hours.csv", 2, "end", "14:00")
    assert folder.only_fault().row == 3


def test_hours_within_longer_hours_overlap_though_another_row_lies_between(folder: Folder) -> None:
    folder.put("hours.csv", "coach_id,weekday,start,end\nC1,wed,08:00,18:00\nC1,wed,09:00,10:00\nC1,wed,11:00,12:00\n")
    assert [(fault.row, "row 2" in fault.says) for fault in folder.faults()] == [(3, True), (4, True)]


def test_hours_of_two_coaches_or_two_days_may_overlap(folder: Folder) -> None:
    assert folder.line("hours.csv", "C2,tue,09:00,17:00").faults() == ()


def test_the_same_hours_twice_overlap(folder: Folder) -> None:
    assert folder.line("hours.csv", "C2,mon,09:00,17:00").only_fault().row == 6


# -- what follows from another fault is not told ---------------------------------------------------------------


def test_a_row_with_a_fault_is_still_known_by_its_id(folder: Folder) -> None:
    assert folder.cell("coaches.csv", 2, "base_lat", "north").only_fault().column == "base_lat"
    assert folder.cell("sites.csv", 2, "kind", "pub").faults()[-1].column == "kind"


def test_nothing_is_said_of_ids_of_a_table_that_is_missing(folder: Folder) -> None:
    (folder.path / "rooms.csv").unlink()
    assert folder.only_fault().file == "rooms.csv"


def test_nothing_is_said_of_ids_of_a_table_without_its_column_of_ids(folder: Folder) -> None:
    fault = folder.without_column("coaches.csv", "coach_id").only_fault()
    assert (fault.file, fault.row, fault.column) == ("coaches.csv", 1, "coach_id")


def test_a_row_with_one_fault_is_still_checked_for_others(folder: Folder) -> None:
    folder.cell("referrals.csv", 2, "band", "D").cell("referrals.csv", 2, "practice_id", "P9")
    assert [fault.column for fault in folder.faults()] == ["band", "practice_id"]


def test_a_session_with_a_time_that_cannot_be_read_is_not_also_out_of_order(folder: Folder) -> None:
    assert folder.cell("sessions.csv", 2, "start", "99:00").only_fault().column == "start"


# -- instances: the same checks without rows -------------------------------------------------------------------


def test_an_instance_without_faults_has_none(folder: Folder) -> None:
    assert faults_of(folder.read().valid()) == []


def test_the_faults_of_an_instance_name_the_record(folder: Folder) -> None:
    instance = folder.read().valid()
    late = Session.model_validate(
        {"session_id": "S9", "room_id": "M9", "date": "2027-03-01", "start": "12:00", "end": "09:00"}
    )
    spoilt = instance.replaced(
        sessions=(*instance.sessions, late),
        pins=(*instance.pins, Pin(coach_id="C1", session_id="S2")),
        hours=(
            *instance.hours,
            Hours.model_validate({"coach_id": "C2", "weekday": "mon", "start": "16:00", "end": "18:00"}),
        ),
        travel=(*instance.travel, TravelRow(from_id="C1", to_id="V7", minutes=3)),
    )
    assert [(fault.file, fault.row, fault.value, fault.says) for fault in faults_of(spoilt)] == [
        ("hours.csv", None, "16:00", "hours of C2 mon: these hours overlap those of another row, 09:00 to 17:00"),
        ("sessions.csv", None, "M9", "session S9: the room is not in rooms.csv"),
        ("sessions.csv", None, "09:00", "session S9: the session ends before it starts"),
        ("travel.csv", None, "V7", "travel C1 V7: the coach or site is not in coaches.csv or sites.csv"),
        ("pins.csv", None, "C1", "pin of C1 S2: another row has the same coach_id and session_id"),
    ]


def test_leave_that_was_turned_round_is_a_fault_of_an_instance(folder: Folder) -> None:
    instance = folder.read().valid()
    leave = Leave.model_validate({"coach_id": "C1", "first_day": "2027-03-20", "last_day": "2027-03-19"})
    (fault,) = faults_of(instance.replaced(leave=(leave,)))
    assert fault.says == "leave of C1 2027-03-20 2027-03-19: the leave ends before it starts"
    assert fault.do == "It starts on 2027-03-20. Give a later last day or an earlier first day."


def test_settings_that_no_calendar_can_hold_are_faults_of_an_instance(folder: Folder) -> None:
    instance = folder.read().valid()
    policy = instance.settings.policy.model_copy(update={"notice_days": 10**9})
    settings = instance.settings.model_copy(update={"policy": policy, "month": "0001-01"})
    assert [(fault.column, fault.says) for fault in faults_of(instance.replaced(settings=settings))] == [
        ("month", "this needs a year between 2000 and 2100"),
        ("policy.notice_days", "this is more than 3,650"),
    ]
