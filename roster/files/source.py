"""Sources: what a folder or a workbook holds, as grids and bytes, before it is read.

Both give the same: a grid for each table that is there, the settings, the published roster if there is one, and
the faults of the files as such.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from roster.domain import MINUTES_PER_DAY, clock
from roster.fault import Fault, Notice
from roster.files.cells import number_text
from roster.files.columns import TABLE, TABLES, Kind
from roster.files.grid import Grid, read_csv
from roster.files.published import PublishedReading, read_published
from roster.files.settings import SettingsReading, read_sheet, read_toml
from roster.files.together import undisturbed_in
from roster.privacy import Screen

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
NOTES = "notes"
_CSV_FILES = {
    "settings": "settings.toml",
    **{table.name: f"{table.name}.csv" for table in TABLES},
    "published": "published.json",
}
_SHEETS = {name: name for name in _CSV_FILES}
_FIRST_DATED_YEAR = 1905
_SECONDS_PER_DAY = 24 * 60 * 60


@dataclass
class Source:
    """What was found. ``files`` says what a person calls the settings, each table and the published roster."""

    files: Mapping[str, str]
    grids: dict[str, Grid] = field(default_factory=dict)
    settings: SettingsReading = field(default_factory=SettingsReading)
    published: PublishedReading = field(default_factory=PublishedReading)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def open_source(path: Path, screen: Screen) -> Source:
    """The source at ``path``: a folder, or one workbook. What cannot be opened is a fault."""
    if path.is_dir():
        return _whole_folder(path, screen)
    says = "there is no such folder or workbook"
    if path.is_file():
        if path.suffix.lower() in WORKBOOKS:
            return _workbook(path, screen)
        says = "this is neither a folder nor a workbook"
    do = "Name a folder with settings.toml and the tables, or a workbook (.xlsx, .xls or .ods)."
    return Source(files=_CSV_FILES, faults=[Fault(file=path.name, says=says, do=do)])


# -- a folder -------------------------------------------------------------------------------------------------


def _whole_folder(path: Path, screen: Screen) -> Source:
    """The folder while nobody changes it; a change that was begun is finished first."""
    try:
        with undisturbed_in(path):
            return _folder(path, screen)
    except OSError:
        says, do = "a change of this folder was begun and cannot be finished", "Check that you may write to it."
        return Source(files=_CSV_FILES, faults=[Fault(file=path.name, says=says, do=do)])


def _folder(path: Path, screen: Screen) -> Source:
    source = Source(files=_CSV_FILES)
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except OSError:
        do = "Check that you may open it."
        source.faults.append(Fault(file=path.name, says="the folder cannot be opened", do=do))
        return source
    for table in TABLES:
        name = source.files[table.name]
        data = _bytes(path / name, source, None if table.optional else _missing_table(name, names))
        if data is not None:
            source.grids[table.name] = read_csv(data, name)
    settings = _bytes(path / "settings.toml", source, _missing_settings(names))
    if settings is not None:
        source.settings = read_toml(settings, screen)
    published = _bytes(path / "published.json", source, None)
    if published is not None:
        source.published = read_published(published, "published.json", screen)
    known = {name for name in source.files.values() if name.endswith(".csv")}
    source.notices += [_not_read(n, known) for n in names if n.lower().endswith(".csv") and n not in known]
    return source


def _bytes(path: Path, source: Source, missing: Fault | None) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        source.faults += [missing] if missing else []
    except OSError:
        do = "Check that it is a file and that you may open it."
        source.faults.append(Fault(file=path.name, says="the file cannot be opened", do=do))
    return None


def _missing_table(file: str, there: Iterable[str]) -> Fault:
    table = TABLE[file.removesuffix(".csv")]
    do = f"Add {file} with the columns {', '.join(table.header)}."
    return Fault(file=file, says="the file is missing", do=_renamed(file, there) or do)


def _missing_settings(there: Iterable[str]) -> Fault:
    do = "Add settings.toml with at least name, month, nation and as_of."
    return Fault(file="settings.toml", says="the file is missing", do=_renamed("settings.toml", there) or do)


def _renamed(file: str, there: Iterable[str]) -> str | None:
    alike = next((name for name in there if name.lower().strip() == file), None)
    return f"Rename {alike} to {file}." if alike else None


def _not_read(name: str, known: Iterable[str]) -> Notice:
    return Notice(
        file=name,
        says="This is not one of the tables and was not read.",
        do=f"If it should be, give it one of these names: {', '.join(sorted(known))}.",
    )


# -- a workbook -----------------------------------------------------------------------------------------------


def _workbook(path: Path, screen: Screen) -> Source:
    source = Source(files=_SHEETS)
    try:
        with python_calamine.load_workbook(path) as book:
            names = {name.strip().lower(): name for name in book.sheet_names}

            def rows(sheet: str) -> list[list[object]] | None:
                if sheet not in names:
                    return None
                return [list(row) for row in book.get_sheet_by_name(names[sheet]).to_python(skip_empty_area=False)]

            _read_sheets(source, rows, screen)
    except (python_calamine.CalamineError, OSError, ValueError):
        do = "Open it in a spreadsheet, take away any password, and save it again as .xlsx."
        source.faults.append(Fault(file=path.name, says="the workbook cannot be opened", do=do))
        return source
    known = {*_SHEETS, NOTES}
    source.notices += [_not_read(name, known) for key, name in names.items() if key not in known]
    return source


def _read_sheets(source: Source, rows: Callable[[str], list[list[object]] | None], screen: Screen) -> None:
    for table in TABLES:
        cells = rows(table.name)
        if cells is not None:
            kinds = [_kind(table.name, str(name)) for name in cells[0]] if cells else []
            source.grids[table.name] = _grid(table.name, cells, kinds)
        elif not table.optional:
            do = f"Add a sheet {table.name} with the columns {', '.join(table.header)}."
            source.faults.append(Fault(file=table.name, says="the sheet is missing", do=do))
    _read_settings(source, rows("settings"), screen)
    published = rows("published")
    lines = [str(row[0]) for row in (published or [])[1:] if row]
    if any(lines):
        source.published = read_published("\n".join(lines).encode(), "published", screen)


def _read_settings(source: Source, cells: list[list[object]] | None, screen: Screen) -> None:
    if cells is None:
        do = "Add a sheet settings with the columns key and value, and rows for name, month, nation and as_of."
        source.faults.append(Fault(file="settings", says="the sheet is missing", do=do))
        return
    source.settings = read_sheet(_grid("settings", [_month_as_text(row) for row in cells], []), screen)


def _month_as_text(row: list[object]) -> list[object]:
    """A spreadsheet takes 2027-03 for the first day of March."""
    return [f"{cell:%Y-%m}" if row[0] == "month" and isinstance(cell, date) else cell for cell in row]


def _kind(table: str, name: str) -> Kind:
    column = TABLE[table].column.get(name.strip())
    return column.kind if column else "text"


def _grid(file: str, rows: list[list[object]], kinds: list[Kind]) -> Grid:
    padded: list[Kind] = [*kinds, *["text"] * max((len(row) - len(kinds) for row in rows), default=0)]  # type: ignore[list-item]  # a list of two literals
    return Grid(file, tuple(tuple(map(cell_text, row, padded)) for row in rows))


def cell_text(value: object, kind: Kind) -> str:
    """What a spreadsheet's cell says in the contract's form: days, times of day and whole numbers above all."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return _time_text(value * _SECONDS_PER_DAY) if kind == "clock" and 0 <= value < 1 else number_text(value)
    if isinstance(value, time):
        return _time_text(value.hour * 3600 + value.minute * 60 + value.second)
    if isinstance(value, timedelta):
        return _time_text(value.total_seconds())
    return _day_text(value, kind) if isinstance(value, date) else str(value).strip()


def _day_text(value: date, kind: Kind) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    if kind == "clock" and value.year < _FIRST_DATED_YEAR:
        return _time_text(value.hour * 3600 + value.minute * 60 + value.second)
    return value.isoformat(" ") if value.time() != time() else value.date().isoformat()


def _time_text(seconds: float) -> str:
    """``HH:MM``, or with seconds where there are any: those are a fault for the reader to find."""
    minutes, rest = divmod(round(seconds), 60)
    if 0 <= minutes < MINUTES_PER_DAY:
        return clock(minutes) + (f":{rest:02d}" if rest else "")
    return f"{minutes // 60}:{minutes % 60:02d}"
