"""From the runs to the figures: over time, by practice, of scenarios beside the base."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from statistics import fmean, median

from roster.calendar import days_of_month
from roster.planning.record import WITHIN_DAYS
from roster.planning.simulation.people import DAYS_OF_A_MONTH
from roster.planning.simulation.record import (
    CaseFigures,
    Difference,
    Growth,
    Interval,
    MonthFigures,
    PracticeFigures,
    Verdict,
)
from roster.planning.simulation.run import Track
from roster.planning.simulation.spread import band, band_of_some, interval, interval_of_some
from roster.planning.simulation.state import MonthDone
from roster.planning.simulation.words import difference_says, growth_says
from roster.planning.simulation.world import World


@dataclass(frozen=True)
class RunFigures:
    """One run in numbers, over these of its months."""

    world: World
    done: Sequence[MonthDone]

    @cached_property
    def waits(self) -> list[tuple[str, int, int]]:
        """Of everybody seen: the practice, the days waited, and how many people."""
        return [(s.practice_id, (s.seen_on - s.referred_on).days, s.people) for m in self.done for s in m.seen]

    def mean_wait(self, practice_id: str | None = None) -> float | None:
        """The mean of the days that those seen had waited; None where nobody was seen."""
        of = [(days, people) for p, days, people in self.waits if practice_id in (None, p)]
        number = sum(people for _, people in of)
        return sum(days * people for days, people in of) / number if number else None

    def share_in_time(self, month: str | None = None, practice_id: str | None = None) -> float | None:
        """Of those referred after the start whose 28th day lies in the months (or in one): the share seen by then."""
        due = self._due(month, practice_id)
        return sum(self._in_time[key] for key in due) / due.total() if due else None

    def _due(self, month: str | None, practice_id: str | None) -> Counter[tuple[str, date]]:
        """People referred, by practice and day."""
        return Counter(
            {
                key: people
                for key, people in self._referred.items()
                if practice_id in (None, key[0]) and self._is_due(key[1], month)
            }
        )

    def _is_due(self, referred_on: date, month: str | None) -> bool:
        day = referred_on + timedelta(days=WITHIN_DAYS)
        if month is not None:
            return f"{day:%Y-%m}" == month
        return bool(self.done) and day <= days_of_month(self.done[-1].month)[-1]

    @cached_property
    def _referred(self) -> Mapping[tuple[str, date], int]:
        return {(r.practice_id, r.referred_on): r.people for m in self.done for r in m.referred}

    @cached_property
    def _in_time(self) -> Counter[tuple[str, date]]:
        found: Counter[tuple[str, date]] = Counter()
        for m in self.done:
            for s in m.seen:
                if (s.seen_on - s.referred_on).days <= WITHIN_DAYS:
                    found[s.practice_id, s.referred_on] += s.people
        return found

    @property
    def queue(self) -> list[int]:
        """How many people wait on the last day of each month."""
        return [m.after for m in self.done]

    def drift(self, first: int, last: int) -> float | None:
        """The change of the queue a month between the ends of two months, by number; None where it is the same one.

        Those whom nobody could ever see are not counted: they would grow in number at any load.
        """
        queue = [m.after - m.beyond_reach for m in self.done]
        return (queue[last] - queue[first]) / (last - first) if last > first else None

    def waiting_at(self, practice_id: str) -> tuple[int, int]:
        """People of a practice who wait at the end, and their days so far."""
        found = [w for w in self.done[-1].waiting if w.practice_id == practice_id]
        return sum(w.people for w in found), sum(w.days for w in found)


@dataclass
class Case:
    """The runs of one world."""

    world: World
    tracks: Sequence[Track]
    months: int
    runs: list[RunFigures] = field(init=False)
    horizon: int = field(init=False)

    def __post_init__(self) -> None:
        going = [t for t in self.tracks if not t.stuck]
        self.horizon = min((min(t.months, self.months) for t in going), default=0)
        self.runs = [RunFigures(self.world, t.state.months[: self.horizon]) for t in going] if self.horizon else []

    def figures(self) -> CaseFigures:
        """All of it but the difference from the base."""
        practices, demand = tuple(self._practices()) if self.runs else (), self.world.demand
        return CaseFigures(
            name=self.world.name,
            runs=len(self.tracks),
            months_done=self.horizon,
            months=tuple(self._months()),
            referred_a_month=self._referred_a_month(),
            beyond_reach_a_month=sum(demand.of_kinds(p, self.world.beyond_reach) for p in demand.like),
            seen_a_month=interval([_seen_a_month(r) for r in self.runs], least=0.0) if self.runs else None,
            waited_days=interval_of_some([r.mean_wait() for r in self.runs]),
            within_28_days=interval_of_some([r.share_in_time() for r in self.runs], most=1.0),
            waiting_at_start=float(sum(r.count for r in self.world.base.people.values())),
            waiting_at_end=interval([r.queue[-1] for r in self.runs], least=0.0) if self.runs else None,
            growth=self._growth(),
            practices=practices,
            worst_off=_worst_off(practices),
            stuck=tuple(t.stuck for t in self.tracks if t.stuck),
        )

    def _referred_a_month(self) -> Interval | None:
        """People referred in a month of mean length, counted in each run."""
        days = sum(len(self.world.days_of_referrals(n)) for n in range(self.horizon))
        counted = [sum(m.people_referred for m in r.done) * DAYS_OF_A_MONTH / days for r in self.runs]
        return interval(counted, least=0.0) if counted else None

    # -- over time ----------------------------------------------------------------------------------------

    def _months(self) -> Iterator[MonthFigures]:
        """Every month that any run has done."""
        runs = [RunFigures(self.world, t.state.months[: self.months]) for t in self.tracks]
        for number in range(max((len(r.done) for r in runs), default=0)):
            yield _month(number, [r for r in runs if number < len(r.done)])

    def _growth(self) -> Growth | None:
        drifts = [r.drift(max(0, len(r.done) // 2 - 1), len(r.done) - 1) for r in self.runs]
        found = interval_of_some(drifts, least=-math.inf)
        if found is None:
            return None
        verdict = verdict_of(found)
        return Growth(a_month=found, verdict=verdict, says=growth_says(found, verdict))

    # -- by practice --------------------------------------------------------------------------------------

    def _practices(self) -> Iterator[PracticeFigures]:
        for practice_id, practice in self.world.base.practice.items():
            waiting = [r.waiting_at(practice_id) for r in self.runs]
            yield PracticeFigures(
                practice_id=practice_id,
                name=practice.name,
                referred_a_month=self.world.demand.a_month(practice_id),
                waited_days=interval_of_some([r.mean_wait(practice_id) for r in self.runs]),
                within_28_days=interval_of_some([r.share_in_time(None, practice_id) for r in self.runs], most=1.0),
                waiting_at_end=interval([people for people, _ in waiting], least=0.0),
                waiting_days=interval_of_some([days / people if people else None for people, days in waiting]),
            )


def _worst_off(practices: Iterable[PracticeFigures]) -> str | None:
    """The practice whose people waited longest on average."""
    waits = {p.practice_id: p.waited_days.mean for p in practices if p.waited_days is not None}
    return max(waits, key=lambda p: waits[p], default=None)


def verdict_of(a_month: Interval) -> Verdict:
    """Whether the change is more or less than nothing for sure."""
    if a_month.low is not None and a_month.low > 0:
        return "grows"
    return "shrinks" if a_month.high is not None and a_month.high < 0 else "not_settled"


def _month(number: int, runs: Sequence[RunFigures]) -> MonthFigures:
    done = [r.done[number] for r in runs]
    good = Counter(m.how_good for m in done)
    month = done[0].month
    return MonthFigures(
        month=month,
        runs=len(runs),
        referred=fmean(m.people_referred for m in done),
        booked=fmean(m.booked for m in done),
        seen=fmean(m.people_seen for m in done),
        missed=fmean(m.missed for m in done),
        ill=fmean(m.ill for m in done),
        withdrawn=fmean(m.withdrawn for m in done),
        waiting=band([m.after for m in done]),
        waited_days=band_of_some([_median_wait(m) for m in done]),
        within_28_days=band_of_some([r.share_in_time(month) for r in runs]),
        as_asked=good["as_asked"],
        late=good["late"],
        compromise=good["compromise"],
    )


def _median_wait(done: MonthDone) -> float | None:
    """The median of the days that those seen in a month had waited."""
    counted: Counter[int] = Counter()
    for seen in done.seen:
        counted[(seen.seen_on - seen.referred_on).days] += seen.people
    days = sorted(counted.elements())
    return float(median(days)) if days else None


# -- two cases ------------------------------------------------------------------------------------------------


def difference(base: Case, case: Case) -> Difference | None:
    """A scenario less the base, paired by run, over the months that both have; None where there are none."""
    months = min(base.horizon, case.horizon)
    both = [
        (RunFigures(base.world, b.state.months[:months]), RunFigures(case.world, c.state.months[:months]))
        for b, c in zip(base.tracks, case.tracks, strict=True)
        if not (b.stuck or c.stuck)
    ]
    if not (months and both):
        return None
    found = Difference(
        waiting_at_end=interval([c.queue[-1] - b.queue[-1] for b, c in both]),
        waited_days=_paired([(b.mean_wait(), c.mean_wait()) for b, c in both]),
        within_28_days=_paired([(b.share_in_time(), c.share_in_time()) for b, c in both]),
        seen_a_month=interval([_seen_a_month(c) - _seen_a_month(b) for b, c in both]),
        says=(),
    )
    return found.model_copy(update={"says": tuple(difference_says(found))})


def _paired(values: Sequence[tuple[float | None, float | None]]) -> Interval | None:
    return interval_of_some([None if b is None or c is None else c - b for b, c in values], least=-math.inf)


def _seen_a_month(run: RunFigures) -> float:
    return fmean(m.people_seen for m in run.done)
