"""``roster doctors``: what doctors said, as examples: other commands on small folders, and then the answer."""

import contextlib
import io
import shlex
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.padding import Padding
from rich.text import Text

from roster.commands.codes import INFEASIBLE, OK
from roster.fault import Fault, InvalidInput
from roster.planning.examples import Example, ExampleAnswered, ExampleList, ExampleListed, Places
from roster.show.layout import bold, plain
from roster.terminal import errors, print_json, results, wrong_input

PAGE, DATA = "page.html", "data"
_NEVER_QUIET = "publish"
"""The command that has no --quiet."""
NOT_ANSWERED = "A command before the answer did not come to its end, so there is no answer."


@dataclass(frozen=True)
class Doctors:
    """What the command is given. ``home``: where the folders are; ``invoke``: runs a command, gives its exit code."""

    examples: Sequence[Example]
    home: Path
    out: Path
    invoke: Callable[[Sequence[str]], int]
    as_json: bool
    quiet: bool

    @property
    def _is_quiet(self) -> bool:
        return self.as_json or self.quiet

    def list(self) -> int:
        """Print what there is. The exit code."""
        listed = [
            ExampleListed(number=n, name=e.name, title=e.title, said=e.said) for n, e in enumerate(self.examples, 1)
        ]
        if self.as_json:
            print_json(ExampleList(examples=tuple(listed)))
            return OK
        for one in listed:
            results().print(bold(f"{one.number}  {one.title}"))
            results().print(Padding(plain(one.said), (0, 0, 1, 3)))
        results().print("To run one: roster doctors 1")
        return OK

    def run(self, number_or_name: str) -> int:
        """Run one, and end with its answer. The exit code: that of the first command that did not end well."""
        with wrong_input(self.as_json):
            number, example = self._example(number_or_name)
            places = self._places(example)
        lines = example.commands(places)
        self._say(bold(example.title), plain(example.said))
        code = self._all_of(lines)
        answer = example.answer(places) if code == OK else None
        self._answer(number, example, places, lines, answer)
        return code

    def _example(self, number_or_name: str) -> tuple[int, Example]:
        for number, example in enumerate(self.examples, 1):
            if number_or_name in (str(number), example.name):
                return number, example
        do = f"Choose a number from 1 to {len(self.examples)}."
        raise InvalidInput([Fault(file="NUMBER", value=number_or_name, says="there is no such example", do=do)])

    def _places(self, example: Example) -> Places:
        """The places of an example; its data as a copy where they are changed. Raises InvalidInput, OSError."""
        if self.out.exists() and not self.out.is_dir():
            do = "Give the name of a folder."
            raise InvalidInput([Fault(file="--out", value=self.out.name, says="this is a file", do=do)])
        out = self.out / example.name
        out.mkdir(parents=True, exist_ok=True)
        home = _from_here(self.home)
        data = home / example.name
        if example.copies:
            shutil.rmtree(out / DATA, ignore_errors=True)
            data = Path(shutil.copytree(data, out / DATA))
        return Places(data, home / example.asked, out)

    def _all_of(self, lines: Sequence[Sequence[str]]) -> int:
        """Run the commands one after another; that no roster keeps every rule is an answer too."""
        for line in lines:
            self._say("", plain(f"$ {shlex.join(['roster', *line])}"), "")
            with self._silent():
                code = self.invoke([*line, *(["--quiet"] if self._is_quiet and line[0] != _NEVER_QUIET else [])])
            if code not in (OK, INFEASIBLE):
                return code
        return OK

    @contextlib.contextmanager
    def _silent(self) -> Iterator[None]:
        """Without what commands print of their results, where only the answer is wanted."""
        if not self._is_quiet:
            yield
            return
        with contextlib.redirect_stdout(io.StringIO()):
            yield

    def _say(self, *parts: str | Text) -> None:
        if not self._is_quiet:
            for part in parts:
                results().print(part, soft_wrap=True)

    def _answer(
        self, number: int, example: Example, places: Places, lines: Sequence[Sequence[str]], answer: str | None
    ) -> None:
        page = places.out / PAGE
        if self.as_json:
            commands = tuple(shlex.join(["roster", *line]) for line in lines)
            about = {"name": example.name, "title": example.title, "said": example.said, "commands": commands}
            print_json(ExampleAnswered.model_validate({"number": number, "page": str(page), "answer": answer} | about))
        elif answer is None:
            errors().print(NOT_ANSWERED)
        else:
            self._say("", plain(f"The page is {page}."), bold("The answer"))
            results().print(plain(answer))


def _from_here(path: Path) -> Path:
    """The path as it is typed where the command is given, if it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
