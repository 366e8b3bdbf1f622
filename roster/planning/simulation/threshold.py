"""The load from which the queue grows without end, found between loads at which it does and does not.

Each load is run from a long queue, so that there is always somebody to see: where the queue then shrinks, it does not
grow without end (the drift criterion of Foster 1953); where it grows, more come than can be seen. The change a month
is counted from the end of the first month, which is left out as a beginning. Loads share their random numbers, so a
larger load has the people of a smaller one and more. The load is first taken apart by half as much again until the
change has both signs, then halved; at last, for each run, a straight line between the two nearest loads says where the
change is nothing, and the mean over runs has a Student interval.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from roster.planning.simulation.figures import RunFigures, verdict_of
from roster.planning.simulation.record import Interval, LoadTried, ThresholdFigures
from roster.planning.simulation.run import Simulating
from roster.planning.simulation.spread import interval
from roster.planning.simulation.terms import Threshold
from roster.planning.simulation.words import number, with_interval
from roster.planning.simulation.world import World

LEAST_LOAD, MOST_LOAD, APART = 0.2, 8.0, 1.5
"""Loads that are tried at least and at most, and how far apart the first ones are."""
LEAST_MONTHS = 3
"""Months that are needed: one to begin with, and two to see a change between."""


@dataclass(frozen=True)
class Tried:
    """A load and, for each run, by how many people a month the queue changes."""

    load: float
    a_month: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean change."""
        return sum(self.a_month) / len(self.a_month)


@dataclass
class Search:
    """Looks for the load. ``world_at`` makes the region at a load; ``simulate`` runs it, None where it was stopped."""

    world_at: Callable[[float], World]
    simulate: Callable[[World], Simulating | None]
    terms: Threshold
    months: int
    tried: list[Tried] = field(default_factory=list)

    def run(self) -> ThresholdFigures:
        """Try loads until they are close enough, or it is stopped."""
        below, above = self._apart()
        while below and above and above.load / below.load - 1 > self.terms.precision:
            middle = self._try((below.load * above.load) ** 0.5)
            if middle is None:
                break
            below, above = (below, middle) if middle.mean > 0 else (middle, above)
        return self._found(below, above)

    def _apart(self) -> tuple[Tried | None, Tried | None]:
        """Two loads, at the lower of which the queue does not grow; None for one that there is not."""
        below = above = None
        load = 1.0
        while LEAST_LOAD <= load <= MOST_LOAD and not (below and above):
            tried = self._try(load)
            if tried is None:
                break
            below, above = (below, tried) if tried.mean > 0 else (tried, above)
            load = tried.load / APART if tried.mean > 0 else tried.load * APART
        return below, above

    def _try(self, load: float) -> Tried | None:
        done = self.simulate(self.world_at(load))
        if done is None or done.stopped:
            return None
        runs = [RunFigures(t.world, t.state.months[: self.months]) for t in done.tracks if not t.stuck]
        changes = [change for run in runs if (change := run.drift(1)) is not None]
        if len(changes) < 2:
            return None
        self.tried.append(Tried(load, tuple(changes)))
        return self.tried[-1]

    # -- what was found -----------------------------------------------------------------------------------

    def _referred(self, load: float) -> float:
        demand = self.world_at(load).demand
        return sum(map(demand.a_month, demand.a_day))

    def _found(self, below: Tried | None, above: Tried | None) -> ThresholdFigures:
        load = None if below is None or above is None else interval(_crossings(below, above), least=0.0)
        now = self._referred(1.0)
        return ThresholdFigures(
            load=load,
            referred_a_month=None if load is None else _times(load, now),
            runs=self.terms.runs,
            months=self.months,
            tried=tuple(self._line(t) for t in sorted(self.tried, key=lambda t: t.load)),
            says=self._says(load, now, below, above),
        )

    def _line(self, tried: Tried) -> LoadTried:
        found = interval(tried.a_month)
        return LoadTried(
            load=tried.load, referred_a_month=self._referred(tried.load), a_month=found, verdict=verdict_of(found)
        )

    def _says(self, load: Interval | None, now: float, below: Tried | None, above: Tried | None) -> str:
        if load is not None and below is not None and above is not None:
            people = with_interval(_times(load, now))
            times = f"{load.mean:.2f} ({load.low:.2f} to {load.high:.2f})"
            settled = above.load / below.load - 1 <= self.terms.precision
            more = "" if settled else " It was stopped before this was as close as was asked for."
            return (
                f"The queue grows without end from {times} times the referrals that are simulated: {people} people a "
                f"month.{more}"
            )
        if above is not None:
            return (
                f"The queue grows at every load tried, down to {number(above.load)} times the referrals: look for "
                "people whom nobody can see, such as those who need an interpreter that is never booked."
            )
        if below is not None:
            return f"The queue does not grow at any load tried, up to {number(below.load)} times the referrals."
        return "Stopped before any load was tried to the end."


def _crossings(below: Tried, above: Tried) -> list[float]:
    """For each run the load at which its change is nothing, on the line through both loads.

    A run in which the change is no larger at the larger load has no such place; it has that of the means.
    """
    return [
        _crossing(below.load, one, above.load, other, _crossing(below.load, below.mean, above.load, above.mean, 0.0))
        for one, other in zip(below.a_month, above.a_month, strict=True)
    ]


def _crossing(low: float, change_low: float, high: float, change_high: float, otherwise: float) -> float:
    if change_high <= change_low:
        return otherwise
    return low + (high - low) * -change_low / (change_high - change_low)


def _times(found: Interval, factor: float) -> Interval:
    low = None if found.low is None else found.low * factor
    high = None if found.high is None else found.high * factor
    return Interval(mean=found.mean * factor, low=low, high=high)
