"""The processes that try cases: each builds the problem once; one that is lost loses only the case it was trying."""

import multiprocessing
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from roster.instance import Instance
from roster.stress import worker
from roster.stress.compare import Terms
from roster.stress.worker import Ready, Settled, Try


@dataclass(frozen=True)
class Lost:
    """A process is gone, and with it what it was trying; None where it was trying nothing."""

    trying: Try | None


@dataclass
class _Member:
    process: BaseProcess
    ready: bool = False
    trying: Try | None = None


class Crew:
    """At most ``jobs`` processes on one instance with its published roster. ``close`` ends them all."""

    def __init__(self, instance: Instance, terms: Terms, jobs: int) -> None:
        self._instance, self._terms, self._jobs = instance, terms, jobs
        self._members: dict[Connection, _Member] = {}

    def fill(self) -> None:
        """Begin as many processes as there may be."""
        context = multiprocessing.get_context("spawn")
        while len(self._members) < self._jobs:
            ours, theirs = context.Pipe()
            given = theirs, self._instance.replaced(), self._terms
            process = context.Process(target=worker.work, args=given, daemon=True)
            process.start()
            theirs.close()
            self._members[ours] = _Member(process)

    @property
    def trying(self) -> list[Try]:
        """What is being tried."""
        return [member.trying for member in self._members.values() if member.trying is not None]

    @property
    def is_free(self) -> bool:
        """Whether a process waits for something to try."""
        return any(member.ready and member.trying is None for member in self._members.values())

    def process_ids(self) -> dict[int, int]:
        """The process that tries each case, by the case's number."""
        tried = ((m.trying, m.process.pid) for m in self._members.values())
        return {trying.number: pid for trying, pid in tried if trying is not None and pid is not None}

    def start(self, order: Try) -> None:
        """Give the case to a process that is free."""
        connection, member = next((c, m) for c, m in self._members.items() if m.ready and m.trying is None)
        member.trying = order
        with suppress(OSError):
            connection.send(order)

    def events(self, seconds: float) -> Iterator[Settled | Lost]:
        """What has happened; waits at most so long for the first."""
        for connection in wait(list(self._members), timeout=seconds):
            assert isinstance(connection, Connection)
            event = self._heard(connection)
            if event is not None:
                yield event

    def _heard(self, connection: Connection) -> Settled | Lost | None:
        member = self._members[connection]
        try:
            message = connection.recv()
        except (EOFError, OSError):
            return self._lost(connection)
        if isinstance(message, Ready):
            member.ready = True
            return None
        assert isinstance(message, Settled)
        member.trying = None
        return message

    def _lost(self, connection: Connection) -> Lost:
        member = self._members.pop(connection)
        _end(connection, member)
        return Lost(member.trying)

    def close(self) -> None:
        """End every process, whatever it is doing."""
        while self._members:
            _end(*self._members.popitem())


def _end(connection: Connection, member: _Member) -> None:
    member.process.terminate()
    member.process.join()
    connection.close()
