"""The command roster plan: what it prints and writes, that it goes on where it ended, and begins with the base."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import html5lib
import pytest
from python_calamine import CalamineWorkbook

from models import RULES
from models.by_hand.from_another import plans_from
from roster.domain import Roster
from roster.edits import apply_edits, parse_edits
from roster.files import read
from roster.instance import Instance
from roster.many.board import Board
from roster.plan import plan_of_roster
from roster.planning.record import PlanReport
from roster.schemas import schema
from roster.show.plan import plan_text
from roster.solve import Progress
from roster.wording import VOLUNTARY
from tests.many.runs import INSTANCES, ROOT
from tests.plain_words import complaints
from tests.test_cli import answer, run
from tests.test_schemas import faults_in
from tests.test_show import shown

TINY = INSTANCES / "tiny-two-towns"
SCENARIOS = """
[[scenario]]
name = "No breaks"
edits = [{ op = "set_policy", field = "break_minutes", value = 0 }]
[[grid]]
coaches = { like = "%s", to = 1 }
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenarios of the tiny region."""
    path = tmp_path_factory.mktemp("scenarios") / "scenarios.toml"
    path.write_text(SCENARIOS % read(TINY).valid().coaches[0].coach_id)
    return path


@pytest.fixture(scope="module")
def planned(file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The folder of results, and what the command ended with."""
    out = tmp_path_factory.mktemp("plan") / "out"
    page = out.parent / "plan.html"
    return out, run("plan", TINY, file, "--out", out, "--html", page, "--time-limit", 30, "--workers", 1, "--jobs", 1)


def test_it_sets_every_scenario_beside_the_base_with_what_is_proved(planned: tuple[Path, Any]) -> None:
    out, result = planned
    assert result.exit_code == 0
    assert "2 scenarios beside the base; of 2 the difference in the total is proved." in result.stdout
    rows = [line.split("  ")[0] for line in result.stdout.splitlines()]
    assert [row for row in rows if row in ("base", "No breaks", "coaches +1")] == [
        *("base", "No breaks", "coaches +1"),
        *("base", "No breaks", "coaches +1"),
        *("base", "No breaks", "coaches +1"),
    ]
    assert VOLUNTARY in " ".join(result.stdout.split())
    assert f"Tables are in {out}, rosters in {out / 'rosters'}." in result.stdout
    assert complaints(" ".join(result.stdout.partition("Tables are in")[0].split())) == []
    assert max(map(len, result.stdout.partition("Tables are in")[0].splitlines())) <= 110


def test_on_a_narrow_terminal_nothing_is_cut_off(planned: tuple[Path, Any]) -> None:
    report = PlanReport.model_validate_json((planned[0] / "plan.json").read_bytes())
    text = shown(plan_text(report), 80)
    assert "Difference" in text
    assert text.count("proved best") == 3
    assert max(map(len, text.splitlines())) <= 80


def test_more_never_costs_more_and_the_edits_beside_a_roster_make_the_data_it_is_of(planned: tuple[Path, Any]) -> None:
    out, _ = planned
    base = read(TINY).valid()
    report = json.loads((out / "plan.json").read_text())
    assert faults_in("plan", report) == []
    assert schema("plan")["title"] == "plan"
    assert [c["difference"]["total"] <= 0 for c in report["scenarios"]] == [True, True]
    for column in report["scenarios"]:
        folder = out / "rosters" / column["name"]
        roster = Roster.model_validate_json((folder / "roster.json").read_bytes())
        after = apply_edits(base, parse_edits((folder / "edits.json").read_text()))
        assert after.sha256 == roster.instance_sha256 == column["instance_sha256"]


def test_the_tables_say_the_same_as_the_answer(planned: tuple[Path, Any]) -> None:
    out, _ = planned
    report = json.loads((out / "plan.json").read_text())
    wide = list(csv.DictReader((out / "scenarios.csv").read_text().splitlines()))
    assert [row["scenario"] for row in wide] == ["base", "No breaks", "coaches +1"]
    columns = [report["base"], *report["scenarios"]]
    assert [int(row["total"]) for row in wide] == [c["figures"]["total"] for c in columns]
    assert [int(row["seen"]) for row in wide] == [c["figures"]["bands"][-1]["seen"] for c in columns]
    assert [row["proof"] for row in wide] == ["", "exact", "exact"]
    long = list(csv.DictReader((out / "figures.csv").read_text().splitlines()))
    one = next(r for r in long if (r["scenario"], r["part"], r["figure"]) == ("coaches +1", "cost", "waiting"))
    assert int(one["value"]) - int(one["base"]) == int(one["difference"])
    assert int(one["value"]) == columns[2]["figures"]["costs"]["waiting"]
    book = CalamineWorkbook.from_path(out / "plan.xlsx")
    assert book.sheet_names == ["scenarios", "figures", "who is seen", "edits", "about"]
    assert [row[0] for row in book.get_sheet_by_name("scenarios").to_python()] == [
        "scenario",
        *(c["name"] for c in columns),
    ]
    assert len(book.get_sheet_by_name("figures").to_python()) == len(long) + 1


def test_the_page_stands_alone_with_pictures_and_the_tables_of_their_numbers(planned: tuple[Path, Any]) -> None:
    page = (planned[0].parent / "plan.html").read_text()
    found = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    tags = {str(e.tag) for e in found.iter()}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "foreignObject", "image"}
    assert not [name for e in found.iter() for name in e.attrib if name in ("src", "style") or name.startswith("on")]
    assert "://" not in page
    pictures = [e for e in found.iter() if str(e.tag).endswith("svg")]
    assert len(pictures) == 2
    captions = ["".join(e.itertext()) for e in found.iter("caption")]
    assert captions[:2] == ["People seen; waits in days", "Totals, in minutes of coach time"]
    assert VOLUNTARY in page


def test_without_what_draws_pictures_the_page_says_what_to_install(
    planned: tuple[Path, Any], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _ = planned
    monkeypatch.setitem(sys.modules, "altair", None)
    monkeypatch.delitem(sys.modules, "roster.pages.pictures", raising=False)
    page = out.parent / "plain.html"
    again = run("plan", TINY, file, "--out", out, "--html", page, "--time-limit", 30, "--workers", 1, "--jobs", 1)
    assert again.exit_code == 0
    assert again.stderr.count("done in an earlier run, kept.") == 3
    assert "<svg" not in page.read_text()
    assert "not installed: pip install -e" in page.read_text()


def test_a_fault_in_the_file_is_wrong_input_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text("[[grid]]")
    result = run("plan", TINY, file, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "This grid has no axis." in result.stderr
    assert not (tmp_path / "out").exists()
    assert run("plan", TINY, tmp_path / "no.toml", "--out", tmp_path / "out", "--json").exit_code == 2


def test_results_are_not_written_into_the_data(file: Path) -> None:
    result = run("plan", TINY, file, "--out", TINY, "--json")
    assert result.exit_code == 2
    assert answer(result)["faults"][0]["says"] == "the results would be written into the data"


def test_what_was_done_before_the_command_was_killed_is_not_done_again(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ["--out", str(out), "--time-limit", "30", "--workers", "1", "--jobs", "1", "--quiet"]
    command = [sys.executable, "-c", "import cli; cli.main()", "plan", str(TINY), str(file), *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first, ends = out / "rosters" / "base" / "result.json", time.monotonic() + 60
    while not first.exists() and time.monotonic() < ends:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = first.read_bytes()
    assert not (out / "plan.json").exists()
    result = run("plan", TINY, file, *options, "--json")
    assert result.exit_code == 0
    assert first.read_bytes() == before
    assert len(answer(result)["scenarios"]) == 2


class Pressing(Board):
    """A board that presses Ctrl-C as soon as it is told how far the base is."""

    def tell(self, name: str, progress: Progress) -> None:
        super().tell(name, progress)
        signal.raise_signal(signal.SIGINT)


def test_where_the_base_is_stopped_no_scenario_is_begun_and_it_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roster.commands.planning.Board", Pressing)
    file, out = tmp_path / "s.toml", tmp_path / "out"
    file.write_text('[[grid]]\ncoaches = { like = "C01", to = 1 }')
    result = run("plan", INSTANCES / "borough", file, "--out", out, "--time-limit", 300, "--workers", 1)
    assert result.exit_code == 4
    assert "coaches +1: Stopped by you before it was begun." in result.stdout
    assert f"To go on with what is not done: roster plan {INSTANCES / 'borough'} {file} --out {out}" in result.stdout
    report = json.loads((out / "plan.json").read_text())
    assert (report["complete"], report["scenarios"][0]["figures"]) == (False, None)


def test_a_scenario_begins_with_the_roster_of_the_base_where_it_still_fits(planned: tuple[Path, Any]) -> None:
    base = read(TINY).valid()
    roster = Roster.model_validate_json((planned[0] / "rosters" / "base" / "roster.json").read_bytes())
    assert next(iter(plans_from(roster, base, RULES))) == plan_of_roster(roster)
    begun = {v.session_id: list(plans_from(roster, without(base, v.session_id), RULES)) for v in roster.visits}
    some = {gone: plans[0] for gone, plans in begun.items() if plans}
    assert some
    for gone, plan in some.items():
        kept = {(v.coach_id, v.session_id) for v in roster.visits if v.session_id != gone}
        assert len(kept - set(plan.visits)) <= 1
        assert gone not in {session_id for _, session_id in plan.visits}


def without(base: Instance, session_id: str) -> Instance:
    return apply_edits(base, parse_edits(json.dumps([{"op": "remove_session", "session_id": session_id}])))
