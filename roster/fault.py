"""What is wrong with an input, and what is worth knowing about it: one record each, and the error that carries them.

A leaf: files, edits and pages all speak of faults in these words. A value that may identify a person is never
held here: whoever makes a fault leaves it out (PROBLEM.md section 7).
"""

from collections.abc import Iterable

from roster.domain import Record


class Fault(Record):
    """One thing that is wrong. Nothing is solved while there is one.

    ``file`` is the name of a file ("sessions.csv") or of a sheet ("sessions"); ``row`` counts as a spreadsheet
    does, the header being row 1; ``value`` is None where there is none or where it may not be repeated.
    """

    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    says: str
    do: str

    def __str__(self) -> str:
        """One line: where, what, which value, and what to do."""
        shown = "" if self.value is None else f" ({self.value!r})"
        return f"{where(self.file, self.row, self.column)}: {self.says}{shown}. {self.do}"


class Notice(Record):
    """Something that a manager should know, though a roster can be made. ``ids`` names all that it is about."""

    file: str
    row: int | None = None
    column: str | None = None
    ids: tuple[str, ...] = ()
    says: str
    do: str

    def __str__(self) -> str:
        """One line: where, what, and what could be done."""
        return f"{where(self.file, self.row, self.column)}: {self.says} {self.do}".rstrip()


class InvalidInput(Exception):
    """The input is wrong: every fault found, and the notices that came with them."""

    def __init__(self, faults: Iterable[Fault], notices: Iterable[Notice] = ()) -> None:
        self.faults = tuple(faults)
        self.notices = tuple(notices)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def where(file: str, row: int | None, column: str | None) -> str:
    """``sessions.csv, row 4, room_id``, as far as it is known."""
    return ", ".join([file] + ([f"row {row}"] if row is not None else []) + ([column] if column else []))


def listed(words: Iterable[str], last: str = "or") -> str:
    """``a, b or c``."""
    *rest, end = words
    return f"{', '.join(rest)} {last} {end}" if rest else end
