"""The command roster solve: what it prints where, what it writes, and with which exit code it ends."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import roster.solve
from models import PREFERENCES, RULES
from models.by_hand.planner import plans_by_hand
from roster.domain import Outcome, Roster
from roster.files import read, write_folder
from roster.instance import Instance
from roster.rule import Finding
from roster.solve import Options, Progress, Result
from roster.verify import verify
from roster.wording import VOLUNTARY
from tests.rosters import ragged_compromise, ragged_roster
from tests.test_cli import answer, run, written_edits
from tests.worlds import ragged_world

Come = Callable[[Result], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the ragged world, in an empty folder in which the command is run."""
    write_folder(ragged_world(), tmp_path / "world")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "world"


@pytest.fixture
def comes(monkeypatch: pytest.MonkeyPatch) -> Come:
    """Makes the search end with a result that a test needs, after one message about progress."""

    def end_with(result: Result) -> None:
        def search(*_: object, tell: Callable[[Progress], None], **__: object) -> Result:
            tell(Progress(seconds=1.0, time_left=59.0, best=6_400, bound=6_000, says=""))
            return result

        monkeypatch.setattr(roster.solve, "solve", search)

    return end_with


def result_of(instance: Instance, outcome: Outcome, **fields: object) -> Result:
    found: Roster | None = ragged_roster(instance, outcome=outcome, **fields)
    if outcome == "infeasible":
        found = ragged_compromise(instance)
    return Result(outcome, found if outcome not in ("unknown", "rejected") else None, f"It is {outcome}.", 1.0)


# -- for real -------------------------------------------------------------------------------------------------


def test_solve_proves_checks_writes_and_sums_up_the_best_roster(folder: Path) -> None:
    result = run("solve", folder)
    found = Roster.model_validate_json(Path("roster.json").read_text())
    assert result.exit_code == 0
    assert found.outcome == "optimal"
    assert verify(read(folder).valid(), found, RULES, PREFERENCES).accepted
    assert result.stdout.startswith("A tiny world, March 2027\nThis is the best roster there is: no other has a lower")
    assert f"Total         {found.objective:,}   No roster has a lower total." in result.stdout
    assert VOLUNTARY in result.stdout
    assert f"Written to roster.json.\nTo see every visit: roster show {folder} roster.json\n" in result.stdout
    assert "Worth knowing (" in result.stderr
    assert run("check", folder, "roster.json").exit_code == 0


def test_solve_gives_a_marked_compromise_and_ends_with_3_where_no_roster_keeps_every_rule(folder: Path) -> None:
    (folder / "pins.csv").write_text("coach_id,session_id\nC2,S4\n")
    result = run("solve", folder)
    assert result.exit_code == 3
    assert result.stdout.startswith("A tiny world, March 2027: a compromise\nNo roster keeps every rule.")
    assert "What this compromise breaks (1)\n - C2 is pinned to session S4" in result.stdout
    found = json.loads(Path("roster.json").read_text())
    assert (found["compromise"], [entry["rule"] for entry in found["breaks"]]) == (True, ["pin"])


# -- every outcome --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "code"), [("optimal", 0), ("feasible", 0), ("infeasible", 3), ("unknown", 4), ("rejected", 1)]
)
def test_every_outcome_has_its_exit_code_and_is_named_in_json(
    folder: Path, comes: Come, outcome: Outcome, code: int
) -> None:
    comes(result_of(read(folder).valid(), outcome))
    result = run("solve", folder, "--json")
    found: dict[str, Any] = answer(result)
    assert result.exit_code == code
    assert (found["outcome"], found["says"]) == (outcome, f"It is {outcome}.")
    assert Path("roster.json").exists() == (code in (0, 3))


def test_a_roster_not_proved_best_says_how_far_from_it(folder: Path, comes: Come) -> None:
    comes(result_of(read(folder).valid(), "feasible", bound=6_197))
    result = run("solve", folder, "--json")
    assert answer(result)["gap"] == pytest.approx(126 / 6_323)


def test_time_that_ran_out_claims_nothing_and_names_the_roster_from_before(folder: Path, comes: Come) -> None:
    Path("roster.json").write_text("from before")
    comes(result_of(read(folder).valid(), "unknown"))
    result = run("solve", folder)
    assert result.exit_code == 4
    assert result.stdout == "A tiny world, March 2027\nIt is unknown.\n"
    assert "No roster was written. roster.json is from before." in result.stderr
    assert Path("roster.json").read_text() == "from before"


def test_an_answer_that_fails_the_checker_is_not_shown_and_says_what_was_found(folder: Path, comes: Come) -> None:
    finding = Finding("room", "Room X-1 is used twice on 3 March 2027.")
    comes(Result("rejected", None, "The answer failed the checker.", 1.0, (finding,)))
    result = run("solve", folder)
    assert result.exit_code == 1
    assert result.stdout == "A tiny world, March 2027\nThe answer failed the checker.\n"
    assert "What the checker found\n - room: Room X-1 is used twice on 3 March 2027." in result.stderr
    assert "No roster was written." in result.stderr


def test_wrong_input_is_not_solved(folder: Path, comes: Come) -> None:
    comes(result_of(ragged_world(), "optimal"))
    (folder / "coaches.csv").unlink()
    result = run("solve", folder)
    assert result.exit_code == 2
    assert "coaches.csv\n - The file is missing." in result.stderr
    assert not Path("roster.json").exists()


# -- what is asked for ----------------------------------------------------------------------------------------


def test_the_options_reach_the_search(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Options] = []

    def search(_: Instance, __: object, ___: object, options: Options, **____: object) -> Result:
        asked.append(options)
        return Result("unknown", None, "It is unknown.", 0.0)

    monkeypatch.setattr(roster.solve, "solve", search)
    run("solve", folder, "--time-limit", 5, "--gap", 0.01, "--workers", 1, "--seed", 7)
    assert asked == [Options(time_limit=5.0, gap=0.01, workers=1, seed=7, start=plans_by_hand)]


def test_edits_are_made_before_the_search_and_named_in_what_to_do_next(
    folder: Path, tmp_path: Path, comes: Come
) -> None:
    edits = written_edits(tmp_path, {"op": "set_price", "field": "visit", "value": 18})
    comes(result_of(read(folder).valid(), "optimal"))
    result = run("solve", folder, "--edits", edits)
    assert f"To see every visit: roster show {folder} roster.json --edits {edits}" in result.stdout


def test_quiet_says_only_what_came_out_and_where_it_is(folder: Path, comes: Come) -> None:
    comes(result_of(read(folder).valid(), "optimal"))
    result = run("solve", folder, "--quiet")
    assert result.stdout == "A tiny world, March 2027\nIt is optimal.\n\nWritten to roster.json.\n"
    assert result.stderr == ""


def test_progress_goes_to_standard_error(folder: Path, comes: Come) -> None:
    comes(result_of(read(folder).valid(), "optimal"))
    result = run("solve", folder)
    assert "Best total 6,400, none below 6,000, gap 6.3%, 59 seconds left" in result.stderr
    assert "59 seconds left" not in result.stdout


def test_what_json_prints_is_as_good_as_the_file(folder: Path, comes: Come) -> None:
    comes(result_of(read(folder).valid(), "optimal"))
    result = run("solve", folder, "--json", "--out", "best.json")
    Path("piped.json").write_text(result.stdout)
    beside = {"says", "seconds", "written_to", "warnings", "gap"}
    assert {k: v for k, v in answer(result).items() if k not in beside} == json.loads(Path("best.json").read_text())
    assert answer(result)["written_to"] == "best.json"
    assert run("check", folder, "piped.json").exit_code == 0


def test_warnings_are_in_the_json(folder: Path, comes: Come) -> None:
    comes(result_of(read(folder).valid(), "optimal"))
    warnings = answer(run("solve", folder, "--json"))["warnings"]
    assert any(warning["file"] == "referrals.csv" and "Q" in warning["ids"] for warning in warnings)


def test_a_roster_that_is_there_is_replaced(folder: Path, comes: Come) -> None:
    Path("roster.json").write_text("from before")
    comes(result_of(read(folder).valid(), "optimal"))
    run("solve", folder)
    assert Roster.model_validate_json(Path("roster.json").read_text()).objective == 6_323
    assert [path.name for path in Path().iterdir()] == ["roster.json"]


@pytest.mark.parametrize(
    ("out", "says"),
    [
        ("no/roster.json", "The folder it is to be in does not exist. Make the folder, or give another name."),
        (".", "This is a folder. Give the name of a file."),
    ],
)
def test_a_place_that_cannot_be_written_to_is_found_before_the_search(
    folder: Path, monkeypatch: pytest.MonkeyPatch, out: str, says: str
) -> None:
    monkeypatch.setattr(roster.solve, "solve", lambda *_, **__: pytest.fail("it was searched"))
    result = run("solve", folder, "--out", out)
    assert result.exit_code == 2
    assert says in result.stderr


@pytest.mark.parametrize(
    ("option", "value"), [("--time-limit", "0"), ("--gap", "2"), ("--workers", "none"), ("--seed", "-1")]
)
def test_an_option_out_of_its_range_is_wrong_usage(folder: Path, option: str, value: str) -> None:
    result = run("solve", folder, option, value)
    assert result.exit_code == 2
    assert option in result.stderr
