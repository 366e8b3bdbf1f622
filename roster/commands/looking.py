"""``roster show`` and ``roster check``: a roster as people read it, and what the checker says of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from roster.agenda import By
from roster.answers import checked, shown
from roster.commands.codes import BROKEN, OK
from roster.domain import Roster
from roster.inputs import instance_at, roster_at
from roster.instance import Instance
from roster.rule import Preference, Rule
from roster.show import findings, visits
from roster.show import verdict as verdict_text
from roster.terminal import errors, print_json, results, wrong_input
from roster.verify import Verdict, verify


@dataclass(frozen=True)
class Look:
    """What both commands are given. The methods print, and give the exit code."""

    folder: Path
    roster_file: Path
    edits: Path | None
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    as_json: bool

    def show(self, by: By) -> int:
        """Every visit, sorted by day, coach or site."""
        instance, roster, verdict = self._read()
        can_be_shown = bool(verdict.costs)
        if self.as_json:
            print_json(shown(instance, roster, verdict.accepted, by) if can_be_shown else checked(roster, verdict))
        elif not can_be_shown:
            wrong = checked(roster, verdict).findings
            errors().print(findings("This roster cannot be shown with this data", wrong, most=10))
        else:
            results().print(visits(instance, roster, by, verdict.accepted))
        return OK if verdict.accepted else BROKEN

    def check(self) -> int:
        """Every rule that is broken, and the prices worked out again."""
        instance, roster, verdict = self._read()
        answer = checked(roster, verdict)
        if self.as_json:
            print_json(answer)
        else:
            results().print(verdict_text(instance, roster, answer))
        return OK if verdict.accepted and not roster.compromise else BROKEN

    def _read(self) -> tuple[Instance, Roster, Verdict]:
        """An instance, a roster, and what the checker says of the two."""
        with wrong_input(self.as_json):
            instance, _ = instance_at(self.folder, self.edits)
            roster = roster_at(self.roster_file)
            return instance, roster, verify(instance, roster, self.rules, self.preferences)
