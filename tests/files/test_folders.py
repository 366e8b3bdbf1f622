"""Faults of files as such: missing, not text, headers, rows that do not fit; and what is no fault."""

from pathlib import Path

import pytest

from roster.fault import Fault, InvalidInput
from roster.files import read
from tests.files.folder import GOOD, Folder

REQUIRED = ["coaches", "hours", "sites", "practices", "rooms", "sessions", "referrals"]
OPTIONAL = ["leave", "interpreters", "travel", "pins"]
MISSING_COLUMN = "the column is missing"
UNKNOWN_COLUMN = "there is no such column in this table"


def where(fault: Fault) -> tuple[str, int | None, str | None]:
    return fault.file, fault.row, fault.column


# -- whole files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", REQUIRED)
def test_a_table_that_must_be_there_is_missed(folder: Folder, table: str) -> None:
    (folder.path / f"{table}.csv").unlink()
    fault = folder.only_fault()
    assert (where(fault), fault.says) == ((f"{table}.csv", None, None), "the file is missing")
    assert fault.do.startswith(f"Add {table}.csv with the columns ")


@pytest.mark.parametrize("table", OPTIONAL)
def test_a_table_that_may_be_missing_is_not_missed(folder: Folder, table: str) -> None:
    (folder.path / f"{table}.csv").unlink()
    assert folder.read().valid().model_dump()[table] == ()


def test_settings_are_missed(folder: Folder) -> None:
    (folder.path / "settings.toml").unlink()
    fault = folder.only_fault()
    assert (where(fault), fault.says) == (("settings.toml", None, None), "the file is missing")


def test_a_file_in_other_letters_is_named(folder: Folder) -> None:
    (folder.path / "rooms.csv").rename(folder.path / "Rooms.CSV")
    assert folder.only_fault().do == "Rename Rooms.CSV to rooms.csv."


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (fault,) = read(tmp_path / "nowhere").faults
    assert (fault.file, fault.says) == ("nowhere", "there is no such folder or workbook")


def test_a_file_that_is_no_workbook_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "town.txt").write_text("hello")
    (fault,) = read(tmp_path / "town.txt").faults
    assert (fault.file, fault.says) == ("town.txt", "this is neither a folder nor a workbook")


def test_an_empty_folder_misses_settings_and_seven_tables(tmp_path: Path) -> None:
    assert [fault.file for fault in read(tmp_path).faults] == ["settings.toml", *(f"{name}.csv" for name in REQUIRED)]


def test_a_folder_in_the_place_of_a_file_is_a_fault(folder: Folder) -> None:
    (folder.path / "pins.csv").unlink()
    (folder.path / "pins.csv").mkdir()
    assert folder.only_fault().says == "the file cannot be opened"


def test_another_csv_file_is_not_read_and_that_is_told(folder: Folder) -> None:
    folder.put("leaves.csv", "coach_id\nC1\n")
    reading = folder.read()
    assert reading.faults == ()
    (notice,) = reading.notices
    assert (notice.file, notice.says) == ("leaves.csv", "This is not one of the tables and was not read.")
    assert notice.do.startswith("If it should be, give it one of these names: coaches.csv, hours.csv, ")


def test_a_file_that_is_not_utf8_is_told_with_its_row(folder: Folder) -> None:
    fault = folder.put("practices.csv", GOOD["practices.csv"].replace("Old", "Öld").encode("latin-1")).only_fault()
    assert where(fault) == ("practices.csv", 3, None)
    assert fault.says == "the file is not UTF-8 text: it seems to be Windows or Latin-1 text"
    assert fault.do == "Save it again as UTF-8. In Excel: Save As, CSV UTF-8 (comma delimited)."


def test_other_faults_of_a_file_that_is_not_utf8_are_told_as_well(folder: Folder) -> None:
    text = GOOD["practices.csv"].replace("Old", "Öld").replace("V2", "V9")
    folder.put("practices.csv", text.encode("cp1252"))
    assert [where(fault) for fault in folder.faults()] == [("practices.csv", 3, None), ("practices.csv", 3, "site_id")]


def test_a_byte_that_is_no_character_anywhere_does_not_hide_the_rest(folder: Folder) -> None:
    folder.put("rooms.csv", b"room_id,site_id,features\nM1,V1,qu\x81iet\nM2,V2,\n")
    assert where(folder.only_fault()) == ("rooms.csv", 2, None)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_file_in_utf16_is_told(folder: Folder, encoding: str) -> None:
    fault = folder.put("rooms.csv", GOOD["rooms.csv"].encode(encoding)).only_fault()
    assert where(fault)[0] == "rooms.csv"
    assert "not UTF-8 text" in fault.says


def test_a_mark_of_utf8_at_the_start_is_no_fault(folder: Folder) -> None:
    assert folder.put("rooms.csv", GOOD["rooms.csv"].encode("utf-8-sig")).faults() == ()


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_other_line_endings_are_no_fault(folder: Folder, ending: str) -> None:
    assert folder.put("rooms.csv", GOOD["rooms.csv"].replace("\n", ending)).faults() == ()


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", ",,\n"])
def test_a_file_without_a_header_is_told_once(folder: Folder, text: str) -> None:
    fault = folder.put("rooms.csv", text).only_fault()
    assert where(fault) == ("rooms.csv", 1, None)
    assert fault.says in ("there is nothing in it", "there is no header")
    assert fault.do == "Write the names of the columns in row 1: room_id, site_id, features."


@pytest.mark.parametrize(("separator", "called"), [(";", "semicolons"), ("\t", "tabs")])
def test_columns_separated_otherwise_are_told_once(folder: Folder, separator: str, called: str) -> None:
    fault = folder.put("sessions.csv", GOOD["sessions.csv"].replace(",", separator)).only_fault()
    assert where(fault) == ("sessions.csv", 1, None)
    assert fault.says == f"the columns are separated by {called}, not by commas"


def test_a_quotation_mark_that_never_closes_is_told_with_its_row(folder: Folder) -> None:
    fault = folder.swap("practices.csv", 'Old and New"', "Old and New").only_fault()
    assert where(fault) == ("practices.csv", 3, None)
    assert fault.says.startswith("the quotation marks in this row do not match")


# -- headers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("coaches.csv", "base_lat"),
        ("hours.csv", "weekday"),
        ("leave.csv", "last_day"),
        ("sites.csv", "kind"),
        ("practices.csv", "name"),
        ("rooms.csv", "site_id"),
        ("sessions.csv", "start"),
        ("referrals.csv", "consent"),
        ("interpreters.csv", "skill"),
        ("travel.csv", "minutes"),
        ("pins.csv", "coach_id"),
    ],
)
def test_a_column_that_must_be_there_is_missed_once(folder: Folder, file: str, column: str) -> None:
    fault = folder.without_column(file, column).only_fault()
    assert (where(fault), fault.says) == ((file, 1, column), MISSING_COLUMN)
    assert fault.do.startswith(f"Add a column {column}. ")


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("coaches.csv", "skills"),
        ("coaches.csv", "max_travel_minutes_day"),
        ("sites.csv", "features"),
        ("sites.csv", "hire_pounds"),
        ("rooms.csv", "features"),
        ("referrals.csv", "see_by"),
        ("referrals.csv", "count"),
        ("interpreters.csv", "fee_pounds"),
    ],
)
def test_a_column_that_may_be_empty_may_be_missing(folder: Folder, file: str, column: str) -> None:
    assert folder.without_column(file, column).faults() == ()


def test_a_column_that_is_not_in_the_table_is_refused(folder: Folder) -> None:
    fault = folder.column("rooms.csv", "floor", "1", "2").only_fault()
    assert (where(fault), fault.says) == (("rooms.csv", 1, "floor"), UNKNOWN_COLUMN)
    assert fault.do == "Remove it. The columns are room_id, site_id, features."


def test_a_column_in_other_letters_is_both_unknown_and_missing(folder: Folder) -> None:
    folder.swap("sessions.csv", "date", "Date")
    assert [(where(fault), fault.says) for fault in folder.faults()] == [
        (("sessions.csv", 1, "Date"), UNKNOWN_COLUMN),
        (("sessions.csv", 1, "date"), MISSING_COLUMN),
    ]


def test_a_column_given_twice_is_told(folder: Folder) -> None:
    fault = folder.column("rooms.csv", "site_id", "V9").only_fault()
    assert (where(fault), fault.says) == (("rooms.csv", 1, "site_id"), "there are two columns of this name")


def test_a_column_without_a_name_is_told_where_it_holds_anything(folder: Folder) -> None:
    folder.put("rooms.csv", "room_id,,site_id\nM1,,V1\nM2,,V2\n")
    assert folder.faults() == ()
    fault = folder.put("rooms.csv", "room_id,,site_id\nM1,,V1\nM2,big,V2\n").only_fault()
    assert (where(fault), fault.says) == (("rooms.csv", 1, "column 2"), "a column has no name in row 1")


def test_columns_may_stand_in_any_order(folder: Folder) -> None:
    assert folder.put("rooms.csv", "features,site_id,room_id\nquiet,V1,M1\n,V2,M2\n").faults() == ()


# -- rows -----------------------------------------------------------------------------------------------------


def test_a_row_that_is_too_long_is_told_and_not_read(folder: Folder) -> None:
    fault = folder.swap("sites.csv", "Market Library,", "Market Library, Upstairs,").only_fault()
    assert where(fault) == ("sites.csv", 3, None)
    assert fault.says == "the row has 10 cells and the header has 9"
    assert fault.do == 'If a comma belongs to the text of a cell, put " before and after that cell.'


def test_a_row_that_is_too_short_is_told_at_the_first_column_it_misses(folder: Folder) -> None:
    fault = folder.swap("sessions.csv", "S3,M2,2027-03-09,09:00,17:00", "S3,M2,2027-03-09").only_fault()
    assert where(fault) == ("sessions.csv", 4, "start")
    assert fault.says == "the row stops early: it has 3 cells and the header has 5"


def test_empty_rows_and_empty_cells_at_the_end_are_no_fault(folder: Folder) -> None:
    folder.put("rooms.csv", "room_id,site_id,features,,\n\nM1,V1,quiet,,\n,,,,\nM2,V2,,,,,\n\n")
    assert len(folder.read().valid().rooms) == 2


def test_rows_are_counted_as_a_spreadsheet_does(folder: Folder) -> None:
    folder.put("practices.csv", 'practice_id,name,site_id\n\nP1,"two\nlines",V1\n\nP2,Market,V9\n')
    assert where(folder.only_fault()) == ("practices.csv", 5, "site_id")


def test_a_name_may_hold_commas_and_quotation_marks(folder: Folder) -> None:
    folder.cell("practices.csv", 3, "name", 'The "Market", Old')
    assert folder.read().valid().practice["P2"].name == 'The "Market", Old'


# -- all at once ----------------------------------------------------------------------------------------------


def test_every_fault_is_told_in_one_pass_file_by_file_and_row_by_row(folder: Folder) -> None:
    folder.swap("settings.toml", "notice_days = 5", "notice_days = -5")
    folder.cell("sessions.csv", 4, "room_id", "M9").cell("sessions.csv", 2, "date", "soon")
    folder.cell("coaches.csv", 3, "base_lat", "").column("rooms.csv", "floor", "1")
    (folder.path / "practices.csv").unlink()
    assert [where(fault) for fault in folder.faults()] == [
        ("settings.toml", 7, "policy.notice_days"),
        ("coaches.csv", 3, "base_lat"),
        ("practices.csv", None, None),
        ("rooms.csv", 1, "floor"),
        ("sessions.csv", 2, "date"),
        ("sessions.csv", 4, "room_id"),
    ]


def test_an_input_with_faults_raises_all_of_them_where_an_instance_is_asked_for(folder: Folder) -> None:
    folder.cell("sessions.csv", 2, "date", "soon").cell("rooms.csv", 3, "site_id", "V9")
    with pytest.raises(InvalidInput) as raised:
        folder.read().valid()
    assert str(raised.value) == (
        "rooms.csv, row 3, site_id: the site is not in sites.csv ('V9'). "
        "Use an id of sites.csv, or add the site there.\n"
        "sessions.csv, row 2, date: dates are YYYY-MM-DD ('soon'). Write the day as YYYY-MM-DD, for example 2027-03-09."
    )
    assert len(raised.value.faults) == 2
