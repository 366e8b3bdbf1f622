"""One wrong cell is one fault: where, which value, what is wrong and what to do, and nothing that follows from it."""

from dataclasses import dataclass

import pytest

from tests.files.folder import Folder


@dataclass(frozen=True)
class Case:
    """A cell that is given another text, and what is said of it; ``shown`` is the value where it differs."""

    file: str
    row: int
    column: str
    value: str
    says: str
    do: str = ""
    shown: str | None = ""

    def __str__(self) -> str:
        return f"{self.file} row {self.row} {self.column} {self.value[:20]!r}"


WHOLE = "this must be a whole number"
NUMBER = "this must be a number"
NEGATIVE = "this may not be negative"
EMPTY = "this may not be empty"
FORM_OF_DATES = "dates are YYYY-MM-DD"
NO_SUCH_DAY = "there is no such day"
FORM_OF_TIMES = "times are HH:MM, for example 08:30"
NO_SUCH_TIME = "there is no such time"
WORDS = "these must be single words of letters, digits, _ and -"
NEEDS = "every need starts with coach:, room: or interpreter:"
WEEKDAYS = "this must be mon, tue, wed, thu, fri, sat or sun"
KINDS = "this must be surgery, library, community_centre, faith, jobcentre or other"
LARGE = "this is more than 1,000,000"

CASES = [
    # dates
    Case("sessions.csv", 2, "date", "2027-02-30", NO_SUCH_DAY, "Give a day that is in the calendar, as YYYY-MM-DD."),
    Case("sessions.csv", 2, "date", "2027-13-01", NO_SUCH_DAY),
    Case("sessions.csv", 2, "date", "0000-01-01", NO_SUCH_DAY),
    Case("sessions.csv", 2, "date", "03/04/2027", FORM_OF_DATES, "If you mean 3 April 2027, write 2027-04-03."),
    Case("sessions.csv", 2, "date", "31.12.2027", FORM_OF_DATES, "If you mean 31 December 2027, write 2027-12-31."),
    Case(
        "sessions.csv", 2, "date", "31/02/2027", FORM_OF_DATES, "Write the day as YYYY-MM-DD, for example 2027-03-09."
    ),
    Case("sessions.csv", 2, "date", "2027-3-1", FORM_OF_DATES),
    Case("sessions.csv", 2, "date", "20270301", FORM_OF_DATES),
    Case("sessions.csv", 2, "date", "2027-W09-1", FORM_OF_DATES),
    Case("sessions.csv", 2, "date", "1 March 2027", FORM_OF_DATES),
    Case("sessions.csv", 2, "date", "2027-03-01T00:00", FORM_OF_DATES),
    Case("sessions.csv", 2, "date", "46082", FORM_OF_DATES),
    Case("sessions.csv", 2, "date", "\u0662\u0660\u0662\u0667-03-01", FORM_OF_DATES),
    Case("interpreters.csv", 2, "date", "soon", FORM_OF_DATES),
    Case("leave.csv", 2, "first_day", "2027-02-29", NO_SUCH_DAY),
    Case("leave.csv", 2, "last_day", "end of March", FORM_OF_DATES),
    Case("referrals.csv", 2, "referred_on", "2027-1-1", FORM_OF_DATES),
    Case("referrals.csv", 2, "see_by", "ASAP", FORM_OF_DATES),
    Case("referrals.csv", 2, "referred_on", "0227-02-01", "the year is not between 2000 and 2100", "Check the year."),
    Case("referrals.csv", 2, "away", "2027-03-05;2027-03-5x", f"one of the dates cannot be read: {FORM_OF_DATES}"),
    Case("referrals.csv", 2, "away", "2027-03-05;2027-03-32", f"one of the dates cannot be read: {NO_SUCH_DAY}"),
    Case("referrals.csv", 2, "away", "2027-03-05,2027-03-06", f"one of the dates cannot be read: {FORM_OF_DATES}"),
    # times
    Case("sessions.csv", 2, "start", "25:10", NO_SUCH_TIME),
    Case("sessions.csv", 2, "end", "24:00", NO_SUCH_TIME),
    Case("sessions.csv", 2, "end", "11:60", NO_SUCH_TIME),
    Case("sessions.csv", 2, "start", "9:00", FORM_OF_TIMES),
    Case("sessions.csv", 2, "start", "09:00:00", FORM_OF_TIMES),
    Case("sessions.csv", 2, "start", "9am", FORM_OF_TIMES),
    Case("sessions.csv", 2, "start", "540", FORM_OF_TIMES),
    Case("hours.csv", 5, "start", "0900", FORM_OF_TIMES),
    Case("hours.csv", 5, "end", "5.30pm", FORM_OF_TIMES),
    Case("interpreters.csv", 2, "end", "17.00", FORM_OF_TIMES),
    # numbers
    Case("coaches.csv", 2, "max_sessions_week", "six", WHOLE, "Write digits only, for example 30."),
    Case("coaches.csv", 2, "max_sessions_day", "2.5", WHOLE),
    Case("coaches.csv", 2, "max_sessions_month", "1_000", WHOLE),
    Case("coaches.csv", 2, "max_sessions_month", "1e3", WHOLE),
    Case("coaches.csv", 2, "max_travel_minutes_day", "-1", NEGATIVE, "Give 0 or more."),
    Case("coaches.csv", 2, "max_travel_minutes_day", "90 minutes", WHOLE),
    Case("coaches.csv", 2, "base_lat", "north", NUMBER),
    Case("coaches.csv", 2, "base_lat", "-91", "a latitude lies between -90 and 90"),
    Case("coaches.csv", 2, "base_lon", "180.01", "a longitude lies between -180 and 180"),
    Case("coaches.csv", 2, "base_lat", "nan", NUMBER),
    Case("coaches.csv", 2, "base_lat", "inf", NUMBER),
    Case("sites.csv", 2, "lat", "151.5", "a latitude lies between -90 and 90"),
    Case("sites.csv", 2, "lon", "-0,09", NUMBER),
    Case("sites.csv", 2, "lon", "-181", "a longitude lies between -180 and 180"),
    Case("sites.csv", 2, "min_sessions", "one", WHOLE),
    Case("sites.csv", 2, "max_sessions", "-4", NEGATIVE),
    Case("sites.csv", 2, "hire_pounds", "\u00a312", NUMBER),
    Case("sites.csv", 2, "hire_pounds", "-12.50", NEGATIVE),
    Case("sites.csv", 2, "hire_pounds", "1e400", NUMBER),
    Case("interpreters.csv", 2, "fee_pounds", "free", NUMBER),
    Case("interpreters.csv", 2, "fee_pounds", "-1", NEGATIVE),
    Case("referrals.csv", 2, "minutes", "0", "this must be more than 0", "Give a larger number."),
    Case("referrals.csv", 2, "minutes", "-40", "this must be more than 0"),
    Case("referrals.csv", 2, "minutes", "an hour", WHOLE),
    Case("referrals.csv", 2, "count", "0", "this must be more than 0"),
    Case("referrals.csv", 2, "count", "two", WHOLE),
    Case("referrals.csv", 2, "count", "99999999", LARGE, "Check the number."),
    Case("travel.csv", 2, "minutes", "-5", NEGATIVE),
    Case("travel.csv", 2, "minutes", "12.5", WHOLE),
    Case("travel.csv", 2, "minutes", "10000000", LARGE),
    # words
    Case("hours.csv", 5, "weekday", "weds", WEEKDAYS, "Use one of these, written exactly so."),
    Case("hours.csv", 5, "weekday", "Mon", WEEKDAYS),
    Case("hours.csv", 5, "weekday", "1", WEEKDAYS),
    Case("sites.csv", 2, "kind", "pub", KINDS),
    Case("referrals.csv", 2, "band", "D", "this must be A, B or C"),
    Case("referrals.csv", 2, "band", "a", "this must be A, B or C"),
    Case("referrals.csv", 2, "consent", "maybe", "this must be yes or no"),
    Case("referrals.csv", 2, "consent", "Y", "this must be yes or no"),
    Case("coaches.csv", 2, "skills", "speaks welsh", WORDS),
    Case("coaches.csv", 2, "skills", "welsh, woman", WORDS),
    Case("sites.csv", 2, "features", "step free", WORDS),
    Case("rooms.csv", 2, "features", "room:quiet", WORDS),
    Case("interpreters.csv", 2, "skill", "sign language", WORDS),
    Case("interpreters.csv", 2, "skill", "interpreter:bsl", WORDS),
    Case("referrals.csv", 2, "needs", "welsh", NEEDS),
    Case("referrals.csv", 2, "needs", "coach:", NEEDS),
    Case("referrals.csv", 2, "needs", "Coach:welsh", NEEDS),
    Case("referrals.csv", 2, "needs", "skill:welsh", NEEDS),
    Case("referrals.csv", 2, "needs", "coach:welsh;room: step_free", NEEDS),
    Case("sites.csv", 2, "name", "Bridge\x07Surgery", "this holds a character that cannot be seen"),
    # what may not be empty
    Case("coaches.csv", 3, "base_lat", "", EMPTY, shown=None),
    Case("coaches.csv", 3, "base_lon", "", EMPTY, shown=None),
    Case("hours.csv", 2, "coach_id", "", EMPTY, shown=None),
    Case("hours.csv", 2, "weekday", "", EMPTY, shown=None),
    Case("hours.csv", 2, "start", "", EMPTY, shown=None),
    Case("hours.csv", 2, "end", " ", EMPTY, shown=None),
    Case("leave.csv", 2, "last_day", "", EMPTY, shown=None),
    Case("sites.csv", 2, "name", "", EMPTY, shown=None),
    Case("sites.csv", 2, "kind", "", EMPTY, shown=None),
    Case("practices.csv", 2, "name", "", EMPTY, shown=None),
    Case("practices.csv", 2, "site_id", "", EMPTY, shown=None),
    Case("rooms.csv", 2, "site_id", "", EMPTY, shown=None),
    Case("sessions.csv", 2, "session_id", "", EMPTY, shown=None),
    Case("sessions.csv", 2, "room_id", "", EMPTY, shown=None),
    Case("sessions.csv", 2, "date", "", EMPTY, shown=None),
    Case("referrals.csv", 2, "referral_id", "", EMPTY, shown=None),
    Case("referrals.csv", 2, "practice_id", "", EMPTY, shown=None),
    Case("referrals.csv", 2, "referred_on", "", EMPTY, shown=None),
    Case("referrals.csv", 2, "band", "", EMPTY, shown=None),
    Case("referrals.csv", 2, "minutes", "", EMPTY, shown=None),
    Case("referrals.csv", 2, "consent", "", EMPTY, shown=None),
    Case("interpreters.csv", 2, "skill", "", EMPTY, shown=None),
    Case("travel.csv", 2, "minutes", "", EMPTY, shown=None),
    Case("pins.csv", 2, "session_id", "", EMPTY, shown=None),
    # ids
    Case("referrals.csv", 2, "referral_id", "R1;R2", "an id has no semicolon, no line break and no space around it"),
    Case("referrals.csv", 2, "referral_id", "R1\nR2", "an id has no semicolon, no line break and no space around it"),
    Case("referrals.csv", 2, "referral_id", "R" * 81, "this is longer than 80 characters", shown="R" * 60 + "..."),
]


def test_the_folder_of_these_tests_has_no_faults(folder: Folder) -> None:
    reading = folder.read()
    assert reading.faults == ()
    assert reading.instance is not None


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_wrong_cell_is_one_fault(folder: Folder, case: Case) -> None:
    fault = folder.cell(case.file, case.row, case.column, case.value).only_fault()
    assert (fault.file, fault.row, fault.column) == (case.file, case.row, case.column)
    assert fault.value == (case.value if case.shown == "" else case.shown)
    assert fault.says == case.says
    assert fault.do.endswith(case.do)
    assert fault.do


def test_an_empty_cell_takes_the_default(folder: Folder) -> None:
    instance = folder.read().valid()
    assert instance.people["R3"].count == 1
    assert instance.booking["B2"].fee_pounds == 0
    assert instance.coach["C2"].max_sessions_day is None
    assert instance.coach["C2"].skills == ()


def test_cells_are_read_without_the_spaces_around_them(folder: Folder) -> None:
    folder.cell("referrals.csv", 2, "needs", " coach:welsh ; room:step_free; ").cell("hours.csv", 2, "coach_id", " C1 ")
    instance = folder.read().valid()
    assert instance.people["R1"].needs == ("coach:welsh", "room:step_free")
    assert instance.hours[0].coach_id == "C1"


def test_a_whole_number_may_have_a_point_and_zeros(folder: Folder) -> None:
    assert folder.cell("coaches.csv", 2, "max_sessions_day", "3.0").read().valid().coach["C1"].max_sessions_day == 3


def test_an_id_keeps_its_zeros(folder: Folder) -> None:
    folder.cell("rooms.csv", 2, "room_id", "001")
    folder.cell("sessions.csv", 2, "room_id", "001").cell("sessions.csv", 3, "room_id", "001")
    assert "001" in folder.read().valid().room


def test_every_fault_of_one_row_is_told(folder: Folder) -> None:
    folder.put("sessions.csv", "session_id,room_id,date,start,end\nS2,M9,2027-02-30,9am,\n")
    told = [(fault.row, fault.column) for fault in folder.faults()]
    assert told == [(2, "date"), (2, "start"), (2, "end"), (2, "room_id")]
