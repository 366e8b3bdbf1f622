"""How the run is shown: lines on a terminal, lines now and then elsewhere, and the summary at the end."""

from io import StringIO

import pytest
from rich.console import Console

from roster.fault import Fault
from roster.many.board import Board, came_of
from roster.show.many import many_text
from roster.solve import Progress
from roster.summaries import Line, exit_code, summary_of
from tests.many.runs import ASKED

PROGRESS = Progress(seconds=18.0, time_left=42.0, best=8_000, bound=7_600, says="")
GOOD = Line(
    folder="leeds",
    outcome="feasible",
    says="Checked, and at most 5.0% from the best possible.",
    people=100,
    coaches=4,
    sessions=50,
    people_seen=80,
    objective=8_000,
    bound=7_600,
    gap=0.05,
    seconds=60.2,
    tries=1,
    asked=ASKED,
)
BEST = GOOD.model_copy(update={"folder": "york", "outcome": "optimal", "bound": 8_000, "gap": 0.0, "kept": True})
COMPROMISE = GOOD.model_copy(
    update={
        "folder": "hull",
        "outcome": "infeasible",
        "bound": None,
        "gap": None,
        "says": "No roster keeps every rule.",
    }
)
FAULTS = (Fault(file="coaches.csv", says="the file is missing", do="Add it."),) * 3
WRONG = Line(folder="bath", outcome="invalid", says="3 things are wrong.", asked=ASKED, faults=FAULTS)


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def text_of(shown: object, width: int = 110) -> str:
    out = StringIO()
    Console(file=out, width=width).print(shown)
    return out.getvalue()


def test_elsewhere_than_on_a_terminal_all_that_is_known_is_printed_every_thirty_seconds() -> None:
    out, clock = StringIO(), Clock()
    with Board(Console(file=out, width=200), clock) as board:
        board.begin("leeds", 1)
        board.begin("york", 2)
        board.tell("leeds", PROGRESS)
        board.count(3, 2, 4)
        assert out.getvalue() == ""
        clock.now = 30.0
        board.count(3, 2, 4)
        board.count(3, 2, 4)
    assert out.getvalue().splitlines() == [
        "leeds: Best total 8,000, none below 7,600, gap 5.0%, 12 seconds left",
        "york: Try 2. Starting",
        "3 done, 2 running, 4 waiting",
    ]


def test_on_a_terminal_every_folder_under_way_has_a_line_that_stays_in_place() -> None:
    board = Board(Console(file=StringIO()))
    for number in range(20):
        board.begin(f"district-{number}", 1)
    board.tell("district-0", PROGRESS)
    board.count(0, 20, 17)
    lines = text_of(board).splitlines()
    assert lines[0].startswith("district-0   Best total 8,000, none below 7,600, gap 5.0%")
    assert lines[-2].strip() == "and 4 more"
    assert lines[-1] == "0 done, 20 running, 17 waiting"


def test_a_terminal_gets_live_lines_and_each_folder_that_is_done() -> None:
    out = StringIO()
    with Board(Console(file=out, force_terminal=True, width=100)) as board:
        board.begin("leeds", 1)
        board.settle(GOOD)
        board.count(1, 0, 0)
    assert "leeds: 80 of 100 people seen, total 8,000, gap 5.0%." in out.getvalue()
    assert "1 done, 0 running, 0 waiting" in out.getvalue()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (GOOD, "leeds: 80 of 100 people seen, total 8,000, gap 5.0%."),
        (
            GOOD.model_copy(update={"stopped": True}),
            "leeds: 80 of 100 people seen, total 8,000, gap 5.0%, stopped by you.",
        ),
        (BEST, "york: done in an earlier run, kept. 80 of 100 people seen, total 8,000, proved best."),
        (COMPROMISE, "hull: No roster keeps every rule."),
        (WRONG, "bath: 3 things are wrong."),
    ],
)
def test_what_came_of_a_folder_is_said_in_one_line(line: Line, says: str) -> None:
    assert came_of(line) == says


def test_the_summary_has_a_row_for_each_folder_what_needs_a_look_and_the_totals() -> None:
    text = text_of(many_text(summary_of([GOOD, BEST, COMPROMISE, WRONG]), 110))
    rows = [line.split() for line in text.splitlines()]
    assert ["leeds", "a", "roster", "80", "of", "100", "4", "50", "8,000", "7,600", "5.0%", "60", "1"] in rows
    assert ["york", "proved", "best", "80", "of", "100", "4", "50", "8,000", "8,000", "0.0%", "60", "1"] in rows
    assert " - hull: No roster keeps every rule." in text
    assert " - bath: coaches.csv: the file is missing. Add it. 2 more in its result.json." in text
    assert " - 4 folders: 1 proved best, 1 a roster, 1 wrong input, 1 a compromise; 1 kept from an earlier run" in text
    assert " - 160 of 300 people seen, compromises not counted" in text
    assert " - Gap 2.5% on average, 5.0% at most" in text


def test_a_district_of_a_nation_fits_into_one_line() -> None:
    large = {"folder": "15-godwitthwaite", "people": 3_347, "people_seen": 3_100, "objective": 12_345_678}
    line = GOOD.model_copy(update=large | {"bound": 11_345_678, "seconds": 3_600.0, "sessions": 1_833, "coaches": 50})
    rows = [" ".join(row.split()) for row in text_of(many_text(summary_of([line]), 110)).splitlines()]
    assert "15-godwitthwaite a roster 3,100 of 3,347 50 1,833 12,345,678 11,345,678 5.0% 3600 1" in rows


def test_a_narrow_terminal_gets_fewer_columns_and_whole_names() -> None:
    text = text_of(many_text(summary_of([GOOD, BEST]), 80), 80)
    assert "Coaches" not in text
    assert "york    proved best" in text


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        (["optimal", "feasible"], 0),
        (["optimal", "lost", "unknown"], 4),
        (["unknown", "infeasible", "optimal"], 3),
        (["infeasible", "invalid"], 2),
        (["lost", "invalid", "rejected", "infeasible"], 1),
        ([], 0),
    ],
)
def test_the_exit_code_is_that_of_the_worst_folder(outcomes: list[str], code: int) -> None:
    assert exit_code(GOOD.model_copy(update={"outcome": outcome}) for outcome in outcomes) == code
