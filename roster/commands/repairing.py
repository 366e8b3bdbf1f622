"""``roster repair``: a published roster after something has happened, with as few changes as pay."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from roster.answers_of_repair import RepairReport, repair_report
from roster.commands.codes import EXIT_CODES
from roster.commands.publishing import day_of
from roster.fault import Fault, InvalidInput
from roster.files import write_text
from roster.happened import Edits, Happened, happened_to, taken_in
from roster.outputs import check_place
from roster.pages.repair import repair_page
from roster.progress import ProgressLine
from roster.repair.run import repair
from roster.repair.terms import Terms
from roster.repair_words import how_to_go_on
from roster.show.repair import repair_in_short, repair_text
from roster.solve import Options
from roster.terminal import errors, print_json, results, warn, wrong_input


@dataclass(frozen=True)
class RepairCommand:
    """What the command is given. ``out`` is for the roster, ``report`` and ``html`` for everything."""

    folder: Path
    edits: Path
    as_of: str | None
    most_changes: int | None
    out: Path
    report: Path | None
    html: Path | None
    options: Options
    terms: Terms
    as_json: bool
    quiet: bool

    def run(self) -> int:
        """Withdraw, repair, write, print. The exit code."""
        with wrong_input(self.as_json):
            edits = taken_in(self.folder, self.edits)
            with edits.whatever_comes():
                happened = self._happened(edits)
            with ProgressLine(errors(self.quiet or self.as_json)) as line:
                found = repair(happened.after, self.terms, self.options, self.most_changes, line.tell)
            answer = repair_report(happened.before, happened.after, found, edits.withdrawal)
            self._write(happened, answer)
        if self.as_json:
            print_json(answer)
        else:
            show = repair_in_short if self.quiet else repair_text
            results().print(show(happened.after, answer))
            self._print_places(answer)
        return EXIT_CODES[answer.outcome]

    def _happened(self, edits: Edits) -> Happened:
        """What has happened, once everything that was given is found to be right."""
        for place in (self.out, self.report, self.html):
            if place is not None:
                check_place(place)
        happened = happened_to(self.folder, edits, day_of("--as-of", self.as_of))
        if happened.after.published is None:
            says = "no roster has been published, so there is nothing to repair"
            do = "Publish one first: roster publish FOLDER ROSTER."
            raise InvalidInput([Fault(file="published.json", says=says, do=do)])
        if not (self.as_json or self.quiet):
            warn(happened.notices)
        return happened

    def _write(self, happened: Happened, answer: RepairReport) -> None:
        if answer.roster is not None:
            write_text(self.out, answer.roster.to_json())
        if self.report is not None:
            write_text(self.report, answer.to_json())
        if self.html is not None:
            write_text(self.html, repair_page(happened.after, answer))

    def _print_places(self, answer: RepairReport) -> None:
        for place in (self.out if answer.roster is not None else None, self.report, self.html):
            if place is not None:
                results().print(f"Written to {place}.", soft_wrap=True)
        if answer.roster is None:
            before = f" {self.out} is from before." if self.out.exists() else ""
            errors().print(f"No roster was written.{before}")
        for line in () if self.quiet else self._to_go_on(answer):
            results().print(line, soft_wrap=True)

    def _to_go_on(self, answer: RepairReport) -> Iterator[str]:
        """What to do now, with the command to do it."""
        if answer.roster is None or not self.folder.is_dir():
            return
        as_of = [] if self.as_of is None else ["--as-of", self.as_of]
        edits = ["--edits", str(self.edits)]
        if not answer.roster.compromise:
            to_do = shlex.join(["roster", "publish", str(self.folder), str(self.out), *edits, *as_of])
            yield f"To make it so: {to_do}"
            return
        to_see = shlex.join(["roster", "explain", str(self.folder), *edits])
        yield f"To see why, and what would make a roster possible: {to_see}"
        yield from how_to_go_on(self.edits.name, self.as_of, withdrawn=answer.withdrawal is not None)
