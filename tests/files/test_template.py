"""The empty workbook: nothing but what has to be filled in is missing, and filled in it reads as the same tables."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import load_workbook

from roster.files import read, write_template
from roster.files.columns import TABLES
from roster.files.template import notes
from roster.privacy import VOLUNTARY
from tests.files.folder import Folder
from tests.files.test_write import excel, sheets


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """The path of an empty workbook."""
    write_template(tmp_path / "empty.xlsx")
    return tmp_path / "empty.xlsx"


def test_the_empty_workbook_lacks_four_settings_and_nothing_else(template: Path) -> None:
    faults = read(template).faults
    assert [(f.file, f.column, f.says) for f in faults] == [
        ("settings", key, "this setting is missing") for key in ("name", "month", "nation", "as_of")
    ]


def test_the_empty_workbook_has_notes_and_every_sheet(template: Path) -> None:
    assert load_workbook(template).sheet_names == ["notes", "settings", *(table.name for table in TABLES)]


def test_the_notes_say_that_it_is_voluntary_and_what_is_never_held(template: Path) -> None:
    text = "\n".join(
        str(cell) for row in load_workbook(template).get_sheet_by_name("notes").to_python() for cell in row
    )
    assert VOLUNTARY in text
    assert "No name, date of birth, NHS number" in text
    assert "What is never held" in text


def test_the_notes_use_no_words_of_solvers() -> None:
    words = " ".join(f"{left} {right}" for left, right in notes()).lower()
    assert not [word for word in ("solver", "constraint", "variable", "optim", "invalid", "please") if word in words]


def test_a_filled_in_workbook_reads_as_its_tables(template: Path, folder: Folder, tmp_path: Path) -> None:
    content = sheets(folder)
    empty = load_workbook(template)
    for name in empty.sheet_names:
        rows = [[str(cell) for cell in row] for row in empty.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        if name == "settings":
            given = {"name": "x", "month": "2027-03", "nation": "wales", "as_of": "2027-02-19"}
            content[name] = [[row[0], row[1] or given.get(row[0], "")] for row in rows]
        elif name == "notes":
            content[name] = rows
        else:
            content[name] = [rows[0], *content[name][1:]]
    reading = read(excel(tmp_path / "filled.xlsx", content))
    assert reading.faults == ()
    assert reading.notices == ()
    assert reading.valid().sessions == folder.read().valid().sessions
    assert reading.valid().settings.policy.budget_pounds is None


def test_cells_of_few_words_offer_a_list(template: Path) -> None:
    with ZipFile(template) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
    for words in ("mon,tue,wed,thu,fri,sat,sun", "A,B,C", "yes,no", "surgery,library", "england,wales", "must,prefer"):
        assert words in text


def test_an_empty_workbook_is_not_written_over_a_filled_one(template: Path) -> None:
    with pytest.raises(FileExistsError, match=r"^empty\.xlsx is there already"):
        write_template(template)
    with pytest.raises(ValueError, match=r"^empty\.xls: workbooks are written as \.xlsx"):
        write_template(template.with_suffix(".xls"))
