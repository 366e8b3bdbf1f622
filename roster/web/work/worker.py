"""The worker: takes one job after another from the queue, and writes down what came of each.

A search runs in processes of its own (``roster.solve``), so that a crash there is an outcome here. What goes wrong in
a job ends that job with a sentence, never the worker.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils.timezone import localdate

from roster.edits import EditError
from roster.fault import InvalidInput
from roster.store import jobs
from roster.store.importing import forget_old
from roster.store.models import Job
from roster.web.work.daily import Daily

PAUSE_SECONDS = 0.5
_BEAT_SECONDS = 1.0
_LIFE_SECONDS = 10.0
FAILED = "A fault of the program ended this. Nothing was changed."
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """What came of a job: ``result`` is JSON text; ``stopped``: somebody ended it before its time."""

    says: str
    result: str
    stopped: bool = False


class Tell:
    """Says how far a job is, at most once a second; raises KeyboardInterrupt where the job is to end."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._last = 0.0

    def __call__(self, progress: dict[str, Any]) -> None:
        now = time.monotonic()
        if now - self._last < _BEAT_SECONDS:
            return
        self._last = now
        if not jobs.beat(self._job, progress):
            raise KeyboardInterrupt


Kind = Callable[[Job, Tell], Done]


def work(kinds: dict[str, Kind], *, once: bool = False) -> None:
    """Work until asked to end (SIGTERM, Ctrl-C); with ``once`` until the queue is empty. Runs at a low priority."""
    ending, daily = threading.Event(), Daily()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda _number, _frame: ending.set())
    while not ending.is_set():
        try:
            close_old_connections()
            jobs.sweep(datetime.now(UTC))
            forget_old(datetime.now(UTC))
            daily.do(localdate())
            job = jobs.claim(datetime.now(UTC))
        except (OperationalError, InterfaceError):
            connection.close()
            job = None
        if job is not None:
            _do(job, kinds)
        elif once:
            return
        else:
            ending.wait(PAUSE_SECONDS)


def be_patient() -> None:
    """Let pages go before: the lowest priority for this process and those that it starts."""
    with suppress(OSError):
        os.nice(19)


def _do(job: Job, kinds: dict[str, Kind]) -> None:
    with _Alive(job):
        state, done = _tried(job, kinds)
    for pause in (0.0, 1.0, 3.0, 10.0):
        time.sleep(pause)
        with suppress(OperationalError, InterfaceError):
            jobs.end(job, state, done.says, done.result)
            return
        connection.close()


def _tried(job: Job, kinds: dict[str, Kind]) -> tuple[str, Done]:
    try:
        done = kinds[job.kind](job, Tell(job))
    except InvalidInput as wrong:
        return Job.FAILED, Done(" ".join(f"{f.says}. {f.do}" for f in wrong.faults[:3]), "")
    except EditError as wrong:
        return Job.FAILED, Done(f"{wrong.says}. {wrong.do}", "")
    except KeyboardInterrupt:
        return Job.STOPPED, Done("Stopped before anything was found.", "")
    except Exception:
        _log.exception("job %s (%s) failed", job.pk, job.kind)
        return Job.FAILED, Done(FAILED, "")
    return (Job.STOPPED if done.stopped else Job.DONE), done


class _Alive:
    """While a job runs, says every few seconds that the worker lives, whatever the job itself says."""

    def __init__(self, job: Job) -> None:
        self._job, self._over = job, threading.Event()
        self._thread = threading.Thread(target=self._say, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _say(self) -> None:
        while not self._over.wait(_LIFE_SECONDS):
            with suppress(OperationalError, InterfaceError):
                Job.objects.filter(pk=self._job.pk, state=Job.RUNNING).update(heard_at=datetime.now(UTC))
            connection.close()
