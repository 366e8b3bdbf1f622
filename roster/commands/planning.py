"""``roster plan``: scenarios of one region beside its base, solved several at once, and what differs."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from roster.edits import edits_to_json
from roster.files import write_text
from roster.inputs import instance_at, text_at
from roster.many.beside import Beside, Effort, Terms, check_out
from roster.many.board import Board
from roster.outputs import check_place
from roster.pages.plan import plan_page
from roster.planning.compare import plan_report
from roster.planning.record import PlanReport
from roster.planning.scenarios import read_scenarios
from roster.planning.tables import LONG_HEADER, WIDE_HEADER, csv_text, long_rows, wide_rows, write_book
from roster.show.plan import plan_text
from roster.summaries import exit_code
from roster.terminal import errors, print_json, results, warn, wrong_input

ROSTERS, ANSWER, WIDE, LONG, BOOK, EDITS = (
    "rosters",
    "plan.json",
    "scenarios.csv",
    "figures.csv",
    "plan.xlsx",
    "edits.json",
)


@dataclass(frozen=True)
class PlanCommand:
    """What the command is given."""

    folder: Path
    scenarios: Path
    out: Path
    html: Path | None
    effort: Effort
    terms: Terms
    as_json: bool
    quiet: bool

    def run(self) -> int:
        """Read all of it, solve the base, then the scenarios; write, print. The exit code."""
        with wrong_input(self.as_json):
            base, notices = instance_at(self.folder)
            scenarios = read_scenarios(text_at(self.scenarios), self.scenarios.name, base)
            check_out(self.out, self.folder)
            if self.html is not None:
                check_place(self.html)
            if not (self.as_json or self.quiet):
                warn(notices)
            beside = Beside(self.terms, self.effort, self._rosters, lambda: Board(errors(self.quiet or self.as_json)))
            lines = beside.run(base, scenarios)
            report = plan_report(base, scenarios, beside.lines, beside.roster)
            self._write(report)
        if self.as_json:
            print_json(report)
        else:
            self._print(report)
        return exit_code(lines.values())

    @property
    def _rosters(self) -> Path:
        return self.out / ROSTERS

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
