"""Estimates made in a process of their own: a breakdown of it, Ctrl-C and the end of time all leave what is known."""

import multiprocessing
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from roster.instance import Instance
from roster.planning.value.candidates import Candidate
from roster.planning.value.estimate import Estimates, Estimating
from roster.rule import Preference, Rule
from roster.solve import Progress

BASE_SHARE = 0.35
"""Of the time, how much the relaxation of the base may take."""
_LATE = 5.0
"""Seconds after its time after which the process is ended."""
DOING = "looking at what might help"


@dataclass(frozen=True)
class Task:
    """What to estimate, how many of the most promising to know well, and how many seconds there are."""

    instance: Instance
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    candidates: Sequence[Candidate]
    enough: int
    seconds: float


def estimates(task: Task, tell: Callable[[Progress], None] = lambda _: None) -> tuple[Estimates, bool]:
    """What is known of each candidate by the end of the time, and whether it was stopped by KeyboardInterrupt."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, task), daemon=True)
    process.start()
    theirs.close()
    found: Estimates = {}
    began, stopped = time.monotonic(), False
    try:
        while (seconds := time.monotonic() - began) < task.seconds + _LATE:
            tell(Progress(seconds, max(0.0, task.seconds - seconds), None, None, DOING))
            if ours.poll(0.25):
                found = ours.recv()
    except EOFError:
        pass  # it is done, or it broke down: what came before counts
    except KeyboardInterrupt:
        stopped = True
    process.terminate()
    process.join()
    return found, stopped


def _work(connection: Connection, task: Task) -> None:
    """In the process: send what is known after each step."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    began = time.monotonic()

    def left(share: float) -> Callable[[], float]:
        return lambda: task.seconds * share - (time.monotonic() - began)

    estimating = Estimating(task.instance, task.rules, task.preferences, task.candidates, task.enough)
    for found in estimating.run(left(BASE_SHARE), left(1.0)):
        connection.send(found)
    connection.close()
