"""One way in a process of its own: what it says, how much memory it holds, and how it is ended.

A crash, a hang or too much memory ends that process and nothing else.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

LOOK_EVERY = 0.2
"""Seconds between two looks at the memory of a process and its children."""


@dataclass
class Heard:
    """What a process said, in order, and how it went. ``broke_off``: why it did not come to its end; empty if it did.

    ``memory``: the most that it and its children held at one time, in MB; None where the system does not tell.
    """

    messages: list[object] = field(default_factory=list)
    memory: int | None = None
    seconds: float = 0.0
    broke_off: str = ""


def listen(target: Callable[..., None], arguments: tuple[object, ...], limit: float, most_memory: int) -> Heard:
    """Run ``target(connection, began, *arguments)`` in a new process and hear it out.

    ``began`` is the start on the clock of ``time.monotonic``. After ``limit`` seconds, or with more than
    ``most_memory`` MB, the process and its children are ended.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    began = time.monotonic()
    process = context.Process(target=target, args=(theirs, began, *arguments))
    process.start()
    theirs.close()
    watch = _Watch(process, ours, began + limit, most_memory)
    try:
        watch.heard.broke_off = watch.hear()
    finally:
        watch.heard.seconds = time.monotonic() - began
        watch.end()
    return watch.heard


@dataclass
class _Watch:
    process: BaseProcess
    connection: Connection
    until: float
    most_memory: int
    heard: Heard = field(default_factory=Heard)
    family: list[int] = field(default_factory=list)

    def hear(self) -> str:
        """Take in what is said until the process has gone or has to go; why it had to, or how it crashed."""
        while True:
            self._look()
            if self.heard.memory is not None and self.heard.memory > self.most_memory:
                return f"crashed: more than {self.most_memory:,} MB"
            if time.monotonic() > self.until:
                return "crashed: did not stop when its time was up"
            if not self.connection.poll(LOOK_EVERY):
                continue
            try:
                self.heard.messages.append(self.connection.recv())
            except EOFError:
                self.process.join()
                return "" if self.process.exitcode == 0 else f"crashed: {_how(self.process.exitcode or 0)}"

    def _look(self) -> None:
        family = list(_family(self.process.pid or 0))
        pages = [held for pid in family if (held := _pages(pid)) is not None]
        if pages:
            self.family = family[1:]
            held = sum(pages) * os.sysconf("SC_PAGE_SIZE") // 2**20
            self.heard.memory = max(self.heard.memory or 0, held)

    def end(self) -> None:
        """End what is still there of the process, and what it started if it broke off."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        for pid in self.family if self.heard.broke_off else ():
            _kill(pid)


def _how(exit_code: int) -> str:
    return signal.Signals(-exit_code).name if exit_code < 0 else f"exit code {exit_code}"


def _family(pid: int) -> Iterator[int]:
    """The process and its children, their children and so on, as Linux lists them."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _text(children).split():
            yield from _family(int(child))


def _pages(pid: int) -> int | None:
    """Pages of memory that the process holds now."""
    fields = _text(Path(f"/proc/{pid}/statm")).split()
    return int(fields[1]) if len(fields) > 1 else None


def _text(path: Path) -> str:
    """What the file says; nothing where the process has gone, or the system has no such file."""
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def most_memory() -> int:
    """Three quarters of the machine's memory, in MB."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * 3 // 4 // 2**20
