"""The figures of a plan as tables for a spreadsheet: one row a scenario, and one row a figure; CSV and a workbook."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from roster.domain import COSTS
from roster.files.atomic import beside
from roster.files.cells import guarded
from roster.files.columns import Kind
from roster.files.write import Book
from roster.planning.maps import maps
from roster.planning.record import Column, InFigures, PlanReport

Value = str | int | float | None
Row = tuple[Value, ...]
LONG_HEADER = ("scenario", "part", "of", "figure", "unit", "value", "base", "difference")
_BAND_FIGURES = ("people", "seen", "with_date", "seen_by_date", "within_28_days")
_SITE_FIGURES = ("sessions_offered", "sessions_used", "sessions_idle", "seen", "within_28_days")
_WAITS = {"longest_wait_days": "days", "median_wait_days": "days"}
_WORK = {"sessions_offered": "sessions", "sessions_used": "sessions", "sessions_idle": "sessions"}
_WORK |= {"road_minutes": "minutes", "hire_pounds": "pounds", "fees_pounds": "pounds"}
_ALL = {**_WAITS, **_WORK, "total": "minutes", "bound": "minutes", "gap": "share"}
_WIDE = ("scenario", "outcome", "stopped", *_BAND_FIGURES, *_ALL, *(f"cost_{name}" for name in COSTS))
_DIFFERENCE = ("total_difference", "difference_least", "difference_most", "proof", "newly_seen", "no_longer_seen")
WIDE_HEADER = (*_WIDE, *_DIFFERENCE, "seconds", "says")


def wide_rows(report: PlanReport) -> Iterator[Row]:
    """A row for the base and for each scenario, as ``WIDE_HEADER`` says."""
    for column in report.columns:
        stopped = "yes" if column.stopped else "no"
        yield (
            *(column.name, column.outcome, stopped),
            *_of_everybody(column.figures),
            *_of_difference(column),
            *(column.seconds, column.says),
        )


def _of_everybody(figures: InFigures | None) -> Row:
    if figures is None:
        return (None,) * (len(_BAND_FIGURES) + len(_ALL) + len(COSTS))
    people = (getattr(figures.everybody, name) for name in _BAND_FIGURES)
    return (*people, *(getattr(figures, name) for name in _ALL), *(figures.costs.get(name, 0) for name in COSTS))


def _of_difference(column: Column) -> Row:
    found = column.difference
    if found is None:
        return (None,) * len(_DIFFERENCE)
    newly, gone = (sum(p.people for p in people) for people in (found.newly_seen, found.no_longer_seen))
    return found.total, found.least, found.most, found.proof, newly, gone


def long_rows(report: PlanReport) -> Iterator[Row]:
    """A row for every figure of every column, with that of the base beside it, as ``LONG_HEADER`` says."""
    base = {} if report.base.figures is None else _each(report.base.figures)
    for column in report.columns:
        for (part, of, name), (unit, value) in ({} if column.figures is None else _each(column.figures)).items():
            was = base.get((part, of, name), (unit, None))[1]
            both = value is not None and was is not None
            yield column.name, part, of, name, unit, value, was, _rounded(value, was) if both else None


def _rounded(value: int | float | None, was: int | float | None) -> int | float:
    assert value is not None
    assert was is not None
    less = value - was
    return round(less, 6) if isinstance(less, float) else less


def _each(figures: InFigures) -> dict[tuple[str, str, str], tuple[str, int | float | None]]:
    """Every figure by part, of what, and name; with its unit."""
    found: dict[tuple[str, str, str], tuple[str, int | float | None]] = {}
    for band in figures.bands:
        found |= {("people", band.band, name): ("people", getattr(band, name)) for name in _BAND_FIGURES}
    for site in figures.sites:
        for name in _SITE_FIGURES:
            unit = "sessions" if name.startswith("sessions") else "people"
            found["site", site.site_id, name] = unit, getattr(site, name)
    found |= {("roster", "all", name): (unit, getattr(figures, name)) for name, unit in _ALL.items()}
    found |= {("cost", "all", name): ("minutes", figures.costs.get(name, 0)) for name in COSTS}
    return found


# -- files ----------------------------------------------------------------------------------------------------


def csv_text(header: Sequence[str], rows: Iterator[Row]) -> str:
    """A table as the text of a CSV file; what a spreadsheet would take for a formula is guarded."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
    return text.getvalue()


def write_book(report: PlanReport, path: Path) -> None:
    """Write both tables, who is seen only in one of two, and the edits, as a workbook, in the place of any there."""
    with beside(path) as temporary:
        book = Book(temporary)
        add_sheet(book, "scenarios", WIDE_HEADER, wide_rows(report))
        add_sheet(book, "figures", LONG_HEADER, long_rows(report))
        add_sheet(book, "who is seen", ("scenario", "referral_id", "people", "what"), _who(report))
        add_sheet(book, "edits", ("scenario", "what is changed"), _edits(report))
        for grid in maps(report):
            rows = ((row, *(grid.people.get((row, column)) for column in grid.columns)) for row in grid.rows)
            add_sheet(book, f"grid {grid.number}", (grid.says.lower(), *grid.columns), rows)
        about = [report.voluntary, "Totals and costs are in minutes of coach time. Only totals have a proof."]
        add_sheet(book, "about", ("about",), iter((line,) for line in about))
        book.workbook.close()


def _who(report: PlanReport) -> Iterator[Row]:
    for column in report.scenarios:
        if column.difference is not None:
            for what, people in (
                ("newly seen", column.difference.newly_seen),
                ("no longer seen", column.difference.no_longer_seen),
            ):
                yield from ((column.name, p.referral_id, p.people, what) for p in people)


def _edits(report: PlanReport) -> Iterator[Row]:
    yield from ((column.name, says) for column in report.scenarios for says in column.edits_say)


def add_sheet(book: Book, name: str, header: Sequence[str], rows: Iterator[Row]) -> None:
    """Add a sheet with a header and rows of texts and numbers to a workbook; texts are never formulas."""
    sheet = book.sheet(name, header)
    widths = [len(title) + 2 for title in header]
    for number, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            kind: Kind = "text" if isinstance(value, str) else "number"
            book.write(sheet, number, index, value, kind)
            widths[index] = min(50, max(widths[index], len(str(value)) + 1))
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
