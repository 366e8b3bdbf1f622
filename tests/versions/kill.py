"""Ends whatever writes to the disk at any one of its calls: by an error in it, or by the end of its process.

Calls are those that the operating system sees: opening for writing, writing, flushing, renaming, making and removing.
They are counted by functions in the place of those of ``os`` and ``io``, through which ``pathlib`` makes all of them.
"""

import io
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch
from warnings import catch_warnings, simplefilter

ENDED = "ended"
_CALLS = ("replace", "rename", "rmdir", "unlink", "mkdir", "fsync", "remove")


class Stopped(OSError):
    """The disk is full, or gone."""


class _Counter:
    """Counts calls that change the disk, and does something at one of them."""

    def __init__(self, at: int, then: Callable[[], None]) -> None:
        self.calls = 0
        self._at, self._then = at, then

    def call(self) -> None:
        """One call is about to be made."""
        self.calls += 1
        if self.calls == self._at:
            self._then()


def _counting(counter: _Counter, real: Callable[..., Any]) -> Callable[..., Any]:
    def made(*arguments: Any, **named: Any) -> Any:
        counter.call()
        return real(*arguments, **named)

    return made


def _opening(counter: _Counter, real: Callable[..., Any]) -> Callable[..., Any]:
    """Opens files so that half of what is written is there when the end comes."""

    def opened(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        if "w" not in mode:
            return real(file, mode, *arguments, **named)
        counter.call()
        handle = real(file, mode, *arguments, **named)
        write = handle.write

        def halves(content: Any) -> int:
            middle = len(content) // 2
            write(content[:middle])
            handle.flush()
            counter.call()
            write(content[middle:])
            return len(content)

        return _Writing(handle, halves)

    return opened


class _Writing:
    """An open file with another way to write."""

    def __init__(self, handle: Any, write: Callable[[Any], int]) -> None:
        self._handle, self.write = handle, write

    def __enter__(self) -> "_Writing":
        return self

    def __exit__(self, *_: object) -> None:
        self._handle.close()


def _watched(work: Callable[[], object], counter: _Counter) -> None:
    with ExitStack() as stack:
        for name in _CALLS:
            stack.enter_context(patch.object(os, name, _counting(counter, getattr(os, name))))
        stack.enter_context(patch.object(io, "open", _opening(counter, io.open)))
        work()


def copy_of(folder: Path, number: int) -> Path:
    """A copy beside the folder, for one end of many."""
    return Path(shutil.copytree(folder, folder.with_name(f"copy-{number}")))


def counted_calls(work: Callable[[], object]) -> int:
    """How many calls that change the disk the work makes."""
    counter = _Counter(0, lambda: None)
    _watched(work, counter)
    return counter.calls


def by_an_error(work: Callable[[], object], at: int) -> str:
    """Do the work until a call raises, as it does where the disk is full, and every one after it too."""

    class _Broken(_Counter):
        def call(self) -> None:
            self.calls += 1
            if self.calls >= at:
                raise Stopped(28, "No space left on device")

    try:
        _watched(work, _Broken(0, lambda: None))
    except Stopped:
        return ENDED
    return "went on"


def by_a_kill(work: Callable[[], object], at: int) -> str:
    """Do the work in a child process, which ends at a call without a chance to tidy up."""
    with catch_warnings():
        simplefilter("ignore", DeprecationWarning)  # of threads: the child only writes files
        child = os.fork()
    if child == 0:
        try:
            _watched(work, _Counter(at, lambda: os._exit(9)))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return ENDED if os.waitstatus_to_exitcode(status) == 9 else "went on"


End = Callable[[Callable[[], object], int], str]
ENDS: dict[str, End] = {"an error": by_an_error, "a kill": by_a_kill}
