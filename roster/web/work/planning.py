"""The job ``plan``: scenarios beside the month as it is. Nothing in its result names a referral."""

import os
import signal
import tempfile
from functools import partial
from pathlib import Path

from rich.console import Console

from roster.instance import Instance
from roster.many.beside import Beside, Effort, Terms
from roster.many.board import Board
from roster.planning.compare import plan_report
from roster.planning.record import Column, PlanReport
from roster.planning.scenarios import Scenario, read_scenarios
from roster.store.models import Job
from roster.store.months import instance_of
from roster.web.terms import terms
from roster.web.work.worker import Done, Tell
from roster.wording import how_many


class _JobBoard(Board):
    """Tells the page how many are done; where the job is to end, asks for the best so far as Ctrl-C does."""

    def __init__(self, tell: Tell, of: int) -> None:
        super().__init__(Console(quiet=True))
        self._say, self._of, self._asked = tell, of, False

    def count(self, done: int, running: int, waiting: int) -> None:
        """How many are done, under way and waiting."""
        super().count(done, running, waiting)
        try:
            self._say({"done": done, "running": running, "waiting": waiting, "of": self._of})
        except KeyboardInterrupt:
            if not self._asked:
                self._asked = True
                os.kill(os.getpid(), signal.SIGINT)


def made(job: Job, tell: Tell) -> Done:
    """Solve the base and every scenario. ``asked``: ``toml``, the text of the file, and ``seconds`` for each."""
    base = instance_of(job.month)
    scenarios = read_scenarios(job.asked["toml"], "scenarios", base)
    with tempfile.TemporaryDirectory(prefix="roster-plan-") as folder:
        report = _solved(base, scenarios, float(job.asked.get("seconds", 60)), Path(folder), tell)
    stopped = any(column.stopped for column in report.columns)
    found = sum(1 for column in report.scenarios if column.figures is not None)
    says = f"{how_many(found, 'scenario')} of {len(report.scenarios)} with a roster."
    return Done(says, without_people(report).to_json(), stopped=stopped)


def _solved(base: Instance, scenarios: tuple[Scenario, ...], seconds: float, folder: Path, tell: Tell) -> PlanReport:
    held = terms()
    beside = Beside(
        Terms(held.rules, held.preferences, held.start, lambda roster: partial(held.start_from, roster)),
        Effort(seconds),
        folder,
        lambda: _JobBoard(tell, len(scenarios) + 1),
    )
    beside.run(base, scenarios)
    return plan_report(base, scenarios, beside.lines, beside.roster)


def without_people(report: PlanReport) -> PlanReport:
    """The report without the ids of who is seen in only one of two rosters: planners need none."""
    return report.model_copy(update={"scenarios": tuple(_without(column) for column in report.scenarios)})


def _without(column: Column) -> Column:
    if column.difference is None:
        return column
    less = column.difference.model_copy(update={"newly_seen": (), "no_longer_seen": ()})
    return column.model_copy(update={"difference": less})
