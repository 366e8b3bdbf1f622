"""The command roster need: what it prints and writes, what it refuses, and that Ctrl-C keeps what is known."""

import csv
import json
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import html5lib
import pytest
from python_calamine import CalamineWorkbook

from models import RULES
from roster.commands.needing import share_of
from roster.domain import Roster
from roster.edits import apply_edits, parse_edits
from roster.fault import InvalidInput
from roster.files import read
from roster.planning.need.process import STOPPED, Task, search
from roster.planning.need.record import NeedReport
from roster.show.need import need_text
from roster.wording import VOLUNTARY
from tests.many.runs import INSTANCES
from tests.plain_words import complaints
from tests.planning.need.worlds import question, scarce
from tests.test_cli import answer, run
from tests.test_schemas import faults_in
from tests.test_show import shown

WITHIN = 28


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny region that offers only one of its sessions."""
    made = tmp_path_factory.mktemp("region") / "tiny"
    shutil.copytree(INSTANCES / "tiny-one-room", made)
    lines = (made / "sessions.csv").read_text().splitlines()
    (made / "sessions.csv").write_text("\n".join(lines[:2]) + "\n")
    settings = (made / "settings.toml").read_text()
    assert 'see_by = "must"' in settings
    (made / "settings.toml").write_text(settings.replace('see_by = "must"', 'see_by = "prefer"'))
    return made


@pytest.fixture(scope="module")
def needed(folder: Path) -> tuple[Path, Any]:
    """The folder of results, and what the command ended with."""
    out = folder.parent / "out"
    places = ["--out", out, "--html", out.parent / "need.html", "--edits-out", out.parent / "more.json"]
    asked = ["--within", WITHIN, "--share", "75%", "--frontier"]
    return out, run("need", folder, *asked, *places, "--time-limit", 40, "--workers", 1)


def report_of(out: Path) -> NeedReport:
    return NeedReport.model_validate_json((out / "need.json").read_bytes())


def test_it_says_what_to_add_what_that_costs_and_what_is_proved(needed: tuple[Path, Any]) -> None:
    out, result = needed
    assert result.exit_code == 0
    report, said = report_of(out), " ".join(result.stdout.split())
    assert report.outcome == "optimal"
    assert report.pounds == report.at_least > 0
    assert "The least found that would do to see 75% of 13 people, which is 10, within 28 days:" in said
    assert "Proved: none of the things that could be added do it for less." in said
    assert VOLUNTARY in said
    assert report.each_needed is True
    assert report.seen_in_time is not None
    assert report.seen_in_time >= report.asked == 10
    assert complaints(said.partition("What to add is in")[0]) == []
    assert max(map(len, shown(need_text(report, 12), 80).splitlines())) <= 80


def test_the_edits_make_the_data_in_which_so_many_people_are_seen_in_time(
    folder: Path, needed: tuple[Path, Any]
) -> None:
    out, _ = needed
    text = (out.parent / "more.json").read_text()
    assert (out / "edits.json").read_text() == text
    after = apply_edits(read(folder).valid(), parse_edits(text))
    roster = Roster.model_validate_json((out / "roster.json").read_bytes())
    assert roster.instance_sha256 == after.sha256
    assert [f for rule in (*RULES, question(WITHIN).within(WITHIN, 10)) for f in rule.check(after, roster)] == []
    solved = run("solve", folder, "--edits", out.parent / "more.json", "--out", out.parent / "solved.json", "--quiet")
    assert solved.exit_code == 0


def test_more_people_never_cost_less_and_no_price_proved_is_above_one_found(needed: tuple[Path, Any]) -> None:
    points = report_of(needed[0]).frontier
    assert len(points) > 2
    found = [point.pounds for point in points if point.pounds is not None]
    least = [point.at_least for point in points]
    assert found == sorted(found)
    assert least == sorted(least)
    assert all(p.pounds is None or p.at_least <= p.pounds for p in points)
    assert [point.people for point in points if point.asked] == [10]
    assert points[0].pounds == 0.0


def test_the_record_is_as_its_schema_says_and_tables_say_the_same(needed: tuple[Path, Any]) -> None:
    out, _ = needed
    report = report_of(out)
    assert faults_in("need", json.loads((out / "need.json").read_text())) == []
    rows = list(csv.DictReader((out / "frontier.csv").read_text().splitlines()))
    assert [(int(r["people"]), float(r["pounds"])) for r in rows] == [(p.people, p.pounds) for p in report.frontier]
    additions = list(csv.DictReader((out / "additions.csv").read_text().splitlines()))
    assert sum(float(row["pounds"]) for row in additions) == report.pounds
    book = CalamineWorkbook.from_path(out / "need.xlsx")
    assert book.sheet_names == ["additions", "cost of more", "about"]
    assert len(book.get_sheet_by_name("cost of more").to_python()) == len(report.frontier) + 1


def test_the_page_stands_alone_with_the_picture_and_the_table_of_its_numbers(needed: tuple[Path, Any]) -> None:
    page = (needed[0].parent / "need.html").read_text()
    found = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    tags = {str(e.tag) for e in found.iter()}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert "://" not in page
    assert len([e for e in found.iter() if str(e.tag).endswith("svg")]) == 1
    captions = ["".join(e.itertext()) for e in found.iter("caption")]
    assert captions[-1] == "People seen within 28 days, and the price of what has to be added"
    assert VOLUNTARY in page


def test_without_what_draws_pictures_the_page_says_what_to_install(
    needed: tuple[Path, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from roster.pages.need import need_page

    monkeypatch.setitem(sys.modules, "altair", None)
    for name in ("pictures", "need_picture"):
        monkeypatch.delitem(sys.modules, f"roster.pages.{name}", raising=False)
    page = need_page(report_of(needed[0]))
    assert "<svg" not in page
    assert "not installed: pip install -e" in page


def test_a_share_that_nothing_is_enough_for_is_proved_to_be_so(folder: Path) -> None:
    result = run("need", folder, "--share", "1", "--time-limit", 30, "--workers", 1, "--json")
    assert result.exit_code == 3
    told = answer(result)
    assert told["outcome"] == "infeasible"
    assert told["says"].startswith("Nothing that could be added is enough to see 100% of 13 people, which is 13, ")
    assert told["with_everything"]["at_most"] < 13
    assert (told["too_late"], told["pounds"], told["additions"]) == (1, None, [])


def test_the_share_can_be_of_those_who_can_still_be_seen_in_time(folder: Path) -> None:
    result = run("need", folder, "--share", "10%", "--of", "reachable", "--time-limit", 30, "--workers", 1, "--json")
    assert result.exit_code == 0
    told = answer(result)
    assert told["says"].startswith("Nothing has to be added to see 10% of 12 people who can still be seen in time, ")
    assert (told["asked"], told["pounds"], told["edits"]) == (2, 0.0, [])


@pytest.mark.parametrize("share", ["0", "1.01", "101%", "-0.5", "half", "", "nan", "1e9"])
def test_what_is_no_share_is_wrong_input(share: str) -> None:
    with pytest.raises(InvalidInput) as error:
        share_of(share)
    assert "this is not a share above 0 and up to 1" in str(error.value)
    assert "Write a share such as 0.95 or 95%." in str(error.value)


def test_a_bad_share_a_bad_price_and_a_bad_offer_leave_with_two(folder: Path, tmp_path: Path) -> None:
    assert run("need", folder, "--share=7").exit_code == 2
    (tmp_path / "offers.toml").write_text("[[coach]]\nprice = -3\n")
    assert run("need", folder, "--offers", tmp_path / "offers.toml").exit_code == 2
    wrong = tmp_path / "wrong"
    shutil.copytree(folder, wrong)
    with (wrong / "settings.toml").open("a") as settings:
        settings.write("\n[addition_prices]\nlibrary = -2.0\n")
    result = run("need", wrong, "--json")
    assert result.exit_code == 2
    (fault,) = answer(result)["faults"]
    assert (fault["file"], fault["column"]) == ("settings.toml", "addition_prices.library")


def test_results_are_not_written_into_the_data(folder: Path) -> None:
    result = run("need", folder, "--out", folder, "--json")
    assert result.exit_code == 2
    assert answer(result)["faults"][0]["says"] == "the results would be written into the data"


def test_ctrl_c_keeps_what_is_known_so_far() -> None:
    universe = scarce("tiny-interpreter", 4, 28, few=40)
    task = Task(universe, question(28), 3, 60.0, workers=1, seed=0, frontier=True, start=None)
    known: list[int] = []

    def tell(state: object, _: float) -> None:
        plans = state.points.plans  # type: ignore[attr-defined]  # the state of the search
        known.append(len(plans))
        if plans:
            signal.raise_signal(signal.SIGINT)

    outcome = search(task, tell)
    assert (outcome.stopped, outcome.why) == (True, STOPPED)
    assert len(outcome.state.points.plans) == known[-1] > 0
