"""``roster stress``: what becomes of a roster if a coach, a site or a room is gone for a week."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from os import cpu_count
from pathlib import Path
from time import monotonic
from types import TracebackType

from rich.console import Console
from rich.status import Status
from rich.text import Text

from roster.answers import checked
from roster.calendar import long_date
from roster.commands.codes import BROKEN, OK, UNKNOWN
from roster.commands.publishing import day_of
from roster.domain import Roster
from roster.fault import Fault, InvalidInput
from roster.files import write_text
from roster.inputs import instance_at, roster_at
from roster.instance import Instance
from roster.outputs import check_place
from roster.show import findings
from roster.show.stress import stress_text
from roster.stress.compare import Terms
from roster.stress.crew import Crew
from roster.stress.record import StressReport
from roster.stress.run import Progress, stress
from roster.terminal import errors, print_json, results, warn, wrong_input
from roster.verify import Verdict, verify
from roster.wording import how_many, printable

_SECONDS_BETWEEN_LINES = 10.0


@dataclass(frozen=True)
class Stress:
    """What the command is given. ``jobs`` None: one process for each processor."""

    folder: Path
    roster_file: Path
    edits: Path | None
    as_of: str | None
    terms: Terms
    time_limit: float
    jobs: int | None
    out: Path | None
    most: int
    as_json: bool
    quiet: bool

    def run(self) -> int:
        """Try every case, write, print. The exit code."""
        with wrong_input(self.as_json):
            if self.out is not None:
                check_place(self.out)
            instance, notices = instance_at(self.folder, self.edits)
            roster = roster_at(self.roster_file)
            told = _as_published(instance, roster, day_of("--as-of", self.as_of))
            verdict = _judged(instance, roster, self.terms)
            if not verdict.accepted:
                return self._refused(roster, verdict)
            if not (self.as_json or self.quiet):
                warn(notices)
            report = self._tried(told)
            if self.out is not None:
                write_text(self.out, report.to_json())
        self._print(report)
        return OK if any(point.repaired for point in report.points) or not report.points else UNKNOWN

    def _tried(self, instance: Instance) -> StressReport:
        with Line(errors(self.quiet)) as line:
            return stress(instance, self.terms, self.time_limit, self.jobs or cpu_count() or 1, line.tell)

    def _refused(self, roster: Roster, verdict: Verdict) -> int:
        answer = checked(roster, verdict)
        if self.as_json:
            print_json(answer)
        else:
            errors().print(findings("The checker does not accept this roster", answer.findings, most=10))
        return BROKEN

    def _print(self, report: StressReport) -> None:
        if self.as_json:
            print_json(report)
            return
        results().print(report.says if self.quiet else stress_text(report, self.most))
        if self.out is not None:
            results().print(f"\nWritten to {self.out}.", soft_wrap=True)


def _as_published(instance: Instance, roster: Roster, day: date | None) -> Instance:
    """The data on the day that is asked about, with this roster as the published one. Raises InvalidInput."""
    as_of = instance.settings.as_of
    if day is not None and day < as_of:
        says, do = f"the data are as of {long_date(as_of)}, and this is before it", "Give that day or a later one."
        raise InvalidInput([Fault(file="--as-of", value=str(day), says=says, do=do)])
    settings = instance.settings.model_copy(update={"as_of": day or as_of})
    return instance.replaced(settings=settings, published=roster)


def _judged(instance: Instance, roster: Roster, terms: Terms) -> Verdict:
    """What the checker says of the roster.

    Of the published one its costs are worked out anew: it states those of the day on which it was made, with the
    changes that it made then.
    """
    verdict = verify(instance, roster, terms.rules, terms.preferences)
    if verdict.accepted or roster != instance.published or not verdict.costs:
        return verdict
    bound = min(roster.bound, verdict.objective)
    proved = roster.outcome == "optimal" and bound == verdict.objective
    update: dict[str, object] = {"costs": verdict.costs, "objective": verdict.objective, "bound": bound}
    if roster.outcome == "optimal" and not proved:
        update["outcome"] = "feasible"
    return verify(instance, roster.model_copy(update=update), terms.rules, terms.preferences)


class Line:
    """Shows on ``console`` how far it is: one line that changes on a terminal, a line now and then anywhere else."""

    def __init__(self, console: Console, clock: Callable[[], float] = monotonic) -> None:
        self._console, self._clock = console, clock
        self._status: Status | None = None
        self._said_at = clock()

    def __enter__(self) -> "Line":
        if self._console.is_interactive:
            self._status = self._console.status(Text("Starting. Ctrl-C stops and keeps what is known so far."))
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def tell(self, progress: Progress, _: Crew) -> None:
        """Take in how far it is."""
        text = Text(printable(words(progress)), overflow="ellipsis", no_wrap=True)
        if self._status is not None:
            self._status.update(text)
        elif self._clock() - self._said_at >= _SECONDS_BETWEEN_LINES:
            self._said_at = self._clock()
            self._console.print(Text(printable(words(progress))))


def words(progress: Progress) -> str:
    """``12 of 90 cases, 61 seconds left. Weakest so far: If C02 is away ...``"""
    left = f"{progress.done:,} of {progress.cases:,} cases, {how_many(round(progress.time_left), 'second')} left."
    return f"{left} Weakest so far: {progress.worst}" if progress.worst else left
