"""One order in a process of its own, as seen from the one that started it: what it says, and that it is gone."""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from roster.many.order import Broke
from roster.solve import Progress, Result

Message = Progress | Result | Broke


@dataclass(frozen=True)
class Gone:
    """The process ended without an answer; ``why`` is the end of a sentence that begins with "the process"."""

    why: str


OVERDUE_SECONDS = 300.0
"""How long after its time limit an order may go on (a compromise, the reasons, the check) before it is ended."""
OVERDUE = Gone("did not come to an end in time")


class Child:
    """A process that solves one order, and a thread that passes on to ``hear`` what it says; a Gone is the last.

    The process is no daemon, so that it may have processes of its own; with all of them it is a group by itself, which
    Ctrl-C on the terminal does not reach and which ``end`` ends as a whole.
    """

    def __init__(self, packed: bytes, hear: Callable[[Message | Gone], None]) -> None:
        self._hear = hear
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "roster.many.alone"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(os.path.abspath(p) for p in sys.path)},  # noqa: PTH100 - "" has no Path
            start_new_session=True,
        )
        self._thread = threading.Thread(target=self._listen, args=(packed,), daemon=True)
        self._thread.start()

    @property
    def process_id(self) -> int:
        """The id of the process."""
        return self._process.pid

    def stop(self) -> None:
        """Ask for the best roster so far."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)

    def end(self) -> None:
        """End the process and all that it started, whatever they are doing."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._thread.join()

    def _listen(self, packed: bytes) -> None:
        try:
            for message in self._messages(packed):
                self._hear(message)
        finally:
            self._hear(Gone(_why(self._process.wait())))

    def _messages(self, packed: bytes) -> Iterator[Message]:
        """What the process says, until it is gone."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._process.stdout as said:
            with suppress(BrokenPipeError), self._process.stdin as given:
                given.write(packed)
            with suppress(EOFError, pickle.UnpicklingError):
                while True:
                    yield pickle.load(said)


def _why(code: int) -> str:
    if code == -signal.SIGKILL:
        return "was killed, as happens when memory runs out"
    if code < 0:
        return f"broke down (signal {-code})"
    return f"ended early (exit code {code})"
