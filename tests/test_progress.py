"""The progress line: what it says, how often, and how it behaves on a terminal and elsewhere."""

from io import StringIO

import pytest
from rich.console import Console

from roster.progress import ProgressLine, words
from roster.solve import Progress


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def progress(best: int | None, bound: int | None, says: str = "") -> Progress:
    return Progress(seconds=18.0, time_left=42.0, best=best, bound=bound, says=says)


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (progress(None, None, "looking for a first roster"), "Looking for a first roster, 42 seconds left"),
        (progress(263_765, None), "Best total 263,765, 42 seconds left"),
        (progress(263_765, 251_297), "Best total 263,765, none below 251,297, gap 4.8%, 42 seconds left"),
        (progress(None, 251_297), "None below 251,297, 42 seconds left"),
        (progress(8_123, 8_123), "Best total 8,123, none below 8,123, gap 0.0%, 42 seconds left"),
    ],
)
def test_the_line_has_the_best_the_bound_the_gap_and_the_time_left(told: Progress, line: str) -> None:
    assert words(told, told.time_left) == line


def test_elsewhere_than_on_a_terminal_a_line_is_printed_every_ten_seconds() -> None:
    clock, printed = Clock(), StringIO()
    with ProgressLine(Console(file=printed, width=80), clock) as line:
        for second in range(25):
            clock.now = float(second)
            line.tell(progress(1_000 - second, 900))
    bests = [text.split(", none")[0] for text in printed.getvalue().splitlines()]
    assert bests == ["Best total 1,000", "Best total 990", "Best total 980"]


def test_on_a_terminal_the_time_left_runs_down_between_two_messages() -> None:
    clock, printed = Clock(), StringIO()
    console = Console(file=printed, width=80, force_terminal=True, force_interactive=True)
    line = ProgressLine(console, clock)
    line.tell(progress(1_000, 900))
    clock.now = 12.0
    assert line.__rich__().plain == "Best total 1,000, none below 900, gap 10.0%, 30 seconds left"
    clock.now = 99.0
    assert line.__rich__().plain.endswith("0 seconds left")


def test_on_a_terminal_the_line_is_gone_at_the_end() -> None:
    printed = StringIO()
    console = Console(file=printed, width=80, force_terminal=True, force_interactive=True)
    with ProgressLine(console) as line:
        line.tell(progress(1_000, 900))
    erase_line = "\x1b[2K"
    assert printed.getvalue().rstrip().endswith(erase_line)


def test_a_quiet_console_hears_nothing() -> None:
    printed = StringIO()
    with ProgressLine(Console(file=printed, quiet=True)) as line:
        line.tell(progress(1_000, 900))
    assert printed.getvalue() == ""
