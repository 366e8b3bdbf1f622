"""Grids: a table as text in rows and columns, before anything is known of what it means.

Row numbers are those of a spreadsheet: the header is row 1, empty rows count, and a cell with line breaks is
still one row.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from roster.fault import Fault
from roster.files.cells import unguarded


@dataclass(frozen=True)
class Grid:
    """The cells of one table. Of a ``damaged`` one, some rows could not be made out."""

    file: str
    rows: tuple[tuple[str, ...], ...]
    faults: tuple[Fault, ...] = ()
    damaged: bool = False

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows below the header that hold anything, each with its number."""
        for number, cells in enumerate(self.rows[1:], start=2):
            if any(cells):
                yield number, cells


def decode(data: bytes, file: str) -> tuple[str, tuple[Fault, ...]]:
    """The text of a file, and a fault where it is not UTF-8; it is then read as Windows text, to find the rest."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), (_not_utf8(file, None, "UTF-16 (Unicode) text"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        return data.decode("cp1252", errors="replace"), (_not_utf8(file, row, "Windows or Latin-1 text"),)
    if "\0" in text:
        fault = Fault(
            file=file,
            row=text.count("\n", 0, text.index("\0")) + 1,
            says="this is not UTF-8 text: it holds zero bytes",
            do="Save the file again as CSV UTF-8.",
        )
        return text.replace("\0", ""), (fault,)
    return text, ()


def _not_utf8(file: str, row: int | None, what: str) -> Fault:
    return Fault(
        file=file,
        row=row,
        says=f"the file is not UTF-8 text: it seems to be {what}",
        do="Save it again as UTF-8. In Excel: Save As, CSV UTF-8 (comma delimited).",
    )


def read_csv(data: bytes, file: str) -> Grid:
    """The grid of a CSV file, with whatever is wrong with the file as such."""
    text, faults = decode(data, file)
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            rows.append(tuple(unguarded(cell.strip()) for cell in cells))  # noqa: PERF401 - rows read so far are kept
    except csv.Error:
        fault = Fault(
            file=file,
            row=len(rows) + 1,
            says="the quotation marks in this row do not match, so the rest of the file cannot be read",
            do='Put " before and after a cell, write "" for a quotation mark inside it, or remove the mark.',
        )
        return Grid(file, tuple(rows), (*faults, fault), damaged=True)
    return Grid(file, tuple(rows), faults)
