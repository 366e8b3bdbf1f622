"""The search for additions in a process of its own: a crash, Ctrl-C and the end of the time leave what is known."""

import multiprocessing
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from roster.planning.need.additions import Universe
from roster.planning.need.model import Question
from roster.planning.need.points import Points
from roster.planning.need.search import Search, State
from roster.search.messages import Start

_LATE = 10.0
"""Seconds after its time after which the process is ended."""
STOPPED = "Stopped by you before everything was looked at."
BROKE_OFF = "The search broke off before everything was looked at."
NO_TIME = "Time ran out before everything was looked at."


@dataclass(frozen=True)
class Task:
    """What to look for, for how many seconds, on how many processors; ``frontier``: also for other numbers.

    ``start`` makes plans without a search, to begin with.
    """

    universe: Universe
    question: Question
    asked: int
    seconds: float
    workers: int
    seed: int
    frontier: bool
    start: Start | None


@dataclass(frozen=True)
class Outcome:
    """What is known at the end, and why that is not everything, if so."""

    state: State
    why: str

    @property
    def stopped(self) -> bool:
        """Whether KeyboardInterrupt ended it."""
        return self.why == STOPPED


def search(task: Task, tell: Callable[[State, float], None] = lambda _, __: None) -> Outcome:
    """Everything that the time allows. ``tell`` hears what is known so far, and how many seconds are left."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, task), daemon=True)
    process.start()
    theirs.close()
    began, why = time.monotonic(), ""
    state = State(Points(), None, None, "building the model")
    try:
        while state.doing and not why:
            seconds = time.monotonic() - began
            tell(state, max(0.0, task.seconds - seconds))
            if ours.poll(0.25):
                state = ours.recv()
            elif seconds > task.seconds + _LATE:
                why = NO_TIME
    except (EOFError, OSError):
        why = BROKE_OFF
    except KeyboardInterrupt:
        why = STOPPED
    process.terminate()
    process.join()
    ours.close()
    return Outcome(state, why)


def _work(connection: Connection, task: Task) -> None:
    """In the process: send what is known whenever it is more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    deadline = time.monotonic() + task.seconds
    given = task.universe, task.question, task.asked, deadline, task.workers, task.seed, task.frontier, task.start
    Search(*given, connection.send).run()
    connection.close()
