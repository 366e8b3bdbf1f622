"""The run: folders one after another to where there is room, results written as they come, at last the summary."""

import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from roster.domain import Roster
from roster.fault import Fault, InvalidInput, Notice
from roster.inputs import instance_at
from roster.instance import Instance
from roster.many.board import Board
from roster.many.child import Gone
from roster.many.order import Order
from roster.many.place import Begun, Event, Place
from roster.many.results import Results
from roster.rule import Preference, Rule
from roster.solve import Options, Progress, Result, Start
from roster.summaries import Asked, Line, ManyOutcome, Summary, line_of, summary_of
from roster.verify import verify
from roster.wording import how_many

MOST_TRIES = 3
Made = Callable[[], Instance]
"""Makes data that are in no folder."""
_TICK = 0.25
_NOT_BEGUN = "Stopped by you before it was begun."
_NO_ROSTER_YET = "Stopped by you before a roster was found or ruled out."
_REJECTED = "The answer failed the checker, so nothing is shown. This is a fault of the program, not of your data."


@dataclass
class _Job:
    order: Order
    warnings: tuple[Notice, ...]
    tries: int = 0
    gone: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def used_up(self) -> bool:
        return max(self.tries, self.gone) >= MOST_TRIES


@dataclass
class Run:
    """Solves folders, or data that are made of others, by name, in ``place``; keeps what comes of them in ``results``.

    ``again``: also those that are done. Ctrl-C asks for the best so far of all that is under way and begins nothing
    more; a second Ctrl-C does not wait for it.
    """

    folders: Mapping[str, Path | Made]
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    asked: Asked
    place: Place
    results: Results
    board: Board
    again: bool = False
    start: Start | None = None
    _waiting: deque[str] = field(default_factory=deque)
    _running: dict[str, _Job] = field(default_factory=dict)
    _lines: dict[str, Line] = field(default_factory=dict)
    _stopping: bool = False

    def run(self) -> Summary:
        """Solve them all."""
        self._waiting.extend(self.folders)
        try:
            with _presses() as pressed:
                while (self._waiting or self._running) and pressed() < 2:
                    if pressed() and not self._stopping:
                        self._stop()
                    self._step()
        finally:
            self.place.close()
        for job in list(self._running.values()):
            self._settle(self._line(job, "unknown", _NO_ROSTER_YET, stopped=True))
        return self._summarise()

    def _step(self) -> None:
        """Begin one more, if there is room, and take in what has happened."""
        begins = bool(self._waiting) and self.place.free() > 0
        if begins:
            self._begin(self._waiting.popleft())
        for event in self.place.events(0.001 if begins and self._waiting else _TICK):
            if event.name in self._running:
                self._take(event)
        self.board.count(len(self._lines), len(self._running), len(self._waiting))

    # -- one folder ---------------------------------------------------------------------------------------

    def _begin(self, name: str) -> None:
        try:
            instance, warnings = self._read(name)
        except InvalidInput as wrong:
            self._settle(self._invalid(name, wrong.faults, wrong.notices))
            return
        except OSError:
            do = "Check that it is a folder and that you may open it."
            fault = Fault(file=name, says="it cannot be opened", do=do)
            self._settle(self._invalid(name, (fault,)))
            return
        kept = None if self.again else self.results.kept(name, instance.sha256, self.asked)
        if kept is not None:
            self._enter(kept)
            return
        options = Options(self.asked.time_limit, self.asked.gap, self.asked.workers, self.asked.seed, self.start)
        order = Order(name, instance, self.rules, self.preferences, options)
        self._running[name] = _Job(order, warnings)
        self.place.start(order)

    def _read(self, name: str) -> tuple[Instance, tuple[Notice, ...]]:
        source = self.folders[name]
        return instance_at(source) if isinstance(source, Path) else (source(), ())

    def _invalid(self, name: str, faults: tuple[Fault, ...], warnings: tuple[Notice, ...] = ()) -> Line:
        says = f"{how_many(len(faults), 'thing is', 'things are')} wrong with this folder, so no roster was made."
        return Line(folder=name, outcome="invalid", says=says, asked=self.asked, faults=faults, warnings=warnings)

    def _take(self, event: Event) -> None:
        job = self._running[event.name]
        match event.what:
            case Begun():
                job.tries += 1
                if job.tries > MOST_TRIES:
                    job.tries = MOST_TRIES
                    self.place.drop(event.name)
                    self._lose(job, "was lost")
                else:
                    self.board.begin(event.name, job.tries)
            case Progress():
                self.board.tell(event.name, event.what)
            case Result():
                self._finish(job, event.what)
            case Gone():
                job.gone += 1
                self._try_again(job, event.what)

    def _try_again(self, job: _Job, gone: Gone) -> None:
        if self._stopping:
            self._settle(self._line(job, "unknown", _NO_ROSTER_YET, stopped=True))
        elif job.used_up:
            self._lose(job, gone.why)
        else:
            self.board.say(f"{job.order.name}: the process {gone.why}. It is tried again.")
            self.place.start(job.order)

    def _lose(self, job: _Job, why: str) -> None:
        says = f"Given up after {how_many(max(job.tries, job.gone), 'try', 'tries')}: each time the process ended "
        self._settle(self._line(job, "lost", f"{says}without an answer. The last one {why}."))

    def _finish(self, job: _Job, result: Result) -> None:
        """Check the answer once more, here, since it may come from another machine; keep what is right."""
        order, roster = job.order, result.roster
        if roster is not None and not self._holds(order.instance, roster, result):
            self._settle(self._line(job, "rejected", _REJECTED))
            return
        line = line_of(order.name, order.instance, self.asked, result.outcome, result.says, roster)
        stopped = self._stopping and result.outcome in ("feasible", "unknown")
        self._settle(self._worked(line, job, result.seconds, stopped), roster)

    def _holds(self, instance: Instance, roster: Roster, result: Result) -> bool:
        right = roster.instance_sha256 == instance.sha256 and roster.outcome == result.outcome
        return right and verify(instance, roster, self.rules, self.preferences).accepted

    def _line(self, job: _Job, outcome: ManyOutcome, says: str, *, stopped: bool = False) -> Line:
        """The line of an order that has no roster."""
        line = line_of(job.order.name, job.order.instance, self.asked, outcome, says)
        return self._worked(line, job, time.monotonic() - job.began, stopped)

    def _worked(self, line: Line, job: _Job, seconds: float, stopped: bool) -> Line:
        """The line with how long was worked on it, and what is worth knowing of its data."""
        tries = max(1, job.tries, job.gone)
        update = {"seconds": round(seconds, 1), "tries": tries, "stopped": stopped, "warnings": job.warnings}
        return line.model_copy(update=update)

    # -- what has come ------------------------------------------------------------------------------------

    def _settle(self, line: Line, roster: Roster | None = None) -> None:
        """Write what came of a folder, and the summary so far."""
        self._running.pop(line.folder, None)
        self.results.write(line, roster)
        self._enter(line)

    def _enter(self, line: Line) -> None:
        self._lines[line.folder] = line
        self.board.settle(line)
        self._summarise()

    def _stop(self) -> None:
        self._stopping = True
        self.board.say("Stopping: what is under way gives the best roster it has. Ctrl-C again does not wait for it.")
        while self._waiting:
            name = self._waiting.popleft()
            self._lines[name] = Line(folder=name, outcome="unknown", says=_NOT_BEGUN, stopped=True, asked=self.asked)
        self.place.stop()

    def _summarise(self) -> Summary:
        """Write the summary of what is known, in the order of the folders."""
        summary = summary_of(self._lines[name] for name in self.folders if name in self._lines)
        self.results.summarise(summary)
        return summary


@contextmanager
def _presses() -> Iterator[Callable[[], int]]:
    """Counts Ctrl-C, and being asked to end (SIGTERM), in the place of what they do otherwise."""
    number = 0

    def press(_: int, __: FrameType | None) -> None:
        nonlocal number
        number += 1

    before = {kind: signal.signal(kind, press) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: number
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
