"""Questions about a roster that exists: from what a command is given to what it prints and its exit code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from roster.answers import Found, NotSolved, checked
from roster.domain import Roster
from roster.explain.questions.forced import Clock, RejectedError
from roster.explain.questions.given import Given
from roster.explain.questions.why import why
from roster.explain.questions.why_not import why_not
from roster.explain.questions.wish import wish_of
from roster.fault import Fault, InvalidInput
from roster.files import write_text
from roster.inputs import instance_at, roster_at
from roster.outputs import check_place
from roster.rule import Preference, Rule
from roster.show import findings
from roster.show.why import why_not_text, why_text
from roster.terminal import errors, print_json, results, wrong_input
from roster.verify import verify

Options = Mapping[str, str | None]
"""What is asked about, by field of a wish."""

_BROKEN = 1
_EXIT_CODES = {"yes": 0, "no": 3, "not known": 4}


@dataclass(frozen=True)
class Question:
    """What every question is given. Answers are printed, as JSON or as text; the methods give the exit code."""

    folder: Path
    roster_file: Path
    edits: Path | None
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    seconds: float
    workers: int | None
    seed: int
    as_json: bool

    def why(self, options: Options) -> int:
        """Why the roster is as it is: of a referral, a coach, a site, or of the whole month."""
        with self._answered() as given:
            answer = why(given, options, self._clock)
            if self.as_json:
                print_json(answer)
            else:
                results().print(why_text(given.instance, answer))
        return 0

    def why_not(self, options: Options, out: Path | None) -> int:
        """What becomes of a wish; the other roster is written where ``out`` says. Raises InvalidInput for nonsense."""
        with self._answered() as given:
            if out is not None:
                check_place(out)
            answer = why_not(given, wish_of(given.instance, options), self._clock)
            if out is not None and answer.roster is not None:
                write_text(out, answer.roster.to_json())
            if self.as_json:
                print_json(answer)
            else:
                results().print(why_not_text(given.instance, answer))
        return _EXIT_CODES[answer.possible]

    @property
    def _clock(self) -> Clock:
        return Clock.of(self.seconds, self.workers, self.seed)

    @contextmanager
    def _answered(self) -> Iterator[Given]:
        """The instance and the roster; leaves with 2 on wrong input, with 1 where the checker accepts no roster."""
        with wrong_input(self.as_json):
            given = self._given()
            try:
                yield given
            except RejectedError as rejected:
                self._rejected(rejected)

    def _given(self) -> Given:
        """A roster that the checker accepts. A compromise is wrong input; of another, what was found is printed."""
        instance, _ = instance_at(self.folder, self.edits)
        roster = roster_at(self.roster_file)
        no_compromise(roster, self.roster_file.name, "Ask roster explain why there is no roster.")
        verdict = verify(instance, roster, self.rules, self.preferences)
        if not verdict.accepted:
            found = checked(roster, verdict)
            if self.as_json:
                print_json(found)
            else:
                errors().print(findings("The checker does not accept this roster", found.findings, most=10))
            raise typer.Exit(_BROKEN)
        return Given(instance, self.rules, self.preferences, roster)

    def _rejected(self, rejected: RejectedError) -> None:
        """A roster behind an answer failed the checker: nothing is shown."""
        says = "A roster failed the checker, so nothing is shown. This is a fault of the program, not of your data."
        found = (Found(rule="form", fact="", amount=1, says=str(rejected)),)
        if self.as_json:
            print_json(NotSolved(outcome="rejected", says=says, seconds=0.0, findings=found))
        else:
            errors().print(findings(says, found))
        raise typer.Exit(_BROKEN)


def no_compromise(roster: Roster, name: str, do: str = "Ask for an explanation instead.") -> None:
    """Raise InvalidInput where the roster, which a person calls ``name``, is a compromise."""
    if roster.compromise:
        says = "this roster is a compromise: it breaks rules, so there is no telling what else it could do"
        raise InvalidInput([Fault(file=name, says=says, do=do)])
