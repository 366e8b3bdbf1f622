"""Reading an instance from a folder or a workbook: all of its faults in one pass, or the instance."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from roster.domain import Record
from roster.fault import Fault, InvalidInput, Notice
from roster.files.columns import TABLES
from roster.files.source import Source, open_source
from roster.files.table import TableReading, read_table
from roster.instance import Instance
from roster.notices import notices_of
from roster.privacy import Screen, identifies
from roster.validity import KEYS, Tables, faults_of_tables

_LONGEST_VALUE = 60


class Reading(Record):
    """What was read: the instance, or None where there are faults; all faults; and notices."""

    instance: Instance | None
    faults: tuple[Fault, ...] = ()
    notices: tuple[Notice, ...] = ()

    def valid(self) -> Instance:
        """The instance. Raises InvalidInput with every fault and notice where there is none."""
        if self.instance is None:
            raise InvalidInput(self.faults, self.notices)
        return self.instance


def read(path: Path) -> Reading:
    """Read the folder or workbook at ``path``. Never raises for what is in it: that is what faults are for."""
    screen = Screen()
    source = open_source(path, screen)
    tables = {
        table.name: read_table(table, source.grids[table.name], screen)
        for table in TABLES
        if table.name in source.grids
    }
    faults = _all_faults(source, tables)
    if faults:
        return Reading(instance=None, faults=tuple(faults), notices=tuple(source.notices))
    instance = _instance(source, tables)
    rows = {name: _rows_by_id(name, reading) for name, reading in tables.items()}
    notices = (*source.notices, *notices_of(instance, files=source.files, rows=rows))
    return Reading(instance=instance, notices=notices)


def _all_faults(source: Source, tables: dict[str, TableReading]) -> list[Fault]:
    found = [*source.faults, *source.settings.faults]
    for reading in tables.values():
        found += reading.faults
    told = {(fault.file, fault.row, fault.column) for fault in found}
    between = faults_of_tables(
        Tables(
            rows={name: reading.rows for name, reading in tables.items()},
            files=source.files,
            uncertain=frozenset(
                table.name
                for table in TABLES
                if not (table.name in tables or table.optional) or _uncertain(tables.get(table.name))
            ),
        )
    )
    found += [fault for fault in between if (fault.file, fault.row, fault.column) not in told]
    found += source.published.faults
    return [discreet(fault) for fault in _in_order(found, source)]


def _uncertain(reading: TableReading | None) -> bool:
    return reading is not None and reading.uncertain


def _in_order(faults: Iterable[Fault], source: Source) -> list[Fault]:
    """By file, the settings first; by row in a file."""
    order = {file: n for n, file in enumerate(source.files.values())}
    return sorted(faults, key=lambda fault: (order.get(fault.file, -1), fault.row or 0))


def discreet(fault: Fault) -> Fault:
    """The fault without whatever may identify a person, and without endless values."""
    hide = {
        name: None
        for name in ("value", "column")
        if (text := getattr(fault, name)) is not None and identifies(text, in_referral=True)
    }
    if fault.value is not None and "value" not in hide and len(fault.value) > _LONGEST_VALUE:
        hide |= {"value": fault.value[:_LONGEST_VALUE] + "..."}  # type: ignore[dict-item]  # a shorter text
    return fault.model_copy(update=hide) if hide else fault


def _instance(source: Source, tables: dict[str, TableReading]) -> Instance:
    records: dict[str, Any] = {name: reading.records for name, reading in tables.items()}
    return Instance(settings=source.settings.settings, published=source.published.roster, **records)


def _rows_by_id(name: str, reading: TableReading) -> dict[str, int]:
    column = KEYS.get(name, ("coach_id",))[0]
    return {row.values[column]: row.number for row in reading.rows if row.number is not None}
