"""How far the run is: a line for every folder under way, and how many are done, running and waiting.

On a terminal the lines change in place; anywhere else they are printed now and then. Each folder that is done is
printed once in either case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from types import TracebackType

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from roster.progress import words
from roster.solve import Progress
from roster.summaries import Line
from roster.wording import percent, printable

_SECONDS_BETWEEN_LINES = 30.0
_LIVE_LINES = 16
"""How many running folders the terminal shows; of the others there is a count."""


@dataclass
class _Running:
    tries: int
    progress: Progress | None = None
    at: float = 0.0


class Board:
    """Shows the run on ``console`` while it is entered. ``clock`` gives seconds that never go back."""

    def __init__(self, console: Console, clock: Callable[[], float] = monotonic) -> None:
        self._console, self._clock = console, clock
        self._live: Live | None = None
        self._running: dict[str, _Running] = {}
        self._counts = ""
        self._said_at = clock()

    def __enter__(self) -> Board:
        if self._console.is_interactive:
            self._live = Live(self, console=self._console, refresh_per_second=4, transient=True)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def begin(self, name: str, tries: int) -> None:
        """A process begins to work on this folder, the first or another."""
        self._running[name] = _Running(tries)

    def tell(self, name: str, progress: Progress) -> None:
        """Take in how far one folder is."""
        running = self._running.setdefault(name, _Running(1))
        running.progress, running.at = progress, self._clock()

    def settle(self, line: Line) -> None:
        """A folder is done: say what came of it."""
        self._running.pop(line.folder, None)
        self.say(came_of(line))

    def count(self, done: int, running: int, waiting: int) -> None:
        """How many folders there are of each kind now; where it is time to, print all that is known."""
        self._counts = f"{done:,} done, {running:,} running, {waiting:,} waiting"
        if self._live is None and self._clock() - self._said_at >= _SECONDS_BETWEEN_LINES:
            self._said_at = self._clock()
            for text in [*self._lines(), self._counts]:
                self.say(text)

    def say(self, text: str) -> None:
        """Print a line that stays."""
        self._console.print(Text(printable(text)), soft_wrap=True)

    def _lines(self) -> list[str]:
        return [f"{name}: {self._words(running)}" for name, running in self._running.items()]

    def _words(self, running: _Running) -> str:
        again = f"Try {running.tries}. " if running.tries > 1 else ""
        if running.progress is None:
            return f"{again}Starting"
        left = running.progress.time_left - (self._clock() - running.at)
        return again + words(running.progress, max(left, 0.0))

    def __rich__(self) -> Group:
        rows = Table.grid(padding=(0, 2))
        shown = list(self._running.items())[:_LIVE_LINES]
        for name, running in shown:
            rows.add_row(Text(printable(name)), Text(self._words(running)))
        more = len(self._running) - len(shown)
        if more:
            rows.add_row(Text(""), Text(f"and {more:,} more"))
        return Group(rows, Text(self._counts))


def came_of(line: Line) -> str:
    """What came of a folder, in one line."""
    if line.kept:
        return f"{line.folder}: done in an earlier run, kept. {_result(line)}"
    return f"{line.folder}: {_result(line)}"


def _result(line: Line) -> str:
    if not line.keeps_every_rule or line.people_seen is None:
        return line.says
    gap = "proved best" if line.outcome == "optimal" else f"gap {percent(line.gap or 0.0)}"
    stopped = ", stopped by you" if line.stopped else ""
    return f"{line.people_seen:,} of {line.people or 0:,} people seen, total {line.objective or 0:,}, {gap}{stopped}."
