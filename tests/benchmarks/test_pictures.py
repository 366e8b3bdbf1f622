"""The pictures: which lines they have, what stands beside them, and that they become files."""

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("altair", reason="pictures need the extra [charts]")
pytest.importorskip("vl_convert", reason="pictures need the extra [charts]")

from benchmarks.drawing import write_svg
from benchmarks.fit import Sample
from benchmarks.growth_picture import growth_chart
from benchmarks.pictures import STYLES, curves, gap_over_time
from benchmarks.ways import WAYS
from tests.benchmarks.made import GREEDY, HIGHS, OURS, RUNS


def test_every_way_has_a_line_of_its_own_colour() -> None:
    assert set(STYLES) == set(WAYS)
    assert len({colour for colour, _, _ in STYLES.values()}) == len(WAYS)


def test_a_line_goes_to_the_right_edge_and_says_how_it_ended() -> None:
    ours, highs, greedy = curves(RUNS)
    assert (ours.label, highs.label) == ("roster solve: proved best", "HiGHS: 5.0%")
    assert greedy.label == "greedy planner: 20.0% from the best bound"
    assert {line.corners[-1].seconds for line in (ours, highs, greedy)} == {40.0}


def test_after_its_time_a_line_is_drawn_as_over() -> None:
    highs = curves([replace(OURS, seconds=90.0), HIGHS])[1]
    assert [(corner.seconds, corner.over) for corner in highs.corners[-3:]] == [
        (40.0, False),
        (40.0, True),
        (90.0, True),
    ]


def test_a_planner_is_measured_by_the_best_bound_of_any_way() -> None:
    assert curves([HIGHS, GREEDY])[1].label == "greedy planner: 22.4% from the best bound"


def test_the_picture_names_the_instance_its_lines_and_what_is_not_drawn(tmp_path: Path) -> None:
    write_svg(gap_over_time(RUNS), tmp_path / "gap.svg")
    text = (tmp_path / "gap.svg").read_text(encoding="utf-8")
    for words in (
        "each way may still be: pilot, seed 1",
        "HiGHS: 5.0%",
        "time since the start",
        "Not drawn: SCIP, crashed: SIGSEGV.",
    ):
        assert words in text


def test_a_picture_without_any_gap_is_still_a_picture(tmp_path: Path) -> None:
    write_svg(gap_over_time(RUNS[-1:]), tmp_path / "gap.svg")
    assert "Not drawn: SCIP" in (tmp_path / "gap.svg").read_text(encoding="utf-8")


def test_the_picture_of_growth_shows_each_exponent(tmp_path: Path) -> None:
    seconds = [Sample(1, 10, 1.0), Sample(1, 100, 10.0)]
    chart = growth_chart({"first roster": seconds, "to 1%": seconds[:1], "memory": seconds})
    write_svg(chart, tmp_path / "growth.svg")
    text = (tmp_path / "growth.svg").read_text(encoding="utf-8")
    assert text.count(">n^1.00<") == 2
    assert "memory in MB" in text
