"""What differs between two instances, table by table and row by row: before one takes the place of the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roster.domain import Record, Settings
from roster.files.cells import write_cell
from roster.files.columns import TABLES, Column, Table
from roster.files.settings import pairs
from roster.instance import Instance
from roster.validity import KEYS

_KEYS = {**KEYS, "hours": ("coach_id", "weekday", "start")}


@dataclass(frozen=True)
class Cell:
    """A cell that differs: its column, and its text before and after; an empty text where nothing stands there."""

    column: str
    was: str
    now: str


@dataclass(frozen=True)
class RowChange:
    """A row, named by its key, and its cells that differ; of a row that only one has, those that are filled."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class TableChange:
    """What differs in a table: rows by their keys."""

    table: str
    added: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]
    removed: tuple[RowChange, ...]


def differences(before: Instance, after: Instance) -> tuple[TableChange, ...]:
    """Every table that differs, the settings first. The order of rows does not matter, nor do published rosters."""
    found = [_of_settings(before.settings, after.settings)]
    found += [_of_table(table, getattr(before, table.name), getattr(after, table.name)) for table in TABLES]
    return tuple(change for change in found if change.added or change.changed or change.removed)


def _of_settings(before: Settings, after: Settings) -> TableChange:
    was, now = ({key: str(value) for key, value in pairs(settings)} for settings in (before, after))
    changed = (
        RowChange(key, (Cell("value", was.get(key, ""), now.get(key, "")),))
        for key in dict.fromkeys([*was, *now])
        if was.get(key) != now.get(key)
    )
    return TableChange("settings", (), tuple(changed), ())


def _of_table(table: Table, before: Sequence[Record], after: Sequence[Record]) -> TableChange:
    was, now = _by_key(table, before), _by_key(table, after)
    changed = (RowChange(key, _cells(table, was[key], row)) for key, row in now.items() if was.get(key, row) != row)
    return TableChange(
        table.name,
        tuple(RowChange(key, _cells(table, None, row)) for key, row in now.items() if key not in was),
        tuple(changed),
        tuple(RowChange(key, _cells(table, row, None)) for key, row in was.items() if key not in now),
    )


def _by_key(table: Table, records: Sequence[Record]) -> Mapping[str, Record]:
    columns = [column for column in table.columns if column.name in _KEYS[table.name]]
    return {" ".join(write_cell(getattr(row, c.name), c.kind) for c in columns): row for row in records}


def _cells(table: Table, was: Record | None, now: Record | None) -> tuple[Cell, ...]:
    """The cells that differ, without those that name the row; None is a row without anything in it."""
    cells = (Cell(c.name, _text(was, c), _text(now, c)) for c in table.columns if c.name not in _KEYS[table.name])
    return tuple(cell for cell in cells if cell.was != cell.now)


def _text(row: Record | None, column: Column) -> str:
    return "" if row is None else write_cell(getattr(row, column.name), column.kind)
