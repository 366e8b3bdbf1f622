"""Rosters as they are asked for, one after another, made by the engine in a place: months of a simulation.

An order whose process is lost is begun again, three times at most. Every roster is checked here once more, since it may
come from another machine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from roster.domain import Roster
from roster.instance import Instance
from roster.many.child import Gone
from roster.many.order import Order
from roster.many.place import Begun, Event, Place
from roster.many.run import MOST_TRIES
from roster.planning.simulation.rosterer import Rostered
from roster.rule import Preference, Rule
from roster.solve import Options, Result
from roster.verify import verify
from roster.wording import how_many

_REJECTED = "An answer was not accepted by the checker. This is a fault of the program, not of your data."


@dataclass
class _Job:
    order: Order
    begun: int = 0
    gone: int = 0


@dataclass
class PlaceRosterer:
    """Makes rosters in ``place`` by the engine, each with ``options``."""

    place: Place
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    options: Options
    _running: dict[str, _Job] = field(default_factory=dict)

    def free(self) -> int:
        """How many more could be begun now."""
        return self.place.free()

    def start(self, name: str, instance: Instance) -> None:
        """Begin a roster."""
        order = Order(name, instance, self.rules, self.preferences, self.options)
        self._running[name] = _Job(order)
        self.place.start(order)

    def ended(self, seconds: float) -> Sequence[Rostered]:
        """What has ended; waits at most so long for the first event."""
        return [
            found for event in self.place.events(seconds) if event.name in self._running for found in self._take(event)
        ]

    def close(self) -> None:
        """End what is under way."""
        self.place.close()

    def _take(self, event: Event) -> Iterator[Rostered]:
        job = self._running[event.name]
        match event.what:
            case Begun():
                job.begun += 1
                if job.begun > MOST_TRIES:
                    self.place.drop(event.name)
                    yield self._lost(job, "was lost")
            case Result():
                del self._running[event.name]
                yield self._made(job.order, event.what)
            case Gone(why):
                job.gone += 1
                if max(job.begun, job.gone) >= MOST_TRIES:
                    yield self._lost(job, why)
                else:
                    self.place.start(job.order)
            case _:
                return

    def _lost(self, job: _Job, why: str) -> Rostered:
        del self._running[job.order.name]
        tries = how_many(MOST_TRIES, "try", "tries")
        return Rostered(job.order.name, None, f"Given up after {tries}: the last process {why}.")

    def _made(self, order: Order, result: Result) -> Rostered:
        if result.roster is None:
            return Rostered(order.name, None, result.says, result.seconds)
        if not self._holds(order.instance, result.roster, result):
            return Rostered(order.name, None, _REJECTED, result.seconds)
        good = result.roster.compromise or result.roster.gap <= self.options.gap
        return Rostered(order.name, result.roster, result.says, result.seconds, late=not good)

    def _holds(self, instance: Instance, roster: Roster, result: Result) -> bool:
        right = roster.instance_sha256 == instance.sha256 and roster.outcome == result.outcome
        return right and verify(instance, roster, self.rules, self.preferences).accepted
