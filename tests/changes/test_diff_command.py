"""``roster diff``: what it prints, where it finds the data, what it refuses; its JSON is as its schema says."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from cli import app
from roster.changes import messages_between
from roster.domain import Roster
from roster.files import write_folder
from roster.schemas import schema
from roster.wording import VOLUNTARY
from tests.changes.town import told, town
from tests.plain_words import complaints

WAS = told("C1 S1 R1@09:00 R2@10:00 R3@11:00", "C1 S3 R3@09:00 R3@09:40", waiting=700, visit=34)
NOW = told("C2 S1 R2@10:00 R3@11:00", "C1 S4 R1@09:00", "C1 S5 R3@09:00", waiting=740, visit=51)


def run(*arguments: object, width: int = 110) -> Result:
    """``roster diff`` with these arguments, as it ends."""
    return CliRunner(env={"COLUMNS": str(width)}).invoke(app, ["diff", *map(str, arguments)])


def written(path: Path, roster: Roster) -> Path:
    """The roster in a file of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(roster.to_json())
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the town."""
    write_folder(town(), tmp_path / "town")
    return tmp_path / "town"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The two rosters, far from any data."""
    return written(tmp_path / "a" / "b" / "was.json", WAS), written(tmp_path / "a" / "b" / "now.json", NOW)


def faults_in(name: str, document: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema(name)).iter_errors(document)]


# -- what it prints -------------------------------------------------------------------------------------------


def test_it_prints_the_totals_then_people_coaches_rooms_and_costs(folder: Path, files: tuple[Path, Path]) -> None:
    result = run(*files, "--folder", folder)
    assert result.exit_code == 0
    text = result.stdout
    assert text.startswith("A tiny world, March 2027: what changes\n1 person loses their appointment, 2 wait longer, ")
    headings = ("For whom it is worse (5)", "Coaches (2)", "Rooms (2)", "Costs, in minutes of coach time", VOLUNTARY)
    places = [text.find(heading) for heading in headings]
    assert -1 not in places
    assert places == sorted(places)


def test_its_tables_are_to_be_read_in_plain_words(folder: Path, files: tuple[Path, Path]) -> None:
    lines = [line.split() for line in run(*files, "--folder", folder).stdout.split("\n")]
    rows = [" ".join(line) for line in lines]
    assert "R1 Tue 9 March, 9am Thu 11 March, 9am 2 days later" in rows
    assert "P1 Riverside Surgery Central Library another place" in rows
    assert "C2 new: Tue 9 March, 9am to midday, Riverside Surgery 1h 1m, was 0m" in rows
    assert "X-1 no longer used: Thu 11 March, 9am to midday, C1" in rows
    assert "Riverside Surgery Tue 9 March, 9am to midday: C2 instead of C1" in rows
    assert "waiting 700 740 +40" in rows
    assert "late 0 0 same" in rows
    assert "Total 734 791 +57" in rows


def test_no_sentence_of_it_holds_a_word_of_the_machinery(folder: Path, files: tuple[Path, Path]) -> None:
    answer = json.loads(run(*files, "--folder", folder, "--json").stdout)
    changes = [answer, *answer["people"], *answer["coaches"], *answer["rooms"], *answer["costs"], answer["objective"]]
    assert {entry["says"]: found for entry in changes if (found := complaints(entry["says"]))} == {}


@pytest.mark.parametrize("width", [80, 110])
def test_it_fits_the_width_and_cuts_no_id_or_time(folder: Path, files: tuple[Path, Path], width: int) -> None:
    text = run(*files, "--folder", folder, width=width).stdout
    assert max(map(len, text.split("\n"))) <= width
    for whole in ("Tue 9 March, 9am", "Thu 11 March, 9am", "2 days later", "another place", "C2 instead of C1"):
        assert whole in text


def test_so_many_rows_of_each_table_are_shown_as_are_asked_for(folder: Path, files: tuple[Path, Path]) -> None:
    text = run(*files, "--folder", folder, "--most", 1).stdout
    assert "and 4 more: --most 5 shows them all" in text
    assert "and 4 more" not in run(*files, "--folder", folder, "--most", 5).stdout


def test_two_rosters_that_are_the_same_have_no_tables_but_the_costs(folder: Path, files: tuple[Path, Path]) -> None:
    text = run(files[0], files[0], "--folder", folder).stdout
    assert "Nobody's appointment changes." in text
    assert "worse" not in text
    assert "Coaches" not in text
    assert "Total 734 734 same" in " ".join(text.split())


def test_names_from_the_data_are_no_commands_to_the_terminal(folder: Path, files: tuple[Path, Path]) -> None:
    sites = folder / "sites.csv"
    sites.write_text(sites.read_text().replace("Central Library", "Central [red]Library"))
    assert "[red]" in run(*files, "--folder", folder).stdout


# -- where the data are ---------------------------------------------------------------------------------------


def test_without_data_it_compares_what_it_can_and_says_what_would_tell_more(files: tuple[Path, Path]) -> None:
    text = run(*files).stdout
    assert "Days and places are not known without the data: --folder names their folder." in text
    assert "another session" in text
    assert "Rooms" not in text
    assert "On the road" not in text


def test_the_data_are_found_beside_a_roster_and_round_the_folder_of_one(folder: Path, files: tuple[Path, Path]) -> None:
    beside = written(folder / "now.json", NOW)
    version = written(folder / "published" / "0001.json", WAS)
    named = run(*files, "--folder", folder).stdout
    assert run(version, files[1]).stdout == named
    assert run(files[0], beside).stdout == named


def test_the_roster_of_a_folder_is_the_published_one(folder: Path, files: tuple[Path, Path]) -> None:
    written(folder / "published.json", WAS)
    assert run(folder, files[1]).stdout == run(*files, "--folder", folder).stdout


def test_two_rosters_that_lie_in_two_folders_have_the_data_of_each(tmp_path: Path, folder: Path) -> None:
    fewer = tuple(s for s in town().sessions if s.session_id != "S1")
    write_folder(town().replaced(sessions=fewer), tmp_path / "fewer")
    was, now = written(folder / "was.json", WAS), written(tmp_path / "fewer" / "now.json", told("C1 S3 R3@09:00"))
    text = run(was, now).stdout
    assert "not known" not in text
    assert "no longer: Tue 9 March, 9am to midday, Riverside Surgery" in text


def test_data_of_another_month_that_happen_to_lie_there_are_not_used(folder: Path) -> None:
    april = [told("C1 S1 R1@09:00", month="2027-04"), told("C1 S3 R1@09:00", month="2027-04")]
    was, now = (written(folder / f"{n}.json", roster) for n, roster in enumerate(april))
    text = run(was, now).stdout
    assert text.startswith("A tiny world, April 2027: what changes")
    assert "Days and places are not known" in text


def test_sessions_that_the_data_do_not_have_are_said_to_be_unknown(folder: Path, tmp_path: Path) -> None:
    old = written(tmp_path / "old.json", told("C1 OLD R1@09:00"))
    text = run(old, written(tmp_path / "new.json", NOW), "--folder", folder).stdout
    assert "Some sessions are not in the data: their days and places are not known." in text


# -- edits ----------------------------------------------------------------------------------------------------


def test_with_edits_the_second_roster_is_of_the_data_after_them(folder: Path, files: tuple[Path, Path]) -> None:
    edits = [{"op": "remove_referral", "referral_id": "R2"}, {"op": "remove_session", "session_id": "S3"}]
    (folder / "edits.json").write_text(json.dumps(edits))
    result = run(*files, "--folder", folder, "--edits", folder / "edits.json", "--json")
    answer = json.loads(result.stdout)
    assert answer["days_known"]
    assert "R2" not in result.stdout
    assert {change["referral_id"] for change in answer["people"]} == {"R1", "R3"}


def test_edits_that_withdraw_somebody_who_is_gone_from_the_data_already_count(
    folder: Path, files: tuple[Path, Path]
) -> None:
    without = town().replaced(referrals=tuple(r for r in town().referrals if r.referral_id != "R2"))
    write_folder(without, folder.parent / "without")
    (folder.parent / "edits.json").write_text('[{"op": "remove_referral", "referral_id": "R2"}]')
    result = run(*files, "--folder", folder.parent / "without", "--edits", folder.parent / "edits.json")
    assert result.exit_code == 0
    assert "R2" not in result.stdout


def test_edits_without_data_are_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "edits.json").write_text("[]")
    result = run(*files, "--edits", tmp_path / "edits.json")
    assert result.exit_code == 2
    assert "The data that these edits change were not found. Name their folder with --folder." in result.stderr


# -- what is refused, and JSON --------------------------------------------------------------------------------


def test_rosters_of_different_months_are_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    april = written(tmp_path / "april.json", told("C1 S1", month="2027-04"))
    result = run(files[0], april)
    assert result.exit_code == 2
    assert "april.json\n" in result.stderr
    assert "This roster is of April 2027, the other one of March 2027. Name two rosters of one month." in result.stderr


def test_data_of_another_month_that_are_named_are_refused(folder: Path, tmp_path: Path) -> None:
    april = written(tmp_path / "april.json", told("C1 S1", month="2027-04"))
    result = run(april, april, "--folder", folder)
    assert result.exit_code == 2
    assert "These data are of March 2027, the rosters of April 2027. Name the data of the same month" in result.stderr


def test_a_file_that_is_no_roster_is_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    assert run(files[0], tmp_path / "none.json").exit_code == 2
    refused = run(files[0], tmp_path / "none.json", "--json")
    assert faults_in("diff", json.loads(refused.stdout)) == []


def test_its_json_is_as_its_schema_says(folder: Path, files: tuple[Path, Path]) -> None:
    for arguments in (files, (*files, "--folder", folder)):
        answer = json.loads(run(*arguments, "--json").stdout)
        assert answer["schema"] == "diff/1"
        assert faults_in("diff", answer) == []
    assert faults_in("diff", answer | {"people": [{"referral_id": "R1"}]})


def test_messages_are_as_their_schema_says() -> None:
    sent = messages_between(town(), town(), WAS, NOW)
    assert sent
    for message in sent:
        assert faults_in("message", json.loads(message.model_dump_json())) == []


def test_the_help_names_every_option() -> None:
    text = CliRunner(env={"COLUMNS": "110"}).invoke(app, shlex.split("diff --help")).stdout
    for option in ("--folder", "--edits", "--most", "--json"):
        assert option in text
