"""What a simulation answers: each case month by month, fairness, growth, differences. Its JSON is ``simulation/1``.

Waits are in days, loads are multiples of the referrals that are simulated. Everything is of made-up people.
"""

from typing import Literal

from pydantic import Field

from roster.domain import Record
from roster.edits import Edit
from roster.planning.simulation.terms import Terms
from roster.wording import VOLUNTARY

CONFIDENCE = 0.95
"""How sure an interval is: so many of a hundred such intervals hold the true mean, in hundredths."""
LEAST, MOST = 0.1, 0.9
"""Of a band over runs: a tenth of them are below it, a tenth above."""


class Interval(Record):
    """A mean over runs, and between what it lies (Student, 95 %); None where there is one run only."""

    mean: float
    low: float | None = None
    high: float | None = None


class Band(Record):
    """The middle run, and between what eight in ten runs lie."""

    median: float
    low: float
    high: float


class MonthFigures(Record):
    """One month over the runs that have done it. People are means over runs, ``waiting`` on the last day.

    ``waited_days``: of each run the median of those seen; ``within_28_days``: of those referred after the start whose
    28th day lies in the month, the share seen by then. Both None where there was nobody in any run. ``on_time``: runs
    whose roster is as good as was asked for; ``late``: the time was up before; ``compromise``: it breaks a rule.
    """

    month: str
    runs: int
    referred: float
    booked: float
    seen: float
    missed: float
    ill: float
    withdrawn: float
    waiting: Band
    waited_days: Band | None
    within_28_days: Band | None
    as_asked: int
    late: int
    compromise: int


class PracticeFigures(Record):
    """One practice: people referred a month, how long those who were seen had waited, and who waits at the end.

    ``waiting_days``: how long those have waited so far, None where nobody waits in any run.
    """

    practice_id: str
    name: str
    referred_a_month: float
    waited_days: Interval | None
    within_28_days: Interval | None
    waiting_at_end: Interval
    waiting_days: Interval | None


Verdict = Literal["grows", "shrinks", "not_settled"]


class Growth(Record):
    """By how many people a month the queue changes in the later half of the months, and what follows."""

    a_month: Interval
    verdict: Verdict
    says: str


class Difference(Record):
    """A scenario less the base, run by run: both have the same people, illness and so on."""

    waiting_at_end: Interval
    waited_days: Interval | None
    within_28_days: Interval | None
    seen_a_month: Interval
    says: tuple[str, ...]


class CaseFigures(Record):
    """The folder or a scenario. ``months_done``: what all runs that go on have done, and figures over time are of.

    ``beyond_reach_a_month``: of the people referred a month, those whom nobody could see in a usual month. They wait
    and are counted as waiting, but not in ``growth``.
    """

    name: str
    edits: tuple[Edit, ...] = ()
    edits_say: tuple[str, ...] = ()
    runs: int
    months_done: int
    months: tuple[MonthFigures, ...]
    referred_a_month: Interval | None
    beyond_reach_a_month: float
    seen_a_month: Interval | None
    waited_days: Interval | None
    within_28_days: Interval | None
    waiting_at_start: float
    waiting_at_end: Interval | None
    growth: Growth | None
    practices: tuple[PracticeFigures, ...]
    worst_off: str | None
    stuck: tuple[str, ...] = ()
    difference: Difference | None = None


class LoadTried(Record):
    """A load that was tried: people referred a month, and by how many a month a long queue changes there."""

    load: float
    referred_a_month: float
    a_month: Interval
    verdict: Verdict


class ThresholdFigures(Record):
    """The load from which the queue grows without end. ``load`` is None where it is not between the loads tried.

    ``settled``: it was looked for to the end.
    """

    load: Interval | None
    referred_a_month: Interval | None
    runs: int
    months: int
    tried: tuple[LoadTried, ...]
    settled: bool
    says: str


class Asked(Record):
    """What was asked for: months and runs, the seed, and seconds, gap and processors for each roster."""

    months: int
    runs: int
    seed: int
    time_limit: float
    gap: float
    workers: int


class SimulationReport(Record):
    """The whole answer. ``complete``: every run has done every month."""

    schema_: Literal["simulation/1"] = Field(default="simulation/1", alias="schema")
    instance: str
    month: str
    instance_sha256: str
    asked: Asked
    terms: Terms
    complete: bool
    stopped: bool
    voluntary: str = VOLUNTARY
    assumptions: tuple[str, ...]
    cases: tuple[CaseFigures, ...]
    threshold: ThresholdFigures | None = None

    def to_json(self) -> str:
        """The text of the file."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"
