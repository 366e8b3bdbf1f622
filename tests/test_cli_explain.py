"""The command roster explain, and roster edit --repair: what they print, what they write, and how they end."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib
import pytest
from jsonschema import Draft202012Validator

import roster.explain.process
import roster.files.atomic
from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.explain.conflicts.words import conflict_words
from roster.explain.counting.bottlenecks import bottlenecks
from roster.explain.process import STOPPED
from roster.facts import facts_of
from roster.files import read, write_folder
from roster.report import Report
from roster.schemas import schema
from roster.verify import verify
from roster.wording import VOLUNTARY
from tests.audit.trouble import report_on, troubled
from tests.pages import README, text_of
from tests.test_cli import answer, run
from tests.worlds import ragged_world

ROOT = Path(__file__).resolve().parents[1]
PILOT = ROOT / "instances" / "pilot-infeasible"
Come = Callable[[Report], None]


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A folder with the trouble beside its report, made by the command for real; and how the command ended."""
    place = tmp_path_factory.mktemp("explained")
    write_folder(troubled(), place / "trouble")
    (place / "report.json").write_text("from before")
    written = ("--out", place / "report.json", "--html", place / "report.html")
    return place, run("explain", place / "trouble", *written)


@pytest.fixture
def here(explained: tuple[Path, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with copies of these, in which the command is run."""
    place = tmp_path / "here"
    shutil.copytree(explained[0], place)
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def comes(monkeypatch: pytest.MonkeyPatch) -> Come:
    """Makes the search end with a report that a test needs."""

    def end_with(report: Report) -> None:
        monkeypatch.setattr(roster.explain.process, "explain", lambda *_, **__: report)

    return end_with


def read_back(path: Path) -> Report:
    return Report.model_validate_json(path.read_text(encoding="utf-8"))


def one_line(text: str) -> str:
    return " ".join(text.split())


# -- for real -------------------------------------------------------------------------------------------------


def test_explain_says_what_stands_in_the_way_and_what_would_fix_it_and_ends_with_3(explained: tuple[Path, Any]) -> None:
    result = explained[1]
    assert result.exit_code == 3, result.output
    said = one_line(result.stdout)
    assert said.startswith("A tiny world, March 2027: there is no roster that keeps every rule No roster keeps every")
    assert "3 people (P and Q) are to be seen by 10 March 2027 and need 240 minutes in all." in said
    assert "Referrals P and Q are each to be seen by 10 March 2027. Both cannot be kept" in said
    assert "Repair 1: Move the date by which referral Q is to be seen from 10 March 2027 to 15 March 2027." in said
    assert "7 points. Proved: nothing cheaper would do." in said
    assert "If nothing changes: a compromise roster It does not keep every rule" in said
    assert VOLUNTARY in said
    assert f"Written to {explained[0] / 'report.json'}." in result.stdout.replace("\n", " ")
    assert "seconds left" in result.stderr


def test_the_report_written_is_whole_and_as_its_schema_says(explained: tuple[Path, Any]) -> None:
    place = explained[0]
    document = json.loads((place / "report.json").read_text())
    for name in ("report", "explain"):
        assert list(Draft202012Validator(schema(name)).iter_errors(document)) == []
        assert list(Draft202012Validator(schema(name)).iter_errors(document | {"nickname": "none"}))
    report = read_back(place / "report.json")
    assert report.to_json() == (place / "report.json").read_text()
    assert (report.schema_, report.outcome) == ("report/1", "infeasible")
    assert report.instance_sha256 == read(place / "trouble").valid().sha256
    assert [set(conflict.facts) for conflict in report.conflicts] == [{"see_by:P", "see_by:Q"}]
    assert all(conflict.verified for conflict in report.conflicts)
    assert all(repair.verified for repair in report.repairs)
    assert [repair.cheapest for repair in report.repairs].index(True) == 0
    assert sorted(path.name for path in place.iterdir()) == ["report.html", "report.json", "trouble"]


def test_the_compromise_in_the_report_passes_the_checker(explained: tuple[Path, Any]) -> None:
    compromise = read_back(explained[0] / "report.json").compromise
    assert compromise is not None
    assert [(entry.rule, entry.fact) for entry in compromise.breaks] == [("see_by", "see_by:Q")]
    assert verify(troubled(), compromise, RULES, PREFERENCES).accepted


def test_the_page_written_is_html_and_tells_the_same(explained: tuple[Path, Any]) -> None:
    page = (explained[0] / "report.html").read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    for repair in read_back(explained[0] / "report.json").repairs:
        assert repair.says in page


def test_what_the_report_claims_holds_by_roster_verify_report(here: Path) -> None:
    result = run("verify-report", here / "trouble", "report.json")
    assert result.exit_code == 0, result.output
    assert "Everything holds" in result.stdout


def test_every_repair_makes_a_folder_that_has_a_roster(here: Path) -> None:
    repairs = read_back(here / "report.json").repairs
    assert len(repairs) > 1
    for number, repair in enumerate(repairs, start=1):
        made = run("edit", "trouble", "report.json", "--repair", number, "--out", f"repaired-{number}")
        assert made.exit_code == 0, made.output
        changes = "1 change" if len(repair.edits) == 1 else f"{len(repair.edits)} changes"
        assert made.stdout == f"{changes} made. Written to repaired-{number}.\n"
        solved = run("solve", f"repaired-{number}", "--out", "roster.json", "--gap", 0.9)
        assert solved.exit_code == 0, solved.output
    assert read(here / "trouble").valid() == troubled()


def test_a_region_with_a_roster_needs_no_change_and_ends_with_0(tmp_path: Path) -> None:
    write_folder(ragged_world(), tmp_path / "world")
    result = run("explain", tmp_path / "world", "--out", tmp_path / "report.json", "--quiet")
    assert result.exit_code == 0
    assert "There is a roster that keeps every rule. Nothing has to change." in result.stdout
    assert result.stderr == ""
    report = read_back(tmp_path / "report.json")
    assert (report.outcome, report.conflicts, report.bottlenecks, report.repairs) == ("feasible", (), (), ())
    assert report.compromise is None


def test_with_edits_it_is_the_data_after_them_that_is_explained(tmp_path: Path) -> None:
    write_folder(ragged_world(), tmp_path / "world")
    edits = tmp_path / "edits.json"
    edits.write_text('[{"op": "add_pin", "coach_id": "C2", "session_id": "S4"}]')
    result = run("explain", tmp_path / "world", "--edits", edits, "--json")
    report = Report.model_validate(answer(result))
    assert result.exit_code == 3
    assert [set(conflict.facts) for conflict in report.conflicts] == [{"pin:C2:S4", "leave:C2:2027-03-05"}]
    assert report.instance_sha256 != ragged_world().sha256


def test_what_there_was_no_time_for_is_not_claimed(here: Path) -> None:
    result = run("explain", "trouble", "--time-limit", 0.5, "--json")
    report = Report.model_validate(answer(result))
    assert result.exit_code == {"infeasible": 3, "unknown": 4}[report.outcome]
    assert all(conflict.verified for conflict in report.conflicts)
    if not (report.conflicts and any(repair.cheapest for repair in report.repairs) and report.compromise):
        assert report.not_proved
    if report.outcome == "infeasible":
        assert report.bottlenecks or report.conflicts or report.compromise
    (here / "hasty.json").write_text(report.to_json())
    assert run("verify-report", "trouble", "hasty.json").exit_code == 0


def test_ctrl_c_keeps_what_is_known(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    script = "import roster.progress as shown; shown._SECONDS_BETWEEN_LINES = 0.0; import cli; cli.main()"
    process = subprocess.Popen(
        [sys.executable, "-c", script, "explain", str(PILOT), "--time-limit", "300", "--out", str(out)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("Looking for the cheapest repair"):
            break
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=120)
    assert process.returncode == 3
    report = read_back(out)
    assert STOPPED in report.not_proved
    assert report.bottlenecks
    assert any(conflict.verified for conflict in report.conflicts)
    assert report.compromise is None
    assert STOPPED in one_line(printed)


def test_what_the_readme_shows_of_the_example_region_is_so() -> None:
    instance, readme = read(PILOT).valid(), one_line(text_of(README))
    (bottleneck,) = bottlenecks(instance, RULES)
    assert bottleneck.says in readme
    shown = {"presence:basket-row-surgery", *(f"leave:{coach.coach_id}:2027-03-08" for coach in instance.coaches)}
    facts = [fact for fact in facts_of(instance) if fact.id in shown]
    assert conflict_words(instance, facts) in readme
    words = "1. 9 people and promised visits at Basket Row Surgery"
    assert words in readme
    assert sum(instance.people[referral_id].count for referral_id in bottleneck.people) == 9


# -- every outcome --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("outcome", "code"), [("optimal", 0), ("feasible", 0), ("infeasible", 3), ("unknown", 4)])
def test_every_outcome_has_its_exit_code_and_json_is_the_report(
    here: Path, comes: Come, outcome: str, code: int
) -> None:
    report = report_on(troubled()).model_copy(update={"outcome": outcome})
    comes(report)
    result = run("explain", "trouble", "--json", "--out", "again.json")
    assert result.exit_code == code
    assert Report.model_validate(answer(result)) == report
    assert read_back(here / "again.json") == report
    assert run("explain", "trouble").exit_code == code


def test_time_that_ran_out_first_claims_nothing(here: Path, comes: Come) -> None:
    nothing = {"conflicts": (), "bottlenecks": (), "repairs": (), "clusters": ()}
    says = "It was not settled in time whether there is a roster that keeps every rule."
    comes(report_on(troubled()).model_copy(update={"outcome": "unknown", "says": says, **nothing}))
    result = run("explain", "trouble")
    assert result.exit_code == 4
    assert says in one_line(result.stdout)
    assert "Not proved: time ran out before a roster was found or ruled out" in one_line(result.stdout)
    assert here.exists()


# -- what goes wrong ------------------------------------------------------------------------------------------


def test_a_report_that_cannot_be_written_leaves_the_one_from_before(
    here: Path, comes: Come, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    before = {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()}
    comes(report_on(troubled()))
    monkeypatch.setattr(roster.files.atomic, "flush", full)
    result = run("explain", "trouble", "--out", "report.json", "--html", "report.html")
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("option", ["--out", "--html"])
def test_a_place_that_cannot_be_written_to_is_named_before_the_work(
    here: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    def works(*_: object, **__: object) -> Report:
        raise AssertionError("it began to work")

    monkeypatch.setattr(roster.explain.process, "explain", works)
    result = run("explain", "trouble", option, here / "nowhere" / "report")
    assert result.exit_code == 2
    assert "The folder it is to be in does not exist. Make the folder, or give another name." in one_line(result.stderr)
    assert isinstance(result.exception, SystemExit)


def test_wrong_input_ends_with_2_and_every_fault(here: Path) -> None:
    (here / "trouble" / "pins.csv").write_text("coach_id,session_id\nC9,S1\n")
    result = run("explain", "trouble", "--json", "--out", "again.json")
    assert result.exit_code == 2
    assert [fault["file"] for fault in answer(result)["faults"]] == ["pins.csv"]
    assert list(Draft202012Validator(schema("explain")).iter_errors(answer(result))) == []
    assert not (here / "again.json").exists()


NOT_A_REPAIR = {
    "none of that number": (
        ("trouble", "report.json", "--repair", "99"),
        "There is no such repair: '99'. The report has",
    ),
    "a file that is not there": (
        ("trouble", "nowhere.json", "--repair", "1"),
        "There is no such file. Check the name.",
    ),
    "a file that is no report": (
        ("trouble", "trouble/settings.toml", "--repair", "1"),
        "This cannot be read as JSON. Name a report.json that roster explain wrote, unchanged.",
    ),
    "a roster": (
        ("trouble", "compromise.json", "--repair", "1"),
        'This is not a report: it has no "schema": "report/1". Name a report.json that roster explain wrote',
    ),
    "other data with the same ids": (
        ("world", "report.json", "--repair", "1"),
        "This report was not made from the data in world. Name the data that it was made from, as they were then, or "
        "make a new report with roster explain.",
    ),
    "a folder that is not there": (("nowhere", "report.json", "--repair", "1"), "There is no such folder or workbook."),
    "a report in the place of edits": (("trouble", "report.json"), "report.json"),
}


@pytest.mark.parametrize("name", NOT_A_REPAIR)
def test_what_is_no_repair_of_these_data_ends_with_2_and_writes_nothing(
    here: Path, explained: tuple[Path, Any], name: str
) -> None:
    arguments, says = NOT_A_REPAIR[name]
    report = read_back(explained[0] / "report.json")
    assert isinstance(report.compromise, Roster)
    (here / "compromise.json").write_text(report.compromise.to_json())
    write_folder(ragged_world(), here / "world")
    result = run("edit", *arguments, "--out", "repaired")
    assert result.exit_code == 2
    assert says in one_line(result.stderr)
    assert result.stdout == ""
    assert not (here / "repaired").exists()


def test_repairs_are_counted_from_1(here: Path) -> None:
    result = run("edit", "trouble", "report.json", "--repair", 0, "--out", "repaired")
    assert result.exit_code == 2
    assert "--repair" in result.stderr
    assert not (here / "repaired").exists()


def test_a_report_without_repairs_says_so(here: Path) -> None:
    (here / "report.json").write_text(report_on(troubled()).model_copy(update={"repairs": ()}).to_json())
    result = run("edit", "trouble", "report.json", "--repair", 1, "--out", "repaired")
    assert result.exit_code == 2
    assert "There is no such repair: '1'. The report has 0 repairs." in one_line(result.stderr)


def test_a_folder_that_is_there_is_not_replaced_by_a_repaired_one(here: Path) -> None:
    (here / "repaired").mkdir()
    (here / "repaired" / "notes.txt").write_text("from before")
    result = run("edit", "trouble", "report.json", "--repair", 1, "--out", "repaired")
    assert result.exit_code == 2
    assert "repaired" in result.stderr
    assert [path.name for path in (here / "repaired").iterdir()] == ["notes.txt"]
