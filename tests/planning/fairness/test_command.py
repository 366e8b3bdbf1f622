"""The command roster fairness: what it prints and writes, which rosters it takes, and how it ends."""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import html5lib
import pytest
from python_calamine import CalamineWorkbook

from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.files import read, write_folder
from roster.planning.fairness.record import FairnessReport
from roster.show.fairness import fairness_text
from roster.verify import verify
from roster.wording import VOLUNTARY
from tests.many.runs import INSTANCES
from tests.plain_words import complaints
from tests.planning.fairness.test_price import answered
from tests.rosters import ragged_compromise
from tests.test_cli import answer, run
from tests.test_schemas import faults_in
from tests.test_show import shown
from tests.worlds import ragged_world

FILES = {"fairness.json", "waits.csv", "who-pays.csv", "fairness.xlsx", "fairer.json"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with its best roster beside it."""
    path = tmp_path_factory.mktemp("town") / "town"
    instance, roster, _ = answered("a second visit helps both")
    write_folder(instance, path)
    (path.parent / "roster.json").write_text(roster.to_json())
    return path


@pytest.fixture(scope="module")
def priced(folder: Path) -> tuple[Path, Any]:
    """The folder of results, and what the command ended with."""
    out = folder.parent / "out"
    page = folder.parent / "fairness.html"
    options = ["--price", "--every-group", "--out", out, "--html", page, "--workers", 1, "--time-limit", 40]
    return out, run("fairness", folder, folder.parent / "roster.json", *options)


def test_it_says_who_waits_longest_what_less_would_cost_and_who_pays(priced: tuple[Path, Any]) -> None:
    out, result = priced
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    assert "A tiny world, March 2027: who waits how long The people of PX (PX) wait longest: " in text
    assert "What a shorter wait costs" in text
    assert "minutes of coach time: proved." in text or "costs nothing: proved." in text
    assert VOLUNTARY in text
    assert f"Tables are in {out}." in result.stdout
    assert complaints(" ".join(result.stdout.partition("Tables are in")[0].split())) == []


def test_on_a_narrow_terminal_nothing_is_cut_off(priced: tuple[Path, Any]) -> None:
    report = FairnessReport.model_validate_json((priced[0] / "fairness.json").read_bytes())
    text = shown(fairness_text(report), 80)
    assert text.count("Longest") == 2
    assert max(map(len, text.splitlines())) <= 80


def test_tables_and_json_say_the_same_and_the_fairer_roster_is_accepted(priced: tuple[Path, Any], folder: Path) -> None:
    out, _ = priced
    assert {path.name for path in out.iterdir()} == FILES
    report = json.loads((out / "fairness.json").read_text())
    assert faults_in("fairness", report) == []
    waits = list(csv.DictReader((out / "waits.csv").read_text().splitlines()))
    assert [int(row["people"]) for row in waits] == [g["people"] for g in report["groups"]]
    assert [row["all_mean_days"] for row in waits] == [str(g["of_all"]["mean_days"]) for g in report["groups"]]
    pays = list(csv.DictReader((out / "who-pays.csv").read_text().splitlines()))
    assert [int(row["days_more"]) for row in pays] == [p["days_more"] for p in report["price"]["payers"]]
    book = CalamineWorkbook.from_path(out / "fairness.xlsx")
    assert book.sheet_names == ["waits", "price", "who pays", "about"]
    assert len(book.get_sheet_by_name("waits").to_python()) == len(waits) + 1
    roster = Roster.model_validate_json((out / "fairer.json").read_bytes())
    assert verify(read(folder).valid(), roster, RULES, PREFERENCES).accepted


def test_the_page_stands_alone_with_a_picture_and_the_tables_of_its_numbers(priced: tuple[Path, Any]) -> None:
    page = (priced[0].parent / "fairness.html").read_text()
    found = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    tags = {str(e.tag) for e in found.iter()}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "foreignObject", "image"}
    assert "://" not in page
    assert len([e for e in found.iter() if str(e.tag).endswith("svg")]) == 1
    captions = ["".join(e.itertext()) for e in found.iter("caption")]
    assert captions[0] == "What changes for whom; days with those not seen counted"
    assert captions[1:3] == ["Everybody; waits in days", "By practice; waits in days"]
    assert VOLUNTARY in page


def test_without_what_draws_pictures_the_page_has_its_tables(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    monkeypatch.delitem(sys.modules, "roster.pages.pictures", raising=False)
    page = folder.parent / "plain.html"
    result = run("fairness", folder, folder.parent / "roster.json", "--html", page, "--quiet")
    assert result.exit_code == 0
    assert result.stdout.startswith("The people of PX (PX) wait longest on average.\nThe page is ")
    assert "<svg" not in page.read_text()
    assert "not installed: pip install -e" in page.read_text()


def test_small_groups_have_no_number_in_anything_unless_they_are_asked_for(folder: Path) -> None:
    out = folder.parent / "few"
    result = run("fairness", folder, folder.parent / "roster.json", "--out", out)
    assert result.exit_code == 0
    assert [line.split()[2:] for line in result.stdout.splitlines() if line.startswith("PY ")] == [["not", "shown"]] * 2
    report = json.loads((out / "fairness.json").read_text())
    assert [g["id"] for g in report["groups"] if g["held_back"]] == ["PX", "PY"]
    rows = list(csv.reader((out / "waits.csv").read_text().splitlines()))
    (row,) = [row for row in rows if row[1] == "PY"]
    assert row[3:] == ["no: fewer than 5, or beside such a group", *[""] * (len(row) - 4)]
    assert not (out / "who-pays.csv").exists()
    assert report["price"] is None


def test_no_price_is_given_of_a_practice_that_is_held_back(folder: Path) -> None:
    result = run("fairness", folder, folder.parent / "roster.json", "--price")
    assert result.exit_code == 2
    assert "Leave out --price, or give --every-group and pass nothing on." in " ".join(result.stderr.split())


# -- which rosters --------------------------------------------------------------------------------------------


def test_a_roster_that_the_checker_does_not_accept_is_refused(folder: Path) -> None:
    wrong = json.loads((folder.parent / "roster.json").read_text()) | {"objective": 1}
    path = folder.parent / "wrong.json"
    path.write_text(json.dumps(wrong))
    result = run("fairness", folder, path)
    assert result.exit_code == 1
    assert "The checker does not accept this roster" in result.stderr
    refused = run("fairness", folder, path, "--json")
    assert (refused.exit_code, answer(refused)["accepted"]) == (1, False)
    assert faults_in("fairness", answer(refused)) == []


def test_a_published_roster_has_its_costs_worked_out_anew_but_no_price() -> None:
    folder = INSTANCES / "doctors" / "anybody-may-leave"
    result = run("fairness", folder, folder / "published.json", "--json")
    assert result.exit_code == 0
    assert answer(result)["schema"] == "fairness/1"
    priced = run("fairness", folder, folder / "published.json", "--price", "--json")
    assert priced.exit_code == 2
    assert answer(priced)["faults"][0]["says"] == (
        "this roster was made from other data, so what it says of the best roster does not hold for these"
    )


def test_of_a_compromise_there_are_waits_and_no_price(tmp_path: Path) -> None:
    write_folder(ragged_world(), tmp_path / "world")
    instance = read(tmp_path / "world").valid()
    (tmp_path / "roster.json").write_text(ragged_compromise(instance).to_json())
    assert run("fairness", tmp_path / "world", tmp_path / "roster.json").exit_code == 0
    result = run("fairness", tmp_path / "world", tmp_path / "roster.json", "--price")
    assert result.exit_code == 2
    assert "This is a compromise" in result.stderr
    assert "Make one with roster solve, or leave out --price." in " ".join(result.stderr.split())


def test_results_are_not_written_into_the_data_nor_in_the_place_of_a_file(folder: Path) -> None:
    roster = folder.parent / "roster.json"
    for place, says in ((folder, "the results would be written into the data"), (roster, "this is a file")):
        result = run("fairness", folder, roster, "--out", place, "--json")
        assert result.exit_code == 2
        assert answer(result)["faults"][0]["says"] == says
