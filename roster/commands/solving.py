"""``roster solve``: the best roster of one folder, written down and summed up."""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from roster import solve as solving
from roster.answers import found, not_solved, solved
from roster.commands.codes import EXIT_CODES
from roster.commands.holding import Reserve, solve_holding_back
from roster.fault import Notice
from roster.files import write_text
from roster.held_back import HeldBack
from roster.inputs import instance_at
from roster.instance import Instance
from roster.outputs import check_place
from roster.progress import ProgressLine
from roster.rule import Preference, Rule
from roster.show import findings, no_roster, places_held_back, summary, title
from roster.terminal import errors, print_json, results, warn, wrong_input


@dataclass(frozen=True)
class Solve:
    """What the command is given. ``reserve``: the places to hold back, if any."""

    folder: Path
    edits: Path | None
    out: Path
    options: solving.Options
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    as_json: bool
    quiet: bool
    reserve: Reserve | None = None

    def run(self) -> int:
        """Solve, write, print. The exit code."""
        with wrong_input(self.as_json):
            check_place(self.out)
            instance, notices = instance_at(self.folder, self.edits)
            if not (self.as_json or self.quiet):
                warn(notices)
            with ProgressLine(errors(self.quiet)) as line:
                result, held = self._solved(instance, line.tell)
            if result.roster is not None:
                write_text(self.out, result.roster.to_json())
        if self.as_json:
            self._print_answer(result, notices, held)
        else:
            self._print_result(instance, result, held)
        return EXIT_CODES[result.outcome]

    def _solved(
        self, instance: Instance, tell: Callable[[solving.Progress], None]
    ) -> tuple[solving.Result, HeldBack | None]:
        asked = instance, self.rules, self.preferences, self.options
        if self.reserve is not None:
            return solve_holding_back(*asked, self.reserve, tell)
        return solving.solve(*asked, tell=tell), None

    def _print_answer(self, result: solving.Result, notices: Sequence[Notice], held: HeldBack | None) -> None:
        """The result as JSON."""
        if result.roster is None:
            print_json(not_solved(result, notices))
        else:
            print_json(solved(result.roster, result.says, result.seconds, str(self.out), notices, held))

    def _print_result(self, instance: Instance, result: solving.Result, held: HeldBack | None) -> None:
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
            if held is not None:
                results().print("", places_held_back(held))
        results().print(f"\nWritten to {self.out}.", soft_wrap=True)
        if not self.quiet:
            beside = ["--edits", str(self.edits)] if self.edits else []
            to_see = shlex.join(["roster", "show", str(self.folder), str(self.out), *beside])
            results().print(f"To see every visit: {to_see}", soft_wrap=True)
