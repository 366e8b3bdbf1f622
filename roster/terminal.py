"""The terminal: results to standard output, everything else to standard error, and a way out on wrong input.

What makes texts of rosters is imported when it is needed, so that help is there at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

if TYPE_CHECKING:
    from roster.domain import Record
    from roster.fault import InvalidInput, Notice

WRONG_INPUT = 2
_WIDEST = 110
"""Columns beyond which a line is hard to read."""


def results() -> Console:
    """Standard output, in lines that are not too long to read."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, _WIDEST)
    return console


def errors(quiet: bool = False) -> Console:
    """Standard error, the same way; nothing at all where it is to be quiet."""
    console = results()
    console.stderr, console.quiet = True, quiet
    return console


def print_json(record: Record) -> None:
    """A result for a program: one JSON object."""
    from roster.answers import to_json

    typer.echo(to_json(record))


def warn(notices: Sequence[Notice]) -> None:
    """What is worth knowing, if there is anything, and an empty line."""
    from roster.show import notices_list

    if notices:
        errors().print(notices_list(notices), "")


@contextmanager
def wrong_input(as_json: bool = False) -> Iterator[None]:
    """Report wrong input with every fault, and leave with exit code 2."""
    from roster.fault import Fault, InvalidInput

    try:
        yield
    except InvalidInput as error:
        _refuse(error, as_json)
    except OSError as error:
        name = Path(str(error.filename)).name if error.filename else "the file"
        says = (error.strerror or "it cannot be opened").lower()
        _refuse(InvalidInput([Fault(file=name, says=says, do="Check the name and the place.")]), as_json)
    else:
        return
    raise typer.Exit(WRONG_INPUT)


def _refuse(error: InvalidInput, as_json: bool) -> None:
    from roster.answers import Refused
    from roster.show import faults_list

    if as_json:
        print_json(Refused(faults=error.faults, warnings=error.notices))
    else:
        errors().print(faults_list(error.faults), "")
        warn(error.notices)
