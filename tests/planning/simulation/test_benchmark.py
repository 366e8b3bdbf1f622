"""The benchmark of simulated years prints a line for each number of rosters at once."""

import sys

import pytest

from benchmarks import simulate
from tests.many.runs import INSTANCES


def test_it_prints_how_long_a_year_takes_for_each_number_of_rosters_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(simulate, "measured", lambda *given: (40.0 / given[-1], 3))
    monkeypatch.setattr(sys, "argv", ["simulate", str(INSTANCES / "pilot"), "--months", "4", "--runs", "2"])
    simulate.main()
    title, _, *lines = capsys.readouterr().out.splitlines()
    assert title == "pilot: 4 months, 2 runs, gap 0.02"
    assert [line.split() for line in lines] == [["1", "40", "12.0", "60", "3"], ["2", "20", "24.0", "60", "3"]]


def test_it_measures_the_engine() -> None:
    seconds, late = simulate.measured(INSTANCES / "tiny-one-room", 1, 1, 0.02, 60.0, 1)
    assert seconds > 0
    assert late == 0
