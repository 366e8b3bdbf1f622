"""Writing an instance as a folder of tables or as one workbook. What is written reads back as the same instance.

Nothing is overwritten, and nothing is left half written.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from roster.domain import Record
from roster.files.atomic import beside, new_folder, write_text
from roster.files.cells import guarded, write_cell
from roster.files.columns import TABLES, Column, Kind, Table
from roster.files.settings import pairs, to_toml
from roster.instance import Instance

_TEXTS: frozenset[Kind] = frozenset({"id", "text", "word", "words", "ids"})
_FORMATS: dict[Kind, str] = {"date": "yyyy-mm-dd", "clock": "hh:mm", "whole": "0", "number": "General"}
_FIRST_DAY_OF_SPREADSHEETS = date(1901, 1, 1)
_LONGEST_CELL = 32_767
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NARROWEST, _WIDEST = 10, 50


# -- a folder -------------------------------------------------------------------------------------------------


def write_folder(instance: Instance, path: Path) -> None:
    """Write the instance as the folder ``path``: settings.toml, every table, published.json if there is one.

    Raises FileExistsError where ``path`` is there and holds anything; OSError where it cannot be written.
    """
    with new_folder(path) as folder:
        for name, text in _texts(instance):
            write_text(folder / name, text)


def _texts(instance: Instance) -> Iterator[tuple[str, str]]:
    """The name and the text of every file."""
    yield "settings.toml", to_toml(instance.settings)
    for table in TABLES:
        yield f"{table.name}.csv", table_text(table, getattr(instance, table.name))
    if instance.published is not None:
        yield "published.json", instance.published.to_json()


def table_text(table: Table, records: Iterable[Record]) -> str:
    """The text of a table's CSV file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.header)
    for record in records:
        writer.writerow([_csv_cell(column, getattr(record, column.name)) for column in table.columns])
    return text.getvalue()


def _csv_cell(column: Column, value: object) -> str:
    text = write_cell(value, column.kind)
    return guarded(text) if column.kind in _TEXTS else text


# -- a workbook -----------------------------------------------------------------------------------------------


class Book:
    """A workbook being written, with the looks that all of its sheets share."""

    def __init__(self, path: Path) -> None:
        self.workbook: Workbook = xlsxwriter.Workbook(str(path), _OPTIONS)
        self.heading = self.workbook.add_format({"bold": True, "bottom": 1})
        self._formats: dict[Kind, Format] = {}

    def format_of(self, kind: Kind) -> Format:
        """How cells of this kind are shown; texts are kept as they are typed, so that 001 stays 001."""
        if kind not in self._formats:
            self._formats[kind] = self.workbook.add_format({"num_format": _FORMATS.get(kind, "@")})
        return self._formats[kind]

    def sheet(self, name: str, header: Sequence[str]) -> Worksheet:
        """A new sheet with a bold header that stays in sight."""
        sheet = self.workbook.add_worksheet(name)
        sheet.write_row(0, 0, header, self.heading)
        sheet.freeze_panes(1, 0)
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, value: Any, kind: Kind) -> None:
        """Write one cell; ``row`` and ``column`` count from 0. Raises ValueError for a text too long for one.

        A workbook holds 16 digits of a number; one that has more is written as text.
        """
        shown = self.format_of(kind)
        if value is None or value == ():
            return
        if kind == "date" and value >= _FIRST_DAY_OF_SPREADSHEETS:
            sheet.write_datetime(row, column, value, shown)
        elif kind == "clock":
            sheet.write_datetime(row, column, time(value // 60, value % 60), shown)
        elif kind in ("whole", "number") and float(f"{value:.16G}") == value:
            sheet.write_number(row, column, value, shown)
        else:
            text = write_cell(value, kind)
            if len(text) > _LONGEST_CELL:
                raise ValueError(f"{sheet.name}, row {row + 1}: the text is too long for a cell of a workbook.")
            sheet.write_string(row, column, text, shown)


def open_new(path: Path) -> Path:
    """``path``, if a new workbook may be written there. Raises ValueError or FileExistsError if not."""
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"{path.name}: workbooks are written as .xlsx. Give a name that ends in .xlsx.")
    if path.exists():
        raise FileExistsError(f"{path.name} is there already. Give the name of a new file.")
    return path


def write_workbook(instance: Instance, path: Path) -> None:
    """Write the instance as one .xlsx workbook with a sheet for each table.

    Raises FileExistsError where ``path`` is there already, ValueError for another ending or an endless text.
    """
    with beside(open_new(path)) as temporary:
        book = Book(temporary)
        settings = book.sheet("settings", ("key", "value"))
        settings.set_column(0, 1, 36)
        for row, (key, value) in enumerate(pairs(instance.settings), start=1):
            settings.write_string(row, 0, key)
            write_setting(book, settings, row, value)
        for table in TABLES:
            _write_table(book, table, getattr(instance, table.name))
        if instance.published is not None:
            _write_published(book, instance.published.to_json())
        book.workbook.close()


def write_setting(book: Book, sheet: Worksheet, row: int, value: object) -> None:
    """The value of a setting, in the second column: numbers as numbers, days as days, the rest as text."""
    kind: Kind = "text"
    if isinstance(value, int | float):
        kind = "number"
    elif isinstance(value, date):
        kind = "date"
    book.write(sheet, row, 1, value, kind)


def set_columns(book: Book, sheet: Worksheet, table: Table, widths: Sequence[int]) -> None:
    """How wide the columns are, and how what is typed into them is taken."""
    for index, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        shown = min(max(width, len(column.name) + 2, _NARROWEST), _WIDEST)
        sheet.set_column(index, index, shown, book.format_of(column.kind))


def _write_table(book: Book, table: Table, records: Sequence[Record]) -> None:
    sheet = book.sheet(table.name, table.header)
    widths = [0] * len(table.columns)
    for row, record in enumerate(records, start=1):
        for index, column in enumerate(table.columns):
            value = getattr(record, column.name)
            widths[index] = max(widths[index], len(write_cell(value, column.kind)) + 1)
            book.write(sheet, row, index, value, column.kind)
    set_columns(book, sheet, table, widths)


def _write_published(book: Book, text: str) -> None:
    """The lines of published.json, one in a row; a workbook has no other place for them."""
    sheet = book.sheet("published", ("published.json",))
    sheet.set_column(0, 0, _WIDEST)
    for row, line in enumerate(text.splitlines(), start=1):
        book.write(sheet, row, 0, line, "text")
