"""The command roster simulate: what it prints and writes, with the engine and with a quick stand-in for it."""

import csv
import json
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import html5lib
import pytest
from python_calamine import CalamineWorkbook
from rich.console import Console

from models import PREFERENCES, RULES
from roster.commands.simulating import Simulate, progress, progress_words
from roster.files import write_folder
from roster.many.order import Order
from roster.many.pool import LocalPool
from roster.many.rosterer import PlaceRosterer
from roster.planning.simulation.record import SimulationReport
from roster.planning.simulation.rosterer import Rostered
from roster.planning.simulation.run import Asked, HowFar, Simulating
from roster.planning.simulation.state import MonthDone, RunState
from roster.show.simulation import simulation_text
from roster.solve import Options
from roster.wording import VOLUNTARY
from tests.many.runs import INSTANCES
from tests.plain_words import complaints
from tests.planning.simulation.queue import FirstCome, Forgetting, one_room, queue_of, simulated, terms
from tests.test_cli import answer, run
from tests.test_schemas import faults_in
from tests.test_show import shown

SCENARIOS = """
[[scenario]]
name = "A week less"
edits = [{ op = "remove_session", session_id = "S10" }]
[[scenario]]
name = "As it is"
edits = [{ op = "set_price", field = "visit", value = 16 }]
"""
SETTINGS = """
[arrivals]
per_1000_a_month = 8.0
list_size = { P1 = 1000 }
[missed]
share = 0.1
[threshold]
runs = 3
"""


class Closing(FirstCome):
    """The stand-in as the command holds it."""

    def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command with the stand-in in the place of the engine."""
    monkeypatch.setattr(Simulate, "_rosterer", lambda _: Closing(2))


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The queue as a folder, with scenarios and settings beside it."""
    folder = tmp_path_factory.mktemp("region")
    write_folder(one_room(), folder / "queue")
    (folder / "scenarios.toml").write_text(SCENARIOS)
    (folder / "settings.toml").write_text(SETTINGS)
    return folder


def simulate(region: Path, out: Path, *more: object) -> Any:
    return run("simulate", region / "queue", "--settings", region / "settings.toml", "--out", out, *more)


@pytest.fixture(scope="module")
def whole(region: Path) -> tuple[Path, Any]:
    """Everything that the command can do, once."""
    out = region / "out"
    options = ("--scenarios", region / "scenarios.toml", "--months", 6, "--runs", 4, "--threshold")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Simulate, "_rosterer", lambda _: Closing(2))
        return out, simulate(region, out, *options, "--html", region / "page.html")


def test_it_says_how_the_queue_grows_beside_the_scenarios_and_from_which_load_on(whole: tuple[Path, Any]) -> None:
    out, result = whole
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    assert "Simulated: 6 months from March 2027 in 4 runs." in text
    assert "A week less: queue over time" in text
    assert "Beside the base, it is not shown whether more or fewer people are seen a month (0.0 to 0.0)." in text
    assert "The queue grows without end from 0.9" in text
    assert "Because no share is given: no coach is ill and no room is withdrawn." in text
    assert VOLUNTARY in text
    assert f"Tables are in {out}." in text
    assert complaints(text.partition("Tables are in")[0].replace(":", ": ").replace("  ", " ")) == []
    assert max(map(len, result.stdout.partition("Tables are in")[0].splitlines())) <= 110


def test_on_a_narrow_terminal_nothing_is_cut_off(whole: tuple[Path, Any]) -> None:
    report = SimulationReport.model_validate_json((whole[0] / "simulation.json").read_bytes())
    text = shown(simulation_text(report), 80)
    assert "March 2027" in text
    assert "..." not in text
    assert max(map(len, text.splitlines())) <= 80


def test_scenarios_differ_only_by_what_differs(whole: tuple[Path, Any]) -> None:
    report = json.loads((whole[0] / "simulation.json").read_text())
    base, less, same = report["cases"]
    assert (base["name"], less["name"], same["name"]) == ("base", "A week less", "As it is")
    for figure in ("waiting_at_end", "seen_a_month", "waited_days", "within_28_days"):
        assert set(same["difference"][figure].values()) == {0.0}
    assert less["referred_a_month"] == base["referred_a_month"]
    assert less["difference"]["waiting_at_end"]["low"] > 0
    assert len(less["edits_say"]) == 1
    assert base["difference"] is None


def test_the_answer_is_as_its_schema_says_and_the_tables_say_the_same(whole: tuple[Path, Any]) -> None:
    out, _ = whole
    report = json.loads((out / "simulation.json").read_text())
    assert faults_in("simulate", report) == []
    assert (report["complete"], report["stopped"]) == (True, False)
    months = list(csv.DictReader((out / "months.csv").read_text().splitlines()))
    assert [row["case"] for row in months] == ["base"] * 6 + ["A week less"] * 6 + ["As it is"] * 6
    assert [float(row["waiting_median"]) for row in months[:6]] == [
        m["waiting"]["median"] for m in report["cases"][0]["months"]
    ]
    runs = list(csv.DictReader((out / "runs.csv").read_text().splitlines()))
    assert len(runs) == 3 * 4 * 6
    for row in runs:
        assert int(row["before"]) + int(row["referred"]) == int(row["seen"]) + int(row["after"])
    mean = sum(int(row["seen"]) for row in runs[:24]) / 24
    assert report["cases"][0]["seen_a_month"]["mean"] == pytest.approx(mean)
    loads = list(csv.DictReader((out / "loads.csv").read_text().splitlines()))
    assert [float(row["load"]) for row in loads] == pytest.approx(
        [t["load"] for t in report["threshold"]["tried"]], abs=1e-4
    )
    book = CalamineWorkbook.from_path(out / "simulation.xlsx")
    assert book.sheet_names == ["cases", "months", "practices", "loads", "runs", "about"]
    assert len(book.get_sheet_by_name("runs").to_python()) == len(runs) + 1


def test_the_page_stands_alone_with_pictures_and_the_tables_of_their_numbers(whole: tuple[Path, Any]) -> None:
    page = (whole[0].parent / "page.html").read_text()
    found = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    tags = {str(e.tag) for e in found.iter()}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "foreignObject", "image"}
    assert not [name for e in found.iter() for name in e.attrib if name in ("src", "style") or name.startswith("on")]
    assert "://" not in page
    assert len([e for e in found.iter() if str(e.tag).endswith("svg")]) == 5
    captions = ["".join(e.itertext()) for e in found.iter("caption")]
    assert captions[0] == "Loads tried, as times the referrals simulated"
    assert captions[1] == "People waiting on the last day of the month"
    assert VOLUNTARY in page


@pytest.mark.usefixtures("stand_in")
def test_a_second_start_goes_on_where_the_first_ended(region: Path, tmp_path: Path) -> None:
    simulate(region, tmp_path / "a", "--months", 2, "--runs", 2, "--quiet")
    first = {p: p.read_bytes() for p in (tmp_path / "a" / "runs").rglob("*.json")}
    again = simulate(region, tmp_path / "a", "--months", 2, "--runs", 2, "--json")
    assert {p: p.read_bytes() for p in first} == first
    assert answer(again)["complete"]
    more = simulate(region, tmp_path / "a", "--months", 4, "--runs", 3, "--json")
    other = simulate(region, tmp_path / "b", "--months", 4, "--runs", 3, "--json")
    assert answer(more) == answer(other)


class Stopping(Closing):
    """Ctrl-C after five months."""

    def __init__(self) -> None:
        super().__init__(1, gone_after=5)


def test_ctrl_c_sums_up_what_is_done(monkeypatch: pytest.MonkeyPatch, region: Path, tmp_path: Path) -> None:
    monkeypatch.setattr(Simulate, "_rosterer", lambda _: Stopping())
    result = simulate(region, tmp_path / "out", "--months", 6, "--runs", 2)
    assert result.exit_code == 4
    assert "Stopped by you. So far: 2 months from March 2027 in 2 runs, of 6 months asked for." in result.stdout
    assert "To go on, give the same command again" in result.stdout
    report = json.loads((tmp_path / "out" / "simulation.json").read_text())
    assert [m["runs"] for m in report["cases"][0]["months"]] == [2, 2, 1]
    assert (report["complete"], report["stopped"]) == (False, True)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--scenario", "As it is"], "there is no file"),
        (["--months", "2", "--threshold"], "too few to see whether a queue grows"),
        (["--scenarios", "scenarios.toml", "--scenario", "Nothing"], "there is no such scenario"),
    ],
)
@pytest.mark.usefixtures("stand_in")
def test_what_does_not_go_together_is_wrong_input(options: list[str], says: str, region: Path, tmp_path: Path) -> None:
    given = [str(region / option) if option.endswith(".toml") else option for option in options]
    result = simulate(region, tmp_path / "out", *given, "--json")
    assert result.exit_code == 2
    assert answer(result)["faults"][0]["says"] == says
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("stand_in")
def test_results_are_not_written_into_the_data(region: Path) -> None:
    result = simulate(region, region / "queue", "--json")
    assert answer(result)["faults"][0]["says"] == "the results would be written into the data"


# -- progress -------------------------------------------------------------------------------------------------


def test_progress_is_in_plain_words() -> None:
    assert progress_words(HowFar(12, 600, 540.0, "2027-04", 43.21)) == (
        "12 of 600 months simulated, about 9 minutes left. Waiting after April 2027: 43.2 so far"
    )
    assert progress_words(HowFar(0, 6, None)) == "0 of 6 months simulated"
    assert progress_words(HowFar(1, 6, 40.0, what="Load 1.50: ")) == (
        "Load 1.50: 1 of 6 months simulated, about 40 seconds left"
    )
    assert "about 2.0 hours left" in progress_words(HowFar(1, 6, 7200.0))


def test_where_it_is_no_terminal_a_line_is_printed_now_and_then() -> None:
    now = iter([0.0, 5.0, 11.0, 11.0])
    console = Console(record=True, width=100, force_terminal=False)
    with progress(console, lambda: next(now)) as tell:
        tell(HowFar(1, 9, None))
        tell(HowFar(2, 9, None))
    assert console.export_text().strip() == "2 of 9 months simulated"


# -- the engine -----------------------------------------------------------------------------------------------


def engine() -> PlaceRosterer:
    return PlaceRosterer(LocalPool(2), RULES, PREFERENCES, Options(60.0, 0.0, 1, 0))


def plain(months: Sequence[MonthDone]) -> list[MonthDone]:
    """The months without how long they took."""
    return [m.model_copy(update={"seconds": 0.0}) for m in months]


def test_the_stand_in_sees_whom_the_engine_sees() -> None:
    world = queue_of(one_room(), terms(16.0))
    rosterer = engine()
    try:
        done = Simulating([world], Asked(2, 1, 1), rosterer, Forgetting()).run()
    finally:
        rosterer.close()
    (expected,) = simulated(world, months=2, runs=1)
    assert [plain(t.state.months) for t in done.tracks] == [plain(months) for months in expected]
    assert any(months[1].left_over for months in expected)


def test_a_region_is_simulated_by_the_engine_from_the_command(tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ("--out", out, "--months", 2, "--runs", 1, "--jobs", 1, "--time-limit", 30)
    result = run("simulate", INSTANCES / "tiny-two-towns", *options, "--json")
    assert result.exit_code == 0
    report = answer(result)
    assert faults_in("simulate", report) == []
    (state,) = [RunState.model_validate_json(p.read_bytes()) for p in (out / "runs" / "base").iterdir()]
    assert [m.month for m in state.months] == ["2027-05", "2027-06"]
    assert sum(m.people_seen for m in state.months) > 0
    assert all(m.how_good == "as_asked" and m.gap is not None and m.gap <= 0.02 for m in state.months)


class Lost(LocalPool):
    """Ends every process as soon as it has begun."""

    def start(self, order: Order) -> None:
        super().start(order)
        for process_id in self.process_ids().values():
            os.killpg(process_id, signal.SIGKILL)


def test_a_month_whose_process_is_lost_three_times_is_given_up() -> None:
    rosterer = PlaceRosterer(Lost(1), RULES, PREFERENCES, Options(60.0, 0.0, 1, 0))
    rosterer.start("a month", one_room())
    found: list[Rostered] = []
    while not found:
        found += rosterer.ended(1.0)
    rosterer.close()
    assert [(f.name, f.roster) for f in found] == [("a month", None)]
    assert found[0].says.startswith("Given up after 3 tries: the last process was killed")
