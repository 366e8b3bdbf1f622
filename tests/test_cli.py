"""The commands that look at data and rosters: what they print where, and with which exit code they end."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli import app
from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.files import read, write_folder, write_workbook
from roster.instance import Instance
from roster.wording import VOLUNTARY
from tests.rosters import ragged_compromise, ragged_roster
from tests.worlds import ragged_world

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def run(*arguments: object, width: int = 110) -> Result:
    """The command with these arguments, as it ends."""
    return CliRunner(env={"COLUMNS": str(width)}).invoke(app, [str(a) for a in arguments])


def answer(result: Result) -> Any:
    """The JSON that a command printed, and nothing beside it."""
    return json.loads(result.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the ragged world."""
    write_folder(ragged_world(), tmp_path / "world")
    return tmp_path / "world"


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Roster], Path]:
    """Writes a roster to a file and names the file."""

    def write(roster: Roster) -> Path:
        path = tmp_path / "roster.json"
        path.write_text(roster.to_json())
        return path

    return write


def written_edits(tmp_path: Path, *edits: dict[str, object]) -> Path:
    path = tmp_path / "edits.json"
    path.write_text(json.dumps(edits))
    return path


@pytest.fixture
def instance(folder: Path) -> Instance:
    """The ragged world as it is read from its folder."""
    return read(folder).valid()


# -- help -----------------------------------------------------------------------------------------------------


def test_help_lists_the_commands_in_the_order_of_use() -> None:
    result = run("--help")
    commands = ["solve", "show", "check", "template", "edit", "generate", "facts", "rules", "schema"]
    places = [result.stdout.index(f"│ {command} ") for command in commands]
    assert places == sorted(places)
    assert "Exit codes: 0 a roster, 1 a roster that breaks a rule, 2 wrong input" in result.stdout


def test_help_imports_nothing_heavy() -> None:
    script = "import sys, cli; print(sorted({'numpy', 'ortools', 'pandas', 'pydantic'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_command_that_does_not_exist_is_wrong_usage() -> None:
    result = run("solv", "somewhere")
    assert result.exit_code == 2
    assert "No such command 'solv'" in result.stderr
    assert result.stdout == ""


# -- check ----------------------------------------------------------------------------------------------------


def test_check_accepts_a_roster_that_keeps_every_rule(
    folder: Path, instance: Instance, written: Callable[[Roster], Path]
) -> None:
    result = run("check", folder, written(ragged_roster(instance)))
    assert result.exit_code == 0
    assert "Accepted: the roster keeps every rule, and its numbers are right." in result.stdout
    assert "Total         6,323     6,323" in result.stdout
    assert VOLUNTARY in result.stdout
    assert result.stderr == ""


def test_check_lists_every_broken_rule_in_sentences_and_ends_with_1(
    folder: Path, instance: Instance, written: Callable[[Roster], Path]
) -> None:
    broken = ragged_compromise(instance).model_copy(update={"compromise": False, "breaks": (), "outcome": "optimal"})
    result = run("check", folder, written(broken))
    assert result.exit_code == 1
    assert "Not accepted: 2 things are wrong with this roster." in result.stdout
    assert " - presence: Site Y (Y) has 0 visits in the month; it was promised at least 1." in result.stdout
    assert " - see_by: P (band A) is to be seen by 3 March 2027: 1 person is not." in result.stdout


def test_check_sets_the_costs_beside_those_claimed(
    folder: Path, instance: Instance, written: Callable[[Roster], Path]
) -> None:
    roster = ragged_roster(instance)
    wrong = roster.model_copy(update={"costs": roster.costs | {"travel": 7}})
    result = run("check", folder, written(wrong))
    assert result.exit_code == 1
    assert " - The cost 'travel' is given as 7; it is 240." in result.stdout
    assert "travel            7       240   differs" in result.stdout


def test_check_calls_a_compromise_one_and_ends_with_1_because_it_breaks_rules(
    folder: Path, instance: Instance, written: Callable[[Roster], Path]
) -> None:
    result = run("check", folder, written(ragged_compromise(instance)))
    assert result.exit_code == 1
    assert "A tiny world, March 2027: a compromise" in result.stdout
    assert "This compromise breaks what it lists and nothing else, and its numbers are right." in result.stdout
    assert "What this compromise breaks (2)" in result.stdout


def test_check_as_json_has_the_outcome_the_findings_and_both_costs(
    folder: Path, instance: Instance, written: Callable[[Roster], Path]
) -> None:
    roster = ragged_roster(instance)
    wrong = roster.model_copy(update={"costs": roster.costs | {"travel": 7}, "visits": roster.visits[:1]})
    result = run("check", folder, written(wrong), "--json")
    found = answer(result)
    assert result.exit_code == 1
    assert (found["outcome"], found["accepted"], found["objective"]) == ("optimal", False, None)
    assert found["findings"][0]["says"] == "I is seen in session S4, which has no visit."
    assert found["costs"]["travel"] == {"claimed": 7, "checked": None}


def test_check_judges_a_roster_made_elsewhere_by_what_it_says_and_notes_its_other_check_sum(
    folder: Path, instance: Instance, written: Callable[[Roster], Path]
) -> None:
    elsewhere = ragged_roster(instance).model_copy(update={"instance_sha256": "0" * 64})
    found = answer(run("check", folder, written(elsewhere), "--json"))
    assert found["accepted"]
    assert found["notes"] == ["The roster was made from other data: its instance_sha256 is not that of this instance."]


def test_check_looks_at_the_data_with_edits_made_to_it(
    folder: Path, tmp_path: Path, instance: Instance, written: Callable[[Roster], Path]
) -> None:
    roster = written(ragged_roster(instance))
    edits = written_edits(tmp_path, {"op": "set_price", "field": "visit", "value": 18})
    result = run("check", folder, roster, "--edits", edits)
    assert result.exit_code == 1
    assert "The roster was made from other data" in result.stdout
    assert " - The cost 'visit' is given as 34; it is 36." in result.stdout


# -- show -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "heading"),
    [("day", "Friday 5 March 2027: 1 visit"), ("coach", "C1: 2 visits"), ("site", "Site Y (Y): 1 visit")],
)
def test_show_sorts_the_visits_as_asked(
    folder: Path, instance: Instance, written: Callable[[Roster], Path], by: str, heading: str
) -> None:
    result = run("show", folder, written(ragged_roster(instance)), "--by", by)
    assert result.exit_code == 0
    assert heading in result.stdout
    assert VOLUNTARY in result.stdout


def test_show_refuses_another_order(folder: Path, instance: Instance, written: Callable[[Roster], Path]) -> None:
    result = run("show", folder, written(ragged_roster(instance)), "--by", "room")
    assert result.exit_code == 2
    assert "'day', 'coach', 'site'" in result.stderr


def test_show_as_json_has_figures_and_sections_and_the_sentence(
    folder: Path, instance: Instance, written: Callable[[Roster], Path]
) -> None:
    found = answer(run("show", folder, written(ragged_roster(instance)), "--by", "coach", "--json"))
    assert found["outcome"] == "optimal"
    assert found["voluntary"] == VOLUNTARY
    assert [section["key"] for section in found["sections"]] == ["C1"]
    assert found["sections"][0]["stops"][1]["interpreters"] == ["bsl"]
    assert found["figures"]["road_minutes"] == 120


def test_show_marks_a_roster_that_the_checker_does_not_accept_and_ends_with_1(
    folder: Path, instance: Instance, written: Callable[[Roster], Path]
) -> None:
    wrong = ragged_roster(instance).model_copy(update={"objective": 1, "bound": 1})
    result = run("show", folder, written(wrong))
    assert result.exit_code == 1
    assert "The checker does not accept this roster" in result.stdout


def test_show_says_what_is_not_in_the_data_and_shows_nothing_of_it(
    folder: Path, instance: Instance, written: Callable[[Roster], Path]
) -> None:
    roster = ragged_roster(instance)
    gone = roster.visits[0].model_copy(update={"coach_id": "C9"})
    result = run("show", folder, written(roster.model_copy(update={"visits": (gone, *roster.visits[1:])})))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "This roster cannot be shown with this data" in result.stderr
    assert "A visit names coach C9, which is not in the instance." in result.stderr


# -- wrong input ----------------------------------------------------------------------------------------------


def test_a_folder_that_does_not_exist_is_named_with_what_to_do(tmp_path: Path) -> None:
    result = run("facts", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "1 thing to put right. Nothing was done." in result.stderr
    assert "There is no such folder or workbook. Name a folder with settings.toml" in result.stderr


def test_every_fault_is_listed_with_file_row_column_value_and_what_to_do(folder: Path) -> None:
    rooms = folder / "rooms.csv"
    rooms.write_text(rooms.read_text().replace("Y-1,Y", "Y-1,Nowhere"))
    hours = folder / "hours.csv"
    hours.write_text(hours.read_text().replace("fri", "fryday"))
    result = run("facts", folder)
    assert result.exit_code == 2
    assert "3 things to put right." in result.stderr
    assert "rooms.csv\n - row 3, site_id: The site is not in sites.csv: 'Nowhere'." in result.stderr
    assert "hours.csv\n - row 4, weekday: This must be mon, tue, wed, thu, fri, sat or sun: 'fryday'." in result.stderr


def test_faults_as_json_are_an_outcome(folder: Path) -> None:
    (folder / "rooms.csv").unlink()
    result = run("facts", folder, "--json")
    found = answer(result)
    assert result.exit_code == 2
    assert found["outcome"] == "invalid"
    assert found["warnings"] == []
    assert found["faults"][0] == {
        "file": "rooms.csv",
        "row": None,
        "column": None,
        "value": None,
        "says": "the file is missing",
        "do": "Add rooms.csv with the columns room_id, site_id, features.",
    }


@pytest.mark.parametrize("command", ["facts", "check", "show", "solve"])
def test_a_personal_value_is_refused_and_never_repeated(folder: Path, command: str) -> None:
    referrals = folder / "referrals.csv"
    referrals.write_text(referrals.read_text().replace("Q,PY", "someone@example.org,PY"))
    result = run(command, folder, *(["roster.json"] if command in ("check", "show") else []))
    assert result.exit_code == 2
    assert "This holds an e-mail address, which is never held." in result.stderr
    assert "someone" not in result.output


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "There is no such file. Check the name."),
        ("{", "This cannot be read as JSON. Name a roster.json that roster solve wrote, unchanged."),
        ("[]", 'This is not a roster: it has no "schema": "roster/1".'),
        ('{"schema": "roster/1"}', "instance: This is missing."),
        (b"\xff\xfe", "This is not UTF-8 text. Save it as UTF-8."),
    ],
)
def test_a_file_that_is_no_roster_is_wrong_input(
    folder: Path, tmp_path: Path, text: str | bytes | None, says: str
) -> None:
    path = tmp_path / "mine.json"
    if text is not None:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    result = run("check", folder, path)
    assert result.exit_code == 2
    assert "mine.json\n" in result.stderr
    assert says in result.stderr


def test_a_roster_that_is_a_folder_is_wrong_input(folder: Path) -> None:
    result = run("check", folder, folder)
    assert result.exit_code == 2
    assert "The file cannot be opened. Check that it is a file" in result.stderr


# -- template, edit, generate ---------------------------------------------------------------------------------


def test_template_writes_a_workbook_and_names_it(tmp_path: Path) -> None:
    out = tmp_path / "empty.xlsx"
    result = run("template", out)
    assert result.exit_code == 0
    assert result.stdout == f"Written to {out}. Its sheet of notes says what goes where.\n"
    assert out.exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("there.xlsx", "Is there already. Give the name of a new file."),
        ("it.xls", "Workbooks are written as .xlsx. Give a name that ends in .xlsx."),
        ("no/where.xlsx", "The folder it is to be in does not exist. Make the folder, or give another name."),
    ],
)
def test_template_says_where_it_cannot_write(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "there.xlsx").write_text("mine")
    result = run("template", tmp_path / name)
    assert result.exit_code == 2
    assert says in result.stderr
    assert (tmp_path / "there.xlsx").read_text() == "mine"


def test_edit_writes_a_new_folder_with_the_changes_and_leaves_the_old_one(folder: Path, tmp_path: Path) -> None:
    edits = written_edits(tmp_path, {"op": "remove_session", "session_id": "S2"})
    result = run("edit", folder, edits, "--out", tmp_path / "new")
    assert result.exit_code == 0
    assert result.stdout == f"1 change made. Written to {tmp_path / 'new'}.\n"
    assert "S2" not in read(tmp_path / "new").valid().session
    assert "S2" in read(folder).valid().session


def test_edit_writes_a_workbook_where_the_name_says_so(folder: Path, tmp_path: Path) -> None:
    edits = written_edits(tmp_path, {"op": "remove_session", "session_id": "S2"})
    run("edit", folder, edits, "--out", tmp_path / "new.xlsx")
    run("edit", folder, edits, "--out", tmp_path / "new")
    assert read(tmp_path / "new.xlsx").valid() == read(tmp_path / "new").valid()


def test_an_edit_that_cannot_be_made_is_named_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    fine: dict[str, object] = {"op": "remove_session", "session_id": "S2"}
    edits = written_edits(tmp_path, fine, {"op": "remove_session", "session_id": "S99"})
    result = run("edit", folder, edits, "--out", tmp_path / "new")
    assert result.exit_code == 2
    assert "edits.json\n - edit 2 (remove_session): There is no session S99." in result.stderr
    assert not (tmp_path / "new").exists()


def test_edits_that_are_not_json_are_wrong_input(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "edits.json").write_text("remove everything")
    result = run("facts", folder, "--edits", tmp_path / "edits.json", "--json")
    assert result.exit_code == 2
    assert answer(result)["faults"][0]["says"] == "this cannot be read as JSON from line 1, character 1"


def test_generate_makes_the_same_region_from_the_same_number(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("generate", "tiny-one-room", "--seed", 3, "--out", tmp_path / name).exit_code == 0
    assert read(tmp_path / "one").valid() == read(tmp_path / "two").valid()


def test_generate_lists_the_recipes_where_there_is_no_such(tmp_path: Path) -> None:
    result = run("generate", "pilt", "--out", tmp_path / "new")
    assert result.exit_code == 2
    assert "There is no such recipe: 'pilt'. Choose tiny-one-room," in result.stderr


def test_nothing_is_written_over_a_folder_that_holds_something(folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    result = run("generate", "tiny-one-room", "--out", folder)
    assert result.exit_code == 2
    assert "world\n - Is there already and is not an empty folder. Give the name of a new folder." in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == before


# -- facts, rules, schema -------------------------------------------------------------------------------------


def test_facts_stand_by_who_could_change_them(folder: Path) -> None:
    result = run("facts", folder)
    assert result.exit_code == 0
    assert "What referrers could change (10)" in result.stdout
    assert "Policy that could change (4)" in result.stdout
    assert "see_by:P   Referral P (2 people) is to be seen by 3 March 2027." in result.stdout


def test_facts_as_json_have_their_edits(folder: Path) -> None:
    found = {fact["id"]: fact for fact in answer(run("facts", folder, "--json"))["facts"]}
    assert found["presence:Y"]["owner"] == "practice"
    assert found["presence:Y"]["edits"] == [
        {"op": "set", "table": "sites", "id": "Y", "field": "min_sessions", "value": None}
    ]


def test_a_workbook_is_as_good_as_a_folder(folder: Path, tmp_path: Path, instance: Instance) -> None:
    write_workbook(instance, tmp_path / "world.xlsx")
    assert run("facts", tmp_path / "world.xlsx").stdout == run("facts", folder).stdout


def test_rules_list_every_rule_and_price_with_its_sentence() -> None:
    text = " ".join(run("rules").stdout.split())
    for rule in (*RULES, *PREFERENCES):
        assert f"{rule.name} {rule.sentence}" in text


def test_rules_show_formulas_only_when_asked() -> None:
    assert "visit(c,s)" not in run("rules").stdout
    assert "visit(c,s)" in run("rules", "--formula").stdout


def test_rules_as_json_are_complete() -> None:
    found = answer(run("rules", "--json"))
    assert [rule["name"] for rule in found["rules"]] == [rule.name for rule in RULES]
    assert [price["formula"] for price in found["prices"]] == [p.formula for p in PREFERENCES]


def test_schema_prints_every_schema_or_one() -> None:
    every = answer(run("schema"))
    assert {"coach", "referral", "roster", "edits", "result", "fault"} <= every.keys()
    assert answer(run("schema", "roster")) == every["roster"]


def test_schema_lists_the_names_where_there_is_no_such() -> None:
    result = run("schema", "patient")
    assert result.exit_code == 2
    assert "There is no schema of this name: 'patient'. There are settings, coach," in result.stderr


def test_the_folder_of_wrong_input_is_refused_whole() -> None:
    if not SHARED.is_dir():
        pytest.skip("needs the shared example folders beside the repository")
    result = run("facts", SHARED / "instances" / "bad-input", "--json")
    expected = json.loads((SHARED / "instances" / "bad-input" / "faults.json").read_text())["faults"]
    assert result.exit_code == 2
    assert len(answer(result)["faults"]) == len(expected)
