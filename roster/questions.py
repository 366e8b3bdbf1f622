"""Questions about a roster that exists: from what a command is given to the answer. What is wrong is InvalidInput."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from roster.answers import Checked, Found, NotSolved, checked
from roster.explain.forced import Clock, RejectedError
from roster.explain.given import Given
from roster.explain.why import why
from roster.explain.why_not import why_not
from roster.explain.wish import wish_of
from roster.explanations import Why, WhyNot
from roster.fault import Fault, InvalidInput
from roster.inputs import instance_at, roster_at
from roster.rule import Preference, Rule
from roster.show import findings
from roster.terminal import errors, print_json
from roster.verify import Verdict, verify


@contextmanager
def checked_answers(as_json: bool) -> Iterator[None]:
    """Where a roster behind an answer fails the checker: say so, show nothing, and leave with exit code 1."""
    began = time.monotonic()
    try:
        yield
    except RejectedError as rejected:
        says = "A roster failed the checker, so nothing is shown. This is a fault of the program, not of your data."
        found = (Found(rule="form", fact="", amount=1, says=str(rejected)),)
        answer = NotSolved(outcome="rejected", says=says, seconds=round(time.monotonic() - began, 3), findings=found)
        if as_json:
            print_json(answer)
        else:
            errors().print(findings(says, answer.findings))
    else:
        return
    raise typer.Exit(1)


@dataclass(frozen=True)
class Asking:
    """An instance with a roster, and what the checker says of it: the checker has to accept what is asked about."""

    given: Given
    verdict: Verdict

    @classmethod
    def about(
        cls,
        folder: Path,
        roster_file: Path,
        edits: Path | None,
        rules: Sequence[Rule],
        preferences: Sequence[Preference],
    ) -> Asking:
        """Read and check them. Raises InvalidInput, also for a compromise."""
        instance, _ = instance_at(folder, edits)
        roster = roster_at(roster_file)
        if roster.compromise:
            says = "this roster is a compromise: it breaks rules, so there is no telling what else it could do"
            raise InvalidInput(
                [Fault(file=roster_file.name, says=says, do="Ask roster explain why there is no roster.")]
            )
        return cls(Given(instance, rules, preferences, roster), verify(instance, roster, rules, preferences))

    @property
    def refused(self) -> Checked | None:
        """What the checker found, where it does not accept the roster."""
        return None if self.verdict.accepted else checked(self.given.roster, self.verdict)

    def why(self, options: Mapping[str, str | None], clock: Clock) -> Why:
        """Why the roster is as it is: of a referral, a coach, a site, or of the whole month."""
        return why(self.given, options, clock)

    def why_not(self, options: Mapping[str, str | None], clock: Clock) -> WhyNot:
        """What becomes of a wish."""
        return why_not(self.given, wish_of(self.given.instance, options), clock)
