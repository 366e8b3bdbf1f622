"""``roster plan``: scenarios of one region beside its base, solved several at once, and what differs."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from roster.commands.many import place_for
from roster.domain import Roster
from roster.edits import edits_to_json
from roster.fault import Fault, InvalidInput
from roster.files import write_text
from roster.inputs import instance_at, text_at
from roster.instance import Instance
from roster.many.board import Board
from roster.many.results import ROSTER, Results
from roster.many.run import Made, Run
from roster.many.share import EACH, shared
from roster.outputs import check_place
from roster.pages.plan import plan_page
from roster.planning.compare import base_column, scenario_column
from roster.planning.record import PlanReport
from roster.planning.scenarios import BASE, Scenario, read_scenarios
from roster.planning.tables import LONG_HEADER, WIDE_HEADER, csv_text, long_rows, wide_rows, write_book
from roster.rule import Preference, Rule
from roster.show.plan import plan_text
from roster.solve import Start
from roster.summaries import Asked, Line, exit_code, summary_of
from roster.terminal import errors, print_json, results, warn, wrong_input

ROSTERS, ANSWER, WIDE, LONG, BOOK, EDITS = (
    "rosters",
    "plan.json",
    "scenarios.csv",
    "figures.csv",
    "plan.xlsx",
    "edits.json",
)
_NOT_BEGUN = "Stopped by you before it was begun."
_HAVE_A_ROSTER = ("optimal", "feasible", "infeasible")


@dataclass(frozen=True)
class Terms:
    """What rosters keep and cost, how a search begins, and how it begins with the base's roster."""

    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    start: Start
    start_from: Callable[[Roster], Start]


@dataclass(frozen=True)
class PlanCommand:
    """What the command is given."""

    folder: Path
    scenarios: Path
    out: Path
    html: Path | None
    time_limit: float
    gap: float
    seed: int
    workers: int | None
    jobs: int | None
    cluster: str | None
    again: bool
    terms: Terms
    as_json: bool
    quiet: bool

    def run(self) -> int:
        """Read all of it, solve the base, then the scenarios; write, print. The exit code."""
        with wrong_input(self.as_json):
            base, notices = instance_at(self.folder)
            scenarios = read_scenarios(text_at(self.scenarios), self.scenarios.name, base)
            self._check_places()
            if not (self.as_json or self.quiet):
                warn(notices)
            lines = self._solved(base, scenarios)
            report = self._report(base, scenarios, lines)
            self._write(report)
        if self.as_json:
            print_json(report)
        else:
            self._print(report)
        return exit_code(lines.values())

    def _check_places(self) -> None:
        if self.out.exists() and not self.out.is_dir():
            do = "Give the name of a folder."
            raise InvalidInput([Fault(file="--out", value=self.out.name, says="this is a file", do=do)])
        if self.out.resolve() == self.folder.resolve():
            says, do = "the results would be written into the data", "Give the name of another folder."
            raise InvalidInput([Fault(file="--out", value=self.out.name, says=says, do=do)])
        if self.html is not None:
            check_place(self.html)

    # -- rosters ------------------------------------------------------------------------------------------

    @property
    def _rosters(self) -> Path:
        return self.out / ROSTERS

    def _solved(self, base: Instance, scenarios: Sequence[Scenario]) -> dict[str, Line]:
        """What came of the base and, after it and beginning with its roster, of every scenario."""
        jobs, workers = shared(self.jobs, self.workers)
        if self.cluster is not None:
            workers = self.workers or EACH
        asked = Asked(time_limit=self.time_limit, gap=self.gap, workers=workers, seed=self.seed)
        kept_in = Results(self._rosters)
        kept_in.open()

        def run(made: Mapping[str, Made], start: Start) -> dict[str, Line]:
            place = place_for(self.cluster, self.jobs, jobs, workers)
            rules = self.terms.rules, self.terms.preferences
            one = Run(made, *rules, asked, place, kept_in, board, self.again, start)
            return {line.folder: line for line in one.run().lines}

        with Board(errors(self.quiet or self.as_json)) as board:
            lines = run({BASE: lambda: base}, self.terms.start)
            if lines[BASE].stopped:
                lines |= {s.name: _not_begun(s.name, asked) for s in scenarios}
            else:
                lines |= run({s.name: s.made for s in scenarios}, self._start(lines[BASE]))
        kept_in.summarise(summary_of(lines.values()))
        return lines

    def _start(self, base: Line) -> Start:
        roster = self._roster(base)
        return self.terms.start if roster is None or roster.compromise else self.terms.start_from(roster)

    def _roster(self, line: Line) -> Roster | None:
        if line.outcome not in _HAVE_A_ROSTER:
            return None
        return Roster.model_validate_json((self._rosters / line.folder / ROSTER).read_bytes())

    # -- what comes of it ---------------------------------------------------------------------------------

    def _report(self, base: Instance, scenarios: Sequence[Scenario], lines: Mapping[str, Line]) -> PlanReport:
        base_roster = self._roster(lines[BASE])
        return PlanReport(
            instance=base.settings.name,
            month=base.settings.month,
            instance_sha256=base.sha256,
            asked=lines[BASE].asked,
            complete=all(line.keeps_every_rule for line in lines.values()),
            base=base_column(BASE, base, lines[BASE], base_roster),
            scenarios=tuple(
                scenario_column(s, base, lines[s.name], self._roster(lines[s.name]), base_roster) for s in scenarios
            ),
        )

    def _write(self, report: PlanReport) -> None:
        write_text(self.out / ANSWER, report.to_json())
        write_text(self.out / WIDE, csv_text(WIDE_HEADER, wide_rows(report)))
        write_text(self.out / LONG, csv_text(LONG_HEADER, long_rows(report)))
        write_book(report, self.out / BOOK)
        if self.html is not None:
            write_text(self.html, plan_page(report))
        for column in report.scenarios:
            folder = self._rosters / column.name
            if folder.is_dir():
                write_text(folder / EDITS, edits_to_json(column.edits))

    def _print(self, report: PlanReport) -> None:
        if not self.quiet:
            results().print(plan_text(report), "")
        results().print(f"Tables are in {self.out}, rosters in {self._rosters}.", soft_wrap=True)
        if self.html is not None:
            results().print(f"The page is {self.html}.", soft_wrap=True)
        for column in report.columns:
            if column.compromise and column.edits:
                edits = str(self._rosters / column.name / EDITS)
                to_see = shlex.join(["roster", "explain", str(self.folder), "--edits", edits])
                results().print(f"To see why no roster keeps every rule in {column.name}: {to_see}", soft_wrap=True)
        if any(column.stopped or column.figures is None for column in report.columns):
            again = shlex.join(["roster", "plan", str(self.folder), str(self.scenarios), "--out", str(self.out)])
            results().print(f"To go on with what is not done: {again}", soft_wrap=True)


def _not_begun(name: str, asked: Asked) -> Line:
    return Line(folder=name, outcome="unknown", says=_NOT_BEGUN, stopped=True, asked=asked)
