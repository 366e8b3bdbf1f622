"""Who makes the roster of a month: the seam between a simulation and the engine, which a test may stand in for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from roster.domain import Roster
from roster.instance import Instance


@dataclass(frozen=True)
class Rostered:
    """What came of the month of this name.

    ``roster`` is checked; None where there is none, and ``says`` why. ``late``: the time was up before it was as good
    as was asked for.
    """

    name: str
    roster: Roster | None
    says: str
    seconds: float = 0.0
    late: bool = False


class Rosterer(Protocol):
    """Makes rosters, several at once perhaps."""

    def free(self) -> int:
        """How many more could be begun now."""
        ...

    def start(self, name: str, instance: Instance) -> None:
        """Begin a roster."""
        ...

    def ended(self, seconds: float) -> Sequence[Rostered]:
        """What has ended; waits at most so long for the first."""
        ...
