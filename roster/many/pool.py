"""Orders solved on this machine: at most so many at once, each in a process that ends with it."""

import queue
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count

from roster.many.child import OVERDUE, OVERDUE_SECONDS, Child, Gone, Message
from roster.many.order import Broke, Order
from roster.many.place import Begun, Event
from roster.solve import Result


@dataclass
class _Job:
    name: str
    child: Child
    ends_by: float


class LocalPool:
    """A Place of processes on this machine. Jobs are known by a number, since an order may be begun again."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._numbers = count()
        self._running: dict[int, _Job] = {}
        self._said: queue.SimpleQueue[tuple[int, Begun | Message | Gone]] = queue.SimpleQueue()

    def free(self) -> int:
        """How many more orders could be begun now."""
        return self._jobs - len(self._running)

    def start(self, order: Order) -> None:
        """Begin an order in a process of its own."""
        number = next(self._numbers)
        self._hear(number, Begun())
        child = Child(order.packed(), partial(self._hear, number))
        ends_by = time.monotonic() + order.options.time_limit + OVERDUE_SECONDS
        self._running[number] = _Job(order.name, child, ends_by)

    def _hear(self, number: int, message: Begun | Message | Gone) -> None:
        self._said.put((number, message))

    def events(self, seconds: float) -> Sequence[Event]:
        """What has happened; waits at most so long for the first."""
        return [
            event
            for number, message in [*self._heard(seconds), *self._overdue()]
            for event in self._take(number, message)
        ]

    def _heard(self, seconds: float) -> Iterator[tuple[int, Begun | Message | Gone]]:
        try:
            yield self._said.get(timeout=seconds)
            while True:
                yield self._said.get_nowait()
        except queue.Empty:
            return

    def _overdue(self) -> Iterator[tuple[int, Gone]]:
        now = time.monotonic()
        yield from [(number, OVERDUE) for number, job in self._running.items() if now > job.ends_by]

    def _take(self, number: int, message: Begun | Message | Gone) -> Iterator[Event]:
        """The message as an event; a job whose last message it is, is ended. Nothing of a job that was."""
        job = self._running.get(number)
        if job is None:
            return
        what = Gone(f"broke off ({message.kind})") if isinstance(message, Broke) else message
        if isinstance(what, Result | Gone):
            self._end(number)
        yield Event(job.name, what)

    def _end(self, number: int) -> None:
        self._running.pop(number).child.end()

    def process_ids(self) -> dict[str, int]:
        """The process of each order that is under way."""
        return {job.name: job.child.process_id for job in self._running.values()}

    def drop(self, name: str) -> None:
        """Give up an order."""
        for number in [number for number, job in self._running.items() if job.name == name]:
            self._end(number)

    def stop(self) -> None:
        """Ask for the best so far of every order."""
        for job in self._running.values():
            job.child.stop()

    def close(self) -> None:
        """End whatever is still under way."""
        for number in list(self._running):
            self._end(number)
