"""``roster publish`` and ``roster versions``: what people are told, and what they were told before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from roster.answers_of_versions import version_list
from roster.commands.codes import BROKEN, OK
from roster.fault import Fault, InvalidInput
from roster.files.cells import Unreadable, read_day
from roster.files.versions import versions_of
from roster.happened import check_folder
from roster.publishing import NO_FOLDER, Request, publish
from roster.rule import Preference, Rule
from roster.show.versions import published_text, versions_text
from roster.terminal import print_json, results, wrong_input


@dataclass(frozen=True)
class Publish:
    """What the command is given."""

    folder: Path
    roster_file: Path
    edits: Path | None
    as_of: str | None
    by: str
    i_know: bool
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    as_json: bool

    def run(self) -> int:
        """Publish and print. The exit code."""
        with wrong_input(self.as_json):
            as_of = day_of("--as-of", self.as_of)
            request = Request(self.folder, self.roster_file, self.edits, as_of, self.by, self.i_know)
            answer = publish(request, self.rules, self.preferences, datetime.now(UTC))
        if self.as_json:
            print_json(answer)
        else:
            results().print(published_text(answer))
        return BROKEN if answer.outcome == "refused" else OK


def versions(folder: Path, as_json: bool) -> int:
    """Print the versions of a folder. The exit code."""
    with wrong_input(as_json):
        check_folder(folder, NO_FOLDER)
        answer = version_list(versions_of(folder))
    if as_json:
        print_json(answer)
    else:
        results().print(versions_text(answer))
    return OK


def day_of(option: str, text: str | None) -> date | None:
    """The day that an option gives. Raises InvalidInput where it is none."""
    day = None if text is None else read_day(text)
    if isinstance(day, Unreadable):
        raise InvalidInput([Fault(file=option, says=day.says, do=day.do)])
    return day
