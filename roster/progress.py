"""How far a solve is: one line that changes on a terminal, plain lines now and then anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.status import Status
from rich.text import Text

from roster.wording import how_many, percent

if TYPE_CHECKING:
    from roster.solve import Progress

_SECONDS_BETWEEN_LINES = 10.0


class ProgressLine:
    """Shows progress on ``console`` while it is entered. ``clock`` gives seconds that never go back."""

    def __init__(self, console: Console, clock: Callable[[], float] = monotonic) -> None:
        self._console = console
        self._clock = clock
        self._status: Status | None = None
        self._latest: Progress | None = None
        self._at = clock()
        self._said_at: float | None = None

    def __enter__(self) -> ProgressLine:
        if self._console.is_interactive:
            self._status = self._console.status(self)
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def tell(self, progress: Progress) -> None:
        """Take in how far the solve is."""
        self._latest, self._at = progress, self._clock()
        if self._status is None and self._is_time_to_speak():
            self._said_at = self._at
            self._console.print(Text(words(progress, progress.time_left)))

    def _is_time_to_speak(self) -> bool:
        return self._said_at is None or self._at - self._said_at >= _SECONDS_BETWEEN_LINES

    def __rich__(self) -> Text:
        if self._latest is None:
            return Text("Starting. Ctrl-C stops and keeps the best roster found so far.")
        left = self._latest.time_left - (self._clock() - self._at)
        return Text(words(self._latest, max(left, 0.0)))


def words(progress: Progress, time_left: float) -> str:
    """How far it is, in one line: what is done now, the best total so far, the bound, the gap, the time left."""
    parts = [progress.says] if progress.says else []
    if progress.best is not None:
        parts.append(f"best total {progress.best:,}")
    if progress.bound is not None:
        parts.append(f"none below {progress.bound:,}")
    if progress.gap is not None:
        parts.append(f"gap {percent(progress.gap)}")
    line = ", ".join([*parts, f"{how_many(round(time_left), 'second')} left"])
    return line[:1].upper() + line[1:]
