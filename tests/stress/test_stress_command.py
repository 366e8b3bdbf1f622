"""``roster stress``: what it prints, writes and refuses; its JSON is as its schema says."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import roster.commands.stressing
from roster.commands.stressing import Line, words
from roster.domain import Roster
from roster.edits import apply_edits, edits_to_json
from roster.files import read, write_folder
from roster.schemas import schema
from roster.stress.cases import cases_of
from roster.stress.crew import Crew
from roster.stress.record import StressReport
from roster.stress.run import Progress
from roster.terminal import errors
from roster.wording import VOLUNTARY
from tests.plain_words import complaints
from tests.stress.test_run import TERMS, TOWNS, published
from tests.test_cli import answer, run


def faults_in(document: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema("stress")).iter_errors(document)]


@pytest.fixture
def roster_file(tmp_path: Path) -> Path:
    """The best roster of the two towns."""
    roster = published().published
    assert roster is not None
    (tmp_path / "roster.json").write_text(roster.to_json())
    return tmp_path / "roster.json"


@pytest.mark.parametrize("width", [80, 110])
def test_it_prints_the_weakest_points_first_and_what_is_said_of_them(roster_file: Path, width: int) -> None:
    result = run("stress", TOWNS, roster_file, "--jobs", "1", "--most", "2", width=width)
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    number = len(cases_of(published()))
    assert f"{number} cases tried: in " in text
    assert f"The weakest points first ({number})" in text
    assert f"and {number - 2} more: --most {number} shows them all" in text
    assert "cannot be seen in time" in text
    assert text.endswith(VOLUNTARY)
    assert max(map(len, result.stdout.splitlines())) <= width
    assert complaints(text) == []


def test_its_json_is_as_its_schema_says_and_the_file_holds_the_same(roster_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "stress.json"
    result = run("stress", TOWNS, roster_file, "--jobs", "1", "--json", "--out", out)
    assert result.exit_code == 0
    document = answer(result)
    assert faults_in(document) == []
    assert faults_in(document | {"points": [{"says": "It is so."}]})
    written = StressReport.model_validate_json(out.read_text())
    assert written.points == StressReport.model_validate(document).points
    assert written.complete
    assert document["voluntary"] == VOLUNTARY


def test_the_edits_of_a_point_can_be_made(roster_file: Path) -> None:
    report = StressReport.model_validate(answer(run("stress", TOWNS, roster_file, "--jobs", "1", "--json")))
    for point in report.points:
        assert json.loads(edits_to_json(point.edits))
        edited = apply_edits(published(), point.edits)
        assert edited.leave != published().leave or edited.sessions != published().sessions


def test_quiet_prints_one_line(roster_file: Path) -> None:
    result = run("stress", TOWNS, roster_file, "--jobs", "1", "--quiet")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == ""


def test_a_roster_that_fails_the_checker_is_not_tried(roster_file: Path) -> None:
    roster = json.loads(roster_file.read_text())
    roster["appointments"] = roster["appointments"][1:]
    roster_file.write_text(json.dumps(roster))
    result = run("stress", TOWNS, roster_file)
    assert result.exit_code == 1
    assert result.stderr.startswith("The checker does not accept this roster")
    assert result.stdout == ""
    refused = run("stress", TOWNS, roster_file, "--json")
    assert refused.exit_code == 1
    assert faults_in(answer(refused)) == []
    assert answer(refused)["accepted"] is False


def test_a_published_roster_may_state_the_changes_that_it_made_when_it_was_published(
    roster_file: Path, tmp_path: Path
) -> None:
    roster = Roster.model_validate_json(roster_file.read_text())
    changed = roster.model_copy(
        update={
            "costs": roster.costs | {"change": 90},
            "objective": roster.objective + 90,
            "bound": roster.objective + 90,
        }
    )
    write_folder(read(TOWNS).valid().replaced(published=changed), tmp_path / "told")
    roster_file.write_text(changed.to_json())
    assert run("stress", tmp_path / "told", roster_file, "--jobs", "1", "--quiet").exit_code == 0
    assert run("stress", TOWNS, roster_file, "--jobs", "1", "--quiet").exit_code == 1


def test_a_day_before_that_of_the_data_is_refused(roster_file: Path) -> None:
    result = run("stress", TOWNS, roster_file, "--as-of", "2027-01-01")
    assert result.exit_code == 2
    text = " ".join(result.stderr.split())
    as_of = published().settings.as_of
    assert f"The data are as of {as_of.day} {as_of:%B %Y}, and this is before it" in text
    assert "Give that day or a later one." in text


def test_after_the_last_visit_there_is_nothing_to_try(roster_file: Path) -> None:
    last = published().days[-1]
    result = run("stress", TOWNS, roster_file, "--as-of", date(last.year, last.month, last.day), "--json")
    assert result.exit_code == 0
    assert answer(result)["says"] == "The roster has no visits from this day on, so there is nothing to try."
    assert answer(result)["points"] == []


def test_where_nothing_was_tried_in_time_the_exit_code_says_so(
    roster_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: Line, __: Progress, ___: Crew) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(roster.commands.stressing.Line, "tell", interrupted)
    result = run("stress", TOWNS, roster_file, "--jobs", "1")
    assert result.exit_code == 4
    text = " ".join(result.stdout.split())
    number = len(cases_of(published()))
    assert f"Stopped by you. None of {number} cases could be tried in time." in text
    assert f"Not tried ({number})" in text


def test_progress_says_how_many_cases_are_done_how_long_it_takes_and_the_weakest() -> None:
    assert words(Progress(90, 0, 61.2, "")) == "0 of 90 cases, 61 seconds left."
    assert words(Progress(90, 12, 1.0, "If C1 is away.")) == (
        "12 of 90 cases, 1 second left. Weakest so far: If C1 is away."
    )


def test_where_no_terminal_is_a_line_of_progress_is_printed_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = iter([0.0, 5.0, 11.0, 11.0, 12.0])
    crew = Crew(published(), TERMS, 1)
    with Line(errors(), lambda: next(seconds)) as line:
        line.tell(Progress(9, 1, 50.0, ""), crew)
        line.tell(Progress(9, 2, 40.0, ""), crew)
        line.tell(Progress(9, 3, 30.0, ""), crew)
    assert capsys.readouterr().err == "2 of 9 cases, 40 seconds left.\n"
