"""The command roster verify-report: what it prints, and with which exit code it ends."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from roster.audit.settle import Settler
from roster.edits.parse import edits_to_json
from roster.files import read, write_folder
from roster.report import Report
from roster.schemas import schema
from tests.audit.trouble import report_on, troubled, with_conflict
from tests.test_cli import answer, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the trouble."""
    write_folder(troubled(), tmp_path / "trouble")
    return tmp_path / "trouble"


@pytest.fixture
def report(folder: Path) -> Report:
    """The true report on it."""
    return report_on(read(folder).valid())


def written(folder: Path, text: str) -> Path:
    path = folder.parent / "report.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_true_report_ends_with_0_and_says_so(folder: Path, report: Report) -> None:
    result = run("verify-report", folder, written(folder, report.to_json()))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(
        "A tiny world, March 2027: a report checked\nEverything holds: 15 claims checked, each on its own.\n\n"
        "What holds (15)\n - Report: There is no roster that keeps every rule"
    )
    assert "Worth knowing" not in result.stdout


def test_what_does_not_hold_ends_with_1_and_stands_first(folder: Path, report: Report) -> None:
    path = written(folder, with_conflict(report, "see_by:P").to_json())
    result = run("verify-report", folder, path)
    assert result.exit_code == 1
    assert "Of 13 claims, 1 does not hold.\n\nWhat does not hold (1)\n - Conflict 1: With every" in result.stdout


def test_what_was_not_settled_in_time_ends_with_4(
    folder: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(folder, report.to_json())
    monkeypatch.setattr(Settler, "seconds_left", 0.0)
    result = run("verify-report", folder, path)
    assert result.exit_code == 4
    assert (
        "Of 15 claims, 10 were not settled in time; the others hold.\n\nWhat was not settled in time (10)"
        in result.stdout
    )


def test_with_edits_the_report_is_on_the_data_after_them(folder: Path, report: Report) -> None:
    path = written(folder, report.to_json())
    edits = folder.parent / "edits.json"
    edits.write_text(edits_to_json(report.repairs[0].edits), encoding="utf-8")
    result = run("verify-report", folder, path, "--edits", edits)
    assert result.exit_code == 1
    assert "Conflict 1: With every other fact given up there is a roster" in result.stdout
    assert "Worth knowing\n - The report was made from other data" in result.stdout


def test_json_is_as_its_schema_says(folder: Path, report: Report) -> None:
    result = run("verify-report", folder, written(folder, with_conflict(report, "see_by:P").to_json()), "--json")
    found = answer(result)
    assert list(Draft202012Validator(schema("verify-report")).iter_errors(found)) == []
    assert (result.exit_code, found["outcome"], found["notes"]) == (1, "does not hold", [])
    assert found["claims"][5] == {
        "about": "conflict 1",
        "ids": ["see_by:P"],
        "outcome": "does not hold",
        "says": "With every other fact given up there is a roster, so these facts can all hold.",
    }


UNREADABLE = {
    "not JSON": ("{", "row 1: This cannot be read as JSON."),
    "no report": ("{}", 'This is not a report: it has no "schema": "report/1".'),
    "an edit of no kind": (
        '{"schema": "report/1", "repairs": [{"edits": [{"op": "dance"}]}]}',
        "repairs.0.edits.0: There is no op 'dance'. Use",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_ends_with_2_and_says_what_to_do(name: str, folder: Path) -> None:
    text, says = UNREADABLE[name]
    result = run("verify-report", folder, written(folder, text))
    assert result.exit_code == 2
    assert result.stdout == ""
    shown = " ".join(result.stderr.split())
    assert "report.json" in shown
    assert says in shown


def test_entries_that_are_missing_or_too_many_are_named_without_their_values(folder: Path, report: Report) -> None:
    document = json.loads(report.to_json())
    del document["outcome"]
    document["nickname"] = "somebody@example.org"
    document["conflicts"][0]["facts"] = "somebody@example.org"
    result = run("verify-report", folder, written(folder, json.dumps(document)))
    shown = " ".join(result.stderr.split())
    assert result.exit_code == 2
    assert "outcome: This is missing. Name a report.json that roster explain wrote, unchanged." in shown
    assert "nickname: A report has no such entry." in shown
    assert "conflicts.0.facts:" in shown
    assert "somebody" not in shown


def test_a_file_that_is_not_there_is_named(folder: Path) -> None:
    result = run("verify-report", folder, folder / "nowhere.json")
    assert result.exit_code == 2
    assert "nowhere.json\n - There is no such file. Check the name." in result.stderr
