"""``roster value``: what one more session, coach's day or interpreter, or a limit one step looser, is worth."""

import re
import shlex
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from roster.edits import apply_edits, edits_to_json
from roster.files import write_text
from roster.inputs import instance_at
from roster.instance import Instance
from roster.many.beside import Beside, Effort, Terms, check_out
from roster.many.board import Board
from roster.outputs import check_place
from roster.pages.value import sheet_page, value_page
from roster.planning.scenarios import Scenario
from roster.planning.tables import csv_text
from roster.planning.value.candidates import Candidate, candidates_of
from roster.planning.value.choose import chosen, for_practices, promising
from roster.planning.value.estimate import Estimates
from roster.planning.value.process import Task, estimates
from roster.planning.value.record import ValueReport
from roster.planning.value.report import Findings, Tried
from roster.planning.value.tables import ESTIMATED_HEADER, TRIED_HEADER, estimated_rows, tried_rows, write_book
from roster.progress import ProgressLine
from roster.show.value import value_text
from roster.summaries import exit_code
from roster.terminal import errors, print_json, results, warn, wrong_input

ROSTERS, ANSWER, TRIED, ESTIMATED, BOOK, EDITS = (
    "rosters",
    "value.json",
    "tried.csv",
    "estimated.csv",
    "value.xlsx",
    "edits.json",
)
LOOKING_SHARE = 0.8
"""Of the time for the data as they are, how much looking for candidates may take."""
TRYING_TIMES = 8.0
"""How many times as long as the data as they are all candidates together may take."""
BESIDES = 2.5
"""Seconds that a roster takes besides its search: processes that begin, the checks, the files."""


@dataclass(frozen=True)
class Value:
    """What the command is given. ``out`` None: only what is printed stays. ``top``: how many candidates are tried.

    ``sheets``: where a page for each practice goes; ``most_sheets``: how many sessions are tried for these pages alone.
    """

    folder: Path
    out: Path | None
    html: Path | None
    sheets: Path | None
    top: int
    most_sheets: int | None
    effort: Effort
    terms: Terms
    as_json: bool
    quiet: bool

    def run(self) -> int:
        """Make the base's roster, look for candidates, try them, write, print. The exit code is the base's."""
        with wrong_input(self.as_json), ExitStack() as stack:
            base, notices = instance_at(self.folder)
            self._check_places()
            if not (self.as_json or self.quiet):
                warn(notices)
            out = self.out or Path(stack.enter_context(TemporaryDirectory()))
            beside = Beside(self.terms, self.effort, out / ROSTERS, lambda: Board(errors(self.quiet or self.as_json)))
            found = self.find(base, beside)
            report = found.report()
            self._write(report)
        if self.as_json:
            print_json(report)
        else:
            self._print(report)
        return exit_code([found.line])

    def _check_places(self) -> None:
        for place in (self.out, self.sheets):
            if place is not None:
                check_out(place, self.folder)
        if self.html is not None:
            check_place(self.html)

    # -- finding ------------------------------------------------------------------------------------------

    def find(self, base: Instance, beside: Beside) -> Findings:
        """The base, what might help, and what became of each try; rosters go to the folder of ``beside``."""
        line = beside.base(base)
        roster, candidates = beside.roster(line), candidates_of(base)
        known: Estimates = {}
        stopped, each = line.stopped, beside.effort.asked
        if roster is not None and not roster.compromise and not stopped:
            known, stopped = self._estimates(base, candidates)
        tried: dict[str, Tried] = {}
        if known and not stopped:
            tried = self._tried(base, beside, self._chosen(base, promising(candidates, known)))
            each = beside.effort.asked
        sheets = self.sheets is not None
        return Findings(base, line, roster, candidates, known, tried, each, stopped, sheets)

    def _tried(self, base: Instance, beside: Beside, wanted: Sequence[Candidate]) -> dict[str, Tried]:
        if not wanted:
            return {}
        scenarios = [Scenario(c.name, c.edits, apply_edits(base, c.edits)) for c in wanted]
        beside.effort = replace(self.effort, time_limit=self._each(len(scenarios)))
        beside.scenarios(scenarios)
        return {s.name: Tried(s, beside.lines[s.name], beside.roster(beside.lines[s.name])) for s in scenarios}

    def _estimates(self, base: Instance, candidates: Sequence[Candidate]) -> tuple[Estimates, bool]:
        enough = self.top + (len(base.sites) if self.sheets is not None else 0)
        terms = self.terms.rules, self.terms.preferences
        task = Task(base, *terms, candidates, enough, self.effort.time_limit * LOOKING_SHARE)
        with ProgressLine(errors(self.quiet or self.as_json)) as line:
            return estimates(task, line.tell)

    def _chosen(self, base: Instance, in_order: Sequence[Candidate]) -> list[Candidate]:
        """Those of the table, and for the sheets the best session of each practice."""
        first = chosen(in_order, self.top)
        if self.sheets is None:
            return first
        others = [c for c in for_practices(in_order, base.practices) if c not in first]
        return [*first, *others[: self.most_sheets]]

    def _each(self, number: int) -> float:
        """Seconds to search for each of so many candidates: all at most ``TRYING_TIMES`` as long as for the base."""
        jobs, _ = self.effort.shares
        share = self.effort.time_limit * TRYING_TIMES * jobs / number
        return min(self.effort.time_limit, max(share / 2, share - BESIDES))

    # -- what comes of it ---------------------------------------------------------------------------------

    def _write(self, report: ValueReport) -> None:
        if self.out is not None:
            write_text(self.out / ANSWER, report.to_json())
            write_text(self.out / TRIED, csv_text(TRIED_HEADER, tried_rows(report)))
            write_text(self.out / ESTIMATED, csv_text(ESTIMATED_HEADER, estimated_rows(report)))
            write_book(report, self.out / BOOK)
            for one in report.confirmed:
                folder = self.out / ROSTERS / one.name
                if folder.is_dir():
                    write_text(folder / EDITS, edits_to_json(one.edits))
        if self.html is not None:
            write_text(self.html, value_page(report))
        if self.sheets is not None:
            self.sheets.mkdir(parents=True, exist_ok=True)
            for sheet in report.sheets:
                write_text(self.sheets / f"{_file_name(sheet.practice_id)}.html", sheet_page(report, sheet))

    def _print(self, report: ValueReport) -> None:
        if self.quiet:
            results().print(report.headline, soft_wrap=True)
        else:
            results().print(value_text(report), "")
        if self.out is not None:
            results().print(f"Tables are in {self.out}, rosters in {self.out / ROSTERS}.", soft_wrap=True)
        if self.html is not None:
            results().print(f"The page is {self.html}.", soft_wrap=True)
        if self.sheets is not None:
            results().print(f"The practices' pages are in {self.sheets}.", soft_wrap=True)
        if report.stopped and self.out is not None:
            again = shlex.join(["roster", "value", str(self.folder), "--out", str(self.out)])
            results().print(f"To go on with what is not done: {again}", soft_wrap=True)


def _file_name(practice_id: str) -> str:
    """The practice's id as a name that a file can have."""
    return re.sub(r"[^\w.-]+", "-", practice_id).strip(".") or "practice"
