"""The command roster value: each row against brute force, its tables, page and sheets, and how it ends."""

import csv
import json
import signal
import sys
from pathlib import Path
from typing import Any

import html5lib
import pytest
from python_calamine import CalamineWorkbook

from roster.domain import Roster
from roster.edits import apply_edits, parse_edits
from roster.files import read, write_folder
from roster.many.board import Board
from roster.planning.value.record import ValueReport
from roster.show.value import value_text
from roster.solve import Progress
from roster.wording import VOLUNTARY
from tests.many.runs import INSTANCES
from tests.plain_words import complaints
from tests.planning.value.exact import region, saved_by_each
from tests.test_cli import answer, run
from tests.test_schemas import faults_in
from tests.test_show import shown

RECIPE, SEED = "tiny-published", 2
TOP = 3
EFFORT = ("--time-limit", 30, "--workers", 1, "--jobs", 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny region as a folder."""
    path = tmp_path_factory.mktemp("region") / "region"
    path.mkdir()
    write_folder(region(RECIPE, SEED), path)
    return path


@pytest.fixture(scope="module")
def valued(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The folder of results, and what the command ended with."""
    out = tmp_path_factory.mktemp("value") / "out"
    places = "--out", out, "--html", out.parent / "value.html", "--sheets", out.parent / "sheets"
    return out, run("value", folder, *places, "--top", TOP, *EFFORT)


@pytest.fixture(scope="module")
def report(valued: tuple[Path, Any]) -> ValueReport:
    """What it wrote."""
    assert valued[1].exit_code == 0
    return ValueReport.model_validate_json((valued[0] / "value.json").read_bytes())


def test_every_row_saves_what_brute_force_says(report: ValueReport) -> None:
    exact = saved_by_each(RECIPE, SEED)
    assert len(report.confirmed) >= TOP
    assert [(c.name, c.saves, c.proof) for c in report.confirmed] == [
        (c.name, exact[c.name], "exact") for c in report.confirmed
    ]


def test_the_most_that_anything_saves_is_in_the_table_and_in_the_headline(report: ValueReport) -> None:
    most = max(saved_by_each(RECIPE, SEED).values())
    assert most in [c.saves for c in report.confirmed]
    first = report.confirmed[0]
    says = first.says[:1].lower() + first.says[1:]
    assert report.headline.startswith(f"The most valuable single thing: {says}: ")


def test_more_people_in_time_come_first_then_what_saves_most(report: ValueReport) -> None:
    order = [(-c.bought.in_time, -(c.saves or 0)) for c in report.confirmed if c.bought is not None]
    assert len(order) == len(report.confirmed)
    assert order == sorted(order)


def test_it_prints_every_row_in_plain_words_and_where_the_rest_is(
    valued: tuple[Path, Any], report: ValueReport
) -> None:
    out, result = valued
    text = " ".join(result.stdout.split())
    assert report.headline in text
    assert VOLUNTARY in text
    assert text.count(" proved") >= len(report.confirmed)
    assert f"Tables are in {out}, rosters in {out / 'rosters'}." in result.stdout
    assert complaints(" ".join(result.stdout.partition("Tables are in")[0].split())) == []
    assert max(map(len, result.stdout.partition("Tables are in")[0].splitlines())) <= 110


def test_on_a_narrow_terminal_nothing_is_cut_off(report: ValueReport) -> None:
    text = shown(value_text(report), 80)
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text


def test_the_json_is_as_its_schema_says_and_edits_make_the_data_that_each_roster_is_of(
    valued: tuple[Path, Any], folder: Path, report: ValueReport
) -> None:
    out, _ = valued
    assert faults_in("value", json.loads((out / "value.json").read_text())) == []
    base = read(folder).valid()
    for one in report.confirmed:
        edits = parse_edits((out / "rosters" / one.name / "edits.json").read_text())
        roster = Roster.model_validate_json((out / "rosters" / one.name / "roster.json").read_bytes())
        assert apply_edits(base, edits).sha256 == roster.instance_sha256 == one.column.instance_sha256


def test_the_tables_say_the_same_as_the_answer(valued: tuple[Path, Any], report: ValueReport) -> None:
    out, _ = valued
    tried = list(csv.DictReader((out / "tried.csv").read_text().splitlines()))
    assert [(row["name"], int(row["saves"]), row["proof"]) for row in tried] == [
        (c.name, c.saves, c.proof) for c in report.confirmed
    ]
    assert [int(row["in_time_more"]) for row in tried] == [c.bought.in_time for c in report.confirmed if c.bought]
    estimated = list(csv.DictReader((out / "estimated.csv").read_text().splitlines()))
    assert [(row["name"], float(row["estimate"])) for row in estimated] == [
        (t.name, t.estimate) for t in report.estimated
    ]
    book = CalamineWorkbook.from_path(out / "value.xlsx")
    assert book.sheet_names == ["tried", "estimated", "edits", "about"]
    assert len(book.get_sheet_by_name("tried").to_python()) == len(tried) + 1


def test_what_was_not_tried_is_no_better_than_its_estimate(report: ValueReport) -> None:
    exact = saved_by_each(RECIPE, SEED)
    assert report.estimated
    tried = {c.name for c in report.confirmed}
    assert not tried & {t.name for t in report.estimated}
    for thing in report.estimated:
        assert thing.estimate is not None
        assert exact[thing.name] <= thing.estimate + 1


def _page(path: Path) -> Any:
    text = path.read_text()
    found = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    tags = {str(e.tag) for e in found.iter()}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "foreignObject", "image"}
    assert "://" not in text
    assert VOLUNTARY in text
    return found


def test_the_page_stands_alone_with_a_picture_and_the_table_of_its_numbers(
    valued: tuple[Path, Any], report: ValueReport
) -> None:
    page = _page(valued[0].parent / "value.html")
    assert len([e for e in page.iter() if str(e.tag).endswith("svg")]) == 1
    captions = ["".join(e.itertext()) for e in page.iter("caption")]
    assert captions == ["What each buys, the most valuable first", "Estimates, in minutes of coach time"]
    rows = ["".join(e.itertext()) for e in page.iter("th") if e.attrib.get("scope") == "row"]
    assert rows == [c.says for c in report.confirmed] + [t.says for t in report.estimated]


def test_every_practice_has_a_sheet_with_the_best_session_at_its_site_and_nobody_is_named(
    valued: tuple[Path, Any], folder: Path, report: ValueReport
) -> None:
    base = read(folder).valid()
    exact = saved_by_each(RECIPE, SEED)
    assert [s.practice_id for s in report.sheets] == [p.practice_id for p in base.practices]
    for practice, sheet in zip(base.practices, report.sheets, strict=True):
        text = (valued[0].parent / "sheets" / f"{practice.practice_id}.html").read_text()
        words = " ".join("".join(_page_text(valued[0].parent / "sheets" / f"{practice.practice_id}.html")).split())
        assert practice.name in words
        assert sheet.confirmed is not None
        assert sheet.best is not None
        assert sheet.best.about == practice.site_id
        assert sheet.confirmed.saves == exact[sheet.confirmed.name]
        assert not [r for r in base.referrals if r.referral_id in text]
        assert not [c for c in base.coaches if f"coach {c.coach_id}" in text]
        assert complaints(words.partition("Skip to main content")[2]) == []


def _page_text(path: Path) -> list[str]:
    return list(next(iter(_page(path).iter("body"))).itertext())


def test_what_is_done_is_kept_quietly_and_without_what_draws_pictures_the_page_says_what_to_install(
    valued: tuple[Path, Any], folder: Path, report: ValueReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _ = valued
    monkeypatch.setitem(sys.modules, "altair", None)
    for name in ("roster.pages.pictures", "roster.pages.value_picture"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    page, sheets = out.parent / "plain.html", out.parent / "sheets"
    places = "--out", out, "--html", page, "--sheets", sheets
    again = run("value", folder, *places, "--top", TOP, *EFFORT, "--quiet")
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.splitlines() == [
        report.headline,
        f"Tables are in {out}, rosters in {out / 'rosters'}.",
        f"The page is {page}.",
        f"The practices' pages are in {sheets}.",
    ]
    summary = json.loads((out / "rosters" / "summary.json").read_text())
    assert [line["kept"] for line in summary["lines"]] == [True] * (len(report.confirmed) + 1)
    assert "<svg" not in page.read_text()
    assert "not installed: pip install -e" in page.read_text()


def test_where_rosters_are_good_enough_sooner_what_is_saved_lies_between_what_is_said(tmp_path: Path) -> None:
    recipe, seed = "tiny-one-room", 2
    folder = tmp_path / "region"
    folder.mkdir()
    write_folder(region(recipe, seed), folder)
    result = run("value", folder, "--top", 2, *EFFORT, "--gap", 0.9, "--json")
    assert result.exit_code == 0
    exact, found = saved_by_each(recipe, seed), ValueReport.model_validate_json(result.stdout)
    assert len(found.confirmed) == 2
    for one in found.confirmed:
        assert one.saves_least is not None
        assert one.saves_most is not None
        assert one.saves_least <= exact[one.name] <= one.saves_most


def test_results_are_not_written_into_the_data(folder: Path) -> None:
    for place in ("--out", "--sheets"):
        result = run("value", folder, place, folder, "--json")
        assert result.exit_code == 2
        assert answer(result)["faults"][0]["says"] == "the results would be written into the data"


class Pressing(Board):
    """A board that presses Ctrl-C as soon as it is told how far the base is."""

    def tell(self, name: str, progress: Progress) -> None:
        super().tell(name, progress)
        signal.raise_signal(signal.SIGINT)


def test_where_it_is_stopped_nothing_is_tried_and_it_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roster.commands.valuing.Board", Pressing)
    out = tmp_path / "out"
    result = run("value", INSTANCES / "borough", "--out", out, "--time-limit", 300, "--workers", 1)
    assert result.exit_code == 4
    assert f"To go on with what is not done: roster value {INSTANCES / 'borough'} --out {out}" in result.stdout
    written = json.loads((out / "value.json").read_text())
    assert (written["stopped"], written["complete"], written["confirmed"]) == (True, False, [])
