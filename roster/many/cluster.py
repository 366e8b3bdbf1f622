"""Orders solved on a Dask cluster (the extra ``cluster``): the tables travel, files do not.

Each order is one task. On a worker it has a process of its own (``roster.many.child``), so it does not matter whether
the worker is a daemon, and a crash of the solver is not one of the worker. Progress comes back as events of a topic;
an ``Event`` of the cluster asks for the best so far. Where a worker is lost, Dask begins its tasks on another.
"""

import logging
import queue
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

import distributed

from roster.fault import Fault, InvalidInput
from roster.many.child import OVERDUE, OVERDUE_SECONDS, Child, Gone, Message
from roster.many.order import Broke, Order
from roster.many.place import Begun, Event
from roster.solve import Progress, Result

CONNECT_SECONDS = 10.0
WORKERS_SECONDS = 30.0
"""How long to wait for the first worker."""
_BETWEEN_MESSAGES = 1.0
"""Seconds between two messages about progress of one order, and between two looks at whether to stop."""
_CPU = "cpu"
_GATHER_SECONDS = 60.0
_DISCONNECTED = Gone("was lost with the connection to the cluster")
_AHEAD = 1
"""Orders that wait at the cluster, so that no worker is idle while the next folder is read."""


class ChildLostError(Exception):
    """The process that solved an order on a worker ended without an answer; says why."""


# -- on a worker ----------------------------------------------------------------------------------------------


def solve_there(packed: bytes, seconds: float, key: str, topic: str) -> Result:
    """What a task does: solve an order in a process, tell how far it is, and return what came of it.

    ``seconds``: after so many the process is ended. Raises ChildLostError where the process ended without an answer.
    """
    worker = distributed.get_worker()
    stop = distributed.Event(f"{topic}-stop")
    worker.log_event(topic, {"key": key, "begun": True})
    said: queue.SimpleQueue[Message | Gone] = queue.SimpleQueue()
    child = Child(packed, said.put)
    told_at, ends_by = 0.0, time.monotonic() + seconds
    try:
        while time.monotonic() < ends_by:
            with suppress(queue.Empty):
                message = said.get(timeout=_BETWEEN_MESSAGES)
                if isinstance(message, Result):
                    return message
                if not isinstance(message, Progress):
                    raise ChildLostError(_why(message))
                if time.monotonic() - told_at < _BETWEEN_MESSAGES:
                    continue
                worker.log_event(topic, {"key": key, "progress": asdict(message)})
            told_at = time.monotonic()
            if stop.is_set():
                child.stop()
        raise ChildLostError(OVERDUE.why)
    finally:
        child.end()


def _why(message: Gone | Broke) -> str:
    return message.why if isinstance(message, Gone) else f"broke off ({message.kind})"


# -- at home --------------------------------------------------------------------------------------------------


def connected(address: str, processors: int) -> "Cluster":
    """The cluster whose scheduler is at ``address``, with at least one worker that has so many processors.

    Raises InvalidInput where nothing answers, and where no worker comes.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError):
        raise _wrong(address, "no Dask scheduler answers there", "Check the address, and that it is running.") from None
    cluster = Cluster(client, processors)
    until = time.monotonic() + WORKERS_SECONDS
    while cluster.capacity() == 0:
        if time.monotonic() > until:
            cluster.close()
            do = f"Start workers with --resources cpu={processors} or more, or give a lower --workers."
            raise _wrong(address, f"no worker there has {processors} processors", do)
        time.sleep(0.2)
    return cluster


def _wrong(address: str, says: str, do: str) -> InvalidInput:
    return InvalidInput([Fault(file="--cluster", value=address, says=says, do=do)])


@dataclass
class _Job:
    name: str
    future: "distributed.Future[Result] | None"


class Cluster:
    """A Place at a Dask scheduler. Tasks are known by a key of their own, since an order may be begun again."""

    def __init__(self, client: "distributed.Client", processors: int) -> None:
        self._client, self._processors = client, processors
        self._topic = f"roster-{uuid4().hex}"
        self._stop = distributed.Event(f"{self._topic}-stop", client=client)
        self._running: dict[str, _Job] = {}
        self._said: queue.SimpleQueue[tuple[str, Begun | Progress | None]] = queue.SimpleQueue()
        client.subscribe_topic(self._topic, self._hear)

    # -- the workers --------------------------------------------------------------------------------------

    def capacity(self) -> int:
        """How many orders the workers can solve at once: by the processors that they declare, or one a thread."""
        workers = self._workers()
        if self._declared(workers):
            return sum(int(w["resources"].get(_CPU, 0)) // self._processors for w in workers.values())
        return sum(w["nthreads"] for w in workers.values())

    def _workers(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = {}
        with suppress(OSError):
            found = self._client.scheduler_info()["workers"]
        return found

    def _declared(self, workers: Mapping[str, Any]) -> bool:
        return any(_CPU in worker["resources"] for worker in workers.values())

    def _is_gone(self) -> bool:
        return self._client.status not in ("running", "connecting")

    # -- orders -------------------------------------------------------------------------------------------

    def free(self) -> int:
        """How many more orders could be sent now. Where the cluster is gone, one: to be told so."""
        return 1 if self._is_gone() else self.capacity() + _AHEAD - len(self._running)

    def start(self, order: Order) -> None:
        """Send an order."""
        key = f"{order.name}-{uuid4().hex}"
        if self._is_gone():
            self._running[key] = _Job(order.name, None)
            return
        resources = {_CPU: self._processors} if self._declared(self._workers()) else None
        task = order.packed(), order.options.time_limit + OVERDUE_SECONDS, key, self._topic
        future = self._client.submit(solve_there, *task, key=key, pure=False, resources=resources)
        self._running[key] = _Job(order.name, future)
        future.add_done_callback(lambda _: self._said.put((key, None)))

    def _hear(self, event: tuple[float, dict[str, Any]]) -> None:
        """Something was told of a task; this is called in a thread of the client."""
        _, told = event
        self._said.put((told["key"], Progress(**told["progress"]) if "progress" in told else Begun()))

    def events(self, seconds: float) -> Sequence[Event]:
        """What has happened; waits at most so long for the first."""
        found = [event for key, message in self._heard(seconds) for event in self._take(key, message)]
        if self._is_gone():
            found += [Event(job.name, _DISCONNECTED) for job in self._running.values()]
            self._running.clear()
        return found

    def _heard(self, seconds: float) -> Iterator[tuple[str, Begun | Progress | None]]:
        try:
            yield self._said.get(timeout=seconds)
            while True:
                yield self._said.get_nowait()
        except queue.Empty:
            return

    def _take(self, key: str, message: Begun | Progress | None) -> Iterator[Event]:
        """The message as an event; where the task is done, what came of it. Nothing of a task that was given up."""
        job = self._running.get(key)
        if job is None:
            return
        if message is not None:
            yield Event(job.name, message)
            return
        del self._running[key]
        yield Event(job.name, _came_of(job))

    def drop(self, name: str) -> None:
        """Give up an order."""
        for key in [key for key, job in self._running.items() if job.name == name]:
            job = self._running.pop(key)
            if job.future is not None:
                job.future.cancel()

    def stop(self) -> None:
        """Ask for the best so far of every order."""
        if not self._is_gone():
            self._stop.set()

    def close(self) -> None:
        """Ask whatever is still under way to end, and leave the cluster."""
        if self._running:
            with suppress(OSError):
                self.stop()
        self._running.clear()
        self._client.close()


def _came_of(job: _Job) -> Result | Gone:
    assert job.future is not None
    try:
        return job.future.result(timeout=_GATHER_SECONDS)
    except ChildLostError as lost:
        return Gone(str(lost))
    except distributed.KilledWorker:
        return Gone("was on a worker that was lost")
    except distributed.CancelledError:
        return _DISCONNECTED
    except Exception as error:
        return Gone(f"broke off ({type(error).__name__})")
