"""The process that solves one folder: ``python -m roster.many.alone``, an order on its standard input.

It says how far it is, and at last what came of it, as pickles on its standard output. Ctrl-C (SIGINT) makes it end
with the best roster that it has. Nothing heavy is imported before the whole order is there.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from roster.solve import Progress


@dataclass
class Worker:
    """Solves one order and tells ``out``."""

    out: BinaryIO
    stopped: bool = field(default=False)

    def stop(self, *_: object) -> None:
        """From now on only the best so far is wanted."""
        self.stopped = True

    def run(self, packed: bytes) -> None:
        """Solve, and say what came of it."""
        from roster.many.order import Broke, Order
        from roster.solve import solve

        try:
            order = Order.unpacked(packed)
            answer: object = solve(order.instance, order.rules, order.preferences, order.options, self._tell)
        except BrokenPipeError:
            raise
        except Exception as error:
            answer = Broke(type(error).__name__)
        self._send(answer)

    def _tell(self, progress: Progress) -> None:
        """Say how far it is. The search is stopped from here, between two of its steps, so that nothing is lost."""
        if self.stopped:
            self.stopped = False
            raise KeyboardInterrupt
        self._send(progress)

    def _send(self, message: object) -> None:
        pickle.dump(message, self.out)
        self.out.flush()


def main() -> None:
    """Take an order, and answer it. Whatever else is printed goes to standard error."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    worker = Worker(out)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run(sys.stdin.buffer.read())


if __name__ == "__main__":
    main()
