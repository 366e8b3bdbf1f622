"""Runs as tables: Markdown, CSV, JSON."""

import csv
import json
from io import StringIO

from benchmarks.growth import Measured, fits, table
from benchmarks.runs import Point, Run
from benchmarks.tables import HEADING, as_csv, as_json, best_bound, ratios_table, results_table
from tests.benchmarks.made import HIGHS, RUNS


def cells(line: str) -> list[str]:
    """The cells of a Markdown row."""
    return [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def test_every_row_has_a_cell_for_every_column() -> None:
    lines = results_table(RUNS).splitlines()
    assert len(lines) == 2 + len(RUNS)
    assert {line.count(" | ") for line in lines} == {len(HEADING) - 1}


def test_a_row_says_what_the_run_did() -> None:
    ours, highs, greedy, crashed = results_table(RUNS).splitlines()[2:]
    assert cells(ours)[1:6] == ["roster solve", "980", "980", "proved best", "proved best"]
    assert cells(ours)[6:] == ["4.00%", *["proved best"] * 3, "2.0 s", "8.0 s", "12.0 s", "12.0 s", "400 MB"]
    assert cells(highs)[2:10] == ["1,000", "950", "5.00%", "2.00%", "", "50.00%", "", ""]
    assert cells(greedy)[2:6] == ["1,225", "", "", "20.00%"]
    assert cells(crashed)[2] == "crashed: SIGSEGV"


def test_ratios_are_to_ours_on_the_same_instance() -> None:
    highs, greedy, crashed = ratios_table(RUNS, "roster solve").splitlines()[2:]
    assert cells(highs) == ["pilot, seed 1", "HiGHS", "1.02", "ours proved", "3"]
    assert cells(greedy) == ["pilot, seed 1", "greedy planner", "1.25", "", "0.25"]
    assert cells(crashed)[:2] == ["pilot, seed 1", "SCIP"]


def test_the_best_bound_is_that_of_any_way_on_the_instance() -> None:
    assert best_bound(RUNS, "pilot, seed 1") == 980
    assert best_bound(RUNS, "borough") is None


def test_the_csv_has_every_point_of_every_run() -> None:
    rows = list(csv.DictReader(StringIO(as_csv(RUNS))))
    assert len(rows) == sum(len(run.points) for run in RUNS)
    assert rows[0] == {
        "instance": "pilot, seed 1",
        "way": "roster solve",
        "seed": "1",
        "seconds": "2.00",
        "best": "2000",
        "bound": "",
        "gap": "",
    }
    assert [row["gap"] for row in rows if row["way"] == "HiGHS"] == ["", "0.500000", "0.050000"]


def test_the_json_has_everything_of_a_run() -> None:
    (found,) = json.loads(as_json([HIGHS]))
    assert Run(**(found | {"points": tuple(Point(**point) for point in found["points"])})) == HIGHS


def grown(people: int, first: float, says: str = "") -> Measured:
    """A region of so many people whose first roster came after so many seconds, and which was never within 5%."""
    points = (Point(first, 100, 50),)
    run = Run(f"{people}", "roster solve", 1, 60.0, 60.0, points, 100, 50, people * 2, says)
    return Measured(people, people // 2, run)


def test_the_table_of_growth_ends_with_the_exponents() -> None:
    lines = table([grown(100, 1.0), grown(400, 4.0)]).splitlines()
    assert cells(lines[2]) == ["100", "100", "50", "1.0 s", "not in 60 s", "not in 60 s", "200 MB", "50.00%", "60.0 s"]
    assert cells(lines[-1])[3:7] == ["n^1.00", "", "", "n^1.00"]


def test_what_was_not_reached_has_no_exponent() -> None:
    found = fits([grown(100, 1.0), grown(400, 4.0)])
    assert found["to 1%"] is None
    assert str(found["first roster"]) == "n^1.00"
