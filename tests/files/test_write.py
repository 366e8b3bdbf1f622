"""What is written reads back as the same instance; nothing is overwritten, and nothing is left half written."""

import csv
import json
import tempfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from python_calamine import load_workbook

from roster.files import read, write_folder, write_text, write_workbook
from roster.files.columns import TABLES
from roster.instance import Instance
from tests.files.folder import Folder
from tests.files.instances import instances
from tests.files.test_published import publish

Content = dict[str, list[list[Any]]]
FEW = hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)


@FEW
@given(instances())
def test_a_folder_reads_back_as_the_instance_that_was_written(instance: Instance) -> None:
    with tempfile.TemporaryDirectory() as directory:
        write_folder(instance, Path(directory) / "town")
        reading = read(Path(directory) / "town")
    assert reading.faults == ()
    assert reading.instance == instance


@FEW
@given(instances())
def test_a_workbook_reads_back_as_the_instance_that_was_written(instance: Instance) -> None:
    with tempfile.TemporaryDirectory() as directory:
        write_workbook(instance, Path(directory) / "town.xlsx")
        reading = read(Path(directory) / "town.xlsx")
    assert reading.faults == ()
    assert reading.instance == instance
    assert reading.instance is not None
    assert reading.instance.sha256 == instance.sha256


def test_the_published_roster_is_written_with_its_instance(folder: Folder, tmp_path: Path) -> None:
    instance = publish(folder).read().valid()
    write_folder(instance, tmp_path / "copy")
    write_workbook(instance, tmp_path / "copy.xlsx")
    assert instance.published is not None
    assert read(tmp_path / "copy").instance == instance
    assert read(tmp_path / "copy.xlsx").instance == instance


def test_every_table_is_written_with_the_contracts_columns(folder: Folder, tmp_path: Path) -> None:
    write_folder(folder.read().valid(), tmp_path / "copy")
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == sorted(
        path.name for path in folder.path.iterdir()
    )
    for table in TABLES:
        header = (tmp_path / "copy" / f"{table.name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert header == ",".join(table.header)


def test_a_cell_that_a_spreadsheet_would_run_is_written_with_an_apostrophe(folder: Folder, tmp_path: Path) -> None:
    names = ["=1+1", "+44", "-x", "@SUM(A1)", "'=1", "'plain"]
    folder.put("practices.csv", "practice_id,name,site_id\nP1,x,V1\nP2,x,V1\n")
    instance = folder.read().valid()
    practice = instance.practices[0]
    more = [practice.model_copy(update={"practice_id": f"Q{n}", "name": name}) for n, name in enumerate(names)]
    instance = instance.replaced(practices=(*instance.practices, *more))
    write_folder(instance, tmp_path / "copy")
    with (tmp_path / "copy" / "practices.csv").open(encoding="utf-8", newline="") as lines:
        written = [row[1] for row in csv.reader(lines)][3:]
    assert written == ["'=1+1", "'+44", "'-x", "'@SUM(A1)", "''=1", "'plain"]
    assert read(tmp_path / "copy").instance == instance


def test_numbers_below_zero_are_written_as_numbers(folder: Folder, tmp_path: Path) -> None:
    write_folder(folder.read().valid(), tmp_path / "copy")
    assert "51.54,-0.09,step_free" in (tmp_path / "copy" / "sites.csv").read_text(encoding="utf-8")


def test_a_folder_that_holds_anything_is_not_overwritten(folder: Folder, tmp_path: Path) -> None:
    instance = folder.read().valid()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(
        FileExistsError, match=r"^full is there already and is not an empty folder\. Give the name of a new"
    ):
        write_folder(instance, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    with pytest.raises(FileExistsError):
        write_folder(instance, tmp_path / "full" / "mine.txt")


def test_an_empty_folder_and_folders_above_are_used_or_made(folder: Folder, tmp_path: Path) -> None:
    instance = folder.read().valid()
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "empty", tmp_path / "a" / "b" / "c"):
        write_folder(instance, path)
        assert read(path).instance == instance


def test_nothing_is_left_where_a_folder_could_not_be_written(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _text: str) -> None:
        raise OSError("the disk is full")

    instance = folder.read().valid()
    monkeypatch.setattr("roster.files.write.write_text", full)
    with pytest.raises(OSError, match="the disk is full"):
        write_folder(instance, tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["town"]


def test_text_is_written_whole_in_the_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    write_text(path, "old\n")
    write_text(path, "n\u00e9w\n")
    assert path.read_bytes() == "n\u00e9w\n".encode()
    assert [entry.name for entry in tmp_path.iterdir()] == ["roster.json"]


def test_text_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    write_text(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "\ud800")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["roster.json"]


# -- workbooks ------------------------------------------------------------------------------------------------


def test_a_workbook_has_a_sheet_for_the_settings_and_for_each_table(folder: Folder, tmp_path: Path) -> None:
    write_workbook(folder.read().valid(), tmp_path / "town.xlsx")
    book = load_workbook(tmp_path / "town.xlsx")
    assert book.sheet_names == ["settings", *(table.name for table in TABLES)]
    for table in TABLES:
        assert tuple(book.get_sheet_by_name(table.name).to_python()[0]) == table.header


def test_a_workbook_that_is_there_is_not_overwritten(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "town.xlsx").write_text("mine")
    with pytest.raises(FileExistsError, match=r"^town\.xlsx is there already\. Give the name of a new file\.$"):
        write_workbook(folder.read().valid(), tmp_path / "town.xlsx")


def test_a_workbook_is_written_as_xlsx_only(folder: Folder, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^town\.ods: workbooks are written as \.xlsx\."):
        write_workbook(folder.read().valid(), tmp_path / "town.ods")


def test_a_text_too_long_for_a_cell_is_an_error_and_leaves_nothing(folder: Folder, tmp_path: Path) -> None:
    instance = folder.read().valid()
    site = instance.sites[0].model_copy(update={"name": "x" * 40_000})
    with pytest.raises(ValueError, match=r"^sites, row 2: the text is too long for a cell of a workbook\.$"):
        write_workbook(instance.replaced(sites=(site, *instance.sites[1:])), tmp_path / "town.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["town"]


def sheets(folder: Folder) -> Content:
    """The tables of a folder, and the settings as a sheet."""
    found: Content = {"settings": [["key", "value"], ["name", "x"], ["month", "2027-03"], ["nation", "wales"]]}
    found["settings"] += [["as_of", "2027-02-19"], ["policy.break_minutes", "45"], ["prices.waiting.B", "7"]]
    for table in TABLES:
        with (folder.path / f"{table.name}.csv").open(encoding="utf-8", newline="") as lines:
            found[table.name] = [list(row) for row in csv.reader(lines)]
    return found


def excel(path: Path, content: Content) -> Path:
    """A workbook as Excel makes it: numbers as numbers, text as text."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for name, rows in content.items():
        sheet = book.add_worksheet(name)
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    book.close()
    return path


def test_a_workbook_of_texts_reads_as_its_folder_does(folder: Folder, tmp_path: Path) -> None:
    instance = read(excel(tmp_path / "town.xlsx", sheets(folder))).valid()
    original = folder.read().valid()
    assert all(getattr(instance, table.name) == getattr(original, table.name) for table in TABLES)
    assert (instance.settings.policy.break_minutes, instance.settings.prices.waiting.B) == (45, 7)


def test_a_workbook_of_libreoffice_reads_as_its_folder_does(folder: Folder, tmp_path: Path) -> None:
    path = tmp_path / "town.ods"
    with pd.ExcelWriter(path, engine="odf") as writer:
        for name, rows in sheets(folder).items():
            pd.DataFrame(rows).to_excel(writer, sheet_name=name, header=False, index=False)
    instance = read(path).valid()
    assert all(getattr(instance, table.name) == getattr(folder.read().valid(), table.name) for table in TABLES)


def test_days_times_and_numbers_of_excel_are_read_as_the_contract_writes_them(folder: Folder, tmp_path: Path) -> None:
    content: dict[str, list[list[object]]] = {
        name: [list(row) for row in rows] for name, rows in sheets(folder).items()
    }
    content["settings"][2][1] = date(2027, 3, 1)
    content["settings"][4][1] = date(2027, 2, 19)
    content["settings"][5][1] = 45.0
    content["sessions"][1][2:] = [date(2027, 3, 1), time(9, 0), time(12, 0)]
    content["sessions"][2][2:] = [datetime(2027, 3, 8), 13 / 24, 17 / 24]
    content["coaches"][1][1:3] = [51.53422, -0.11184]
    content["coaches"][1][4] = 2.0
    content["referrals"][3][8] = date(2027, 3, 5)
    content["rooms"][1][0] = content["sessions"][1][1] = content["sessions"][2][1] = 101
    instance = read(excel(tmp_path / "town.xlsx", content)).valid()
    expected = folder.swap("rooms.csv", "M1,", "101,").swap("sessions.csv", "S1,M1", "S1,101")
    expected.swap("sessions.csv", "S2,M1", "S2,101")
    assert instance.settings.month == "2027-03"
    assert all(getattr(instance, table.name) == getattr(expected.read().valid(), table.name) for table in TABLES)


def test_faults_of_a_workbook_name_sheet_and_row(folder: Folder, tmp_path: Path) -> None:
    content: dict[str, list[list[object]]] = {
        name: [list(row) for row in rows] for name, rows in sheets(folder).items()
    }
    content["settings"][5][1] = "half"
    content["sessions"][1][1] = "M9"
    content["sessions"].insert(2, [])
    content["sessions"][3][3] = 1.5
    content["sites"][1].append("stray")
    content["referrals"][0].append("diagnosis")
    content["referrals"][1][0] = 9990000018
    content["staff"] = [["x"]]
    del content["rooms"]
    reading = read(excel(tmp_path / "town.xlsx", content))
    assert [(f.file, f.row, f.column, f.value) for f in reading.faults] == [
        ("settings", 6, "policy.break_minutes", "half"),
        ("sites", 2, None, None),
        ("rooms", None, None, None),
        ("sessions", 4, "start", "1.5"),
        ("referrals", 1, "diagnosis", None),
        ("referrals", 2, "referral_id", None),
    ]
    assert [f.says for f in reading.faults if f.file == "rooms"] == ["the sheet is missing"]
    assert [(n.file, n.says) for n in reading.notices] == [("staff", "This is not one of the tables and was not read.")]


def test_an_unknown_id_in_a_workbook_is_told_with_the_names_of_the_sheets(folder: Folder, tmp_path: Path) -> None:
    content = sheets(folder)
    content["sessions"][1][1] = "M9"
    (fault,) = read(excel(tmp_path / "town.xlsx", content)).faults
    assert (fault.file, fault.row, fault.says) == ("sessions", 2, "the room is not in rooms")


@pytest.mark.parametrize(
    ("change", "row", "column", "says"),
    [
        (["policy.break_minutes", "30"], 8, "policy.break_minutes", "row 6 has the same key"),
        (["policy.brake_minutes", "30"], 8, "policy.brake_minutes", "there is no such setting in [policy]"),
        (["prices.late", "-1"], 8, "prices.late", "this may not be negative"),
        (["policy", "30"], 8, "policy", "this must hold several entries"),
    ],
)
def test_faults_of_the_sheet_of_settings_name_row_and_key(
    folder: Folder, tmp_path: Path, change: list[str], row: int, column: str, says: str
) -> None:
    content = sheets(folder)
    content["settings"].append(change)
    (fault,) = read(excel(tmp_path / "town.xlsx", content)).faults
    assert (fault.file, fault.row, fault.column, fault.says) == ("settings", row, column, says)


def test_a_sheet_of_settings_has_two_columns(folder: Folder, tmp_path: Path) -> None:
    content = sheets(folder)
    content["settings"] = [["key", "value", "why"], ["name"]]
    faults = read(excel(tmp_path / "a.xlsx", content)).faults
    assert ("settings", 1, "why") in [(f.file, f.row, f.column) for f in faults]
    content["settings"] = [["setting", "value"]]
    (fault,) = read(excel(tmp_path / "b.xlsx", content)).faults
    assert (fault.row, fault.column, fault.says) == (1, "key", "the column is missing")
    del content["settings"]
    (fault,) = read(excel(tmp_path / "c.xlsx", content)).faults
    assert (fault.file, fault.says) == ("settings", "the sheet is missing")


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 torn"])
def test_a_workbook_that_cannot_be_opened_is_a_fault(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / f"town{ending}"
    path.write_bytes(data)
    (fault,) = read(path).faults
    assert (fault.file, fault.says) == (path.name, "the workbook cannot be opened")


def test_a_published_roster_in_a_workbook_is_read_and_checked(folder: Folder, tmp_path: Path) -> None:
    content: dict[str, list[list[object]]] = {
        name: [list(row) for row in rows] for name, rows in sheets(folder).items()
    }
    content["published"] = [["published.json"], ["{"]]
    (fault,) = read(excel(tmp_path / "town.xlsx", content)).faults
    assert (fault.file, fault.says) == ("published", "this cannot be read as JSON")
    content["published"] = [["published.json"], [json.dumps({"schema": "roster/2"})]]
    (fault,) = read(excel(tmp_path / "two.xlsx", content)).faults
    assert fault.says == 'this is not a roster: it has no "schema": "roster/1"'
