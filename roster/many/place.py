"""Where orders are solved, and what it tells: the seam between the run and a pool of processes or a cluster."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from roster.many.child import Gone
from roster.many.order import Order
from roster.solve import Progress, Result


@dataclass(frozen=True)
class Begun:
    """A process begins to work on it; there may be several, one after another, where one is lost."""


@dataclass(frozen=True)
class Event:
    """Something that was told of the order of this name. After a Result or a Gone nothing more is told of it."""

    name: str
    what: Begun | Progress | Result | Gone


class Place(Protocol):
    """Somewhere to solve orders."""

    def free(self) -> int:
        """How many more orders could be begun now."""
        ...

    def start(self, order: Order) -> None:
        """Take an order; one that was Gone may come again."""
        ...

    def events(self, seconds: float) -> Sequence[Event]:
        """What has happened; waits at most so long for the first."""
        ...

    def drop(self, name: str) -> None:
        """Give up an order; nothing more is told of it."""
        ...

    def stop(self) -> None:
        """Ask for the best so far of every order."""
        ...

    def close(self) -> None:
        """End whatever is still under way, and give back what is held."""
        ...
