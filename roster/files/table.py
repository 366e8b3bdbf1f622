"""One table: from a grid to records, with every fault of its header, rows and cells in one pass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from roster.domain import Record
from roster.fault import Fault
from roster.files.cells import Unreadable, explain, read_cell
from roster.files.columns import Column, Table
from roster.files.grid import Grid
from roster.privacy import Screen, column_identifies
from roster.validity import KEYS, Row

_UNREADABLE_CHARACTER = "\ufffd"
_LINE_BREAKS = "\n\r\t"


@dataclass
class TableReading:
    """What was read: rows as far as they could be, records where nothing was wrong, and the faults."""

    table: Table
    rows: list[Row] = field(default_factory=list)
    records: tuple[Record, ...] | None = None
    faults: list[Fault] = field(default_factory=list)
    uncertain: bool = False


@dataclass(frozen=True)
class _Header:
    """Where each known column is, and which columns hold cells that are looked at."""

    position: dict[str, int]
    names: tuple[str, ...]
    screened: tuple[int, ...]


def read_table(table: Table, grid: Grid, screen: Screen) -> TableReading:
    """Read one table. ``records`` of the reading is None where anything was wrong."""
    reading = TableReading(table, faults=list(grid.faults), uncertain=grid.damaged)
    header = _read_header(table, grid, reading.faults)
    if header is None:
        reading.uncertain = True
        return reading
    reading.uncertain |= KEYS.get(table.name, ("coach_id",))[0] not in header.position
    _Rows(table, grid, header, screen, reading).read()
    return reading


# -- the header -----------------------------------------------------------------------------------------------


def _read_header(table: Table, grid: Grid, faults: list[Fault]) -> _Header | None:
    names = _names(grid)
    whole = _whole_header_fault(table, grid, names)
    if whole is not None:
        faults.append(whole)
        return None
    position: dict[str, int] = {}
    screened: list[int] = []
    for index, name in enumerate(names):
        fault = _column_fault(table, grid, name, index, position)
        if fault is not None:
            faults.append(fault)
        if name in table.column:
            position.setdefault(name, index)
        if not column_identifies(name, table.name) or name in table.column:
            screened.append(index)
    faults.extend(_missing(table, grid, position))
    return _Header(position, names, tuple(screened))


def _names(grid: Grid) -> tuple[str, ...]:
    """The cells of row 1, without the empty ones at its end."""
    names = list(grid.rows[0]) if grid.rows else []
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _whole_header_fault(table: Table, grid: Grid, names: Sequence[str]) -> Fault | None:
    columns = ", ".join(table.header)
    if not any(names):
        says = "there is no header" if grid.rows else "there is nothing in it"
        return Fault(file=grid.file, row=1, says=says, do=f"Write the names of the columns in row 1: {columns}.")
    first = names[0]
    for separator, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright strokes")):
        if (
            len([n for n in names if n]) == 1
            and first.split(separator)[0].strip() in table.column
            and separator in first
        ):
            says = f"the columns are separated by {called}, not by commas"
            return Fault(file=grid.file, row=1, says=says, do="Save the file again with commas between the columns.")
    return None


def _column_fault(table: Table, grid: Grid, name: str, index: int, before: dict[str, int]) -> Fault | None:
    if name in table.column:
        if name not in before:
            return None
        says, do = "there are two columns of this name", "Remove one of the two."
    elif not name:
        name = f"column {index + 1}"
        says, do = "a column has no name in row 1", f"Name it or empty it. The columns are {', '.join(table.header)}."
        if not any(len(row) > index and row[index] for row in grid.rows):
            return None
    elif column_identifies(name, table.name):
        says = "no such column may be held: it would identify a person or hold a record about one"
        do = "Remove the column from the file, and from wherever the file is made."
    else:
        says, do = "there is no such column in this table", f"Remove it. The columns are {', '.join(table.header)}."
    return Fault(file=grid.file, row=1, column=name, says=says, do=do)


def _missing(table: Table, grid: Grid, position: dict[str, int]) -> Iterator[Fault]:
    for column in table.columns:
        if column.required and column.name not in position:
            do = f"Add a column {column.name}. {column.about}"
            yield Fault(file=grid.file, row=1, column=column.name, says="the column is missing", do=do)


# -- the rows -------------------------------------------------------------------------------------------------


@dataclass
class _Rows:
    table: Table
    grid: Grid
    header: _Header
    screen: Screen
    reading: TableReading

    def read(self) -> None:
        """Read every row, then let the records say what their fields do not allow."""
        columns = [(c, self.header.position[c.name]) for c in self.table.columns if c.name in self.header.position]
        texts: list[tuple[str, ...]] = []
        for number, cells in self.grid.numbered():
            faulty = self._personal(number, cells)
            values: dict[str, Any] = {}
            if self._fits(number, cells):
                for column, index in columns:
                    if index not in faulty:
                        self._read_cell(number, column, cells[index], values)
            else:
                self._keep_key(cells, values)
            self.reading.rows.append(Row(number, values))
            texts.append(cells)
        self._validate(texts)

    def _personal(self, number: int, cells: tuple[str, ...]) -> set[int]:
        """The positions of cells that identify a person."""
        found: set[int] = set()
        names = self.header.names
        extra = range(len(names), len(cells))
        for index in (*self.header.screened, *extra):
            kind = self.screen.identifies(cells[index], self.table.name) if index < len(cells) else None
            if kind is not None:
                found.add(index)
                name = names[index] if index < len(names) and names[index] else f"column {index + 1}"
                self.reading.faults.append(personal_fault(self.grid.file, number, name, kind))
        return found

    def _fits(self, number: int, cells: tuple[str, ...]) -> bool:
        """Whether the row has as many cells as the header; empty ones at the end do no harm."""
        width = len(self.header.names)
        if len(cells) < width:
            says = f"the row stops early: it has {len(cells)} cells and the header has {width}"
            do = "Put a comma for every column, also where the cell is empty."
            self._fault(number, self.header.names[len(cells)] or None, None, Unreadable(says, do))
            return False
        if any(cells[width:]):
            says = f"the row has {len(cells)} cells and the header has {width}"
            do = 'If a comma belongs to the text of a cell, put " before and after that cell.'
            self._fault(number, None, None, Unreadable(says, do))
            return False
        return True

    def _keep_key(self, cells: tuple[str, ...], values: dict[str, Any]) -> None:
        """Of a row that does not fit, the id is still taken as known: references to it are not faults."""
        key = KEYS.get(self.table.name, ())
        index = self.header.position.get(key[0]) if len(key) == 1 else None
        if index is not None and index < len(cells) and cells[index]:
            values[key[0]] = cells[index]

    def _read_cell(self, number: int, column: Column, text: str, values: dict[str, Any]) -> None:
        if not text:
            if column.required:
                self._fault(
                    number, column.name, None, Unreadable("this may not be empty", f"Fill it in. {column.about}")
                )
            return
        if _UNREADABLE_CHARACTER in text and self.grid.faults:
            return
        value = _hidden(text) or read_cell(text, column.kind)
        if isinstance(value, Unreadable):
            self._fault(number, column.name, text, value)
        else:
            values[column.name] = value

    def _fault(self, number: int, column: str | None, text: str | None, wrong: Unreadable) -> None:
        self.reading.faults.append(
            Fault(file=self.grid.file, row=number, column=column, value=text, says=wrong.says, do=wrong.do)
        )

    def _validate(self, texts: Sequence[tuple[str, ...]]) -> None:
        """Make the records; what they do not allow becomes faults of the cells that were read so far."""
        rows = self.reading.rows
        faulty = bool(self.reading.faults)
        try:
            records = _adapter(self.table.record).validate_python([row.values for row in rows])
        except ValidationError as errors:
            for error in errors.errors(include_url=False, include_input=False):
                at, name = error["loc"][0], error["loc"][1]
                values = rows[int(at)].values
                if name in values:
                    text = texts[int(at)][self.header.position[str(name)]]
                    wrong = explain(error, self.table.column[str(name)])
                    self._fault(rows[int(at)].number or 0, str(name), text, wrong)
                    self._forget(int(at), str(name))
        else:
            self.reading.records = None if faulty else tuple(records)

    def _forget(self, at: int, name: str) -> None:
        """A cell that is out of range says nothing about others; an id does, whatever else is wrong with it."""
        row = self.reading.rows[at]
        if name not in KEYS.get(self.table.name, ()):
            self.reading.rows[at] = Row(row.number, {k: v for k, v in row.values.items() if k != name})


def personal_fault(file: str, row: int | None, column: str | None, kind: str) -> Fault:
    """A value that identifies a person; the value is not repeated."""
    return Fault(
        file=file,
        row=row,
        column=column,
        says=f"this holds {kind}, which is never held",
        do="Remove it. People are known here only by an id that the practice made up.",
    )


def _hidden(text: str) -> Unreadable | None:
    """Control characters come with copying from other programs; nobody can see them."""
    if text.isprintable():
        return None
    if any((ord(c) < ord(" ") and c not in _LINE_BREAKS) or c == "\x7f" for c in text):
        return Unreadable("this holds a character that cannot be seen", "Type the cell again.")
    return None


@cache
def _adapter(record: type[Record]) -> TypeAdapter[list[Record]]:
    return TypeAdapter(list[record])  # type: ignore[valid-type]  # the type is a value here
