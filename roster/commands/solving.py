"""``roster solve``: the best roster of one folder, written down and summed up."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from roster import solve as solving
from roster.answers import found, not_solved, solved
from roster.commands.codes import EXIT_CODES
from roster.fault import Notice
from roster.files import write_text
from roster.inputs import instance_at
from roster.instance import Instance
from roster.outputs import check_place
from roster.progress import ProgressLine
from roster.rule import Preference, Rule
from roster.show import findings, no_roster, summary, title
from roster.terminal import errors, print_json, results, warn, wrong_input


@dataclass(frozen=True)
class Solve:
    """What the command is given."""

    folder: Path
    edits: Path | None
    out: Path
    options: solving.Options
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    as_json: bool
    quiet: bool

    def run(self) -> int:
        """Solve, write, print. The exit code."""
        with wrong_input(self.as_json):
            check_place(self.out)
            instance, notices = instance_at(self.folder, self.edits)
            if not (self.as_json or self.quiet):
                warn(notices)
            with ProgressLine(errors(self.quiet)) as line:
                result = solving.solve(instance, self.rules, self.preferences, self.options, tell=line.tell)
            if result.roster is not None:
                write_text(self.out, result.roster.to_json())
        if self.as_json:
            self._print_answer(result, notices)
        else:
            self._print_result(instance, result)
        return EXIT_CODES[result.outcome]

    def _print_answer(self, result: solving.Result, notices: Sequence[Notice]) -> None:
        """The result as JSON."""
        if result.roster is None:
            print_json(not_solved(result, notices))
        else:
            print_json(solved(result.roster, result.says, result.seconds, str(self.out), notices))

    def _print_result(self, instance: Instance, result: solving.Result) -> None:
        """The result as a person reads it."""
        if result.roster is None:
            results().print(no_roster(instance, result.says))
            if result.findings:
                errors().print(findings("What the checker found", found(result.findings)))
            errors().print("No roster was written." + (f" {self.out} is from before." if self.out.exists() else ""))
            return
        if self.quiet:
            results().print(title(instance, result.roster, result.says))
        else:
            results().print(summary(instance, result.roster, self.preferences, result.says))
        results().print(f"\nWritten to {self.out}.", soft_wrap=True)
        if not self.quiet:
            beside = ["--edits", str(self.edits)] if self.edits else []
            to_see = shlex.join(["roster", "show", str(self.folder), str(self.out), *beside])
            results().print(f"To see every visit: {to_see}", soft_wrap=True)
