"""``roster repair``: a published roster after something has happened, with as few changes as pay."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from roster.answers_of_repair import RepairReport, repair_report
from roster.commands.codes import EXIT_CODES
from roster.commands.publishing import day_of
from roster.fault import Fault, InvalidInput
from roster.files import write_text
from roster.happened import Happened, happened_to
from roster.outputs import check_place
from roster.pages.repair import repair_page
from roster.progress import ProgressLine
from roster.repair.run import repair
from roster.repair.terms import Terms
from roster.show.repair import repair_text
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
        """Repair, write, print. The exit code."""
        with wrong_input(self.as_json):
            places = [place for place in (self.out, self.report, self.html) if place is not None]
            for place in places:
                check_place(place)
            happened = self._happened(day_of("--as-of", self.as_of))
            with ProgressLine(errors(self.quiet or self.as_json)) as line:
                found = repair(happened.after, self.terms, self.options, self.most_changes, line.tell)
            answer = repair_report(happened.before, happened.after, found, happened.withdrawal)
            self._write(happened, answer)
        if self.as_json:
            print_json(answer)
        else:
            results().print(repair_text(happened.after, answer))
            self._print_places(answer)
        return EXIT_CODES[answer.outcome]

    def _happened(self, as_of: date | None) -> Happened:
        happened = happened_to(self.folder, self.edits, as_of)
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
        written = [place for place in (self.report, self.html) if place is not None]
        if answer.roster is not None:
            written.insert(0, self.out)
        for place in written:
            results().print(f"Written to {place}.", soft_wrap=True)
        if answer.roster is not None and not answer.roster.compromise:
            as_of = "" if self.as_of is None else f" --as-of {self.as_of}"
            to_do = f"roster publish {self.folder} {self.out} --edits {self.edits}{as_of}"
            results().print(f"To make it so: {to_do}", soft_wrap=True)
