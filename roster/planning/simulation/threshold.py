"""The load from which the queue grows without end, found between loads at which it does and does not.

Each load is run from a long queue, so that there is always somebody to see: where the queue then shrinks, it does not
grow without end (the drift criterion of Foster 1953); where it grows, more come than can be seen. The change a month
is counted from the end of the first month, which is left out as a beginning, until nobody is left over: from then on
not every place is needed, and the change says nothing. Where that is so at once, the first month says it.

Loads share their random numbers, so a larger load has the people of a smaller one and more. They are first taken apart,
each half as large again, until the change has both signs, then halved. At last the change at each of the two nearest
loads says where it is nothing, run by run; the interval given holds the Student intervals of both.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from statistics import fmean

from roster.calendar import days_of_month
from roster.planning.simulation.figures import RunFigures, verdict_of
from roster.planning.simulation.people import DAYS_OF_A_MONTH
from roster.planning.simulation.record import Interval, LoadTried, ThresholdFigures
from roster.planning.simulation.run import Simulating
from roster.planning.simulation.spread import interval
from roster.planning.simulation.terms import Threshold
from roster.planning.simulation.words import number, share, with_interval
from roster.planning.simulation.world import World

LEAST_LOAD, MOST_LOAD, APART = 0.2, 8.0, 1.5
"""Loads that are tried at least and at most, and how far apart the first ones are."""
FEW = 0.1
"""Where no more people are left over than this share of those booked, the queue is worked off."""
LEAST_MONTHS, LEAST_RUNS = 3, 2
"""Months that are needed: one to begin with, and two to see a change between; and runs, for an interval."""


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
    """Looks for the load. ``world_at`` makes the region at a load; ``simulate`` runs it."""

    world_at: Callable[[float], World]
    simulate: Callable[[World], Simulating]
    terms: Threshold
    months: int
    tried: list[Tried] = field(default_factory=list)
    stopped: bool = False

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
        if done.stopped:
            self.stopped = True
            return None
        runs = [RunFigures(t.world, t.state.months[: self.months]) for t in done.tracks if not t.stuck]
        changes = [change for run in runs if (change := change_a_month(run)) is not None]
        if len(changes) < LEAST_RUNS:
            self.stopped = True
            return None
        self.tried.append(Tried(load, tuple(changes)))
        return self.tried[-1]

    # -- what was found -----------------------------------------------------------------------------------

    @cached_property
    def _now(self) -> float:
        """People referred a month at the load that is simulated."""
        demand = self.world_at(1.0).demand
        return sum(map(demand.a_month, demand.a_day))

    def _found(self, below: Tried | None, above: Tried | None) -> ThresholdFigures:
        load = None
        if below is not None and above is not None:
            load = crossing(below, above, within_reach_a_month(self.world_at(1.0)))
        return ThresholdFigures(
            load=load,
            referred_a_month=None if load is None else _times(load, self._now),
            runs=self.terms.runs,
            months=self.months,
            tried=tuple(self._line(t) for t in sorted(self.tried, key=lambda t: t.load)),
            settled=not self.stopped,
            says=self._says(load, below, above),
        )

    def _line(self, tried: Tried) -> LoadTried:
        found = interval(tried.a_month)
        return LoadTried(
            load=tried.load, referred_a_month=self._now * tried.load, a_month=found, verdict=verdict_of(found)
        )

    def _says(self, load: Interval | None, below: Tried | None, above: Tried | None) -> str:
        if load is not None and below is not None and above is not None:
            people = with_interval(_times(load, self._now))
            times = f"{load.mean:.2f} ({load.low:.2f} to {load.high:.2f})"
            more = " It was stopped before this was as close as was asked for." if self.stopped else ""
            return (
                f"The queue grows without end from {times} times the referrals that are simulated: {people} people a "
                f"month. Those that are simulated are {share(1 / load.mean)} of that.{more}"
            )
        if self.stopped:
            return "Stopped before two loads were found between which it lies."
        if above is not None:
            return f"The queue grows at every load tried, down to {number(above.load)} times the referrals."
        assert below is not None
        return f"The queue does not grow at any load tried, up to {number(below.load)} times the referrals."


def change_a_month(run: RunFigures) -> float | None:
    """By how many people within reach a long queue changes a month; None where the run has too few months.

    People referred are not counted but expected, so that only chance in who is seen is left in it.
    """
    if len(run.done) < LEAST_MONTHS:
        return None
    full = next((n for n, m in enumerate(run.done) if m.left_over <= FEW * m.booked), len(run.done))
    referred = within_reach_a_month(run.world)
    if full < 2:
        return referred - run.done[0].people_seen
    counted = run.done[1:full]
    days = sum(len(days_of_month(m.month)) for m in counted)
    return referred * days / (DAYS_OF_A_MONTH * len(counted)) - sum(m.people_seen for m in counted) / len(counted)


def within_reach_a_month(world: World) -> float:
    """People referred a month whom somebody could see."""
    demand = world.demand
    return sum(demand.a_month(p) - demand.of_kinds(p, world.beyond_reach) for p in demand.a_day)


def crossing(below: Tried, above: Tried, a_month: float) -> Interval:
    """The load at which the change is nothing, as two loads say: the mean, and an interval that holds both of theirs.

    ``a_month``: people within reach referred a month at load 1, by which the change grows with the load.
    """
    said = [interval([t.load - change / a_month for change in t.a_month], least=0.0) for t in (below, above)]
    return Interval(
        mean=fmean(found.mean for found in said),
        low=min(found.low for found in said if found.low is not None),
        high=max(found.high for found in said if found.high is not None),
    )


def _times(found: Interval, factor: float) -> Interval:
    low = None if found.low is None else found.low * factor
    high = None if found.high is None else found.high * factor
    return Interval(mean=found.mean * factor, low=low, high=high)
