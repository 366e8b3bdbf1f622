"""What doctors said, as examples to run: what an example is made of, and what it answers. Its JSON is ``doctors/1``."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from roster.domain import Record
from roster.wording import VOLUNTARY


@dataclass(frozen=True)
class Places:
    """Where an example has its data, what is asked beside them, and where its results go."""

    data: Path
    asked: Path
    out: Path


@dataclass(frozen=True)
class Example:
    """What doctors said, the commands that answer, and the answer in one sentence.

    ``lines``: each a command with its arguments, in which ``{data}``, ``{asked}`` and ``{out}`` stand for ``Places``.
    ``asked``: the file beside the folder. ``copies``: the commands change the data, so that they are given a copy.
    """

    name: str
    title: str
    said: str
    asked: str
    lines: tuple[str, ...]
    answer: Callable[[Places], str]
    copies: bool = False

    def commands(self, places: Places) -> list[list[str]]:
        """The commands, each with its arguments."""
        named = {"data": str(places.data), "asked": str(places.asked), "out": str(places.out)}
        return [[word.format(**named) for word in shlex.split(line)] for line in self.lines]


class ExampleListed(Record):
    """One example of the list."""

    number: int = Field(gt=0)
    name: str
    title: str
    said: str


class ExampleList(Record):
    """All of them."""

    schema_: Literal["doctors/1"] = Field(default="doctors/1", alias="schema")
    examples: tuple[ExampleListed, ...]


class ExampleAnswered(Record):
    """One example with its answer; None where a command did not come to its end."""

    schema_: Literal["doctors/1"] = Field(default="doctors/1", alias="schema")
    number: int = Field(gt=0)
    name: str
    title: str
    said: str
    commands: tuple[str, ...]
    page: str
    answer: str | None
    voluntary: str = VOLUNTARY
