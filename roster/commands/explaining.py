"""``roster explain`` and ``roster verify-report``: why there is no roster, and whether what was said of it is true."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from roster.answers import checked_report
from roster.audit.whole import audit
from roster.commands.codes import BROKEN, EXIT_CODES, OK, UNKNOWN
from roster.explain import process
from roster.files import write_text
from roster.inputs import instance_at, report_at
from roster.outputs import check_place
from roster.pages import report_page
from roster.progress import ProgressLine
from roster.rule import Preference, Rule
from roster.show import report_check, report_text
from roster.solve import Options
from roster.terminal import errors, print_json, results, wrong_input


@dataclass(frozen=True)
class Explain:
    """What both commands are given. The methods print, and give the exit code."""

    folder: Path
    edits: Path | None
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    as_json: bool

    def explain(self, options: Options, out: Path | None, html: Path | None, quiet: bool) -> int:
        """Why there is no roster, with a roster that breaks least; as JSON and as a page where a place is named."""
        places = [place for place in (out, html) if place is not None]
        with wrong_input(self.as_json):
            for place in places:
                check_place(place)
            instance, _ = instance_at(self.folder, self.edits)
            with ProgressLine(errors(quiet or self.as_json)) as line:
                report = process.explain(instance, self.rules, self.preferences, options, tell=line.tell)
            if out is not None:
                write_text(out, report.to_json())
            if html is not None:
                write_text(html, report_page(instance, report))
        if self.as_json:
            print_json(report)
        else:
            results().print(report_text(instance, report))
            for place in places:
                results().print(f"Written to {place}.", soft_wrap=True)
        return EXIT_CODES[report.outcome]

    def verify(self, report_file: Path, time_limit: float) -> int:
        """Whether every claim of a report holds."""
        with wrong_input(self.as_json):
            report = report_at(report_file)
            instance, _ = instance_at(self.folder, self.edits)
        answer = checked_report(audit(instance, report, self.rules, self.preferences, time_limit))
        if self.as_json:
            print_json(answer)
        else:
            results().print(report_check(instance, answer))
        return {"holds": OK, "does not hold": BROKEN, "not settled": UNKNOWN}[answer.outcome]
